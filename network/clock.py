"""The only clock of the house. Tests and the demo can set it; on PostgreSQL it is the server's (database.keep_time)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")

_set_to: datetime | None = None
JUMP_SECONDS = 2.0  # more than a reading may be late
_jumped = float("-inf")
_told: tuple[datetime, float] | None = None  # what the database's clock said, and the machine's stopwatch then


def now() -> datetime:
    """This moment, aware and in UTC."""
    if _set_to is not None:
        return _set_to
    if _told is None:
        return datetime.now(UTC)
    return run_on(*_told)


def run_on(moment: datetime, stopwatch: float) -> datetime:
    return moment + timedelta(seconds=monotonic() - stopwatch)


def follow(moment: datetime | None) -> None:
    """From now on go by a clock that shows this moment, whatever this machine's shows; None: by the machine's again."""
    global _told, _jumped  # noqa: PLW0603  there is one clock
    if moment is not None and _told is not None and abs((moment - run_on(*_told)).total_seconds()) > JUMP_SECONDS:
        _jumped = monotonic()
    _told = None if moment is None else (moment.astimezone(UTC), monotonic())


def was_set() -> float:
    """When somebody set the clock that we follow, by the machine's stopwatch; long ago if nobody has."""
    return _jumped


def today() -> date:
    """The date in Berlin, where the association's days begin and end."""
    return now().astimezone(BERLIN).date()


def berlin(day: date, at: time) -> datetime:
    """The moment at which clocks in Berlin show this day and time."""
    return datetime.combine(day, at, BERLIN).astimezone(UTC)


def end_of(day: date) -> datetime:
    """The first moment in Berlin that is no longer this day."""
    return berlin(day + timedelta(days=1), time.min)


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
