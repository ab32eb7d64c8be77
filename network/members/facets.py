"""What a choice of the directory finds, and how many each further choice would find: counted by the database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from network.catalogue.tables import EntryKind
from network.i18n import _, format_day, ngettext
from network.members.directory import Counts, Selection, guests_in_words
from network.members.lens import Lens
from network.members.provider import OFFERED_IN, SCOPES, STATUSES
from network.members.tables import MembershipKind, Organisation

FULL = f"m.kind = '{MembershipKind.FULL}'"
FORMS = tuple(form for form in OFFERED_IN if form != "both")  # whoever offers both is found by either
OF_PROVIDERS: dict[str, Iterable[str]] = {"offered_in": FORMS, "scope": SCOPES, "provider": STATUSES}
Numbers = dict[str, dict[Any, int]]  # by the kind of choice how many there are with each
NOTHING: dict[str, Any] = {
    "text": "", "service": 0, "occupation": 0, "offered_in": "", "scope": "", "provider": "", "land": "",
}  # fmt: skip


async def hits(selection: Selection) -> Counts:
    """Members and their sites that were looked for; guest members beside them, as everywhere."""
    lens = await selection.through()
    where, values = selection.where(lens)
    sites, of_sites = sites_meant(selection, lens)
    [found] = await Organisation.raw(
        f"SELECT sum(CASE WHEN {FULL} THEN 1 ELSE 0 END) AS members, count(*) AS everybody, ({sites}) AS sites "
        f"FROM {lens.organisations} WHERE {where}",
        *of_sites,
        *values,
    )
    members = int(found["members"] or 0)
    return Counts(members, int(found["sites"]), selection.day, int(found["everybody"]) - members)


def sites_meant(selection: Selection, lens: Lens) -> tuple[str, list[Any]]:
    """SQL of how many sites were looked for. Words are asked of a site and its organisation together, by a join."""
    (who, values), (here, of_site) = found_ids(selection, lens), selection.meant_site(lens)
    if selection.text:
        joined = f"{lens.organisations} JOIN {lens.sites_of_organisations}"
        return f"SELECT count(*) FROM {joined} WHERE o.id IN ({who} AND {FULL}) AND {here}", values + of_site
    sites = f"SELECT count(*) FROM {lens.sites} WHERE {lens.is_open}"
    return f"{sites} AND s.organisation IN ({who} AND {FULL}) AND {here}", values + of_site


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
    found: Numbers = {
        "service": await by_entry(replace(selection, service=0), EntryKind.SERVICE, lens),
        "occupation": await by_entry(replace(selection, occupation=0), EntryKind.FIELD, lens),
        "land": await by_land(replace(selection, land=""), lens),
    }
    return found | of_providers(await providers(selection, lens), selection)


async def by_entry(others: Selection, kind: EntryKind, lens: Lens) -> dict[int, int]:
    """Who offers it where the other choices fit: at one of those sites, or as a whole."""
    (who, values), (here, of_site) = found_ids(others, lens), others.at_site(lens)
    rows = await Organisation.raw(
        "SELECT f.entry, count(DISTINCT f.organisation) AS number FROM offer f JOIN entry k ON k.id = f.entry "
        f"WHERE k.kind = '{kind}' AND {lens.offer_runs} AND f.organisation IN ({who}) AND (f.site IS NULL "
        f"OR f.site IN (SELECT s.id FROM {lens.sites} WHERE {lens.is_open} AND {here})) GROUP BY f.entry",
        *values,
        *of_site,
    )
    return {row["entry"]: int(row["number"]) for row in rows}


def found_ids(selection: Selection, lens: Lens) -> tuple[str, list[Any]]:
    """SQL of who is found: asked once for all, as a membership looked up for each site takes long."""
    where, values = selection.where(lens)
    return f"SELECT o.id FROM {lens.organisations} WHERE {where}", values


async def by_land(others: Selection, lens: Lens) -> dict[str, int]:
    """Where the other choices fit: at the seat, or at a site."""
    where, values = others.where(lens)
    (seat, of_seat), (here, of_site) = others.at_seat(lens), others.at_site(lens)
    who, of_who = found_ids(others, lens)
    rows = await Organisation.raw(
        "SELECT land, count(DISTINCT id) AS number FROM ("
        f"SELECT o.id AS id, {lens.own('land')} AS land FROM {lens.organisations} WHERE {where} AND {seat} UNION ALL "
        f"SELECT s.organisation AS id, {lens.placed('land')} AS land FROM {lens.sites} "
        f"WHERE {lens.is_open} AND {here} AND s.organisation IN ({who})) place WHERE land <> '' GROUP BY land",
        *values,
        *of_seat,
        *of_site,
        *of_who,
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
