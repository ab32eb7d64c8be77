"""The directory: who is a member on a day, with which sites; searched, sorted and counted by the database."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from network import clock
from network.database import chunks, marks, on_sqlite
from network.folding import base_letters, folded
from network.i18n import _, format_day, ngettext
from network.members.former import ADDRESS, put_back
from network.members.lens import Lens, lens_of
from network.members.tables import Membership, Organisation, Site

STANDINGS = ("members", "guests", "former", "others", "all")
SORTS = ("name", "number", "town", "land", "sites", "since")
MOST_PLACES = 3
FEW = 2_000


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


@dataclass(frozen=True, slots=True)
class Among:
    """Who is found by what is typed, looked up once: a page asks several questions about few of very many."""

    asked: tuple[date, str, str, str]
    ids: list[int]


@dataclass(slots=True)
class Selection:
    """What a list shows: whose, matching what, on which day, in which order."""

    day: date = field(default_factory=clock.today)
    standing: str = "members"  # or one of the other STANDINGS, or "all"
    text: str = ""
    land: str = ""
    sort: str = "name"
    descending: bool = False
    people: str = ""  # whose names are searched as well: "all" who have a function, or those who are shown in "public"
    offer: int = 0  # of the catalogues: a service or an occupational field
    service: int = 0
    occupation: int = 0  # an occupational field: with the service and the Land at one place, not each at another
    offered_in: str = ""  # of those listed as providers: "company" or "rooms", "both" fits either
    scope: str = ""  # of those listed as providers: one of EV, BBB, AB
    basis: int = 0
    provider: str = ""  # how far somebody is with § 60 SGB IX
    expiring: bool = False  # evidence that runs out soon
    only: int = 0  # one organisation, by its id
    lens: Lens | None = None  # looked up once
    among: Among | None = None

    async def through(self) -> Lens:
        if self.lens is None or self.lens.day != self.day:
            self.lens = await lens_of(self.day)
        return self.lens

    @property
    def offers(self) -> list[int]:
        return [entry for entry in (self.offer, self.service, self.occupation) if entry]

    @property
    def narrows_sites(self) -> bool:
        """Not each site of whoever is found is one that was looked for."""
        return bool(self.text or self.land or self.offers)

    def where(self, lens: Lens) -> tuple[str, list[Any]]:
        """The SQL after WHERE, and its values."""
        parts, values = self.who(lens)
        if self.land or self.offers:
            seat, of_seat = self.at_seat(lens)
            inside, of_site = self.at_site(lens)
            parts.append(f"({seat} OR {an_open_site(lens, inside)})")
            values += of_seat + of_site
        for condition, value in self.facts(lens):
            parts.append(condition)
            values += [value] if "{}" in condition else []
        return " AND ".join(parts), values

    def who(self, lens: Lens) -> tuple[list[str], list[Any]]:
        """Whose, and matching what is typed."""
        if self.among and self.among.asked == self.asked:
            return [f"o.id IN ({', '.join(map(str, self.among.ids)) or '0'})"], []
        words, values = self.words(lens, an_open_site(lens, f"{lens.placed('search')} LIKE {{}}"))
        return [standing(self.standing, lens), *words], values

    @property
    def asked(self) -> tuple[date, str, str, str]:
        return self.day, self.standing, self.text, self.people

    def at_seat(self, lens: Lens) -> tuple[str, list[Any]]:
        """Land and offers at the seat of the organisation: there is what it offers as a whole."""
        land = [f"{lens.own('land')} = {{}}"] if self.land else []
        parts = [*land, *(lens.offered_everywhere(entry) for entry in self.offers)]
        return " AND ".join(parts) or "o.id > 0", [self.land] * len(land)

    def at_site(self, lens: Lens) -> tuple[str, list[Any]]:
        """Land and offers at an open site."""
        land = [f"{lens.placed('land')} = {{}}"] if self.land else []
        parts = [*land, *(lens.offered_here(entry) for entry in self.offers)]
        return " AND ".join(parts) or "s.id > 0", [self.land] * len(land)

    def meant_site(self, lens: Lens) -> tuple[str, list[Any]]:
        """An open site that was looked for, of whoever is found: what is typed fits it or its organisation."""
        place, values = self.at_site(lens)
        words, typed = self.words(lens, f"{lens.placed('search')} LIKE {{}}")
        return " AND ".join([place, *words]), values + typed

    def words(self, lens: Lens, at_site: str) -> tuple[list[str], list[Any]]:
        """For each word typed a condition: the organisation has it, or a site, or somebody there."""
        ways = [f"{lens.own_search} LIKE {{}}", "lower(m.number) LIKE {}", at_site]
        ways += [lens.somebody(self.people)] if self.people else []
        parts, values = [], list[Any]()
        for alternatives in spellings(self.text):
            parts.append("(" + " OR ".join(ways * len(alternatives)) + ")")
            for word in alternatives:
                values += [f"%{word}%"] * len(ways)
        return parts, values

    def facts(self, lens: Lens) -> Iterator[tuple[str, Any]]:
        """What is chosen beside who and where: conditions, each with its value."""
        if self.only:
            yield "o.id = {}", self.only
        if self.offered_in or self.scope:
            yield lens.is_listed, None
        if self.offered_in:
            yield "o.offered_in IN ('both', {})", self.offered_in
        if self.scope:
            yield "' ' || o.scopes || ' ' LIKE {}", f"% {self.scope} %"
        if self.basis:
            yield lens.works_on, self.basis
        if self.provider:
            yield f"{lens.provider} = {{}}", self.provider
        if self.expiring:
            yield lens.evidence_ends, None

    def order(self, lens: Lens) -> str:
        """The SQL after ORDER BY."""
        way = "DESC" if self.descending else "ASC"
        name = collated(lens.own("sorting"))
        columns = {
            "number": f"length(m.number) {way}, m.number {way}, {name}",
            "town": f"{first_place(lens, 'town')} {way}, {name}",
            "land": f"{first_place(lens, 'land')} {way}, {name}",
            "sites": f"site_count {way}, {name}",
            "since": f"m.since {way}, {name}",
        }
        return columns.get(self.sort, f"{name} {way}") + ", o.id"


def standing(whose: str, lens: Lens) -> str:
    known = {
        "members": lens.is_member,
        "guests": f"m.kind = 'guest' AND {lens.is_member}",
        "former": f"m.id IS NOT NULL AND NOT ({lens.is_member})",
        "listed": lens.is_listed,
        "listed_outside": f"{lens.is_listed} AND NOT ({lens.is_member})",
        "all": "o.id > 0",
    }
    return known.get(whose, "m.id IS NULL")


def an_open_site(lens: Lens, condition: str) -> str:
    """Asked of all sites at once, and not of each organisation's."""
    return f"o.id IN (SELECT s.organisation FROM {lens.sites} WHERE {condition} AND {lens.is_open})"


