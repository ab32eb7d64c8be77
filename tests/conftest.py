"""The engine under test, one database for the run, emptied after each test, and the browser-less client."""

import asyncio
import os
import sqlite3
import tempfile
import uuid
from contextlib import closing
from pathlib import Path

ENGINE = os.environ.get("TEST_ENGINE", "sqlite")
SERVER = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
SCRATCH = Path(tempfile.mkdtemp(prefix="verbund-test-"))
DATABASE = f"verbund_test_{uuid.uuid4().hex[:10]}"


def choose_surroundings() -> None:
    """Before anything of the house is imported: it reads its settings once."""
    for name in ("REDIS_URL", "SMTP_URL", "VERBUND_DEMO", "TRUSTED_PROXIES"):
        os.environ.pop(name, None)
    os.environ["VERBUND_DATA"] = str(SCRATCH)
    os.environ["BACKUP_DIR"] = "off"
    os.environ["BASE_URL"] = "http://localhost:8000"
    os.environ["SECRET_KEY"] = "for-tests-only"
    if ENGINE == "postgres":
        os.environ["DATABASE_URL"] = SERVER.rpartition("/")[0] + f"/{DATABASE}"
        asyncio.run(on_server(f'CREATE DATABASE "{DATABASE}"'))
    else:
        os.environ["DATABASE_URL"] = f"sqlite:{SCRATCH / 'test.sqlite'}"


async def on_server(statement: str) -> None:
    import asyncpg

    connection = await asyncpg.connect(SERVER)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


choose_surroundings()

from collections.abc import AsyncIterator, Iterator  # noqa: E402
from datetime import UTC, datetime  # noqa: E402

import httpx  # noqa: E402
import pytest  # noqa: E402
from hypothesis import HealthCheck, settings  # noqa: E402
from piccolo.apps.migrations.tables import Migration  # noqa: E402
from piccolo.table import create_db_tables, sort_table_classes  # noqa: E402

from mailing.piccolo_app import APP_CONFIG as MAILING  # noqa: E402
from network import activity, clock, database  # noqa: E402
from network.association import profile  # noqa: E402
from network.board import ledger  # noqa: E402
from network.database import DB, pool  # noqa: E402
from network.members import guessing, indexes  # noqa: E402
from network.piccolo_app import APP_CONFIG as NETWORK  # noqa: E402
from network.upkeep.schema import steps_known  # noqa: E402
from network.web import recent  # noqa: E402
from tests import browser  # noqa: E402

TABLES = sort_table_classes([*MAILING.table_classes, *NETWORK.table_classes])
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")  # a machine that does other work at the same time is no reason to fail
SUNDAY = datetime(2027, 9, 5, 8, 0, tzinfo=UTC)  # ten o'clock in Berlin


def pytest_sessionfinish() -> None:
    if ENGINE == "postgres":
        asyncio.run(on_server(f'DROP DATABASE IF EXISTS "{DATABASE}" WITH (FORCE)'))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("postgres") and ENGINE != "postgres":
            item.add_marker(pytest.mark.skip(reason="asserted on PostgreSQL, in the other run"))


@pytest.fixture(scope="session", autouse=True)
async def schema() -> AsyncIterator[None]:
    async with pool():
        await create_db_tables(Migration, *TABLES, if_not_exists=True)
        await indexes.lay_out()
        await Migration.insert(*(Migration(app_name=app, name=step) for app, step in steps_known()))
        yield


@pytest.fixture(autouse=True)
async def empty(schema: None) -> AsyncIterator[None]:
    """Every test finds an empty house and a clock that runs."""
    profile.forget()
    recent.forget()
    guessing.forget()
    ledger.forget()
    activity.forget_noted()
    yield
    names = [table._meta.tablename for table in reversed(TABLES)]
    if database.on_sqlite():
        emptied = "".join(f'DELETE FROM "{name}";' for name in names)
        with closing(sqlite3.connect(SCRATCH / "test.sqlite", timeout=30)) as own:
            own.executescript(f"PRAGMA synchronous = OFF; BEGIN IMMEDIATE; {emptied} COMMIT")
    else:
        await DB._run_in_pool("DO $$ BEGIN " + " ".join(f'DELETE FROM "{name}";' for name in names) + " END $$")


@pytest.fixture
def at_sunday() -> Iterator[datetime]:
    """The clock stands at Sunday, 5 September 2027, ten o'clock in Berlin."""
    with clock.set_to(SUNDAY):
        yield SUNDAY


@pytest.fixture
async def association() -> None:
    """The demo's association, without its people and events."""
    from network import demo

    await demo.found_association()


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """A browser without scripts: keeps cookies, follows nothing by itself."""
    async with browser.window() as one:
        yield one
