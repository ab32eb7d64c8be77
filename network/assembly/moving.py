"""After the invitation: another day or place, a supplement to the agenda, and calling it off; told to all members."""

from typing import Any

from network import clock
from network.assembly import agenda, convocation, motion, rehearsal
from network.assembly.convocation import Plan, plan_for, refuse_nobody_convened
from network.assembly.letters import Told
from network.assembly.meeting import State, refuse_unlawful, state_of, taken, thing
from network.assembly.noted import record
from network.assembly.recipients import Recipient, recipients
from network.assembly.ruling import rules_of
from network.assembly.tables.convocation import Dispatch
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.association.reckoning import key_day
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, local

MATTERS = ("starts_at", "ends_at", "mode", "venue", "street", "postal_code", "town", "online_at", "rights_de")


async def move(
    row: Assembly, *, actor: str, because: str = "", late_because: str = "", **facts: Any
) -> int:  # fmt: skip
    """Another day, time, place or way of taking part: a letter to everybody with the same calendar entry, one higher.

    The legal clock runs anew for the day that it is then: refused when that comes too late for anybody, unless with a
    reason. Returns the number of members written to; 0 when nothing that matters is different.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_running(held)
        before = Assembly(**held.to_dict())
        for name, value in facts.items():
            setattr(held, name, value)
        await refuse_unlawful(held)
        if all(getattr(before, name) == getattr(held, name) for name in MATTERS):
            await held.save()
            return 0
        planned = await plan_for(held)
        if planned.late and not late_because.strip():
            raise Refused(planned.late_words, "late_because")
        rules = await rules_of(held)
        if held.motions_until and held.motions_until >= local(held.starts_at):
            held.motions_until = None  # it was another day's; the bylaws' own counts again
        held.key_date = key_day(local(held.starts_at), rules)
        held.rules_from = rules.valid_from if rules.id else None
        held.sequence += 1
        if planned.late:
            held.late_because = "\n".join(part for part in (held.late_because, late_because.strip()) if part)
        told = await told_of_change(held, before, because)
        held.invitation = await convocation.kept(told)
        await held.save()
        await convocation.to_everybody(held, await whom(held, planned), "change", told, actor=actor)
        await record(actor, N_("assembly moved"), thing(held), held.title, because)
    return len(planned.to)


async def told_of_change(row: Assembly, before: Assembly, because: str) -> Told:
    told = await convocation.told_about(row)
    return Told(
        items=told.items, papers=told.papers, key_date=told.key_date, motions_until=told.motions_until,
        enclosures=told.enclosures, before=before, because=because,
    )  # fmt: skip


async def cancel(row: Assembly, *, because: str, actor: str) -> int:
    """Call it off and tell everybody who was invited; the entry goes from their calendars. Returns how many.

    Pressed twice nothing more happens. One that nobody was invited to is discarded instead.
    """
    async with DB.transaction():
        held = await taken(row)
        if state_of(held) == State.CANCELLED:
            return 0
        refuse_running(held)
        held.cancelled_at, held.cancelled_because = clock.now(), because
        held.sequence += 1
        await held.save()
        to = await whom(held, await plan_for(held))
        await convocation.to_everybody(held, to, "cancellation", Told(because=because), actor=actor)
        await rehearsal.clear(held)
        await record(actor, N_("assembly called off"), thing(held), held.title, because)
    return len(to)


async def whom(row: Assembly, planned: Plan) -> list[Recipient]:
    """Members of the day, and whoever was invited and is none on the new one."""
    invited = await Dispatch.select(Dispatch.organisation).where(Dispatch.assembly == row.id)
    gone = {one["organisation"] for one in invited} - {one.id for one in planned.to}
    return [*planned.to, *(await recipients(row, also=gone) if gone else [])]


async def waiting_items(row: Assembly) -> list[AgendaItem]:
    """What was added since the invitation and nobody has been told of."""
    return [item for item in await agenda.items_of(row) if row.convened_at and not agenda.is_told(item)]


async def decidable(row: Assembly, items: list[AgendaItem], planned: Plan) -> set[int]:
    """Which of these can be decided, by their numbers, if the members are told now."""
    return await motion.decidable(row, items) if planned.late else {item.id for item in items}


async def supplement(row: Assembly, *, actor: str) -> Plan:
    """Tell all members of the items added since. What reaches everybody in time can be decided (§ 32 I 2 BGB), and so
    can motions that kept the bylaws' deadline for them; the rest is told as well, but can only be discussed.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_running(held)
        items = await waiting_items(held)
        if not items:
            raise Refused(_("Nothing has been added since the invitation."))
        planned = await plan_for(held)
        allowed = await decidable(held, items, planned)
        told = await convocation.told_about(held)
        told = Told(items=items, papers=told.papers, key_date=told.key_date,
                    only_discussed=frozenset(item.id for item in items if item.id not in allowed),
                    enclosures=told.enclosures)  # fmt: skip
        for item in items:
            moment = AgendaItem.announced_at if item.id in allowed else AgendaItem.told_at
            await AgendaItem.update({moment: clock.now()}).where(AgendaItem.id == item.id)
        await convocation.to_everybody(held, planned.to, "supplement", told, actor=actor)
        await record(actor, N_("supplement to the agenda sent"), thing(held), held.title)
    return planned


def refuse_running(row: Assembly) -> None:
    refuse_nobody_convened(row)
    if state_of(row) == State.RUNNING:
        raise Refused(_("This assembly is taking place."))
