"""The office takes a move or a new name back that does not come."""

from collections.abc import Sequence
from typing import Any

from litestar import Request, Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.i18n import _
from network.members import former, moving
from network.members.tables import FormerAddress, FormerName, Organisation
from network.members.views.organisation import known, place
from network.people.viewer import office, viewer_of
from network.web.pages import see_other

Req = Request[Any, Any, Any]


@post("/office/members/{reference:str}/name/return", guards=[office])
async def keep_name(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    return await taken_back(request, row, await former.names_of(row))


@post("/office/members/{reference:str}/move/return", guards=[office])
async def keep_seat(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await known(reference)
    return await taken_back(request, row, [one for one in await former.addresses_of(row) if one.site is None])


async def taken_back(request: Req, row: Organisation, changes: Sequence[FormerName | FormerAddress]) -> Response[Any]:
    """The latest, as long as it has not come: what happened is put right by other deeds."""
    if not changes or changes[-1].until < clock.today():
        raise NotFoundException
    await moving.take_back(row, changes[-1], actor=(await viewer_of(request)).reference)
    return see_other(place(row), _("Everything stays as it is."))
