"""The queue: who comes next, who gets a seat, and whom the office rings up."""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from network import clock
from network.activity import record
from network.database import DB, locked
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
    people = (
        await Attendee.objects()
        .where(Attendee.event.is_in(list(events)) & (Attendee.state == AttendeeState.WAITING))
        .order_by(Attendee.entry, Attendee.id)
        if events
        else []
    )
    found: dict[int, list[Waiting]] = {}
    for entry, group in groupby(people, key=lambda person: person.entry):
        together = list(group)
        found.setdefault(int(together[0].event), []).append(Waiting(entry, together))
    return found


async def fill(event: Event, *, new: Collection[int] = ()) -> list[Attendee]:
    """Give the free seats to those whose turn it is; return the people seated. The caller holds the event's row.

    Everybody who had been waiting is written to; the people of the entries in `new` are told by the caller. From
    `ring_days` before the event on nobody moves up by themselves, and newcomers get a seat only if nobody waits.
    """
    waiting = await queue(event)
    if not waiting:
        return []
    if not rules.moves_up_by_itself(event, clock.now()) and any(w.entry not in new for w in waiting):
        return []
    free = event.seats - await taken(event)
    turns = rules.next_entries(free, [w.size for w in waiting], smaller_may_pass=event.smaller_may_pass)
    seated = [person for turn in turns for person in waiting[turn].people]
    await seat(seated)
    await letters.moved_up(event, [person for person in seated if person.entry not in new])
    return seated


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


async def place_of(person: Attendee, event: Event) -> tuple[int, int]:
    """One's own place in the queue: number of the entry, and how many people wait before it."""
    before = 0
    for number, waiting in enumerate(await queue(event), start=1):
        if waiting.entry == person.entry:
            return number, before
        before += waiting.size
    return 0, 0
