"""What a choice of the directory finds, and how many each further choice would find: counted by the database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Any

from network.catalogue.tables import EntryKind
from network.database import among
from network.i18n import _, format_day, ngettext
from network.members.directory import Counts, guests_in_words
from network.members.lens import Lens
from network.members.provider import OFFERED_IN, SCOPES, STATUSES
from network.members.selection import Selection
from network.members.tables import MembershipKind, Organisation

FORMS = tuple(form for form in OFFERED_IN if form != "both")  # whoever offers both is found by either
ENTRIES = {"service": EntryKind.SERVICE, "occupation": EntryKind.FIELD}
OF_PROVIDERS: dict[str, Iterable[str]] = {"offered_in": FORMS, "scope": SCOPES, "provider": STATUSES}
Numbers = dict[str, dict[Any, int]]  # by the kind of choice how many there are with each
NOTHING: dict[str, Any] = {
    "text": "", "service": 0, "occupation": 0, "offered_in": "", "scope": "", "provider": "", "land": "",
}  # fmt: skip


async def hits(selection: Selection) -> Counts:
    """Members and their sites that were looked for; guest members beside them, as everywhere."""
    lens = await selection.through()
    where, values = selection.where(lens)
    here, of_site = selection.meant_site(lens)
    full = f"m.kind = '{MembershipKind.FULL}'"
    theirs = f"s.organisation IN (SELECT o.id FROM {lens.organisations} WHERE {where} AND {full})"
    [found] = await Organisation.raw(
        f"SELECT sum(CASE WHEN {full} THEN 1 ELSE 0 END) AS members, count(*) AS everybody, "
        f"(SELECT count(*) FROM {lens.sites} WHERE {theirs} AND {here} AND {lens.is_open}) AS sites "
        f"FROM {lens.organisations} WHERE {where}",
        *values,
        *of_site,
        *values,
    )
    members = int(found["members"] or 0)
    return Counts(members, int(found["sites"]), selection.day, int(found["everybody"]) - members)


def in_words(found: Counts) -> str:
    """Such as "2 Mitglieder mit 5 Standorten passen, Stand: 25. April 2028"."""
    members = ngettext("%(num)s member", "%(num)s members", found.members) if found.members or not found.guests else ""
    guests = guests_in_words(found) if found.guests else ""
    with_sites = ngettext("with %(num)s site", "with %(num)s sites", found.sites) if found.sites else ""
    who = f"{members} {with_sites}".strip()
    who = _("%(members)s and %(guests)s", members=who, guests=guests) if who and guests else who or guests
    number, day = found.members + found.guests, format_day(found.day)
    return ngettext("%(who)s matches, as of %(day)s", "%(who)s match, as of %(day)s", number, who=who, day=day)


async def facets(selection: Selection) -> Numbers:
    """How many organisations would be found with each choice, all other kinds of choices kept; never none.

    Services and occupations by their entries' ids. In as many questions however large the directory is.
    """
    lens = await selection.through()
    found = await offers(selection, lens)
    found["land"] = await by_land(replace(selection, land=""), lens)
    return found | of_providers(await providers(selection, lens), selection)


async def offers(selection: Selection, lens: Lens) -> Numbers:
    """Services and occupations; where neither is chosen, both in one question."""
    if not (selection.service or selection.occupation):
        return await by_entry(selection, ENTRIES, lens)
    service = await by_entry(replace(selection, service=0), ("service",), lens)
    return service | await by_entry(replace(selection, occupation=0), ("occupation",), lens)


async def by_entry(others: Selection, names: Collection[str], lens: Lens) -> Numbers:
    """Who offers it where the other choices fit: at one of those sites, or as a whole."""
    where, values = others.where(lens)
    here, of_site = others.at_site(lens)
    if (those := others.having_all) is not None:  # so that only their offers and sites are looked at
        theirs, ids = among("s.organisation", those)
        here, of_site = f"{theirs} AND {here}", [ids, *of_site]
    kinds = ", ".join(f"'{ENTRIES[name]}'" for name in names)
    rows = await Organisation.raw(
        "SELECT k.kind, f.entry, count(DISTINCT f.organisation) AS number "
        f"FROM offer f{', entry k' if those is None else ' CROSS JOIN entry k'} "
        f"WHERE k.id = f.entry AND k.kind IN ({kinds}) AND {lens.offer_runs} "
        f"AND f.organisation IN (SELECT o.id FROM {lens.organisations} WHERE {where}) "
        f"AND (f.site IS NULL OR f.site IN (SELECT s.id FROM {lens.sites} WHERE {here} AND {lens.is_open})) "
        "GROUP BY k.kind, f.entry",
        *values,
        *of_site,
    )
    return {name: {row["entry"]: int(row["number"]) for row in rows if row["kind"] == ENTRIES[name]} for name in names}


async def by_land(others: Selection, lens: Lens) -> dict[str, int]:
    """Where the other choices fit: at the seat, or at a site."""
    where, values = others.where(lens)
    (seat, of_seat), (here, of_site) = others.at_seat(lens), others.at_site(lens)
    chosen = f"SELECT o.id FROM {lens.organisations} WHERE {where}"
    rows = await Organisation.raw(
        "SELECT land, count(*) AS number FROM ("
        f"SELECT o.id AS id, {lens.own('land')} AS land FROM {lens.organisations} WHERE {where} AND {seat} UNION "
        f"SELECT s.organisation AS id, {lens.placed('land')} AS land FROM {lens.sites} "
        f"WHERE {lens.is_open} AND {here} AND s.organisation IN ({chosen})) place WHERE land <> '' GROUP BY land",
        *values,
        *of_seat,
        *of_site,
        *values,
    )
    return {row["land"]: int(row["number"]) for row in rows}


@dataclass(frozen=True, slots=True)
class Alike:
    """So many listed providers have the same to say of themselves."""

    provider: str
    offered_in: str
    scopes: str
    number: int

    def fits(self, name: str, wanted: str) -> bool:
        if not wanted:
            return True
        if name == "scope":
            return wanted in self.scopes.split()
        return getattr(self, name) in ((wanted, "both") if name == "offered_in" else (wanted,))


async def providers(selection: Selection, lens: Lens) -> list[Alike]:
    """Those who fit all that is not said of providers alone."""
    where, values = replace(selection, offered_in="", scope="", provider="").where(lens)
    rows = await Organisation.raw(
        f"SELECT {lens.provider} AS provider, o.offered_in, o.scopes, count(*) AS number "
        f"FROM {lens.organisations} WHERE {where} AND {lens.is_listed} GROUP BY 1, 2, 3",
        *values,
    )
    return [Alike(**row) for row in rows]


def of_providers(found: list[Alike], selection: Selection) -> Numbers:
    """Who offers in companies and in own rooms is found by either; several scopes are found by each."""
    return {name: counted(name, keys, found, selection) for name, keys in OF_PROVIDERS.items()}


def counted(name: str, keys: Iterable[str], found: list[Alike], selection: Selection) -> dict[str, int]:
    others = [other for other in OF_PROVIDERS if other != name]
    left = [alike for alike in found if all(alike.fits(other, getattr(selection, other)) for other in others)]
    numbers = {key: sum(alike.number for alike in left if alike.fits(name, key)) for key in keys}
    return {key: number for key, number in numbers.items() if number}


async def without_one(selection: Selection) -> dict[str, int]:
    """Where nobody fits: for each single choice how many there were without it; none are left out."""
    chosen = [name for name, nothing in NOTHING.items() if getattr(selection, name) != nothing]
    found = {name: await members_of(replace(selection, **{name: NOTHING[name]})) for name in chosen}
    return {name: number for name, number in found.items() if number}


async def members_of(selection: Selection) -> int:
    told = await hits(selection)
    return told.members + told.guests
