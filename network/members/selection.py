"""A choice of the directory: whose, matching what, on which day, in which order; as SQL for whoever asks."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from network import clock
from network.database import among, on_sqlite
from network.members.having import Having, Word, those_having
from network.members.lens import Lens, lens_of

STANDINGS = ("members", "guests", "former", "others", "all")
SORTS = ("name", "number", "town", "land", "sites", "since")


@dataclass(slots=True)
class Selection:
    """What a list shows: whose, matching what, on which day, in which order."""

    day: date = field(default_factory=clock.today)
    standing: str = "members"  # or one of the other STANDINGS, or "all"
    text: str = ""
    land: str = ""
    sort: str = "name"
    descending: bool = False
    people: str = ""  # whose names are searched as well: "all" who have a function, or those who are shown in "public"
    offer: int = 0  # of the catalogues: a service or an occupational field
    service: int = 0
    occupation: int = 0  # an occupational field: with the service and the Land at one place, not each at another
    offered_in: str = ""  # of those listed as providers: "company" or "rooms", "both" fits either
    scope: str = ""  # of those listed as providers: one of EV, BBB, AB
    basis: int = 0
    provider: str = ""  # how far somebody is with § 60 SGB IX
    expiring: bool = False  # evidence that runs out soon
    only: int = 0  # one organisation, by its id
    lens: Lens | None = None  # looked up once
    having: Having | None = None  # looked up once

    async def through(self) -> Lens:
        """To be awaited before any of the SQL: what all questions of a page have in common is asked once."""
        if self.lens is None or self.lens.day != self.day:
            self.lens = await lens_of(self.day)
        if self.having and not self.people:
            self.having = self.having.without_people()
        if self.having is None or not self.having.answers(self.day, self.text, self.people):
            words = await those_having(self.lens, self.text, self.people)
            self.having = Having(self.day, self.text, self.people, words)
        return self.lens

    @property
    def offers(self) -> list[int]:
        return [entry for entry in (self.offer, self.service, self.occupation) if entry]

    @property
    def narrows_sites(self) -> bool:
        """Not each site of whoever is found is one that was looked for."""
        return bool(self.text or self.land or self.offers)

    def where(self, lens: Lens) -> tuple[str, list[Any]]:
        """The SQL after WHERE, and its values."""
        parts, values = [standing(self.standing, lens)], list[Any]()
        if self.having_all is not None:
            condition, found = among("o.id", self.having_all)
            parts.append(condition)
            values.append(found)
        if self.land or self.offers:
            seat, of_seat = self.at_seat(lens)
            inside, of_site = self.at_site(lens)
            parts.append(f"({seat} OR {an_open_site(lens, inside)})")
            values += of_seat + of_site
        for condition, value in self.facts(lens):
            parts.append(condition)
            values += [value] if "{}" in condition else []
        return " AND ".join(parts), values

    def at_seat(self, lens: Lens) -> tuple[str, list[Any]]:
        """Land and offers at the seat of the organisation: there is what it offers as a whole."""
        land = [f"{lens.own('land')} = {{}}"] if self.land else []
        parts = [*land, *(lens.offered_everywhere(entry) for entry in self.offers)]
        return " AND ".join(parts) or "o.id > 0", [self.land] * len(land)

    def at_site(self, lens: Lens) -> tuple[str, list[Any]]:
        """Land and offers at an open site."""
        land = [f"{lens.placed('land')} = {{}}"] if self.land else []
        parts = [*land, *(lens.offered_here(entry) for entry in self.offers)]
        return " AND ".join(parts) or "s.id > 0", [self.land] * len(land)

    def meant_site(self, lens: Lens) -> tuple[str, list[Any]]:
        """An open site that was looked for, of whoever is found: what is typed fits it or its organisation."""
        place, values = self.at_site(lens)
        parts = [place]
        for word in self.words:
            whole, those = among("s.organisation", word.whole)
            here, texts = word.stands_in(lens.placed("search"))
            parts.append(f"({here} OR {whole})")
            values += [*texts, those]
        return " AND ".join(parts), values

    @property
    def words(self) -> list[Word]:
        if self.having is None or not self.having.answers(self.day, self.text, self.people):
            raise RuntimeError("Selection.through() comes first")
        return self.having.words

    @property
    def having_all(self) -> set[int] | None:
        """Who has every word that was typed; None where nothing was."""
        return set.intersection(*(word.anywhere for word in self.words)) if self.words else None

    def facts(self, lens: Lens) -> Iterator[tuple[str, Any]]:
        """What is chosen beside who and where: conditions, each with its value."""
        if self.only:
            yield "o.id = {}", self.only
        if self.offered_in or self.scope:
            yield lens.is_listed, None
        if self.offered_in:
            yield "o.offered_in IN ('both', {})", self.offered_in
        if self.scope:
            yield "' ' || o.scopes || ' ' LIKE {}", f"% {self.scope} %"
        if self.basis:
            yield lens.works_on, self.basis
        if self.provider:
            yield f"{lens.provider} = {{}}", self.provider
        if self.expiring:
            yield lens.evidence_ends, None

    def order(self, lens: Lens) -> str:
        """The SQL after ORDER BY."""
        way = "DESC" if self.descending else "ASC"
        name = collated(lens.own("sorting"))
        columns = {
            "number": f"length(m.number) {way}, m.number {way}, {name}",
            "town": f"{first_place(lens, 'town')} {way}, {name}",
            "land": f"{first_place(lens, 'land')} {way}, {name}",
            "sites": f"site_count {way}, {name}",
            "since": f"m.since {way}, {name}",
        }
        return columns.get(self.sort, f"{name} {way}") + ", o.id"


def standing(whose: str, lens: Lens) -> str:
    known = {
        "members": lens.is_member,
        "guests": f"m.kind = 'guest' AND {lens.is_member}",
        "former": f"m.id IS NOT NULL AND NOT ({lens.is_member})",
        "listed": lens.is_listed,
        "listed_outside": f"{lens.is_listed} AND NOT ({lens.is_member})",
        "all": "o.id > 0",
    }
    return known.get(whose, "m.id IS NULL")


def an_open_site(lens: Lens, condition: str) -> str:
    """Asked of all sites at once, and not of each organisation's."""
    return f"o.id IN (SELECT s.organisation FROM {lens.sites} WHERE {condition} AND {lens.is_open})"


def collated(column: str) -> str:
    """Folded keys are compared byte by byte on both engines, whatever the server's locale."""
    return column if on_sqlite() else f'{column} COLLATE "C"'


def first_place(lens: Lens, column: str) -> str:
    """What `Listed.places` begins with, for the database to sort by."""
    mine = f"s.organisation = o.id AND {lens.is_open} AND {lens.placed(column)} <> ''"
    of_sites = f"(SELECT min({collated(lens.placed(column))}) FROM {lens.sites} WHERE {mine})"
    return f"coalesce(nullif({collated(lens.own(column))}, ''), {of_sites}, '')"
