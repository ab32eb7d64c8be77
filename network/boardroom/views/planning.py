"""A meeting is planned, changed while nobody knows of it, or given up."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.boardroom import agenda, meeting
from network.boardroom.forms import PlanForm, beginning
from network.boardroom.meeting import State, state_of
from network.boardroom.rules import may_prepare
from network.boardroom.tables import BoardMeeting
from network.boardroom.views.this_meeting import ONE, PLACE, Req, place, prepared
from network.database import DB
from network.i18n import _
from network.people.viewer import Viewer, board_room, viewer_of
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other


async def planner(request: Req) -> Viewer:
    viewer = await viewer_of(request)
    if not may_prepare(viewer):
        raise NotFoundException
    return viewer


@get(f"{PLACE}/new", guards=[board_room])
async def new_form(request: Req) -> Response[Any]:
    await planner(request)
    return await page(request, "boardroom/plan", form=PlanForm(), row=None)


@post(f"{PLACE}/new", guards=[board_room])
async def plan(request: Req) -> Response[Any]:
    viewer, form = await planner(request), PlanForm(await request.form())

    async def deed() -> str:
        async with DB.transaction():
            row = await meeting.plan(actor=viewer.reference, **form.facts())
            await agenda.lay_out(row, actor=viewer.reference)
        return place(row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("The meeting is planned. Nobody has been written to yet."))
    return await page(request, "boardroom/plan", 422, form=form, row=None)


async def planned(request: Req, reference: str) -> tuple[Viewer, BoardMeeting]:
    viewer, row = await prepared(request, reference)
    if state_of(row) != State.PLANNED:
        raise NotFoundException
    return viewer, row


@get(f"{ONE}/edit", guards=[board_room])
async def edit_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await planned(request, reference)
    return await page(request, "boardroom/plan", form=PlanForm(**beginning(row)), row=row)


@post(f"{ONE}/edit", guards=[board_room])
async def edit(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await planned(request, reference)
    form = PlanForm(await request.form())
    if form.validate():
        with form.refusals():
            await meeting.edit(row, actor=viewer.reference, **form.facts())
            return see_other(place(row), _("The changes are stored."))
    return await page(request, "boardroom/plan", 422, form=form, row=row)


@get(f"{ONE}/discard", guards=[board_room])
async def discard_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await planned(request, reference)
    return await page(request, "boardroom/discard", row=row, form=Form())


@post(f"{ONE}/discard", guards=[board_room])
async def discard(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await planned(request, reference)
    form = Form(await request.form())
    with form.refusals():
        await meeting.discard(row, actor=viewer.reference)
        return see_other(PLACE, _("The plan is given up."))
    return await page(request, "boardroom/discard", 422, row=row, form=form)


handlers = [new_form, plan, edit_form, edit, discard_form, discard]
