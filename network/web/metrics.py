"""Figures for Prometheus, at an address that is not there for anybody without the token."""

import hmac
from typing import Any

from litestar import MediaType, Request, Response, get
from litestar.exceptions import NotFoundException
from piccolo.query.functions import Count

from mailing.tables import Delivery, DeliveryState, Letter, LetterState
from network import clock, waits
from network.database import is_unreachable
from network.jobs import BACKUP, BACKUP_BEGUN, Heartbeat, Job, JobState
from network.settings import settings
from network.web import figures
from network.web.guards import anyone
from network.web.health import seconds_since


@get("/metrics", guards=[anyone], exclude_from_csrf=True)
async def metrics(request: Request[Any, Any, Any]) -> Response[str]:
    """Answers and waits are counted in this process; what waits and what was sent is told by the rows, the same
    everywhere, whichever worker did it.
    """
    if not knows_token(request.headers.get("authorization", "")):
        raise NotFoundException
    lines = [*figures.answers.told(), *waits.told(), *await rows()]
    headers = {"cache-control": "no-store"}
    return Response("\n".join(lines) + "\n", media_type=MediaType.TEXT, headers=headers)


def knows_token(said: str) -> bool:
    """No token, nobody: behind a proxy on the same machine everybody seems to be at home."""
    token = settings().metrics_token
    return bool(token) and hmac.compare_digest(said.encode(), f"Bearer {token}".encode())


async def rows() -> list[str]:
    """While the database is away, that alone."""
    try:
        lines = [*await queues(), *await sends(), *await signs()]
    except Exception as error:
        if not is_unreachable(error):
            raise
        lines = []
    return [*figures.single("verbund_database_up", "Whether this process reaches its database.", bool(lines)), *lines]


async def queues() -> list[str]:
    now = clock.now()
    due: dict[str, tuple[Any, Any]] = {
        "jobs": (Job, (Job.state == JobState.READY) & (Job.due_at <= now)),
        "letters": (Letter, (Letter.state == LetterState.QUEUED) & (Letter.due_at <= now)),
        "deliveries": (Delivery, (Delivery.state == DeliveryState.QUEUED) & (Delivery.due_at <= now)),
    }
    counts, ages = {}, {}
    for name, (table, waiting) in due.items():
        counts[name] = await table.count().where(waiting)
        oldest = await table.select(table.due_at).where(waiting).order_by(table.due_at).first()
        ages[name] = seconds_since(oldest["due_at"]) if oldest else 0
    return [
        *figures.gauge("verbund_queue_due", "What is due and not done.", **counts),
        *figures.gauge("verbund_queue_age_seconds", "How long the oldest of it has been due.", **ages),
    ]


async def signs() -> list[str]:
    """The workers' last sign of life, and the last backup."""
    beats = {beat["name"]: beat["at"] for beat in await Heartbeat.select(Heartbeat.name, Heartbeat.at)}
    workers = [at for name, at in beats.items() if name not in (BACKUP, BACKUP_BEGUN)]
    ages = {"worker": max(workers, default=None), "backup": beats.get(BACKUP)}
    told = {name: seconds_since(at) for name, at in ages.items() if at}
    return figures.gauge("verbund_last_sign_seconds", "Since a worker's sign of life, and the last backup.", **told)


async def sends() -> list[str]:
    """What became of all letters, of each reader's copy of an issue, and of all jobs."""
    lines = []
    for name, table, words in (
        ("verbund_letters", Letter, "Letters by state."),
        ("verbund_deliveries", Delivery, "Copies of issues by state."),
        ("verbund_jobs", Job, "Jobs by state; those that are done are forgotten after a while."),
    ):
        counted = await table.select(table.state, Count(alias="number")).group_by(table.state).order_by(table.state)
        lines += figures.gauge(name, words, **{row["state"]: row["number"] for row in counted})
    return lines
