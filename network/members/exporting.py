"""The directory to take along: chosen columns of the list as a table, and everybody in it as vCards."""

from collections.abc import Collection, Iterable
from typing import Any

from network.activity import looked_at
from network.database import chunks, marks
from network.i18n import N_, _
from network.members import function
from network.members.directory import Listed, Selection, listed, with_sites
from network.members.function import Held
from network.members.headings import COLUMNS, column_name
from network.members.lands import land_name
from network.members.tables import MembershipKind, Organisation
from network.members.vcards import Contact
from network.people.viewer import Viewer

USUAL = [name for name in COLUMNS if name != "closed"]  # can be read in again; the file holds what is open
KINDS = {MembershipKind.FULL.value: N_("Full member"), MembershipKind.GUEST.value: N_("Guest member, without a vote")}
FURTHER = {
    "kind": N_("Kind of membership"),
    "site_count": N_("Number of sites"),
    "legal_form": N_("Legal form"),
    "founded": N_("Founded"),
    "target_group": N_("Target group"),
    "site_email": N_("Site: e-mail"),
    "site_phone": N_("Site: telephone"),
    "site_website": N_("Site: website"),
    "closed": N_("Closed on"),
}
OWN = ("legal_form", "founded", "target_group")
OF_SITE = {"opened": "opened_year", "closed": "closed_on"}


def columns() -> dict[str, str]:
    """All columns in the language being spoken, the usual ones first."""
    people = {f"people_{kind}": words for kind, words in function.named().items()}
    return {name: column_name(name) for name in USUAL} | {name: _(words) for name, words in FURTHER.items()} | people


def chosen(names: Collection[str]) -> list[str]:
    """In the order of the columns; nothing that is known means the usual ones."""
    return [name for name in columns() if name in names] or USUAL


async def table(selection: Selection, names: list[str]) -> list[list[Any]]:
    """A line for each site of the list, or for the member where no column tells of sites."""
    found = await with_sites(await listed(selection, size=0), selection.day)
    ids = [row.id for row in found]
    own = await organisations(ids) if any(name in OWN for name in names) else {}
    people = await holding(ids, selection) if any(name.startswith("people_") for name in names) else {}
    of_sites = any(is_of_site(name) for name in names)
    return [
        [cell(name, row, one, own, people) for name in names]
        for row in found
        for one in (row.sites if of_sites and row.sites else [{}])
    ]


def is_of_site(name: str) -> bool:
    return (name.startswith("site_") and name != "site_count") or name in ("lat", "lon", "opened", "closed", "places")


def cell(
    name: str,
    row: Listed,
    one: dict[str, Any],
    own: dict[int, Organisation],
    people: dict[int, list[Held]],
) -> Any:
    if is_of_site(name):
        fact = name.removeprefix("site_")
        value = one.get(OF_SITE.get(fact, fact))
        return land_name(value or "") if fact == "land" and one else value
    if name.startswith("people_"):
        return "; ".join(held.who for held in people.get(row.id, []) if f"people_{held.kind}" == name)
    if name in OWN:
        return getattr(own[row.id], name)
    if name == "kind":
        return _(KINDS[row.kind]) if row.kind in KINDS else ""
    return land_name(row.land) if name == "land" else getattr(row, name)


async def organisations(ids: Collection[int]) -> dict[int, Organisation]:
    found: dict[int, Organisation] = {}
    for some in chunks(ids):
        found |= {row.id: row for row in await Organisation.objects().where(Organisation.id.is_in(some))}
    return found


async def holding(ids: Collection[int], selection: Selection) -> dict[int, list[Held]]:
    """By organisation: who is what on the day."""
    by_reference: dict[str, list[Held]] = {}
    for some in chunks(ids):
        for held in await function.listed(f"f.organisation IN ({marks(some)})", *some):
            if held.runs(selection.day):
                by_reference.setdefault(held.organisation, []).append(held)
    rows = await organisations(ids)
    return {number: by_reference[row.reference] for number, row in rows.items() if row.reference in by_reference}


async def contacts(viewer: Viewer, selection: Selection) -> list[Contact]:
    """The list's organisations, their open sites and whoever has a function there, for the office.

    That addresses of people went along which are not public is noted with each organisation.
    """
    found = await with_sites(await listed(selection, size=0), selection.day)
    people = await holding([row.id for row in found], selection)
    for row in found:
        if any(held.private for held in people.get(row.id, [])):
            await looked_at(viewer.reference, f"organisation:{row.reference}", row.name)
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
