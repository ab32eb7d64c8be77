"""The office gives somebody a seat in a group, lets them become something else in it, ends it, puts it right."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.database import DB
from network.folding import organisation_key
from network.groups import participation, seats, words
from network.groups.forms import PartForm, SeatDaysForm, SeatEndForm, SeatForm
from network.groups.seats import Seat
from network.groups.tables import Part, WorkingGroup
from network.groups.views.office import ONE, Req, known, place
from network.i18n import _, format_day
from network.members import asking, meant, organisation
from network.members.directory import current_names
from network.members.tables import Organisation
from network.people import person
from network.people.person import person_by_reference
from network.people.viewer import office, viewer_of
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other

SEAT = f"{ONE}/people/{{seat:str}}"


async def known_seat(reference: str, seat: str) -> tuple[WorkingGroup, Seat]:
    row = await known(reference)
    found = await seats.by_reference(row, seat)
    if found is None or not found.person:
        raise NotFoundException
    return row, found


@get(f"{ONE}/people/new", guards=[office])
async def new_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    """`?part=chair` fills in as what; `?person=` whom."""
    row = await known(reference)
    asked, someone = request.query_params, await person_by_reference(request.query_params.get("person", ""))
    form = SeatForm(since=max(clock.today(), row.founded_on), name=someone.name if someone else "",
                    email=someone.email if someone else "")  # fmt: skip
    if asked.get("part") in set(Part):
        form.part.data = asked["part"]
    return await seat_page(request, row, form)


async def seat_page(request: Req, row: WorkingGroup, form: SeatForm, status: int = 200) -> Response[Any]:
    names = await current_names()
    return await page(request, "groups/office_seat_form", status, form=form, group=row, words=words, names=names)


@post(f"{ONE}/people/new", guards=[office])
async def enter(request: Req, reference: FromPath[str]) -> Response[Any]:
    row, form, actor = await known(reference), SeatForm(await request.form()), (await viewer_of(request)).reference
    known_by = await asking.by(form.name.data or "", form.email.data or "", actor=actor)
    form.ask(known_by.choices)
    valid, member = form.validate(), await member_of(form)

    async def deed() -> str:
        since = form.since.data
        assert since
        async with DB.transaction():
            someone = await person.found_or_entered(
                form.name.data or "", form.email.data or "", namesakes=known_by.namesakes, offered=known_by.holder,
                same_as=form.same_as.data or "", actor=actor,
            )  # fmt: skip
            house = await organisation.by_reference(member) or await guest_s(form, actor)
            await participation.enter(
                row, someone, form.part.data, organisation=house, since=since, until=form.until.data,
                note=form.note.data or "", actor=actor,
            )  # fmt: skip
        return place(row)

    if valid and not form.organisation.errors:
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("%(name)s has been entered.", name=form.name.data))
    return await seat_page(request, row, form, 422)


async def member_of(form: SeatForm) -> str:
    """The reference of the member that is meant, also a former one; "" for guests, and where it has to be asked."""
    typed = form.organisation.data or ""
    if not typed or form.part.data == Part.GUEST:
        return ""
    if known_as := await organisation.known(organisation_key(typed)):
        return known_as.reference
    found = await meant.by(typed)
    return form.choose(form.organisation, found.exactly, found.choices, found.question)


async def guest_s(form: SeatForm, actor: str) -> Organisation | None:
    """Where a guest comes from: known by its name, or entered now."""
    typed = form.organisation.data or ""
    return await organisation.of_visitor(typed, actor=actor) if typed and form.part.data == Part.GUEST else None


async def about(
    request: Req, form: Form, here: tuple[WorkingGroup, Seat], what: str, status: int = 200
) -> Response[Any]:
    row, seat = here
    return await page(request, f"groups/office_seat_{what}", status, form=form, group=row, seat=seat, words=words)


@get(f"{SEAT}/part", guards=[office])
async def part_form(request: Req, reference: FromPath[str], seat: FromPath[str]) -> Response[Any]:
    here = await known_seat(reference, seat)
    return await about(request, PartForm(part=here[1].part, on=clock.today()), here, "part")


@post(f"{SEAT}/part", guards=[office])
async def change_part(request: Req, reference: FromPath[str], seat: FromPath[str]) -> Response[Any]:
    (row, one), form = await known_seat(reference, seat), PartForm(await request.form())
    if form.validate() and form.on.data:
        with form.refusals():
            await participation.change_part(
                row, seat, form.part.data, on=form.on.data, actor=(await viewer_of(request)).reference
            )
            day, part = format_day(form.on.data), words.part(form.part.data)
            return see_other(place(row), _("%(name)s, from %(day)s on: %(part)s.", name=one.who, day=day, part=part))
    return await about(request, form, (row, one), "part", 422)


@get(f"{SEAT}/end", guards=[office])
async def end_form(request: Req, reference: FromPath[str], seat: FromPath[str]) -> Response[Any]:
    return await about(request, SeatEndForm(until=clock.today()), await known_seat(reference, seat), "end")


@post(f"{SEAT}/end", guards=[office])
async def end(request: Req, reference: FromPath[str], seat: FromPath[str]) -> Response[Any]:
    (row, one), form = await known_seat(reference, seat), SeatEndForm(await request.form())
    if form.validate() and form.until.data:
        with form.refusals():
            await participation.end(
                row, seat, until=form.until.data, note=form.note.data or "", actor=(await viewer_of(request)).reference
            )
            day = format_day(form.until.data)
            return see_other(place(row), _("The last day of %(name)s is %(day)s.", name=one.who, day=day))
    return await about(request, form, (row, one), "end", 422)


@get(f"{SEAT}/edit", guards=[office])
async def edit_form(request: Req, reference: FromPath[str], seat: FromPath[str]) -> Response[Any]:
    row, one = await known_seat(reference, seat)
    form = SeatDaysForm(since=one.written.first, until=one.written.last, note=one.note)
    return await about(request, form, (row, one), "edit")


@post(f"{SEAT}/edit", guards=[office])
async def edit(request: Req, reference: FromPath[str], seat: FromPath[str]) -> Response[Any]:
    (row, one), form = await known_seat(reference, seat), SeatDaysForm(await request.form())
    if form.validate() and form.since.data:
        with form.refusals():
            await participation.correct(
                row, seat, since=form.since.data, until=form.until.data, note=form.note.data or "",
                actor=(await viewer_of(request)).reference,
            )  # fmt: skip
            return see_other(place(row), _("The changes are stored."))
    return await about(request, form, (row, one), "edit", 422)


@post(f"{SEAT}/removal", guards=[office])
async def remove(request: Req, reference: FromPath[str], seat: FromPath[str]) -> Response[Any]:
    row, _one = await known_seat(reference, seat)
    await participation.remove(row, seat, actor=(await viewer_of(request)).reference)
    return see_other(place(row), _("The entry has been removed."))


handlers = [new_form, enter, part_form, change_part, end_form, end, edit_form, edit, remove]
