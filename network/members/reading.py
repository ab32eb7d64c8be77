"""What a line of the spreadsheet says: each cell's text understood, or a sentence that tells what is wrong with it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from email_validator import EmailNotValidError, validate_email

from network import roughly
from network.catalogue.tables import EntryKind
from network.folding import folded
from network.i18n import _
from network.members import mentions, providing
from network.members.daywords import day, lived_day, opening, year
from network.members.headings import ABOUT, DESCRIBED, OF_SITES, column_name
from network.members.lands import land_code
from network.members.mentions import Terms

LONGEST = {
    "number": 20, "name": 200, "street": 200, "town": 100, "email": 254, "phone": 60, "website": 300,
    "legal_form": 60, "target_group": 300, "about_de": 4000, "about_en": 4000,
    "site_phone": 60, "site_code": 20, "site_name": 200, "site_street": 200, "site_town": 100,
}  # fmt: skip
FORMULA = re.compile(r"[=@]|[+-](?![\d ()/-]+$)|#[A-Z/0-9]+[!?]?$")
ERROR = re.compile(r"#(REF!|N/A|NAME\?|VALUE!|DIV/0!|NULL!|NUM!|NV|BEZUG!|WERT!|ZAHL!|GETTING_DATA)?$")
KINDS = {"full": "vollmitglied|ordentliches mitglied|ordentlich|mitglied|full member|full|member",
         "guest": "gastmitglied|gast|guest member|guest", "": "kein mitglied|no member"}  # fmt: skip
KIND_OF = {word: kind for kind, words in KINDS.items() for word in words.split("|")}
OF_TERMS = {*DESCRIBED, *(f"site_{name}" for name in DESCRIBED), "facility_type"}
IN_SITE = {*OF_SITES, "opened_on"}
LANDS_TOLD = frozenset({"land", "site_land"})
GERMANY = {"lat": (47.2, 55.1), "lon": (5.8, 15.1)}  # 5.8 E to 15.1 E


@dataclass(slots=True)
class Reading:
    """A line as understood: facts of the member and of its site (None: the line tells of no site)."""

    number: int
    member: dict[str, Any] = field(default_factory=dict)
    site: dict[str, Any] | None = None
    problems: dict[str, str] = field(default_factory=dict)  # column → what is wrong
    remarks: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)  # terms that no catalogue has
    silent: frozenset[str] = frozenset()  # of the columns for the Land those that the file does not have
    another: bool = False  # than the one that has its name (question)


def understood(number: int, cells: dict[str, str], columns: list[str], terms: Terms | None = None) -> Reading:
    """Read one line. Whether its member is known and what it changes is the comparison's question."""
    told = Reading(number, silent=LANDS_TOLD - set(columns))
    values: dict[str, Any] = {}
    told.problems |= {name: looks_like_formula(text) for name, text in cells.items() if is_formula(name, text)}
    plain = {name: text for name, text in cells.items() if name not in told.problems}
    for name, text in plain.items():
        try:
            values |= {name: READERS.get(name, line_of_text)(name, text)} if name not in OF_TERMS else {}
        except ValueError as problem:
            told.problems[name] = str(problem)
    for name in ("postal_code", "site_postal_code"):
        if name in values and values[name] != cells[name]:
            told.remarks.append(
                _("The postal code %(typed)s was read as %(read)s.", typed=cells[name], read=values[name])
            )
    if terms and any(name in OF_TERMS for name in plain):
        values |= of_terms(plain, terms, told)
    if "opened" in values and (whole := opening(cells["opened"])):
        values["opened_on"] = whole
    told.member = {name: value for name, value in values.items() if name not in IN_SITE}
    if any(name in OF_SITES for name in cells):
        told.site = {name.removeprefix("site_"): value for name, value in values.items() if name in IN_SITE}
    for name in required(told, columns):
        if name not in cells:
            told.problems[name] = _("%(column)s is missing", column=column_name(name, columns))
    check_dates(told)
    return told


def of_terms(cells: dict[str, str], terms: Terms, told: Reading) -> dict[str, Any]:
    """Offers, evidence (under the name of its legal basis) and the type of facility; each place by itself."""
    values: dict[str, Any] = {}
    for prefix in ("", "site_"):
        for name in mentions.OFFERS:
            with wrong_in(told, prefix + name):
                if prefix + name in cells:
                    values[prefix + name] = mentions.offers(name, cells[prefix + name], terms, told.unknown)
        with wrong_in(told, prefix + mentions.BASIS):
            if any(prefix + name in cells for name in mentions.EVIDENCE):
                values[prefix + mentions.BASIS] = mentions.evidence(cells, prefix, terms, told.unknown)
    if text := cells.get("facility_type"):
        if found := terms.find(EntryKind.FACILITY_TYPE, text):
            values["facility_type"] = found.id
        else:
            told.unknown.append(text)
    return values


