"""What pages, letters and calendars say of an event, in the language being spoken; English falls back to German."""

from datetime import datetime, timedelta

from network.events.tables import Event, Mode, Series
from network.i18n import _, format_clock, format_day, format_weekday, local, locale


def text(event: Event | Series, field: str) -> str:
    """`field` is "title" (a series has nothing else), "lead", "description", "access", "costs" or "closing"."""
    english = getattr(event, f"{field}_en") if locale() == "en" else ""
    return str(english or getattr(event, f"{field}_de"))


def foreign(event: Event | Series, field: str) -> bool:
    """Whether `text` falls back to German while English is spoken: the page then says so to screen readers."""
    return locale() == "en" and not getattr(event, f"{field}_en") and bool(getattr(event, f"{field}_de"))


def title(event: Event) -> str:
    return text(event, "title")


def when(event: Event) -> str:
    """Montag, 18. Oktober 2027, 10:00–16:00 Uhr"""
    first, last = format_clock(event.starts_at), format_clock(event.ends_at)
    if local(event.starts_at) == local(event.ends_at):
        return _("%(day)s, %(first)s–%(last)s", day=format_weekday(event.starts_at), first=first, last=last)
    return _(
        "%(day)s, %(first)s, to %(last_day)s, %(last)s",
        day=format_weekday(event.starts_at),
        first=first,
        last_day=format_weekday(event.ends_at),
        last=last,
    )


def day(event: Event) -> str:
    """18. Oktober 2027"""
    return format_day(event.starts_at)


def where(event: Event) -> str:
    """The venue with its address, "online", or both; never the online address."""
    town = f"{event.postal_code} {event.town}".strip()
    place = ", ".join(part for part in (event.venue, event.street, town) if part)
    if event.mode == Mode.ONLINE:
        return _("online")
    if event.mode == Mode.HYBRID:
        return _("%(place)s, and online", place=place) if place else _("in person and online")
    return place


def last_day(event: Event) -> datetime:
    """The last moment to register: a deadline of midnight means the day before."""
    return event.deadline - timedelta(seconds=1)


def last_moment(event: Event) -> str:
    """25. November 2026, 12:00 Uhr; only the day where one can register until its end."""
    last = format_day(last_day(event))
    clock = format_clock(event.deadline)
    return last if clock == "00:00" else _("%(day)s, %(clock)s", day=last, clock=clock)
