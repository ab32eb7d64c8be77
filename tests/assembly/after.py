"""Story 4's assembly held and closed, its minutes signed: where what comes after begins."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from network import clock
from network.assembly import course, minutes
from network.assembly.tables.afterwards import Minutes
from network.assembly.tables.meeting import Assembly
from network.members.tables import Organisation
from tests.assembly.day import under_way
from tests.assembly.make import at

SENT_ON = date(2027, 6, 18)  # a Friday, a week after the assembly


@asynccontextmanager
async def closed(ten: dict[str, Organisation], **rules) -> AsyncIterator[Assembly]:
    async with under_way(ten, **rules) as row:
        with clock.set_to(at(15)):
            await course.close(row, actor="")
        with clock.set_to(at(9, day=SENT_ON)):
            yield row


async def signed(row: Assembly) -> Minutes:
    """Drafted and signed by both whom the bylaws name."""
    made = await minutes.draft(row, actor="")
    for capacity in ("chair", "minute_taker"):
        await minutes.sign(row, made, capacity, clock.today(), actor="")
    return await minutes.fresh(made)
