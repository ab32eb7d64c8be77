"""What groups hold about a person: told in the file, erased by name, forgotten in time; the seat stays."""

from datetime import date

import pytest

from network.errors import Refused
from network.groups import participation, privacy, seats
from network.groups.tables import Participation
from network.members import retention
from network.office import privacy as files
from network.office.holding import HOLDING
from network.people.tables import Person
from network.people.viewer import VISITOR
from network.web.handed import Subject
from tests.groups.make import DAY, M08, a_group, leaves, on, somebody, takes_part, who

OLD = date(2017, 12, 31)


@pytest.fixture(autouse=True)
def at_the_desk():
    with on(DAY):
        yield


async def everywhere() -> list[seats.Seat]:
    return await seats.on_or_after(date(2010, 1, 1))


async def subject(name: str) -> Subject:
    one = await somebody(name)
    return Subject(name=one.name, emails=(one.email,), people=((one.id, one.reference),))


async def test_the_file_for_a_person_tells_each_seat(association):
    ag = await a_group()
    await takes_part(ag, "Kilian Vogt", "chair", member=M08, note="vom Vorstand gebeten")
    await leaves(M08, date(2028, 12, 31))

    [held] = await privacy.held_about(VISITOR, await subject("Kilian Vogt"))
    assert (held.title, held.stays) == ("AG Qualität", "")
    assert held.facts == [
        ("Aufgabe", "Sprecher/in"),
        ("Organisation", M08),
        ("Von wann bis wann", "1. Mai 2024 bis 31. Dezember 2028"),
        ("Anmerkung", "vom Vorstand gebeten"),
    ]


async def test_an_erasure_leaves_the_seat_with_its_days_and_no_name(association):
    ag = await a_group()
    await takes_part(ag, "Kilian Vogt", until=date(2026, 12, 31), member=M08, note="Kilian kommt selten")
    await takes_part(ag, "Kilian Vogt", "chair", since=date(2027, 1, 1), member=M08)
    later = await takes_part(await a_group("AK Arbeit"), "Kilian Vogt", since=date(2028, 1, 1), member=M08)
    reference = (await somebody("Kilian Vogt")).reference

    await files.erase(await subject("Kilian Vogt"), HOLDING, VISITOR)

    told = [(one.who, one.part, one.organisation_name, one.first, one.last, one.note) for one in await everywhere()]
    assert told == [
        ("Name gelöscht", "chair", M08, date(2027, 1, 1), DAY, ""),
        ("Name gelöscht", "participant", M08, date(2024, 5, 1), date(2026, 12, 31), ""),
    ]
    assert await Person.count().where(Person.reference == reference) == 0
    assert not await Participation.exists().where(Participation.reference == later.reference)
    rows = [repr(row) for row in await Participation.select()]
    assert not any("Kilian" in row for row in rows)


async def test_of_an_erased_name_nothing_can_be_changed_any_more(association):
    ag = await a_group()
    ella = await takes_part(ag, "Ella Brandt")
    await files.erase(await subject("Ella Brandt"), HOLDING, VISITOR)

    for deed in (
        participation.end(ag, ella.reference, until=DAY),
        participation.remove(ag, ella.reference),
        participation.change_part(ag, ella.reference, "chair", on=DAY),
    ):
        with pytest.raises(Refused, match="wurde gelöscht"):
            await deed


async def test_names_of_former_seats_go_when_their_time_is_over(association):
    ag = await a_group(founded_on=date(2010, 1, 1))
    await takes_part(ag, "Ada Alt", since=date(2011, 1, 1), until=OLD)
    await takes_part(ag, "Bo Berg", since=date(2011, 1, 1), until=date(2018, 1, 1))
    await takes_part(ag, "Ella Brandt", since=date(2011, 1, 1))

    assert (await privacy.NAMES.due(OLD), await privacy.NAMES.next_after(OLD)) == (1, date(2018, 1, 1))
    assert (await privacy.NAMES.forget(OLD)).number == 1
    assert (await privacy.NAMES.forget(OLD)).number == 0
    assert [one.who for one in await seats.of_group(ag)] == ["Bo Berg", "Ella Brandt", "Name gelöscht"]


async def test_whoever_has_a_seat_and_no_function_is_not_forgotten_as_long_as_it_runs(association):
    ag = await a_group()
    with on(date(2020, 1, 1)):
        for name in ("Ada Alt", "Ella Brandt"):
            await somebody(name)
    await takes_part(ag, "Ada Alt", until=date(2026, 6, 30))
    await takes_part(ag, "Ella Brandt")

    async def due(limit: date) -> list[str]:
        ids = await retention.chosen(retention.has_entry(), limit)
        return [row["name"] for row in await Person.select(Person.name).where(Person.id.is_in(ids))] if ids else []

    assert (await due(date(2026, 6, 29)), await due(date(2026, 6, 30))) == ([], ["Ada Alt"])
    assert await retention.next_entry(date(2026, 1, 1)) == date(2026, 6, 30)
    await retention.forget_entries(date(2026, 6, 30))
    ada = await Person.objects().get(Person.name == "Ada Alt")
    assert (ada.email, await due(date(2026, 6, 30))) == ("", [])
    assert await who(ag, date(2026, 6, 30)) == {"Ada Alt": "participant", "Ella Brandt": "participant"}
