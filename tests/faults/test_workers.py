"""Workers that are processes of their own: woken by arq when a deed is committed, and at work without Redis too."""

import asyncio
import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from arq.connections import create_pool

from network import jobs, wakeups
from network.database import DB
from network.jobs import Job, JobState
from network.worker_arq import QUEUE, bells_carried, redis_at
from tests.faults import redis
from tests.faults.redis import Redis, own_redis
from tests.faults.servers import ROOT

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(not redis.HERE, reason="redis-server is not installed (make test-tools)"),
    pytest.mark.timeout(120),
]
AT_ONCE, BY_SWEEP, GIVE_UP = 1.5, 8.0, 30.0  # seconds; a machine under load included
OURS = [sys.executable, "-m", "network", "work"]
ARQS = [str(Path(sys.executable).with_name("arq")), "network.worker_arq.WorkerSettings"]


@contextmanager
def worker(at: Redis, folder: Path, command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {"REDIS_URL": at.url, "PYTHONPATH": str(ROOT)}
    with (folder / "worker.log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.terminate()
            process.wait(10)


async def seconds_until_done(at: Redis) -> float:
    """Commit a job as a web process does, and see how long it takes until somebody has done it."""
    key = f"test:{time.monotonic()}"
    async with bells_carried(at.url):
        before = time.monotonic()
        async with DB.transaction():
            await jobs.enqueue("attempts.forget", key=key)
        while not await Job.exists().where((Job.dedupe == key) & (Job.state == JobState.DONE)):
            assert time.monotonic() - before < GIVE_UP
            await asyncio.sleep(0.01)
        return time.monotonic() - before


@pytest.mark.parametrize("command", [OURS, ARQS], ids=["python -m network work", "arq"])
async def test_a_committed_job_is_done_at_once(tmp_path, command):
    with own_redis(tmp_path) as at, worker(at, tmp_path, command):
        await seconds_until_done(at)  # until it is up
        took = [await seconds_until_done(at) for _ in range(5)]

    assert sorted(took)[2] < AT_ONCE, took


async def test_without_redis_the_work_is_found_a_little_later_and_with_it_at_once_again(tmp_path):
    with own_redis(tmp_path) as at, worker(at, tmp_path, OURS) as process:
        await seconds_until_done(at)
        at.stop()
        alone = [await seconds_until_done(at) for _ in range(2)]
        at.start()
        await asyncio.sleep(3)
        again = [await seconds_until_done(at) for _ in range(3)]

        assert process.poll() is None, (tmp_path / "worker.log").read_text()
    assert max(alone) < BY_SWEEP, alone
    assert sorted(again)[1] < AT_ONCE, again


async def test_a_house_that_closes_in_the_midst_of_a_ring_still_carries_it(tmp_path):
    """Broken off there, its connection stayed open, and the warning of it failed whatever test came next."""
    with own_redis(tmp_path) as at:
        redis = await create_pool(redis_at(at.url))
        await redis.execute_command("CLIENT", "PAUSE", "500", "ALL")
        async with bells_carried(at.url):
            wakeups.JOBS.ring()
            await asyncio.sleep(0.1)
        gc.collect()

        assert await redis.zcard(QUEUE) == 1
        await redis.aclose(close_connection_pool=True)
