"""A worker that is told to stop finishes what is under way and hands the rest back: the other goes on at once."""

import asyncio
import os
import signal
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from tests.conftest import SERVER
from tests.faults import redis
from tests.faults.compose import House, Machine, own_database, until
from tests.faults.redis import own_redis
from tests.faults.test_kills import Noted, sink_process

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not redis.HERE, reason="redis-server is not installed (make test-tools)"),
]
GOES_ON_SECONDS = 1.0
STOPS_SECONDS = 4.0  # with one message under way at a mail server that takes its time
SEND = """
import asyncio
from network.database import pool
from tests.faults import test_kills
async def main():
    async with pool():
        await test_kills.start({readers})
asyncio.run(main())
"""


@dataclass
class Post:
    """Two workers as compose.yaml starts them, and what the mail server has taken."""

    workers: list[Machine]
    noted: Noted
    rows: asyncpg.Connection

    async def leased_by(self, worker: Machine) -> int:
        name = f"worker-%-{worker.process.pid}"
        return await self.rows.fetchval(
            "SELECT (SELECT count(*) FROM delivery WHERE leased_by LIKE $1) + "
            "(SELECT count(*) FROM job WHERE state = 'ready' AND leased_until IS NOT NULL AND leased_by LIKE $1)",
            name,
        )

    async def longest_pause(self, count: int, seconds: float) -> float:
        """Until so many messages are there: the longest time in which none came."""
        before, at, longest = self.noted.count(), time.monotonic(), 0.0
        began = at
        while before < count:
            assert time.monotonic() - began < seconds, (before, count)
            if (now := self.noted.count()) > before:
                longest, before, at = max(longest, time.monotonic() - at), now, time.monotonic()
            await asyncio.sleep(0.005)
        return longest


@asynccontextmanager
async def post(folder: Path, readers: int, *, connections: int, delay: float) -> AsyncIterator[Post]:
    async with own_database(SERVER, f"verbund_stop_{uuid.uuid4().hex[:8]}") as url, sink_process(folder, delay) as port:
        with own_redis(folder) as at:
            house = House(folder, url, at.url, f"smtp://127.0.0.1:{port}?connections={connections}")
            assert house.run("migrate").returncode == 0
            with house.running("worker") as workers:
                for worker in workers:
                    assert await until(lambda one=worker: asyncio.to_thread(one.is_healthy), 60), worker.told
                rows = await asyncpg.connect(url)
                begun = house.run("migrate", "python", "-c", SEND.format(readers=readers))
                assert begun.returncode == 0, begun.stderr
                try:
                    yield Post(workers, Noted(folder / "taken"), rows)
                finally:
                    await rows.close()


async def stop(worker: Machine) -> float:
    """As Docker does it; how long it took."""
    began = time.monotonic()
    os.kill(worker.process.pid, signal.SIGTERM)
    code = await asyncio.to_thread(worker.process.wait, 20)
    assert code == 0, worker.told
    return time.monotonic() - began


async def test_in_the_midst_of_a_sending_nobody_is_lost_and_nobody_is_written_to_twice(tmp_path, capsys):
    readers = 1500
    async with post(tmp_path, readers, connections=4, delay=0.02) as here:
        assert await until(lambda: reached(here, readers // 3), 60), [one.told for one in here.workers]
        stopped = here.workers[0]
        stopping = asyncio.create_task(stop(stopped))
        pause = await here.longest_pause(readers, 120)
        took = await stopping
        left = await here.leased_by(stopped)
        await asyncio.sleep(0.3)
        here.noted.count()
    lost, doubled = readers - len(set(here.noted.ids)), len(here.noted.ids) - len(set(here.noted.ids))
    with capsys.disabled():
        print(
            f"\n  one of two workers told to stop amid {readers} messages: gone after {took:.2f} s, the longest pause "
            f"{pause:.2f} s, {left} leases left behind, {lost} lost, {doubled} doubled"
        )

    assert (lost, doubled, left) == (0, 0, 0)
    assert took < STOPS_SECONDS
    assert pause < GOES_ON_SECONDS


async def test_what_one_alone_had_in_its_hands_the_idle_other_takes_up_at_once(tmp_path, capsys):
    """So few that one worker leased them all; the other has nothing to do and hears of it only because it is rung."""
    readers = 12
    async with post(tmp_path, readers, connections=1, delay=0.4) as here:
        assert await until(lambda: reached(here, 3), 60), [one.told for one in here.workers]
        held = {worker.name: await here.leased_by(worker) for worker in here.workers}
        busy = max(here.workers, key=lambda worker: held[worker.name])
        took = await stop(busy)
        before, began = here.noted.count(), time.monotonic()
        assert await until(lambda: reached(here, before + 1), 80)
        after = time.monotonic() - began
        assert await until(lambda: reached(here, readers), 80)
        await asyncio.sleep(0.5)
        here.noted.count()
    with capsys.disabled():
        print(
            f"\n  told to stop with {max(held.values())} messages in its hands: gone after {took:.2f} s, the other's "
            f"first message {after:.2f} s later (the mail server takes 0.4 s for each)"
        )

    assert min(held.values()) == 0
    assert len(here.noted.ids) == len(set(here.noted.ids)) == readers
    assert after < GOES_ON_SECONDS + 0.4


async def reached(here: Post, count: int) -> bool:
    return here.noted.count() >= count
