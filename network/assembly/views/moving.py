"""After the invitation: another day or place, a supplement, calling it off; each on a page that counts the letters."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from network.assembly import agenda, moving, timing
from network.assembly.convocation import plan_for
from network.assembly.forms.convening import CancellationForm, MoveForm
from network.assembly.forms.planning import beginning
from network.assembly.meeting import State, state_of
from network.assembly.tables.meeting import Assembly
from network.assembly.taking_part import permissions
from network.assembly.views.this_assembly import PLACE, Req, of_letters, place, prepared
from network.i18n import _, ngettext
from network.people.viewer import staff
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other

MOVE = f"{PLACE}/{{reference:str}}/move"
CANCEL = f"{PLACE}/{{reference:str}}/cancellation"
SUPPLEMENT = f"{PLACE}/{{reference:str}}/supplement"


def not_now(row: Assembly) -> Response[Any] | None:
    """A question whose deed would be refused is not asked."""
    if state_of(row) == State.CONVENED:
        return None
    return see_other(place(row), _("That is only possible between the invitation and the assembly."), warning=True)


def letters_gone(row: Assembly, number: int) -> str:
    return of_letters(row, ngettext("One member is written to.", "%(num)s members are written to.", number))


@get(MOVE, guards=[staff])
async def move_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    return not_now(row) or await move_page(request, row, MoveForm(**beginning(row)))


async def move_page(request: Req, row: Assembly, form: MoveForm, status: int = 200) -> Response[Any]:
    form.offer(await permissions())
    planned = await plan_for(row)
    return await page(request, "assembly/move", status, row=row, form=form, plan=planned)


@post(MOVE, guards=[staff])
async def move(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = MoveForm(await request.form())
    form.offer(await permissions())
    told: list[int] = []

    async def deed() -> str:
        told.append(await moving.move(
            row, actor=viewer.reference, because=form.because.data or "",
            late_because=form.late_because.data or "", **form.facts(row),
        ))  # fmt: skip
        return place(row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(
                there, letters_gone(row, told[0]) if told and told[0] else _("Nobody had to be written to.")
            )
    return await move_page(request, row, form, 422)


@get(CANCEL, guards=[staff])
async def cancellation_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    return not_now(row) or await page(
        request, "assembly/cancellation", row=row, form=CancellationForm(), plan=await plan_for(row)
    )


@post(CANCEL, guards=[staff])
async def cancel(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = CancellationForm(await request.form())
    if form.validate():
        with form.refusals():
            number = await moving.cancel(row, because=form.because.data or "", actor=viewer.reference)
            return see_other(place(row), letters_gone(row, number) if number else _("It had been called off already."))
    return await page(request, "assembly/cancellation", 422, row=row, form=form, plan=await plan_for(row))


@get(SUPPLEMENT, guards=[staff])
async def supplement_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    return not_now(row) or await supplement_page(request, row, Form())


async def supplement_page(request: Req, row: Assembly, form: Form, status: int = 200) -> Response[Any]:
    planned, items = await plan_for(row), await moving.waiting_items(row)
    return await page(
        request, "assembly/supplement", status, row=row, form=form, plan=planned, title_of=agenda.title_of,
        items=items, allowed=await moving.decidable(row, items, planned), clock=await timing.clock_of(row),
        kinds=timing.KINDS,
    )  # fmt: skip


@post(SUPPLEMENT, guards=[staff])
async def supplement(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = Form(await request.form())

    async def deed() -> str:
        await moving.supplement(row, actor=viewer.reference)
        return f"{place(row)}/dispatches"

    with form.refusals():
        planned = await plan_for(row)
        return see_other(await once(form.form_token.data or "", deed), letters_gone(row, len(planned.to)))
    return await supplement_page(request, row, form, 422)


handlers = [move_form, move, cancellation_form, cancel, supplement_form, supplement]
