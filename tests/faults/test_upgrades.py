"""A new version moves in while people register at the old one: the tables first, then one process after the other."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import SERVER
from tests.faults.compose import House, Machine, own_database, until
from tests.faults.test_restarts import Guests, reached
from tests.house.test_migrations import schema_of_postgres
from tests.upkeep import later

pytestmark = [pytest.mark.postgres, pytest.mark.slow, pytest.mark.timeout(240)]
EARLY, MEANWHILE, AFTERWARDS = 12, 60, 6


@asynccontextmanager
async def old_version(folder: Path) -> AsyncIterator[tuple[House, Machine, str]]:
    """One web process of the old version, and a forum to register for."""
    async with own_database(SERVER, f"verbund_upgrade_{uuid.uuid4().hex[:8]}") as url:
        house = House(folder, url, "redis://127.0.0.1:1/0", "smtp://127.0.0.1:1")
        assert house.run("migrate").returncode == 0
        founded = house.run("migrate", "python", "-m", "tests.faults.founding")
        assert founded.returncode == 0, founded.stderr
        with house.one("web") as web:
            await is_well(web)
            yield house, web, f"/events/{founded.stdout.strip()}"


async def is_well(web: Machine) -> None:
    assert await until(lambda: asyncio.to_thread(web.is_healthy), 60), web.told


async def test_who_registers_while_a_new_version_moves_in_notices_nothing(tmp_path, capsys):
    async with old_version(tmp_path) as (house, web, page):
        new = replace(house, code=later.version(tmp_path, later.ADDITIVE))
        guests = Guests(web, page)
        registering = asyncio.create_task(guests.all_register(count=MEANWHILE))
        assert await until(lambda: reached(guests, EARLY), 60)
        before = guests.done
        migrated = await asyncio.to_thread(new.run, "migrate")
        during = guests.done - before
        with new.one("web", 2) as second:
            await is_well(second)
            old_and_new = [web.is_healthy(), second.is_healthy()]
            await registering
            newer = Guests(second, page)
            await newer.all_register(count=AFTERWARDS, first=MEANWHILE)
        with house.one("web", 3) as begun_again:
            await is_well(begun_again)
            last = Guests(begun_again, page)
            await last.all_register(count=AFTERWARDS, first=MEANWHILE + AFTERWARDS)
    with capsys.disabled():
        print(
            f"\n  {during} of {MEANWHILE} registered during the upgrade; the old version answered {dict(guests.told.answers)}"
        )

    assert migrated.returncode == 0, migrated.stderr
    assert during > 0
    assert old_and_new == [True, True]
    assert set(guests.told.answers) == set(newer.told.answers) == set(last.told.answers) == {200, 303}
    assert guests.told.answers[303] == MEANWHILE
    assert "of a newer version than this one, and is served all the same" in begun_again.told


async def test_a_migration_that_fails_leaves_the_old_version_at_work_and_goes_through_once_it_is_mended(tmp_path):
    async with old_version(tmp_path) as (house, web, page):
        before = await schema_of_postgres(house.database_url)
        guests = Guests(web, page)
        registering = asyncio.create_task(guests.all_register(count=MEANWHILE))
        assert await until(lambda: reached(guests, EARLY), 60)
        broken = replace(house, code=later.version(tmp_path, later.ADDITIVE, later.FAILING))
        failed = await asyncio.to_thread(broken.run, "migrate")
        refused = await asyncio.to_thread(broken.run, "web", "python", "-m", "network", "serve")
        after = await schema_of_postgres(house.database_url)
        still = web.is_healthy()
        mended = replace(house, code=later.version(tmp_path, later.ADDITIVE, later.MENDED))
        went_through = await asyncio.to_thread(mended.run, "migrate")
        await registering

    assert failed.returncode == 1
    assert "Migration 2999-01-02T00:00:00:000000 failed: DuplicateColumnError" in failed.stderr
    assert (refused.returncode, "of an earlier version" in refused.stderr) == (1, True)
    assert after == before
    assert still
    assert went_through.returncode == 0, went_through.stderr
    assert set(guests.told.answers) == {200, 303}
    assert guests.told.answers[303] == MEANWHILE
