"""The embedded database: Piccolo's SQLite engine with one writer, a few readers and write-ahead logging.

Piccolo's own engine opens a connection and a thread for every query; see decisions/0002.
"""

import asyncio
import re
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import aiosqlite
from piccolo.engine.sqlite import Atomic, SQLiteEngine, SQLiteTransaction, TransactionType, dict_factory
from piccolo.query.methods.create import Create

from network import waits

READS = re.compile(r"\s*(?:SELECT|EXPLAIN)\b", re.IGNORECASE)
ENTERS = re.compile(r"\s*INSERT INTO \S+ \([^()]*\) VALUES\b", re.IGNORECASE)  # is done as soon as its values are read
QUICK_STEPS = 50_000  # of SQLite's machine: a few milliseconds
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=NORMAL",
    "foreign_keys=ON",
    "busy_timeout=10000",
    "temp_store=MEMORY",
    "cache_size=-2000",  # for each connection; the system keeps the file in memory anyway (decisions/0002)
)


class Lease:
    """A connection lent to one transaction; close() gives it back."""

    def __init__(self, connection: Any, release: Callable[[], None]) -> None:
        self._connection = connection
        self._release: Callable[[], None] | None = release

    def __getattr__(self, name: str) -> Any:
        if self._release is None:
            raise RuntimeError("this transaction has ended")  # a task outlived the transaction it was created in
        return getattr(self._connection, name)

    def within_loop(self, query: str, args: list[Any]) -> list[Any] | None:
        """What a transaction writes row by row or reads shortly; None where that has to be asked in the thread.

        Whoever has begun to write waits for nobody any more, and the thread costs more than such a statement.
        """
        raw: sqlite3.Connection = self._connection._conn
        if not raw.in_transaction:
            return None
        if ENTERS.match(query):
            return raw.execute(query, args).fetchall()
        if READS.match(query):
            raw.set_progress_handler(lambda: 1, QUICK_STEPS)
            try:
                return raw.execute(query, args).fetchall()
            except sqlite3.OperationalError:  # not short: it is stopped, and the transaction goes on
                return None
            finally:
                raw.set_progress_handler(None, 0)
        return None

    async def close(self, *, clean: bool = False) -> None:
        release, self._release = self._release, None
        if release is None:
            return
        if clean:
            release()
            return
        await asyncio.shield(asyncio.ensure_future(self._drain(release)))

    async def _drain(self, release: Callable[[], None]) -> None:
        """Queue behind a statement that a cancelled task may have left, roll back, only then hand the connection on."""
        raw = self._connection
        try:
            await raw._execute(lambda: raw._conn.in_transaction and raw._conn.rollback())
        finally:
            release()


class PooledTransaction(SQLiteTransaction):
    engine: "PooledSQLiteEngine"

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.afterwards: list[Callable[[], None]] = []  # database.after_commit

    async def get_connection(self) -> Any:
        return await self.engine.lease(write=self.transaction_type is not TransactionType.deferred)

    async def __aenter__(self) -> Any:
        if self._parent is not None:
            return self._parent
        self.connection = await self.get_connection()
        try:
            await self.begin()  # type: ignore[no-untyped-call]
        except BaseException:
            await self.connection.close()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, kind: Any, error: Any, traceback: Any) -> bool:
        if self._parent:
            return error is None
        try:
            if error is not None:
                if not self._rolled_back:
                    await self.rollback()  # type: ignore[no-untyped-call]
            elif not (self._committed or self._rolled_back):
                await self.commit()  # type: ignore[no-untyped-call]
        finally:
            self.engine.current_transaction.reset(self.context)
            await self.connection.close()  # drains: an open transaction is never handed on
        if self._committed:
            for deed in self.afterwards:
                deed()
        return error is None


