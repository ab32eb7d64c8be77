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

from tests.browser import send
from tests.faults import postgres
from tests.faults.compose import House, Machine, own_database, until
from tests.faults.postgres import Postgres, own_postgres

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.skipif(bool(postgres.MISSING), reason=postgres.MISSING),
]
GUESTS, AT_A_TIME = 36, 6
POOL = 10  # connections of one process (database.pool)
AWAY_SECONDS = 2.0
SORRY = "Wir können gerade nichts speichern"


class Guests:
    """People who register and do not give up; what they were answered meanwhile."""

    def __init__(self, web: Machine, page: str) -> None:
        self.web, self.page = web, page
        self.answers: Counter[int] = Counter()
        self.sorry: list[str] = []
        self.done = 0

    async def all_register(self, *, count: int, first: int = 0) -> None:
        turns = asyncio.Semaphore(AT_A_TIME)
        await asyncio.gather(*(self.register(first + number, turns) for number in range(count)))

    async def register(self, number: int, turns: asyncio.Semaphore) -> None:
        who = {"organisation": f"Träger {number}", "name": f"Person {number}", "email": f"person{number}@example.org"}
        async with turns, self.web.browser() as browser:
            while True:
                first = await self.noted(browser.get(f"{self.page}/registration"))
                if first.status_code == 200:
                    break
            second = await self.insist(browser, first, attends="y", number="1", **who)
            assert (await self.insist(browser, second)).status_code == 303, self.web.told
        self.done += 1

    async def insist(self, browser, page, **typed):
        """A 503 says that nothing was stored: the same form is sent again."""
        while (answer := await self.noted(send(browser, page, **typed))).status_code == 503:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
        return answer

    async def noted(self, asking):
        answer = await asking
        self.answers[answer.status_code] += 1
        if answer.status_code >= 500:
            self.sorry.append(answer.text)
            await asyncio.sleep(0.1)
        return answer


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
        answered = Counter(guests.answers)
        await guests.all_register(count=2, first=GUESTS)  # all is as before
        stored, held = await counted(url)
        told = web.lines
    with capsys.disabled():
        print(f"\n  PostgreSQL stopped ({mode}): answers {dict(answered)}, well again {back:.1f} s after its start")

    assert guests.done == GUESTS + 2
    assert stored == GUESTS + 2
    assert set(answered) <= {200, 303, 503}
    assert answered[503] > 0
    assert [text for text in guests.sorry if SORRY not in text] == []
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
