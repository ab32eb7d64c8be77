"""The day itself: one page for the chair with who is there, what is being dealt with, and every deed of the meeting."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.assembly import agenda, attendance, ban, course, decision, election, floor, meeting
from network.assembly.forms.day import ArrivalForm, GuestForm, OpeningForm, RemarkForm
from network.assembly.rules import may_lead
from network.assembly.tables.meeting import Assembly
from network.assembly.views.this_assembly import PLACE, Req, item_of, led, place, seen
from network.board import ledger
from network.errors import Refused
from network.folding import folded
from network.i18n import _, local
from network.members import organisation
from network.members.tables import Organisation
from network.people.viewer import assembly_room
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other

HERE = f"{PLACE}/{{reference:str}}/day"


@get(HERE, guards=[assembly_room])
async def day_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await seen(request, reference)
    return await shown(request, row)


async def shown(request: Req, row: Assembly, form: Form | None = None, status: int = 200) -> Response[Any]:
    """`form` is the one that was refused."""
    viewer, _row = await seen(request, row.reference)
    items, decisions = await agenda.items_of(row), await decision.decisions_of(row)
    votes, named = await floor.votes_in(row), request.query_params.get("member", "")[:100]
    seen_ = await floor.floor_of(row, votes)
    return await page(
        request,
        "assembly/day",
        status,
        row=row,
        form=form,
        state=meeting.state_of(row),
        early=meeting.too_early(row),
        may_lead=may_lead(viewer, row),
        floor=seen_,
        turns=await floor.over_time(row, votes, latest=floor.LATEST),
        named=named,
        lines=[line for line in seen_.lines if folded(named) in folded(line.organisation.name)],
        opening=own(form, OpeningForm) or await opening_form(row),
        remark=own(form, RemarkForm) or RemarkForm(),
        guest=own(form, GuestForm) or GuestForm(),
        guests=await course.guests_of(row),
        remarks=await course.remarks_of(row),
        items=items,
        now=await course.current_item(row),
        title_of=agenda.title_of,
        decidable={item.id: not agenda.why_undecidable(item) for item in items},
        decisions=decisions,
        elections=await election.elections_of(row),
        bans=await ban.bans_of(row),
        places=attendance.PLACES,
    )


async def opening_form(row: Assembly) -> OpeningForm:
    """Who presides over the board mostly chairs its assembly."""
    board = (await ledger.read()).board(local(row.starts_at))
    first = next((one.who for one in board.holders if one.kind == "chair"), "")
    return OpeningForm(chair=row.chair or first, minute_taker=row.minute_taker)


def own(form: Form | None, kind: type[Form]) -> Form | None:
    return form if isinstance(form, kind) else None


# --- opened and closed -----------------------------------------------------------------------------------------------


@post(f"{HERE}/opening", guards=[assembly_room])
async def open_assembly(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    form = OpeningForm(await request.form())
    if form.validate():
        with form.refusals():
            await course.open_(row, chair=form.chair.data or "", minute_taker=form.minute_taker.data or "",
                               actor=viewer.reference)  # fmt: skip
            few = await too_few(row)
            return see_other(f"{place(row)}/day", few or _("The assembly is open."), warning=bool(few))
    return await shown(request, row, form, 422)


async def too_few(row: Assembly) -> str:
    """A warning where nothing could be decided now: the law lets the assembly be opened all the same."""
    seen_ = await floor.floor_of(row)
    if not seen_.roll.represented:
        return _("The assembly is open, but no vote is represented yet. Please let the members in.")
    if seen_.has_quorum:
        return ""
    missing = " ".join(one.words for one in (seen_.members, seen_.votes) if not one.is_reached)
    return _("The assembly is open, but nothing can be decided: %(why)s", why=missing)


@get(f"{HERE}/closure", guards=[assembly_room])
async def closure_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await led(request, reference)
    pending = [one for one in await decision.decisions_of(row) if not one.opened_at]
    return await page(request, "assembly/closure", form=Form(), row=row, pending=pending)


@post(f"{HERE}/closure", guards=[assembly_room])
async def close_assembly(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    try:
        await course.close(row, actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/day", no.words, warning=True)
    return see_other(f"{place(row)}/day", _("The assembly is closed."))


@post(f"{HERE}/items/{{item:str}}", guards=[assembly_room])
async def call_item(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    found = await item_of(row, item)
    try:
        await course.call(row, found, actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/day", no.words, warning=True)
    return see_other(f"{place(row)}/day#now")


@post(f"{HERE}/remarks", guards=[assembly_room])
async def write_remark(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    form = RemarkForm(await request.form())

    async def deed() -> str:
        await course.remark(row, form.text.data or "", actor=viewer.reference)
        return f"{place(row)}/day#remarks"

    if form.validate() and form.text.data:
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("Written down for the minutes."))
    return await shown(request, row, form, 422)


# --- coming and going ------------------------------------------------------------------------------------------------


@get(f"{HERE}/members/{{member:str}}", guards=[assembly_room])
async def arrival_form(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    _viewer, row = await led(request, reference)
    who = await known(member)
    named = (await floor.delegates_of(row)).get(who.id, "")
    start = "online" if row.mode == "virtual" else "room"
    return await arriving(request, row, who, ArrivalForm(name=named, place=start))


@post(f"{HERE}/members/{{member:str}}", guards=[assembly_room])
async def arrive(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    who, form = await known(member), ArrivalForm(await request.form())
    if form.validate():
        with form.refusals():
            await attendance.come(row, who, name=form.name.data or "", place=form.place.data, actor=viewer.reference)
            return see_other(f"{place(row)}/day#members", _("%(member)s is here.", member=who.name))
    return await arriving(request, row, who, form, 422)


async def arriving(request: Req, row: Assembly, who: Organisation, form: Form, status: int = 200) -> Response[Any]:
    return await page(request, "assembly/arrival", status, row=row, member=who, form=form)


@post(f"{HERE}/members/{{member:str}}/leaving", guards=[assembly_room])
async def leave(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    who = await known(member)
    try:
        await attendance.go(row, who, actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/day#members", no.words, warning=True)
    return see_other(f"{place(row)}/day#members", _("%(member)s has left.", member=who.name))


@post(f"{HERE}/guests", guards=[assembly_room])
async def guest_comes(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    form = GuestForm(await request.form())

    async def deed() -> str:
        await course.guest_came(row, name=form.name.data or "", capacity=form.capacity.data or "",
                                actor=viewer.reference)  # fmt: skip
        return f"{place(row)}/day#guests"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed))
    return await shown(request, row, form, 422)


@post(f"{HERE}/guests/{{number:int}}/leaving", guards=[assembly_room])
async def guest_leaves(request: Req, reference: FromPath[str], number: FromPath[int]) -> Response[Any]:
    """`number` counts the guests of this assembly."""
    viewer, row = await led(request, reference)
    guests = await course.guests_of(row)
    if not 1 <= number <= len(guests):
        raise NotFoundException
    await course.guest_left(row, guests[number - 1], actor=viewer.reference)
    return see_other(f"{place(row)}/day#guests")


async def known(reference: str) -> Organisation:
    found = await organisation.by_reference(reference)
    if found is None:
        raise NotFoundException
    return found


handlers = [
    day_page, open_assembly, closure_form, close_assembly, call_item, write_remark, arrival_form, arrive, leave,
    guest_comes, guest_leaves,
]  # fmt: skip
