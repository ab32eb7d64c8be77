"""The agenda of a board meeting on its pages: items and papers."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.boardroom import agenda
from network.boardroom.forms import ItemForm, PaperForm
from network.boardroom.tables import BoardItem, BoardMeeting
from network.boardroom.views.this_meeting import ITEM, ONE, Req, item_of, place, prepared, seen
from network.errors import Refused
from network.i18n import _
from network.people.viewer import board_room
from network.web.bodies import FILE_LIMIT
from network.web.forms import Form
from network.web.once import once
from network.web.pages import download, page, see_other
from network.web.uploads import uploaded

PAPER = f"{ONE}/papers/{{paper:str}}"


@get(f"{ONE}/items/new", guards=[board_room])
async def new_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    return await shown(request, row, None, ItemForm())


async def shown(
    request: Req, row: BoardMeeting, item: BoardItem | None, form: ItemForm, status: int = 200
) -> Response[Any]:  # fmt: skip
    return await page(request, "boardroom/item", status, row=row, item=item, form=form)


@post(f"{ONE}/items/new", guards=[board_room])
async def add(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = ItemForm(await request.form())

    async def deed() -> str:
        item = await agenda.add(
            row, form.title.data or "", text=form.text.data or "", speaker=form.speaker.data or "",
            actor=viewer.reference,
        )  # fmt: skip
        return f"{place(row)}#{item.reference}"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The item is on the agenda."))
    return await shown(request, row, None, form, 422)


@get(f"{ITEM}/edit", guards=[board_room])
async def edit_form(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    found = await item_of(row, item)
    return await shown(request, row, found, ItemForm(title=found.title, text=found.text, speaker=found.speaker))


@post(f"{ITEM}/edit", guards=[board_room])
async def edit(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found, form = await item_of(row, item), ItemForm(await request.form())
    if form.validate():
        with form.refusals():
            await agenda.change(
                row, found, title=form.title.data or "", text=form.text.data or "", speaker=form.speaker.data or "",
                actor=viewer.reference,
            )  # fmt: skip
            return see_other(f"{place(row)}#{found.reference}", _("The changes are stored."))
    return await shown(request, row, found, form, 422)


@post(f"{ITEM}/up", guards=[board_room])
async def up(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    return await moved(request, reference, item, up=True)


@post(f"{ITEM}/down", guards=[board_room])
async def down(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    return await moved(request, reference, item, up=False)


async def moved(request: Req, reference: str, item: str, *, up: bool) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found = await item_of(row, item)
    try:
        await agenda.move(row, found, up=up, actor=viewer.reference)
    except Refused as no:
        return see_other(place(row), no.words, warning=True)
    return see_other(f"{place(row)}#{found.reference}")


@get(f"{ITEM}/removal", guards=[board_room])
async def removal_form(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    return await page(request, "boardroom/item_removal", row=row, item=await item_of(row, item), form=Form())


@post(f"{ITEM}/removal", guards=[board_room])
async def remove(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found, form = await item_of(row, item), Form(await request.form())
    with form.refusals():
        await agenda.remove(row, found, actor=viewer.reference)
        return see_other(place(row), _("The item is taken off."))
    return await page(request, "boardroom/item_removal", 422, row=row, item=found, form=form)


# --- papers ----------------------------------------------------------------------------------------------------------


@get(f"{ITEM}/papers/new", guards=[board_room])
async def paper_form(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    return await page(request, "boardroom/paper", row=row, item=await item_of(row, item), form=PaperForm())


@post(f"{ITEM}/papers/new", guards=[board_room], request_max_body_size=FILE_LIMIT)
async def attach(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found, form = await item_of(row, item), PaperForm(await request.form())
    document = await uploaded(form.document.data)

    async def deed() -> str:
        await agenda.attach(row, found, document=document, title=form.title.data or "", actor=viewer.reference)
        return f"{place(row)}#{found.reference}"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The paper is added."))
    return await page(request, "boardroom/paper", 422, row=row, item=found, form=form)


@get(f"{PAPER}/file", guards=[board_room])
async def paper_file(request: Req, reference: FromPath[str], paper: FromPath[str]) -> Response[bytes]:
    _viewer, row = await seen(request, reference)
    file = await agenda.file_of(row, paper)
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


@post(f"{PAPER}/removal", guards=[board_room])
async def take_away(request: Req, reference: FromPath[str], paper: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    try:
        await agenda.take_away(row, paper, actor=viewer.reference)
    except Refused as no:
        return see_other(place(row), no.words, warning=True)
    return see_other(place(row), _("The paper is taken away."))


handlers = [
    new_form, add, edit_form, edit, up, down, removal_form, remove, paper_form, attach, paper_file, take_away,
]  # fmt: skip
