"""A working group: entered, changed, ended; what its seats need is asked of them."""

from datetime import date
from typing import Any

from network import clock
from network.activity import record
from network.database import DB, alone, locked
from network.errors import Refused
from network.folding import folded
from network.groups import rules, seats
from network.groups.tables import WorkingGroup
from network.i18n import N_, _, format_day
from network.references import new_reference

FACTS = ("name_de", "name_en", "purpose_de", "purpose_en", "founded_on", "meetings_a_year")


async def enter(*, shown: bool = False, actor: str = "", **facts: Any) -> WorkingGroup:
    """Enter a group (FACTS). Refused when one of this name is there already, unless that has ended before."""
    row = WorkingGroup(reference=new_reference(), published_at=clock.now() if shown else None, **facts)
    async with DB.transaction():
        await refuse_name_of_another(row)
        await row.save()
        await record(actor, N_("working group entered"), thing(row), row.name_de, format_day(row.founded_on))
    return row


async def change(row: WorkingGroup, *, shown: bool, actor: str = "", **facts: Any) -> list[str]:
    """Put right what is known of a group; returns the names of what became different.

    Refused when somebody would have had a seat before the founding, or another group has the name.
    """
    async with DB.transaction():
        await take(row)
        changed = [name for name, value in facts.items() if getattr(row, name) != value]
        if shown != bool(row.published_at):
            changed.append("published_at")
            row.published_at = clock.now() if shown else None
        if not changed:
            return []
        for name, value in facts.items():
            setattr(row, name, value)
        if row.ended_on and row.ended_on < row.founded_on:
            raise Refused(_("The end lies before the beginning"), "founded_on")
        await refuse_name_of_another(row)
        rules.refuse_seats_outside(row.founded_on, None, await seats.of_group(row))
        await row.save()
        await record(actor, N_("working group changed"), thing(row), row.name_de, ", ".join(sorted(changed)))
    return sorted(changed)


async def end(row: WorkingGroup, *, on: date, note: str = "", actor: str = "") -> int:
    """`on` is the last day: all seats end with it, and the history stays. Returns how many seats that are."""
    async with DB.transaction():
        await take(row)
        if row.ended_on:
            raise Refused(_("This group ends on %(day)s already.", day=format_day(row.ended_on)))
        if on < row.founded_on:
            raise Refused(_("The group was only founded on %(day)s.", day=format_day(row.founded_on)), "on")
        found = await seats.of_group(row)
        rules.refuse_seats_outside(row.founded_on, on, found)
        row.ended_on, row.end_note = on, note
        await row.save()
        await record(actor, N_("working group ended"), thing(row), row.name_de, format_day(on))
    return len([one for one in found if one.runs(on)])


async def go_on(row: WorkingGroup, *, actor: str = "") -> None:
    """Take the end back. Seats that ended with it go on, unless that day has come."""
    async with DB.transaction():
        await take(row)
        if row.ended_on is None:
            return
        row.ended_on, row.end_note = None, ""
        await refuse_name_of_another(row)
        await row.save()
        await record(actor, N_("working group goes on"), thing(row), row.name_de)


async def remove(row: WorkingGroup, *, actor: str = "") -> None:
    """It never was: refused as soon as anybody had a seat."""
    async with DB.transaction():
        await take(row)
        if await seats.of_group(row):
            raise Refused(_("Somebody has had a seat in this group: it has a history. Please end it instead."))
        await WorkingGroup.delete().where(WorkingGroup.id == row.id)
        await record(actor, N_("working group entered by mistake removed"), "groups:", row.name_de)


async def take(row: WorkingGroup) -> None:
    """The first statement of whatever changes a group or its seats; `row` says what others stored meanwhile."""
    if not await WorkingGroup.exists().where(WorkingGroup.id == row.id):
        raise Refused(_("This group is not known any more."))
    row.__dict__.update((await locked(WorkingGroup, row.id, WorkingGroup.changes)).__dict__)


async def refuse_name_of_another(row: WorkingGroup) -> None:
    row.key = folded(row.name_de)[:200]
    await alone("names of working groups")
    for other in await WorkingGroup.objects().where(WorkingGroup.key == row.key):
        over = other.ended_on and other.ended_on < row.founded_on
        later = row.ended_on and row.ended_on < other.founded_on
        if other.id != row.id and not over and not later:
            raise Refused(_("A group of this name is there already."), "name_de")


async def every() -> list[WorkingGroup]:
    return await WorkingGroup.objects().order_by(WorkingGroup.key).order_by(WorkingGroup.founded_on)


async def by_reference(reference: str) -> WorkingGroup | None:
    return await WorkingGroup.objects().get(WorkingGroup.reference == reference)


async def any_shown(day: date) -> bool:
    """Whether the website has a group to show."""
    shown = (WorkingGroup.published_at != None) & (WorkingGroup.founded_on <= day)
    return bool(
        await WorkingGroup.exists().where(shown & ((WorkingGroup.ended_on == None) | (WorkingGroup.ended_on >= day)))
    )


def runs(row: WorkingGroup, day: date) -> bool:
    return row.founded_on <= day and (row.ended_on is None or row.ended_on >= day)


def thing(row: WorkingGroup) -> str:
    return f"working_group:{row.reference}"
