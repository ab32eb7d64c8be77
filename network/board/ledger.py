"""All terms there ever were, read at once, and what follows from them on any day.

Nothing here is stored: whether somebody is in office, or still is though the term has ended, follows from the rows and
from the bylaws in force (DOMAIN 3.3).
"""

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any

from network.association.bylaws import in_force, versions
from network.association.tables import Bylaws
from network.board import words
from network.board.seat import Place, order, places
from network.board.tables import Appointment, Beginning, Term
from network.people.tables import Person

ELECTED = {Beginning.ELECTED, Beginning.RE_ELECTED, Beginning.BY_ELECTION, Beginning.ENTERED}
TERMS = (
    "SELECT t.id, t.reference, s.id AS seat, s.kind, s.position, p.id AS person_id, p.reference AS person, p.name, "
    "p.title AS person_title, p.title_style AS style, p.email, p.locale, t.since, t.until, t.accepted_on, t.began_as, "
    "t.source, t.honorary, t.received_on, t.ended_on, t.ended_by, t.end_source FROM term t "
    "JOIN seat s ON s.id = t.seat JOIN person p ON p.id = t.person ORDER BY s.id, t.since, t.id"
)
REFERENCE = re.compile(r"^[a-z_]+:[\w-]{16}$")
ONE_DAY = timedelta(days=1)
NONE_SECONDS = 60.0
_none_until = 0.0
_changes = 0


class Standing(StrEnum):
    COMING = "coming"
    RUNNING = "running"
    HOLDOVER = "holdover"  # the term has ended, and the bylaws let the holder stay until somebody is elected
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Held:
    """A term as pages tell it. `last` is the last day in office as far as it is known; None while nothing ends it."""

    id: int
    reference: str
    seat: int
    kind: str
    position: int
    person_id: int
    person: str
    name: str
    person_title: str
    style: str
    email: str
    locale: str
    since: date
    until: date | None
    accepted_on: date | None
    began_as: str
    source: str
    honorary: bool
    received_on: date | None
    ended_on: date | None
    ended_by: str
    end_source: str
    last: date | None = None

    @property
    def who(self) -> str:
        return f"{self.person_title} {self.name}".strip()

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in (self.name.split()[0], self.name.split()[-1])) if self.name else ""

    @property
    def title(self) -> str:
        """The office, as its holder wants to be called."""
        return words.title(self.kind, self.style)

    @property
    def decided_by(self) -> str:
        """In words; a public reference ("election:…") is shown by the slice that it belongs to."""
        return "" if REFERENCE.match(self.source) else self.source

    @property
    def place(self) -> Place:
        return self.kind, self.position

    @property
    def thing(self) -> str:
        return f"term:{self.reference}"

    @property
    def label(self) -> str:
        return f"{self.title}: {self.who}"

    @property
    def span(self) -> str:
        """First and last day in office; the regular end where nothing else is known."""
        return words.span(self.since, self.last or self.until)

    def standing(self, day: date) -> Standing:
        if self.since > day:
            return Standing.COMING
        if self.last and self.last < day:
            return Standing.OVER
        return Standing.HOLDOVER if self.until and self.until < day else Standing.RUNNING

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.last is None or self.last >= day)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A seat on a day: who holds it, and who will. `named`: the bylaws of the day know the seat."""

    kind: str
    position: int
    of: int  # seats of its kind
    holder: Held | None = None
    coming: Held | None = None
    named: bool = True

    @property
    def place(self) -> Place:
        return self.kind, self.position

    @property
    def name(self) -> str:
        return words.seat_name(self.kind, self.position, self.of)


@dataclass(frozen=True, slots=True)
class Board:
    """The board of a day."""

    day: date
    bylaws: Bylaws
    sittings: list[Sitting]

    @property
    def holders(self) -> list[Held]:
        return [one.holder for one in self.sittings if one.holder]

    @property
    def seats(self) -> int:
        """So many do the bylaws name."""
        return sum(one.named for one in self.sittings)

    @property
    def vacant(self) -> list[Sitting]:
        return [one for one in self.sittings if one.named and one.holder is None]

    @property
    def held_over(self) -> list[Held]:
        return [one for one in self.holders if one.standing(self.day) == Standing.HOLDOVER]


@dataclass(frozen=True, slots=True)
class Ledger:
    terms: list[Held]  # by seat, then by their first days
    versions: list[Bylaws]  # the latest first

    def bylaws_on(self, day: date) -> Bylaws:
        return in_force(self.versions, day)

    def board(self, day: date) -> Board:
        bylaws = self.bylaws_on(day)
        named = places(bylaws)
        held = {one.place for one in self.terms if one.holds(day)}
        every = sorted({*named, *held}, key=order)
        kinds = [kind for kind, _position in every]
        sittings = [
            Sitting(
                *place,
                of=kinds.count(place[0]),
                holder=next((one for one in self.of_seat(place) if one.holds(day)), None),
                coming=next((one for one in self.of_seat(place) if one.since > day), None),
                named=place in named,
            )
            for place in every
        ]
        return Board(day, bylaws, sittings)

    def of_seat(self, place: Place) -> list[Held]:
        return [one for one in self.terms if one.place == place]

    def of_person(self, person_id: int) -> list[Held]:
        return [one for one in self.terms if one.person_id == person_id]

    def known(self, reference: str) -> Held | None:
        return next((one for one in self.terms if one.reference == reference), None)

    def by_id(self, number: int) -> Held:
        return next(one for one in self.terms if one.id == number)

    def follower(self, term: Held) -> Held | None:
        """Who held the seat next."""
        return next((one for one in self.of_seat(term.place) if one.since > term.since), None)

    def forerunner(self, term: Held) -> Held | None:
        """Who held the seat before."""
        return next((one for one in reversed(self.of_seat(term.place)) if one.since < term.since), None)


async def read() -> Ledger:
    """Two questions, however many terms there are."""
    return reckoned(await all_terms(), await versions())


async def read_if_any() -> Ledger | None:
    """None while no term is entered. Every page asks this, so a house without a board is asked once a minute only;
    its first term is known at once where it was entered, and in another process within that minute.
    """
    global _none_until  # noqa: PLW0603  one board, one memory of there being none
    if time.monotonic() < _none_until:
        return None
    changes = _changes
    known = await all_terms()
    if known:
        return reckoned(known, await versions())
    if changes == _changes:  # else the first one has been entered since
        _none_until = time.monotonic() + NONE_SECONDS
    return None


def forget() -> None:
    """After a change, and between tests."""
    global _none_until, _changes  # noqa: PLW0603
    _none_until = 0.0
    _changes += 1


async def names(person: Person) -> bool:
    """Whether the association's history tells of this person: a term or an appointment, past ones too."""
    held = await Term.exists().where(Term.person == person.id)
    return bool(held or await Appointment.exists().where(Appointment.person == person.id))


