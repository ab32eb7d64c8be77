"""The office's form for where an organisation came from and what it belongs to."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.i18n import _
from network.members import relation
from network.members.forms.office import RelationForm
from network.members.views.organisation import known, place
from network.people.viewer import office, viewer_of
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


@get("/office/members/{of:str}/relations/new", guards=[office])
async def new_form(request: Req, of: FromPath[str]) -> Response[Any]:
    return await page(request, "members/office_relation_form", form=RelationForm(), member=await known(of))


@post("/office/members/{of:str}/relations/new", guards=[office])
async def enter(request: Req, of: FromPath[str]) -> Response[Any]:
    member, form = await known(of), RelationForm(await request.form())
    actor = (await viewer_of(request)).reference

    async def deed() -> str:
        since, until = form.since.data or "", form.until.data or ""
        await relation.enter(member, form.kind.data, form.name.data or "", since=since, until=until, actor=actor)
        return place(member)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The relation is entered."))
    return await page(request, "members/office_relation_form", 422, form=form, member=member)


@post("/office/members/{of:str}/relations/{reference:str}/removal", guards=[office])
async def remove(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member = await known(of)
    row = await relation.by_reference(member, reference)
    if row is None:
        raise NotFoundException
    await relation.remove(row, member, actor=(await viewer_of(request)).reference)
    return see_other(place(member), _("The entry has been removed."))


HANDLERS = [new_form, enter, remove]
