"""Which days somebody can mean: of the time in which there are associations, and not far ahead."""

from datetime import date

from network import clock
from network.errors import Refused
from network.i18n import _

FIRST_YEAR, YEARS_AHEAD = 1800, 10


def last_year() -> int:
    return clock.today().year + YEARS_AHEAD


def is_plausible(day: date) -> bool:
    return FIRST_YEAR <= day.year <= last_year()


def refuse_implausible(**days: date | None) -> None:
    """The days by the fields of the form in which they were typed; None for one that nobody told."""
    for field, day in days.items():
        if day and not is_plausible(day):
            words = _("Please enter a day between %(first)s and %(last)s.", first=FIRST_YEAR, last=last_year())
            raise Refused(words, field)
