"""The queue: who comes next, who gets a seat, and whom the office rings up."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

from network import clock
from network.activity import record
from network.database import DB, chunks, locked, marks, rows
from network.errors import Refused
from network.events import letters, rules
from network.events.counts import taken
from network.events.facts import title
from network.events.tables import Attendee, AttendeeState, Event, WaitlistEntry
from network.i18n import N_, _


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry of the queue with the people who still wait in it."""

    entry: int
    people: list[Attendee]

    @property
    def size(self) -> int:
        return len(self.people)


async def queue(event: Event) -> list[Waiting]:
    """Everybody who waits, in order."""
    return (await queues([event.id])).get(event.id, [])


async def queues(events: Collection[int]) -> dict[int, list[Waiting]]:
    """In one query for any number of events; those without a queue are left out."""
    if not events:
        return {}
    which = f"WHERE event IN ({marks(events)}) AND state = 'waiting' ORDER BY entry, id"
    people = await rows(Attendee, which, *events)
    found: dict[int, list[Waiting]] = {}
    for entry, group in groupby(people, key=lambda person: person.entry):
        together = list(group)
        found.setdefault(int(together[0].event), []).append(Waiting(entry, together))
    return found


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the queue, and how many people wait in it."""

    entry: int
    size: int


async def places(event: Event) -> list[Place]:
    """The queue without its people."""
    found = await Attendee.raw(
        "SELECT entry, count(*) AS size FROM attendee WHERE event = {} AND state = 'waiting' "
        "GROUP BY entry ORDER BY entry",
        event.id,
    )
    return [Place(row["entry"], row["size"]) for row in found]


async def fill(event: Event, *, new: Collection[int] = ()) -> list[Attendee]:
    """Give the free seats to those whose turn it is; return the people seated. The caller holds the event's row.

    Everybody who had been waiting is written to; the people of the entries in `new` are told by the caller.
    """
    seated = await whose_turn(event, new=new)
    await seat(seated)
    await letters.moved_up(event, [person for person in seated if person.entry not in new])
    return seated


async def whose_turn(event: Event, *, new: Collection[int] = (), freed: int = 0) -> list[Attendee]:
    """Who gets the free seats by themselves, with the event as it is handed in: stored, or as it would be.

    From `ring_days` before the event on nobody moves up by themselves, and newcomers get a seat only if nobody waits.
    `freed` seats are counted as free although somebody has them yet.
    """
    free = event.seats - await taken(event) + freed
    if free <= 0:
        return []
    waiting = await places(event)
    if not rules.moves_up_by_itself(event, clock.now()) and any(place.entry not in new for place in waiting):
        return []
    turns = rules.next_entries(free, [place.size for place in waiting], smaller_may_pass=event.smaller_may_pass)
    return await waiting_in([waiting[turn].entry for turn in turns])


async def waiting_in(entries: Sequence[int]) -> list[Attendee]:
    """Who waits in these places of the queue, in order."""
    found: list[Attendee] = []
    for part in chunks(entries):
        found += await rows(Attendee, f"WHERE state = 'waiting' AND entry IN ({marks(part)}) ORDER BY entry, id", *part)
    return found


async def seat(people: Collection[Attendee]) -> None:
    """Write down that these people have seats, and that their places in the queue have ended."""
    if not people:
        return
    now = clock.now()
    await Attendee.update({Attendee.state: AttendeeState.SEATED, Attendee.seated_at: now}).where(
        Attendee.id.is_in([person.id for person in people])
    )
    await WaitlistEntry.update({WaitlistEntry.ended_at: now}).where(
        WaitlistEntry.id.is_in(sorted({person.entry for person in people}))
    )
    for person in people:
        person.state, person.seated_at = AttendeeState.SEATED, now


async def seat_by_hand(event_id: int, entry: int, *, actor: str) -> list[Attendee]:
    """The office has rung them up and they come. Refused when there is no room, or they do not wait any more."""
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        chosen = next((w for w in await queue(event) if w.entry == entry), None)
        if chosen is None:
            raise Refused(_("These people are not on the waiting list any more."))
        if chosen.size > event.seats - await taken(event):
            raise Refused(_("There are not enough free seats for these people."))
        if words := rules.why_fixed(event, clock.now()):
            raise Refused(words)
        await seat(chosen.people)
        await letters.moved_up(event, chosen.people)
        await record(actor, N_("seat given by hand"), f"event:{event.reference}", title(event))
    return chosen.people


async def people_before(person: Attendee, event: Event) -> int:
    """How many people wait before somebody: pages count people, never entries, so that no two numbers compete."""
    return sum(waiting.size for waiting in await places(event) if waiting.entry < (person.entry or 0))
