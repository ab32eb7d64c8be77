"""Which days are working days where: neither Saturday nor Sunday nor a public holiday of the Land (§ 193 BGB).

24 and 31 December are working days by law: § 193 BGB names Saturdays, Sundays and holidays recognised by the state,
and no Land's holidays act names these two. Holidays of some towns only (Assumption in Bavaria, Augsburg's peace
festival, Corpus Christi in parts of Saxony and Thuringia) count for the whole Land here: whether we look back for the
last safe day or ahead for the end of a period, one working day less is the safe side.
"""

from collections.abc import Collection
from datetime import date, timedelta
from functools import cache

from network.i18n import day_in, locale
from network.members.lands import LANDS

SATURDAY = 5
ONE_DAY = timedelta(days=1)
NAMES_IN = {"de": "de", "en": "en_US"}
CATEGORIES = ("public", "catholic")  # the second: where most people are Catholic
ALSO_OF = {"BY": "Augsburg"}


def is_working_day(day: date, lands: Collection[str]) -> bool:
    """In each of these Länder; no Land known means all sixteen. ValueError for a Land that there is not."""
    return not rest_on(day, lands)


def rest_on(day: date, lands: Collection[str]) -> str:
    """Why it is no working day in one of these Länder, in the reader's language: "Saturday", "Good Friday"; else ""."""
    if day.weekday() >= SATURDAY:
        return day_in("EEEE", day, locale())
    return next((name for land in known(lands) if (name := holidays_of(land, day.year, locale()).get(day))), "")


def working_day_before(day: date, lands: Collection[str]) -> date:
    """The day itself if it is one, else the last one before it."""
    while not is_working_day(day, lands):
        day -= ONE_DAY
    return day


def working_day_after(day: date, lands: Collection[str]) -> date:
    """The day itself if it is one, else the first one after it (§ 193 BGB)."""
    while not is_working_day(day, lands):
        day += ONE_DAY
    return day


def working_days_from(day: date, number: int, lands: Collection[str]) -> date:
    """So many working days later, or earlier for a negative number; the day itself is not counted."""
    step = ONE_DAY if number > 0 else -ONE_DAY
    for _ in range(abs(number)):
        day += step
        while not is_working_day(day, lands):
            day += step
    return day


def known(lands: Collection[str]) -> tuple[str, ...]:
    wrong = [land for land in lands if land not in LANDS]
    if wrong:
        raise ValueError(wrong)
    return tuple(sorted(lands)) or tuple(LANDS)


@cache
def holidays_of(land: str, year: int, language: str) -> dict[date, str]:
    from holidays import country_holidays  # noqa: PLC0415  takes half a second from everybody who never reckons a deadline

    known_in: dict[date, str] = {}
    for place in [ALSO_OF.get(land, land), land]:
        known_in |= country_holidays(
            "DE", subdiv=place, years=year, expand=False, language=NAMES_IN[language], categories=CATEGORIES
        )
    return known_in
