"""On the discharge of the board nobody votes in own matters: who is concerned is proposed, and banned by one press."""

from datetime import date

from network.assembly import attendance, ban, concerned
from network.assembly.tables.meeting import ItemKind
from network.members import function
from network.members.tables import FunctionKind
from network.people.tables import RoleKind
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import announced, under_way
from tests.assembly.test_day_views import here, press, words
from tests.board.make import CHAIR, FIRST, elected
from tests.board.make import somebody as person

SINCE = date(2025, 6, 6)


async def the_board(ten, row) -> None:
    """Henrike manages M03; Tarek is here for M02 and was never entered anywhere; an old chair manages M09."""
    henrike, old = await person("Henrike Vossberg"), await person("Otto Frueher")
    await elected(CHAIR, old, date(2020, 6, 5))
    await elected(CHAIR, henrike, SINCE)
    await elected(FIRST, "Tarek Linnemann", SINCE)
    await function.appoint(ten["M03"], henrike, FunctionKind.DIRECTOR, since=SINCE)
    await function.appoint(ten["M09"], old, FunctionKind.DIRECTOR, since=SINCE)
    await attendance.go(row, ten["M02"], actor="")
    await attendance.come(row, ten["M02"], name="tarek linnemann", actor="")


async def test_members_for_whom_the_board_speaks_are_proposed_and_banned_by_one_press(ten):
    async with under_way(ten, board_seats="chair=1 deputy=1", term_months=36) as row:
        await the_board(ten, row)
        other, item = await announced(row), await announced(row, ItemKind.DISCHARGE, "Entlastung des Vorstands")
        async with browser() as one:
            await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
            form = f"{here(row)}/day/items/{item.reference}/vote"
            before = words(await one.get(form))
            await press(one, form, "/bans/concerned")
            after = words(await one.get(form))
            again = await one.get(f"{here(row)}/day/items/{other.reference}/vote")

        found = {one.organisation.id: (one.why, one.note) for one in await ban.banned_from(item)}

    assert "Rheinweg Berufstraining gGmbH (Tarek Linnemann)" in before
    assert found == {
        ten["M02"].id: ("discharge", "Tarek Linnemann"), ten["M03"].id: ("discharge", "Henrike Vossberg"),
    }  # fmt: skip
    assert ("Tarek" in after, "§ 34 BGB" in after, "§ 34 BGB" in words(again)) == (False, True, False)


async def test_of_other_items_nobody_is_proposed(ten):
    async with under_way(ten, board_seats="chair=1 deputy=1", term_months=36) as row:
        await the_board(ten, row)

        assert await concerned.proposed(row, await announced(row)) == []
