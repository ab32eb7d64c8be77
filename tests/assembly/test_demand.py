"""A minority demands an assembly (§ 37 BGB): counted against the bylaws or the law's tenth, with the board's clock."""

from datetime import date

import pytest

from network import clock
from network.assembly import agenda, demand, handed, meeting
from network.assembly.tables.afterwards import Demand
from network.association import bylaws
from network.errors import Refused
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from tests.assembly.conftest import RULES, browser, come_in, somebody
from tests.assembly.make import assembly, at
from tests.assembly.test_day_views import words
from tests.browser import submit

pytestmark = pytest.mark.usefixtures("in_april")
TODAY = date(2027, 4, 5)
OFFICE = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, "")}))


@pytest.fixture
async def third(ten):
    """Bylaws that ask for a third: four of ten."""
    await bylaws.enact("", valid_from=date(2020, 1, 1), **RULES | {"minority": "1/3"})
    return ten


async def received(ten, *who: str, **facts) -> Demand:
    known = {"purpose": "Abberufung des Vorsitzes", "reasons": "Seit einem Jahr kein Bericht.", "received_on": TODAY}
    return await demand.receive(supporters=[ten[one] for one in who], actor="", **known | facts)


async def case(row: Demand) -> demand.Case:
    found = await demand.by_reference(row.reference)
    assert found
    return await demand.case_of(found)


async def due(day: date) -> list[str]:
    return [one.kind for one in await handed.due(OFFICE, day) if "Minderheit" in one.title]


async def test_by_law_a_tenth_of_the_members_is_enough(ten):
    found = await case(await received(ten, "M05"))

    assert (found.row.needed, found.row.members, found.state) == (1, 10, "open")
    assert found.words == "1 von einem nötigen Mitglied, bei 10 Mitgliedern"


async def test_the_clock_of_the_board_begins_when_enough_members_stand_behind_it(third):
    row = await received(third, "M05", "M06", "M07")
    before = await case(row)
    with clock.set_to(at(10, day=date(2027, 4, 9))):
        await demand.support(row, third["M08"], since=date(2027, 4, 9), actor="")
    after = await case(row)

    assert (before.row.needed, before.state, before.act_by) == (4, "collecting", None)
    assert (after.state, after.reached_on, after.act_by) == ("open", date(2027, 4, 9), date(2027, 4, 23))
    assert [await due(day) for day in (date(2027, 4, 23), date(2027, 4, 24))] == [["warn"], ["bad"]]


async def test_who_leaves_it_does_not_count_any_more(third):
    row = await received(third, "M05", "M06", "M07", "M08")

    await demand.leave(row, third["M08"], actor="")

    assert (await case(row)).state == "collecting"


@pytest.mark.parametrize("wrong", [{"purpose": " "}, {"reasons": ""}, {"received_on": date(2027, 4, 6)}])
async def test_a_demand_has_a_purpose_reasons_and_a_day_that_has_come(ten, wrong):
    with pytest.raises(Refused):
        await received(ten, "M05", **wrong)


async def test_only_members_stand_behind_it_and_each_once(ten):
    with pytest.raises(Refused, match="§ 37"):
        await received(ten, "M05", received_on=date(1990, 1, 1))
    row = await received(ten, "M05")
    with pytest.raises(Refused):
        await demand.support(row, ten["M05"], since=TODAY, actor="")


async def test_the_board_follows_it_with_an_assembly_that_has_the_purpose_on_its_agenda(ten):
    row = await received(ten, "M05")

    planned = await demand.plan(row, starts_at=at(10, day=date(2027, 5, 28)), actor="")

    [item] = await agenda.items_of(planned)
    assert (planned.occasion, item.title_de, (await case(row)).state) == (
        "minority", "Abberufung des Vorsitzes", "planned",
    )  # fmt: skip
    with pytest.raises(Refused):
        await demand.plan(row, starts_at=at(10, day=date(2027, 5, 29)), actor="")


async def test_or_puts_it_on_the_agenda_of_one_that_is_planned(ten):
    row, ordinary = await received(ten, "M05"), await assembly()

    await demand.put_on(row, ordinary, actor="")

    assert [one.title_de for one in await agenda.items_of(ordinary)] == ["Abberufung des Vorsitzes"]


async def test_nothing_is_put_on_the_agenda_of_one_that_was_called_off(ten):
    row, ordinary = await received(ten, "M05"), await assembly()
    ordinary.cancelled_at = clock.now()
    await ordinary.save()

    with pytest.raises(Refused):
        await demand.put_on(row, ordinary, actor="")


async def test_what_the_board_refused_the_court_may_allow_and_then_it_can_be_planned(ten):
    row = await received(ten, "M05")
    with pytest.raises(Refused):
        await demand.refuse(row, on=TODAY, why=" ", actor="")
    await demand.refuse(row, on=TODAY, why="Missbräuchlich.", actor="")
    refused = (await case(row)).state
    await demand.authorise(row, on=TODAY, court="AG Charlottenburg, 1 AR 5/27", actor="")
    allowed = (await case(row)).state
    await demand.plan(row, starts_at=at(10, day=date(2027, 5, 28)), actor="")

    assert (refused, allowed, (await case(row)).state) == ("refused", "court", "planned")


async def test_the_court_lets_nobody_convene_with_too_few_behind_it(third):
    row = await received(third, "M05")

    with pytest.raises(Refused, match="§ 37"):
        await demand.authorise(row, on=TODAY, court="AG", actor="")


async def test_a_withdrawn_demand_is_at_its_end(ten):
    row = await received(ten, "M05")
    await demand.withdraw(row, why="Erledigt.", actor="")

    with pytest.raises(Refused):
        await demand.support(row, ten["M06"], since=TODAY, actor="")
    assert ((await case(row)).state, await due(date(2027, 6, 1))) == ("withdrawn", [])


async def test_the_office_enters_and_follows_a_demand_on_its_pages(desk, ten):
    book = "/office/assemblies/demands"
    empty = words(await desk.get(book))
    made = await submit(desk, f"{book}/new", purpose="Neuwahl", reasons="Kein Bericht.", received_on="5.4.2027",
                        supporters=[ten["M05"].reference])  # fmt: skip
    page = made.headers["location"]
    told = words(await desk.get(page))
    supported = await submit(desk, page, member=ten["M06"].reference, since="5.4.2027")
    planned = await submit(desk, f"{page}/following", day="28.5.2027", begins="10:00")
    listed = words(await desk.get(book))
    row = (await meeting.every())[0]

    assert "Niemand verlangt eine Versammlung" in empty
    assert "der Vorstand muss einberufen" in told
    assert (made.status_code, supported.status_code, planned.status_code) == (303, 303, 303)
    assert row.occasion == "minority"
    assert "Versammlung geplant" in listed


async def test_each_end_has_its_page_and_a_stranger_sees_none(desk, ten):
    row = await received(ten, "M05")
    page = f"/office/assemblies/demands/{row.reference}"
    forms = [(await desk.get(f"{page}/{end}")).status_code for end in ("following", "refusal", "court", "end", "no")]
    refused = await submit(desk, f"{page}/refusal", on="5.4.2027", why="")
    done = await submit(desk, f"{page}/refusal", on="5.4.2027", why="Missbräuchlich.")
    async with browser() as one:
        await come_in(one, await somebody("Ada Fremd", RoleKind.MEMBER_REPRESENTATIVE, of=ten["M01"].reference))
        strange = [(await one.get(path)).status_code for path in (page, "/office/assemblies/demands")]

    assert forms == [200, 200, 200, 200, 404]
    assert (refused.status_code, done.status_code, strange) == (422, 303, [404, 404])
