"""Changing an event: what it would set going, asked before, and the change itself with its letters."""

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from network.activity import record
from network.database import DB, locked
from network.errors import Refused
from network.events import changes, rules, waitlist
from network.events.changes import LettersDue
from network.events.counts import taken
from network.events.event import check_deadline, check_future, check_times, free_slug, put_co_organisers, thing
from network.events.facts import last_day, title
from network.events.recipients import recipients
from network.events.series import series_of
from network.events.tables import Event
from network.i18n import N_, _, local


async def edit(event_id: int, *, actor: str, seats: int | None = None, co_organisers: Sequence[str] | None = None,
               **facts: Any) -> int:  # fmt: skip
    """Change what is known of an event; return how many letters went to guests because of it.

    Its address follows the title until somebody outside may know it. Refused for times that cannot be, for fewer seats
    than are taken, and after it was cancelled.
    """
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        if event.cancelled_at is not None:
            raise Refused(_("This event has been cancelled."))
        before = copy.copy(event)
        for name, value in facts.items():
            setattr(event, name, value)
        if seats is not None:
            event.seats = seats
        await check_change(before, event)
        await follow_title(event, before)
        if changes.concerns_guests(before, event) and rules.is_public(event):
            event.sequence += 1
        await event.save()
        if co_organisers is not None:
            await put_co_organisers(event, co_organisers)
        changed = [name for name in facts if getattr(before, name) != getattr(event, name)]
        if changed:
            await record(actor, N_("event changed"), thing(event), title(event), ", ".join(changed))
        if event.seats != before.seats:
            await record(actor, N_("number of seats changed"), thing(event), title(event), str(event.seats))
        return await changes.moved(event, before)


@dataclass(frozen=True, slots=True)
class Consequences:
    """What an edit would set going, asked before it happens."""

    letters: LettersDue
    moving_up: int  # people of the waiting list who would get seats
    invitations: int  # and the e-mails that tell them

    @property
    def matters(self) -> bool:
        return self.letters.total + self.moving_up > 0

    @property
    def total(self) -> int:
        return self.letters.total + self.invitations


async def consequences(event: Event, *, seats: int, **facts: Any) -> Consequences:
    """Refused in the same words as the edit itself."""
    after = copy.copy(event)
    for name, value in {**facts, "seats": seats}.items():
        setattr(after, name, value)
    await check_change(event, after)
    moving = await waitlist.whose_turn(after)
    told = changes.concerns_guests(event, after)
    due = await changes.letters_due(event, moving_up=moving) if told else LettersDue()
    return Consequences(due, len(moving), await recipients(moving))


async def check_change(before: Event, after: Event) -> None:
    """What was not touched may lie in the past, what is new may not. No seat is taken from anybody."""
    if after.seats != before.seats and after.seats < (held := await taken(after)):
        raise Refused(_("%(num)s seats are taken; there cannot be fewer.", num=held), "seats")
    check_times(after.starts_at, after.ends_at, after.deadline)
    if after.starts_at != before.starts_at:
        check_future(after.starts_at)
    if local(last_day(after)) != local(last_day(before)):
        check_deadline(after.deadline)


async def follow_title(event: Event, before: Event) -> None:
    """A new title may mean another series, and another address as long as nobody outside has seen the old one."""
    if event.title_de == before.title_de:
        return
    series, event.ordinal = await series_of(event.title_de, event.title_en)
    event.series = series.id if series else None
    if not rules.is_public(event):
        event.slug = await free_slug(event.title_de, event.starts_at, but_not_of=event.id)
