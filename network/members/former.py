"""What an organisation was called and where it and its sites stood, before: each to a last day."""

from collections.abc import Iterable, Sequence
from copy import copy
from datetime import date
from typing import Any, TypeVar

from network.database import chunks, marks, rows
from network.folding import organisation_key, search_key, sort_key
from network.members.lands import GERMAN, LANDS
from network.members.tables import FormerAddress, FormerName, Organisation, Site

ADDRESS = ("street", "postal_code", "town", "land")
PLACE = (*ADDRESS, "lat", "lon")

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
    seats = [one for one in await addresses_of(row) if one.site is None]
    return organisation_then(row, await names_of(row), seats, day)


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