@contextmanager
def wrong_in(told: Reading, column: str) -> Iterator[None]:
    try:
        yield
    except mentions.MisfitError as problem:
        told.problems[problem.column] = str(problem)
    except ValueError as problem:
        told.problems[column] = str(problem)


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


def is_formula(name: str, text: str) -> bool:
    """What a file of formulas without results holds, in whatever column; long texts may begin as they like."""
    return (text.startswith("=") or bool(ERROR.match(text))) and name not in ABOUT


def looks_like_formula(text: str) -> str:
    if ERROR.match(text):
        return _("“%(text)s” is an error of the spreadsheet; please enter what is meant, or empty the cell", text=text)
    return _("“%(text)s” looks like a formula", text=text[:40])


def line_of_text(name: str, text: str) -> str:
    if FORMULA.match(text):
        raise ValueError(looks_like_formula(text))
    if len(text) > LONGEST.get(name, 200):
        raise ValueError(_("This is longer than %(most)s characters", most=LONGEST.get(name, 200)))
    return text


def text_of(name: str, text: str) -> str:
    """Of several paragraphs, which may begin with a dash; it is shown, never reckoned with."""
    if len(text) > LONGEST[name]:
        raise ValueError(_("This is longer than %(most)s characters", most=LONGEST[name]))
    return text


def kind(name: str, text: str) -> str:
    """Of a membership; "" says that it is none."""
    del name
    found = KIND_OF.get(folded(text).split(",")[0])
    if found is None:
        raise ValueError(_("“%(text)s” is neither a full member nor a guest member", text=text[:40]))
    return found


def founded(name: str, text: str) -> str:
    del name
    return roughly.read(text)


def postal_code(name: str, text: str) -> str:
    """Five digits; a spreadsheet that took 01067 for a number has lost its zero."""
    del name
    digits = re.sub(r"^D\s*-?\s*|\s", "", text, flags=re.IGNORECASE)
    if not re.fullmatch(r"\d{4,5}", digits):
        raise ValueError(_("“%(text)s” is not a postal code of five digits", text=text[:40]))
    return digits.zfill(5)


def typed_postal_code(name: str, text: str) -> str:
    """In a form nobody has eaten the zero: four digits are a slip, which might mean another town."""
    code = postal_code(name, text)
    if len(re.sub(r"\D", "", text)) != len(code):
        raise ValueError(_("A postal code has five digits. Do you mean %(code)s?", code=code))
    return code


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
    del name
    address = text if "://" in text else f"https://{text}"
    if not re.fullmatch(r"https?://[^\s<>\"'@]+\.[^\s<>\"'@]{2,}", address) or len(address) > LONGEST["website"]:
        raise ValueError(_("“%(text)s” is not an address of a website", text=text[:60]))
    return address


def whole_number(name: str, text: str) -> int:
    del name
    match = re.fullmatch(r"(\d{1,2}(?:\.\d{3})|\d{1,5})(?: Plätze| places)?", text)
    if match is None:
        raise ValueError(_("“%(text)s” is not a whole number", text=text[:40]))
    return int(match[1].replace(".", ""))


def coordinate(name: str, text: str) -> float:
    match = re.fullmatch(r"([+-]?\d{1,3}(?:[.,]\d+)?) ?°?", text.replace("−", "-"))
    if match is None:
        raise ValueError(_("“%(text)s” is not a coordinate; please write it like 49.486", text=text[:40]))
    number = float(match[1].replace(",", "."))
    lowest, highest = GERMANY[name]
    if not lowest <= number <= highest:
        raise ValueError(_("%(text)s does not lie in Germany; are latitude and longitude exchanged?", text=text))
    return number


READERS: dict[str, Callable[[str, str], Any]] = {
    "postal_code": postal_code, "site_postal_code": postal_code, "land": land, "site_land": land, "email": email,
    "website": website, "since": lived_day, "until": lived_day, "closed": lived_day, "opened": year,
    "places": whole_number, "lat": coordinate, "lon": coordinate, "kind": kind, "founded": founded, "site_email": email,
    "site_website": website, "status": providing.status, "status_since": lived_day, "approved_on": day,
    "agreed_on": day, "offered_in": providing.offered_in, "scopes": providing.scopes, "listed_on": day,
    "about_de": text_of, "about_en": text_of,
}  # fmt: skip
