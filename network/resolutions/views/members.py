"""What the members decided, in an assembly or in writing, for those who represent one of them (rules.OF_MEMBERS)."""

from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.members import membership, organisation
from network.members.rules import represents
from network.members.tables import Organisation
from network.people.viewer import representative, viewer_of
from network.resolutions import book
from network.resolutions.rules import OF_MEMBERS, is_of_members
from network.resolutions.views.shown import Req, book_page, book_sheet, resolution_page

PLACE = "/mine/{of:str}/resolutions"


async def own_member(request: Req, reference: str) -> Organisation:
    """The organisation that whoever looks represents, as long as it is a member."""
    row = await organisation.by_reference(reference)
    if row is None or not represents(await viewer_of(request), row):
        raise NotFoundException
    if not await membership.membership_on(row, clock.today()):
        raise NotFoundException
    return row


def place(row: Organisation) -> str:
    return f"/mine/{row.reference}/resolutions"


@get(PLACE, guards=[representative])
async def own_book(request: Req, of: FromPath[str]) -> Response[Any]:
    member = await own_member(request, of)
    return await book_page(request, "resolutions/mine_book", place(member), OF_MEMBERS, member=member)


@get(f"{PLACE}/as/{{kind:str}}", guards=[representative])
async def own_sheet(request: Req, of: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    await own_member(request, of)
    return await book_sheet(request, kind, OF_MEMBERS)


@get(f"{PLACE}/{{reference:str}}", guards=[representative])
async def own_one(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await own_member(request, of), await book.by_reference(reference)
    if row is None or not is_of_members(row):
        raise NotFoundException
    return await resolution_page(
        request, "resolutions/mine_resolution", place(member), row, member=member, cards=[], document=False
    )


handlers = [own_book, own_sheet, own_one]
