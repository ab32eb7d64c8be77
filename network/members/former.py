"""What an organisation was called and where it and its sites stood, before: each to a last day.

The rows of the organisation and its sites hold what counts today. While a change is planned (planned.py), what counts
today and what will follow stand here, too: each to its last day, what comes last to `OPEN`.
"""

from collections.abc import Collection, Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeVar

from network import clock
from network.database import chunks, marks, rows
from network.folding import organisation_key, search_key, sort_key
from network.members.lands import GERMAN, LANDS
from network.members.tables import FormerAddress, FormerName, Organisation, Site

TABLES = ("former_name", "former_address")
ADDRESS = ("street", "postal_code", "town", "land")
PLACE = (*ADDRESS, "lat", "lon")
DAY = timedelta(days=1)
OPEN = date(9999, 1, 1)  # the last day of what is planned and has no end

Ended = TypeVar("Ended", FormerName, FormerAddress)


async def names_of(organisation: Organisation) -> list[FormerName]:
    """The earliest first."""
    return await rows(FormerName, "WHERE organisation = {} ORDER BY until, id", organisation.id)


async def addresses_of(organisation: Organisation) -> list[FormerAddress]:
    """Of its seat and of all its sites, the earliest first."""
    return await rows(FormerAddress, "WHERE organisation = {} ORDER BY until, id", organisation.id)


def then(former: Iterable[Ended], day: date) -> Ended | None:
    """The one that was true on the day; None: what is true now was true then."""
    return next((row for row in former if row.until >= day), None)


async def organisation_on(row: Organisation, day: date) -> Organisation:
    """As it was on the day; to be shown, never to be saved."""
    return (await all_of(row)).organisation_on(row, day)


async def all_of(row: Organisation) -> "Before":
    return Before(await names_of(row), await addresses_of(row))


async def ahead(row: Organisation, site: Site | None = None) -> date | None:
    """The day from which on another name or address is planned: the last one."""
    before = await all_of(row)
    own = [one for one in before.addresses if one.site == (site.id if site else None)]
    ends = [one.until for one in own] + ([] if site else [one.until for one in before.names])
    ends = [day for day in ends if day != OPEN]
    return max(ends) + DAY if ends and max(ends) >= clock.today() else None


@dataclass(frozen=True, slots=True)
class Change:
    """What was different until a day or will be from a day on, and where it is taken back, if it can be."""

    day: date
    is_ahead: bool  # from the day on; else until the day
    words: str
    place: str  # the site that moved
    back: str = ""  # the path of the deed below the organisation's page


@dataclass(frozen=True, slots=True)
class Before:
    """All former names and addresses of an organisation, the earliest first."""

    names: list[FormerName]
    addresses: list[FormerAddress]

    @property
    def seats(self) -> list[FormerAddress]:
        return [one for one in self.addresses if one.site is None]

    def organisation_on(self, row: Organisation, day: date) -> Organisation:
        return organisation_then(row, self.names, self.seats, day)

    def told(self, row: Organisation, sites: list[Site], today: date) -> list[Change]:
        """What was different and what will be; `row` and `sites` as they are entered. What comes stands first."""
        found = changes(self.names, row.name, today, back="/name/return")
        found += changes(self.seats, line(row), today, back="/move/return")
        for site in sites:
            own = [one for one in self.addresses if one.site == site.id]
            called = site.name or site_then(site, own, today).town
            found += changes(own, line(site), today, place=called, back=f"/sites/{site.reference}/move/return")
        return sorted(found, key=lambda one: (not one.is_ahead, -one.day.toordinal()))


def changes(
    former: Sequence[FormerName] | Sequence[FormerAddress], now: str, today: date, *, back: str, place: str = ""
) -> list[Change]:
    """Each change that comes, in the words of what follows; each that was, in the words of what it ended."""
    ended = [(one.until, one.name if isinstance(one, FormerName) else line(one)) for one in former]
    told = []
    for number, (until, words) in enumerate(ended, start=1):
        if until == OPEN:  # told by what it follows
            continue
        if until < today:
            told.append(Change(until, is_ahead=False, words=words, place=place))
        else:
            follows = ended[number][1] if number < len(ended) else now
            last = number == len(ended) or ended[number][0] == OPEN
            told.append(Change(until + DAY, is_ahead=True, words=follows, place=place, back=back if last else ""))
    return told


