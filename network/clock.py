"""The only clock of the house. Tests and the demo can set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")

_set_to: datetime | None = None


def now() -> datetime:
    """This moment, aware and in UTC."""
    return _set_to or datetime.now(UTC)


def today() -> date:
    """The date in Berlin, where the association's days begin and end."""
    return now().astimezone(BERLIN).date()


def berlin(day: date, at: time) -> datetime:
    """The moment at which clocks in Berlin show this day and time."""
    return datetime.combine(day, at, BERLIN).astimezone(UTC)


def ago(**parts: float) -> datetime:
    return now() - timedelta(**parts)


def ahead(**parts: float) -> datetime:
    return now() + timedelta(**parts)


def is_set() -> bool:
    return _set_to is not None


@contextmanager
def set_to(moment: datetime) -> Iterator[None]:
    """Let the clock stand at this moment."""
    global _set_to  # noqa: PLW0603  there is one clock
    before, _set_to = _set_to, moment.astimezone(UTC)
    try:
        yield
    finally:
        _set_to = before
