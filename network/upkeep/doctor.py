"""The doctor: looks at everything that can go wrong unseen, and says in a line each what is well and what is not."""

import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from network import clock
from network.errors import Refused
from network.jobs import BACKUP, BACKUP_BEGUN
from network.settings import Settings
from network.upkeep import outside, waits
from network.upkeep.ends import End, PostgresEnd, path_of, snapshot, steps_of
from network.upkeep.misfits import orphans
from network.upkeep.moving import MARK
from network.upkeep.nightly import TOO_OLD
from network.upkeep.schema import steps_known
from network.upkeep.sheets import moment, sheets

STUCK = "30 minutes"
SILENT_SECONDS = 60
LITTLE, TOO_LITTLE = 1_000, 200  # megabytes
CLOCK_SECONDS = 2
SHORTEST_KEY = 16


class Mark(StrEnum):
    WELL = "ok"
    LOOK = "▲"
    BROKEN = "■"


@dataclass(frozen=True, slots=True)
class Finding:
    mark: Mark
    words: str


def well(words: str) -> Finding:
    return Finding(Mark.WELL, words)


def look(words: str) -> Finding:
    return Finding(Mark.LOOK, words)


def broken(words: str) -> Finding:
    return Finding(Mark.BROKEN, words)


async def examine(here: Settings) -> AsyncIterator[Finding]:
    """Everything, in the order in which it matters; the last line says which database is the right one."""
    async for finding in look_inside(here):
        yield finding
    for place in places(here):
        yield space(place)
    yield key(here)
    address = await sender(here)
    for mark, words in await outside.post(address):
        yield Finding(Mark(mark), words)
    if not here.demo:  # its people live at example.org
        for mark, words in await outside.names(address):
            yield Finding(Mark(mark), words)
    advice = await waits.advice(here.database_url)
    yield Finding(Mark.LOOK if advice.outgrown else Mark.WELL, advice.words)


async def look_inside(here: Settings) -> AsyncIterator[Finding]:
    try:
        async with snapshot(here.database_url) as end:
            steps = await schema(end)
            yield steps
            if steps.mark is not Mark.BROKEN:
                for check in CHECKS:
                    for finding in await check(end):
                        yield finding
                yield await saved(end, here)
    except (Refused, sqlite3.Error) as error:
        yield broken(f"The database cannot be opened: {error}")


async def schema(end: End) -> Finding:
    ran, known = await steps_of(end), steps_known()
    if MARK in await end.tables():
        return broken("A move or restore into this database was interrupted: give the same command again.")
    if not ran:
        return broken("The database is empty: `python -m network start` or `restore` fills it.")
    if ran - known:
        return look("The database is of a newer version of Verbund than this one; it goes on, until this one follows.")
    if known - ran:
        return broken(f"Migrations that have not run: {len(known - ran)}; `python -m network migrate` does it.")
    return well(f"The tables are those of this version ({len(ran)} migrations).")


async def whole(end: End) -> list[Finding]:
    found = [broken(line) for line in await orphans(end)]
    if not isinstance(end, PostgresEnd):
        found += [broken(f"SQLite: {line}") for (line,) in await end.ask("PRAGMA quick_check(5)") if line != "ok"]
    return found or [well("Every row that points to another finds it.")]


async def seats(end: End) -> list[Finding]:
    rows = await end.ask(
        "SELECT e.slug, e.seats, count(*) FROM event e JOIN attendee a ON a.event = e.id AND a.state = 'seated' "
        "AND NOT a.walk_in WHERE e.cancelled_at IS NULL "
        "GROUP BY e.id, e.slug, e.seats HAVING count(*) > e.seats"
    )
    found = [look(f"{slug}: {seated} people have one of {number} seats.") for slug, number, seated in rows]
    return found or [well("Nowhere more people than seats.")]


async def sendings(end: End) -> list[Finding]:
    rows = await end.ask(
        "SELECT s.about, s.total, count(d.id), coalesce(sum(CASE WHEN d.state = 'queued' AND s.state = 'done' THEN 1 "
        "ELSE 0 END), 0) FROM sending s LEFT JOIN delivery d ON d.sending = s.id GROUP BY s.id, s.about, s.total"
    )
    found = [
        broken(f"The sending {about} counts {total} readers and has {there} deliveries.")
        for about, total, there, _left in rows
        if total != there
    ]
    found += [
        broken(f"The sending {about} is done, but {left} are still queued.") for about, _, _, left in rows if left
    ]
    return found or [well("Every sending has a delivery for each reader it counts.")]


async def next_keys(end: End) -> list[Finding]:
    """On PostgreSQL a sequence that lags behind its table makes the next row impossible."""
    if not isinstance(end, PostgresEnd):
        return []
    found = []
    for sheet in sheets():
        [(highest, last)] = await end.ask(
            f'SELECT (SELECT coalesce(max("id"), 0) FROM "{sheet.name}"), '
            f"coalesce(pg_sequence_last_value(pg_get_serial_sequence('\"{sheet.name}\"', 'id')), 0)"
        )
        if highest > last:
            found.append(broken(f"The next row of {sheet.name} would get a key that is taken ({last + 1})."))
    return found or [well("Every sequence is ahead of its table.")]


