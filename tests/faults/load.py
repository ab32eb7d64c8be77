"""The load of a day that goes wrong: guests come and cancel without a pause, and the office sends issue after issue."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import asyncpg
import httpx

from network.postgres import GONE
from tests.browser import send
from tests.faults.compose import House, Machine, browser_at
from tests.faults.founding import OFFICE
from tests.faults.guests import Guest, Told

RIVALS, PAUSE_SECONDS = 4, 0.15  # so many at a time, each resting between one deed and the next
CANCELS_EVERY = 4  # guests
AWAY = (*GONE, asyncpg.PostgresError)


class Load:
    """Guests register for `page`, at one web process and the other in turn; `issues` are what there is to send."""

    def __init__(self, house: House, webs: Sequence[Machine], page: str, issues: Sequence[str]) -> None:
        self.house, self.webs, self.page, self.issues = house, webs, page, issues
        self.told = Told()
        self.numbers = itertools.count(1)
        self.registered: list[int] = []
        self.cancelled: list[int] = []
        self.sent = 0  # issues
        self.over = False

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """To the end of the block; whoever is in the midst of something then still does it."""
        async with asyncio.TaskGroup() as group:
            for _rival in range(RIVALS):
                group.create_task(self.guests())
            group.create_task(self.office())
            try:
                yield
            finally:
                self.over = True

    async def guests(self) -> None:
        """One after the other; some of them cannot come after all."""
        while not self.over:
            async with self.guest() as guest:
                await guest.register(self.page)
                self.registered.append(guest.number)
                await asyncio.sleep(PAUSE_SECONDS)
                if guest.number % CANCELS_EVERY == 0:
                    await guest.cancel()
                    self.cancelled.append(guest.number)

    def guest(self) -> Guest:
        return Guest(next(self.numbers), self.webs, self.told)

    async def office(self) -> None:
        """The next issue goes out as soon as nobody waits for the last one any more."""
        async with browser_at(*self.webs) as browser:
            await self.sign_in(browser)
            while not self.over:
                await self.send_issue(browser, self.issues[self.sent])
                self.sent += 1
                while not self.over and await self.queued():  # noqa: ASYNC110  they wait in rows
                    await asyncio.sleep(0.3)

    async def sign_in(self, browser: httpx.AsyncClient) -> None:
        done = await asyncio.to_thread(self.house.run, "migrate", "python", "-m", "network", "sign-in", OFFICE)
        assert done.returncode == 0, done.stderr
        button = await self.told.insist(lambda: browser.get(done.stdout.strip()))
        assert (await self.told.insist(lambda: send(browser, button))).status_code == 303

    async def send_issue(self, browser: httpx.AsyncClient, reference: str) -> None:
        sure = await self.told.insist(lambda: browser.get(f"/office/newsletter/{reference}/sending"))
        sent = await self.told.insist(lambda: send(browser, sure))
        assert sent.status_code == 303, sent.text

    async def queued(self) -> int:
        """How many still wait for an issue; a database that is away is asked again."""
        while True:
            try:
                return await value(self.house.database_url, "SELECT count(*) FROM delivery WHERE state = 'queued'")
            except AWAY:
                await asyncio.sleep(0.2)


async def value(url: str, sql: str) -> int:
    return (await rows(url, sql))[0][0]


async def rows(url: str, sql: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(sql)
    finally:
        await connection.close()
