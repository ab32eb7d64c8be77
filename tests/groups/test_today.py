"""What Today says of groups: nobody chairs, seats end soon; and what the search finds."""

from datetime import date

import pytest

from network.groups import group, handed, participation
from network.people import person, roles
from network.people.tables import RoleKind
from network.people.viewer import VISITOR, Viewer
from tests.groups.make import DAY, M02, M08, a_group, leaves, on, takes_part


@pytest.fixture
async def mira():
    with on(DAY):
        someone = await person.enter("Mira Quandt", "mira.quandt@example.org")
        await roles.grant(someone, RoleKind.OFFICE)
        yield Viewer(someone.id, someone.reference, someone.name, someone.email, frozenset({(RoleKind.OFFICE, "")}))


async def told(viewer: Viewer, day: date = DAY) -> list[tuple[str, str, date | None]]:
    return [(one.title, one.reason, one.day) for one in await handed.due(viewer, day)]


async def test_a_group_without_a_chair_is_named_until_one_is_entered_even_for_later(mira):
    ag = await a_group()
    await takes_part(ag, "Nuri Falk", member=M02)
    await group.end(await a_group("AK Früher"), on=date(2026, 12, 31))
    await a_group("AG Später", founded_on=date(2028, 1, 1))
    before = await told(mira)
    await takes_part(ag, "Ella Brandt", "chair", since=date(2027, 10, 1))

    assert before == [("AG Qualität ist ohne Sprecher/in", "Als Sprecher/in ist niemand eingetragen.", None)]
    assert (await told(mira), await told(VISITOR)) == ([], [])


async def test_seats_that_end_within_a_month_stand_in_a_line_for_each_group_and_day(mira):
    ag, ak = await a_group(), await a_group("AK Arbeit")
    last = date(2027, 9, 30)
    await takes_part(ag, "Kilian Vogt", "chair", member=M08)
    await takes_part(ag, "Nele Abend", member=M08)
    await takes_part(ak, "Kilian Vogt", "chair", member=M08)
    await takes_part(ak, "Ella Brandt", until=last)
    await leaves(M08, last)

    assert await told(mira, date(2027, 8, 30)) == []
    assert await told(mira) == [
        ("AG Qualität: 2 Sitze enden am 30. September 2027",
         "Kilian Vogt und Nele Abend. Mit diesem Tag endet die Mitgliedschaft. Vom nächsten Tag an ist niemand Sprecher/in.",
         last),
        ("AK Arbeit: 2 Sitze enden am 30. September 2027",
         "Kilian Vogt und Ella Brandt. Vom nächsten Tag an ist niemand Sprecher/in.", last),
    ]  # fmt: skip


async def test_whoever_goes_on_as_something_else_does_not_leave_and_a_successor_is_known(mira):
    ag = await a_group()
    ella = await takes_part(ag, "Ella Brandt", "chair")
    await participation.change_part(ag, ella.reference, "participant", on=date(2027, 9, 20))
    await takes_part(ag, "Nuri Falk", "chair", member=M02, since=date(2027, 9, 20))

    assert await told(mira) == []


async def test_of_many_the_line_names_three(mira):
    ag = await a_group()
    for number, name in enumerate(("Ada Alt", "Bo Berg", "Cem Dorn", "Eva Feld"), start=1):
        await takes_part(ag, name, until=date(2027, 9, 6 + number) if number > 3 else date(2027, 9, 10))
    await takes_part(ag, "Finn Gross", "chair")

    titles = await told(mira)
    assert [title for title, _reason, _day in titles] == ["AG Qualität: 4 Sitze enden am 10. September 2027"]
    assert titles[0][1] == "Ada Alt, Bo Berg, Cem Dorn und andere."


async def test_of_many_groups_one_line_says_how_many(mira):
    for number in range(4):
        await takes_part(await a_group(f"AG {number}"), "Kilian Vogt", member=M08)
    vacant = await told(mira)
    await leaves(M08, date(2027, 9, 30))

    assert vacant == [("4 Arbeitsgruppen sind ohne Sprecher/in", "", None)]
    assert (await told(mira))[1] == (
        "4 Sitze in Arbeitsgruppen enden bald", "AG 0, AG 1, AG 2 und andere.", date(2027, 9, 30),
    )  # fmt: skip


async def test_the_search_finds_groups_by_either_name_and_nothing_for_others(mira):
    await a_group(name_en="Quality group")
    found = [one.title for one in await handed.found(mira, "quality")]

    assert (found, await handed.found(VISITOR, "quality"), await handed.found(mira, "")) == (["AG Qualität"], [], [])
