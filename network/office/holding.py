"""All that the house holds about persons, slice by slice: the one list of search, file, erasure, calendar and runs."""

from network.admission import privacy as admission
from network.assembly import kept_about
from network.board import privacy as board
from network.boardroom import privacy as boardroom
from network.circulars import privacy as circulars
from network.events import privacy as events
from network.groups import privacy as groups
from network.members import privacy as members
from network.newsletter import privacy as newsletter
from network.office import kept_here
from network.people import privacy as people
from network.register import privacy as register
from network.representing import privacy as representing
from network.web.handed import Privacy
from network.web.kinds import Kind, distinct

# In the order in which a person's data are erased: the upper slices first, the entry as a person last.
HOLDING: list[Privacy] = [
    events.PRIVACY,
    newsletter.PRIVACY,
    groups.PRIVACY,
    boardroom.PRIVACY,
    register.PRIVACY,
    kept_about.PRIVACY,
    circulars.PRIVACY,
    board.PRIVACY,
    representing.PRIVACY,
    admission.PRIVACY,
    members.PRIVACY,
    kept_here.PRIVACY,
    people.PRIVACY,
]


def kinds() -> list[Kind]:
    return distinct(kind for room in HOLDING for kind in room.kinds)


def kind_of(key: str) -> Kind | None:
    return next((kind for kind in kinds() if kind.key == key), None)
