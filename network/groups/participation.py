"""A seat in a group: somebody takes it for a member, becomes something else in it, leaves it on a day.

The activity says for which organisation and as what, and no name: whoever asks for erasure is nowhere afterwards.
"""

from collections.abc import Sequence
from datetime import date

from network import clock
from network.activity import WORKER, record
from network.database import DB
from network.errors import Refused
from network.groups import group as groups
from network.groups import rules, seats, words
from network.groups.rules import ALONE
from network.groups.seats import Seat
from network.groups.span import ONE_DAY, Days, Span
from network.groups.tables import Ending, Part, Participation, WorkingGroup
from network.i18n import N_, _, format_day
from network.members import organisation as organisations
from network.members.tables import Organisation
from network.people import person as persons
from network.people.tables import Person
from network.references import new_reference


async def enter(
    group: WorkingGroup,
    person: Person,
    part: str,
    *,
    organisation: Organisation | None = None,
    since: date,
    until: date | None = None,
    note: str = "",
    actor: str = "",
) -> Participation:
    """Give somebody a seat from a day on, to its last day if any.

    Refused outside the group's life, for an organisation that is no member on the first day (but for guests), when the
    person has a seat in it in these days already, and when somebody else chairs or is deputy then.
    """
    row = Participation(
        reference=new_reference(), working_group=group.id, person=person.id, part=Part(part),
        organisation=organisation.id if organisation else None, since=since, until=until, note=note,
    )  # fmt: skip
    async with DB.transaction():
        await groups.take(group)
        await hold(organisation, person)
        await refuse_wrong(row, group, organisation)
        await row.save()
        await record(
            actor, N_("seat in a working group given"), groups.thing(group), group.name_de, told(row, organisation)
        )
    return row


async def change_part(group: WorkingGroup, reference: str, part: str, *, on: date, actor: str = "") -> Participation:
    """From this day on somebody is something else in the group; what they were before stays known.

    Refused when the seat does not count on the day, or the part is the same; and as `enter`.
    """
    async with DB.transaction():
        row, seat, organisation = await taken(group, reference)
        if not seat.runs(on):
            raise Refused(_("The seat does not count on this day: %(days)s.", days=seat.days), "on")
        if part == row.part:
            raise Refused(_("That is what they are already."), "part")
        words_now = f"{words.part(row.part)} → {words.part(part)}"
        if on == row.since:  # it was entered wrongly
            row.part = Part(part)
            later = row
        else:
            later = Participation(
                reference=new_reference(), working_group=group.id, person=row.person, organisation=row.organisation,
                part=Part(part), since=on, until=row.until, ended_by=row.ended_by,
            )  # fmt: skip
            row.until, row.ended_by = on - ONE_DAY, Ending.PART
            await row.save()
        await refuse_wrong(later, group, organisation)
        await later.save()
        await record(actor, N_("part in a working group changed"), groups.thing(group), group.name_de, words_now)
    return later


async def end(group: WorkingGroup, reference: str, *, until: date, note: str = "", actor: str = "") -> None:
    """`until` is the last day of the seat; it stays known who had it. Refused where it ends before that anyway."""
    async with DB.transaction():
        row, seat, organisation = await taken(group, reference)
        if until < row.since:
            raise Refused(_("The seat only began on %(day)s.", day=format_day(row.since)), "until")
        if seat.last and seat.last < until:
            raise Refused(_("The seat ends before that, on %(day)s.", day=format_day(seat.last)), "until")
        row.until, row.ended_by, row.note = until, Ending.NONE, note or row.note
        await row.save()
        detail = f"{told(row, organisation)}, {format_day(until)}"
        await record(actor, N_("seat in a working group ended"), groups.thing(group), group.name_de, detail)


