"""A sheet of people beside the directory: who of them is known, which functions they have, and what is different."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from mailing.addresses import address_key
from network import clock
from network.database import chunks, marks, rows
from network.folding import folded
from network.i18n import LOCALES, _, speaking
from network.members import function, reading
from network.members.columns import heading
from network.members.comparing import known, wanted_by
from network.members.daywords import day
from network.members.headings import OF_PEOPLE, column_name
from network.members.identity import who
from network.members.outcome import Change, Known
from network.members.question import Answer
from network.members.reading import FORMULA, Reading, looks_like_formula
from network.members.tables import Function, FunctionKind, Organisation, Site
from network.people.tables import Person

# What offices call them, folded (columns.heading); whatever else somebody is, is a contact called so.
CALLED = {
    FunctionKind.DIRECTOR: "geschaeftsfuehrung|geschaeftsfuehrer|geschaeftsfuehrerin|gf|vorstand|vorsitz|vorsitzende"
    "|vorsitzender|leitung|leiter|leiterin|direktor|direktorin|director|managing director",
    FunctionKind.VOTING_DELEGATE: "stimmberechtigt|stimmberechtigte|stimmberechtigter|delegierte|delegierter|delegate",
    FunctionKind.CONTRIBUTIONS: "beitraege|beitrag|buchhaltung|rechnung|rechnungen|finanzen|accounting",
    FunctionKind.SITE_MANAGER: "standortleitung|standortleiter|standortleiterin|einrichtungsleitung|einrichtungsleiter"
    "|einrichtungsleiterin|leitung standort",
    FunctionKind.QUALITY: "qualitaet|qm|qmb|qualitaetsmanagement|qualitaetsbeauftragte|qualitaetsbeauftragter|quality",
    FunctionKind.CONTACT: "kontakt|kontaktperson|ansprechpartner|ansprechpartnerin|ansprechperson|contact person",
}
ABBREVIATED = 3  # letters: "GF", "QMB"
LONGEST = {"person": 200, "person_title": 60, "function": 120, "function_title": 120}
OF_PERSON = {"person_title": "title", "person_email": "email", "person_phone": "phone"}
OF_FUNCTION = {"function_title": "title", "since": "since", "until": "until"}


@dataclass(slots=True)
class Staffing:
    """A line and what storing it does; where nothing is known of the person or the function, it is entered."""

    reading: Reading
    house: Organisation | None = None
    site: Site | None = None
    person: Person | None = None
    row: Function | None = None
    told: list[Change] = field(default_factory=list)  # all that becomes different
    answers: list[Answer] = field(default_factory=list)  # to the question which organisation is meant
    leads: bool = False  # of a list of members (comparing.Outcome)
    member: None = None

    @property
    def problems(self) -> dict[str, str]:
        return self.reading.problems

    @property
    def kind(self) -> str:
        """new, changed or same."""
        if self.row is None:
            return "new"
        return "changed" if self.told else "same"

    @property
    def who(self) -> str:
        """The same for all lines that tell of the same person of the file."""
        facts = self.reading.member
        if self.person:
            return self.person.reference
        key = address_key(facts.get("person_email", ""))
        return key or f"{self.house.id if self.house else 0} {folded(facts.get('person', ''))}"


@dataclass(slots=True)
class Staff:
    """People and functions as the directory has them."""

    people: dict[int, Person] = field(default_factory=dict)
    by_address: dict[str, Person] = field(default_factory=dict)
    held: dict[int, list[Function]] = field(default_factory=dict)  # by organisation


async def checked(lines: list[tuple[int, dict[str, str]]], columns: list[str]) -> list[Staffing]:
    readings = [understood(number, cells, columns) for number, cells in lines]
    told = await known(wanted_by(readings))
    return compare(readings, told, await staff_of(told, readings))


async def staff_of(told: Known, readings: Iterable[Reading]) -> Staff:
    found = Staff()
    for some in chunks(told.by_id):
        for row in await rows(Function, f"WHERE organisation IN ({marks(some)}) ORDER BY id", *some):
            found.held.setdefault(row.organisation, []).append(row)
    holders = {row.person for held in found.held.values() for row in held}
    for ids in chunks(holders):
        found.people |= {row.id: row for row in await rows(Person, f"WHERE id IN ({marks(ids)})", *ids)}
    keys = {address_key(one.member.get("person_email", "")) for one in readings} - {""}
    for few in chunks(keys):
        for one in await rows(Person, f"WHERE email_key IN ({marks(few)})", *few):
            found.by_address[one.email_key or ""] = one
    return found


# --- a line -----------------------------------------------------------------------------------------------------------


def understood(number: int, cells: dict[str, str], columns: list[str]) -> Reading:
    told = Reading(number)
    for name, text in cells.items():
        if name in OF_PEOPLE:
            try:
                told.member[name] = READERS.get(name, text_of)(name, text)
            except ValueError as problem:
                told.problems[name] = str(problem)
    for name in ("person", "function"):
        if name not in cells:
            told.problems[name] = _("%(column)s is missing", column=column_name(name, columns))
    if "name" not in cells and "number" not in cells:
        told.problems["name"] = _("%(column)s is missing", column=column_name("name", columns))
    since, until = told.member.get("since"), told.member.get("until")
    if since and until and until < since:
        told.problems["until"] = _("The end lies before the beginning")
    return told


def text_of(name: str, text: str) -> str:
    if FORMULA.match(text):
        raise ValueError(looks_like_formula(text))
    most = LONGEST.get(name, 60 if name == "person_phone" else 200)
    if len(text) > most:
        raise ValueError(_("This is longer than %(most)s characters", most=most))
    return text


READERS: dict[str, Callable[[str, str], Any]] = {"person_email": reading.email, "since": day, "until": day}


def kind_of(text: str) -> tuple[FunctionKind, str]:
    """Which function is meant, and what it is called there, where that is another word than ours."""
    kind = kinds().get(heading(text), FunctionKind.CONTACT)
    return kind, "" if heading(text) in own_words()[kind] or len(text) <= ABBREVIATED else text


@cache
def kinds() -> dict[str, FunctionKind]:
    called = {word: kind for kind, words in CALLED.items() for word in words.split("|")}
    return called | {word: kind for kind, words in own_words().items() for word in words}


@cache
def own_words() -> dict[FunctionKind, set[str]]:
    """What the house calls them, in every language."""
    found: dict[FunctionKind, set[str]] = {kind: set() for kind in FunctionKind}
    for language in LOCALES:
        with speaking(language):
            for kind, words in function.WORDS.items():
                found[kind].add(heading(_(words)))
    return found


# --- beside the directory ---------------------------------------------------------------------------------------------


def compare(readings: list[Reading], told: Known, staff: Staff) -> list[Staffing]:
    """Line by line; what is wrong is added to the reading's problems. Pure: it asks nobody."""
    outcomes, taken = [], set[tuple[Any, ...]]()
    for one in readings:
        outcome = Staffing(one)
        outcomes.append(outcome)
        if one.problems:
            continue
        recognise(outcome, told, staff)
        if outcome.house and not one.problems:
            place = outcome.site.id if outcome.site else None
            kind = kind_of(one.member["function"])[0]
            mark = (outcome.house.id, kind) if kind in function.ALONE else (outcome.house.id, kind, place, outcome.who)
            if mark in taken:
                one.problems["function"] = _("An earlier line gives the same function")
            taken.add(mark)
    return outcomes