async def letters(end: End) -> list[Finding]:
    now = "clock_timestamp() - interval '30 minutes'"
    if not isinstance(end, PostgresEnd):
        now = "strftime('%Y-%m-%d %H:%M:%f+00:00', 'now', '-30 minutes')"
    [(stuck, failed, held)] = await end.ask(
        f"SELECT coalesce(sum(CASE WHEN state = 'queued' AND due_at < {now} THEN 1 ELSE 0 END), 0), "
        "coalesce(sum(CASE WHEN state = 'failed' THEN 1 ELSE 0 END), 0), "
        "coalesce(sum(CASE WHEN state = 'held' THEN 1 ELSE 0 END), 0) FROM letter"
    )
    [(copies,)] = await end.ask(f"SELECT count(*) FROM delivery WHERE state = 'queued' AND due_at < {now}")
    found = [look(f"Letters that have been waiting for more than {STUCK}: {stuck}.")] if stuck else []
    if copies:
        found.append(look(f"Copies of an issue that have been waiting for more than {STUCK}: {copies}."))
    if failed:
        found.append(look(f"Letters that were not delivered: {failed}; the outbox says why."))
    if held:
        found.append(look(f"Letters held, as SMTP_URL was not set when they were written: {held}."))
    return found or [well("No letter is stuck.")]


async def work(end: End) -> list[Finding]:
    dead = await end.ask("SELECT kind, count(*), max(last_error) FROM job WHERE state = 'dead' GROUP BY kind")
    found = [look(f"{kind} was given up ({number}): {error}") for kind, number, error in dead]
    beats = [at for name, at in await signs(end) if name not in (BACKUP, BACKUP_BEGUN)]
    silent = (clock.now() - max(beats)).total_seconds() if beats else None
    if silent is None or silent > SILENT_SECONDS:
        found.append(look("No worker is alive just now: letters leave and jobs are done when it is served again."))
    else:
        found.append(well(f"A worker gave its last sign of life {silent:.0f} s ago."))
    return found


async def signs(end: End) -> list[tuple[str, datetime]]:
    rows = await end.ask("SELECT name, at FROM heartbeat")
    return [(name, moment(at) if isinstance(at, str) else at) for name, at in rows]


async def clocks(end: End) -> list[Finding]:
    """First of all: what is late is told by the database's clock, or by this machine's where there is no other."""
    if not isinstance(end, PostgresEnd):
        return [await later_than_now(end)]
    [(theirs,)] = await end.ask("SELECT clock_timestamp()")
    apart = abs((clock.now() - theirs).total_seconds())
    clock.follow(theirs)
    words = f"This machine's clock and the database's are {apart:.1f} s apart"
    return [look(f"{words}; the database's counts, but let both ask the same time server.") if apart > CLOCK_SECONDS
            else well(f"{words}.")]  # fmt: skip


async def later_than_now(end: End) -> Finding:
    """What was written down already cannot be still to come."""
    written = [
        moment(at) for (at,) in await end.ask("SELECT max(at) FROM heartbeat UNION SELECT max(at) FROM activity") if at
    ]
    ahead = (max(written, default=clock.now()) - clock.now()).total_seconds()
    if ahead > CLOCK_SECONDS:
        return broken(
            f"By this machine's clock the last thing written down happens in {spell(ahead)}: it is slow now, or was "
            "fast then. Letters and jobs leave late; let it ask a time server (timedatectl set-ntp true)."
        )
    return well(f"Nothing is written down that is later than this machine's clock ({clock.now():%Y-%m-%d %H:%M} UTC).")


def spell(seconds: float) -> str:
    days, hours = seconds / 86400, seconds / 3600
    return f"{days:.1f} days" if days >= 1 else f"{hours:.1f} hours" if hours >= 1 else f"{seconds:.0f} seconds"


CHECKS: list[Callable[[End], Awaitable[list[Finding]]]] = [
    clocks, whole, seats, sendings, next_keys, letters, work,
]  # fmt: skip


async def saved(end: End, here: Settings) -> Finding:
    last = dict(await signs(end)).get(BACKUP)
    nightly = "" if here.backup_dir else " There is no nightly one: BACKUP_DIR is not set."
    if last is None:
        return look(f"There is no backup yet: `python -m network backup FILE`.{nightly}")
    age = clock.now() - last
    words = f"The last backup was made {age.days} days and {age.seconds // 3600} hours ago."
    return look(words + nightly) if age > TOO_OLD else well(words + nightly)


def places(here: Settings) -> list[Path]:
    """One of each disk: where the data are, where an embedded database is, and where the backups go."""
    wanted = [here.data, here.backup_dir, path_of(here.database_url).parent if here.on_sqlite else None]
    disks: dict[int, Path] = {}
    for place in filter(None, wanted):
        there = next(folder for folder in (place, *place.parents) if folder.exists())  # it is made when first needed
        disks.setdefault(there.stat().st_dev, there)
    return list(disks.values())


def space(place: Path) -> Finding:
    free = shutil.disk_usage(place).free // 1_000_000
    words = f"{free:,} MB are free where {place} is."
    return broken(words) if free < TOO_LITTLE else look(words) if free < LITTLE else well(words)


def key(here: Settings) -> Finding:
    if len(here.secret_key) < SHORTEST_KEY:
        return look(
            "SECRET_KEY is short: `python -c 'import secrets; print(secrets.token_hex(32))'` makes a better one."
        )
    return well("There is a secret key.")


async def sender(here: Settings) -> str:
    """The address that letters come from; "" before anything is set up."""
    try:
        async with snapshot(here.database_url) as end:
            found: list[tuple[Any, ...]] = await end.ask("SELECT sender_email, email FROM association")
    except Exception:  # noqa: BLE001  what is the matter has been said above
        return ""
    return next((chosen or usual for chosen, usual in found), "")
