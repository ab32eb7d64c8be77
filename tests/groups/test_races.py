"""Many at once: only PostgreSQL lets them really run side by side."""

from asyncio import gather

import pytest

from network.errors import Refused
from network.groups import group, participation
from network.groups.tables import Participation, WorkingGroup
from tests.groups.make import DAY, FOUNDED, a_group, a_member, on, somebody, who

pytestmark = pytest.mark.postgres


async def test_of_many_who_are_entered_as_chair_at_the_same_moment_one_is():
    with on(DAY):
        ag, house = await a_group(), await a_member()
        people = [await somebody(f"Gast Nummer{number}") for number in range(8)]
        answers = await gather(
            *(participation.enter(ag, one, "chair", organisation=house, since=DAY) for one in people),
            return_exceptions=True,
        )

        assert [type(one) for one in answers if not isinstance(one, Participation)] == [Refused] * 7
        assert len(await who(ag, DAY)) == 1


async def test_a_person_entered_twice_at_the_same_moment_has_one_seat():
    with on(DAY):
        ag, house, ella = await a_group(), await a_member(), await somebody("Ella Brandt")
        answers = await gather(
            *(participation.enter(ag, ella, part, organisation=house, since=DAY) for part in ("chair", "guest")),
            return_exceptions=True,
        )

    assert sorted(type(one).__name__ for one in answers) == ["Participation", "Refused"]


async def test_two_groups_of_one_name_entered_at_the_same_moment_are_one():
    with on(DAY):
        await gather(
            *(group.enter(name_de="AG Qualität", founded_on=FOUNDED) for _twice in range(2)), return_exceptions=True
        )

    assert await WorkingGroup.count() == 1
