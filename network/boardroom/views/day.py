"""The day of a meeting: one page for whoever leads it, with a small form for each thing that happens."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.boardroom import agenda, attendance, course, invited, meeting, minutes
from network.boardroom.conflict import REASONS
from network.boardroom.forms import SaidForm
from network.boardroom.meeting import MARKS, WORDS, State, state_of
from network.boardroom.tables import BoardMeeting, Invited
from network.boardroom.views.this_meeting import ITEM, ONE, Req, item_of, place, prepared
from network.errors import Refused
from network.i18n import _
from network.people.viewer import board_room
from network.web.pages import page, see_other

PERSON = f"{ONE}/people/{{who:str}}"


@get(f"{ONE}/day", guards=[board_room])
async def day_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    if state_of(row) in (State.PLANNED, State.CANCELLED):
        return see_other(place(row))
    items = await agenda.items_of(row)
    spells = await attendance.spells_of(row)
    earlier = {item.id: await minutes_about(item.about) for item in items if item.about}
    return await page(
        request,
        "boardroom/day",
        row=row,
        state=state_of(row),
        early=meeting.too_early(row),
        words=WORDS,
        marks=MARKS,
        items=items,
        happened=await course.of_meeting(row),
        reasons=REASONS,
        people=await invited.invited_to(row),
        spells={one.invited: one for one in spells},  # the last one counts
        answers=invited.ANSWERS,
        quorum=await attendance.quorum_of(row),
        minutes_about=earlier,
    )


async def minutes_about(reference: str) -> Any:
    earlier = await meeting.by_reference(reference)
    return await minutes.of(earlier) if earlier else None


async def one_of(row: BoardMeeting, reference: str) -> Invited:
    found = next((one for one in await invited.invited_to(row) if one.reference == reference), None)
    if found is None:
        raise NotFoundException
    return found


@post(f"{ONE}/opening", guards=[board_room])
async def begin(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    try:
        await attendance.begin(row, actor=viewer.reference)
    except Refused as no:
        return see_other(place(row), no.words, warning=True)
    return see_other(f"{place(row)}/day")


@post(f"{ONE}/closing", guards=[board_room])
async def close(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    try:
        await attendance.close(row, actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/day", no.words, warning=True)
    return see_other(f"{place(row)}/minutes", _("The meeting is closed. The minutes can be drafted now."))


@post(f"{PERSON}/arrival", guards=[board_room])
async def come(request: Req, reference: FromPath[str], who: FromPath[str]) -> Response[Any]:
    return await moved(request, reference, who, came=True)


@post(f"{PERSON}/dial-in", guards=[board_room])
async def come_online(request: Req, reference: FromPath[str], who: FromPath[str]) -> Response[Any]:
    return await moved(request, reference, who, came=True, online=True)


@post(f"{PERSON}/departure", guards=[board_room])
async def go(request: Req, reference: FromPath[str], who: FromPath[str]) -> Response[Any]:
    return await moved(request, reference, who, came=False)


async def moved(request: Req, reference: str, who: str, *, came: bool, online: bool = False) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    person = await one_of(row, who)
    try:
        if came:
            await attendance.come(row, person, online=online, actor=viewer.reference)
        else:
            await attendance.go(row, person, actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/day", no.words, warning=True)
    return see_other(f"{place(row)}/day#who")


@post(f"{ITEM}/approval", guards=[board_room])
async def approve(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    """Of the minutes of an earlier meeting."""
    viewer, row = await prepared(request, reference)
    found = await item_of(row, item)
    try:
        await minutes.approve(row, found, actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/day", no.words, warning=True)
    return see_other(f"{place(row)}/day#{found.reference}", _("The minutes are approved and stay as they are."))


@get(f"{ITEM}/said", guards=[board_room])
async def said_form(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    found = await item_of(row, item)
    return await page(request, "boardroom/said", row=row, item=found, form=SaidForm(said=found.said))


@post(f"{ITEM}/said", guards=[board_room])
async def said(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    found, form = await item_of(row, item), SaidForm(await request.form())
    if form.validate():
        with form.refusals():
            await agenda.note(row, found, form.said.data or "", actor=viewer.reference)
            return see_other(f"{place(row)}/day#{found.reference}", _("The changes are stored."))
    return await page(request, "boardroom/said", 422, row=row, item=found, form=form)


handlers = [day_page, begin, close, come, come_online, go, approve, said_form, said]
