"""Is the house well: the database answers, the worker lives, no letter is stuck."""

from typing import Any

from litestar import Response, get

from mailing.tables import Letter, LetterState
from network import clock
from network.jobs import BACKUP, BACKUP_BEGUN, Heartbeat
from network.web.guards import anyone

WORKER_SILENT = 60
LETTER_STUCK = 1800


@get("/healthz", guards=[anyone], exclude_from_csrf=True)
async def healthz() -> Response[dict[str, Any]]:
    """200 when all is well, else 503; the same words in JSON."""
    try:
        beats = await Heartbeat.select(Heartbeat.name, Heartbeat.at).order_by(Heartbeat.at)
        oldest = await (
            Letter.select(Letter.due_at)
            .where((Letter.state == LetterState.QUEUED) & (Letter.due_at <= clock.now()))
            .order_by(Letter.due_at)
            .first()
        )
    except Exception:  # noqa: BLE001  whatever it is, the database is not well
        return Response({"database": "unreachable"}, status_code=503)
    saved = next((seconds_since(one["at"]) for one in beats if one["name"] == BACKUP), None)
    alive = [one["at"] for one in beats if one["name"] not in (BACKUP, BACKUP_BEGUN)]
    silent = seconds_since(alive[-1]) if alive else None
    stuck = seconds_since(oldest["due_at"]) if oldest else 0
    well = silent is not None and silent < WORKER_SILENT and stuck < LETTER_STUCK
    state = {
        "database": "ok",
        "worker_heartbeat_seconds": silent,
        "oldest_unsent_letter_seconds": stuck,
        "last_backup_seconds": saved,  # told, but an old backup is no reason to send nobody here
    }
    return Response(state, status_code=200 if well else 503, headers={"cache-control": "no-store"})


@get("/healthz/web", guards=[anyone], exclude_from_csrf=True)
async def healthz_web() -> Response[dict[str, Any]]:
    """200 while this process reaches its database: whether to send it requests. The worker and the post are others'."""
    try:
        await Heartbeat.exists()
    except Exception:  # noqa: BLE001  as above
        return Response({"database": "unreachable"}, status_code=503)
    return Response({"database": "ok"}, headers={"cache-control": "no-store"})


def seconds_since(moment: Any) -> int:
    return max(0, int((clock.now() - moment).total_seconds()))
