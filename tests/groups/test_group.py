"""A group itself: its name, its life, and what stands in the way of changing either."""

from datetime import date

import pytest

from network.errors import Refused
from network.groups import group
from network.groups.tables import WorkingGroup
from tests.groups.make import DAY, FOUNDED, a_group, on, takes_part, who


@pytest.fixture(autouse=True)
def at_the_desk():
    with on(DAY):
        yield


async def test_two_groups_of_one_name_are_refused_unless_one_has_ended_before_the_other_began():
    first = await a_group("AG Qualität")
    with pytest.raises(Refused, match="Eine Gruppe dieses Namens gibt es schon"):
        await a_group("ag qualitaet", founded_on=date(2025, 1, 1))
    await group.end(first, on=date(2024, 12, 31))
    await a_group("AG Qualität", founded_on=date(2025, 1, 1))
    with pytest.raises(Refused, match="Eine Gruppe dieses Namens gibt es schon"):
        await group.go_on(first)

    assert await WorkingGroup.count() == 2


async def test_all_seats_end_with_the_group_and_go_on_when_the_end_is_taken_back():
    ag = await a_group()
    await takes_part(ag, "Ella Brandt", "chair")
    await takes_part(ag, "Nuri Falk", until=date(2027, 9, 30))
    number = await group.end(ag, on=date(2027, 12, 31), note="Auftrag erfüllt")

    assert number == 1
    assert (await who(ag, date(2027, 12, 31)), await who(ag, date(2028, 1, 1))) == ({"Ella Brandt": "chair"}, {})
    with pytest.raises(Refused, match=r"Diese Gruppe endet schon am 31. Dezember 2027"):
        await group.end(ag, on=date(2028, 6, 30))

    await group.go_on(ag)
    await group.go_on(ag)
    assert await who(ag, date(2028, 1, 1)) == {"Ella Brandt": "chair"}


async def test_a_group_does_not_end_before_it_began_or_before_a_seat_begins():
    ag = await a_group()
    with pytest.raises(Refused, match=r"Die Gruppe besteht erst seit dem 1. Januar 2020"):
        await group.end(ag, on=date(2019, 12, 31))
    await takes_part(ag, "Ella Brandt", since=date(2028, 1, 1))
    with pytest.raises(Refused, match=r"Der Sitz von Ella Brandt beginnt erst am 1. Januar 2028"):
        await group.end(ag, on=date(2027, 12, 31))


async def test_a_group_was_not_founded_after_somebody_took_part():
    ag = await a_group()
    await takes_part(ag, "Ella Brandt", since=date(2024, 5, 1))

    with pytest.raises(Refused, match=r"Ella Brandt ist schon seit dem 1. Mai 2024 dabei"):
        await group.change(ag, shown=False, founded_on=date(2024, 5, 2))
    changed = await group.change(ag, shown=True, founded_on=date(2024, 5, 1), name_en="Quality", meetings_a_year=6)

    assert changed == ["founded_on", "meetings_a_year", "name_en", "published_at"]
    assert await group.change(ag, shown=True, founded_on=date(2024, 5, 1)) == []
    assert await group.any_shown(DAY)
    assert not await group.any_shown(FOUNDED)


async def test_a_group_that_nobody_was_in_is_removed_and_any_other_is_not():
    empty, used = await a_group("Versehen"), await a_group()
    await takes_part(used, "Ella Brandt")
    await group.remove(empty)
    with pytest.raises(Refused, match="Bitte beenden Sie sie"):
        await group.remove(used)
    with pytest.raises(Refused, match="nicht mehr bekannt"):
        await group.remove(empty)

    assert [row.name_de for row in await group.every()] == ["AG Qualität"]
