"""An assembly planned, changed before anybody has been told, and given up."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from network import clock
from network.assembly import meeting, rehearsal, second, standard, timing
from network.assembly.forms.planning import AssemblyForm, PlanForm, beginning
from network.assembly.tables.meeting import Assembly
from network.assembly.taking_part import permissions
from network.assembly.views.this_assembly import PLACE, Req, place, prepared
from network.association.profile import known_profile
from network.database import DB
from network.errors import Refused
from network.i18n import _
from network.people.viewer import staff, viewer_of
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other

NEW, EDIT = f"{PLACE}/new", f"{PLACE}/{{reference:str}}/edit"
DISCARD = f"{PLACE}/{{reference:str}}/discard"


@get(NEW, guards=[staff])
async def new_form(request: Req) -> Response[Any]:
    """Begins with the usual agenda, and with the board's election where terms end."""
    association = await known_profile()
    known = {"town": association.town, "land": association.land, "title": _("General assembly")}
    form = PlanForm(**known, agenda=await standard.ticked(clock.today()))
    return await shown(request, form)


@post(NEW, guards=[staff])
async def plan(request: Req) -> Response[Any]:
    form = PlanForm(await request.form())
    form.offer(await permissions(), await second.choices())
    actor = (await viewer_of(request)).reference

    async def deed() -> str:
        async with DB.transaction():
            row = await meeting.plan(actor=actor, **form.facts())
            await second.follow(row, form.second_of.data or "", actor=actor)
            await standard.lay_out(row, form.agenda.data or (), actor=actor)
        return place(row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("The assembly is planned. Nobody has been written to yet."))
    return await shown(request, form, 422)


async def shown(
    request: Req, form: AssemblyForm, status: int = 200, row: Assembly | None = None
) -> Response[Any]:  # fmt: skip
    form.offer(await permissions(), await second.choices())
    return await page(
        request,
        "assembly/plan",
        status,
        form=form,
        row=row,
        ending=await standard.ending(form.day.data or clock.today()),
    )


@get(EDIT, guards=[staff])
async def edit_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    if row.convened_at:
        return see_other(place(row), _("The members have been convened; please use “Move day or place”."), warning=True)
    return await shown(request, AssemblyForm(**beginning(row)), row=row)


@post(EDIT, guards=[staff])
async def edit(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = AssemblyForm(await request.form())
    form.offer(await permissions(), await second.choices())
    if form.validate():
        with form.refusals():
            async with DB.transaction():
                await meeting.edit(row, actor=viewer.reference, **form.facts(row))
                await second.follow(row, form.second_of.data or "", actor=viewer.reference)
            return see_other(place(row), _("The changes are stored."))
    return await shown(request, form, 422, row)


@get(DISCARD, guards=[staff])
async def discard_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    if row.convened_at:
        return see_other(place(row), _("The members have been convened to this assembly."), warning=True)
    return await page(request, "assembly/discard", form=Form(), row=row, clock=await timing.clock_of(row))


@post(DISCARD, guards=[staff])
async def discard(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Pressed twice the plan is gone all the same."""
    row = await meeting.by_reference(reference)
    if row is None:
        return see_other(PLACE)
    try:
        async with DB.transaction():
            await rehearsal.clear(row)
            await meeting.discard(row, actor=(await viewer_of(request)).reference)
    except Refused as no:
        return see_other(place(row), no.words, warning=True)
    return see_other(PLACE, _("The plan is gone."))


handlers = [new_form, plan, edit_form, edit, discard_form, discard]
