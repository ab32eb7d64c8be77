"""Work for later, as rows: due time, unique key, and a lease by the database's clock (decisions/0004)."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from piccolo.columns import Integer, Serial, Text, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table

from network import clock, leases, wakeups
from network.database import DB, marks, now_sql, skip_locked
from network.logs import referring_to, words_of
from network.settings import settings

log = logging.getLogger("verbund.jobs")
MAX_ATTEMPTS = 12


class JobState(StrEnum):
    READY = "ready"
    DONE = "done"
    DEAD = "dead"


class Job(Table):
    id: Serial
    kind = Varchar(length=80)
    payload = Text(default="{}")
    dedupe = Varchar(length=200, null=True, default=None, unique=True)
    state = Varchar(length=10, default=JobState.READY)
    due_at = Timestamptz(default=None, null=False, index=True)
    attempts = Integer(default=0)
    leased_until = Timestamptz(default=None, null=True)
    leased_by = Varchar(length=60, default="")
    last_error = Text(default="")

    job_state_known = Check("\"state\" IN ('ready', 'done', 'dead')")


BACKUP, BACKUP_BEGUN = "backup", "backup begun"


class Heartbeat(Table):
    """The last sign of life of each runner, and when the house was saved last."""

    id: Serial
    name = Varchar(length=60, unique=True)
    at = Timestamptz(default=None, null=False)


Work = Callable[..., Awaitable[None]]


async def enqueue(kind: str, *, at: datetime | None = None, key: str | None = None, **payload: str | int) -> None:
    """Write down work in the deed's transaction. A key that is there already makes this a no-op."""
    job = Job(kind=kind, payload=json.dumps(payload), dedupe=key, due_at=at or clock.now())
    await Job.insert(job).on_conflict(action="DO NOTHING", target=Job.dedupe)
    wakeups.JOBS.ring()


async def claim(limit: int, owner: str, kinds: Collection[str]) -> list[dict[str, Any]]:
    """Lease the due jobs of these kinds, in one statement, so that two runners never hold the same one.

    A kind that only the next version knows is left to its workers, while both are at work (decisions/0010).
    """
    due = "{}" if clock.is_set() else now_sql()
    args = [clock.now()] if clock.is_set() else []
    free, held = leases.free()
    rows = await Job.raw(
        f"UPDATE job SET leased_until = {now_sql(plus_seconds=settings().lease_seconds)}, leased_by = {{}}, "
        f"attempts = attempts + 1 WHERE id IN (SELECT id FROM job WHERE state = 'ready' AND due_at <= {due} "
        f"AND kind IN ({marks(kinds)}) AND {free} ORDER BY due_at, id LIMIT {limit} {skip_locked()}) "
        "RETURNING id, kind, payload, attempts",
        owner,
        *args,
        *kinds,
        *held,
    )
    return sorted(rows, key=lambda row: int(row["id"]))


async def run_due(work: Mapping[str, Work], owner: str = "worker") -> int:
    """Run everything that is due now, one after the other; return how many jobs there were.

    Told to stop, it gives back at once what it had leased and not done.
    """
    count = 0
    while held := await claim(20, owner, work):
        try:
            while held:
                await run_one(held[0], work[held[0]["kind"]])
                held.pop(0)
                count += 1
        except asyncio.CancelledError:
            await asyncio.shield(hand_back(held, owner))
            raise
    return count


async def hand_back(held: Collection[dict[str, Any]], owner: str) -> None:
    """The one that was broken off has been rolled back: others begin it anew."""
    ids = [row["id"] for row in held]
    await Job.update({Job.leased_until: None}).where(Job.id.is_in(ids) & (Job.leased_by == owner))


async def run_one(row: dict[str, Any], work: Work) -> None:
    """A job's deed and its "done" stand in one transaction: it happens once, or again from the start.

    "Done" is written first: it takes the row, so that somebody whose lease ran out and who is still at work, and the
    one who leased it after him, cannot both commit.
    """
    with referring_to(f"job-{row['id']}"):
        await attempt(row, work)


async def attempt(row: dict[str, Any], work: Work) -> None:
    mine = (Job.id == row["id"]) & (Job.state == JobState.READY) & (Job.attempts == row["attempts"])
    try:
        async with DB.transaction():
            if await Job.update({Job.state: JobState.DONE}).where(mine).returning(Job.id):
                await work(**json.loads(row["payload"]))
    except Exception as error:
        log.exception("%s failed", row["kind"])
        await put_back(row, error)


async def put_back(row: dict[str, Any], error: Exception) -> None:
    attempts = int(row["attempts"])
    state = JobState.DEAD if attempts >= MAX_ATTEMPTS else JobState.READY
    pause = timedelta(seconds=min(3600, 5 * 2**attempts))
    await Job.update(
        {
            Job.state: state,
            Job.due_at: clock.now() + pause,
            Job.leased_until: None,
            Job.last_error: words_of(error)[:500],
        }
    ).where(Job.id == row["id"])


async def forget_done() -> None:
    """Daily. A done job keeps its key for a while, so that nobody writes the same slot twice."""
    await Job.delete().where((Job.state == JobState.DONE) & (Job.due_at < clock.ago(days=40)))


async def release_leases(owner: str) -> None:
    """The embedded runner is alone on its database: what its predecessor held died with it."""
    await Job.update({Job.leased_until: None}, force=True).where(Job.leased_by == owner)


async def beat(name: str) -> None:
    """Say that this runner is alive."""
    row = Heartbeat(name=name, at=clock.now())
    await Heartbeat.insert(row).on_conflict(action="DO UPDATE", target=Heartbeat.name, values=[Heartbeat.at])
