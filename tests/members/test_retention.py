"""People who are nothing any more in any house: first the number goes, then the entry, and history keeps a name."""

from datetime import UTC, date, datetime

import pytest

from network import clock
from network.members import function, merging, retention
from network.members.tables import Function, FunctionKind, Merge
from network.people import person, roles
from network.people.tables import Person, Role, RoleKind
from tests.members.make import a_site, member

SINCE = date(2020, 1, 1)
LAST = date(2027, 6, 30)


async def someone(name: str, *kinds: str, until: date | None = LAST, **facts) -> Person:
    """With these functions in a house, all to the same last day."""
    with clock.set_to(datetime(2020, 1, 1, tzinfo=UTC)):
        one = await person.enter(name, f"{name.split(maxsplit=1)[0].lower()}@example.org", phone="0231 1", **facts)
    house = await member(f"Haus {name} gGmbH")
    for kind in kinds:
        at = await a_site(house, "Dortmund", "44135") if kind == FunctionKind.SITE_MANAGER else None
        await function.appoint(house, one, kind, site=at, since=SINCE, until=until)
    return one


async def names(what: str, limit: date) -> list[str]:
    ids = await retention.chosen(what, limit)
    return [row.name for row in await Person.objects().where(Person.id.is_in(ids)).order_by(Person.name)] if ids else []


async def test_whose_last_function_has_ended_is_due_and_nobody_else(association):
    await someone("Ada Alt", "site_manager")
    await someone("Bo Bleibt", "site_manager", until=None)
    await someone("Cem Kommt", "contact", until=date(2030, 1, 1))
    await someone("Dora Nichts")
    role = await someone("Eva Rolle", "contact")
    await roles.grant(role, RoleKind.OFFICE)
    both = await someone("Finn Zwei", "contact")
    await function.appoint(await member("Anderes Haus"), both, "quality", since=LAST)

    assert await names(retention.HAS_NUMBER, LAST) == ["Ada Alt", "Dora Nichts"]
    assert await names(retention.HAS_NUMBER, date(2027, 6, 29)) == ["Dora Nichts"]
    assert await names(retention.HAS_NUMBER, date(2019, 12, 31)) == []


async def test_the_next_end_is_that_of_who_is_nothing_afterwards(association):
    await someone("Ada Alt", "site_manager")
    await someone("Bo Bleibt", "site_manager", until=None)
    later = await someone("Gert Später", until=None)
    await Role(person=later.id, kind=RoleKind.OFFICE, since=SINCE, until=date(2027, 9, 30)).save()

    assert await retention.next_number(date(2027, 1, 1)) == LAST
    assert await retention.next_number(LAST) == date(2027, 9, 30)
    assert await retention.next_number(date(2028, 1, 1)) is None


async def test_the_number_goes_and_the_rest_stays(association):
    ada = await someone("Ada Alt", "site_manager")

    assert (await retention.forget_numbers(LAST)).number == 1
    assert (await retention.forget_numbers(LAST)).number == 0

    left = await Person.objects().get(Person.id == ada.id)
    assert (left.name, left.email, left.phone) == ("Ada Alt", "ada@example.org", "")


async def test_the_entry_goes_and_who_voted_stays_by_name_once(association):
    await someone("Ada Alt", "site_manager", "contact")
    voted = await someone("Vera Wahl", "voting_delegate", "contact", title="Dr.")

    assert (await retention.forget_entries(LAST)).number == 2
    assert (await retention.forget_entries(LAST)).number == 0

    [left] = await Person.objects()
    assert (left.id, left.name, left.email, left.title, left.phone) == (voted.id, "Vera Wahl", "", "", "")
    assert [row.kind for row in await Function.objects()] == ["voting_delegate"]
    assert [back.number for back in await retention.names_in_history()] == [1]


async def test_what_was_kept_of_a_merge_goes_with_the_person(association):
    kept, gone = await someone("Ada Alt", "contact"), await someone("Adda Alt", "contact")
    await merging.merge("person", kept, gone)
    assert await Merge.count() == 1

    await retention.forget_entries(LAST)

    assert (await Person.count(), await Merge.count()) == (0, 0)


@pytest.mark.parametrize("number", [1, 2])
async def test_portions_end(association, monkeypatch, number):
    monkeypatch.setattr(retention, "PORTION", number)
    for name in ("Ada Alt", "Bea Alt", "Cleo Alt"):
        await someone(name, "contact")

    portions = []
    while gone := (await retention.forget_entries(LAST)).number:
        portions.append(gone)

    assert (sum(portions), len(portions), await Person.count()) == (3, -(-3 // number), 0)
