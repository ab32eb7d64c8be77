"""The directory: who is a member on a day, with which sites; searched, sorted and counted by the database."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from network import clock
from network.database import chunks, on_sqlite
from network.folding import base_letters, folded
from network.i18n import _, format_day, ngettext
from network.members.tables import Membership, Organisation, Site

STANDINGS = ("members", "guests", "former", "others")
SORTS = ("name", "number", "town", "land", "sites", "since")
LATEST = (
    "FROM organisation o LEFT JOIN membership m ON m.id = (SELECT x.id FROM membership x WHERE x.organisation = o.id "
    "AND x.since <= {} ORDER BY x.since DESC, x.id DESC LIMIT 1) WHERE "
)
MOST_PLACES = 3
OPEN = "(s.opened_year IS NULL OR s.opened_year <= {}) AND (s.closed_on IS NULL OR s.closed_on >= {})"


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

    def places(self, fact: str) -> list[str]:
        """The own "town" or "land"; where nobody said one (a file may know only sites), those of the open sites."""
        own = str(getattr(self, fact))
        return [own] if own else list(dict.fromkeys(site[fact] for site in self.sites if site[fact]))


@dataclass(slots=True)
class Selection:
    """What a list shows: whose, matching what, on which day, in which order."""

    day: date = field(default_factory=clock.today)
    standing: str = "members"
    text: str = ""
    land: str = ""
    sort: str = "name"
    descending: bool = False

    def where(self) -> tuple[str, list[Any]]:
        """The SQL after WHERE, and its values."""
        running = "(m.until IS NULL OR m.until >= {})"
        standings = {
            "members": f"m.id IS NOT NULL AND {running}",
            "guests": f"m.kind = 'guest' AND {running}",
            "former": f"m.id IS NOT NULL AND NOT {running}",
        }
        parts = [standings.get(self.standing, "m.id IS NULL")]
        values: list[Any] = [self.day] if self.standing in standings else []
        is_open = [self.day.year, self.day]
        for alternatives in spellings(self.text):
            inside = f"EXISTS (SELECT 1 FROM site s WHERE s.organisation = o.id AND {OPEN} AND s.search LIKE {{}})"
            found = f"o.search LIKE {{}} OR lower(m.number) LIKE {{}} OR {inside}"
            parts.append("(" + " OR ".join([found] * len(alternatives)) + ")")
            for word in alternatives:
                values += [f"%{word}%", f"%{word}%", *is_open, f"%{word}%"]
        if self.land:
            inside = f"EXISTS (SELECT 1 FROM site s WHERE s.organisation = o.id AND {OPEN} AND s.land = {{}})"
            parts.append(f"(o.land = {{}} OR {inside})")
            values += [self.land, *is_open, self.land]
        return " AND ".join(parts), values

    def order(self) -> tuple[str, list[Any]]:
        """The SQL after ORDER BY, and its values."""
        way = "DESC" if self.descending else "ASC"
        name = collated("o.sorting")
        columns = {
            "number": f"length(m.number) {way}, m.number {way}, {name}",
            "town": f"{first_place('town')} {way}, {name}",
            "land": f"{first_place('land')} {way}, {name}",
            "sites": f"site_count {way}, {name}",
            "since": f"m.since {way}, {name}",
        }
        values = [self.day.year, self.day] if self.sort in ("town", "land") else []
        return columns.get(self.sort, f"{name} {way}") + ", o.id", values


def spellings(text: str) -> list[list[str]]:
    """Word by word, what is typed in the two spellings that search columns hold: "Müller" is "mueller" and "muller"."""
    pairs = zip(folded(text).split(), base_letters(text).split(), strict=False)
    cleaned = ([word.replace("%", "") for word in dict.fromkeys(pair)] for pair in pairs)
    return [words for words in cleaned if all(words)][:8]


def collated(column: str) -> str:
    """Folded keys are compared byte by byte on both engines, whatever the server's locale."""
    return column if on_sqlite() else f'{column} COLLATE "C"'


def first_place(column: str) -> str:
    """What `Listed.places` begins with, for the database to sort by."""
    mine = f"s.organisation = o.id AND {OPEN} AND s.{column} <> ''"
    of_sites = f"(SELECT min({collated(f's.{column}')}) FROM site s WHERE {mine})"
    return f"coalesce(nullif({collated(f'o.{column}')}, ''), {of_sites}, '')"


def in_short(names: Iterable[str]) -> str:
    """Such as "Dresden, Leipzig"; of many the first few."""
    told = [name for name in names if name]
    return ", ".join(told[:MOST_PLACES]) + (" …" if len(told) > MOST_PLACES else "")


