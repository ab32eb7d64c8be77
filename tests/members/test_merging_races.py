"""Joining two entries while others write to them: on PostgreSQL both really happen at once."""

from asyncio import gather
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import pytest

from network import clock
from network.errors import Refused
from network.events.tables import Registration
from network.members import (
    directory,
    function,
    membership,
    merging,
    organisation,
    parting,
    provider,
    site,
)
from network.members.tables import Function, Merge, Organisation, ProviderStatus, Site
from network.people import person, publication
from network.people.tables import Person, Publication
from network.representing import colleague
from network.rowkeeping import pointing_at
from tests.events.make import forum, sign_up
from tests.members.make import member

pytestmark = pytest.mark.postgres
ROUNDS = range(6)


async def hangs_on(row: Organisation | Person) -> int:
    return len(await pointing_at(type(row), [row.id]))


async def at_once(*deeds: Awaitable[Any]) -> list[Any]:
    """What became of each; only a no in words is a no."""
    outcomes = await gather(*deeds, return_exceptions=True)
    for one in outcomes:
        if isinstance(one, BaseException) and not isinstance(one, Refused):
            raise one
    return outcomes


async def fresh(row: Organisation) -> Organisation:
    """As another page read it before the merge."""
    found = await organisation.by_reference(row.reference)
    assert found
    return found


async def enter_site(row: Organisation) -> None:
    await site.enter(row, town="Ulm", postal_code="89073")


async def appoint(row: Organisation) -> None:
    await function.appoint(row, await person.enter("Bo Lindqvist", "bo@example.org"), "contact")


async def correct(row: Organisation) -> None:
    await organisation.change(row, phone="0731 1")


async def enter_status(row: Organisation) -> None:
    await provider.enter(row, "interested", since=date(2025, 1, 1))


async def join(row: Organisation) -> None:
    await membership.join(row, since=clock.today())


WRITERS: list[Callable[[Organisation], Awaitable[None]]] = [enter_site, appoint, correct, enter_status, join]


@pytest.mark.parametrize("number", ROUNDS)
async def test_whoever_writes_to_the_entry_that_goes_is_in_time_or_is_told_so(association, number):
    kept, gone = await organisation.enter("Neckarbogen gGmbH"), await organisation.enter("Neckarbogen e. V.")
    stale = [await fresh(gone) for _writer in WRITERS]

    deeds = [write(row) for write, row in zip(WRITERS, stale, strict=True)]
    outcomes = await at_once(*deeds[:number], merging.merge("organisation", kept, gone), *deeds[number:])

    done = [
        name for name, one in zip([*WRITERS[:number], None, *WRITERS[number:]], outcomes, strict=True) if one is None
    ]
    assert [isinstance(one, Merge) for one in outcomes].count(True) == 1
    assert await organisation.by_reference(gone.reference) is None
    assert await hangs_on(gone) == 0
    assert await Site.count().where(Site.organisation == kept.id) == (enter_site in done)
    assert await Function.count().where(Function.organisation == kept.id) == (appoint in done)
    assert await ProviderStatus.count().where(ProviderStatus.organisation == kept.id) == (enter_status in done)
    assert len(await membership.history(kept)) == (join in done)


@pytest.mark.parametrize("number", ROUNDS)
async def test_who_registers_meanwhile_belongs_to_the_entry_that_stays(association, number):
    kept, gone = await organisation.enter("Neckarbogen gGmbH"), await organisation.enter("NRA Mannheim")
    event = await forum(title_de=f"{number}. Forum")

    await at_once(
        *(sign_up(event, f"Person {one}", organisation="NRA Mannheim") for one in range(3)),
        merging.merge("organisation", kept, gone),
        *(sign_up(event, f"Person {one}", organisation="NRA Mannheim") for one in range(3, 6)),
    )

    assert {row.organisation for row in await Registration.objects()} == {kept.id}
    assert await Registration.count() == 6
    assert [row.name for row in await Organisation.objects()] == ["Neckarbogen gGmbH"]


async def test_of_those_who_join_the_same_two_one_is_first(association):
    kept, gone = await organisation.enter("Neckarbogen gGmbH"), await organisation.enter("Neckarbogen e. V.")

    outcomes = await at_once(
        *(merging.merge("organisation", *two) for two in ((kept, gone), (gone, kept), (kept, gone), (gone, kept)))
    )

    assert sorted(isinstance(one, Merge) for one in outcomes) == [False, False, False, True]
    assert (await Organisation.count(), await Merge.count()) == (1, 1)


async def test_of_those_who_take_apart_one_is_first_and_what_was_added_meanwhile_stays(association):
    kept, gone = await organisation.enter("Neckarbogen gGmbH"), await organisation.enter("Neckarbogen e. V.")
    await enter_site(gone)
    row = await merging.merge("organisation", kept, gone)

    outcomes = await at_once(*(parting.undo(row) for _time in range(3)), appoint(await fresh(kept)))

    assert [isinstance(one, Refused) for one in outcomes[:3]].count(False) == 1
    back = await fresh(gone)
    assert await Site.count().where(Site.organisation == back.id) == 1
    assert await Function.count().where(Function.organisation == kept.id) == 1


@pytest.mark.parametrize("number", ROUNDS)
async def test_whoever_writes_to_the_person_that_goes_is_in_time_or_is_told_so(association, number):
    kept, gone = await person.enter("Ella Brandt"), await person.enter("Ella Brand", "ella@example.org")
    house = await member("Neckarbogen gGmbH")
    again = await Person.objects().get(Person.id == gone.id)

    deeds = [
        function.appoint(house, gone, "contact"),
        person.correct(again, name="Ella Brandt", email="ella@example.org", actor="", phone="0621 1"),
        publication.agreed(gone, ["name"], actor=""),
        colleague.invite(house, "Ella Brand", "ella@example.org", actor=""),
    ]
    outcomes = await at_once(*deeds[:number], merging.merge("person", kept, gone), *deeds[number:])

    assert [isinstance(one, Merge) for one in outcomes].count(True) == 1
    assert await hangs_on(gone) == 0
    assert await Person.count().where(Person.id == gone.id) == 0
    done = [not isinstance(one, Refused) for one in outcomes if not isinstance(one, Merge)]
    assert await Function.count().where(Function.person == kept.id) == done[0]
    assert await Publication.count().where(Publication.person == kept.id) == done[2]


async def test_a_spreadsheet_and_a_merge_wait_for_one_another(association):
    kept, gone = await member("Neckarbogen gGmbH", number="M1"), await organisation.enter("Neckarbogen e. V.")
    await enter_site(gone)

    async def stored() -> None:
        async with merging.DB.transaction():
            await directory.hold()
            row = await fresh(kept)
            await organisation.change(row, phone="0621 1")

    await at_once(stored(), merging.merge("organisation", kept, gone), stored())

    assert (await fresh(kept)).phone == "0621 1"
    assert await Site.count().where(Site.organisation == kept.id) == 1
