"""Two workers send a newsletter that one would send: how much sooner it has left, on PostgreSQL, rung by Redis.

A real mail server takes its time for each message; a sink that answers at once shows what the two cores give instead.
"""

import asyncio
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack

from tests.bench import grown, memory, newsletter
from tests.bench.grown import House
from tests.bench.row import Row
from tests.faults.redis import HERE, own_redis

SECONDS_A_MESSAGE, READERS = 0.03, 4_000
READERS_AT_ONCE = 15_000
AT_LEAST = 1.6
ROUNDS = 2
PATIENCE_SECONDS = 180


def measure() -> Iterator[Row]:
    sink = newsletter.tool("smtp-sink")
    if not (HERE and sink):
        yield Row("two workers", 0, "", note="redis-server or smtp-sink is missing: make test-tools")
        return
    with grown.house() as house:
        with memory.sink(SECONDS_A_MESSAGE) as port:
            one, two = in_turns(house, port, READERS)
        yield Row("one worker, a mail server taking 30 ms each", one, "readers/s")
        yield Row("two workers, the same mail server", two, "readers/s")
        yield Row("two workers against one", two / one, "times", f"≥ {AT_LEAST}", two / one >= AT_LEAST)
        with newsletter.running(sink) as port:
            one, two = in_turns(house, port, READERS_AT_ONCE)
        yield Row("one worker, a sink that answers at once", one, "readers/s")
        note = f"{two:.0f} readers/s; PostgreSQL and the sink work on the same cores"
        yield Row("two workers against one, the same sink", two / one, "times", note=note)


def in_turns(house: House, port: int, readers: int) -> tuple[float, float]:
    """Readers a second of one worker and of two; the better round of each counts."""
    rounds = [(send(house, port, readers, 1), send(house, port, readers, 2)) for _ in range(ROUNDS)]
    return max(one for one, _ in rounds), max(two for _, two in rounds)


def send(house: House, port: int, readers: int, workers: int) -> float:
    """Readers a second, from the moment the issue was sent until the last one has it."""
    with own_redis(house.folder) as redis, ExitStack() as stack:
        around = {"REDIS_URL": redis.url, "SMTP_URL": f"smtp://127.0.0.1:{port}"}
        began = time.time()
        for _ in range(workers):
            stack.enter_context(house.process("work", **around))
        until(house, workers, f"SELECT count(*) FROM heartbeat WHERE at > to_timestamp({began})")
        house.run("-m", "tests.bench.workers", str(readers), **around)
        until(house, 0, "SELECT count(*) FROM sending WHERE state <> 'done'")
        return readers / seconds_of_the_last(house, readers)


def until(house: House, number: int, query: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while house.asked(query)[0]["count"] != number:
        if time.monotonic() > end:
            raise TimeoutError(query)
        time.sleep(0.1)


def seconds_of_the_last(house: House, readers: int) -> float:
    [found] = house.asked(
        "SELECT count(*), extract(epoch FROM max(d.sent_at) - max(s.created_at))::float AS seconds FROM sending s "
        "JOIN delivery d ON d.sending = s.id WHERE d.state = 'sent' AND s.id = (SELECT max(id) FROM sending)"
    )
    if found["count"] != readers:
        raise RuntimeError(f"{found['count']} of {readers} readers were sent to")
    return float(found["seconds"])


# --- the process that sends the issue -------------------------------------------------------------------------------


async def enter(readers: int) -> None:
    from mailing import campaigns
    from mailing.readers import Audience, readers_sql
    from network.database import pool
    from network.worker_arq import bells_carried

    async with pool(), bells_carried():
        to = await newsletter.a_list(readers)
        await campaigns.start(to, [newsletter.words()], newsletter.sender(), readers_sql(to.id, Audience()))


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1].isdigit():
        asyncio.run(enter(int(sys.argv[1])))
    else:
        for row in measure():
            print(row.line, flush=True)
