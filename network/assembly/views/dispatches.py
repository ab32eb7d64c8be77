"""The proof of dispatch: every try with its result, another address, the post, and the sheet to print."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import taken_along
from network.assembly import convocation, dispatch, printing, proof, timing
from network.assembly.forms.convening import AgainForm, NoteForm, PostedForm
from network.assembly.meeting import of_reality, thing
from network.assembly.proof import Proof, Proven
from network.assembly.rules import may_prepare
from network.assembly.tables.convocation import Channel, Dispatch
from network.assembly.tables.meeting import Assembly
from network.assembly.views.this_assembly import PLACE, Req, place, prepared, read_addresses, seen
from network.files import File
from network.i18n import _, format_moment, locale, ngettext
from network.people.viewer import assembly_room, staff
from network.web.addresses import url
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, number_of, numbered, page, see_other
from network.web.uploads import kept, uploaded

HERE = f"{PLACE}/{{reference:str}}/dispatches"
AGAIN = f"{HERE}/members/{{member:str}}"
SIZE = 100  # members on a page
ONE = f"{HERE}/{{dispatch_reference:str}}"


@get(HERE, guards=[assembly_room])
async def dispatches_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    if not row.convened_at:
        return see_other(place(row))
    return await shown(request, row, PostedForm(on=clock.today()), may=may_prepare(viewer))


async def shown(
    request: Req, row: Assembly, form: PostedForm, status: int = 200, *, may: bool
) -> Response[Any]:  # fmt: skip
    found = await proof.proof_of(row)
    await read_addresses(request, row)
    return await page(
        request,
        "assembly/dispatches",
        status,
        row=row,
        proof=found,
        found=numbered(found.by_need, number_of(request), SIZE),
        page_url=lambda number: f"{url(place(row))}/dispatches?page={number}",
        form=form,
        clock=await timing.clock_of(row),
        may_prepare=may,
    )


@get(f"{HERE}/pdf", guards=[assembly_room])
async def proof_pdf(request: Req, reference: FromPath[str]) -> Response[bytes]:
    viewer, row = await seen(request, reference)
    if not row.convened_at:
        raise NotFoundException
    found = await proof.proof_of(row)
    await taken_along(viewer.reference, thing(await of_reality(row)), row.title, len(found.members))
    lines = [(one.name, line) for one in found.members for line in one.lines]
    content = await printing.proof_sheet(row, lines, told(row, found), locale())
    return download(content, "application/pdf", printing.named(_("Proof of dispatch"), row.title))


def told(row: Assembly, found: Proof) -> list[str]:
    words = [
        _("Convened on %(moment)s.", moment=format_moment(row.convened_at)) if row.convened_at else "",
        "" if row.rehearsal_of else found.words + ".",
        _("Convened later than the bylaws allow, because: %(why)s", why=row.late_because) if row.late_because else "",
        _("Rehearsal: no letter has left the house.") if row.rehearsal_of else "",
    ]
    return [one for one in words if one]


@post(f"{HERE}/posted", guards=[staff])
async def posted(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = PostedForm(await request.form())
    if form.validate():
        with form.refusals():
            number = await dispatch.post_all(row, on=form.day, actor=viewer.reference)
            words = ngettext("One letter is noted as posted.", "%(num)s letters are noted as posted.", number)
            return see_other(f"{place(row)}/dispatches", words)
    return await shown(request, row, form, 422, may=True)


# --- letters for envelopes -------------------------------------------------------------------------------------------


@get(f"{HERE}/letters", guards=[staff])
async def all_letters(request: Req, reference: FromPath[str]) -> Response[bytes]:
    """One file for all envelopes that wait to be posted; once all are posted, all there were."""
    _viewer, row = await prepared(request, reference)
    return await as_file(row, await dispatch.to_print(row), printing.named(_("Letters"), row.title))


@get(f"{ONE}/letter", guards=[staff])
async def one_letter(request: Req, reference: FromPath[str], dispatch_reference: FromPath[str]) -> Response[bytes]:
    row, found = await known(request, reference, dispatch_reference)
    return await as_file(row, [found] if found.channel == Channel.POST else [], printing.named(_("Letter"), found.name))


async def as_file(row: Assembly, found: list[Dispatch], name: str) -> Response[bytes]:
    if not found:
        raise NotFoundException
    if found[0].what in dispatch.NOT_INVITING:
        content = await printing.envelopes(row, found)
    else:
        content = await printing.envelopes(row, found, await convocation.told_about(row, bare=True))
    return download(content, "application/pdf", name)


async def known(request: Req, reference: str, dispatch_reference: str) -> tuple[Assembly, Dispatch]:
    _viewer, row = await prepared(request, reference)
    found = await dispatch.by_reference(row, dispatch_reference)
    if found is None:
        raise NotFoundException
    return row, found


# --- what became of one ----------------------------------------------------------------------------------------------


@get(f"{ONE}/note", guards=[staff])
async def note_form(request: Req, reference: FromPath[str], dispatch_reference: FromPath[str]) -> Response[Any]:
    row, found = await known(request, reference, dispatch_reference)
    form = NoteForm(
        posted_on=found.posted_on, received_on=found.received_on, came_back=bool(found.returned_at),
        because=found.returned_because,
    )  # fmt: skip
    return await note_page(request, row, found, form)


async def note_page(
    request: Req, row: Assembly, found: Dispatch, form: NoteForm, status: int = 200
) -> Response[Any]:  # fmt: skip
    await read_addresses(request, row)
    (line,) = await dispatch.told_of([found], rehearsal=bool(row.rehearsal_of))
    return await page(request, "assembly/note", status, row=row, line=line, form=form)


@post(f"{ONE}/note", guards=[staff], request_max_body_size=FILE_LIMIT)
async def note(request: Req, reference: FromPath[str], dispatch_reference: FromPath[str]) -> Response[Any]:
    viewer, _row = await prepared(request, reference)
    row, found = await known(request, reference, dispatch_reference)
    form = NoteForm(await request.form())
    document = await uploaded(form.document.data)

    async def deed() -> str:
        await dispatch.note(
            row, found, actor=viewer.reference, posted_on=form.posted_on.data, received_on=form.received_on.data,
            came_back=bool(form.came_back.data), because=form.because.data or "", document=await kept(document),
        )  # fmt: skip
        return f"{place(row)}/dispatches"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("It is noted."))
    return await note_page(request, row, found, form, 422)


@get(f"{ONE}/receipt", guards=[assembly_room])
async def receipt(request: Req, reference: FromPath[str], dispatch_reference: FromPath[str]) -> Response[bytes]:
    _viewer, row = await seen(request, reference)
    found = await dispatch.by_reference(row, dispatch_reference)
    file = await File.objects().get(File.id == found.document) if found and found.document else None
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


# --- another try -----------------------------------------------------------------------------------------------------


@get(AGAIN, guards=[staff])
async def again_form(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    proven = await proven_of(row, member)
    tried = {line.row.address.lower() for line in proven.lines}
    other = next(
        (one for one in proven.to.contacts if one.email and one.email.lower() not in tried), None
    ) if proven.to else None  # fmt: skip
    form = AgainForm(name=other.name, email=other.email) if other else AgainForm()
    await read_addresses(request, row)
    return await page(request, "assembly/again", row=row, proven=proven, form=form)


async def proven_of(row: Assembly, member: str) -> Proven:
    """Only members of the day can be invited."""
    found = next((one for one in (await proof.proof_of(row)).members if one.reference == member), None)
    if found is None or not row.convened_at:
        raise NotFoundException
    return found


@post(AGAIN, guards=[staff], request_max_body_size=FILE_LIMIT)
async def again(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    proven, form = await proven_of(row, member), AgainForm(await request.form())
    document = await uploaded(form.document.data)

    async def deed() -> str:
        if form.way.data == "handed" and proven.to and form.on.data:
            await dispatch.hand_over(
                row, proven.to, name=form.name.data or "", on=form.on.data, actor=viewer.reference,
                document=await kept(document),
            )  # fmt: skip
        else:
            await convocation.again(
                row, proven.id, name=form.name.data or "", email=form.email.data or "",
                by_post=form.way.data == "post", actor=viewer.reference,
            )  # fmt: skip
        return f"{place(row)}/dispatches"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The second try is on the sheet."))
    return await page(request, "assembly/again", 422, row=row, proven=proven, form=form)


handlers = [
    dispatches_page, proof_pdf, posted, all_letters, one_letter, note_form, note, receipt, again_form, again,
]  # fmt: skip
