"""A meeting of the board as a whole: planned, invited to, under way, closed; its state follows from its dates."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from network import clock
from network.activity import record
from network.boardroom.tables import BoardMeeting
from network.database import DB, locked
from network.errors import Refused
from network.i18n import N_, _, format_day, local
from network.references import new_reference


class State(StrEnum):
    PLANNED = "planned"
    INVITED = "invited"
    RUNNING = "running"
    OVER = "over"
    CANCELLED = "cancelled"


WORDS = {
    State.PLANNED: N_("being planned"),
    State.INVITED: N_("invited"),
    State.RUNNING: N_("taking place"),
    State.OVER: N_("closed"),
    State.CANCELLED: N_("called off"),
}
MARKS = {State.PLANNED: "info", State.INVITED: "ok", State.RUNNING: "warn", State.OVER: "", State.CANCELLED: "bad"}


def state_of(row: BoardMeeting) -> State:
    if row.cancelled_at:
        return State.CANCELLED
    if row.closed_at:
        return State.OVER
    if row.opened_at:
        return State.RUNNING
    return State.INVITED if row.invited_at else State.PLANNED


def too_early(row: BoardMeeting) -> str:
    """Why it cannot be opened yet."""
    if local(row.starts_at) <= clock.today():
        return ""
    return _("This meeting takes place on %(day)s.", day=format_day(row.starts_at))


async def plan(*, title: str, starts_at: datetime, actor: str, **facts: Any) -> BoardMeeting:
    """Begin a meeting with its title and moment; `facts` are columns such as place, online_at, ends_at, chair.

    Nobody is written to. Refused without a place and an address to dial in, and for a moment that is over.
    """
    row = BoardMeeting(
        reference=new_reference(), title=title, starts_at=starts_at, planned_at=clock.now(), actor=actor, **facts
    )
    refuse_nowhere(row)
    async with DB.transaction():
        await row.save()
        await record(actor, N_("board meeting planned"), thing(row), row.title, format_day(starts_at))
    return row


async def edit(row: BoardMeeting, *, actor: str, **facts: Any) -> None:
    """Change what was planned. Refused once people are invited: then it is told to all of them (invitation.tell)."""
    async with DB.transaction():
        held = await taken(row)
        if state_of(held) != State.PLANNED:
            raise Refused(_("The board is invited to this meeting; a change is told to everybody."))
        different = [name for name, value in facts.items() if getattr(held, name) != value]
        for name in different:
            setattr(held, name, facts[name])
        refuse_nowhere(held)
        if different:
            await held.save()
            await record(actor, N_("board meeting changed"), thing(held), held.title, ", ".join(sorted(different)))


def refuse_nowhere(row: BoardMeeting) -> None:
    if row.starts_at <= clock.now():
        raise Refused(_("This moment is over already."), "day")
    if row.ends_at and row.ends_at <= row.starts_at:
        raise Refused(_("The end lies before the beginning"), "ends")
    if not row.place and not row.online_at:
        raise Refused(_("Please say where: a place, or an address to dial in."), "place")


async def discard(row: BoardMeeting, *, actor: str) -> None:
    """It is not held and nobody has been told: the plan goes with its agenda. Refused once people are invited."""
    async with DB.transaction():
        held = await taken(row)
        if state_of(held) != State.PLANNED:
            raise Refused(_("The board is invited to this meeting; it can only be called off."))
        await held.remove()
        await record(actor, N_("planned board meeting discarded"), thing(held), held.title)


# --- finding ---------------------------------------------------------------------------------------------------------


async def taken(row: BoardMeeting) -> BoardMeeting:
    """The row as it is now, held until the end of the transaction: the first thing of every deed that counts."""
    return await locked(BoardMeeting, row.id, BoardMeeting.turns)


async def by_reference(reference: str) -> BoardMeeting | None:
    return await BoardMeeting.objects().get(BoardMeeting.reference == reference)


async def by_id(number: int) -> BoardMeeting:
    found = await BoardMeeting.objects().get(BoardMeeting.id == number)
    assert found
    return found


async def ahead() -> list[BoardMeeting]:
    """Planned, invited to or taking place, the next first."""
    open_ones = (BoardMeeting.closed_at == None) & (BoardMeeting.cancelled_at == None)
    return await BoardMeeting.objects().where(open_ones).order_by(BoardMeeting.starts_at).order_by(BoardMeeting.id)


async def before() -> list[BoardMeeting]:
    """Closed or called off, the latest first."""
    done = (BoardMeeting.closed_at != None) | (BoardMeeting.cancelled_at != None)
    return await BoardMeeting.objects().where(done).order_by(BoardMeeting.starts_at, ascending=False)


def thing(row: BoardMeeting) -> str:
    return f"board_meeting:{row.reference}"


def where(row: BoardMeeting) -> str:
    return row.place or _("online")


def refuse_over(row: BoardMeeting) -> None:
    state = state_of(row)
    if state == State.OVER:
        raise Refused(_("This meeting is closed."))
    if state == State.CANCELLED:
        raise Refused(_("This meeting has been called off."))


def refuse_not_running(row: BoardMeeting) -> None:
    refuse_over(row)
    if state_of(row) != State.RUNNING:
        raise Refused(_("This meeting has not been opened yet."))
