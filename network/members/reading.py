"""What a line of the spreadsheet says: each cell's text understood, or a sentence that tells what is wrong with it."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from email_validator import EmailNotValidError, validate_email

from network import clock
from network.i18n import _
from network.members.headings import OF_SITES, column_name
from network.members.lands import land_code

LONGEST = {
    "number": 20, "name": 200, "street": 200, "town": 100, "email": 254, "phone": 60, "website": 300,
    "site_code": 20, "site_name": 200, "site_street": 200, "site_town": 100,
}  # fmt: skip
MONTHS = ("januar january jan", "februar february feb", "maerz märz march mrz mar", "april apr", "mai may",
          "juni june jun", "juli july jul", "august aug", "september sept sep", "oktober october okt oct",
          "november nov", "dezember december dez dec")  # fmt: skip
FORMULA = re.compile(r"[=@]|[+-](?![\d ()/-]+$)|#[A-Z/0-9]+[!?]?$")
EARLIEST = 1800
GERMANY = {"lat": (47.2, 55.1), "lon": (5.8, 15.1)}  # 5.8 E to 15.1 E


@dataclass(slots=True)
class Reading:
    """A line as understood: facts of the member and of its site (None: the line tells of no site)."""

    number: int
    member: dict[str, Any] = field(default_factory=dict)
    site: dict[str, Any] | None = None
    problems: dict[str, str] = field(default_factory=dict)  # column → what is wrong
    remarks: list[str] = field(default_factory=list)


def understood(number: int, cells: dict[str, str], columns: list[str]) -> Reading:
    """Read one line. Whether its member is known and what it changes is the comparison's question."""
    told = Reading(number)
    values: dict[str, Any] = {}
    for name, text in cells.items():
        try:
            values[name] = READERS.get(name, line_of_text)(name, text)
        except ValueError as problem:
            told.problems[name] = str(problem)
    for name in ("postal_code", "site_postal_code"):
        if name in values and values[name] != cells[name]:
            told.remarks.append(
                _("The postal code %(typed)s was read as %(read)s.", typed=cells[name], read=values[name])
            )
    told.member = {name: value for name, value in values.items() if name not in OF_SITES}
    if any(name in OF_SITES for name in cells):
        told.site = {name.removeprefix("site_"): value for name, value in values.items() if name in OF_SITES}
    for name in required(told, columns):
        if name not in cells:
            told.problems[name] = _("%(column)s is missing", column=column_name(name, columns))
    check_dates(told)
    return told


def required(told: Reading, columns: list[str]) -> list[str]:
    if told.site is not None:
        return ["site_postal_code", "site_town"]
    speaks_of_sites = any(name in OF_SITES for name in columns)
    return ["postal_code"] if "postal_code" in columns and not speaks_of_sites else []


def check_dates(told: Reading) -> None:
    since, until = told.member.get("since"), told.member.get("until")
    if since and until and until < since:
        told.problems["until"] = _("The end lies before the beginning")
    site = told.site or {}
    if "opened" in site and "closed" in site and site["closed"].year < site["opened"]:
        told.problems["closed"] = _("The end lies before the beginning")


def line_of_text(name: str, text: str) -> str:
    if FORMULA.match(text):
        raise ValueError(_("“%(text)s” looks like a formula", text=text[:40]))
    if len(text) > LONGEST.get(name, 200):
        raise ValueError(_("This is longer than %(most)s characters", most=LONGEST.get(name, 200)))
    return text


def postal_code(name: str, text: str) -> str:
    """Five digits; a spreadsheet that took 01067 for a number has lost its zero."""
    del name
    digits = re.sub(r"^D\s*-?\s*|\s", "", text, flags=re.IGNORECASE)
    if not re.fullmatch(r"\d{4,5}", digits):
        raise ValueError(_("“%(text)s” is not a postal code of five digits", text=text[:40]))
    return digits.zfill(5)


def land(name: str, text: str) -> str:
    del name
    code = land_code(text)
    if code is None:
        raise ValueError(_("“%(text)s” is not one of the sixteen Länder", text=text[:40]))
    return code


def email(name: str, text: str) -> str:
    del name
    try:
        return validate_email(
            text.removeprefix("mailto:"), check_deliverability=False, test_environment=True
        ).normalized
    except EmailNotValidError as error:
        raise ValueError(_("“%(text)s” is not an e-mail address", text=text[:60])) from error


def website(name: str, text: str) -> str:
    address = text if "://" in text else f"https://{text}"
    if not re.fullmatch(r"https?://[^\s<>\"'@]+\.[^\s<>\"'@]{2,}", address) or len(address) > LONGEST[name]:
        raise ValueError(_("“%(text)s” is not an address of a website", text=text[:60]))
    return address


def day(name: str, text: str) -> date:
    """12.5.1995, 1995-05-12, 12. Mai 1995, 5/1995 or only 1995, which is its first day."""
    del name
    found = parts_of_day(text.strip(" ."))
    try:
        if found:
            whole = date(*found)
            if whole.year >= EARLIEST:
                return whole
    except ValueError:
        pass
    raise ValueError(_("“%(text)s” is not a day; please write it like 25.4.2028", text=text[:40]))


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
    if not EARLIEST <= number <= clock.today().year + 10:
        raise ValueError(_("“%(text)s” is not a year", text=text[:40]))
    return number


def opening(text: str) -> date | None:
    """The day on which a site opened, if somebody told it: of "1998" and "5/1998" nobody knows the day."""
    whole = re.fullmatch(r"\D*\d{1,2}\D+(?:\d{1,2}|\w+)\D+\d{4}|\d{4}-\d\d?-\d\d?", text)
    return day("opened_on", text) if whole else None


def whole_number(name: str, text: str) -> int:
    del name
    match = re.fullmatch(r"(\d{1,2}(?:\.\d{3})|\d{1,5})(?: Plätze| places)?", text)
    if match is None:
        raise ValueError(_("“%(text)s” is not a whole number", text=text[:40]))
    return int(match[1].replace(".", ""))


def coordinate(name: str, text: str) -> float:
    match = re.fullmatch(r"(\d{1,3}(?:[.,]\d+)?) ?°?", text)
    if match is None:
        raise ValueError(_("“%(text)s” is not a coordinate; please write it like 49.486", text=text[:40]))
    number = float(match[1].replace(",", "."))
    lowest, highest = GERMANY[name]
    if not lowest <= number <= highest:
        raise ValueError(_("%(text)s does not lie in Germany; are latitude and longitude exchanged?", text=text))
    return number


READERS: dict[str, Callable[[str, str], Any]] = {
    "postal_code": postal_code, "site_postal_code": postal_code, "land": land, "site_land": land, "email": email,
    "website": website, "since": day, "until": day, "closed": day, "opened": year, "places": whole_number,
    "lat": coordinate, "lon": coordinate,
}  # fmt: skip
