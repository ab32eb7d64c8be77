"""A version and a schema that are not of the same day: what serves and what does not, and upgrades that come to nothing."""

import asyncio
import subprocess

import asyncpg
import pytest

from network.database import on_sqlite
from network.upkeep.ends import path_of, snapshot, steps_of
from tests.bench.server import free_port
from tests.faults.compose import until
from tests.house.test_migrations import schema_of_postgres, schema_of_sqlite
from tests.upkeep import houses, later
from tests.upkeep.drill import serving

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def url(tmp_path):
    """An empty database of the kind under test."""
    if on_sqlite():
        yield f"sqlite:{tmp_path / 'house.sqlite'}"
    else:
        with houses.empty_postgres() as place:
            yield place


async def schema_of(url: str) -> object:
    async with snapshot(url) as end:
        steps = await steps_of(end)
    return steps, schema_of_sqlite(path_of(url)) if on_sqlite() else await schema_of_postgres(url)


def ended(*command: str, url: str, folder, **options) -> subprocess.CompletedProcess[str]:
    """A command that is expected to end by itself."""
    done = houses.network(*command, url=url, folder=folder, PORT=str(free_port()), **options)
    assert "Traceback" not in done.stderr
    return done


@pytest.mark.parametrize("command", ["serve", "work"])
async def test_an_empty_database_is_not_served_but_said_to_be_empty(url, tmp_path, command):
    if on_sqlite():
        path_of(url).touch()

    done = ended(command, url=url, folder=tmp_path)

    assert done.returncode == 1
    assert "The database is empty" in done.stderr


@pytest.mark.parametrize("command", ["serve", "work"])
async def test_a_version_does_not_begin_on_an_older_schema_but_says_what_to_do(url, tmp_path, command):
    code = later.version(tmp_path, later.ADDITIVE)
    assert houses.network("migrate", url=url, folder=tmp_path).returncode == 0

    done = ended(command, url=url, folder=tmp_path, code=code)

    assert done.returncode == 1
    assert "of an earlier version: run `python -m network migrate` first" in done.stderr


async def test_a_newer_schema_is_served_and_the_log_says_so(url, tmp_path):
    code = later.version(tmp_path, later.ADDITIVE)
    assert houses.network("migrate", url=url, folder=tmp_path, code=code).returncode == 0

    with serving(url, tmp_path):
        pass

    assert "of a newer version than this one, and is served all the same" in (tmp_path / "serve.log").read_text()
    again = houses.network("migrate", url=url, folder=tmp_path)
    assert again.returncode == 0, again.stderr


async def test_a_migration_that_fails_in_the_middle_changes_nothing_and_goes_through_once_it_is_mended(url, tmp_path):
    """Two new ones: the first is good and fails together with the second, which fails after its first column."""
    assert houses.network("migrate", url=url, folder=tmp_path).returncode == 0
    before = await schema_of(url)
    code = later.version(tmp_path, later.ADDITIVE, later.FAILING)

    failed = ended("migrate", url=url, folder=tmp_path, code=code)

    assert failed.returncode == 1
    assert failed.stderr.startswith("Migration 2999-01-02T00:00:00:000000 failed: ")
    assert failed.stderr.rstrip().endswith("Nothing was changed; what runs on this database goes on.")
    assert await schema_of(url) == before
    mended = houses.network(
        "migrate", url=url, folder=tmp_path, code=later.version(tmp_path, later.ADDITIVE, later.MENDED)
    )
    assert mended.returncode == 0, mended.stderr
    steps, _tables = await schema_of(url)
    assert len(steps) == len(before[0]) + 2


async def test_two_upgrades_at_the_same_moment_do_it_once(url, tmp_path):
    both = await asyncio.gather(
        *(asyncio.to_thread(houses.network, "migrate", url=url, folder=tmp_path / name) for name in ("one", "other"))
    )

    assert [done.returncode for done in both] == [0, 0], [done.stderr for done in both]


@pytest.mark.postgres
async def test_an_upgrade_gives_way_to_who_is_at_work_and_tries_again(url, tmp_path):
    """Somebody who registers then wants the event, which the upgrade has: it is not they who are told to go."""
    assert houses.network("migrate", url=url, folder=tmp_path).returncode == 0
    code = later.version(tmp_path, later.colours("Event"), later.colours("Registration"))
    deed = await asyncpg.connect(url)
    async with deed.transaction():
        await deed.execute("LOCK TABLE registration IN ROW EXCLUSIVE MODE")
        upgrade = asyncio.create_task(asyncio.to_thread(houses.network, "migrate", url=url, folder=tmp_path, code=code))
        assert await until(lambda: waited_for(deed), 30)
        await asyncio.sleep(1.2)  # PostgreSQL has looked for a deadlock then, and the next to wait would be its victim
        await deed.execute("SELECT 1 FROM event")
        assert not upgrade.done()
    await deed.close()

    done = await upgrade
    assert done.returncode == 0, done.stderr


async def waited_for(connection) -> bool:
    return await connection.fetchval(
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'registration'::regclass"
    )


@pytest.mark.postgres
async def test_a_database_that_cannot_be_reached_is_said_in_a_sentence(tmp_path):
    done = ended("serve", url="postgresql://postgres@127.0.0.1:9/none", folder=tmp_path)

    assert done.returncode == 1
    assert "\nThe database cannot be reached: " in done.stderr
