"""An event's life in the office: it is created, announced, published, closed, reopened, called off."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from network import clock
from network.activity import record
from network.database import DB, first_row, locked
from network.errors import Refused
from network.events import changes, rules
from network.events.facts import title
from network.events.series import series_of
from network.events.tables import CoOrganiser, Event, Mode, Report
from network.folding import folded
from network.i18n import N_, _, local
from network.references import new_reference

SEATS = 70
DEADLINE_DAYS = 14
SLUG_LENGTH = 100
RESERVED = {"attendees", "registrations"}  # other pages stand there


async def create(
    *,
    actor: str,
    title_de: str,
    starts_at: datetime,
    ends_at: datetime,
    deadline: datetime | None = None,
    co_organisers: Sequence[str] = (),
    **facts: Any,
) -> Event:
    """Begin an event as a draft that only the office sees. Refused for times that cannot be.

    A title like "2. Austauschforum" puts it into its series; the deadline is two weeks before unless given.
    """
    deadline = deadline or usual_deadline(starts_at)
    check_times(starts_at, ends_at, deadline)
    check_future(starts_at)
    check_deadline(deadline)
    async with DB.transaction():
        series, ordinal = await series_of(title_de, facts.get("title_en", ""))
        event = Event(
            reference=new_reference(),
            slug=await free_slug(title_de, starts_at),
            series=series.id if series else None,
            ordinal=ordinal,
            title_de=title_de,
            starts_at=starts_at,
            ends_at=ends_at,
            deadline=deadline,
            created_at=clock.now(),
            **facts,
        )
        await event.save()
        await put_co_organisers(event, co_organisers)
        await record(actor, N_("event created"), thing(event), title(event))
    return event


async def put_co_organisers(event: Event, names: Sequence[str]) -> None:
    await CoOrganiser.delete().where(CoOrganiser.event == event.id)
    if names:
        await CoOrganiser.insert(*(CoOrganiser(event=event.id, name=name) for name in names))


async def co_organisers_of(event: Event) -> list[str]:
    rows = CoOrganiser.select(CoOrganiser.name).where(CoOrganiser.event == event.id)
    return [row["name"] for row in await rows.order_by(CoOrganiser.id)]


async def announce(event_id: int, *, actor: str) -> None:
    """Save the date: visitors see it, nobody can register yet. Idempotent."""
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        if event.announced_at is None and event.published_at is None:
            check_presentable(event)
            await Event.update({Event.announced_at: clock.now()}).where(Event.id == event.id)
            await record(actor, N_("event announced"), thing(event), title(event))


async def publish(event_id: int, *, actor: str) -> None:
    """Open it for registration; a date that was only planned is certain now. Idempotent."""
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        if event.published_at is not None:
            return
        check_presentable(event)
        if event.deadline <= clock.now():
            raise Refused(_("The deadline for registration has passed. Please set a later one first."))
        values = {Event.published_at: clock.now(), Event.announced_at: event.announced_at or clock.now()}
        if event.announced_at is not None:
            values[Event.sequence] = event.sequence + 1
        await Event.update(values).where(Event.id == event.id)
        await record(actor, N_("event published"), thing(event), title(event))


def check_presentable(event: Event) -> None:
    """What visitors must be able to read before they hear of it."""
    if event.cancelled_at is not None:
        raise Refused(_("This event has been cancelled."))
    if event.starts_at <= clock.now():
        raise Refused(_("This event has begun already. Please set a later day first."))
    if event.mode != Mode.ONLINE and not event.town:
        raise Refused(_("Please say first in which town it takes place."))


async def close(event_id: int, *, actor: str) -> None:
    """No more registrations, although the deadline has not come. Idempotent."""
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        if event.published_at is not None and event.closed_at is None:
            await Event.update({Event.closed_at: clock.now()}).where(Event.id == event.id)
            await record(actor, N_("registration closed"), thing(event), title(event))


async def reopen(event_id: int, *, actor: str) -> None:
    """Registrations again; refused when the deadline has passed or the event is over. Idempotent."""
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        if words := rules.why_fixed(event, clock.now()):
            raise Refused(words)
        if event.deadline <= clock.now():
            raise Refused(_("The deadline for registration has passed. Please set a later one first."))
        if event.closed_at is not None:
            await Event.update({Event.closed_at: None}).where(Event.id == event.id)
            await record(actor, N_("registration reopened"), thing(event), title(event))


async def cancel(event_id: int, reason: str, *, actor: str) -> int:
    """Call it off and tell everybody; return the number of letters."""
    return await changes.cancel_event(event_id, reason, actor=actor)


async def discard(event_id: int, *, actor: str) -> None:
    """Throw a draft away; refused as soon as anybody outside knows of it."""
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        if words := rules.why_not_discarded(event, anybody=await changes.anybody(event)):
            raise Refused(words)
        await Report.delete().where(Report.event == event.id)
        await Event.delete().where(Event.id == event.id)
        await record(actor, N_("draft discarded"), thing(event), title(event))


def check_times(starts_at: datetime, ends_at: datetime, deadline: datetime) -> None:
    if ends_at <= starts_at:
        raise Refused(_("The end must be later than the beginning."), "ends")
    if deadline > starts_at:
        raise Refused(_("The deadline must not be later than the event."), "deadline")


def check_future(starts_at: datetime) -> None:
    if starts_at <= clock.now():
        raise Refused(_("This day has passed already. Please choose one to come."), "day")


def check_deadline(deadline: datetime) -> None:
    """Where it is new or changed; that it passes by itself is the way of the world."""
    if deadline <= clock.now():
        raise Refused(_("This day has passed already. Please choose one to come."), "deadline")


async def namesake(title_de: str | None, day: date | None) -> bool:
    """Whether there is an event of this title on this day already, called off ones apart."""
    if not title_de or not day:
        return False
    on_the_day = (Event.starts_at >= clock.berlin(day, time(0))) & (Event.starts_at < day_after(day))
    found = Event.select(Event.title_de).where(on_the_day & (Event.cancelled_at == None))
    return any(folded(row["title_de"]) == folded(title_de) for row in await found)


def usual_deadline(starts_at: datetime) -> datetime:
    """Two weeks before; when that has passed already, until it begins."""
    usual = day_after(local(starts_at) - timedelta(days=DEADLINE_DAYS))
    return usual if usual > clock.now() else starts_at


def day_after(day: date) -> datetime:
    """The first moment that is later than this day in Berlin."""
    return clock.berlin(day + timedelta(days=1), time(0))


async def free_slug(title_de: str, starts_at: datetime, *, but_not_of: int = 0) -> str:
    """The address: "2. Austauschforum" becomes "2-austauschforum"; if taken, the year follows it, then letters."""
    words = re.sub(r"[^a-z0-9]+", "-", folded(title_de)).strip("-")[:SLUG_LENGTH].strip("-")
    plain = words or "event"
    tries = [plain, f"{plain}-{local(starts_at).year}"]
    while True:
        in_use = tries[0] in RESERVED or await Event.exists().where((Event.slug == tries[0]) & (Event.id != but_not_of))
        if not in_use:
            return tries[0]
        tries = tries[1:] or [f"{plain}-{new_reference()[:6].lower()}"]


def thing(event: Event) -> str:
    return f"event:{event.reference}"


async def event_by_reference(reference: str) -> Event | None:
    return await first_row(Event, "WHERE reference = {}", reference)


async def event_by_slug(slug: str) -> Event | None:
    return await first_row(Event, "WHERE slug = {}", slug)
