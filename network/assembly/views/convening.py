"""The page from which members are invited: what will go to whom, how it reads, and the one button."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.assembly import convocation, letters, printing, timing
from network.assembly.convocation import Plan, plan_for, why_not
from network.assembly.forms.convening import ConveningForm
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.rules import may_approve
from network.assembly.tables.meeting import Assembly
from network.assembly.views.this_assembly import PLACE, Req, place, prepared, read_addresses, seen
from network.association.profile import known_profile
from network.database import DB
from network.files import File
from network.i18n import N_, _, locale, ngettext
from network.people.viewer import assembly_room, staff
from network.web.once import once
from network.web.pages import download, page, see_other

HERE = f"{PLACE}/{{reference:str}}/invitation"
NO_TOKEN = "…"  # noqa: S105  in the preview: each letter gets its own


@get(HERE, guards=[staff])
async def convening_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    if row.convened_at:
        return see_other(f"{place(row)}/dispatches")
    return await shown(request, row, ConveningForm())


async def shown(request: Req, row: Assembly, form: ConveningForm, status: int = 200) -> Response[Any]:
    planned = await plan_for(row)
    await read_addresses(request, row)
    return await page(
        request,
        "assembly/convening",
        status,
        row=row,
        form=form,
        plan=planned,
        why_not=await why_not(row),
        clock=await timing.clock_of(row),
        kinds=timing.KINDS,
        preview=await preview(row, planned),
        sender=(await known_profile()).sender,
    )


async def preview(row: Assembly, planned: Plan) -> Any:
    """The letter as the first member will read it, in the office's language."""
    if not planned.to:
        return None
    told = await convocation.told_about(row, bare=True)
    return await letters.written(row, planned.to[0], "invitation", told, token=NO_TOKEN, locale=locale())


@post(HERE, guards=[staff])
async def convene(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = ConveningForm(await request.form())

    async def deed() -> str:
        await convocation.convene(
            row, actor=viewer.reference, late_because=form.late_because.data or "", copies=bool(form.copies.data)
        )
        return f"{place(row)}/dispatches"

    if form.validate():
        planned = await plan_for(row)
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), said(row, planned))
    return await shown(request, row, form, 422)


def said(row: Assembly, planned: Plan) -> str:
    if row.rehearsal_of:
        return _("Rehearsed: everything is as if the members had been invited. No letter has left the house.")
    told = ngettext("One member is invited by e-mail.", "%(num)s members are invited by e-mail.", len(planned.by_email))
    if planned.by_post:
        told += " " + ngettext(
            "One letter waits to be posted.", "%(num)s letters wait to be posted.", len(planned.by_post)
        )
    return told


@get(f"{HERE}/pdf", guards=[assembly_room])
async def invitation_pdf(request: Req, reference: FromPath[str]) -> Response[bytes]:
    """As it went out; before, as it would."""
    _viewer, row = await seen(request, reference)
    if row.invitation:
        file = await File.objects().get(File.id == row.invitation)
        if file is None:
            raise NotFoundException
        return download(file.content, file.media_type, file.name)
    told = await convocation.told_about(row, bare=True)
    return download(
        await printing.invitation(row, told, locale()), "application/pdf", printing.file_name(row, locale())
    )


@post(f"{PLACE}/{{reference:str}}/approval", guards=[assembly_room])
async def approve(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Somebody of the board says that agenda and invitation may go out. Pressed twice the first word stays."""
    viewer, row = await seen(request, reference)
    if not may_approve(viewer):
        raise NotFoundException
    async with DB.transaction():
        held = await taken(row)
        if not held.approved_at and not held.convened_at:
            held.approved_at, held.approved_by = clock.now(), viewer.reference
            await held.save()
            await record(viewer.reference, N_("invitation approved"), thing(held), held.title)
    return see_other(place(row), _("The office sees that agenda and invitation may go out."))


handlers = [convening_form, convene, invitation_pdf, approve]
