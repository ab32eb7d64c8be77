"""What decisions in writing hand up: those that stand open, and beside a resolution where it came from."""

from datetime import date

from network.circulars import circular
from network.circulars.circular import token_of
from network.circulars.tables import Circular, Voter
from network.i18n import _
from network.people.viewer import Viewer
from network.resolutions.rules import may_read
from network.web.addresses import url
from network.web.handed import Card, Due

PLACE = "/office/resolutions/circulars"


async def due(viewer: Viewer, day: date) -> list[Due]:
    """For the office and the board; whoever is asked and has not answered goes to the answer at once."""
    if not may_read(viewer):
        return []
    rows = await circular.open_ones()
    voters = await Voter.objects().where(Voter.circular.is_in([row.id for row in rows])) if rows else []
    return [line(viewer, row, [one for one in voters if one.circular == row.id], day) for row in rows]


def line(viewer: Viewer, row: Circular, voters: list[Voter], day: date) -> Due:
    may = [one for one in voters if not one.banned]
    mine = next((one for one in may if one.person == viewer.person_id and not one.choice), None)
    place = url(f"{PLACE}/{row.reference}")
    return Due(
        title=_("Decision in writing: %(title)s", title=row.title),
        url=place,
        day=row.until,
        kind="warn" if mine or row.until <= day else "info",
        state=_("your answer is missing") if mine else _("open"),
        reason=_("%(answered)s of %(all)s have answered", answered=sum(bool(one.choice) for one in may), all=len(may)),
        action=_("Answer") if mine else "",
        action_url=url(f"/in-writing/{token_of(mine.reference)}") if mine else "",
    )


async def beside(viewer: Viewer, reference: str) -> list[Card]:
    row = await Circular.objects().get(Circular.resolution == reference) if may_read(viewer) else None
    return [Card("circulars/beside", {"row": row})] if row else []
