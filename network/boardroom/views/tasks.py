"""All tasks of the board: open ones with their day, done ones with what came of them."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.boardroom import task
from network.boardroom.forms import DoneForm, TaskForm
from network.boardroom.rules import may_prepare, may_tick
from network.boardroom.views.this_meeting import Req
from network.i18n import _
from network.people.person import person_by_reference
from network.people.viewer import board_room, viewer_of
from network.web.once import once
from network.web.pages import page, see_other

PLACE = "/office/board/tasks"


@get(PLACE, guards=[board_room])
async def tasks_page(request: Req) -> Response[Any]:
    viewer, waiting, done = await viewer_of(request), await task.open_ones(), await task.done_ones()
    return await page(
        request,
        "boardroom/tasks",
        waiting=waiting,
        done=done,
        meetings=await task.meetings_of([*waiting, *done]),
        day=clock.today(),
        form=DoneForm(),
        may_tick=lambda row: may_tick(viewer, row),
        may_prepare=may_prepare(viewer),
    )


@get(f"{PLACE}/new", guards=[board_room])
async def new_form(request: Req) -> Response[Any]:
    if not may_prepare(await viewer_of(request)):
        raise NotFoundException
    form = TaskForm()
    form.offer(await task.who_can())
    return await page(request, "boardroom/task_form", row=None, item=None, form=form)


@post(f"{PLACE}/new", guards=[board_room])
async def give(request: Req) -> Response[Any]:
    viewer, form = await viewer_of(request), TaskForm(await request.form())
    if not may_prepare(viewer):
        raise NotFoundException
    form.offer(await task.who_can())

    async def deed() -> str:
        person = await person_by_reference(form.who.data)
        assert person
        assert form.due_on.data
        await task.give(form.title.data or "", person, form.due_on.data, actor=viewer.reference)
        return PLACE

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The task is given."))
    return await page(request, "boardroom/task_form", 422, row=None, item=None, form=form)


@post(f"{PLACE}/{{reference:str}}/done", guards=[board_room])
async def done(request: Req, reference: FromPath[str]) -> Response[Any]:
    return await ticked(request, reference, done=True)


@post(f"{PLACE}/{{reference:str}}/open", guards=[board_room])
async def open_again(request: Req, reference: FromPath[str]) -> Response[Any]:
    return await ticked(request, reference, done=False)


async def ticked(request: Req, reference: str, *, done: bool) -> Response[Any]:
    viewer, row = await viewer_of(request), await task.by_reference(reference)
    if row is None or not may_tick(viewer, row):
        raise NotFoundException
    form = DoneForm(await request.form())
    note = (form.note.data or "") if form.validate() else ""
    await task.tick(row, done=done, note=note, actor=viewer.reference)
    return see_other(PLACE, _("It is done.") if done else "")


handlers = [tasks_page, new_form, give, done, open_again]
