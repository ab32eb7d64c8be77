"""What representatives read in their own room: the seats of their organisation, and who is in which group, by name."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.groups import overview, seats, words
from network.members import membership, organisation
from network.members.rules import represents
from network.members.tables import Organisation
from network.people.viewer import representative, viewer_of
from network.web.pages import page

Req = Request[Any, Any, Any]
PLACE = "/mine/{of:str}/groups"


async def own_member(request: Req, reference: str) -> Organisation:
    """The organisation that whoever looks represents, as long as it is a member."""
    row = await organisation.by_reference(reference)
    if row is None or not represents(await viewer_of(request), row):
        raise NotFoundException
    if not await membership.membership_on(row, clock.today()):
        raise NotFoundException
    return row


@get(PLACE, guards=[representative])
async def own_groups(request: Req, of: FromPath[str]) -> Response[Any]:
    member, today = await own_member(request, of), clock.today()
    mine = await seats.of_organisation(member)
    return await page(
        request,
        "groups/mine_groups",
        member=member,
        mine=seats.on(mine, today),
        over=seats.before(mine, today),
        groups=[one for one in await overview.of_day(today) if one.runs],
        words=words,
    )


@get(f"{PLACE}/{{reference:str}}", guards=[representative])
async def own_group(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    """A group that runs, and its people today."""
    member, listed = await own_member(request, of), await overview.of_day(clock.today())
    found = next((one for one in listed if one.runs and one.row.reference == reference), None)
    if found is None:
        raise NotFoundException
    return await page(request, "groups/mine_group", member=member, group=found.row, found=found, words=words)


handlers = [own_groups, own_group]
