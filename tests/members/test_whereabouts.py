"""Where postal codes are, and what sites have without coordinates of their own."""

import pytest

from network.members import site, whereabouts
from tests.members.make import a_site, member

MANNHEIM, KASSEL = "68161", "34117"


def test_from_mannheim_to_kassel_is_as_far_as_on_the_map():
    far = whereabouts.kilometres(whereabouts.of_postal_code(MANNHEIM), whereabouts.of_postal_code(KASSEL))

    assert far == pytest.approx(216, abs=3)
    assert whereabouts.kilometres((50.0, 8.0), (50.0, 8.0)) == 0


def test_a_post_box_lies_nowhere_and_nonsense_neither():
    assert [whereabouts.of_postal_code(code) for code in ("68160", "99999", "1067", "00000", "", "xyz")] == [None] * 6


async def test_a_site_without_coordinates_stands_where_its_postal_code_is_and_follows_it(at_sunday):
    anker = await member("Anker")
    one = await a_site(anker, "Mannheim", MANNHEIM)
    assert (one.lat, one.lon, one.placed_by) == (*whereabouts.of_postal_code(MANNHEIM), "postal_code")

    await site.change(one, anker, postal_code=KASSEL, town="Kassel")
    assert (one.lat, one.lon) == whereabouts.of_postal_code(KASSEL)

    await site.change(one, anker, lat=51.3, lon=9.5)
    await site.change(one, anker, postal_code=MANNHEIM)
    assert (one.lat, one.lon, one.placed_by) == (51.3, 9.5, "")
