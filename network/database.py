"""The database that DATABASE_URL names, and the few things the two engines say differently."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from contextvars import Context
from functools import cache
from itertools import islice
from typing import Any, TypeVar

import asyncpg
from piccolo.columns import Column, Serial
from piccolo.columns.combination import WhereRaw
from piccolo.querystring import QueryString
from piccolo.table import Table

from network import clock, waits
from network.postgres import GONE, PooledPostgresEngine
from network.settings import settings
from network.sqlite import PooledSQLiteEngine

log = logging.getLogger("verbund.database")
CLOCK_SECONDS = 2.0  # well within what leases are renewed in (leases)

T = TypeVar("T")
Row = TypeVar("Row", bound=Table)


def make_engine(url: str) -> PooledSQLiteEngine | PooledPostgresEngine:
    if url.startswith("sqlite:"):
        return PooledSQLiteEngine(url.removeprefix("sqlite:"))
    return PooledPostgresEngine(config={"dsn": url}, extensions=())


DB: Any = make_engine(settings().database_url)


def on_sqlite() -> bool:
    return bool(DB.engine_type == "sqlite")


def after_commit(deed: Callable[[], None]) -> None:
    """Do it when the running transaction has been committed; at once where there is none, never after a rollback."""
    transaction = DB.current_transaction.get()
    if transaction is None:
        deed()
    else:
        transaction.afterwards.append(deed)


@asynccontextmanager
async def pool() -> AsyncIterator[None]:
    """Hold the connections that the process works with; on PostgreSQL go by the server's clock."""
    if on_sqlite():
        await DB.start_connection_pool()
        try:
            yield
        finally:
            await DB.close_connection_pool()
        return
    await DB.start_connection_pool(min_size=1, max_size=10, reset=as_it_is)
    await read_clock()
    keeping = asyncio.get_running_loop().create_task(keep_time(), context=Context())
    try:
        yield
    finally:
        keeping.cancel()
        await DB.close_connection_pool()


async def as_it_is(connection: object) -> None:
    """A connection goes back as it is: nobody here changes settings, listens or locks beyond a transaction.

    asyncpg would ask the server to forget all that, after each question a question more (decisions/0007).
    """


async def read_clock() -> None:
    """Machines' clocks differ; deadlines, leases and what is due are told by one, that of the database."""
    rows = await DB._run_in_pool("SELECT clock_timestamp() AS moment")
    clock.follow(rows[0]["moment"])


async def keep_time() -> None:
    """For ever: read the database's clock again and again, as that may be set, and machines sleep."""
    while True:
        await asyncio.sleep(CLOCK_SECONDS)
        try:
            await read_clock()
        except Exception as error:  # noqa: BLE001  the server is away for a moment; the old reading goes on
            log.warning("the database's clock could not be read: %s", error)


def is_unique_violation(error: BaseException) -> bool:
    if isinstance(error, sqlite3.IntegrityError):
        return "UNIQUE" in str(error)
    return isinstance(error, asyncpg.UniqueViolationError)


def is_orphan(error: BaseException) -> bool:
    """What a new row was to belong to has gone, or what was to go has got something that belongs to it."""
    if isinstance(error, sqlite3.IntegrityError):
        return "FOREIGN KEY" in str(error)
    return isinstance(error, asyncpg.ForeignKeyViolationError)


def is_disk_full(error: BaseException) -> bool:
    full = isinstance(error, sqlite3.OperationalError) and ("full" in str(error) or "disk I/O" in str(error))
    return full or isinstance(error, asyncpg.DiskFullError)


def is_unreachable(error: BaseException) -> bool:
    """The server is restarting or gone, or somebody else holds the embedded database for too long."""
    locked_out = isinstance(error, sqlite3.OperationalError) and "locked" in str(error)
    return locked_out or isinstance(error, GONE)


def now_sql(*, plus_seconds: float = 0) -> str:
    """The database's own clock as an SQL expression: leases must not depend on the clock of one machine.

    SQLite tells milliseconds: rounded up, so that what Python wrote in the same one is due.
    """
    if on_sqlite():
        return f"strftime('%Y-%m-%d %H:%M:%f+00:00', 'now', '{plus_seconds + 0.001:+f} seconds')"
    return f"(clock_timestamp() + interval '{plus_seconds:f} seconds')"


def skip_locked() -> str:
    """What keeps two workers from waiting for each other's rows; SQLite has one writer anyway."""
    return "" if on_sqlite() else "FOR UPDATE SKIP LOCKED"


