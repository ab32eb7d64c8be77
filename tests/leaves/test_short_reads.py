"""The embedded database: a short read is answered at once, a long one never holds the others up."""

import asyncio
import sqlite3
import time
from contextlib import nullcontext
from contextvars import Context

import pytest

from network import clock
from network.database import DB, on_sqlite
from network.jobs import Heartbeat, Job, enqueue

pytestmark = pytest.mark.skipif(not on_sqlite(), reason="the embedded database's own way of reading")

LONG = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {}) "
    "SELECT count(*) AS number, max(i) AS most FROM n"
)


async def test_a_read_that_is_not_short_gets_the_same_answer_from_a_thread():
    assert await Job.raw(f"SELECT * FROM ({LONG})", 10) == [{"number": 10, "most": 10}]
    assert await Job.raw(f"SELECT * FROM ({LONG})", 300_000) == [{"number": 300_000, "most": 300_000}]


@pytest.mark.parametrize("within", [nullcontext, DB.transaction], ids=["a page", "a deed"])
async def test_while_it_runs_others_are_answered(within):
    longest, ended = 0.0, False

    async def watch() -> None:
        nonlocal longest
        while not ended:
            before = time.perf_counter()
            await asyncio.sleep(0)
            longest = max(longest, time.perf_counter() - before)

    watching = asyncio.create_task(watch())
    async with within():
        before = time.perf_counter()
        await Job.raw(f"SELECT * FROM ({LONG})", 3_000_000)
        whole, ended = time.perf_counter() - before, True
    await watching

    assert longest < whole / 3, f"{longest:.3f} s of {whole:.3f} s"


async def test_a_deed_that_reads_for_long_keeps_what_it_has_written():
    async with DB.transaction():
        await enqueue("before")
        counted = await Job.raw(f"SELECT number, (SELECT count(*) FROM job) AS jobs FROM ({LONG})", 300_000)
        await enqueue("after")

    assert counted == [{"number": 300_000, "jobs": 1}]
    assert [row["kind"] for row in await Job.select(Job.kind).order_by(Job.id)] == ["before", "after"]


async def test_a_deed_that_fails_while_it_writes_leaves_nothing():
    with pytest.raises(sqlite3.IntegrityError):
        async with DB.transaction():
            await enqueue("before")
            await Heartbeat.insert(Heartbeat(name="one", at=clock.now()), Heartbeat(name="one", at=clock.now()))

    assert (await Job.count(), await Heartbeat.count()) == (0, 0)


async def test_what_a_transaction_has_not_committed_is_not_read_outside_it():
    async with DB.transaction():
        await enqueue("note")
        seen_inside = await Job.count()
        seen_outside = await asyncio.get_running_loop().create_task(outside(), context=Context())

    assert (seen_inside, seen_outside, await Job.count()) == (1, 0, 1)


async def outside() -> int:
    return int(await Job.count())
