"""Inviting the board: the first letter, what changed since, and that it does not take place; each with the calendar."""

from collections.abc import Sequence
from typing import Any

from network import clock
from network.activity import record
from network.boardroom import agenda, letters
from network.boardroom.invited import follow, invited_to, on, refuse_unreached
from network.boardroom.letters import Told
from network.boardroom.meeting import State, refuse_nowhere, refuse_over, state_of, taken, thing
from network.boardroom.notice import notice_of
from network.boardroom.tables import BoardItem, BoardMeeting, BoardPaper, Invited
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, local

MATTERS = ("starts_at", "ends_at", "place", "online_at")


async def invite(row: BoardMeeting, *, actor: str, late_because: str = "") -> int:
    """Write to everybody on the board and to the managing director; returns how many. The agenda is announced by it.

    Refused with nothing on the agenda, while somebody of the board has no address, and when it is later than the period
    of notice, unless a reason is given, which the minutes tell.
    """
    async with DB.transaction():
        held = await taken(row)
        if state_of(held) != State.PLANNED:
            raise Refused(_("The board is invited to this meeting already."))
        refuse_nowhere(held)
        if not await agenda.items_of(held):
            raise Refused(
                _("Nothing stands on the agenda. What it does not name cannot be decided (§§ 28, 32 (1) BGB).")
            )
        refuse_unreached(await on(local(held.starts_at)))
        await note_if_late(held, late_because)
        held.invited_at = clock.now()
        await held.save()
        await BoardItem.update({BoardItem.announced_at: held.invited_at}).where(BoardItem.meeting == held.id)
        to = await write(held, await follow(held), "invitation")
        await record(actor, N_("board invited"), thing(held), held.title, str(to))
    return to


async def tell(row: BoardMeeting, *, actor: str, because: str = "", late_because: str = "", **facts: Any) -> int:
    """Another day, time, place or agenda: a letter to everybody, with the same calendar entry, one higher.

    Items added since are announced by it, and who joined the board since is invited. Returns how many were written to;
    0 when nothing is different. Refused before the invitation, once it is open, and when it is too late for another day
    or item, unless with a reason.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_running(held)
        before = BoardMeeting(**held.to_dict())
        for name, value in facts.items():
            setattr(held, name, value)
        refuse_nowhere(held)
        moved, news = any(getattr(before, name) != getattr(held, name) for name in MATTERS), await unannounced(held)
        people = await follow(held)
        if not moved and not news and not await papers_since(held) and all(one.sent_at for one in people):
            await held.save()
            return 0
        refuse_unreached(await on(local(held.starts_at)))
        if news or before.starts_at != held.starts_at:
            await note_if_late(held, late_because)
        held.sequence += 1
        held.invited_at = clock.now()
        await held.save()
        await BoardItem.update({BoardItem.announced_at: held.invited_at}).where(
            BoardItem.id.is_in([one.id for one in news] or [0])
        )
        if before.starts_at != held.starts_at:
            await Invited.update({Invited.answer: "", Invited.answered_at: None}).where(Invited.meeting == held.id)
        told = Told(before=before if moved else None, because=because, news=frozenset(one.id for one in news))
        to = await write(held, await invited_to(held), "change", told)
        await record(actor, N_("board told of a change"), thing(held), held.title, because)
    return to


async def cancel(row: BoardMeeting, because: str, *, actor: str) -> int:
    """Call it off and tell everybody; the entry goes from their calendars. Pressed twice nothing more happens."""
    async with DB.transaction():
        held = await taken(row)
        if state_of(held) == State.CANCELLED:
            return 0
        refuse_running(held)
        held.cancelled_at, held.cancelled_because = clock.now(), because
        held.sequence += 1
        await held.save()
        to = await write(held, await invited_to(held), "cancellation", Told(because=because))
        await record(actor, N_("board meeting called off"), thing(held), held.title, because)
    return to


async def write(row: BoardMeeting, people: Sequence[Invited], what: str, told: Told | None = None) -> int:
    """To all with an address; who is written to for the first time gets the invitation itself."""
    facts = told or Told()
    items, papers = await agenda.items_of(row), await agenda.papers_of(row)
    number = 0
    for one in people:
        if not one.email or (what == "cancellation" and not one.sent_at):
            continue
        kind = "invitation" if what == "change" and not one.sent_at else what
        await letters.post(row, one, kind, facts, items=items, papers=papers)
        if not one.sent_at:
            await Invited.update({Invited.sent_at: clock.now()}).where(Invited.id == one.id)
        number += 1
    return number


async def note_if_late(row: BoardMeeting, late_because: str) -> None:
    notice = await notice_of(row)
    if notice.is_kept_by(clock.today()):
        return
    if not late_because.strip():
        raise Refused(notice.late_words, "late_because")
    row.late_because = "\n".join(part for part in (row.late_because, late_because.strip()) if part)


async def unannounced(row: BoardMeeting) -> list[BoardItem]:
    """What was added since the invitation and nobody has been told of."""
    return [one for one in await agenda.items_of(row) if row.invited_at and one.announced_at is None]


async def papers_since(row: BoardMeeting) -> int:
    later = (BoardPaper.item.meeting == row.id) & (BoardPaper.added_at > row.invited_at)
    return await BoardPaper.count().where(later)


def refuse_running(row: BoardMeeting) -> None:
    refuse_over(row)
    if state_of(row) == State.PLANNED:
        raise Refused(_("Nobody has been invited to this meeting yet."))
    if state_of(row) == State.RUNNING:
        raise Refused(_("This meeting is taking place."))
