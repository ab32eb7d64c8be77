"""The schema built from empty by the migrations is the schema of the table classes, on both engines."""

import asyncio
import os
import sqlite3
import subprocess
import sys
import uuid
from pathlib import Path

import asyncpg
import pytest

ROOT = Path(__file__).parent.parent.parent
SERVER = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
CLASSES = """
import asyncio
from piccolo.table import create_db_tables, sort_table_classes
from mailing.piccolo_app import APP_CONFIG as mailing
from network.piccolo_app import APP_CONFIG as network
asyncio.run(create_db_tables(*sort_table_classes([*mailing.table_classes, *network.table_classes])))
"""


def python(arguments: list[str], folder: Path, url: str) -> str:
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "VERBUND_DATA": str(folder),
        "SECRET_KEY": "x",
        "PICCOLO_CONF": "network.piccolo_conf",
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_sqlite_migrates_to_what_the_classes_say(tmp_path):
    migrated, made = tmp_path / "migrated.sqlite", tmp_path / "made.sqlite"

    python(["-m", "network", "migrate"], tmp_path, f"sqlite:{migrated}")
    python(["-c", CLASSES], tmp_path, f"sqlite:{made}")

    assert schema_of_sqlite(migrated) == schema_of_sqlite(made)


def schema_of_sqlite(path: Path) -> dict[str, object]:
    with sqlite3.connect(path) as db:
        names = [
            name
            for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if "_trigrams" not in name
        ]
        return {
            name: (
                sorted(row[1:] for row in db.execute(f"PRAGMA table_info({name})")),
                sorted(row[2:] for row in db.execute(f"PRAGMA foreign_key_list({name})")),
                sorted(row[1:4] for row in db.execute(f"PRAGMA index_list({name})") if "_covering" not in row[1]),
                checks(db.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()[0]),
            )
            for name in names
            if name not in ("migration", "sqlite_sequence")
        }


def checks(sql: str) -> list[str]:
    return sorted(part.strip().rstrip(",)") for part in sql.split("CONSTRAINT")[1:])


def test_a_second_run_finds_nothing_to_do(tmp_path):
    url = f"sqlite:{tmp_path / 'twice.sqlite'}"
    python(["-m", "network", "migrate"], tmp_path, url)
    before = schema_of_sqlite(tmp_path / "twice.sqlite")

    python(["-m", "network", "migrate"], tmp_path, url)

    assert schema_of_sqlite(tmp_path / "twice.sqlite") == before


def postgres_is_there() -> bool:
    async def ask() -> None:
        await (await asyncpg.connect(SERVER, timeout=3)).close()

    try:
        asyncio.run(ask())
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return False
    return True


@pytest.fixture
def two_databases():
    names = [f"verbund_schema_{uuid.uuid4().hex[:8]}" for _ in range(2)]

    async def run(statement: str) -> None:
        connection = await asyncpg.connect(SERVER)
        for name in names:
            await connection.execute(statement.format(name))
        await connection.close()

    with asyncio.Runner() as runner:
        runner.run(run('CREATE DATABASE "{}"'))
    yield [SERVER.rpartition("/")[0] + f"/{name}" for name in names]
    with asyncio.Runner() as runner:
        runner.run(run('DROP DATABASE "{}" WITH (FORCE)'))


POSTGRES_SCHEMA = """
SELECT 'column', table_name, column_name, data_type, is_nullable, character_maximum_length::text, column_default
FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'migration'
UNION ALL
SELECT 'constraint', conrelid::regclass::text, conname, contype::text, pg_get_constraintdef(oid), '', ''
FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'migration'
UNION ALL
SELECT 'index', tablename, indexname, indexdef, '', '', ''
FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'migration' AND right(indexname, 9) NOT IN ('_trigrams', '_covering')
"""


@pytest.mark.skipif(not postgres_is_there(), reason="no PostgreSQL answers")
def test_postgres_migrates_to_what_the_classes_say(two_databases, tmp_path):
    migrated, made = two_databases

    python(["-m", "network", "migrate"], tmp_path, migrated)
    python(["-c", CLASSES], tmp_path, made)

    with asyncio.Runner() as runner:
        assert runner.run(schema_of_postgres(migrated)) == runner.run(schema_of_postgres(made))


async def schema_of_postgres(url: str) -> list[tuple[str, ...]]:
    connection = await asyncpg.connect(url)
    try:
        return sorted(tuple(map(str, row)) for row in await connection.fetch(POSTGRES_SCHEMA))
    finally:
        await connection.close()


def test_no_table_waits_for_its_migration(tmp_path):
    """Piccolo compares the classes with the migrations and finds no change."""
    script = (
        "import asyncio\n"
        "from piccolo.apps.migrations.commands.new import AutoMigrationManager, NoChanges\n"
        "from piccolo.conf.apps import Finder\n"
        "async def look(name):\n"
        "    app = Finder().get_app_config(name)\n"
        "    statements = await AutoMigrationManager().get_alter_statements(app_config=app)\n"
        "    assert not any(s.statements for s in statements), (name, [s.statements for s in statements])\n"
        "for name in ('mailing', 'network'):\n"
        "    asyncio.run(look(name))\n"
    )
    python(["-c", script], tmp_path, f"sqlite:{tmp_path / 'look.sqlite'}")
