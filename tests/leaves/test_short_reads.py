"""The embedded database: a short read is answered at once, a long one never holds the others up."""

import asyncio
import time
from contextvars import Context

import pytest

from network.database import DB, on_sqlite
from network.jobs import Job, enqueue

pytestmark = pytest.mark.skipif(not on_sqlite(), reason="the embedded database's own way of reading")

LONG = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
    "SELECT count(*) AS number, max(i) AS most FROM n"
)


async def test_a_read_that_is_not_short_gets_the_same_answer_from_a_thread():
    assert await Job.raw(f"SELECT * FROM ({LONG})", 10) == [{"number": 10, "most": 10}]
    assert await Job.raw(f"SELECT * FROM ({LONG})", 300_000) == [{"number": 300_000, "most": 300_000}]


async def test_while_it_runs_others_are_answered():
    longest, ended = 0.0, False

    async def watch() -> None:
        nonlocal longest
        while not ended:
            before = time.perf_counter()
            await asyncio.sleep(0)
            longest = max(longest, time.perf_counter() - before)

    watching = asyncio.create_task(watch())
    before = time.perf_counter()
    await Job.raw(f"SELECT * FROM ({LONG})", 3_000_000)
    whole, ended = time.perf_counter() - before, True
    await watching

    assert longest < whole / 3, f"{longest:.3f} s of {whole:.3f} s"


async def test_what_a_transaction_has_not_committed_is_not_read_outside_it():
    async with DB.transaction():
        await enqueue("note")
        seen_inside = await Job.count()
        seen_outside = await asyncio.get_running_loop().create_task(outside(), context=Context())

    assert (seen_inside, seen_outside, await Job.count()) == (1, 0, 1)


async def outside() -> int:
    return int(await Job.count())
