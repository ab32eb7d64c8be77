"""The words in which the page of two entries tells what they are, what goes over, and what both have."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.table import Table

from network import roughly
from network.catalogue import entry
from network.i18n import N_, _, format_day
from network.members import function, merging, provider, site
from network.members.belongings import Belongings
from network.members.headings import column_name
from network.members.lands import land_name
from network.members.rooms import ROOMS, room
from network.members.tables import Evidence, FormerName, Function, Membership, Offer, Organisation, Site
from network.people.tables import Person
from network.rowkeeping import by_id

MOST_NAMES = 5
MORE_FACTS = {
    "legal_form": N_("Legal form"),
    "founded": N_("Founded"),
    "facility_type": N_("Type of facility"),
    "target_group": N_("For whom"),
    "about_de": N_("About the organisation"),
    "about_en": N_("About the organisation, in English"),
    "offered_in": N_("Offered"),
    "scopes": N_("Scope"),
    "approved_on": N_("Approval by the employment agency"),
    "agreed_on": N_("Agreement with the authority for integration assistance"),
    "listed_on": N_("In the public directory"),
    "name": N_("Name"),
    "title": N_("Title"),
    "email": N_("E-mail address"),
}


@dataclass(frozen=True, slots=True)
class Differing:
    """A fact in which two entries differ, in words; what only one of them knows is proposed."""

    fact: str
    words: str
    mine: str
    theirs: str

    @property
    def takes_theirs(self) -> bool:
        return not self.mine


@dataclass(frozen=True, slots=True)
class Going:
    """What goes over in one room: how many, the first names, and how many both have."""

    words: str
    count: int
    names: str
    twice: int


def fact_words(fact: str) -> str:
    return _(MORE_FACTS[fact]) if fact in MORE_FACTS else column_name(fact)


async def differing(kind: str, kept: Table, gone: Table) -> list[Differing]:
    found = []
    for fact in merging.FACTS[kind]:
        mine, theirs = kept.__dict__[fact], gone.__dict__[fact]
        if mine != theirs:
            found.append(Differing(fact, fact_words(fact), await said(fact, mine), await said(fact, theirs)))
    return found


async def said(fact: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if fact == "facility_type":
        found = (await entry.by_id()).get(value)
        return entry.name_of(found) if found else ""
    if isinstance(value, date):
        return format_day(value)
    if fact == "offered_in":
        return _(provider.OFFERED_IN[value])
    ways: dict[str, Callable[[str], str]] = {"land": land_name, "founded": roughly.say}
    return ways[fact](value) if fact in ways else str(value)


async def going(moving: Belongings) -> list[Going]:
    """Room by room in the order in which they matter; those of which the words do not tell at the end."""
    counts, twice = moving.counts, moving.counts_twice
    tables = [*[one for one in ROOMS if one in counts or one in twice], *(set(counts) | set(twice)) - set(ROOMS)]
    return [
        Going(room(table), counts.get(table, 0), await names_in(table, numbers_in(moving, table)), twice.get(table, 0))
        for table in tables
    ]


def numbers_in(moving: Belongings, table: str) -> list[int]:
    return sorted({number for name, _column, ids, *_swap in moving.keys if name == table for number in ids})


async def names_in(table: str, numbers: Collection[int]) -> str:
    """The first few, as far as a name tells something; "" otherwise."""
    first = sorted(numbers)[:MOST_NAMES]
    if table not in NAMING or not first:
        return ""
    told = await NAMING[table](first)
    return ", ".join(dict.fromkeys(told)) + (" …" if len(numbers) > len(first) else "")


async def sites(numbers: list[int]) -> list[str]:
    return [site.label(row) for row in (await by_id(Site, numbers)).values()]


async def memberships(numbers: list[int]) -> list[str]:
    return [merging.membership_in_words(row) for row in (await by_id(Membership, numbers)).values()]


async def functions(numbers: list[int]) -> list[str]:
    rows = (await by_id(Function, numbers)).values()
    people = await by_id(Person, {row.person for row in rows})
    houses = await by_id(Organisation, {row.organisation for row in rows})
    kinds = function.named()
    return [f"{people[row.person].name} ({kinds[row.kind]}, {houses[row.organisation].name})" for row in rows]


async def offers(numbers: list[int]) -> list[str]:
    terms = await entry.by_id()
    return [entry.name_of(terms[row.entry]) for row in (await by_id(Offer, numbers)).values()]


async def papers(numbers: list[int]) -> list[str]:
    terms = await entry.by_id()
    return [entry.name_of(terms[row.basis]) for row in (await by_id(Evidence, numbers)).values()]


async def former_names(numbers: list[int]) -> list[str]:
    return [row.name for row in (await by_id(FormerName, numbers)).values()]


NAMING: dict[str, Any] = {
    "site": sites,
    "membership": memberships,
    "held_function": functions,
    "offer": offers,
    "evidence": papers,
    "former_name": former_names,
}
