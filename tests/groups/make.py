"""Groups for tests: three members, people by name, and who is in a group on a day."""

from datetime import date, time
from typing import Any

from network import clock
from network.groups import group, participation, seats
from network.groups.tables import Participation, WorkingGroup
from network.members import membership
from network.members.tables import Organisation
from network.people import person
from network.people.tables import Person
from tests.members.make import member

FOUNDED, DAY = date(2020, 1, 1), date(2027, 9, 6)
M01, M02, M08 = "Neckarbogen gGmbH", "Rheinweg gGmbH", "Mainfeld e. V."


def on(day: date) -> Any:
    """Nine o'clock in Berlin."""
    return clock.set_to(clock.berlin(day, time(9)))


async def a_group(name: str = "AG Qualität", *, founded_on: date = FOUNDED, **facts: Any) -> WorkingGroup:
    return await group.enter(name_de=name, founded_on=founded_on, **facts)


async def a_member(name: str = M01, **facts: Any) -> Organisation:
    return await known(name) or await member(name, **facts)


async def known(name: str) -> Organisation | None:
    return await Organisation.objects().get(Organisation.name == name)


async def somebody(name: str) -> Person:
    return await person.enter(name, f"{name.rsplit(maxsplit=1)[-1].lower()}@example.org")


async def takes_part(
    of: WorkingGroup,
    who: str,
    part: str = "participant",
    *,
    member: str = M01,
    since: date = date(2024, 5, 1),
    **more: Any,
) -> Participation:
    house = await a_member(member) if member else None
    return await participation.enter(of, await somebody(who), part, organisation=house, since=since, **more)


async def who(of: WorkingGroup, day: date) -> dict[str, str]:
    """By name, as what."""
    return {one.who: one.part for one in seats.on(await seats.of_group(of), day)}


async def leaves(name: str, until: date) -> Organisation:
    """Its membership ends with this day."""
    house = await known(name)
    assert house
    await membership.resign(house, until=until)
    return house
