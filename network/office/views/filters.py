"""Keeping the choice of a list under a name."""

from typing import Any

from litestar import Request, Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.i18n import _
from network.office import filters
from network.office.forms import KeepForm
from network.people.viewer import office, viewer_of
from network.web.pages import see_other

Req = Request[Any, Any, Any]


@post("/filters", guards=[office])
async def keep(request: Req) -> Response[Any]:
    form = KeepForm(await request.form())
    room, query = form.room.data or "", form.query.data or ""
    if form.validate():
        with form.refusals():
            await filters.keep(await viewer_of(request), room=room, name=form.name.data or "", query=query)
            return see_other(f"{room}?{query}", _("The choice is kept."))
    place = room if room in filters.ROOMS else "/office"
    return see_other(f"{place}?{query}" if query else place, _("Please give the choice a name."), warning=True)


@post("/filters/{reference:str}/removal", guards=[office])
async def give_up(request: Req, reference: FromPath[str]) -> Response[Any]:
    if not await filters.give_up(await viewer_of(request), reference):
        raise NotFoundException
    return see_other(filters.ROOMS[0], _("The choice is no longer kept."))


handlers = [keep, give_up]
