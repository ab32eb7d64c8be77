"""What the embedded engine promises, and that both engines keep it."""

import asyncio
from datetime import UTC, datetime

import asyncpg
import pytest

from network import clock
from network.activity import Activity, record
from network.database import DB, chunks, enter_all, is_unique_violation, rows, save_all
from network.jobs import Heartbeat
from network.settings import settings


async def test_a_failed_deed_leaves_nothing():
    with pytest.raises(ValueError):
        async with DB.transaction():
            await record("", "half", "thing:x")
            raise ValueError

    assert await Activity.count() == 0


async def test_an_inner_transaction_belongs_to_the_outer():
    with pytest.raises(ValueError):
        async with DB.transaction():
            async with DB.transaction():
                await record("", "inner", "thing:x")
            raise ValueError

    assert await Activity.count() == 0


async def test_cancelled_deeds_leave_neither_rows_nor_a_stuck_database():
    async def deed() -> None:
        async with DB.transaction():
            await record("", "half", "thing:x")
            await asyncio.sleep(5)

    tasks = [asyncio.create_task(deed()) for _ in range(3)]
    await asyncio.sleep(0.05)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    await record("", "after", "thing:x")
    assert [row["verb"] for row in await Activity.select(Activity.verb)] == ["after"]


async def test_many_writers_wait_for_each_other():
    async def deed(number: int) -> None:
        async with DB.transaction():
            await record("", str(number), "thing:x")

    await asyncio.gather(*(deed(number) for number in range(50)))

    assert await Activity.count() == 50


async def test_both_engines_say_alike_that_something_is_there_already():
    await Heartbeat(name="one", at=clock.now()).save()

    with pytest.raises(Exception) as error:
        await Heartbeat(name="one", at=clock.now()).save()

    assert is_unique_violation(error.value)


async def test_moments_come_back_as_they_went_in():
    moment = clock.now()
    await Heartbeat(name="one", at=moment).save()

    assert (await Heartbeat.objects().first()).at == moment


@pytest.mark.postgres
async def test_one_question_is_all_that_the_server_is_asked():
    """A pool's usual way is to have the server forget everything after each question: as much work again."""
    await Heartbeat.raw("SELECT 'our question' AS words")

    watcher = await asyncpg.connect(settings().database_url)
    lately = await watcher.fetch(
        "SELECT query FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    await watcher.close()
    assert "SELECT 'our question' AS words" in [row["query"] for row in lately]
    assert [row["query"] for row in lately if "RESET" in row["query"]] == []


def test_chunks_lose_nothing():
    assert [len(chunk) for chunk in chunks(range(1201), 500)] == [500, 500, 201]


async def test_thousands_of_rows_go_in_and_change_in_the_running_transaction():
    moment = datetime(2027, 9, 5, 8, 0, tzinfo=UTC)
    new = [Activity(at=moment, actor="mira", verb=f"deed {number}", thing="thing:x") for number in range(1200)]
    async with DB.transaction():
        await enter_all(new)
        stored = await rows(Activity, "ORDER BY id")
        for row in stored:
            row.label = f"label of {row.verb}"
        await save_all(stored)
    with pytest.raises(ValueError):
        async with DB.transaction():
            await enter_all(new)
            raise ValueError

    kept = await Activity.objects().order_by(Activity.id)
    assert [(row.at, row.verb, row.label) for row in kept] == [
        (moment, f"deed {number}", f"label of deed {number}") for number in range(1200)
    ]
