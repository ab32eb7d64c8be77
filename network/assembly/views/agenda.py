"""The agenda: items added, put right, put in order by buttons, taken off."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.assembly import agenda, paper
from network.assembly.forms.agenda import ItemForm
from network.assembly.rules import may_prepare
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.assembly.views.this_assembly import PLACE, Req, item_of, place, prepared, seen
from network.errors import Refused
from network.i18n import _
from network.people.viewer import assembly_room, staff
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other

HERE = f"{PLACE}/{{reference:str}}/agenda"
ITEM = f"{HERE}/{{item:str}}"


@get(HERE, guards=[assembly_room])
async def agenda_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    return await page(
        request,
        "assembly/agenda",
        row=row,
        items=await agenda.items_of(row),
        words=agenda.WORDS,
        title_of=agenda.title_of,
        meaning=agenda.MEANING,
        papers=await paper.papers_of(row),
        may_prepare=may_prepare(viewer),
    )


@get(f"{HERE}/new", guards=[staff])
async def new_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    return await shown(request, row, ItemForm())


@post(f"{HERE}/new", guards=[staff])
async def add(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    form = ItemForm(await request.form())

    async def deed() -> str:
        item = await agenda.add(
            row, ItemKind(form.kind.data), form.title_de.data or "", actor=viewer.reference, **rest_of(form)
        )
        return f"{place(row)}/agenda#{item.reference}"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The item is on the agenda."))
    return await shown(request, row, form, 422)


def rest_of(form: ItemForm) -> dict[str, Any]:
    return {
        "text": form.text.data or "",
        "title_en": form.title_en.data or "",
        "speaker": form.speaker.data or "",
        "minutes_planned": form.minutes_planned.data,
    }


async def shown(
    request: Req, row: Assembly, form: Form, status: int = 200, item: AgendaItem | None = None
) -> Response[Any]:
    return await page(
        request, "assembly/item", status, row=row, form=form, item=item, words=agenda.WORDS, meaning=agenda.MEANING
    )


@get(f"{ITEM}/edit", guards=[staff])
async def edit_form(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    found = await item_of(row, item)
    names = ("kind", "title_de", "title_en", "text", "speaker", "minutes_planned")
    return await shown(request, row, ItemForm(**{name: getattr(found, name) for name in names}), item=found)


@post(f"{ITEM}/edit", guards=[staff])
async def edit(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found, form = await item_of(row, item), ItemForm(await request.form())
    if form.validate():
        with form.refusals():
            about = {"kind": form.kind.data, "title_de": form.title_de.data}
            await agenda.change(row, found, actor=viewer.reference, **about, **rest_of(form))
            return see_other(f"{place(row)}/agenda#{found.reference}", _("The changes are stored."))
    return await shown(request, row, form, 422, found)


@post([f"{ITEM}/up", f"{ITEM}/down"], guards=[staff])
async def move(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found = await item_of(row, item)
    try:
        await agenda.move(row, found, up=request.url.path.endswith("/up"), actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/agenda", no.words, warning=True)
    return see_other(f"{place(row)}/agenda#{found.reference}")


@get(f"{ITEM}/removal", guards=[staff])
async def removal_form(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    found = await item_of(row, item)
    held = (await paper.papers_of(row)).get(found.id, [])
    return await page(request, "assembly/item_removal", form=Form(), row=row, item=found, papers=held,
                      title_of=agenda.title_of)  # fmt: skip


@post(f"{ITEM}/removal", guards=[staff])
async def remove(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    there = f"{place(row)}/agenda"
    try:
        await agenda.remove(row, await item_of(row, item), actor=viewer.reference)
    except NotFoundException:
        return see_other(there)
    except Refused as no:
        return see_other(there, no.words, warning=True)
    return see_other(there, _("The item is off the agenda."))


handlers = [agenda_page, new_form, add, edit_form, edit, move, removal_form, remove]