def in_any_case(column: Column, text: str) -> WhereRaw:
    """The column says the same, whether in small or large letters (ASCII, as in addresses), on both engines."""
    return WhereRaw(f'lower("{column._meta.db_column_name}") = {{}}', text.lower())


def references_to(table: type[Table]) -> list[Any]:
    """The columns of all tables that point to this one."""
    return list(table._meta.foreign_key_references)


async def locked(table: type[Row], row_id: int, counter: Column) -> Row:
    """Take the row that owns counted things: the first statement of every deed that counts (decisions/0003)."""
    name = counter._meta.db_column_name
    with waits.waiting(waits.ROW):
        found = await table.raw(
            f'UPDATE "{table._meta.tablename}" SET "{name}" = "{name}" + 1 WHERE "id" = {{}} '
            f"RETURNING {names_of(table)}",
            row_id,
        )
    return loaded(table, found[0])


async def alone(what: str) -> None:
    """From here to the end of the transaction nobody else is at the same; SQLite has one writer anyway."""
    if not on_sqlite():
        with waits.waiting(waits.ROW):
            await DB.run_querystring(QueryString("SELECT pg_advisory_xact_lock(hashtext({}))", what))


async def rows(table: type[Row], tail: str, *values: Any) -> list[Row]:
    """Whole rows where it matters how long that takes; `tail` is the SQL from WHERE on, its values written as {}.

    Piccolo puts a query together column by column, and asks each column for its default with each row (decisions/0007).
    """
    found = await table.raw(f'SELECT {names_of(table)} FROM "{table._meta.tablename}" {tail}', *values)
    return [loaded(table, facts) for facts in found]


async def first_row(table: type[Row], tail: str, *values: Any) -> Row | None:
    return next(iter(await rows(table, f"{tail} LIMIT 1", *values)), None)


async def enter_all(new: Sequence[Table]) -> None:
    """Thousands of new rows in the running transaction; their ids stay unknown."""
    if new:
        table = type(new[0])
        columns = [column._meta for column in table._meta.columns if not isinstance(column, Serial)]
        names = ", ".join(f'"{column.db_column_name}"' for column in columns)
        places = ", ".join(place(number) for number in range(1, len(columns) + 1))
        sql = f'INSERT INTO "{table._meta.tablename}" ({names}) VALUES ({places})'
        await each(sql, new, [column.name for column in columns])


async def save_all(changed: Sequence[Table]) -> None:
    """All columns of thousands of known rows, in the running transaction."""
    if changed:
        table = type(changed[0])
        columns = [column._meta for column in table._meta.columns if not isinstance(column, Serial)]
        sets = ", ".join(f'"{column.db_column_name}" = {place(n)}' for n, column in enumerate(columns, start=1))
        sql = f'UPDATE "{table._meta.tablename}" SET {sets} WHERE "id" = {place(len(columns) + 1)}'
        await each(sql, changed, [*(column.name for column in columns), "id"])


async def each(sql: str, lines: Sequence[Table], names: Sequence[str]) -> None:
    """The same statement for every row, in portions, so that others get their turn in between."""
    connection = DB.current_transaction.get().connection
    for some in chunks(lines):
        await connection.executemany(sql, [tuple(row.__dict__[name] for name in names) for row in some])
        await asyncio.sleep(0)


def place(number: int) -> str:
    """Where the value of this number stands in a statement that goes past Piccolo."""
    return "?" if on_sqlite() else f"${number}"


def marks(values: Collection[Any]) -> str:
    """The places of these values in an IN (…): "{}, {}, {}"."""
    return ", ".join(["{}"] * len(values))


def among(column: str, numbers: Iterable[int]) -> tuple[str, Any]:
    """The column is one of these numbers: SQL with one place, and its value. They may be thousands; the SQL stays."""
    if on_sqlite():
        return f"{column} IN (SELECT value FROM json_each({{}}))", json.dumps(list(numbers))
    return f"{column} = ANY({{}})", list(numbers)


@cache
def names_of(table: type[Table]) -> str:
    return ", ".join(f'"{column._meta.db_column_name}"' for column in table._meta.columns)


def loaded(table: type[Row], facts: dict[str, Any]) -> Row:
    row = table.__new__(table)
    row.__dict__.update(facts, _exists_in_db=True, _was_created=False)
    return row


def chunks(items: Iterable[T], size: int = 500) -> Iterator[list[T]]:
    """Both engines limit how many values one statement may carry."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
