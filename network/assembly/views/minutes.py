"""The minutes on their pages: drafted by one button, edited, signed, taken along as a PDF."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.assembly import delivery, meeting, minutes, objection
from network.assembly.forms.minutes import MinutesForm, SignatureForm
from network.assembly.rules import may_prepare
from network.assembly.tables.afterwards import Minutes
from network.assembly.tables.meeting import Assembly
from network.assembly.views.this_assembly import PLACE, Req, place, prepared, seen
from network.errors import Refused
from network.files import File
from network.i18n import _
from network.people.viewer import assembly_room, staff
from network.web.forms import Form
from network.web.once import once
from network.web.pages import download, page, see_other

HERE = f"{PLACE}/{{reference:str}}/minutes"


@get(HERE, guards=[assembly_room])
async def minutes_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    last = await minutes.latest(row)
    return await page(
        request,
        "assembly/minutes",
        row=row,
        state=meeting.state_of(row),
        minutes=last,
        versions=await minutes.versions(row),
        outdated=await minutes.is_outdated(row, last) if last else False,
        signatures=await minutes.signatures_of(last) if last else [],
        capacities=minutes.CAPACITIES,
        draft_form=Form(),
        form=SignatureForm(),
        today=clock.today(),
        sent=await delivery.sent_version(row),
        objections=await objection.objections_of(row),
        objection_state=objection.state_of,
        states=objection.STATES,
        may_prepare=may_prepare(viewer),
    )


@post(f"{HERE}/drafts", guards=[staff])
async def draft(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = Form(await request.form())

    async def deed() -> str:
        await minutes.draft(row, actor=viewer.reference)
        return f"{place(row)}/minutes"

    try:
        return see_other(await once(form.form_token.data or "", deed), _("The draft is written."))
    except Refused as no:
        return see_other(f"{place(row)}/minutes", no.words, warning=True)


@get(f"{HERE}/edit", guards=[staff])
async def edit_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    last = await known(row)
    return await page(request, "assembly/minutes_form", row=row, form=MinutesForm(text=last.text))


@post(f"{HERE}/edit", guards=[staff])
async def edit(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    last, form = await known(row), MinutesForm(await request.form())
    if form.validate():
        with form.refusals():
            await minutes.edit(row, last, form.text.data or "", actor=viewer.reference)
            return see_other(f"{place(row)}/minutes", _("The changes are stored."))
    return await page(request, "assembly/minutes_form", 422, row=row, form=form)


@post(f"{HERE}/signatures/{{capacity:str}}", guards=[staff])
async def sign(request: Req, reference: FromPath[str], capacity: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    last, form = await known(row), SignatureForm(await request.form())
    if capacity not in {one.capacity for one in await minutes.signatures_of(last)}:
        raise NotFoundException
    if not form.validate() or form.on.data is None:
        return see_other(f"{place(row)}/minutes", _("Please say when it was signed."), warning=True)
    try:
        await minutes.sign(row, last, capacity, form.on.data, actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/minutes", no.words, warning=True)
    return see_other(f"{place(row)}/minutes", _("The signature is written down."))


@get(f"{HERE}/{{version:int}}/pdf", guards=[assembly_room])
async def as_pdf(request: Req, reference: FromPath[str], version: FromPath[int]) -> Response[Any]:
    """As it was signed; of a draft as it stands."""
    _viewer, row = await seen(request, reference)
    found = next((one for one in await minutes.versions(row) if one.version == version), None)
    if found is None:
        raise NotFoundException
    kept = await File.objects().get(File.id == found.document) if found.document else None
    content = kept.content if kept else await minutes.pdf(row, found)
    name = _("Minutes: %(title)s", title=row.title).replace(":", "")
    return download(content, "application/pdf", f"{name}.pdf")


async def known(row: Assembly) -> Minutes:
    last = await minutes.latest(row)
    if last is None:
        raise NotFoundException
    return last


handlers = [minutes_page, draft, edit_form, edit, sign, as_pdf]
