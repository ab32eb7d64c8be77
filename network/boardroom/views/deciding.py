"""What is decided on the day: conflicts of interest, decisions with their counts, tasks."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from network.boardroom import attendance, casting_vote, conflict, decision, invited, task
from network.boardroom.forms import ConflictForm, DecisionForm, TaskForm
from network.boardroom.tables import BoardItem, BoardMeeting, ItemKind
from network.boardroom.views.day import one_of
from network.boardroom.views.this_meeting import ITEM, Req, item_of, place, prepared
from network.errors import Refused
from network.i18n import _
from network.people.person import person_by_reference
from network.people.viewer import board_room
from network.web.once import once
from network.web.pages import page, see_other


def there(row: BoardMeeting, item: BoardItem) -> str:
    return f"{place(row)}/day#{item.reference}"


# --- conflicts of interest -------------------------------------------------------------------------------------------


async def offered(row: BoardMeeting, form: ConflictForm) -> ConflictForm:
    form.offer({one.reference: one.name for one in await invited.invited_to(row) if one.has_vote})
    return form


@get(f"{ITEM}/conflict", guards=[board_room])
async def conflict_form(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    form = await offered(row, ConflictForm())
    return await page(request, "boardroom/conflict", row=row, item=await item_of(row, item), form=form)


@post(f"{ITEM}/conflict", guards=[board_room])
async def note(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found, form = await item_of(row, item), await offered(row, ConflictForm(await request.form()))
    if form.validate():
        with form.refusals():
            who = await one_of(row, form.who.data)
            await conflict.note(row, found, who, why=form.why.data, actor=viewer.reference)
            return see_other(there(row, found), _("It is noted; the vote leaves the base."))
    return await page(request, "boardroom/conflict", 422, row=row, item=found, form=form)


@post(f"{ITEM}/conflict/{{who:str}}/lift", guards=[board_room])
async def lift(request: Req, reference: FromPath[str], item: FromPath[str], who: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found = await item_of(row, item)
    try:
        await conflict.lift(row, found, await one_of(row, who), actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/day", no.words, warning=True)
    return see_other(there(row, found))


# --- decisions -------------------------------------------------------------------------------------------------------


async def decision_page(
    request: Req, row: BoardMeeting, item: BoardItem, form: DecisionForm, status: int = 200
) -> Response[Any]:  # fmt: skip
    here = [one for one in await attendance.present(row) if one.has_vote]
    banned = await decision.without_vote(item, here)
    return await page(
        request,
        "boardroom/decision",
        status,
        row=row,
        item=item,
        form=form,
        here=here,
        banned=banned,
        chair=await casting_vote.holder(row, [one for one in here if one not in banned]),
        unannounced=item.announced_at is None or item.kind == ItemKind.ANY_OTHER,
        quorum=await attendance.quorum_of(row),
    )


@get(f"{ITEM}/decision", guards=[board_room])
async def decision_form(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    found = await item_of(row, item)
    title = "" if found.kind == ItemKind.ANY_OTHER else found.title
    return await decision_page(request, row, found, DecisionForm(title=title, wording=found.text))


@post(f"{ITEM}/decision", guards=[board_room])
async def decide(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found, form = await item_of(row, item), DecisionForm(await request.form())

    async def deed() -> str:
        await decision.decide(
            row, found, title=form.title.data or "", wording=form.wording.data or "", yes=form.yes.data or 0,
            no=form.no.data or 0, abstain=form.abstain.data or 0,
            casting=form.casting.data or "", agreed=form.agreed.data, actor=viewer.reference,
        )  # fmt: skip
        return there(row, found)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("It stands in the resolution book."))
    return await decision_page(request, row, found, form, 422)


# --- tasks -----------------------------------------------------------------------------------------------------------


@get(f"{ITEM}/task", guards=[board_room])
async def task_form(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    form = TaskForm()
    form.offer(await task.who_can())
    return await page(request, "boardroom/task_form", row=row, item=await item_of(row, item), form=form)


@post(f"{ITEM}/task", guards=[board_room])
async def give(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found, form = await item_of(row, item), TaskForm(await request.form())
    form.offer(await task.who_can())

    async def deed() -> str:
        person = await person_by_reference(form.who.data)
        assert person
        assert form.due_on.data
        await task.give(form.title.data or "", person, form.due_on.data, item=found, actor=viewer.reference)
        return there(row, found)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The task is given."))
    return await page(request, "boardroom/task_form", 422, row=row, item=found, form=form)


handlers = [conflict_form, note, lift, decision_form, decide, task_form, give]
