"""Members gather a demand in their own rooms (§ 37 BGB): begun, signed, taken back, handed over, counted on the day."""

from datetime import date

import pytest

from network import clock
from network.assembly import demand, gathering, handed
from network.assembly.tables.afterwards import Demand, Supporter
from network.association import bylaws
from network.errors import Refused
from network.members.tables import Membership
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from tests.assembly.conftest import RULES, browser, come_in, somebody
from tests.assembly.make import at
from tests.assembly.test_day_views import words
from tests.browser import submit

pytestmark = pytest.mark.usefixtures("in_april")
TODAY, LATER = date(2027, 4, 5), date(2027, 4, 9)
OFFICE = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, "")}))
TYPED = {"purpose": "Abberufung des Vorsitzes", "reasons": "Seit einem Jahr kein Bericht."}


@pytest.fixture
async def third(ten):
    """Bylaws that ask for a third: four of ten."""
    await bylaws.enact("", valid_from=date(2020, 1, 1), **RULES | {"minority": "1/3"})
    return ten


async def begun(third, *others: str) -> Demand:
    row = await gathering.begin(third["M01"], actor="", **TYPED)
    for one in others:
        await gathering.sign(row, third[one], actor="")
    return row


async def case(row: Demand) -> demand.Case:
    found = await demand.by_reference(row.reference)
    assert found
    return await demand.case_of(found)


async def due() -> list[str]:
    return [one.kind for one in await handed.due(OFFICE, clock.today()) if "Minderheit" in one.title]


async def test_it_is_handed_over_when_enough_members_have_signed_and_the_boards_clock_begins_then(third):
    row = await begun(third, "M02", "M03")
    with pytest.raises(Refused, match="3 von 4"):
        await gathering.hand_over(row, third["M01"], actor="")
    gathered, nothing_due = await case(row), await due()
    with clock.set_to(at(10, day=LATER)):
        await gathering.sign(row, third["M04"], actor="")
        await gathering.hand_over(row, third["M01"], actor="")
        over, pressing = await case(row), await due()

    assert (gathered.state, gathered.words, nothing_due) == (
        "gathering", "3 von 4 nötigen Mitgliedern, bei 10 Mitgliedern", [],
    )  # fmt: skip
    assert (over.state, over.row.received_on, over.reached_on, pressing) == ("open", LATER, LATER, ["warn"])


async def test_who_signed_takes_it_back_until_it_is_handed_over(third):
    row = await begun(third, "M02", "M03", "M04", "M05")
    await gathering.take_back(row, third["M05"], actor="")
    await gathering.hand_over(row, third["M01"], actor="")

    assert [one.organisation.id for one in (await case(row)).supporters] == [
        third[one].id for one in ("M01", "M02", "M03", "M04")
    ]
    with pytest.raises(Refused, match="übergeben"):
        await gathering.take_back(row, third["M04"], actor="")
    with pytest.raises(Refused, match="übergeben"):
        await gathering.sign(row, third["M05"], actor="")


async def test_the_share_is_that_of_the_day_and_who_left_does_not_count(third):
    row = await begun(third, "M02", "M04")
    mine = await Membership.objects().get(Membership.organisation == third["M04"].id)
    await Membership.update({Membership.until: date(2027, 4, 7)}).where(Membership.id == mine.id)
    with clock.set_to(at(10, day=LATER)):
        now = await case(row)
        with pytest.raises(Refused, match="Zu wenige"):
            await gathering.hand_over(row, third["M01"], actor="")
        await gathering.sign(row, third["M05"], actor="")
        with pytest.raises(Refused, match="Mitglied"):
            await gathering.sign(row, third["M04"], actor="")
        await gathering.hand_over(row, third["M01"], actor="")

    assert now.words == "2 von 3 nötigen Mitgliedern, bei 9 Mitgliedern"
    assert await Supporter.count() == 3


async def test_only_who_began_it_hands_it_over_and_gives_it_up(third):
    row = await begun(third, "M02", "M03", "M04")
    for verb in (gathering.hand_over, gathering.give_up):
        with pytest.raises(Refused, match="begonnen"):
            await verb(row, third["M02"], actor="")
    with pytest.raises(Refused, match="begonnen"):
        await gathering.take_back(row, third["M01"], actor="")
    await gathering.give_up(row, third["M01"], actor="")

    assert (await case(row)).state == "withdrawn"


async def test_nobody_signs_twice_and_the_board_does_nothing_before(third):
    row = await begun(third, "M02")
    with pytest.raises(Refused, match="unterstützt"):
        await gathering.sign(row, third["M02"], actor="")
    with pytest.raises(Refused, match="noch nicht übergeben"):
        await demand.plan(row, starts_at=at(10, day=date(2027, 6, 1)), actor="")
    with pytest.raises(Refused, match="noch nicht übergeben"):
        await demand.refuse(row, on=TODAY, why="Nein.", actor="")
    with pytest.raises(Refused, match="noch nicht übergeben"):
        await demand.support(row, third["M03"], since=TODAY, actor="")


async def test_members_do_it_in_their_own_rooms(third):
    async with browser() as ada, browser() as eve, browser() as office:
        await come_in(ada, await somebody("Ada Eins", RoleKind.MEMBER_REPRESENTATIVE, of=third["M01"].reference))
        await come_in(eve, await somebody("Eve Zwei", RoleKind.MEMBER_REPRESENTATIVE, of=third["M02"].reference))
        await come_in(office, await somebody("Mira Quandt", RoleKind.OFFICE))
        mine, hers = (f"/mine/{third[one].reference}/demands" for one in ("M01", "M02"))
        empty = await submit(ada, f"{mine}/new")
        made = await submit(ada, f"{mine}/new", **TYPED)
        reference = made.headers["location"].rpartition("/")[2]
        offered = words(await eve.get(f"/mine/{third['M02'].reference}/assemblies"))
        before = words(await eve.get(f"{hers}/{reference}"))
        await submit(eve, f"{hers}/{reference}")  # the only button: to stand behind it
        after = words(await eve.get(f"{hers}/{reference}"))
        told = words(await office.get(f"/office/assemblies/demands/{reference}"))
        strange = [(await eve.get(f"{mine}{path}")).status_code for path in ("", "/new", f"/{reference}")]
        no_page = await office.get(f"/office/assemblies/demands/{reference}/following")

    assert (empty.status_code, made.status_code) == (422, 303)
    assert "Ein Verlangen kann zurzeit mitgezeichnet werden." in offered
    assert "1 von 4" in before
    assert "2 von 4" in after
    assert "Nicht mehr unterstützen" in after
    assert "übergeben ist es noch nicht" in told
    assert "Eine Versammlung deswegen planen" not in told
    assert strange == [404, 404, 404]
    assert no_page.status_code == 200
