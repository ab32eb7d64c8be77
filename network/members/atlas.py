"""Sites on a map of Germany, drawn by the server: an outline, and marks that are links."""

import json
import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from statistics import fmean
from typing import Any

WIDTH = 600
WEST, EAST, SOUTH, NORTH = 5.6, 15.3, 47.1, 55.2
MIDDLE = math.cos(math.radians(51.2))  # a degree of longitude beside one of latitude, in the middle of the country
SCALE = WIDTH / ((EAST - WEST) * MIDDLE)
HEIGHT = round((NORTH - SOUTH) * SCALE)
RADIUS = 11  # a mark is a target of at least 24 px on a telephone of 360 px only with its neighbours joined
APART = 2.4 * RADIUS  # marks nearer than this become one
OUTLINE = Path(__file__).with_name("germany.json")


@dataclass(slots=True, eq=False)
class Mark:
    """One or several sites that lie too near to be told apart."""

    x: float
    y: float
    sites: list[dict[str, Any]]

    @property
    def towns(self) -> list[str]:
        return list(dict.fromkeys(site["town"] for site in self.sites))


@cache
def outline() -> str:
    """The country's outline as the `d` of an SVG path."""
    rings = json.loads(OUTLINE.read_text())["rings"]
    return "".join(f"M{' '.join(f'{x:.1f},{y:.1f}' for x, y in (point(*pair) for pair in ring))}Z" for ring in rings)


def point(lon: float, lat: float) -> tuple[float, float]:
    """Where a place lies in the drawing: an equirectangular projection that is true at 51.2° north."""
    return (lon - WEST) * MIDDLE * SCALE, (NORTH - lat) * SCALE


def is_inside(site: dict[str, Any]) -> bool:
    """It has coordinates, and they lie in the picture."""
    lat, lon = site["lat"], site["lon"]
    return lat is not None and lon is not None and SOUTH <= lat <= NORTH and WEST <= lon <= EAST


def marks(sites: Iterable[dict[str, Any]]) -> list[Mark]:
    """From north to south, as one reads; near ones are joined at their middle, until none touch."""
    found = [joined(near) for near in cells(site for site in sites if is_inside(site))]
    while pair := nearest(found):
        one, other = pair
        found.remove(other)
        found[found.index(one)] = joined([*one.sites, *other.sites])
    return sorted(found, key=lambda mark: (mark.y, mark.x))


def cells(sites: Iterable[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    """Sites that share a small square: of thousands there are never more squares than fit into the country."""
    found = defaultdict(list)
    for site in sites:
        x, y = point(site["lon"], site["lat"])
        found[int(x / RADIUS), int(y / RADIUS)].append(site)
    return found.values()


def joined(sites: list[dict[str, Any]]) -> Mark:
    places = [point(site["lon"], site["lat"]) for site in sites]
    return Mark(fmean(x for x, _y in places), fmean(y for _x, y in places), sites)


def nearest(found: list[Mark]) -> tuple[Mark, Mark] | None:
    """The two marks that touch most, if any do."""
    near = [
        (math.hypot(one.x - other.x, one.y - other.y), number, further)
        for number, one in enumerate(found)
        for further, other in enumerate(found[number + 1 :], number + 1)
        if abs(one.y - other.y) < APART
    ]
    distance, number, further = min(near, default=(APART, 0, 0))
    return (found[number], found[further]) if distance < APART else None
