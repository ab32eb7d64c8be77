"""The call for candidates: to whom it goes by which way, its letters for envelopes, and the one reminder."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.assembly import call, dispatch, election, printing
from network.assembly.forms.candidates import CallForm
from network.assembly.forms.convening import PostedForm
from network.assembly.proof import some_names
from network.assembly.tables.meeting import Assembly
from network.assembly.views.this_assembly import PLACE, Req, led, of_letters, place, read_addresses
from network.i18n import _, ngettext
from network.people.viewer import assembly_room
from network.web.forms import Form
from network.web.once import once
from network.web.pages import download, page, see_other

CALL = f"{PLACE}/{{reference:str}}/call"


@get(CALL, guards=[assembly_room])
async def call_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await led(request, reference)
    return await calling(request, row, CallForm())


async def calling(
    request: Req, row: Assembly, form: CallForm, status: int = 200, *, posted: PostedForm | None = None
) -> Response[Any]:
    elections = await election.elections_of(row)
    running = [one for one in elections if call.is_open(one)]
    lines = await dispatch.lines_of(row, stack="call")
    await read_addresses(request, row)
    return await page(
        request,
        "assembly/call",
        status,
        row=row,
        form=form,
        elections=elections,
        plan=await call.plan_for(row),
        unreached=await call.unreached(row),
        lines=lines,
        to_post=[one for one in lines if one.state == "to_post"],
        posted=posted or PostedForm(on=clock.today()),
        reminder=await call.plan_of_reminder(row, running) if running else None,
        reminded_at=next((one.reminded_at for one in running if one.reminded_at), None),
        reminder_form=Form(),
        some_names=some_names,
    )


@post(CALL, guards=[assembly_room])
async def open_call(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    form = CallForm(await request.form())

    async def deed() -> str:
        assert form.until.data
        await call.open_(row, form.until.data, actor=viewer.reference)
        return f"{place(row)}/call"

    if form.validate():
        with form.refusals():
            return see_other(
                await once(form.form_token.data or "", deed),
                of_letters(row, _("The members are asked for candidates.")),
            )
    return await calling(request, row, form, 422)


@post(f"{CALL}/reminder", guards=[assembly_room])
async def remind(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    form = CallForm(await request.form())

    async def deed() -> str:
        await call.remind(row, actor=viewer.reference)
        return f"{place(row)}/call"

    with form.refusals():
        there = await once(form.form_token.data or "", deed)
        return see_other(there, of_letters(row, _("The members are reminded.")))
    return await calling(request, row, form, 422)


@get(f"{CALL}/letters", guards=[assembly_room])
async def letters_pdf(request: Req, reference: FromPath[str]) -> Response[bytes]:
    """One file for all envelopes."""
    _viewer, row = await led(request, reference)
    found = await dispatch.to_print(row, "call")
    if not found:
        raise NotFoundException
    return download(await printing.envelopes(row, found), "application/pdf", printing.named(_("Letters"), row.title))


@post(f"{CALL}/posted", guards=[assembly_room])
async def posted(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    form = PostedForm(await request.form())
    if form.validate():
        with form.refusals():
            number = await dispatch.post_all(row, on=form.day, actor=viewer.reference, stack="call")
            words = ngettext("One letter is noted as posted.", "%(num)s letters are noted as posted.", number)
            return see_other(f"{place(row)}/call", words)
    return await calling(request, row, CallForm(), 422, posted=form)


handlers = [call_form, open_call, remind, letters_pdf, posted]
