"""Story 4's assembly under way: thirteen votes in the room, two online, one by proxy."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime

from network import clock
from network.assembly import attendance, meeting
from network.assembly.tables.convocation import Proxy
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.association import bylaws
from network.members.tables import Organisation
from network.references import new_reference
from tests.assembly.make import assembly, at, item

CLASSES = {"votes_by": "classes", "vote_classes": "1=1 2=2 4=3"}
IN_THE_ROOM = ("M01", "M02", "M03", "M05", "M07", "M08", "M09")  # 13 votes
CONVENED = at(9, day=date(2027, 5, 4))


@asynccontextmanager
async def under_way(ten: dict[str, Organisation], **rules) -> AsyncIterator[Assembly]:
    """16 votes of nine members are represented; the clock stands at ten."""
    with clock.set_to(datetime(2027, 4, 5, 8, tzinfo=UTC)):
        await bylaws.enact("", valid_from=date(2020, 1, 1), **CLASSES | rules)
        row = await assembly(mode="hybrid", election_officer="Gisbert Ohm")
    await Assembly.update({Assembly.convened_at: CONVENED, Assembly.opened_at: at(10)}).where(Assembly.id == row.id)
    row = await meeting.by_reference(row.reference)
    assert row
    with clock.set_to(at(10)):
        for number in IN_THE_ROOM:
            await attendance.come(row, ten[number], name=number, actor="")
        await attendance.come(row, ten["M04"], name="M04", place="online", actor="")
        await Proxy(
            reference=new_reference(), assembly=row.id, giver=ten["M10"].id, holder=ten["M07"].id,
            given_on=date(2027, 6, 1), entered_at=clock.now(),
        ).save()  # fmt: skip
        yield row


async def announced(row: Assembly, kind: ItemKind = ItemKind.RESOLUTION, title: str = "Haushalt 2028") -> AgendaItem:
    found = await item(row, kind, title)
    await AgendaItem.update({AgendaItem.announced_at: CONVENED}).where(AgendaItem.id == found.id)
    found.announced_at = CONVENED
    return found
