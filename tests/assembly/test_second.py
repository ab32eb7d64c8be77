"""A second assembly after one without a quorum: where the bylaws say so it decides however many members are there."""

from datetime import date

import pytest

from network import clock
from network.assembly import attendance, course, decision, meeting, quorate, second
from network.assembly.tables.meeting import Assembly
from network.association import bylaws
from network.errors import Refused
from network.people.tables import RoleKind
from network.resolutions.counts import Count
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import CONVENED, announced, under_way
from tests.assembly.make import assembly, at
from tests.assembly.test_day_views import words
from tests.browser import submit

MOST_OF_TEN = {"quorum_members": "95 %"}  # nine of ten are too few
LATER = at(10, day=date(2027, 7, 9))


async def closed(row: Assembly) -> None:
    with clock.set_to(at(15)):
        await course.close(row, actor="")


async def planned_second(row: Assembly) -> Assembly:
    made = await assembly(starts_at=LATER)
    await second.follow(made, row.reference, actor="")
    found = await meeting.by_reference(made.reference)
    assert found
    return found


async def test_it_decides_with_whoever_is_there_and_minutes_and_pages_say_why(ten):
    async with under_way(ten, **MOST_OF_TEN, second_meeting=True) as first:
        item = await announced(first)
        put = await decision.put(first, item, title="Haushalt", wording="Wird beschlossen.", actor="")
        with pytest.raises(Refused):
            await decision.begin(first, put, actor="")
        await closed(first)
        with clock.set_to(at(16)):
            row = await planned_second(first)
    await Assembly.update({Assembly.convened_at: CONVENED, Assembly.opened_at: LATER}).where(Assembly.id == row.id)
    row = await meeting.by_reference(row.reference)
    with clock.set_to(LATER):
        await attendance.come(row, ten["M01"], name="M01", actor="")
        put = await decision.put(row, await announced(row), title="Haushalt", wording="Wird beschlossen.", actor="")
        standing = await decision.begin(row, put, actor="")
        await decision.count(row, put, Count(standing.castable, 0), actor="")
        told = await quorate.when_opened(row)

    assert "Diese zweite Versammlung entscheidet in jedem Fall" in told
    assert standing.represented > 0


async def test_without_the_clause_it_is_refused_with_the_rule(ten):
    async with under_way(ten, **MOST_OF_TEN) as first:
        await closed(first)
        with clock.set_to(at(16)), pytest.raises(Refused) as no:
            await planned_second(first)

    assert "BGH II ZR 51/88" in no.value.words


async def test_after_an_assembly_with_a_quorum_there_is_no_second_one(ten):
    async with under_way(ten, quorum_members="1/2", second_meeting=True) as first:
        await closed(first)
        with clock.set_to(at(16)), pytest.raises(Refused) as no:
            await planned_second(first)
        assert await second.choices() == {}

    assert "kein" in no.value.words or "nicht" in no.value.words


async def test_bylaws_without_a_quorum_know_no_second_assembly(association):
    with pytest.raises(Refused):
        await bylaws.enact("", valid_from=date(2020, 1, 1), second_meeting=True)


async def test_the_office_chooses_it_among_those_without_a_quorum_and_the_invitation_says_so(ten):
    async with under_way(ten, **MOST_OF_TEN, second_meeting=True) as first:
        await closed(first)
        with clock.set_to(at(16)):
            async with browser() as office:
                await come_in(office, await somebody("Mira Quandt", RoleKind.OFFICE))
                offered = await office.get("/office/assemblies/new")
                made = await submit(office, "/office/assemblies/new", title="Zweite Versammlung", day="09.07.2027",
                                    town="Berlin", second_of=first.reference)  # fmt: skip
                page = await office.get(made.headers["location"])

    assert first.title in words(offered)
    assert "zweite Versammlung: sie entscheidet" in words(page)