def recognise(outcome: Staffing, told: Known, staff: Staff) -> None:
    facts, problems = outcome.reading.member, outcome.problems
    outcome.house, outcome.answers = who(facts, told, problems)
    if outcome.house is None:
        name = facts.get("name") or facts.get("number", "")
        words = _(
            "Nobody is known here as “%(name)s”: please enter the organisation first, or leave out the line", name=name
        )
        problems["name"] = words
        return
    kind, called = kind_of(facts["function"])
    facts["function_title"] = facts.get("function_title") or called
    outcome.site = site_meant(facts.get("place", ""), kind, told.sites.get(outcome.house.id, []), problems)
    outcome.person = person_meant(facts, outcome.house, staff, problems)
    if not problems:
        outcome.row = held_now(outcome, kind, staff, problems)
        outcome.told = different(outcome, kind)


def site_meant(place: str, kind: FunctionKind, sites: list[Site], problems: dict[str, str]) -> Site | None:
    today = clock.today()
    opened = [row for row in sites if row.closed_on is None or row.closed_on >= today]
    if kind in function.ALONE or (not place and kind != FunctionKind.SITE_MANAGER):
        return None
    found = [
        row for row in opened if folded(place) in {folded(text) for text in (row.name, row.town, row.code) if text}
    ]
    if not place:
        found = opened
    if len(found) == 1:
        return found[0]
    words = _("The site is not clear: “%(place)s”", place=place) if place else _("Please name the site")
    problems["place"] = words
    return None


