"""Everybody in the directory as vCards: organisations, their sites, and whoever has a function there."""

from collections.abc import Iterable
from typing import Any

from network.members import exporting
from network.members.directory import Listed, Selection, listed, with_sites
from network.members.function import Held
from network.members.lands import land_name
from network.members.tables import Organisation
from network.members.vcards import Contact
from network.people.viewer import Viewer


async def contacts(viewer: Viewer, selection: Selection) -> list[Contact]:
    """The list's organisations, their open sites and whoever has a function there, for the office.

    That addresses of people went along which are not public is noted with each organisation, and how many they were.
    """
    found = await with_sites(await listed(selection, size=0), selection.day)
    people = await exporting.holding(found, selection.day)
    read_of = await exporting.note_reading(found, people, viewer.reference)
    await exporting.note_taking(read_of, viewer.reference)
    return all_of(found, [held for row in found for held in people.get(row.id, [])])


def all_of(found: Iterable[Listed], people: Iterable[Held]) -> list[Contact]:
    cards = []
    for row in found:
        cards.append(of_organisation(row))
        cards += [of_site(row, one) for one in row.sites]
    return cards + of_people(people)


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