async def correct(
    group: WorkingGroup, reference: str, *, since: date, until: date | None, note: str, actor: str = ""
) -> bool:
    """Put right what was entered of a seat; whether anything became different. Refused as `enter`."""
    async with DB.transaction():
        row, _seat, organisation = await taken(group, reference)
        if (row.since, row.until, row.note) == (since, until, note):
            return False
        if until != row.until:
            row.ended_by = Ending.NONE
        row.since, row.until, row.note = since, until, note
        await refuse_wrong(row, group, organisation)
        await row.save()
        await record(
            actor, N_("seat in a working group corrected"), groups.thing(group), group.name_de, told(row, organisation)
        )
    return True


async def remove(group: WorkingGroup, reference: str, *, actor: str = "") -> None:
    """It never was so: the row goes, what happened stays in the activity."""
    async with DB.transaction():
        row, _seat, organisation = await taken(group, reference)
        await Participation.delete().where(Participation.id == row.id)
        await record(
            actor, N_("seat in a working group entered by mistake removed"), groups.thing(group), group.name_de,
            told(row, organisation),
        )  # fmt: skip


async def settle() -> None:
    """Daily: write down which seats have ended with a membership or a group. Who asks by date knew it already.

    From then on the end is history: an organisation that joins again later begins anew.
    """
    today = clock.today()
    for group in await groups.every():
        if any(is_unwritten(one, today) for one in await seats.of_group(group)):
            async with DB.transaction():
                await groups.take(group)
                await write_ends(group, [one for one in await seats.of_group(group) if is_unwritten(one, today)])


def is_unwritten(seat: Seat, today: date) -> bool:
    return bool(seat.last and seat.first <= seat.last < today and seat.last != seat.written.last)


async def write_ends(group: WorkingGroup, ended: Sequence[Seat], actor: str = WORKER) -> None:
    for one in ended:
        assert one.last
        await Participation.update({Participation.until: one.last, Participation.ended_by: one.span.ended_by}).where(
            Participation.id == one.id
        )
        detail = ", ".join(
            [one.organisation_name or one.part_words, format_day(one.last), words.ending(one.span.ended_by)]
        )
        await record(actor, N_("seat in a working group ended"), groups.thing(group), group.name_de, detail)


# --- what a seat needs ----------------------------------------------------------------------------------------------


async def taken(group: WorkingGroup, reference: str) -> tuple[Participation, Seat, Organisation | None]:
    """The seat with its group's row taken. Refused when it is not there any more."""
    await groups.take(group)
    seat = await seats.by_reference(group, reference)
    row = await Participation.objects().get(Participation.id == seat.id) if seat else None
    if seat is None or row is None:
        raise Refused(_("This seat is not known any more."))
    if row.person is None:
        raise Refused(_("The name of whoever had this seat was erased; what is left of it stays as it is."))
    found = await organisations.by_id([seat.organisation_id] if seat.organisation_id else [])
    return row, seat, next(iter(found.values()), None)


async def hold(organisation: Organisation | None, person: Person) -> None:
    if organisation:
        await organisations.take(organisation)
    await persons.take(person)


async def refuse_wrong(row: Participation, group: WorkingGroup, organisation: Organisation | None) -> None:
    rules.refuse_days_without_a_group(group, row)
    found = await seats.memberships_of([organisation.id] if organisation else [])
    runs = found.get(organisation.id, []) if organisation else []
    rules.refuse_without_membership(row, organisation, runs)
    span = span_of(row, runs, group)
    others = [one for one in await seats.of_group(group) if one.reference != row.reference]
    rules.refuse_rivals(row, span, others)
    await write_ends(group, [one for one in others if is_followed(one, row, span)])


def is_followed(one: Seat, row: Participation, span: Span) -> bool:
    """Its end is known only from the membership, and somebody is entered to follow it: so it stays the end."""
    same = one.person_id == row.person or (row.part in ALONE and one.part == row.part)
    return bool(
        same and one.first <= (one.last or one.first) < span.first and one.last and one.last != one.written.last
    )


def span_of(row: Participation, runs: Sequence[Days], group: WorkingGroup) -> Span:
    return seats.counted(Span(row.since, row.until, Ending(row.ended_by)), row.part, runs, group.ended_on)


def told(row: Participation, organisation: Organisation | None) -> str:
    return ", ".join([words.part(row.part), *([organisation.name] if organisation else [])])
