"""People who may be entered twice, and why. The same name alone tells nothing: something has to be added."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from network.i18n import _
from network.members import apart
from network.members.likeness import Findings, Pair, Two, digits, host_of, is_slip, mailbox_of, pairs_in, same, sounding
from network.members.tables import Function
from network.people.tables import Person

KIND = "person"
SHORT = 3  # letters: a slip in so short a name makes another name of it
MOST_IN_A_HOUSE = 40  # with one first or one family name, in one house
MOST_WITH_A_HOST = 300
RARE = 3  # so many of one name, whom nobody else shares a family name with, are hardly different people
WEIGHTS = {"name": 4, "mailbox": 4, "phone": 3, "house": 2, "host": 2, "similar": 2, "rare": 1}
TITLES = {"dr", "prof", "dipl", "ing", "med", "phil", "frau", "herr"}

Facts = dict[str, Any]
Names = dict[int, list[str]]


def words() -> dict[str, str]:
    """The reasons in the language being spoken."""
    return {
        "name": _("same name"),
        "mailbox": _("same e-mail address, written differently"),
        "phone": _("same telephone number"),
        "house": _("in the same organisation"),
        "host": _("same e-mail domain"),
        "similar": _("similar name"),
        "rare": _("a rare name"),
    }


async def pairs() -> list[Pair]:
    """Those with most reasons first, without those of whom somebody said that they are two."""
    known = {row["id"]: row for row in await Person.raw("SELECT id, sorting, email, phone FROM person")}
    held = await Function.raw("SELECT person, organisation FROM held_function")
    said = await apart.pairs_of(KIND)
    return await asyncio.to_thread(open_pairs, known, held, said)


def open_pairs(known: dict[int, Facts], held: list[Facts], said: set[Two]) -> list[Pair]:
    found = [pair for two, pair in compared(known, held).items() if two not in said]
    return sorted(found, key=lambda pair: (-weight(pair), known[pair.one]["sorting"], pair.one, pair.other))


def weight(pair: Pair) -> int:
    return sum(WEIGHTS[reason] for reason in pair.why)


def compared(known: dict[int, Facts], held: list[Facts]) -> dict[Two, Pair]:
    """Every pair that shares enough to be asked about. `held`: who has to do with which organisation."""
    found = Findings()
    named = {number: name_parts(one["sorting"]) for number, one in known.items()}
    full = {number: " ".join(sorted(parts)) for number, parts in named.items()}

    def near(pairs: Iterable[Two]) -> set[Two]:
        return {(one, other) for one, other in pairs if nearly(named[one], named[other])}

    ways = {
        "mailbox": same((mailbox_of(one["email"]), number) for number, one in known.items()),
        "phone": near(same((digits(one["phone"]), number) for number, one in known.items() if one["phone"])),
        "house": near(in_a_house(held, named)),
        "host": same_host(known, full),
        "rare": pairs_in(rare_names(named, full)),
    }
    for pairs in ways.values():
        alike = {two for two in pairs if full[two[0]] == full[two[1]]}
        found.say("name", alike)
        found.say("similar", near(pairs - alike))
    for reason, pairs in ways.items():
        found.say(reason, pairs)
    return found.pairs


def name_parts(sorting: str) -> list[str]:
    """First and family names in no order, without titles, as they sound."""
    return [part for part in sounding(sorting.removesuffix(" 1")).split() if part not in TITLES]


def nearly(mine: list[str], theirs: list[str]) -> bool:
    """The same names, some left out, abbreviated or with a slip of the hand; one at least is written alike."""
    both = set(mine) & set(theirs)
    rest, other = set(mine) - both, set(theirs) - both
    if not rest or not other:
        return len(both) > 1 or not (rest or other)
    short, long = sorted((rest, other), key=len)
    return bool(both) and all(any(is_meant(part, name) for name in long) for part in short)


def is_meant(part: str, name: str) -> bool:
    if len(part) == 1 or len(name) == 1:
        return part[0] == name[0]
    return max(len(part), len(name)) > SHORT and is_slip(part, name)


def in_a_house(held: Iterable[Facts], named: Names) -> set[Two]:
    """Pairs in one organisation who share a first or a family name: whoever shares neither is hardly the same."""
    houses: dict[int, set[int]] = defaultdict(set)
    for row in held:
        houses[row["organisation"]].add(row["person"])
    found: set[Two] = set()
    for people in houses.values():
        if len(people) > 1:
            found |= same(((part, number) for number in people for part in named[number]), MOST_IN_A_HOUSE)
    return found


def same_host(known: dict[int, Facts], full: dict[int, str]) -> set[Two]:
    """The same name and a domain of their own: what more than a house full of people have is nobody's in particular."""
    hosts = {number: host for number, one in known.items() if (host := host_of(one["email"]))}
    having = Counter(hosts.values())
    few = {number: host for number, host in hosts.items() if having[host] <= MOST_WITH_A_HOST}
    return same((f"{host} {full[number]}", number) for number, host in few.items())


def rare_names(named: Names, full: dict[int, str]) -> Iterator[list[int]]:
    """Those of one name whose family name nobody else has."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for number, name in full.items():
        sharing[name].append(number)
    having = Counter(part for parts in named.values() for part in set(parts))
    for ids in sharing.values():
        if 1 < len(ids) <= RARE and named[ids[0]] and having[named[ids[0]][-1]] == len(ids):
            yield ids


async def of(person: Person) -> list[Pair]:
    """Those whom one person may be the same as."""
    return [pair for pair in await pairs() if person.id in (pair.one, pair.other)]
