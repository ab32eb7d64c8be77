"""What events hand up to the office about people: who waits, whom to ring up, interpreters to order."""

from collections.abc import Sequence
from datetime import date, timedelta

from network import clock
from network.events import access, houses, listing, rules, waitlist
from network.events.counts import Counts, counts_for
from network.events.facts import title
from network.events.tables import Event
from network.i18n import _, local, ngettext
from network.members import organisation
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Card, Due

ORDER_BEFORE = timedelta(weeks=6)  # interpreters are booked up early
REMIND = timedelta(weeks=4)


async def waiting_for(viewer: Viewer) -> int:
    """The number in the rail, on every page of the office: as many as `due` has lines, without drawing each."""
    queues = await listing.with_queue() if viewer.is_office else []
    return len(queues) + len(await interpreter_lines(await listing.of_team(viewer), clock.today()))


async def due(viewer: Viewer, day: date) -> list[Due]:
    """Full events with a queue, calls to make shortly before an event, interpreters to order."""
    events = await listing.with_queue() if viewer.is_office else []
    numbers = [event.id for event in events]
    counts, queues = await counts_for(numbers), await waitlist.queues(numbers)
    lines = [queue_line(event, counts[event.id], queues[event.id], day) for event in events if event.id in queues]
    return lines + await interpreter_lines(await listing.of_team(viewer), day)


async def beside(viewer: Viewer, reference: str) -> list[Card]:
    """On the page of an organisation: the events to which its people came."""
    row = await organisation.by_reference(reference) if viewer.is_office else None
    visits = await houses.of(row) if row else []
    return [Card("events/beside", {"visits": visits, "now": clock.now()})] if visits else []


def queue_line(event: Event, counts: Counts, queue: Sequence[waitlist.Waiting], day: date) -> Due:
    """By itself the queue moves up; near the day, and when only the wrong size fits, somebody has to look."""
    free = event.seats - counts.taken
    place = url(f"/office/events/{event.reference}#queue")
    turns = rules.next_entries(free, [waiting.size for waiting in queue], smaller_may_pass=event.smaller_may_pass)
    if turns and not rules.moves_up_by_itself(event, clock.now()):
        return Due(
            title=_("%(title)s: please ring whoever is next", title=title(event)),
            url=place,
            day=day,
            kind="warn",
            state=ngettext("one seat is free", "%(num)s seats are free", free),
            reason=_(
                "So shortly before the event nobody moves up unasked. Next: %(names)s", names=names_of(queue[turns[0]])
            ),
            action=_("Who waits"),
            action_url=place,
        )
    return Due(
        title=ngettext(
            "%(title)s: one entry on the waiting list",
            "%(title)s: %(num)s entries on the waiting list",
            len(queue),
            title=title(event),
        ),
        url=place,
        day=day,
        kind="warn",
        state=_("full") if free <= 0 else ngettext("one seat is free", "%(num)s seats are free", free),
        reason=" ".join(queue_reason(event, counts, queue[0])),
        action=_("Look at it"),
        action_url=place,
    )


def names_of(waiting: waitlist.Waiting) -> str:
    return ", ".join(person.name for person in waiting.people)


def queue_reason(event: Event, counts: Counts, first: waitlist.Waiting) -> list[str]:
    taken = _("%(taken)s of %(num)s seats are taken.", taken=counts.taken, num=event.seats)
    if first.size == 1:
        return [taken]
    return [taken, _("In front %(num)s people wait who only come together.", num=first.size)]


async def interpreter_lines(events: list[Event], day: date) -> list[Due]:
    needed = await access.interpreters_missing([event.id for event in events])
    lines = []
    for event in events:
        order_by = local(event.starts_at) - ORDER_BEFORE
        if event.id not in needed or day < order_by - REMIND:
            continue
        place = url(f"/office/events/{event.reference}/needs")
        lines.append(
            Due(
                title=_("%(title)s: order sign language interpreters", title=title(event)),
                url=place,
                day=order_by,
                kind="warn" if day >= order_by else "info",
                state=_("late") if day > order_by else _("open"),
                reason=ngettext("One person needs them.", "%(num)s people need them.", needed[event.id]),
                action=_("Look at it"),
                action_url=place,
            )
        )
    return lines
