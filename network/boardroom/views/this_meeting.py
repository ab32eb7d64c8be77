"""Which meeting of the board an address means, through the eyes of whoever is looking."""

from typing import Any

from litestar import Request
from litestar.exceptions import NotFoundException

from network.boardroom import agenda, meeting
from network.boardroom.rules import may_prepare
from network.boardroom.tables import BoardItem, BoardMeeting
from network.people.viewer import Viewer, viewer_of

Req = Request[Any, Any, Any]
PLACE = "/office/board/meetings"
ONE = f"{PLACE}/{{reference:str}}"
ITEM = f"{ONE}/items/{{item:str}}"


def place(row: BoardMeeting) -> str:
    return f"{PLACE}/{row.reference}"


async def seen(request: Req, reference: str) -> tuple[Viewer, BoardMeeting]:
    """For whoever the guard let in: the office and the board."""
    viewer, row = await viewer_of(request), await meeting.by_reference(reference)
    if row is None:
        raise NotFoundException
    return viewer, row


async def prepared(request: Req, reference: str) -> tuple[Viewer, BoardMeeting]:
    """For whoever plans, invites and leads."""
    viewer, row = await seen(request, reference)
    if not may_prepare(viewer):
        raise NotFoundException
    return viewer, row


async def item_of(row: BoardMeeting, reference: str) -> BoardItem:
    found = await agenda.item_by_reference(row, reference)
    if found is None:
        raise NotFoundException
    return found
