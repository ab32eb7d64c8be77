"""Which assembly an address means, through the eyes of whoever is looking: what one may not know of is not there."""

from typing import Any

from litestar import Request
from litestar.exceptions import NotFoundException

from network.activity import looked_at
from network.assembly import agenda, meeting, rehearsal
from network.assembly.rules import may_lead, may_prepare, may_see
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.i18n import _
from network.people.viewer import Viewer, viewer_of

Req = Request[Any, Any, Any]
PLACE = "/office/assemblies"


def place(row: Assembly) -> str:
    return f"{PLACE}/{row.reference}"


async def seen(request: Req, reference: str) -> tuple[Viewer, Assembly]:
    """For whoever may look at it."""
    viewer, row = await viewer_of(request), await known(request, reference)
    if row is None or not may_see(viewer, row):
        raise NotFoundException
    return viewer, row


async def prepared(request: Req, reference: str) -> tuple[Viewer, Assembly]:
    """For the office, which plans and convenes."""
    viewer, row = await viewer_of(request), await known(request, reference)
    if row is None or not may_prepare(viewer):
        raise NotFoundException
    return viewer, row


async def led(request: Req, reference: str) -> tuple[Viewer, Assembly]:
    """For whoever leads it on the day."""
    viewer, row = await viewer_of(request), await known(request, reference)
    if row is None or not may_lead(viewer, row):
        raise NotFoundException
    return viewer, row


async def known(request: Req, reference: str) -> Assembly | None:
    """Each page of a rehearsal says on top that it is one."""
    row = await meeting.by_reference(reference)
    if row and row.rehearsal_of:
        row.title = rehearsal.title_of(row)
        request.state.standing = _("Rehearsal: nothing of this counts, and no letter leaves the house.")
        request.state.standing_page = f"{place(row)}/rehearsal"
    return row


def of_letters(row: Assembly, words: str) -> str:
    """What a page says of letters that go; of a rehearsal none does."""
    return _("Rehearsal: nobody is written to.") if row.rehearsal_of else words


async def read_addresses(request: Req, copy: Assembly) -> None:
    """The page tells addresses of people: that it was read is noted, once a day; they are real in a rehearsal, too."""
    row = await meeting.of_reality(copy)
    await looked_at((await viewer_of(request)).reference, meeting.thing(row), row.title)


async def item_of(row: Assembly, reference: str) -> AgendaItem:
    found = await agenda.item_by_reference(row, reference)
    if found is None:
        raise NotFoundException
    return found
