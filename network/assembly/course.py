"""How an assembly runs: opened, item after item, remarks for the minutes, guests, closed."""

from typing import Any

from network import clock
from network.assembly import attendance, election, rehearsal
from network.assembly.agenda import refuse_over
from network.assembly.decision import refuse_second_vote
from network.assembly.meeting import State, state_of, taken, thing, too_early
from network.assembly.noted import record
from network.assembly.tables.day import Decision, Guest, Remark
from network.assembly.tables.elections import Round
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.board import leaving
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, local


async def open_(row: Assembly, *, chair: str, minute_taker: str, actor: str) -> None:
    """The chair of the meeting opens it. Refused before it was convened, before its day, and without a chair."""
    if not chair:
        raise Refused(_("Please say who chairs the meeting."), "chair")
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        if state_of(held) == State.PLANNED:
            raise Refused(_("This assembly has not been convened yet."))
        if early := too_early(held):
            raise Refused(early)
        if held.opened_at:
            return
        values: dict[Any, Any] = {
            Assembly.opened_at: clock.now(),
            Assembly.chair: chair,
            Assembly.minute_taker: minute_taker,
        }
        await Assembly.update(values).where(Assembly.id == row.id)
        await rehearsal.clear(held)
        await record(actor, N_("assembly opened"), thing(row), row.title)


async def close(row: Assembly, *, actor: str) -> None:
    """It is over with its elections, and nothing of it changes any more.

    Whoever the board took in until the assembly leaves the board.

    Refused while a vote or a ballot is open.
    """
    async with DB.transaction():
        held = await taken(row)
        if held.closed_at:
            return
        if not held.opened_at:
            raise Refused(_("This assembly has not been opened."))
        await refuse_open_votes(held)
        await end_items(held)
        await election.end_all(held, actor=actor)
        await attendance.keep_votes(held)
        await Assembly.update({Assembly.closed_at: clock.now()}).where(Assembly.id == row.id)
        if not held.rehearsal_of:
            await leaving.end_co_options(on=local(held.starts_at), source=f"assembly:{held.reference}", actor=actor)
        await record(actor, N_("assembly closed"), thing(row), row.title)


async def refuse_open_votes(row: Assembly) -> None:
    votes = (Decision.assembly == row.id) & (Decision.opened_at != None) & (Decision.decided_at == None)
    if await Decision.exists().where(votes):
        raise Refused(_("A vote is still open."))
    if await Round.exists().where((Round.election.assembly == row.id) & (Round.counted_at == None)):
        raise Refused(_("A ballot is still open."))


async def call(row: Assembly, item: AgendaItem, *, actor: str) -> None:
    """This item is dealt with from now on; the one before ends by that.

    Refused while the assembly is not open and while a vote is; papers of an election may be counted meanwhile.
    """
    async with DB.transaction():
        held = await taken(row)
        if state_of(held) != State.RUNNING:
            raise Refused(_("Items are called while the assembly is open."))
        await refuse_second_vote(held)
        await end_items(held)
        values: dict[Any, Any] = {AgendaItem.begun_at: item.begun_at or clock.now(), AgendaItem.ended_at: None}
        await AgendaItem.update(values).where(AgendaItem.id == item.id)
        await record(actor, N_("agenda item called"), thing(row), row.title, item.title_de)


async def end_items(row: Assembly) -> None:
    running = (AgendaItem.assembly == row.id) & (AgendaItem.begun_at != None) & (AgendaItem.ended_at == None)
    await AgendaItem.update({AgendaItem.ended_at: clock.now()}).where(running)


async def remark(row: Assembly, text: str, *, actor: str) -> None:
    """What the minutes shall tell, at this moment and under the item that is being dealt with."""
    async with DB.transaction():
        refuse_over(await taken(row))
        now = await current_item(row)
        await Remark(assembly=row.id, item=now.id if now else None, at=clock.now(), text=text, actor=actor).save()
        await record(actor, N_("remark for the minutes"), thing(row), row.title)


async def current_item(row: Assembly) -> AgendaItem | None:
    running = (AgendaItem.assembly == row.id) & (AgendaItem.begun_at != None) & (AgendaItem.ended_at == None)
    return await AgendaItem.objects().get(running)


async def remarks_of(row: Assembly) -> list[Remark]:
    return await Remark.objects().where(Remark.assembly == row.id).order_by(Remark.at).order_by(Remark.id)


# --- guests ----------------------------------------------------------------------------------------------------------


async def guest_came(row: Assembly, *, name: str, capacity: str, actor: str) -> None:
    """Somebody is there without a vote."""
    async with DB.transaction():
        refuse_over(await taken(row))
        await Guest(assembly=row.id, name=name, capacity=capacity, came_at=clock.now()).save()
        await record(actor, N_("guest came"), thing(row), row.title)


async def guest_left(row: Assembly, guest: Guest, *, actor: str) -> None:
    async with DB.transaction():
        await taken(row)
        still = (Guest.id == guest.id) & (Guest.assembly == row.id) & (Guest.left_at == None)
        if await Guest.update({Guest.left_at: clock.now()}).where(still).returning(Guest.id):
            await record(actor, N_("guest left"), thing(row), row.title)


async def guests_of(row: Assembly) -> list[Guest]:
    return await Guest.objects().where(Guest.assembly == row.id).order_by(Guest.came_at).order_by(Guest.id)
