"""What lists and pages say of an event's state, in words and with a mark beside them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from network.events import rules
from network.events.counts import Counts
from network.events.rules import EventState, state_of
from network.events.tables import Attendee, AttendeeState, Event
from network.i18n import N_, _, ngettext

STATES = {
    EventState.DRAFT: ("warn", N_("draft")),
    EventState.PLANNED: ("info", N_("planned")),
    EventState.PUBLISHED: ("ok", N_("open for registration")),
    EventState.CLOSED: ("warn", N_("registration closed")),
    EventState.OVER: ("", N_("over")),
    EventState.CANCELLED: ("bad", N_("cancelled")),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag: its shape and its words."""

    kind: str
    text: str


def state_mark(event: Event, now: datetime) -> Mark:
    kind, text = STATES[state_of(event, now)]
    return Mark(kind, _(text))


def seats_mark(event: Event, counts: Counts, now: datetime) -> Mark:
    """For visitors: how many seats are free while one can register, else the state."""
    if state_of(event, now) != EventState.PUBLISHED:
        return state_mark(event, now)
    free = event.seats - counts.taken
    if free > 0 and not counts.waiting:
        return Mark("ok", ngettext("one free seat", "%(num)s free seats", free))
    if newcomers_fit(event, free, now):
        return Mark("ok", ngettext("one free seat, groups are waiting", "%(num)s free seats, groups are waiting", free))
    if free > 0:
        return Mark("warn", _("with a waiting list"))
    return Mark("warn", _("full, with a waiting list") if event.waiting_list else _("full"))


def newcomers_fit(event: Event, free: int, now: datetime) -> bool:
    """Whether somebody alone gets a seat at once although larger groups are waiting."""
    return free > 0 and event.smaller_may_pass and rules.moves_up_by_itself(event, now)


def seats_hint(event: Event, counts: Counts, now: datetime) -> str:
    """What awaits whoever registers now, beside the form."""
    free = event.seats - counts.taken
    if free > 0 and not counts.waiting:
        return if_it_fills_up(event, now) if event.waiting_list else ""
    if newcomers_fit(event, free, now):
        return _("Whoever fits into the free seats gets one at once; larger groups are waiting already.")
    if free > 0:
        return _("Others are waiting already: you may get onto the waiting list behind them.")
    if rules.moves_up_by_itself(event, now):
        return _(
            "All seats are taken: you will be on the waiting list and move up by yourselves as soon as it is your turn."
        )
    return _("All seats are taken: you will be on the waiting list, and if a seat becomes free, we ring up or write.")


def if_it_fills_up(event: Event, now: datetime) -> str:
    if rules.moves_up_by_itself(event, now):
        return _("When all seats are taken you get onto the waiting list and move up by yourselves.")
    return _("When all seats are taken you get onto the waiting list, and if a seat becomes free, we ring up or write.")


def standing(people: Collection[Attendee]) -> str:
    """2 people have a seat, one person is waiting."""
    states = [person.state for person in people]
    return seated_and_waiting(states.count(AttendeeState.SEATED), states.count(AttendeeState.WAITING)) + "."


def seated_and_waiting(seated: int, waiting: int) -> str:
    """2 people have a seat, one person is waiting"""
    parts = []
    if seated:
        parts.append(ngettext("One person has a seat", "%(num)s people have a seat", seated))
    if waiting:
        parts.append(ngettext("one person is waiting", "%(num)s are waiting", waiting))
    words = ", ".join(parts)
    return words[:1].upper() + words[1:]
