"""Sites on a map of Germany, drawn by the server: an outline, and marks that are links; of very many an overview.

The overview's marks stand for many sites each and lead to an enlarged part, until there are few enough to be listed.
"""

import heapq
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

WIDTH = 600
WEST, EAST, SOUTH, NORTH = 5.6, 15.3, 47.1, 55.2
MIDDLE = math.cos(math.radians(51.2))  # a degree of longitude beside one of latitude, in the middle of the country
SCALE = WIDTH / ((EAST - WEST) * MIDDLE)
HEIGHT = round((NORTH - SOUTH) * SCALE)
RADIUS = 11  # a mark is a target of at least 24 px on a telephone of 360 px only with its neighbours joined
ROOM = 2.4  # of a mark, in radiuses
APART = ROOM * RADIUS  # marks nearer than this become one
OVERVIEW = 1.5  # times as far apart: a page of 120 kB has room for about a hundred marks
MOST_LISTED = 100  # sites; of more than these the map is an overview
WIDEST = WIDTH / 4  # of the picture, what a mark of the overview stands for: so its part is larger by three times
LARGEST = 512  # times: then the picture is a kilometre wide, and all in it share a postal code
PART = re.compile(r"(\d{2}(?:\.\d{1,4})?),(\d{1,2}(?:\.\d{1,4})?),(\d{1,3})", re.ASCII)
OUTLINE = Path(__file__).with_name("germany.json")