async def all_terms() -> list[Held]:
    return [facts(row) for row in await Term.raw(TERMS)]


def facts(row: dict[str, Any]) -> Held:
    return Held(**{**row, "honorary": bool(row["honorary"])})  # SQLite has no booleans


def reckoned(terms: Iterable[Held], known: Sequence[Bylaws]) -> Ledger:
    """With the last day of each term, as far as it is known."""
    every = sorted(terms, key=lambda one: (*order(one.place), one.since, one.id))
    found: list[Held] = []
    for _place, those in groupby(every, key=lambda one: one.place):
        for one, after in pairwise([*those, None]):
            assert one
            elsewhere = [other.since for other in every if other.person_id == one.person_id and other.since > one.since]
            found.append(replace(one, last=last_day(one, [*elsewhere, *([after.since] if after else [])], known)))
    return Ledger(found, list(known))


def last_day(term: Held, beginnings: list[date], known: Sequence[Bylaws]) -> date | None:
    """The last day in office: what ended it, or the regular end; beyond that the day before somebody else begins on the
    seat, or its holder on another one.
    """
    ends = [day for day in (term.ended_on, None if may_stay(term, known) else term.until) if day]
    return min([*ends, *(day - ONE_DAY for day in beginnings)], default=None)


def may_stay(term: Held, known: Sequence[Bylaws]) -> bool:
    """Beyond the regular end: if the bylaws of that day say so, of whoever was elected, to a seat that goes on."""
    if term.until is None or term.began_as not in ELECTED or not in_force(known, term.until).holdover:
        return False
    return term.place in places(in_force(known, term.until + ONE_DAY))


def without(book: Ledger, term: Held, day: date) -> Ledger:
    """As if this term had ended with the day: what the board looks like when somebody has gone."""
    ended = [replace(one, ended_on=max(day, one.since)) if one.id == term.id else one for one in book.terms]
    return reckoned(ended, book.versions)
