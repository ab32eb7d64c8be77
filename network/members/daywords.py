"""Days and years as offices write them into lists."""

import re
from datetime import date

from network import clock
from network.i18n import _
from network.plausible import FIRST_YEAR, is_plausible, last_year

MONTHS = ("januar january jan", "februar february feb", "maerz märz march mrz mar", "april apr", "mai may",
          "juni june jun", "juli july jul", "august aug", "september sept sep", "oktober october okt oct",
          "november nov", "dezember december dez dec")  # fmt: skip


def day(name: str, text: str) -> date:
    """12.5.1995, 1995-05-12, 12. Mai 1995, 5/1995 or only 1995, which is its first day."""
    del name
    found = parts_of_day(text.strip(" ."))
    try:
        if found:
            whole = date(*found)
            if whole.year >= FIRST_YEAR:
                return whole
    except ValueError:
        pass
    raise ValueError(_("“%(text)s” is not a day; please write it like 25.4.2028", text=text[:40]))


def lived_day(name: str, text: str) -> date:
    """A day on which something began or ended: not as far ahead as evidence may be valid."""
    found = day(name, text)
    if not is_plausible(found):
        told = {"text": text[:40], "first": FIRST_YEAR, "last": last_year()}
        raise ValueError(_("“%(text)s” is no day between %(first)s and %(last)s", **told))
    return found


def parts_of_day(text: str) -> tuple[int, int, int] | None:
    if match := re.fullmatch(r"(?:(\d{1,2})\. ?)?(\d{1,2})[./] ?(\d{4}|\d{2})", text):
        return century(match[3]), int(match[2]), int(match[1] or 1)
    if match := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})(?:[T ][\d:.]+)?", text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"(?:(\d{1,2})\.? )?([A-Za-zä]{3,9})\.? (\d{4})", text):
        months = [number for number, names in enumerate(MONTHS, 1) if match[2].lower() in names.split()]
        return (int(match[3]), months[0], int(match[1] or 1)) if months else None
    return (int(text), 1, 1) if re.fullmatch(r"\d{4}", text) else None


def century(year: str) -> int:
    """Of two digits: "95" is 1995, "16" is 2016; nobody joins far ahead."""
    number = int(year)
    if len(year) > 2:  # noqa: PLR2004
        return number
    return number + (2000 if number <= clock.today().year % 100 + 2 else 1900)


def year(name: str, text: str) -> int:
    found = re.fullmatch(r"(?:ca\.? |um |seit )?(\d{4})", text)
    number = int(found[1]) if found else day(name, text).year
    if not is_plausible(date(number, 1, 1)):
        raise ValueError(_("“%(text)s” is not a year", text=text[:40]))
    return number


def opening(text: str) -> date | None:
    """The day on which a site opened, if somebody told it: of "1998" and "5/1998" nobody knows the day."""
    whole = re.fullmatch(r"\D*\d{1,2}\D+(?:\d{1,2}|\w+)\D+\d{4}|\d{4}-\d\d?-\d\d?", text)
    return day("opened_on", text) if whole else None
