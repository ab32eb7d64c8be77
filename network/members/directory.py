"""The directory: who is a member on a day, with which sites; searched, sorted and counted by the database."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from network import clock
from network.database import chunks, marks, names_of, on_sqlite
from network.i18n import _, format_day, ngettext
from network.members.former import ADDRESS, put_back
from network.members.lens import Lens, lens_of
from network.members.selection import Selection, collated
from network.members.tables import Membership, MembershipKind, Organisation, Site
from network.members.tally import Alike, tally

MOST_PLACES = 3
MOST_SUGGESTED = 300  # names in a form: some 20 kB


@dataclass(frozen=True, slots=True)
class Counts:
    """How many members with how many sites there are on a day; computed, never typed."""

    members: int
    sites: int
    day: date
    guests: int = 0  # guest members; their sites are not counted


@dataclass(slots=True)
class Listed:
    """An organisation as lists show it, with its latest membership on the day and its open sites."""

    id: int
    reference: str
    name: str
    street: str
    postal_code: str
    town: str
    land: str
    email: str
    phone: str
    website: str
    number: str
    kind: str
    since: date | None
    until: date | None
    site_count: int
    search: str
    sites: list[dict[str, Any]] = field(default_factory=list)

    def is_member_on(self, day: date) -> bool:
        """And not only known, or gone."""
        return self.since is not None and (self.until is None or self.until >= day)

    def places(self, fact: str) -> list[str]:
        """The own "town" or "land"; where nobody said one (a file may know only sites), those of the open sites."""
        own = str(getattr(self, fact))
        return [own] if own else list(dict.fromkeys(site[fact] for site in self.sites if site[fact]))


def in_short(names: Iterable[str]) -> str:
    """Such as "Dresden, Leipzig"; of many the first few."""
    told = [name for name in names if name]
    return ", ".join(told[:MOST_PLACES]) + (" …" if len(told) > MOST_PLACES else "")


async def count(selection: Selection) -> int:
    lens = await selection.through()
    where, values = selection.where(lens)
    rows = await Organisation.raw(f"SELECT count(*) AS number FROM {lens.organisations} WHERE {where}", *values)
    return int(rows[0]["number"])


async def listed(selection: Selection, *, page: int = 1, size: int = 25) -> list[Listed]:
    """One page of the list (`size` 0: all of it), without the sites themselves."""
    lens = await selection.through()
    where, values = selection.where(lens)
    order = f"ORDER BY {selection.order(lens)}"
    if size:  # what is told of each is looked up for those of the page only
        limit = f"LIMIT {size} OFFSET {(max(1, page) - 1) * size}"
        where = f"o.id IN (SELECT id FROM ({numbers(selection, lens)} WHERE {where} {order} {limit}) chosen)"
    rows = await Organisation.raw(f"{columns(lens)} FROM {lens.organisations} WHERE {where} {order}", *values)
    return [Listed(**row | days(row)) for row in rows]


def numbers(selection: Selection, lens: Lens) -> str:
    counted = f", {site_count(lens)}" if selection.sort == "sites" else ""
    return f"SELECT o.id{counted} FROM {lens.organisations}"


def columns(lens: Lens) -> str:
    address = ", ".join(f"{lens.own(fact)} AS {fact}" for fact in ("name", *ADDRESS))
    return (
        f"SELECT o.id, o.reference, {address}, o.email, o.phone, o.website, {lens.own_search} AS search, "
        f"coalesce(m.number, '') AS number, coalesce(m.kind, '') AS kind, m.since, m.until, {site_count(lens)}"
    )


def site_count(lens: Lens) -> str:
    return f"(SELECT count(*) FROM site s WHERE s.organisation = o.id AND {lens.is_open}) AS site_count"


async def in_order(selection: Selection) -> list[int]:
    """The numbers of all organisations of the list: for a file that is read portion by portion (`these`)."""
    lens = await selection.through()
    where, values = selection.where(lens)
    rows = await Organisation.raw(f"{numbers(selection, lens)} WHERE {where} ORDER BY {selection.order(lens)}", *values)
    return [row["id"] for row in rows]


async def these(ids: Sequence[int], selection: Selection) -> list[Listed]:
    """Those of the list that have these numbers, in the same order."""
    lens = await selection.through()
    rows = await Organisation.raw(f"{columns(lens)} FROM {lens.organisations} WHERE o.id IN ({marks(ids)})", *ids)
    found = {row["id"]: Listed(**row | days(row)) for row in rows}
    return [found[one] for one in ids if one in found]


def days(row: dict[str, Any]) -> dict[str, date | None]:
    """SQLite tells days as text when the query is ours."""
    found = {name: row[name] for name in ("since", "until")}
    return {name: date.fromisoformat(value) if isinstance(value, str) else value for name, value in found.items()}


async def with_sites(found: list[Listed], day: date, lens: Lens | None = None) -> list[Listed]:
    """Fill in each one's open sites, sorted by town."""
    sites = await sites_of([row.id for row in found], day, lens)
    for row in found:
        row.sites = sites.get(row.id, [])
    return found


