"""Organisations that may be entered twice, and why; those of which somebody said that they are two are left out."""

import asyncio
from collections.abc import Iterable
from typing import Any

from network.database import rows
from network.folding import organisation_key
from network.i18n import _
from network.members import apart
from network.members.likeness import (
    Findings,
    Pair,
    Two,
    alike,
    digits,
    groups_by,
    host_of,
    is_part,
    pairs_in,
    place_of,
    rare_words,
    same,
    sounding,
    without_a_letter,
    words_in,
)
from network.members.tables import FormerName, Organisation, Site

KIND = "organisation"
ALIKE, ALIKE_FAR_APART = 0.86, 0.93  # of two names; the latter where both stand in different regions
WEIGHTS = {"name": 6, "former": 5, "place": 4, "phone": 3, "host": 3, "site": 2, "similar": 2}
COMPARED = ("name", "key", "sorting", "street", "postal_code", "email", "phone", "website")

Facts = dict[str, Any]
Told = Iterable[tuple[str, int]]  # what is told, and of which organisation


def words() -> dict[str, str]:
    """The reasons in the language being spoken."""
    return {
        "name": _("same name"),
        "former": _("one is called as the other was before"),
        "place": _("same address"),
        "phone": _("same telephone number"),
        "host": _("same website or e-mail domain"),
        "site": _("one stands where the other has a site"),
        "similar": _("similar name"),
    }


async def pairs() -> list[Pair]:
    """Those with most reasons first, without those of which somebody said that they are two."""
    known = await every()
    former = [(row.key, row.organisation) for row in await rows(FormerName, "WHERE key <> ''")]
    begins = {beginning(one) for one in known.values()}
    sites = await Site.raw(
        "SELECT organisation, street, postal_code FROM site WHERE street <> '' AND closed_on IS NULL"
    )
    places = [(place(row), row["organisation"]) for row in sites if beginning(row) in begins]
    said = await apart.pairs_of(KIND)
    return await asyncio.to_thread(open_pairs, known, former, places, said)


async def every() -> dict[int, Facts]:
    return {row["id"]: row for row in await Organisation.raw(f"SELECT id, {', '.join(COMPARED)} FROM organisation")}


def beginning(one: Facts) -> tuple[str, str]:
    """Enough of a place to tell that a closer look is in vain."""
    return one["postal_code"], one["street"][:1].casefold()


def place(one: Facts) -> str:
    return place_of(one["postal_code"], one["street"])


def open_pairs(known: dict[int, Facts], former: Told, places: Told, said: set[Two]) -> list[Pair]:
    found = [pair for two, pair in compared(known, former, places).items() if two not in said]
    return sorted(found, key=lambda pair: (-weight(pair), known[pair.one]["sorting"], pair.one, pair.other))


def weight(pair: Pair) -> int:
    return sum(WEIGHTS[reason] for reason in pair.why)


def compared(known: dict[int, Facts], former: Told = (), places: Told = ()) -> dict[Two, Pair]:
    """Every pair that shares something which few have. `former`: names they had, `places`: where they have sites."""
    found = Findings()
    sounds = {number: sounding(one["key"]) for number, one in known.items()}
    at = [(place(one), number) for number, one in known.items()]
    hosts = {(host_of(address), number) for number, one in known.items() for address in (one["website"], one["email"])}
    by_name = same((sound, number) for number, sound in sounds.items())
    found.say("name", by_name)
    found.say("former", across([(one["key"], number) for number, one in known.items()], former))
    found.say("place", same(at))
    found.say("phone", same((digits(one["phone"]), number) for number, one in known.items()))
    found.say("host", same(hosts))
    found.say("site", [two for two in across(at, places) if two not in found.pairs])
    found.say("similar", (two for two in similar(known, sounds) if two not in by_name))
    return found.pairs


def across(mine: Told, theirs: Told) -> set[Two]:
    """What is true of one organisation and was told of another."""
    owners = {text: number for text, number in mine if text}
    return pairs_in([owners[text], number] for text, number in theirs if text in owners)


def similar(known: dict[int, Facts], sounds: dict[int, str]) -> Iterable[Two]:
    """Names with slips, or of which one is a part of the other and says something rare."""
    named = {number: set(words_in(sound)) for number, sound in sounds.items()}
    near = pairs_in(groups_by(rare_words(named))) | same((one["postal_code"], number) for number, one in known.items())
    share = alike(sounds)
    return (
        (one, other)
        for one, other in near
        if share(one, other) >= (ALIKE if together(known[one], known[other]) else ALIKE_FAR_APART)
        or (together(known[one], known[other]) and is_part(named[one], named[other]))
    )


def together(one: Facts, other: Facts) -> bool:
    """Not known to be in different regions."""
    mine, theirs = one["postal_code"], other["postal_code"]
    return not (mine and theirs) or mine[:2] == theirs[:2]


async def of(organisation: Organisation) -> list[Pair]:
    """Those that one organisation may be the same as."""
    return [pair for pair in await pairs() if organisation.id in (pair.one, pair.other)]


async def like(name: str, **facts: str) -> list[Pair]:
    """Those that somebody may be who is about to be entered, the likeliest first; each pair is of one with number 0.

    `facts`: street, postal_code, email, phone, website.
    """
    typed = dict.fromkeys(COMPARED, "") | {"name": name, "key": organisation_key(name)[:200]} | facts
    return await asyncio.to_thread(likest, await every(), typed)


def likest(known: dict[int, Facts], typed: Facts) -> list[Pair]:
    parts, phone = parts_of(typed), digits(typed["phone"])
    hosts = {host_of(typed["website"]), host_of(typed["email"])} - {""}
    near = {
        number: one
        for number, one in known.items()
        if hosts & {host_of(one["website"]), host_of(one["email"])}
        or (typed["postal_code"] and one["postal_code"] == typed["postal_code"])
        or (phone and digits(one["phone"]) == phone)
        or parts & parts_of(one)
    }
    found = [pair for pair in compared({0: typed} | near).values() if pair.one == 0]
    return sorted(found, key=lambda pair: (-weight(pair), pair.other))


def parts_of(one: Facts) -> set[str]:
    """By what a name is found although it is written with a slip of the hand."""
    return {part for word in words_in(sounding(one["key"])) for part in without_a_letter(word)}
