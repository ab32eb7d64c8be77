"""Whether a place lies in Germany, by the outline that the map is drawn from, and whether what is told of it agrees."""

import json
import math
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Any

from network.i18n import _
from network.members.atlas import OUTLINE
from network.members.lands import land_name, land_of_postal_code
from network.members.whereabouts import Point, kilometres, of_postal_code

Edge = tuple[float, float, float, float]  # longitude and latitude of both ends

NEAR_KM = 3.0  # the outline is coarse
FAR_KM = 50.0  # from the middle of the postal code's area
BIGHT = (53.5, 54.85, 6.5, 9.0)  # south, north, west, east: water, and islands that the outline leaves out
DEGREE_KM = 111.2
BANDS = 10  # to a degree


def is_in_germany(lat: float, lon: float) -> bool:
    south, north, west, east = BIGHT
    if south <= lat <= north and west <= lon <= east:
        return True
    return is_within(lat, lon) or is_near(lat, lon)


def is_within(lat: float, lon: float) -> bool:
    """A ray to the east meets the outline an odd number of times."""
    met = 0
    for x, y, u, v in bands().get(math.floor(lat * BANDS), ()):
        if (y > lat) != (v > lat) and lon < (u - x) * (lat - y) / (v - y) + x:
            met += 1
    return met % 2 == 1


def is_near(lat: float, lon: float) -> bool:
    return any(away(lat, lon, edge) <= NEAR_KM for edge in edges())


def away(lat: float, lon: float, edge: Edge) -> float:
    """Kilometres from an edge, on a country that is flat so near."""
    shrunk = math.cos(math.radians(lat)) * DEGREE_KM
    x, y = (edge[0] - lon) * shrunk, (edge[1] - lat) * DEGREE_KM
    along, up = (edge[2] - lon) * shrunk - x, (edge[3] - lat) * DEGREE_KM - y
    length = along * along + up * up
    part = max(0.0, min(1.0, -(x * along + y * up) / length)) if length else 0.0
    return math.hypot(x + part * along, y + part * up)


@cache
def edges() -> list[Edge]:
    rings = json.loads(OUTLINE.read_text())["rings"]
    return [(*one, *other) for ring in rings for one, other in zip(ring, [*ring[1:], ring[0]], strict=True)]


@cache
def bands() -> dict[int, list[Edge]]:
    """The edges by the tenths of a degree of latitude that they cross: thousands of sites are asked about at once."""
    found: dict[int, list[Edge]] = defaultdict(list)
    for edge in edges():
        low, high = sorted((edge[1], edge[3]))
        for band in range(math.floor(low * BANDS), math.floor(high * BANDS) + 1):
            found[band].append(edge)
    return dict(found)


def misplaced(facts: Mapping[str, Any]) -> dict[str, str]:
    """What of postal code, Land, latitude and longitude does not go together, each in a sentence."""
    code, land, lat, lon = (facts.get(name) for name in ("postal_code", "land", "lat", "lon"))
    found = {}
    if code and land and (there := land_of_postal_code(code)) not in ("", land):
        found["land"] = _("The postal code %(code)s lies in %(land)s", code=code, land=land_name(there))
    if lat is not None and lon is not None:
        if words := wrong_there((lat, lon), code or ""):
            found["lat"] = words
    elif lat is not None:
        found["lat"] = _("A latitude alone is no place; the longitude is missing")
    elif lon is not None:
        found["lon"] = _("A longitude alone is no place; the latitude is missing")
    return found


def wrong_there(told: Point, code: str) -> str:
    place = f"{told[0]:.3f}, {told[1]:.3f}"
    if not is_in_germany(*told):
        return _("%(place)s does not lie in Germany", place=place)
    middle = of_postal_code(code)
    far = kilometres(told, middle) if middle else 0
    if far <= FAR_KM:
        return ""
    return _("%(place)s is %(far)s km away from the postal code %(code)s", place=place, far=round(far), code=code)
