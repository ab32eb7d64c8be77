"""PostgreSQL is begun again while people register: they are told so on a page, try again, and nothing is lost."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest

from tests.faults import postgres
from tests.faults.compose import House, Machine, own_database, until
from tests.faults.guests import SORRY, Guest, Told
from tests.faults.postgres import Postgres, own_postgres

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.skipif(bool(postgres.MISSING), reason=postgres.MISSING),
]
GUESTS, AT_A_TIME = 36, 6
POOL = 10  # connections of one process (database.pool)
KEPT_SECONDS = 1.1  # so long a page that asks nobody is given out as it was (decisions/0005)
AWAY_SECONDS = 2.0


class Guests:
    """Several who register at the same time, and what they were answered."""

    def __init__(self, web: Machine, page: str) -> None:
        self.web, self.page, self.told = web, page, Told()
        self.done = 0

    async def all_register(self, *, count: int, first: int = 0) -> None:
        turns = asyncio.Semaphore(AT_A_TIME)
        await asyncio.gather(*(self.register(first + number, turns) for number in range(count)))

    async def register(self, number: int, turns: asyncio.Semaphore) -> None:
        async with turns, Guest(number, [self.web], self.told) as guest:
            await guest.register(self.page)
        self.done += 1


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[tuple[Postgres, Machine, str, str]]:
    """One web process on a PostgreSQL of its own, and a forum to register for."""
    with own_postgres() as server:
        async with own_database(server.url, "verbund") as url:
            house = House(folder, url, "redis://127.0.0.1:1/0", "smtp://127.0.0.1:1")
            assert house.run("migrate").returncode == 0
            founded = house.run("migrate", "python", "-m", "tests.faults.founding")
            assert founded.returncode == 0, founded.stderr
            with house.one("web") as web:
                assert await until(lambda: asyncio.to_thread(web.is_healthy), 60), web.told
                yield server, web, f"/events/{founded.stdout.strip()}", url


@pytest.mark.parametrize("mode", ["fast", "immediate"])
async def test_who_registers_while_postgresql_is_begun_again_is_told_and_nothing_is_lost(tmp_path, capsys, mode):
    async with opened(tmp_path) as (server, web, page, url):
        guests = Guests(web, page)
        registering = asyncio.create_task(guests.all_register(count=GUESTS))
        assert await until(lambda: reached(guests, GUESTS // 4), 60)
        await asyncio.to_thread(server.stop, mode)
        await asyncio.sleep(KEPT_SECONDS)
        async with web.browser() as browser:
            away = [await browser.get(path) for path in (f"{page}/registration", f"/en{page}/registration")]
            away.append(await browser.post("/newsletter", data={"email": "x@example.org"}))
            browser.cookies.set("verbund", "somebody")
            away.append(await browser.get("/office"))
        await asyncio.sleep(AWAY_SECONDS)
        await asyncio.to_thread(server.start)
        began = time.monotonic()
        while not await asyncio.to_thread(web.is_healthy):
            assert time.monotonic() - began < 20, web.told
        back = time.monotonic() - began
        await registering
        answered = Counter(guests.told.answers)
        await guests.all_register(count=2, first=GUESTS)  # all is as before
        stored, held = await counted(url)
        told = web.lines
    with capsys.disabled():
        print(f"\n  PostgreSQL stopped ({mode}): answers {dict(answered)}, well again {back:.1f} s after its start")

    assert guests.done == GUESTS + 2
    assert stored == GUESTS + 2
    assert set(answered) <= {200, 303, 503}
    assert answered[503] > 0
    assert [text for text in guests.told.sorry if SORRY not in text] == []
    assert held <= POOL
    assert [answer.status_code for answer in away] == [503, 503, 403, 503]
    assert [answer for answer in away if f"<code>{answer.headers['x-request-id']}</code>" not in answer.text] == []
    assert ['<html lang="en">' in answer.text for answer in away] == [False, True, False, False]
    assert {answer.headers["x-request-id"] for answer in away} <= {line["reference"] for line in told}
    assert not re.search(r"@example\.org|Person \d|Träger \d", web.told)


async def reached(guests: Guests, count: int) -> bool:
    return guests.done >= count


async def counted(url: str) -> tuple[int, int]:
    """The registrations in the rows, and the connections that the process holds, none of them in a transaction."""
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetchval("SELECT count(DISTINCT lower(email)) FROM attendee")
        others = await connection.fetch(
            "SELECT state FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
    finally:
        await connection.close()
    assert [one["state"] for one in others if "transaction" in (one["state"] or "")] == []
    return rows, len(others)