def person_meant(facts: dict[str, Any], house: Organisation, staff: Staff, problems: dict[str, str]) -> Person | None:
    """By the address, else by the name in the same house: people of one name elsewhere are others."""
    name, email = facts["person"], facts.get("person_email", "")
    holder = staff.by_address.get(address_key(email)) if email else None
    if holder:
        if folded(holder.name) != folded(name):
            problems["person_email"] = _("This address belongs to %(name)s.", name=holder.name).rstrip(".")
        return holder
    here = {row.person for row in staff.held.get(house.id, [])}
    same = [staff.people[one] for one in sorted(here) if folded(staff.people[one].name) == folded(name)]
    if len(same) == 1 and email and same[0].email:
        problems["person_email"] = _(
            "Here the address of %(name)s is %(email)s; another one is entered on the person's page",
            name=same[0].name, email=same[0].email,
        )  # fmt: skip
    return same[0] if len(same) == 1 else None


def held_now(outcome: Staffing, kind: FunctionKind, staff: Staff, problems: dict[str, str]) -> Function | None:
    assert outcome.house
    since = outcome.reading.member.get("since") or clock.today()
    running = [row for row in staff.held.get(outcome.house.id, [])
               if row.kind == kind and (row.until is None or row.until >= since)]  # fmt: skip
    place = outcome.site.id if outcome.site else None
    mine = [row for row in running if outcome.person and row.person == outcome.person.id and row.site == place]
    if not mine and kind in function.ALONE and running:
        holder = staff.people[running[0].person].name
        words = _("There is one voting delegate at a time, and in these days it is %(name)s.", name=holder)
        problems["function"] = words.rstrip(".")
    return mine[0] if mine else None


def different(outcome: Staffing, kind: FunctionKind) -> list[Change]:
    facts, person, row = outcome.reading.member, outcome.person, outcome.row
    found = [Change("person", "", facts["person"])] if person is None else []
    found += changes(facts, OF_PERSON, person)
    if row is None:
        place = f", {outcome.site.name or outcome.site.town}" if outcome.site else ""
        found.append(Change("function", "", function.named()[kind] + place))
    return found + changes(facts, OF_FUNCTION, row)


def changes(facts: dict[str, Any], columns: dict[str, str], row: Person | Function | None) -> list[Change]:
    told = {column: (getattr(row, fact) if row else "") for column, fact in columns.items() if facts.get(column)}
    return [Change(column, before, facts[column]) for column, before in told.items() if before != facts[column]]


def said(outcome: Staffing, columns: dict[str, str]) -> dict[str, Any]:
    """Facts by their name in the table."""
    return {fact: value for column, fact in columns.items() if (value := outcome.reading.member.get(column))}
