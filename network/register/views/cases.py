"""A case for the register: what has to be filed, the checklist, its words and papers, all as one file."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import taken_along
from network.assembly import printing
from network.association import bylaws
from network.board import representation
from network.board.duty import BEGIN
from network.board.tables import Beginning
from network.errors import Refused
from network.files import File
from network.i18n import _, format_day
from network.people.viewer import assembly_room, board_room, staff, viewer_of
from network.register import case as known_cases
from network.register import checklist, draft, extract, filing, packet
from network.register.case import STATES, Case
from network.register.forms import ApplicationForm, PaperForm
from network.register.rules import may_prepare, may_read_births
from network.register.views.this_case import BOOK, Req, at, begun, confided, prepared, seen
from network.resolutions.book import number_of
from network.resolutions.tables import Resolution
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import Upload, kept, uploaded


@get(BOOK, guards=[board_room])
async def book_page(request: Req) -> Response[Any]:
    """All applications of the last months, and what nobody has applied for yet."""
    return await page(
        request, "register/book", cases=await known_cases.waiting(clock.today()), states=STATES, today=clock.today(),
        may_prepare=may_prepare(await viewer_of(request)),
    )  # fmt: skip


@get(at(), guards=[assembly_room])
async def case_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, case = await seen(request, reference)
    if case.row and not case.row.closed_at:
        return see_other(case.back)
    return await page(
        request,
        "register/case",
        case=case,
        row=case.row,
        filing=case.filing,
        subject=case.subject,
        state=STATES[case.state] if case.filing else None,
        steps=await known_cases.steps_of(case.filing) if case.filing else {},
        checks=await checklist.checklist(case),
        signing=await representation.on(case.subject.signed_on),
        awaited=await bylaws.awaited(),
        today=clock.today(),
        may_prepare=may_prepare(viewer),
        may_take=may_read_births(viewer),
    )


# --- its words -------------------------------------------------------------------------------------------------------


@get(at("/text"), guards=[staff])
async def text_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, case = await prepared(request, reference)
    if case.row and case.row.rehearsal_of:
        return see_other(case.place)
    text = case.filing.text if case.filing and case.is_under_way else await draft.drafted(case)
    return await text_page(request, case, ApplicationForm(text=text))


async def text_page(request: Req, case: Case, form: ApplicationForm, status: int = 200) -> Response[Any]:
    return await page(request, "register/text", status, case=case, form=form)


@post(at("/text"), guards=[staff])
async def write(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, case = await prepared(request, reference)
    form = ApplicationForm(await request.form())

    async def deed() -> str:
        text = form.text.data or ""
        if case.is_under_way:
            await filing.edit(case, text, actor=viewer.reference)
            return case.place
        made = await filing.begin(case, text=text, actor=viewer.reference)
        return (await known_cases.of_filing(made)).place

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The application is stored."))
    return await text_page(request, case, form, 422)


# --- papers ----------------------------------------------------------------------------------------------------------


def titled(case: Case, kind: str) -> str:
    """What belongs to this case; anything else is not there."""
    titles = {one.kind: one.title for one in checklist.copies(case.subject)} if case.row is None else {}
    if case.subject.bylaws:
        titles[filing.WORDING] = _("The full new wording of the bylaws")
    if kind not in titles:
        raise NotFoundException
    return titles[kind]


async def from_the_book(case: Case, kind: str) -> dict[str, Resolution]:
    """What the board may have decided about it: of somebody whom it took in itself."""
    found = {filing.paper_of(BEGIN, one): one for one in case.subject.came if one.began_as == Beginning.CO_OPTED}
    return {one.reference: one for one in await extract.fitting(found[kind])} if kind in found else {}


async def paper_page(request: Req, case: Case, kind: str, form: PaperForm, status: int = 200) -> Response[Any]:
    title, wording = titled(case, kind), kind == filing.WORDING
    return await page(request, "register/paper", status, case=case, form=form, title=title, wording=wording)


def offered(form: PaperForm, known: dict[str, Resolution]) -> PaperForm:
    form.offer({
        key: _("%(number)s of %(day)s: %(title)s", number=number_of(one), day=format_day(one.taken_at), title=one.title)
        for key, one in known.items()
    })  # fmt: skip
    return form


@get(at("/papers/{kind:str}/new"), guards=[staff])
async def paper_form(request: Req, reference: FromPath[str], kind: FromPath[str]) -> Response[Any]:
    _viewer, case = await begun(request, reference)
    return await paper_page(request, case, kind, offered(PaperForm(), await from_the_book(case, kind)))


@post(at("/papers/{kind:str}/new"), guards=[staff], request_max_body_size=FILE_LIMIT)
async def keep_paper(request: Req, reference: FromPath[str], kind: FromPath[str]) -> Response[Any]:
    viewer, case = await begun(request, reference)
    titled(case, kind)
    known = await from_the_book(case, kind)
    form = offered(PaperForm(await request.form()), known)
    document = await uploaded(form.document.data)
    with form.refusals():
        file = await stored(document, known.get(form.resolution.data or ""))
        await filing.keep_paper(case, kind, file, actor=viewer.reference)
        return see_other(case.place, _("The document is kept."))
    return await paper_page(request, case, kind, form, 422)


async def stored(document: Upload | None, resolution: Resolution | None) -> File:
    """What was chosen as a file, else the extract from the resolution book. Refused for nothing, and for no PDF."""
    if document is None and resolution:
        return await extract.kept(resolution)
    if document is None or not document[1].startswith(b"%PDF-"):
        raise Refused(_("Please choose a PDF."), "document")
    file = await kept(document)
    assert file
    return file


@get(at("/papers/{kind:str}"), guards=[assembly_room])
async def step_paper(request: Req, reference: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    viewer, case = await confided(request, reference)
    step = (await known_cases.steps_of(case.filing)).get(kind) if case.filing else None
    file = await File.objects().get(File.id == step.document) if step and step.document else None
    if file is None:
        raise NotFoundException
    await taken_along(viewer.reference, case.thing, case.title, 1)
    return download(file.content, file.media_type, file.name)


# --- to take along ---------------------------------------------------------------------------------------------------


async def to_take(request: Req, reference: str) -> Case:
    """Birth dates are in it: for the office and the board alone, and each time noted."""
    viewer, case = await confided(request, reference)
    if case.filing is None:
        raise NotFoundException
    await taken_along(viewer.reference, case.thing, case.title, len(case.subject.came))
    return case


@get(at("/packet"), guards=[assembly_room])
async def whole(request: Req, reference: FromPath[str]) -> Response[bytes]:
    case = await to_take(request, reference)
    name = printing.named(_("Application to the register of associations"), case.title).removesuffix(".pdf")
    return download(await packet.as_zip(case), "application/zip", f"{name}.zip")


@get(at("/application"), guards=[assembly_room])
async def application_pdf(request: Req, reference: FromPath[str]) -> Response[bytes]:
    content = await packet.application(await to_take(request, reference))
    return download(content, "application/pdf", _("Application to the register of associations") + ".pdf")


handlers = [
    book_page, case_page, text_form, write, paper_form, keep_paper, step_paper, whole, application_pdf,
]  # fmt: skip