def line(place: Organisation | Site | FormerAddress) -> str:
    return ", ".join(part for part in (place.street, f"{place.postal_code} {place.town}".strip()) if part)


def organisation_then(
    row: Organisation, names: Sequence[FormerName], seats: Sequence[FormerAddress], day: date
) -> Organisation:
    name, seat = then(names, day), then(seats, day)
    shown = copy(row)
    if name:
        shown.name = name.name
    for fact in ADDRESS if seat else ():
        setattr(shown, fact, getattr(seat, fact))
    return shown


def site_then(row: Site, addresses: Iterable[FormerAddress], day: date) -> Site:
    """As it was on the day; to be shown, never to be saved."""
    place = then((one for one in addresses if one.site == row.id), day)
    shown = copy(row)
    for fact in PLACE if place else ():
        setattr(shown, fact, getattr(place, fact))
    return shown


async def put_back(found: list[dict[str, Any]], day: date) -> None:
    """Rows of sites as they were on the day: where they stood, and what they were found and sorted by."""
    for some in chunks({site["id"]: site for site in found}.items()):
        by_id = dict(some)
        query = f"WHERE site IN ({marks(by_id)}) AND until >= {{}} ORDER BY until DESC, id DESC"
        for place in await rows(FormerAddress, query, *by_id, day):  # the earliest comes last and stays
            site = by_id[place.site]
            site |= {fact: getattr(place, fact) for fact in PLACE}
            site |= {"search": place.search, "sorting": sort_key(f"{place.town} {site['name']}")[:200]}


def found_by(name: str, place: Organisation | Site | FormerAddress, more: str) -> str:
    """What a search for an organisation or a site looks into; `more`: its e-mail address, its code."""
    land = GERMAN.get(place.land) or LANDS.get(place.land, "")
    return search_key(name, place.street, place.postal_code, place.town, land, more)[:900]


async def derive(organisation: Organisation) -> None:
    """What former rows are found by follows from how everything was on their last day: to be done after each change."""
    names, addresses = await names_of(organisation), await addresses_of(organisation)
    if not names and not addresses:
        return
    seats = [row for row in addresses if row.site is None]
    sites = {row.id: row for row in await rows(Site, "WHERE organisation = {}", organisation.id)}
    follow(names, organisation, ("name",))
    follow(seats, organisation, ADDRESS)
    for place in sites.values():
        follow([one for one in addresses if one.site == place.id], place, PLACE)
    ended: list[FormerName | FormerAddress] = [*names, *seats]
    for row in ended:
        was = organisation_then(organisation, names, seats, row.until)
        row.search = found_by(was.name, was, was.email)
    for name in names:
        name.key, name.sorting = organisation_key(name.name)[:200], sort_key(name.name)[:200]
    for address in addresses:
        if site := sites.get(address.site):
            address.search = found_by(site.name, address, site.code)
    for one in (*names, *addresses):
        await one.save()


def follow(known: Sequence[Ended], row: Organisation | Site, facts: Iterable[str]) -> None:
    """Before a planned change, what counts today stands twice: put right in the row, it is put right here, too."""
    if not known or known[-1].until != OPEN:
        return
    today = then(known, clock.today())
    for fact in facts if today is not known[-1] else ():
        setattr(today, fact, getattr(row, fact))


async def derive_planned(ids: Iterable[int]) -> None:
    """The same for those of many organisations that have something planned: a spreadsheet has changed their rows."""
    for some in chunks({*ids}):
        for row in await planned_among(some):
            await derive(row)


async def planned_among(ids: Collection[int]) -> list[Organisation]:
    """Those that have a name or an address planned, or a site that has."""
    has = " OR ".join(f"id IN (SELECT organisation FROM {table} WHERE until = {{}})" for table in TABLES)
    return await rows(Organisation, f"WHERE id IN ({marks(ids)}) AND ({has}) ORDER BY id", *ids, OPEN, OPEN)
