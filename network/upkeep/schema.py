"""How far the tables are against what this version knows, and bringing them up to date: all of it or nothing."""

import asyncio
import contextlib
import io
import logging
import re
from functools import cache
from pathlib import Path

import asyncpg
from piccolo.apps.migrations.commands.forwards import run_forwards
from piccolo.apps.migrations.tables import Migration
from piccolo.conf.apps import Finder

from network.database import DB, is_unreachable, on_sqlite
from network.errors import Refused
from network.members import indexes

log = logging.getLogger("verbund.schema")
APPS = ("mailing", "network")
STEP = re.compile(r'^ID = "([^"]+)"', re.MULTILINE)
BEGUN = re.compile(r"^ +- (\S+) \[", re.MULTILINE)
GIVES_WAY_MS = 500  # PostgreSQL looks for a deadlock after a second: long before that it is us who step back
TRIES, PAUSE_SECONDS = 60, 0.3
ONE_AT_A_TIME = 0x56657262  # the number of the lock that two upgrades at the same moment ask for
BUSY = (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError)

EMPTY = "The database is empty: `python -m network start` sets up your association, `migrate` makes the tables alone."
EARLIER = "The database is of an earlier version: run `python -m network migrate` first. What runs on it may go on."
NEWER = "The database is of a newer version than this one, and is served all the same: it only has more in it."


@cache
def steps_known() -> set[tuple[str, str]]:
    """The migrations of this version, as they are named in their files: to load them all would cost a start."""
    found = set()
    for app in APPS:
        folder = Path(Finder().get_app_config(app).resolved_migrations_folder_path)
        texts = (file.read_text(encoding="utf-8") for file in folder.glob(f"{app}_*.py"))
        found |= {(app, named[1]) for text in texts if (named := STEP.search(text))}
    return found


async def steps_behind() -> set[tuple[str, str]]:
    """The migrations that the database of this house has behind it."""
    if not await Migration.table_exists():
        return set()
    return {(row["app_name"], row["name"]) for row in await Migration.select(Migration.app_name, Migration.name)}


async def is_fit() -> None:
    """Refused where this version cannot work on the database as it is; on a newer one it can (decisions/0010)."""
    try:
        behind = await steps_behind()
    except Exception as error:
        if not is_unreachable(error):
            raise
        raise Refused(f"The database cannot be reached: {error}") from error
    if steps_known() - behind:
        raise Refused(EARLIER if behind else EMPTY)
    if behind - steps_known():
        log.warning(NEWER)


async def bring_up_to_date() -> None:
    """Run every migration that is missing, in one transaction. Refused, and nothing changed, when one fails.

    Others go on working meanwhile: where a table is in use for too long, we let go of everything and try again.
    """
    for more in reversed(range(TRIES)):
        told = io.StringIO()
        try:
            with contextlib.redirect_stdout(told):
                await run_all()
        except BUSY as error:
            if not more:
                raise Refused(failed(told.getvalue(), error)) from error
            await asyncio.sleep(PAUSE_SECONDS)
        except Exception as error:
            raise Refused(failed(told.getvalue(), error)) from error
        else:
            return


async def run_all() -> None:
    """Piccolo's own transactions join ours, so that a migration and the note that it has run are one."""
    async with DB.transaction():
        if not on_sqlite():
            await Migration.raw(f"SET LOCAL lock_timeout = {GIVES_WAY_MS}")
            await Migration.raw(f"SELECT pg_advisory_xact_lock({ONE_AT_A_TIME})")
        await run_forwards(app_name="all")
        await indexes.lay_out()


def failed(told: str, error: BaseException) -> str:
    begun = BEGUN.findall(told)
    which = f"Migration {begun[-1]} failed" if begun else "The tables could not be brought up to date"
    return f"{which}: {type(error).__name__}: {error}\nNothing was changed; what runs on this database goes on."