class PooledSQLiteEngine(SQLiteEngine):
    __slots__ = ("_all", "_free", "_quick", "_write_lock", "_writer", "readers")

    def __init__(self, path: str, readers: int = 4) -> None:
        super().__init__(path, timeout=10, cached_statements=512, check_same_thread=False)
        self.readers = readers
        self._free: asyncio.LifoQueue[Any] | None = None
        self._all: list[Any] = []
        self._writer: Any = None
        self._quick: sqlite3.Connection | None = None
        self._write_lock = asyncio.Lock()

    async def get_connection(self) -> Any:
        connection = aiosqlite.connect(**self.connection_kwargs)
        connection._thread.daemon = True  # aiosqlite ≥ 0.22: a connection left open would hang the exit
        await connection
        connection.row_factory = dict_factory  # type: ignore[assignment]
        await connection.executescript(";".join(f"PRAGMA {pragma}" for pragma in PRAGMAS))
        return connection

    async def start_connection_pool(self) -> None:
        if self._free is not None:
            return
        self._write_lock, free = asyncio.Lock(), asyncio.LifoQueue[Any]()
        self._writer = await self.get_connection()
        for _ in range(self.readers):
            reader = await self.get_connection()
            await reader.execute("PRAGMA query_only=ON")
            self._all.append(reader)
            free.put_nowait(reader)
        self._all.append(self._writer)
        self._free, self._quick = free, self.quick_reader()

    def quick_reader(self) -> sqlite3.Connection:
        """For short reads, in the event loop itself: readers wait for nobody, and a thread costs more than the answer.

        A read that is not short is stopped, and asked again in a thread.
        """
        connection = sqlite3.connect(**self.connection_kwargs)
        connection.row_factory = dict_factory
        for pragma in (*PRAGMAS, "busy_timeout=0", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")
        connection.set_progress_handler(lambda: 1, QUICK_STEPS)
        return connection

    async def close_connection_pool(self) -> None:
        connections, self._all, self._free = self._all, [], None
        if self._quick is not None:
            self._quick.close()
            self._quick = None
        for connection in connections:
            await connection.close()

    async def lease(self, *, write: bool) -> Any:
        if self._free is None:  # no pool: the command line and migrations
            return await self.get_connection()
        if write:
            with waits.waiting(waits.WRITER):
                await self._write_lock.acquire()
            return Lease(self._writer, self._write_lock.release)
        free = self._free
        with waits.waiting(waits.CONNECTION):
            reader = await free.get()
        return Lease(reader, lambda: free.put_nowait(reader))

    async def _run_in_new_connection(
        self, query: str, args: list[Any] | None = None, query_type: Any = "generic", table: Any = None
    ) -> Any:
        reads = bool(READS.match(query))
        if reads and self._quick is not None:
            with suppress(sqlite3.OperationalError):  # not short, or locked for a moment: asked again below
                return self._quick.execute(query, args or []).fetchall()
        connection = await self.lease(write=not reads)
        clean = isinstance(connection, Lease)
        try:
            return await self._run_in_existing_connection(connection, query, args, query_type, table)
        except BaseException:
            clean = False
            raise
        finally:
            await (connection.close(clean=True) if clean else connection.close())

    async def _run_in_existing_connection(
        self, connection: Any, query: str, args: list[Any] | None = None, query_type: Any = "generic", table: Any = None
    ) -> Any:
        del query_type, table
        if isinstance(connection, Lease) and (found := connection.within_loop(query, args or [])) is not None:
            return found
        return list(await connection.execute_fetchall(query, args or []))

    def transaction(
        self, transaction_type: TransactionType = TransactionType.immediate, allow_nested: bool = True
    ) -> PooledTransaction:
        return PooledTransaction(engine=self, transaction_type=transaction_type, allow_nested=allow_nested)

    def atomic(self, transaction_type: TransactionType = TransactionType.immediate) -> Atomic:
        return Atomic(engine=self, transaction_type=transaction_type)


def inline_constraints() -> None:
    """SQLite has no ALTER TABLE … ADD CONSTRAINT: put Piccolo's constraints into CREATE TABLE."""

    def sqlite_ddl(create: Create) -> list[str]:
        statements = [statement for statement in create.default_ddl if not statement.startswith("ALTER TABLE")]
        constraints = "".join(f', CONSTRAINT "{c._meta.name}" {c.ddl}' for c in create.table._meta.constraints)
        return [statements[0][:-1] + constraints + ")", *statements[1:]]

    Create.sqlite_ddl = property(sqlite_ddl)  # type: ignore[method-assign,assignment]


inline_constraints()
