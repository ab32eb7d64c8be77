"""The agenda's order, and on what an assembly may decide."""

from datetime import UTC, datetime

import pytest

from network import clock
from network.assembly import agenda
from network.assembly.meeting import State, state_of
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.errors import Refused
from tests.assembly.make import assembly, item


@pytest.fixture(autouse=True)
def in_april():
    with clock.set_to(datetime(2027, 4, 5, 8, tzinfo=UTC)):
        yield


async def test_a_new_assembly_is_being_planned():
    assert state_of(await assembly()) == State.PLANNED


async def test_an_assembly_is_not_planned_for_yesterday():
    with pytest.raises(Refused):
        await assembly(starts_at=datetime(2027, 4, 4, 8, tzinfo=UTC))


async def test_items_are_numbered_as_they_come_and_put_in_another_order():
    row = await assembly()
    first, second = await item(row, title="Bericht"), await item(row, title="Wahl")

    await agenda.reorder(row, [second.reference, first.reference], actor="")

    assert [(one.number, one.title_de) for one in await agenda.items_of(row)] == [(1, "Wahl"), (2, "Bericht")]


async def test_the_order_is_refused_when_an_item_is_missing():
    row = await assembly()
    first = await item(row)
    await item(row, title="Wahl")

    with pytest.raises(Refused):
        await agenda.reorder(row, [first.reference], actor="")


async def test_nothing_is_decided_on_what_the_invitation_did_not_name():
    row = await assembly()
    late, other = await item(row), await item(row, ItemKind.ANY_OTHER, "Verschiedenes")
    await AgendaItem.update({AgendaItem.announced_at: clock.now()}).where(AgendaItem.id == other.id)

    assert "§ 32 I 2 BGB" in agenda.why_undecidable(late)
    assert "§ 32 I 2 BGB" in agenda.why_undecidable(other)


async def test_the_agenda_of_a_closed_assembly_stays():
    row = await assembly()
    await Assembly.update({Assembly.closed_at: clock.now()}).where(Assembly.id == row.id)

    with pytest.raises(Refused):
        await item(row)
