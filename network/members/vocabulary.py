"""All names and towns that somebody may find by searching: only of these may a guess be made, or it tells of others."""

import asyncio

from network import clock
from network.members.having import KINDS
from network.members.lens import lens_of
from network.members.tables import Organisation


async def texts(*, of_all: bool) -> list[str]:
    """Of all that the office knows, or of what the website shows of today and of the past."""
    found: list[str] = []
    for query in OFFICE if of_all else await shown():
        found += [f"{row['name']} {row['town']}" for row in await Organisation.raw(query)]
        await asyncio.sleep(0)
    return found


OFFICE = (
    "SELECT name, town FROM organisation",
    "SELECT DISTINCT name, town FROM site",
    "SELECT name, '' AS town FROM former_name",
    "SELECT town, '' AS name FROM former_address",
    "SELECT name, '' AS town FROM person",
)


async def shown() -> list[str]:
    """Nobody who never was a member, nothing that comes one day, and of people those who agreed to it."""
    lens = await lens_of(clock.today())
    known = f"(m.id IS NOT NULL OR o.listed_on <= {lens.sql})"
    begun = f"(s.opened_on IS NULL OR s.opened_on <= {lens.sql})"
    ended = f"x.until < {lens.sql} AND {known}"
    held = f"h.person = p.id AND h.kind IN ({KINDS}) AND (h.since IS NULL OR h.since <= {lens.sql})"
    return [
        f"SELECT {lens.own('name')} AS name, {lens.own('town')} AS town FROM {lens.organisations} WHERE {known}",
        (
            f"SELECT DISTINCT s.name AS name, {lens.placed('town')} AS town FROM {lens.organisations} "
            f"JOIN {lens.joined_sites('s.organisation = o.id')} WHERE {known} AND {begun}"
        ),
        (
            f"SELECT x.name AS name, '' AS town FROM {lens.organisations} "
            f"JOIN former_name x ON x.organisation = o.id WHERE {ended}"
        ),
        (
            f"SELECT x.town AS town, '' AS name FROM {lens.organisations} "
            f"JOIN former_address x ON x.organisation = o.id WHERE {ended}"
        ),
        (
            f"SELECT p.name AS name, '' AS town FROM person p "
            f"WHERE EXISTS (SELECT 1 FROM held_function h WHERE {held}) AND {lens.agreed}"
        ),
    ]
