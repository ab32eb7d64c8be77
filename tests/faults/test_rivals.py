"""A hundred people want ten seats in the same moment, each in a browser of their own."""

import asyncio
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from network import clock
from network.database import on_sqlite
from network.events import event, waitlist
from network.events.tables import Attendee, AttendeeState, Event
from tests.browser import send
from tests.faults.servers import servers

pytestmark = [pytest.mark.slow, pytest.mark.timeout(180)]

SEATS = 10
RIVALS = 100


@pytest.mark.parametrize("processes", [1, 3])
async def test_exactly_ten_get_a_seat_and_ninety_wait_in_order(association, tmp_path: Path, processes: int):
    if processes > 1 and on_sqlite():
        pytest.skip("an embedded database has one server; three are tried on PostgreSQL, in the other run")
    forum = await small_forum()

    with servers(processes, tmp_path) as addresses:
        limits = asyncio.Semaphore(40)
        answers = await asyncio.gather(*(rival(addresses[n % processes], forum.slug, n, limits) for n in range(RIVALS)))

    states = [row["state"] for row in await Attendee.select(Attendee.state)]
    assert answers == [303] * RIVALS
    assert states.count(AttendeeState.SEATED) == SEATS
    assert states.count(AttendeeState.WAITING) == RIVALS - SEATS
    assert sum(entry.size for entry in await waitlist.queue(forum)) == RIVALS - SEATS


async def small_forum() -> Event:
    begins = clock.now().replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=60)
    forum = await event.create(
        actor="",
        title_de="Kleines Forum",
        starts_at=begins,
        ends_at=begins + timedelta(hours=6),
        town="Kassel",
        seats=SEATS,
    )
    await event.publish(forum.id, actor="")
    return forum


async def rival(address: str, slug: str, number: int, limits: asyncio.Semaphore) -> int:
    """Both pages of the form, as a browser fills them in."""
    who = {"organisation": f"Träger {number}", "name": f"Person {number}", "email": f"person{number}@example.org"}
    no_waiting = httpx.Limits(max_keepalive_connections=0)  # a server hangs up on who is slow; browsers try again
    async with limits, httpx.AsyncClient(base_url=address, timeout=60, limits=no_waiting) as browser:
        first = await browser.get(f"/events/{slug}/registration")
        second = await send(browser, first, attends="y", number="1", **who)
        return (await send(browser, second)).status_code
