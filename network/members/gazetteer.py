"""The gazetteer: the open sites of a choice, where each stood on the day, and whose it is."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from network.database import chunks, marks
from network.members.atlas import COUNTRY, Frame
from network.members.former import ADDRESS
from network.members.lens import Lens
from network.members.selection import Selection
from network.members.tables import MembershipKind, Organisation
from network.members.whereabouts import Point, kilometres

SPARE = 25


@dataclass(frozen=True, slots=True)
class Near:
    """A site and how far it is, as the crow flies."""

    site: dict[str, Any]
    kilometres: float


async def nearest(selection: Selection, point: Point, most: int) -> list[Near]:
    """The open sites of the choice, the nearest first; those that nobody can place are left out.

    The database reckons on a flat country, which is a little off over long ways: some more are read, and put in the
    order of what is told.
    """
    lens = await selection.through()
    where, values = meant(selection, lens)
    lat, lon = lens.located("lat"), lens.located("lon")
    shrunk = math.cos(math.radians(point[0]))  # a degree of longitude beside one of latitude
    far = f"({lat} - {{}}) * ({lat} - {{}}) + ({lon} - {{}}) * ({lon} - {{}}) * {shrunk * shrunk:.6f}"
    rows = await Organisation.raw(
        f"SELECT {facts(lens)} FROM {lens.organisations} JOIN {lens.sites_of_organisations} "
        f"WHERE {where} AND {lat} IS NOT NULL AND {lon} IS NOT NULL ORDER BY {far}, s.id LIMIT {int(most) + SPARE}",
        *values,
        *(point[0], point[0], point[1], point[1]),
    )
    found = [Near(row, kilometres(point, (row["lat"], row["lon"]))) for row in rows]
    return sorted(found, key=lambda one: one.kilometres)[:most]


def meant(selection: Selection, lens: Lens) -> tuple[str, list[Any]]:
    """The SQL after WHERE, and its values: the sites that were looked for, of whoever was."""
    (where, values), (here, of_site) = selection.where(lens), selection.meant_site(lens)
    return f"{where} AND {here}", values + of_site


def facts(lens: Lens) -> str:
    """What is told of a site and of the organisation whose it is, as columns."""
    address = ", ".join(f"{lens.placed(fact)} AS {fact}" for fact in ADDRESS)
    place = f"{lens.located('lat')} AS lat, {lens.located('lon')} AS lon"
    return f"o.reference, {lens.own('name')} AS member, s.id, s.name, s.placed_by, {address}, {place}"


async def spots(selection: Selection, frame: Frame = COUNTRY) -> list[dict[str, Any]]:
    """Of full members' sites that were meant: number, coordinates and town of each in this part of the map.

    Where the frame is the whole country, those without coordinates or abroad, too. Thousands are read in a moment.
    """
    lens = await selection.through()
    lat, lon = lens.located("lat"), lens.located("lon")
    where, values = meant(selection, lens)
    where += f" AND m.kind = '{MembershipKind.FULL}'"  # as counted; guests stand in the list
    if not frame.is_whole:
        where += f" AND {lat} BETWEEN {{}} AND {{}} AND {lon} BETWEEN {{}} AND {{}}"
        values += [frame.south, frame.north, frame.west, frame.east]
    return await Organisation.raw(
        f"SELECT s.id, {lat} AS lat, {lon} AS lon, {lens.placed('town')} AS town "
        f"FROM {lens.organisations} JOIN {lens.sites_of_organisations} WHERE {where} ORDER BY {lat} DESC, s.id",
        *values,
    )


async def told(selection: Selection, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """By number: these sites with address and member."""
    lens = await selection.through()
    found: dict[int, dict[str, Any]] = {}
    for some in chunks(ids):
        rows = await Organisation.raw(
            f"SELECT {facts(lens)} FROM {lens.organisations} JOIN {lens.sites_of_organisations} "
            f"WHERE s.id IN ({marks(some)})",
            *some,
        )
        found |= {row["id"]: row for row in rows}
    return found
