"""An assembly as a whole: planned, convened, under way, closed; its state follows from its dates."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from network import clock
from network.assembly import timing
from network.assembly.noted import REHEARSAL, record
from network.assembly.tables.meeting import Assembly, Mode
from network.assembly.taking_part import refuse_incomplete
from network.database import DB, locked
from network.errors import Refused
from network.i18n import N_, _, format_day, local
from network.references import new_reference


class State(StrEnum):
    PLANNED = "planned"
    CONVENED = "convened"
    RUNNING = "running"
    OVER = "over"
    CANCELLED = "cancelled"


WORDS = {
    State.PLANNED: N_("being planned"),
    State.CONVENED: N_("convened"),
    State.RUNNING: N_("taking place"),
    State.OVER: N_("closed"),
    State.CANCELLED: N_("called off"),
}
SECOND = N_("second assembly: it decides however many members are there")
MODES = {Mode.IN_PERSON: N_("in person"), Mode.HYBRID: N_("in person and online"), Mode.VIRTUAL: N_("online only")}


def state_of(row: Assembly) -> State:
    if row.cancelled_at:
        return State.CANCELLED
    if row.closed_at:
        return State.OVER
    if row.opened_at:
        return State.RUNNING
    return State.CONVENED if row.convened_at else State.PLANNED


def too_early(row: Assembly) -> str:
    """Why nobody can be let in yet: decisions before the announced day bind nobody. A rehearsal has no day."""
    if row.rehearsal_of or clock.today() >= local(row.starts_at):
        return ""
    return _("The assembly is on %(day)s. Until then it can be rehearsed.", day=format_day(row.starts_at))


async def plan(*, title: str, starts_at: datetime, actor: str, **facts: Any) -> Assembly:
    """Begin an assembly with its title and moment; `facts` are columns such as mode, venue, town, land, occasion.

    Refused when the moment is over already, and what the law wants of its mode is missing (taking_part).
    """
    row = Assembly(
        reference=new_reference(), title=title, starts_at=starts_at, planned_at=clock.now(), actor=actor, **facts
    )
    await refuse_unlawful(row)
    await refuse_less_time(row)
    async with DB.transaction():
        await row.save()
        await record(actor, N_("assembly planned"), thing(row), row.title, format_day(starts_at))
    return row


async def edit(row: Assembly, *, actor: str, **facts: Any) -> list[str]:
    """Change what was planned; returns the names of what became different.

    Refused once it is convened: then day, time and place are moved by a letter to everybody (moving.py).
    """
    async with DB.transaction():
        held = await taken(row)
        if state_of(held) != State.PLANNED:
            raise Refused(_("The members have been convened to this assembly; a change is told to all of them."))
        different = [name for name, value in facts.items() if getattr(held, name) != value]
        for name in different:
            setattr(held, name, facts[name])
        await refuse_unlawful(held)
        await refuse_less_time(held)
        if different:
            await held.save()
            await record(actor, N_("assembly changed"), thing(held), held.title, ", ".join(sorted(different)))
    return different


async def refuse_unlawful(row: Assembly) -> None:
    if row.starts_at <= clock.now():
        raise Refused(_("This moment is over already."), "day")
    if row.ends_at and row.ends_at <= row.starts_at:
        raise Refused(_("The end lies before the beginning"), "ends")
    await refuse_incomplete(row.to_dict())


async def refuse_less_time(row: Assembly) -> None:
    """A day of its own for motions gives members more time than the bylaws do, and ends before the assembly."""
    if row.motions_until is None:
        return
    if row.motions_until >= local(row.starts_at):
        raise Refused(_("Motions have to come before the assembly."), "motions_until")
    by_bylaws = await timing.motions_of(row)
    if by_bylaws and row.motions_until < by_bylaws.day:
        raise Refused(
            _("By the bylaws motions come in time until %(day)s; members cannot be given less time.",
              day=format_day(by_bylaws.day)),
            "motions_until",
        )  # fmt: skip


async def discard(row: Assembly, *, actor: str) -> None:
    """It is not held, and nobody has been told: the plan goes with all that belongs to it. Refused once convened."""
    async with DB.transaction():
        held = await taken(row)
        if state_of(held) != State.PLANNED:
            raise Refused(_("The members have been convened to this assembly; it can only be called off."))
        await held.remove()
        await record(actor, N_("planned assembly discarded"), thing(held), held.title)


async def taken(row: Assembly) -> Assembly:
    """The row as it is now, held until the end of the transaction: the first thing of every deed that counts."""
    return await locked(Assembly, row.id, Assembly.turns)


async def by_reference(reference: str) -> Assembly | None:
    return await Assembly.objects().get(Assembly.reference == reference)


async def every() -> list[Assembly]:
    """The real ones, the latest first."""
    real = Assembly.rehearsal_of == None
    return await Assembly.objects().where(real).order_by(Assembly.starts_at, ascending=False)


async def held_since(day: date) -> list[Assembly]:
    """Real ones that were opened on this day or after it, the latest first: what they decided is decided."""
    return [one for one in await every() if one.opened_at and local(one.starts_at) >= day]


async def of_reality(row: Assembly) -> Assembly:
    """The assembly that this one rehearses, or itself."""
    return await Assembly.objects().get(Assembly.id == row.rehearsal_of) or row if row.rehearsal_of else row


def thing(row: Assembly) -> str:
    return f"{REHEARSAL if row.rehearsal_of else 'assembly:'}{row.reference}"
