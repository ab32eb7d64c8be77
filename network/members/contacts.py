"""Everybody in the directory as vCards: organisations, their sites, and whoever has a function there."""

from collections.abc import AsyncIterator, Iterable, Sequence
from typing import Any

from network.database import among, chunks, marks
from network.members import directory, exporting, function
from network.members.directory import Listed
from network.members.function import Held
from network.members.lands import land_name
from network.members.selection import Selection
from network.members.tables import Function, Organisation
from network.members.vcards import Contact
from network.people.viewer import Viewer

SIZE = 250  # people, or organisations with their sites, that are read, told and forgotten again together


async def contacts(viewer: Viewer, selection: Selection) -> AsyncIterator[list[Contact]]:
    """The list's organisations with their open sites, then whoever has a function there, for the office.

    Portion by portion, so that memory stays flat. That addresses of people went along which are not public is noted
    with each organisation, and how many people they were.
    """
    ids = await directory.in_order(selection)
    async for cards in houses(ids, selection):
        yield cards
    read_of = exporting.Counted()
    async for people in holders(ids, selection):
        read_of.add(await exporting.note_reading(people, viewer.reference))
        yield of_people(people)
    await exporting.note_taking(read_of, viewer.reference)


async def in_public(selection: Selection) -> AsyncIterator[list[Contact]]:
    """The same without the people: they agreed to stand on a page, not in a list of all."""
    async for cards in houses(await directory.in_order(selection), selection):
        yield cards


async def houses(ids: Sequence[int], selection: Selection) -> AsyncIterator[list[Contact]]:
    for some in chunks(ids, SIZE):
        found = await directory.with_sites(await directory.these(some, selection), selection.day, selection.lens)
        yield [card for row in found for card in (of_organisation(row), *(of_site(row, one) for one in row.sites))]


async def holders(ids: Sequence[int], selection: Selection) -> AsyncIterator[list[Held]]:
    """What people are in these organisations on the day: all of one person together, some people at a time."""
    lens, last = await selection.through(), 0
    here, numbers = among("+f.organisation", ids)  # the plus: looked up by person, or each portion would read them all
    while True:
        rows = await Function.raw(
            f"SELECT DISTINCT f.person FROM held_function f WHERE f.person > {{}} AND {here} AND {lens.runs('f')} "
            f"ORDER BY f.person LIMIT {SIZE}",
            last,
            numbers,
        )
        if not rows:
            return
        people = [row["person"] for row in rows]
        last = people[-1]
        held = await function.listed(f"f.person IN ({marks(people)}) AND {here} AND {lens.runs('f')}", *people, numbers)
        yield await exporting.as_seen(sorted(held, key=lambda one: one.person_id), selection.day)


def of_one(row: Organisation, sites: Iterable[dict[str, Any]], people: Iterable[Held]) -> list[Contact]:
    """One organisation, for those who speak for it; `people` as they may see them."""
    return [of_organisation(row), *(of_site(row, one) for one in sites), *of_people(people)]


def of_organisation(row: Listed | Organisation) -> Contact:
    return Contact(
        reference=row.reference, name=row.name, organisations=[(row.name,)], street=row.street,
        postal_code=row.postal_code, town=row.town, land=land_name(row.land), phone=row.phone, email=row.email,
        website=row.website,
    )  # fmt: skip


def of_site(row: Listed | Organisation, one: dict[str, Any]) -> Contact:
    called = label(one)
    at = (one["lat"], one["lon"]) if one["lat"] is not None and one["lon"] is not None else None
    return Contact(
        reference=one["reference"], name=f"{row.name}, {called}", organisations=[(row.name, called)],
        street=one["street"], postal_code=one["postal_code"], town=one["town"], land=land_name(one["land"]),
        phone=one["phone"], email=one["email"], website=one["website"], position=at,
    )  # fmt: skip


def label(one: dict[str, Any]) -> str:
    name, town = str(one["name"]), str(one["town"])
    return f"{name}, {town}" if name and town not in name else name or town


def of_people(people: Iterable[Held]) -> list[Contact]:
    """One card for each person, whatever they are and wherever."""
    by_person: dict[str, list[Held]] = {}
    for held in people:
        by_person.setdefault(held.person, []).append(held)
    return [of_person(functions) for functions in by_person.values()]


def of_person(functions: list[Held]) -> Contact:
    first, once = functions[0], dict.fromkeys
    return Contact(
        reference=first.person,
        name=first.who,
        is_person=True,
        organisations=list(once((held.organisation_name, held.place) if held.site else (held.organisation_name,)
                                for held in functions)),
        titles=list(once(held.title for held in functions if held.title)),
        roles=list(once(held.words for held in functions)),
        phone=first.phone,
        email=first.email,
    )  # fmt: skip
