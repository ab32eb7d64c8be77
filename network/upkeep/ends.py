"""The two ends of a move: a database that is read under one snapshot, and one that is written page by page."""

import asyncio
import os
import sqlite3
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import asyncpg

from network.errors import Refused
from network.upkeep.sheets import Sheet, migrations

ROOT = Path(__file__).resolve().parents[2]


class End(Protocol):
    url: str

    async def ask(self, sql: str) -> list[tuple[Any, ...]]: ...
    async def tables(self) -> set[str]: ...
    async def rows(self, sheet: Sheet, where: str) -> list[tuple[Any, ...]]: ...
    async def tell(self, *statements: str) -> None:
        """All of these statements or none."""

    async def store(self, sheet: Sheet, rows: Sequence[tuple[Any, ...]]) -> None:
        """All of these rows or none."""

    async def tie(self, sheet: Sheet, field: str, pairs: Sequence[tuple[int, int]]) -> None:
        """Point these rows (key, key of the other) to rows of their own table."""

    async def settle(self, tables: Sequence[Sheet]) -> None:
        """All rows are there: the next one gets the next key, and the planner knows how many there are."""


class SQLiteEnd:
    def __init__(self, url: str, connection: sqlite3.Connection) -> None:
        self.url, self._connection = url, connection

    async def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(sql).fetchall()

    async def tables(self) -> set[str]:
        found = await self.ask(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
            "AND name NOT LIKE '%\\_trigrams%' ESCAPE '\\'"  # an index, though SQLite keeps it in tables
        )
        return {name for (name,) in found}

    async def rows(self, sheet: Sheet, where: str) -> list[tuple[Any, ...]]:
        return [sheet.read(row) for row in await self.ask(f'SELECT {sheet.names} FROM "{sheet.name}" {where}')]

    async def tell(self, *statements: str) -> None:
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            for statement in statements:
                self._connection.execute(statement)

    async def store(self, sheet: Sheet, rows: Sequence[tuple[Any, ...]]) -> None:
        places = ", ".join("?" * len(sheet.fields))
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(f'INSERT INTO "{sheet.name}" ({sheet.names}) VALUES ({places})', rows)

    async def tie(self, sheet: Sheet, field: str, pairs: Sequence[tuple[int, int]]) -> None:
        with self._connection:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(f'UPDATE "{sheet.name}" SET "{field}" = ?2 WHERE "id" = ?1', pairs)

    async def settle(self, tables: Sequence[Sheet]) -> None:  # noqa: ARG002  a key is the highest one and one more
        self._connection.execute("PRAGMA optimize")


class PostgresEnd:
    def __init__(self, url: str, connection: Any) -> None:
        self.url, self._connection = url, connection

    async def ask(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await self._connection.fetch(sql)]

    async def tables(self) -> set[str]:
        return {name for (name,) in await self.ask("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'")}

    async def rows(self, sheet: Sheet, where: str) -> list[tuple[Any, ...]]:
        return await self.ask(f'SELECT {sheet.names} FROM "{sheet.name}" {where}')

    async def tell(self, *statements: str) -> None:
        async with self._connection.transaction():
            for statement in statements:
                await self._connection.execute(statement)

    async def store(self, sheet: Sheet, rows: Sequence[tuple[Any, ...]]) -> None:
        names = [field.name for field in sheet.fields]
        await self._connection.copy_records_to_table(sheet.name, records=rows, columns=names)

    async def tie(self, sheet: Sheet, field: str, pairs: Sequence[tuple[int, int]]) -> None:
        await self._connection.executemany(f'UPDATE "{sheet.name}" SET "{field}" = $2 WHERE "id" = $1', pairs)

    async def settle(self, tables: Sequence[Sheet]) -> None:
        for sheet in tables:
            await self._connection.execute(
                f"SELECT setval(pg_get_serial_sequence('\"{sheet.name}\"', 'id'), coalesce(max(\"id\"), 1), "
                f'max("id") IS NOT NULL) FROM "{sheet.name}"'
            )
        await self._connection.execute("ANALYZE")


@asynccontextmanager
async def snapshot(url: str) -> AsyncIterator[End]:
    """Read-only, and as of one moment, however long it takes."""
    if url.startswith("sqlite:"):
        reader = sqlite3.connect(f"{path_of(url).as_uri()}?mode=ro", uri=True, isolation_level=None)
        try:
            reader.execute("BEGIN")
            reader.execute("SELECT 1 FROM sqlite_master").fetchone()  # from here on nothing changes for us
            yield SQLiteEnd(url, reader)
        finally:
            reader.close()
        return
    connection = await connected(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            yield PostgresEnd(url, connection)
    finally:
        await connection.close()


@asynccontextmanager
async def writable(url: str) -> AsyncIterator[End]:
    if url.startswith("sqlite:"):
        path_of(url).touch(mode=0o600)  # persons are in it
        connection = sqlite3.connect(path_of(url), isolation_level=None, timeout=10)
        try:
            for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
                connection.execute(f"PRAGMA {pragma}")
            yield SQLiteEnd(url, connection)
        finally:
            connection.close()
        return
    postgres = await connected(url)
    try:
        yield PostgresEnd(url, postgres)
    finally:
        await postgres.close()


async def connected(url: str) -> Any:
    try:
        return await asyncpg.connect(url, timeout=20)
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        raise Refused(f"{shown(url)} cannot be reached: {error}") from error


def path_of(url: str) -> Path:
    return Path(url.removeprefix("sqlite:")).absolute()


def shown(url: str) -> str:
    """An address of a database without its password."""
    if url.startswith("sqlite:"):
        return f"sqlite:{path_of(url)}"
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    user = f"{parts.username}@" if parts.username else ""
    return f"postgresql://{user}{parts.hostname or ''}{port}{parts.path}"


async def lay_out(url: str) -> None:
    """Bring a database to this version's schema: `migrate`, in a process of its own, as settings are read once."""
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL_FILE", "SECRET_KEY_FILE"}}
    path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "network", "migrate",
        env=kept | {"DATABASE_URL": url, "SECRET_KEY": "not used by migrate", "LOG_FORMAT": "text", "PYTHONPATH": path},
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    told, _nothing = await process.communicate()
    if process.returncode:
        raise Refused(f"The tables could not be made in {shown(url)}:\n{told.decode(errors='replace')[-2000:]}")


async def steps_of(end: End) -> set[tuple[str, str]]:
    """The migrations that a database has behind it."""
    if migrations().name not in await end.tables():
        return set()
    found = await end.ask('SELECT "app_name", "name" FROM "migration"')
    return {(app, name) for app, name in found}
