"""Every schema that was ever released comes up to date with its data in it, on the database under test."""

import asyncio
import json
import sqlite3
from contextlib import closing

import pytest

from network.catalogue import beginnings
from network.database import on_sqlite
from network.upkeep.ends import path_of, snapshot
from network.upkeep.moving import sealed
from tests.house.test_migrations import schema_of_postgres, schema_of_sqlite
from tests.upkeep import additive, houses, later, releases

GUEST = "guest-of-today@example.org"
pytestmark = pytest.mark.timeout(180)


@pytest.fixture(params=releases.versions())
def version(request) -> str:
    return request.param


@pytest.fixture
def places(tmp_path):
    """Empty databases of the kind under test."""
    if on_sqlite():
        yield [f"sqlite:{tmp_path / name}" for name in ("one.sqlite", "other.sqlite")]
    else:
        with houses.empty_postgres() as one, houses.empty_postgres() as other:
            yield [one, other]


def as_it_was(version: str, url: str, folder) -> None:
    done = houses.python("-m", "tests.upkeep.releases", version, url=url, folder=folder)
    assert done.returncode == 0, done.stderr


async def held(version: str, url: str) -> dict[str, tuple[int, str]]:
    """Rows and checksum of each table of that release."""
    async with snapshot(url) as end:
        return {table.name: await sealed(end, table) for table in await releases.tables_of(version)}


async def schema_of(url: str) -> object:
    return schema_of_sqlite(path_of(url)) if on_sqlite() else await schema_of_postgres(url)


async def terms_in(url: str) -> int:
    async with snapshot(url) as end:
        [(count,)] = await end.ask("SELECT count(*) FROM entry")
    return int(count)


async def walk_through(version: str, url: str, folder, code=houses.ROOT) -> None:
    """On the day of the release: pages open, and somebody registers."""
    before = (await held(version, url))["registration"][0]
    moment = releases.manifest_of(version).made_at
    walk = ("-m", "tests.upkeep.visit", moment, GUEST)
    walked = await asyncio.to_thread(houses.python, *walk, url=url, folder=folder, code=code, LOG_REQUESTS="0")
    assert walked.returncode == 0, walked.stderr
    found = json.loads(walked.stdout)
    assert set(found["answers"].values()) == {200, 303}, found
    assert len(found["answers"]) == 14
    assert (found["letters"], found["registrations"]) == (1, before + 1)


async def test_a_released_schema_comes_up_to_date_and_nothing_is_lost(version, places, tmp_path):
    old, new = places
    as_it_was(version, old, tmp_path)
    before = await held(version, old)
    counted = {name: rows for name, (rows, _seal) in releases.manifest_of(version).tables.items()}

    migrated = [houses.network("migrate", url=url, folder=tmp_path) for url in (old, new)]

    assert [done.returncode for done in migrated] == [0, 0], migrated[0].stderr
    assert {name: rows for name, (rows, _seal) in before.items()} == {name: counted[name] for name in before}
    assert sum(rows for rows, _seal in before.values()) > 2000
    assert await held(version, old) == before
    assert await schema_of(old) == await schema_of(new)
    assert await terms_in(old) >= len(beginnings.beginning())  # which a house from before the catalogues gets now
    assert await terms_in(new) == 0  # nobody's house yet
    await walk_through(version, old, tmp_path)


async def test_a_backup_of_each_release_is_restored(version, places, tmp_path):
    url = places[0]
    file = releases.RELEASED / f"{version}.zip"

    restored = houses.network("restore", str(file), url=url, folder=tmp_path)

    assert restored.returncode == 0, restored.stderr
    counted = {name: rows for name, (rows, _seal) in releases.manifest_of(version).tables.items()}
    assert {name: rows for name, (rows, _seal) in (await held(version, url)).items()} == {
        name: rows for name, rows in counted.items() if name != "migration"
    }
    await walk_through(version, url, tmp_path)


async def test_a_release_goes_on_to_a_version_that_is_not_written_yet(version, places, tmp_path):
    """A made-up migration more, so that there is always an old schema and a new one; and today's code goes on with it."""
    url = places[0]
    code = later.version(tmp_path, later.ADDITIVE)
    as_it_was(version, url, tmp_path)
    before = await held(version, url)

    migrated = houses.network("migrate", url=url, folder=tmp_path, code=code)

    assert migrated.returncode == 0, migrated.stderr
    assert await held(version, url) == before
    async with snapshot(url) as end:
        assert await end.ask("SELECT count(*) FROM badge") == [(0,)]
        assert await end.ask("SELECT DISTINCT colour FROM registration") == [("blue",)]
    await walk_through(version, url, tmp_path)


async def test_a_migration_that_loses_rows_is_noticed(places, tmp_path):
    version = releases.versions()[-1]
    url = places[0]
    code = later.version(tmp_path, later.LOSING)
    as_it_was(version, url, tmp_path)
    before = await held(version, url)

    assert houses.network("migrate", url=url, folder=tmp_path, code=code).returncode == 0

    after = await held(version, url)
    assert [name for name in before if before[name] != after[name]] == ["consent"]


async def test_an_older_backup_is_brought_up_to_date(tmp_path):
    """A later version restores a backup of today's."""
    url = f"sqlite:{tmp_path / 'restored.sqlite'}"
    version = releases.versions()[-1]
    code = later.version(tmp_path, later.ADDITIVE)

    restored = houses.network("restore", str(releases.RELEASED / f"{version}.zip"), url=url, folder=tmp_path, code=code)

    assert restored.returncode == 0, restored.stderr
    assert "brought up to date" in restored.stdout
    with closing(sqlite3.connect(path_of(url))) as db:
        assert db.execute("SELECT DISTINCT colour FROM attendee").fetchall() == [("blue",)]


def test_no_migration_that_was_released_is_ever_changed():
    """A released schema is what people have; a change to it is a migration of its own."""
    today = releases.digests()

    for version in releases.versions():
        frozen = releases.frozen(version)
        assert {path: today.get(path) for path in frozen} == frozen, f"migrations of {version} were changed"
        assert len(frozen) == len(releases.manifest_of(version).steps)


LOOKED_AT: dict[str, str] = {
    # The id of a migration that takes something away or runs SQL of its own, and why the version before does not mind.
    "2026-11-25T23:06:43:000000": "the check on kinds of roles lets two more pass; all rows stay as they are",
}


@pytest.mark.parametrize("app", releases.APPS)
async def test_what_comes_after_a_release_only_adds(app):
    """So that the version before goes on while the next one moves in (decisions/0010)."""
    released = {
        name for version in releases.versions() for of, name in releases.manifest_of(version).steps if of == app
    }

    for manager in await additive.managers_in(houses.ROOT / app / "migrations"):
        if manager.migration_id not in {*released, *LOOKED_AT}:
            assert additive.complaints(manager) == [], manager.migration_id


async def test_the_rule_lets_pass_what_adds_and_finds_everything_else(tmp_path):
    kind = later.version(tmp_path / "kind", later.ADDITIVE) / "network" / "migrations"
    assert additive.complaints((await additive.managers_in(kind))[-1]) == []

    for words, step in later.UNKIND.items():
        unkind = later.version(tmp_path / "unkind", f"    {step}") / "network" / "migrations"
        assert additive.complaints((await additive.managers_in(unkind))[-1]) == [words]
