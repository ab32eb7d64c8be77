"""The register packet of an assembly: what has to be filed, the checklist, the days of its way, all as one file."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import taken_along
from network.assembly import filing, packet, printing
from network.assembly.filing import Subject
from network.assembly.forms.register import ApplicationForm, WordingForm
from network.assembly.meeting import thing
from network.assembly.rules import may_prepare, may_read_register_data
from network.assembly.tables.afterwards import Filing
from network.assembly.tables.meeting import Assembly
from network.assembly.views.this_assembly import PLACE, Req, place, prepared, seen
from network.association import bylaws
from network.board import representation
from network.errors import Refused
from network.files import File
from network.i18n import _
from network.people.viewer import Viewer, assembly_room, staff
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import kept, uploaded

HERE = f"{PLACE}/{{reference:str}}/register"


@get(HERE, guards=[assembly_room])
async def register_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    if not row.closed_at:
        return see_other(place(row))
    one, subject = await filing.of_assembly(row), await filing.subject_of(row)
    return await page(
        request,
        "assembly/register",
        row=row,
        filing=one,
        subject=subject,
        state=filing.STATES[filing.state_of(one)] if one else None,
        stage=filing.state_of(one) if one else "",
        steps=await filing.steps_of(one) if one else {},
        checks=await packet.checklist(row, one, subject),
        signing=await representation.on(subject.signed_on),
        awaited=await bylaws.awaited(),
        last_day=filing.last_day(row, subject),
        today=clock.today(),
        may_prepare=may_prepare(viewer),
        may_take=may_read_register_data(viewer),
    )


async def known(row: Assembly) -> Filing:
    found = await filing.of_assembly(row)
    if found is None:
        raise NotFoundException
    return found


# --- its words -------------------------------------------------------------------------------------------------------


@get(f"{HERE}/text", guards=[staff])
async def text_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    if row.rehearsal_of:
        return see_other(f"{place(row)}/register")
    one, subject = await filing.of_assembly(row), await filing.subject_of(row)
    going_on = one is not None and filing.state_of(one) != "refused"
    text = one.text if one and going_on else await packet.drafted(row, subject)
    return await text_page(request, row, ApplicationForm(text=text), subject)


async def text_page(
    request: Req, row: Assembly, form: ApplicationForm, subject: Subject, status: int = 200
) -> Response[Any]:
    return await page(request, "assembly/register_text", status, row=row, form=form, subject=subject)


@post(f"{HERE}/text", guards=[staff])
async def write(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = ApplicationForm(await request.form())

    async def deed() -> str:
        one, text = await filing.of_assembly(row), form.text.data or ""
        if one is None or filing.state_of(one) == "refused":
            await filing.begin(row, text=text, actor=viewer.reference)
        else:
            await filing.edit(row, one, text, actor=viewer.reference)
        return f"{place(row)}/register"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The application is stored."))
    return await text_page(request, row, form, await filing.subject_of(row), 422)


@get(f"{HERE}/wording", guards=[staff])
async def wording_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    await known(row)
    return await page(request, "assembly/register_wording", row=row, form=WordingForm())


@post(f"{HERE}/wording", guards=[staff], request_max_body_size=FILE_LIMIT)
async def keep_wording(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    one, form = await known(row), WordingForm(await request.form())
    document = await uploaded(form.document.data)
    with form.refusals():
        if document is None or not document[1].startswith(b"%PDF-"):
            raise Refused(_("Please choose a PDF."), "document")
        file = await kept(document)
        assert file
        await filing.keep_wording(row, one, file, actor=viewer.reference)
        return see_other(f"{place(row)}/register", _("The wording is kept."))
    return await page(request, "assembly/register_wording", 422, row=row, form=form)


# --- to take along ---------------------------------------------------------------------------------------------------


async def to_take(request: Req, reference: str) -> tuple[Viewer, Assembly, Filing, Subject]:
    """Birth dates are in it: for the office and the board alone, and each time noted."""
    viewer, row = await seen(request, reference)
    if not may_read_register_data(viewer):
        raise NotFoundException
    one, subject = await known(row), await filing.subject_of(row)
    await taken_along(viewer.reference, thing(row), row.title, len(subject.came))
    return viewer, row, one, subject


@get(f"{HERE}/packet", guards=[assembly_room])
async def whole(request: Req, reference: FromPath[str]) -> Response[bytes]:
    _viewer, row, one, subject = await to_take(request, reference)
    content = await packet.as_zip(row, one, subject)
    name = printing.named(_("Application to the register of associations"), row.title).removesuffix(".pdf")
    return download(content, "application/zip", f"{name}.zip")


@get(f"{HERE}/application", guards=[assembly_room])
async def application_pdf(request: Req, reference: FromPath[str]) -> Response[bytes]:
    _viewer, _row, one, subject = await to_take(request, reference)
    content = await packet.application(one, subject)
    return download(content, "application/pdf", _("Application to the register of associations") + ".pdf")


@get(f"{HERE}/papers/{{kind:str}}", guards=[assembly_room])
async def step_paper(request: Req, reference: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    viewer, row = await seen(request, reference)
    if not may_read_register_data(viewer):
        raise NotFoundException
    step = (await filing.steps_of(await known(row))).get(kind)
    file = await File.objects().get(File.id == step.document) if step and step.document else None
    if file is None:
        raise NotFoundException
    await taken_along(viewer.reference, thing(row), row.title, 1)
    return download(file.content, file.media_type, file.name)


handlers = [
    register_page, text_form, write, wording_form, keep_wording, whole, application_pdf, step_paper,
]  # fmt: skip