async def count(selection: Selection) -> int:
    where, values = selection.where()
    rows = await Organisation.raw(f"SELECT count(*) AS number {LATEST} {where}", selection.day, *values)
    return int(rows[0]["number"])


async def listed(selection: Selection, *, page: int = 1, size: int = 25) -> list[Listed]:
    """One page of the list (`size` 0: all of it), without the sites themselves."""
    where, values = selection.where()
    order, order_values = selection.order()
    day = selection.day
    limit = f" LIMIT {size} OFFSET {(max(1, page) - 1) * size}" if size else ""
    rows = await Organisation.raw(
        "SELECT o.id, o.reference, o.name, o.street, o.postal_code, o.town, o.land, o.email, o.phone, o.website, "
        "o.search, coalesce(m.number, '') AS number, coalesce(m.kind, '') AS kind, m.since, m.until, "
        f"(SELECT count(*) FROM site s WHERE s.organisation = o.id AND {OPEN}) AS site_count "
        f"{LATEST} {where} ORDER BY {order}{limit}",
        day.year,
        day,
        day,
        *values,
        *order_values,
    )
    return [Listed(**row | days(row)) for row in rows]


def days(row: dict[str, Any]) -> dict[str, date | None]:
    """SQLite tells days as text when the query is ours."""
    found = {name: row[name] for name in ("since", "until")}
    return {name: date.fromisoformat(value) if isinstance(value, str) else value for name, value in found.items()}


async def with_sites(found: list[Listed], day: date) -> list[Listed]:
    """Fill in each one's open sites, sorted by town."""
    sites = await sites_of([row.id for row in found], day)
    for row in found:
        row.sites = sites.get(row.id, [])
    return found


async def sites_of(organisation_ids: Iterable[int], day: date) -> dict[int, list[dict[str, Any]]]:
    """The sites that are open on the day, by organisation."""
    sites: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for ids in chunks(organisation_ids):
        rows = await (
            Site.select()
            .where(Site.organisation.is_in(ids))
            .where((Site.opened_year == None) | (Site.opened_year <= day.year))
            .where((Site.closed_on == None) | (Site.closed_on >= day))
        )
        for row in sorted(rows, key=lambda row: (row["sorting"], row["id"])):
            sites[row["organisation"]].append(row)
        await asyncio.sleep(0)  # a long list lets others in between
    return sites


async def members_on(day: date) -> list[Listed]:
    """All members on a day with their open sites, by name."""
    return await with_sites(await listed(Selection(day=day), size=0), day)


async def counts(day: date | None = None) -> Counts:
    """Full members and their open sites; guest members beside them."""
    day = day or clock.today()
    rows = await Organisation.raw(
        "SELECT count(DISTINCT CASE WHEN m.kind = 'full' THEN m.organisation END) AS members, "
        "count(DISTINCT CASE WHEN m.kind = 'full' THEN s.id END) AS sites, "
        "count(DISTINCT CASE WHEN m.kind = 'guest' THEN m.organisation END) AS guests FROM membership m "
        f"LEFT JOIN site s ON s.organisation = m.organisation AND {OPEN} "
        "WHERE m.since <= {} AND (m.until IS NULL OR m.until >= {})",
        day.year,
        day,
        day,
        day,
    )
    found = rows[0]
    return Counts(int(found["members"]), int(found["sites"]), day, int(found["guests"]))


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


async def hold() -> None:
    """Let nobody else enter members until the transaction ends: two files stored at once must see each other."""
    if not on_sqlite():
        await Membership.raw("LOCK TABLE membership, site IN SHARE ROW EXCLUSIVE MODE")


async def current_names() -> list[str]:
    """The names of today's members, sorted: suggestions for a public form."""
    day = clock.today()
    rows = await Organisation.raw(
        "SELECT o.name FROM organisation o WHERE EXISTS (SELECT 1 FROM membership m WHERE m.organisation = o.id "
        f"AND m.since <= {{}} AND (m.until IS NULL OR m.until >= {{}})) ORDER BY {collated('o.sorting')}, o.id",
        day,
        day,
    )
    return [row["name"] for row in rows]


def matching_sites(row: Listed, text: str, land: str) -> list[dict[str, Any]]:
    """Of one hit, the sites that were meant: all of them when the member itself fits."""

    def fits(*columns: str) -> bool:
        return all(any(word in column for word in words for column in columns) for words in spellings(text))

    own = (row.search, row.number.lower())
    in_land = [site for site in row.sites if not land or site["land"] == land]
    return in_land if fits(*own) else [site for site in in_land if fits(site["search"], *own)]
