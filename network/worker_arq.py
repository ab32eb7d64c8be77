"""arq on Redis: the wake-up and the clock of workers that are processes of their own (decisions/0008).

The rows in the database say what is to be done, and the same runner does it everywhere (worker.keep_working). arq
carries the ring of a bell from the process that committed a deed to a worker, and rings every five seconds by itself.
Run it as `python -m network work`, or by arq's own command line: `arq network.worker_arq.WorkerSettings`.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any, ClassVar, cast

from arq import cron, func
from arq.connections import ArqRedis, RedisSettings, create_pool
from arq.worker import create_worker
from redis.exceptions import RedisError

from network import logs, wakeups
from network.database import pool
from network.settings import settings
from network.worker import SWEEP_SECONDS, own_name, working

log = logging.getLogger("verbund.arq")
QUEUE = "verbund:bells"
AT_ONCE = datetime.fromtimestamp(1, UTC)  # whatever the clocks of the two machines say; to arq 0 is no time at all
FORGOTTEN_MS = 30_000  # a ring that nobody has heard for so long; the sweep has looked since
GATHER_SECONDS = 0.02
AGAIN_SECONDS = 2.0
CLOSING_SECONDS = 3.0  # longer than connecting may take
GONE = (RedisError, OSError, asyncio.TimeoutError)


async def hear(context: dict[str, Any], name: str) -> None:
    """Somebody elsewhere has committed work of this kind."""
    del context
    wakeups.BELLS[name].rung.set()


async def tick(context: dict[str, Any]) -> None:
    """The clock: what a lost ring has missed is found now."""
    del context
    for bell in wakeups.BELLS.values():
        bell.rung.set()


def redis_at(url: str) -> RedisSettings:
    found = RedisSettings.from_dsn(url or "redis://127.0.0.1:6379")
    found.conn_retries, found.conn_timeout = 0, 2
    return found


def as_json(content: dict[str, Any]) -> bytes:
    return json.dumps(content).encode()


async def open_house(context: dict[str, Any]) -> None:
    """For arq's own command line, which knows nothing of the house."""
    logs.set_up()
    context["house"] = stack = AsyncExitStack()
    await stack.enter_async_context(runner())


async def close_house(context: dict[str, Any]) -> None:
    await context["house"].aclose()


class WorkerSettings:
    """What arq is told; its own names."""

    functions: ClassVar[list[Any]] = [func(cast("Any", hear), keep_result=0, max_tries=1)]
    cron_jobs: ClassVar[list[Any]] = [
        cron(cast("Any", tick), second=set(range(0, 60, int(SWEEP_SECONDS))), unique=False, keep_result=0)
    ]
    queue_name = QUEUE
    redis_settings = redis_at(settings().redis_url)
    job_serializer = staticmethod(as_json)
    job_deserializer = staticmethod(json.loads)
    on_startup = open_house
    on_shutdown = close_house
    log_results = False


@asynccontextmanager
async def runner() -> AsyncIterator[None]:
    """The pool and the runner of this worker, until the block ends; they do not need Redis."""
    async with pool(), bells_carried(), working(own_name()):
        yield


async def work() -> None:
    """For ever. arq ends when Redis goes away, so it is begun again; meanwhile the runner sweeps by itself."""
    async with runner():
        while True:
            worker = create_worker(cast("Any", WorkerSettings), on_startup=None, on_shutdown=None, handle_signals=False)
            try:
                await worker.async_run()
            except GONE as error:
                log.warning("Redis is away, trying again: %s", error)
            finally:
                with suppress(*GONE):
                    await worker.close()
            await asyncio.sleep(AGAIN_SECONDS)


class Carrier:
    """Takes rings to the workers. Each has an id of its own, so none is refused because an older one is still known."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.names: set[str] = set()
        self.carrying: asyncio.Task[None] | None = None
        self.redis: ArqRedis | None = None

    def __call__(self, name: str) -> None:
        self.names.add(name)
        if self.carrying is None or self.carrying.done():
            self.carrying = asyncio.create_task(self.carry())

    async def carry(self) -> None:
        """Rings that come close together are one. Without Redis they are lost, and the sweep finds the work."""
        while self.names:
            await asyncio.sleep(GATHER_SECONDS)
            names, self.names = self.names, set()
            try:
                if self.redis is None:
                    self.redis = await create_pool(redis_at(self.url), job_serializer=as_json)
                for name in names:
                    await self.redis.enqueue_job(
                        "hear", name, _queue_name=QUEUE, _defer_until=AT_ONCE, _expires=FORGOTTEN_MS
                    )
            except GONE as error:
                log.warning("Redis is away, workers find the work by themselves: %s", error)

    async def close(self) -> None:
        """The last ring is still carried: broken off in the midst of connecting it would leave its connection open."""
        if self.carrying is not None:
            await asyncio.wait([self.carrying], timeout=CLOSING_SECONDS)
            self.carrying.cancel()
        if self.redis is not None:
            with suppress(*GONE):
                await self.redis.aclose(close_connection_pool=True)


@asynccontextmanager
async def bells_carried(url: str = "") -> AsyncIterator[None]:
    """Rings of this process reach the workers that listen at this Redis, until the block ends."""
    carrier = Carrier(url or settings().redis_url)
    for bell in wakeups.BELLS.values():
        bell.carriers.append(carrier)
    try:
        yield
    finally:
        for bell in wakeups.BELLS.values():
            bell.carriers.remove(carrier)
        await carrier.close()