def spellings(text: str) -> list[list[str]]:
    """Word by word, what is typed in the two spellings that search columns hold: "Müller" is "mueller" and "muller"."""
    pairs = zip(folded(text).split(), base_letters(text).split(), strict=False)
    cleaned = ([word.replace("%", "") for word in dict.fromkeys(pair)] for pair in pairs)
    return [words for words in cleaned if all(words)][:8]


def collated(column: str) -> str:
    """Folded keys are compared byte by byte on both engines, whatever the server's locale."""
    return column if on_sqlite() else f'{column} COLLATE "C"'


def first_place(lens: Lens, column: str) -> str:
    """What `Listed.places` begins with, for the database to sort by."""
    mine = f"s.organisation = o.id AND {lens.is_open} AND {lens.placed(column)} <> ''"
    of_sites = f"(SELECT min({collated(lens.placed(column))}) FROM {lens.sites} WHERE {mine})"
    return f"coalesce(nullif({collated(lens.own(column))}, ''), {of_sites}, '')"


def in_short(names: Iterable[str]) -> str:
    """Such as "Dresden, Leipzig"; of many the first few."""
    told = [name for name in names if name]
    return ", ".join(told[:MOST_PLACES]) + (" …" if len(told) > MOST_PLACES else "")


async def look_up_words(selection: Selection) -> None:
    """Remember who is found by what is typed, unless they are many: then the question is the shorter one."""
    lens = await selection.through()
    parts, values = selection.who(lens)
    rows = await Organisation.raw(
        f"SELECT o.id FROM {lens.organisations} WHERE {' AND '.join(parts)} LIMIT {FEW + 1}", *values
    )
    if len(rows) <= FEW:
        selection.among = Among(selection.asked, [row["id"] for row in rows])


async def count(selection: Selection) -> int:
    lens = await selection.through()
    where, values = selection.where(lens)
    rows = await Organisation.raw(f"SELECT count(*) AS number FROM {lens.organisations} WHERE {where}", *values)
    return int(rows[0]["number"])


async def listed(selection: Selection, *, page: int = 1, size: int = 25) -> list[Listed]:
    """One page of the list (`size` 0: all of it), without the sites themselves."""
    lens = await selection.through()
    where, values = selection.where(lens)
    limit = f" LIMIT {size} OFFSET {(max(1, page) - 1) * size}" if size else ""
    rows = await Organisation.raw(
        f"SELECT o.id, o.reference, {', '.join(f'{lens.own(fact)} AS {fact}' for fact in ('name', *ADDRESS))}, "
        f"o.email, o.phone, o.website, {lens.own_search} AS search, "
        "coalesce(m.number, '') AS number, coalesce(m.kind, '') AS kind, m.since, m.until, "
        f"(SELECT count(*) FROM site s WHERE s.organisation = o.id AND {lens.is_open}) AS site_count "
        f"FROM {lens.organisations} WHERE {where} ORDER BY {selection.order(lens)}{limit}",
        *values,
    )
    return [Listed(**row | days(row)) for row in rows]


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
    opened = (Site.opened_on <= day) | (
        (Site.opened_on == None) & ((Site.opened_year == None) | (Site.opened_year <= day.year))
    )
    for ids in chunks(organisation_ids):
        rows = await (
            Site.select()
            .where(Site.organisation.is_in(ids))
            .where(opened)
            .where((Site.closed_on == None) | (Site.closed_on >= day))
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
    lens = Lens(day)
    rows = await Organisation.raw(
        "SELECT count(DISTINCT CASE WHEN m.kind = 'full' THEN m.organisation END) AS members, "
        "count(DISTINCT CASE WHEN m.kind = 'full' THEN s.id END) AS sites, "
        "count(DISTINCT CASE WHEN m.kind = 'guest' THEN m.organisation END) AS guests FROM membership m "
        f"LEFT JOIN site s ON s.organisation = m.organisation AND {lens.is_open} "
        f"WHERE m.since <= {lens.sql} AND {lens.is_member}",
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
    """The names of today's members, sorted: suggestions for a public form."""
    lens = await lens_of(clock.today())
    rows = await Organisation.raw(
        f"SELECT {lens.own('name')} AS name FROM {lens.organisations} WHERE {lens.is_member} "
        f"ORDER BY {collated(lens.own('sorting'))}, o.id"
    )
    return [row["name"] for row in rows]
