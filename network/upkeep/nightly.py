"""The nightly backup: made by a process of its own, so that nobody waits; the old ones go in their turn."""

import asyncio
import logging
import os
import re
import shutil
import sys
import time
from collections.abc import Iterable
from contextvars import Context
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path

from network import clock
from network.association.tables import Association
from network.database import after_commit
from network.i18n import _, ngettext
from network.jobs import BACKUP, BACKUP_BEGUN, Heartbeat, beat, enqueue
from network.logs import referring_to
from network.people.viewer import Viewer
from network.settings import settings
from network.upkeep.ends import ROOT
from network.web.handed import Due

log = logging.getLogger("verbund.backup")
NAMED = re.compile(r"verbund-(\d{4}-\d\d-\d\d)-\d{4}\.zip")
KIND = "backup.nightly"
DAYS, WEEKS = 7, 4
TOO_OLD = timedelta(days=2)
TAKES_AT_MOST = timedelta(hours=1)

_running: set[asyncio.Task[None]] = set()  # the loop alone would forget them


async def make_backup() -> None:
    """The job only begins it, once it is committed: its transaction must not last as long as the backup."""
    if settings().backup_dir:
        after_commit(begin)


def begin() -> None:
    task = asyncio.get_running_loop().create_task(make(), context=Context())
    _running.add(task)
    task.add_done_callback(_running.discard)


async def make() -> None:
    folder = settings().backup_dir
    assert folder
    with referring_to("backup"):
        try:
            await beat(BACKUP_BEGUN)
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for draft in abandoned(folder):
                shutil.rmtree(draft)
            await in_a_process(folder / f"verbund-{clock.now().astimezone(clock.BERLIN):%Y-%m-%d-%H%M}.zip")
            for old in superfluous(folder.iterdir()):
                old.unlink()
        except asyncio.CancelledError:
            await enqueue(KIND)  # this worker is told to stop: another one, or the next, makes it
            raise
        except OSError as error:
            log.error("the nightly backup failed: %s", error)  # noqa: TRY400  the reason is enough
        except Exception:
            log.exception("the nightly backup failed")


async def in_a_process(file: Path) -> None:
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "network", "backup", str(file),
        env=os.environ | {"LOG_FORMAT": "text", "PYTHONPATH": path},
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    try:
        told, _nothing = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if process.returncode:
        log.error("the nightly backup failed: %s", told.decode(errors="replace").strip()[-2000:])


def abandoned(folder: Path) -> list[Path]:
    """What backups left behind that were killed in the midst of it."""
    long_ago = time.time() - TAKES_AT_MOST.total_seconds()
    return [draft for draft in folder.glob(".backup-*") if draft.stat().st_mtime < long_ago]


def superfluous(files: Iterable[Path]) -> list[Path]:
    """All but the backups of the last seven days that have one, and the last of each of the four weeks before."""
    ours = {file: date.fromisoformat(named[1]) for file in files if (named := NAMED.fullmatch(file.name))}
    days = sorted(set(ours.values()), reverse=True)
    weeks = [next(of_week) for _week, of_week in groupby(days[DAYS:], key=lambda day: day.isocalendar()[:2])]
    kept = {*days[:DAYS], *weeks[:WEEKS]}
    return sorted(file for file, day in ours.items() if day not in kept)


async def due(viewer: Viewer, day: date) -> list[Due]:
    """Today tells the administrators when the last backup is too old or came to nothing."""
    del day
    if not viewer.is_admin or settings().backup_dir is None or not (words := await trouble()):
        return []
    reason = _("The server's log says why; the command “python -m network doctor” on the server helps to find it.")
    return [Due(title=words, url="", kind="bad", state=_("not saved"), reason=reason)]


async def trouble() -> str:
    """What is the matter with the backups, in a sentence; "" when nothing is."""
    signs = {row["name"]: row["at"] for row in await Heartbeat.select(Heartbeat.name, Heartbeat.at)}
    last: datetime | None = signs.get(BACKUP)
    begun: datetime | None = signs.get(BACKUP_BEGUN)
    if last and clock.now() - last > TOO_OLD:
        days = (clock.now() - last).days
        return ngettext("The last backup is one day old", "The last backup is %(num)s days old", days)
    if begun and (last is None or last < begun) and clock.now() - begun > TAKES_AT_MOST:
        return _("The last nightly backup came to nothing")
    if last is None:
        house = await Association.select(Association.set_up_at).first()
        if house and clock.now() - house["set_up_at"] > TOO_OLD:
            return _("There is no backup yet")
    return ""
