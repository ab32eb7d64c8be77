"""When one may register, who sits and who waits, and who sees what people need: decided over plain values."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from network.events.tables import Event
from network.i18n import _
from network.people.tables import RoleKind
from network.people.viewer import Viewer


class EventState(StrEnum):
    DRAFT = "draft"  # only the office knows of it
    PLANNED = "planned"  # save the date
    PUBLISHED = "published"  # open for registration
    CLOSED = "closed"  # by the office, by the deadline, or because it has begun
    OVER = "over"
    CANCELLED = "cancelled"


def state_of(event: Event, now: datetime) -> EventState:
    if event.cancelled_at is not None:
        return EventState.CANCELLED
    if event.published_at is None:
        return EventState.DRAFT if event.announced_at is None else EventState.PLANNED
    if now >= event.ends_at:
        return EventState.OVER
    if event.closed_at is not None or now >= event.deadline or now >= event.starts_at:
        return EventState.CLOSED
    return EventState.PUBLISHED


def is_public(event: Event) -> bool:
    """Whether visitors may know of it."""
    return event.published_at is not None or event.announced_at is not None


def why_closed(event: Event, now: datetime, *, free: int | None = None) -> str:
    """Why nobody can register, in words for the person; "" while one can. Without a waiting list `free` matters."""
    state = state_of(event, now)
    if state == EventState.CANCELLED:
        return _("This event has been cancelled.")
    if state == EventState.OVER:
        return _("This event is over.")
    if state in (EventState.DRAFT, EventState.PLANNED):
        return _("Registration for this event has not opened yet.")
    if state == EventState.CLOSED:
        return _("Registration for this event has closed.")
    if free is not None and free <= 0 and not event.waiting_list:
        return _("All seats are taken, and this event has no waiting list.")
    return ""


def may_register(event: Event, now: datetime, *, free: int | None = None) -> bool:
    return not why_closed(event, now, free=free)


def why_fixed(event: Event, now: datetime) -> str:
    """Why people can no longer be replaced or cancelled; "" until the event begins."""
    state = state_of(event, now)
    if state == EventState.CANCELLED:
        return _("This event has been cancelled.")
    if now >= event.ends_at:
        return _("This event is over.")
    if now >= event.starts_at:
        return _("This event has begun. Please speak to the team at the entrance.")
    return ""


def why_not_by_office(event: Event, now: datetime) -> str:
    """Why the office cannot register anybody: before and after the public form it can, but not for a draft."""
    if state_of(event, now) == EventState.DRAFT:
        return _("Nobody knows of this event yet. Please publish it or announce its date first.")
    return why_fixed(event, now)


def why_not_cancelled(event: Event, now: datetime, *, anybody: bool) -> str:
    """Why the office cannot call it off (again); `anybody`: whether people are or were registered."""
    if event.cancelled_at is not None:
        return _("This event has been cancelled.")
    if now >= event.ends_at:
        return _("This event is over.")
    if not is_public(event) and not anybody:
        return _("Nobody knows of this event yet. Its draft can be thrown away.")
    return ""


def why_not_discarded(event: Event, *, anybody: bool) -> str:
    """Only what nobody outside knows of can be thrown away."""
    if is_public(event) or event.cancelled_at is not None:
        return _("This event is known to others. It can be cancelled, but not thrown away.")
    if anybody:
        return _("People are registered for this event. It can be cancelled, but not thrown away.")
    return ""


def why_no_more(event: Event, now: datetime, *, free: int | None = None) -> str:
    """Why a registration cannot take in more people: until the start it can, unless the office has closed."""
    if words := why_fixed(event, now):
        return words
    if event.closed_at is not None:
        return _("Registration for this event has closed.")
    if free is not None and free <= 0 and not event.waiting_list:
        return _("All seats are taken, and this event has no waiting list.")
    return ""


def moves_up_by_itself(event: Event, now: datetime) -> bool:
    """Until `ring_days` before the event; from then on the office rings people up before it gives them a seat."""
    return event.cancelled_at is None and now < event.starts_at - timedelta(days=event.ring_days)


def why_waiting(free: int, size: int) -> str:
    """Why so many people, who come only together, have no seats: "full", "size", or "turn": others come first."""
    if free <= 0:
        return "full"
    return "size" if size > free else "turn"


def next_entries(free: int, sizes: Sequence[int], *, smaller_may_pass: bool) -> list[int]:
    """Which entries of the queue get seats now, as positions in it: strictly in order, as long as they fit.

    An entry that does not fit ends the walk, or is passed over when smaller ones may pass.
    """
    chosen: list[int] = []
    for position, size in enumerate(sizes):
        if size <= free:
            chosen.append(position)
            free -= size
        elif not smaller_may_pass:
            break
    return chosen


def takes_place(event: Event, now: datetime) -> bool:
    """Until its end, unless it was cancelled: so long one can join online."""
    return event.cancelled_at is None and now < event.ends_at


def may_see_needs(viewer: Viewer, event: Event) -> bool:
    """Access needs are health data: for the event's team, not for the office or the administration as such."""
    return viewer.holds(RoleKind.EVENT_TEAM, event.reference)


def may_manage(viewer: Viewer) -> bool:
    """Create and change events, register and cancel others, write reports."""
    return viewer.is_office


def may_check_in(viewer: Viewer, event: Event) -> bool:
    """Stand at the door of this event; the same people see its lists."""
    return viewer.is_office or viewer.holds(RoleKind.EVENT_TEAM, event.reference)