@dataclass(frozen=True, slots=True)
class Frame:
    """What of the country is in the picture: its middle, and how many times it is enlarged."""

    lat: float = (SOUTH + NORTH) / 2
    lon: float = (WEST + EAST) / 2
    zoom: int = 1

    @property
    def is_whole(self) -> bool:
        return self.zoom == 1

    @property
    def west(self) -> float:
        return self.lon - (EAST - WEST) / 2 / self.zoom

    @property
    def east(self) -> float:
        return self.lon + (EAST - WEST) / 2 / self.zoom

    @property
    def south(self) -> float:
        return self.lat - (NORTH - SOUTH) / 2 / self.zoom

    @property
    def north(self) -> float:
        return self.lat + (NORTH - SOUTH) / 2 / self.zoom

    @property
    def words(self) -> str:
        """As it stands in an address."""
        return f"{self.lat:.4f},{self.lon:.4f},{self.zoom}"

    @property
    def view(self) -> str:
        """The part of the outline that is in the picture, as an SVG viewBox."""
        x, y = point(self.west, self.north)
        return f"{x:.2f} {y:.2f} {WIDTH / self.zoom:.2f} {HEIGHT / self.zoom:.2f}"

    def point(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place lies in the picture."""
        return (lon - self.west) * MIDDLE * SCALE * self.zoom, (self.north - lat) * SCALE * self.zoom


COUNTRY = Frame()


def frame_of(text: str) -> Frame:
    """The part of the map that an address asks for; what is no part of it is the whole."""
    found = PART.fullmatch(text)
    if not found or not 1 < int(found[3]) <= LARGEST:
        return COUNTRY
    lat, lon = float(found[1]), float(found[2])
    return Frame(lat, lon, int(found[3])) if SOUTH <= lat <= NORTH and WEST <= lon <= EAST else COUNTRY


@dataclass(slots=True, eq=False)
class Mark:
    """One or several sites that lie too near to be told apart."""

    x: float
    y: float
    sites: list[dict[str, Any]]
    box: tuple[float, float, float, float]  # in which they lie: left, top, right, bottom

    @property
    def towns(self) -> list[str]:
        """Those with most sites first."""
        return [town for town, _number in Counter(site["town"] for site in self.sites).most_common()]

    @property
    def radius(self) -> float:
        """Of hundreds up to twice that of one."""
        return RADIUS * min(2.0, 1 + math.log10(len(self.sites)) / 4) if len(self.sites) > MOST_LISTED / 10 else RADIUS

    @property
    def part(self) -> Frame:
        """The part of the map that holds its sites, with some room around them."""
        lats, lons = [site["lat"] for site in self.sites], [site["lon"] for site in self.sites]
        high, wide = max(lats) - min(lats), max(lons) - min(lons)
        fits = min((NORTH - SOUTH) / max(high, 1e-6), (EAST - WEST) / max(wide, 1e-6))
        zoom = max(2, min(LARGEST, int(fits / 1.2)))
        return Frame((max(lats) + min(lats)) / 2, (max(lons) + min(lons)) / 2, zoom)


@cache
def outline() -> str:
    """The country's outline as the `d` of an SVG path."""
    rings = json.loads(OUTLINE.read_text())["rings"]
    return "".join(f"M{' '.join(f'{x:.1f},{y:.1f}' for x, y in (point(*pair) for pair in ring))}Z" for ring in rings)


def point(lon: float, lat: float) -> tuple[float, float]:
    """Where a place lies in the drawing of the whole: an equirectangular projection that is true at 51.2° north."""
    return (lon - WEST) * MIDDLE * SCALE, (NORTH - lat) * SCALE


def is_inside(site: dict[str, Any], frame: Frame = COUNTRY) -> bool:
    """It has coordinates, and they lie in the picture."""
    lat, lon = site["lat"], site["lon"]
    inside = lat is not None and lon is not None
    return inside and frame.south <= lat <= frame.north and frame.west <= lon <= frame.east


def marks(sites: Iterable[dict[str, Any]], frame: Frame = COUNTRY) -> list[Mark]:
    """From north to south, as one reads; near ones are joined at their middle, until none touch."""
    return drawn(sites, frame, APART, math.inf)


def overview(sites: Iterable[dict[str, Any]], frame: Frame = COUNTRY) -> list[Mark]:
    """The same with fewer marks; near ones whose sites lie too far apart to be enlarged together stay two."""
    return drawn(sites, frame, OVERVIEW * APART, WIDEST)


def drawn(sites: Iterable[dict[str, Any]], frame: Frame, apart: float, widest: float) -> list[Mark]:
    inside = (site for site in sites if is_inside(site, frame))
    found = [mark_of(near, frame) for near in cells(inside, frame, apart / ROOM)]
    return sorted(joined(found, apart, widest), key=lambda mark: (mark.y, mark.x))


def cells(sites: Iterable[dict[str, Any]], frame: Frame, size: float) -> Iterable[list[dict[str, Any]]]:
    """Sites that share a small square: of thousands there are never more squares than fit into the country."""
    found = defaultdict(list)
    for site in sites:
        x, y = frame.point(site["lon"], site["lat"])
        found[int(x / size), int(y / size)].append(site)
    return found.values()


def mark_of(sites: list[dict[str, Any]], frame: Frame) -> Mark:
    places = [frame.point(site["lon"], site["lat"]) for site in sites]
    xs, ys = [x for x, _y in places], [y for _x, y in places]
    return Mark(sum(xs) / len(xs), sum(ys) / len(ys), sites, (min(xs), min(ys), max(xs), max(ys)))


def joined(found: Iterable[Mark], apart: float, widest: float) -> Iterable[Mark]:
    """Those that touch most first. Each mark looks only at the squares around its own: not at each other mark."""
    standing: dict[int, Mark] = {}
    squares: dict[tuple[int, int], set[int]] = defaultdict(set)
    touching: list[tuple[float, int, int]] = []

    def stand(number: int, mark: Mark) -> None:
        for other in around(mark, apart, squares):
            far = math.hypot(mark.x - standing[other].x, mark.y - standing[other].y)
            if far < apart:
                heapq.heappush(touching, (far, other, number))
        standing[number] = mark
        squares[square(mark, apart)].add(number)

    for number, mark in enumerate(found):
        stand(number, mark)
    number = len(standing)
    while touching:
        _far, one, other = heapq.heappop(touching)
        if one in standing and other in standing and width(both := middle(standing[one], standing[other])) <= widest:
            for gone in (one, other):
                squares[square(standing[gone], apart)].discard(gone)
                del standing[gone]
            stand(number, both)
            number += 1
    return standing.values()


def square(mark: Mark, apart: float) -> tuple[int, int]:
    return math.floor(mark.x / apart), math.floor(mark.y / apart)


def around(mark: Mark, apart: float, squares: dict[tuple[int, int], set[int]]) -> Iterator[int]:
    x, y = square(mark, apart)
    for place in ((x + right, y + down) for right in (-1, 0, 1) for down in (-1, 0, 1)):
        yield from squares.get(place, ())


def middle(one: Mark, other: Mark) -> Mark:
    mine, theirs = len(one.sites), len(other.sites)
    x = (one.x * mine + other.x * theirs) / (mine + theirs)
    y = (one.y * mine + other.y * theirs) / (mine + theirs)
    left, top = map(min, one.box[:2], other.box[:2])
    right, bottom = map(max, one.box[2:], other.box[2:])
    return Mark(x, y, [*one.sites, *other.sites], (left, top, right, bottom))


def width(mark: Mark) -> float:
    left, top, right, bottom = mark.box
    return max(right - left, bottom - top)
