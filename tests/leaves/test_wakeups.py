"""A bell rings when work has been committed: not before, and never for work that was rolled back."""

import asyncio
import time
from contextlib import suppress

from network import database
from network.database import DB
from network.wakeups import Bell


async def test_without_a_transaction_it_rings_at_once():
    bell = Bell("test")
    bell.ring()

    assert bell.rung.is_set()


async def test_inside_a_transaction_it_waits_for_the_commit_also_of_the_outermost():
    bell, seen = Bell("test"), []
    async with DB.transaction():
        async with DB.transaction():
            bell.ring()
            seen.append(bell.rung.is_set())
        seen.append(bell.rung.is_set())

    assert (seen, bell.rung.is_set()) == ([False, False], True)


async def test_what_was_rolled_back_does_not_ring():
    bell = Bell("test")
    with suppress(ZeroDivisionError):
        async with DB.transaction():
            bell.ring()
            raise ZeroDivisionError

    assert not bell.rung.is_set()


async def test_carriers_take_it_further_and_whoever_waits_wakes_at_once():
    bell, carried = Bell("test"), []
    bell.carriers.append(carried.append)
    waiting = asyncio.create_task(bell.wait(5))
    await asyncio.sleep(0)
    before = time.monotonic()
    bell.ring()
    await waiting

    assert carried == ["test"]
    assert time.monotonic() - before < 1
    assert not bell.rung.is_set()


async def test_a_transaction_that_cannot_be_ended_gives_its_connection_back():
    """As when the server goes away in its midst: Piccolo's own kept it, and ten of those emptied the pool."""
    for _time in range(15):
        with suppress(Exception):
            async with DB.transaction() as transaction:
                await break_off(transaction)
                raise ConnectionError

    async with DB.transaction():
        pass
    assert DB.current_transaction.get() is None


async def break_off(transaction: object) -> None:
    connection = transaction.connection  # type: ignore[attr-defined]
    if database.on_sqlite():
        await connection.execute("ROLLBACK")
    else:
        connection.terminate()
