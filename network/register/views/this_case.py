"""Which case an address means, through the eyes of whoever is looking: what one may not know of is not there."""

from typing import Any

from litestar import Request
from litestar.exceptions import NotFoundException

from network.i18n import _
from network.people.viewer import Viewer, viewer_of
from network.register import case
from network.register.case import Case
from network.register.rules import may_prepare, may_read_births, may_see

Req = Request[Any, Any, Any]
BOOK = "/office/board/register"
# What an assembly decided stands under it; what changed between assemblies under the board.
HERE = ("/office/assemblies/{reference:str}/register", f"{BOOK}/{{reference:str}}")


def at(rest: str = "") -> list[str]:
    return [f"{place}{rest}" for place in HERE]


async def seen(request: Req, reference: str) -> tuple[Viewer, Case]:
    """For whoever may look at it."""
    viewer, found = await viewer_of(request), await case.known(reference)
    if found is None or found.place not in request.url.path or not may_see(viewer, found):
        raise NotFoundException
    if found.row and found.row.rehearsal_of:
        request.state.standing = _("Rehearsal: nothing of this counts, and no letter leaves the house.")
        request.state.standing_page = f"{found.back}/rehearsal"
    return viewer, found


async def prepared(request: Req, reference: str) -> tuple[Viewer, Case]:
    """For the office, which files."""
    viewer, found = await seen(request, reference)
    if not may_prepare(viewer):
        raise NotFoundException
    return viewer, found


async def begun(request: Req, reference: str) -> tuple[Viewer, Case]:
    """For the office, of what has been begun."""
    viewer, found = await prepared(request, reference)
    if found.filing is None:
        raise NotFoundException
    return viewer, found


async def confided(request: Req, reference: str) -> tuple[Viewer, Case]:
    """For those who may read birth dates."""
    viewer, found = await seen(request, reference)
    if not may_read_births(viewer):
        raise NotFoundException
    return viewer, found
