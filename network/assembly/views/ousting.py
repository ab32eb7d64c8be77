"""Whose term an adopted removal ends: ticked on a page of its own, from the vote's."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.assembly import ousting
from network.assembly.forms.day import RemovedForm
from network.assembly.tables.day import Decision
from network.assembly.tables.meeting import Assembly
from network.assembly.views.this_assembly import PLACE, Req, led, place
from network.assembly.views.votes import vote_of
from network.i18n import _, local
from network.people.viewer import assembly_room
from network.resolutions.tables import Kind, Outcome
from network.web.once import once
from network.web.pages import page, see_other

HERE = f"{PLACE}/{{reference:str}}/votes/{{vote:str}}/removed"


async def of_removal(row: Assembly, reference: str) -> Decision:
    found = await vote_of(row, reference)
    if found.kind != Kind.REMOVAL or found.outcome != Outcome.ADOPTED:
        raise NotFoundException
    return found


async def shown(request: Req, row: Assembly, found: Decision, form: RemovedForm, status: int = 200) -> Response[Any]:
    return await page(request, "assembly/removed", status, row=row, vote=found, form=form)


async def offered(form: RemovedForm, found: Decision) -> RemovedForm:
    assert found.decided_at
    form.terms.offer({one.reference: one.label for one in await ousting.in_office(local(found.decided_at))})
    return form


@get(HERE, guards=[assembly_room])
async def removed_form(request: Req, reference: FromPath[str], vote: FromPath[str]) -> Response[Any]:
    _viewer, row = await led(request, reference)
    found = await of_removal(row, vote)
    return await shown(request, row, found, await offered(RemovedForm(), found))


@post(HERE, guards=[assembly_room])
async def removed(request: Req, reference: FromPath[str], vote: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    found = await of_removal(row, vote)
    form = await offered(RemovedForm(await request.form()), found)

    async def deed() -> str:
        await ousting.carry_out(row, found, form.terms.data or [], actor=viewer.reference)
        return f"{place(row)}/votes/{found.reference}"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The term has ended."))
    return await shown(request, row, found, form, 422)


handlers = [removed_form, removed]
