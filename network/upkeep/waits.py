"""Stay with SQLite, or time for PostgreSQL? By how long writers wait for one another, measured now.

SQLite has one writer at a time. That is no matter as long as each is done in a moment: a registration takes a few
milliseconds. It becomes one when somebody waits so long that they notice.
"""

import asyncio
import sqlite3
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from network.upkeep.ends import path_of, snapshot

SECONDS, PAUSE = 2.0, 0.04
OFTEN, NOTICED = 0.02, 0.5  # seconds: half of the tries waited so long, or one did
PATIENCE = 2.0
MOST_CONNECTIONS = 0.8


@dataclass(frozen=True, slots=True)
class Advice:
    outgrown: bool
    words: str


async def advice(url: str) -> Advice:
    if not url.startswith("sqlite:"):
        return await on_postgres(url)
    path = path_of(url)
    if not path.exists():
        return Advice(outgrown=False, words="There is nothing to measure yet.")
    measured = await asyncio.to_thread(measure, path)
    usual, longest = statistics.median(measured) * 1000, max(measured) * 1000
    told = f"in {SECONDS:.0f} s a writer usually waited {usual:.1f} ms, at most {longest:.1f} ms"
    limits = f"(it is time when usually more than {OFTEN * 1000:.0f} ms, or once more than {NOTICED * 1000:.0f} ms)"
    if usual > OFTEN * 1000 or longest > NOTICED * 1000:
        why = "If that is so on ordinary days too: `python -m network move --to postgresql://…`"
        return Advice(outgrown=True, words=f"Time for PostgreSQL, because {told} {limits}. {why}")
    return Advice(outgrown=False, words=f"Stay with SQLite: {told} {limits}.")


def measure(path: Path) -> list[float]:
    """How long it takes to become the writer, again and again; nothing is written."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=PATIENCE)
    measured: list[float] = []
    until = time.monotonic() + SECONDS
    try:
        while not measured or time.monotonic() < until:
            began = time.monotonic()
            try:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("ROLLBACK")
            except sqlite3.OperationalError:  # somebody has been writing for all that time
                pass
            measured.append(time.monotonic() - began)
            time.sleep(PAUSE)
    finally:
        connection.close()
    return measured


async def on_postgres(url: str) -> Advice:
    try:
        async with snapshot(url) as end:
            [(open_, most, waiting)] = await end.ask(
                "SELECT count(*), current_setting('max_connections')::int, "
                "count(*) FILTER (WHERE wait_event_type = 'Lock') "
                "FROM pg_stat_activity WHERE backend_type = 'client backend'"
            )
    except Exception:  # noqa: BLE001  what is the matter has been said above
        return Advice(outgrown=False, words="There is nothing to measure.")
    words = f"PostgreSQL has {open_} of at most {most} connections open, {waiting} of them waiting for a lock."
    return Advice(outgrown=open_ > most * MOST_CONNECTIONS, words=words)
