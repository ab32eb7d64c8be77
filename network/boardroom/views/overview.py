"""All meetings of the board, and one of them."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.boardroom import agenda, attendance, course, invitation, invited, meeting, minutes
from network.boardroom.conflict import REASONS
from network.boardroom.meeting import MARKS, WORDS, State, state_of
from network.boardroom.notice import notice_of
from network.boardroom.rules import may_prepare
from network.boardroom.views.this_meeting import ONE, PLACE, Req, place, seen
from network.errors import Refused
from network.i18n import _, local
from network.people.viewer import board_room, viewer_of
from network.web.pages import page, see_other


@get(PLACE, guards=[board_room])
async def meetings_page(request: Req) -> Response[Any]:
    return await page(
        request,
        "boardroom/meetings",
        ahead=await meeting.ahead(),
        before=await meeting.before(),
        state_of=state_of,
        words=WORDS,
        marks=MARKS,
        where=meeting.where,
        may_prepare=may_prepare(await viewer_of(request)),
    )


@get(ONE, guards=[board_room])
async def meeting_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    state, day = state_of(row), local(row.starts_at)
    people = await invited.invited_to(row)
    return await page(
        request,
        "boardroom/meeting",
        row=row,
        state=state,
        words=WORDS,
        marks=MARKS,
        items=await agenda.items_of(row),
        papers=await agenda.papers_of(row),
        people=people,
        to_come=await invited.on(day) if state == State.PLANNED else [],
        answers=invited.ANSWERS,
        reasons=REASONS,
        came={one.invited for one in await attendance.spells_of(row)} if row.opened_at else set(),
        mine=next((one for one in people if one.person == viewer.person_id), None),
        period=await notice_of(row),
        today=clock.today(),
        happened=await course.of_meeting(row) if row.opened_at else {},
        minutes=await minutes.of(row) if row.closed_at else None,
        news=await invitation.unannounced(row),
        later=await invitation.papers_since(row) if row.invited_at else 0,
        may_prepare=may_prepare(viewer),
    )


@post(f"{ONE}/answers/{{said:str}}", guards=[board_room])
async def answer(request: Req, reference: FromPath[str], said: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    if said not in invited.ANSWERS:
        raise NotFoundException
    try:
        await invited.answer(row, viewer.person_id, said, actor=viewer.reference)
    except Refused as no:
        return see_other(place(row), no.words, warning=True)
    return see_other(place(row), _("Thank you, your answer is stored."))


handlers = [meetings_page, meeting_page, answer]
