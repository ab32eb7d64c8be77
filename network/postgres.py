"""PostgreSQL: Piccolo's engine with transactions that give their connection back whatever happens to the server.

Piccolo's own keep it when the rollback fails, as it does after a restart of PostgreSQL; ten of those emptied the pool.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import asyncpg
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction

from network import waits

GONE = (
    asyncpg.InterfaceError,
    asyncpg.InternalServerError,  # on a full disk the server cannot even greet: "could not write init file"
    asyncpg.InternalClientError,  # something more was asked of a connection that broke in the middle of an answer
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,  # the server is being stopped, or is starting
    OSError,
)


class Transaction(PostgresTransaction):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.afterwards: list[Callable[[], None]] = []  # database.after_commit

    async def __aenter__(self) -> Any:
        if self._parent is not None:
            return self._parent
        with waits.waiting(waits.CONNECTION):
            self.connection = await self.get_connection()  # type: ignore[no-untyped-call]
        self.transaction = self.connection.transaction()
        try:
            await self.begin()  # type: ignore[no-untyped-call]
        except BaseException:
            await self.give_back()
            raise
        self.context = self.engine.current_transaction.set(self)
        return self

    async def __aexit__(self, kind: object, error: BaseException | None, traceback: object) -> bool:
        if self._parent:
            return error is None
        try:
            if error is None and not (self._committed or self._rolled_back):
                await self.commit()  # type: ignore[no-untyped-call]
            elif error is not None and not (self._rolled_back or self.connection.is_closed()):
                with suppress(*GONE):  # the server rolls back by itself then, and what went wrong first is what counts
                    await self.rollback()  # type: ignore[no-untyped-call]
        finally:
            self.engine.current_transaction.reset(self.context)
            await self.give_back()
        if self._committed:
            for deed in self.afterwards:
                deed()
        return error is None

    async def give_back(self) -> None:
        """The pool makes a new connection in the place of a broken one."""
        if self.engine.pool:
            await self.engine.pool.release(self.connection)
        else:
            await self.connection.close()


class PooledPostgresEngine(PostgresEngine):
    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> Any:
        """As Piccolo's own, with a watch on how long a connection was waited for."""
        if self.pool is None:
            raise RuntimeError("there is no pool yet")
        with waits.waiting(waits.CONNECTION):
            connection = await self.pool.acquire()
        try:
            return await connection.fetch(query, *(args or ()))
        finally:
            await self.pool.release(connection)

    def transaction(self, allow_nested: bool = True) -> Transaction:
        return Transaction(engine=self, allow_nested=allow_nested)
