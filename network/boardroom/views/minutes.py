"""The minutes of the board on their page: drafted by one button, edited, sent, taken along as a PDF."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.boardroom import agenda, meeting, minutes
from network.boardroom.forms import MinutesForm
from network.boardroom.meeting import State, state_of
from network.boardroom.rules import may_prepare
from network.boardroom.tables import BoardMeeting, BoardMinutes
from network.boardroom.views.this_meeting import ONE, Req, place, prepared, seen
from network.errors import Refused
from network.i18n import _, ngettext
from network.people.viewer import board_room
from network.web.forms import Form
from network.web.once import once
from network.web.pages import download, page, see_other

HERE = f"{ONE}/minutes"


@get(HERE, guards=[board_room])
async def minutes_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    mine = await minutes.of(row)
    return await page(
        request,
        "boardroom/minutes",
        row=row,
        state=state_of(row),
        minutes=mine,
        approved_in=await meeting.by_reference(mine.approved_in) if mine and mine.approved_in else None,
        waits=mine is not None and not mine.approved_on and row.id in {one.id for one in await agenda.unapproved()},
        next_one=next((one for one in await meeting.ahead() if state_of(one) == State.PLANNED), None),
        draft_form=Form(),
        may_prepare=may_prepare(viewer),
    )


@post(f"{HERE}/drafts", guards=[board_room])
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


async def known(row: BoardMeeting) -> BoardMinutes:
    mine = await minutes.of(row)
    if mine is None:
        raise NotFoundException
    return mine


@get(f"{HERE}/edit", guards=[board_room])
async def edit_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    mine = await known(row)
    return await page(request, "boardroom/minutes_form", row=row, form=MinutesForm(text=mine.text))


@post(f"{HERE}/edit", guards=[board_room])
async def edit(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    await known(row)
    form = MinutesForm(await request.form())
    if form.validate():
        with form.refusals():
            await minutes.edit(row, form.text.data or "", actor=viewer.reference)
            return see_other(f"{place(row)}/minutes", _("The changes are stored."))
    return await page(request, "boardroom/minutes_form", 422, row=row, form=form)


@post(f"{HERE}/sending", guards=[board_room])
async def send(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    await known(row)
    form, sent = Form(await request.form()), [0]

    async def deed() -> str:
        sent[0] = await minutes.send(row, actor=viewer.reference)
        return f"{place(row)}/minutes"

    there = await once(form.form_token.data or "", deed)
    told = ngettext("One letter is on its way.", "%(num)s letters are on their way.", sent[0]) if sent[0] else ""
    return see_other(there, told)


@post(f"{HERE}/agenda", guards=[board_room])
async def put_on_agenda(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Of the next meeting that is only planned, so that they are approved there."""
    viewer, row = await prepared(request, reference)
    await known(row)
    following = next((one for one in await meeting.ahead() if state_of(one) == State.PLANNED), None)
    if following is None:
        raise NotFoundException
    await agenda.add_minutes(following, row, actor=viewer.reference)
    return see_other(place(following), _("The minutes stand on the agenda."))


@get(f"{HERE}/pdf", guards=[board_room])
async def as_pdf(request: Req, reference: FromPath[str]) -> Response[bytes]:
    _viewer, row = await seen(request, reference)
    mine = await known(row)
    return download(await minutes.as_file(row, mine), "application/pdf", minutes.file_name(row))


handlers = [minutes_page, draft, edit_form, edit, send, put_on_agenda, as_pdf]
