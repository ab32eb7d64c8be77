"""Papers to the agenda: added, read, compared, taken away."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.assembly import paper
from network.assembly.agenda import title_of
from network.assembly.differing import differences
from network.assembly.forms.agenda import PaperForm
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.assembly.views.this_assembly import PLACE, Req, item_of, place, prepared, seen
from network.errors import Refused
from network.i18n import _
from network.people.viewer import assembly_room, staff
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import uploaded

NEW = f"{PLACE}/{{reference:str}}/agenda/{{item:str}}/papers/new"
PAPER = f"{PLACE}/{{reference:str}}/papers/{{paper_reference:str}}"


@get(NEW, guards=[staff])
async def new_form(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    return await shown(request, row, await item_of(row, item), PaperForm())


@post(NEW, guards=[staff], request_max_body_size=FILE_LIMIT)
async def add(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found, form = await item_of(row, item), PaperForm(await request.form())
    document = await uploaded(form.document.data)

    async def deed() -> str:
        await paper.attach(
            row, found, title=form.title.data or "", document=document, old_text=form.old_text.data or "",
            new_text=form.new_text.data or "", actor=viewer.reference,
        )  # fmt: skip
        return f"{place(row)}/agenda#{found.reference}"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The paper is added."))
    return await shown(request, row, found, form, 422)


async def shown(
    request: Req, row: Assembly, item: AgendaItem, form: PaperForm, status: int = 200
) -> Response[Any]:  # fmt: skip
    return await page(request, "assembly/paper_form", status, row=row, item=item, form=form, title_of=title_of)


@get(PAPER, guards=[assembly_room])
async def paper_page(request: Req, reference: FromPath[str], paper_reference: FromPath[str]) -> Response[Any]:
    """Old and new text side by side."""
    _viewer, row = await seen(request, reference)
    found = await paper.by_reference(row, paper_reference)
    if found is None or not (found.old_text or found.new_text):
        raise NotFoundException
    return await page(
        request, "assembly/paper", row=row, paper=found, pairs=differences(found.old_text, found.new_text)
    )


@get(f"{PAPER}/file", guards=[assembly_room])
async def paper_file(request: Req, reference: FromPath[str], paper_reference: FromPath[str]) -> Response[bytes]:
    _viewer, row = await seen(request, reference)
    file = await paper.file_of(row, paper_reference)
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


@post(f"{PAPER}/removal", guards=[staff])
async def remove(request: Req, reference: FromPath[str], paper_reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    there = f"{place(row)}/agenda"
    try:
        await paper.remove(row, paper_reference, actor=viewer.reference)
    except Refused as no:
        return see_other(there, no.words, warning=True)
    return see_other(there, _("The paper is taken away."))


handlers = [new_form, add, paper_page, paper_file, remove]