async def sites_of(
    organisation_ids: Iterable[int], day: date, lens: Lens | None = None
) -> dict[int, list[dict[str, Any]]]:
    """The sites that are open on the day, by organisation, where they stood then."""
    sites: dict[int, list[dict[str, Any]]] = defaultdict(list)
    lens = lens or await lens_of(day)
    for ids in chunks(organisation_ids):
        rows = await Site.raw(
            f"SELECT {names_of(Site)} FROM site s WHERE organisation IN ({marks(ids)}) AND {lens.is_open}", *ids
        )
        if lens.addresses:
            await put_back(rows, day)
        for row in sorted(rows, key=lambda row: (row["sorting"], row["id"])):
            sites[row["organisation"]].append(row)
        await asyncio.sleep(0)  # a long list lets others in between
    return sites


async def meant_sites(found: list[Listed], selection: Selection) -> list[Listed]:
    """Fill in of each one's open sites those that were looked for; `site_count` stays that of all."""
    await with_sites(found, selection.day, await selection.through())
    if selection.narrows_sites:
        lens = await selection.through()
        here, values = selection.meant_site(lens)
        meant: set[int] = set()
        for ids in chunks(row.id for row in found):
            rows = await Organisation.raw(
                f"SELECT s.id FROM {lens.organisations} JOIN {lens.sites_of_organisations} "
                f"WHERE o.id IN ({marks(ids)}) AND {here}",
                *ids,
                *values,
            )
            meant |= {row["id"] for row in rows}
        for one in found:
            one.sites = [site for site in one.sites if site["id"] in meant]
    return found


async def members_on(day: date) -> list[Listed]:
    """All members on a day with their open sites, by name."""
    return await with_sites(await listed(Selection(day=day), size=0), day)


async def counts(day: date | None = None) -> Counts:
    """Full members and their open sites; guest members beside them."""
    day = day or clock.today()
    return counted(await tally(day), day)


def counted(told: Iterable[Alike], day: date) -> Counts:
    full = [one for one in told if one.kind == MembershipKind.FULL]
    guests = sum(one.number for one in told if one.kind == MembershipKind.GUEST)
    return Counts(sum(one.number for one in full), sum(one.number * one.sites for one in full), day, guests)


def in_words(told: Counts) -> str:
    """Such as "10 Mitglieder, 23 Standorte, Stand: heute"; guest members are told beside."""
    members = ngettext("%(num)s member", "%(num)s members", told.members)
    sites = ngettext("%(num)s site", "%(num)s sites", told.sites)
    day = _("today") if told.day == clock.today() else format_day(told.day)
    if told.guests:
        guests = guests_in_words(told)
        return _("%(members)s, %(sites)s and %(guests)s, as of %(day)s", members=members, sites=sites, guests=guests,
                 day=day)  # fmt: skip
    return _("%(members)s, %(sites)s, as of %(day)s", members=members, sites=sites, day=day)


def guests_in_words(told: Counts) -> str:
    return ngettext("one guest member", "%(num)s guest members", told.guests)


async def wait_for_others() -> None:
    """One after the other, until the transaction ends: files that are stored, entries that are joined or parted."""
    if not on_sqlite():
        await Membership.raw("SELECT pg_advisory_xact_lock(hashtext('directory'))")


async def hold() -> None:
    """Let nobody else enter members until the transaction ends: two files stored at once must see each other."""
    await wait_for_others()
    if not on_sqlite():
        await Membership.raw("LOCK TABLE membership, site IN SHARE ROW EXCLUSIVE MODE")


async def current_names() -> list[str]:
    """The names of today's members, sorted, as suggestions for a form; none where they are too many to go along."""
    lens = await lens_of(clock.today())
    rows = await Organisation.raw(
        f"SELECT {lens.own('name')} AS name FROM {lens.organisations} WHERE {lens.is_member} "
        f"ORDER BY {collated(lens.own('sorting'))}, o.id LIMIT {MOST_SUGGESTED + 1}"
    )
    return [row["name"] for row in rows] if len(rows) <= MOST_SUGGESTED else []
