"""Two entries made one take their seats along, and give them back when they are taken apart."""

from datetime import date

import pytest

from network.groups import seats
from network.members import merging, parting
from tests.groups.make import DAY, M01, M02, a_group, known, on, somebody, takes_part
from tests.members.make import member


@pytest.fixture(autouse=True)
def at_the_desk():
    with on(DAY):
        yield


async def told() -> list[tuple[str, str, str, date, date | None]]:
    found = await seats.on_or_after(date(2010, 1, 1))
    return sorted((one.group_name, one.who, one.organisation_name, one.first, one.last) for one in found)


async def test_one_person_entered_twice_in_one_seat_has_it_once_from_the_first_day_to_the_last(association):
    ag = await a_group()
    await takes_part(ag, "Ella Brandt", since=date(2024, 5, 1), until=date(2027, 12, 31))
    await takes_part(ag, "Ella Brand", since=date(2025, 1, 1))
    await takes_part(await a_group("AK Arbeit"), "Ella Brand", member=M02)
    before = await told()
    row = await merging.merge("person", await somebody("Ella Brandt"), await somebody("Ella Brand"))

    assert await told() == [
        ("AG Qualität", "Ella Brandt", M01, date(2024, 5, 1), None),
        ("AK Arbeit", "Ella Brandt", M02, date(2024, 5, 1), None),
    ]
    await parting.undo(row)
    assert await told() == before


async def test_the_seats_of_an_organisation_go_over_to_the_one_that_stays(association):
    ag = await a_group()
    await takes_part(ag, "Ella Brandt")
    await takes_part(ag, "Nuri Falk", "guest", member="", since=date(2025, 1, 1))
    other = await member("Neckarbogen Reha", since=date(1995, 1, 1))
    await takes_part(ag, "Bo Berg", "guest", member="Neckarbogen Reha")
    stays = await known(M01)
    await merging.merge("organisation", stays, other, merging.Choice(membership="kept"))

    assert await told() == [
        ("AG Qualität", "Bo Berg", M01, date(2024, 5, 1), None),
        ("AG Qualität", "Ella Brandt", M01, date(2024, 5, 1), None),
        ("AG Qualität", "Nuri Falk", "", date(2025, 1, 1), None),
    ]
