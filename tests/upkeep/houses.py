"""Databases to move, save and restore: the demo with more readers, and empty places to go to."""

import asyncio
import os
import shutil
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg

from tests.conftest import SERVER

ROOT = Path(__file__).resolve().parents[2]
BUILD = "import asyncio; from network import commands; asyncio.run(commands.prepare_demo(refresh=False))"
READERS = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :readers)
INSERT INTO subscriber (reference, list, email, email_key, name, locale, provider_status, land, key, asked_at,
  confirmed_at)
SELECT 'r' || i, 1, 'lesend' || i || '@example.org', 'lesend' || i || '@example.org', 'Ümläut ' || i, 'de', '', '',
  'k' || i, '2026-01-01 00:00:00.123456+00:00', '2026-01-01 00:00:00.123+00:00' FROM n
"""
CONSENTS = """
INSERT INTO consent (subscriber, email, source, wording, wording_version, token_digest, asked_at)
SELECT id, email, '/newsletter', 'Ich möchte …', '1', 'd' || id, asked_at FROM subscriber WHERE reference LIKE 'r%'
"""
BYTES = bytes(range(256)) * 40


def network(
    *arguments: str, url: str, folder: Path, code: Path = ROOT, **more: str
) -> subprocess.CompletedProcess[str]:
    return python("-m", "network", *arguments, url=url, folder=folder, code=code, **more)


def python(*arguments: str, url: str, folder: Path, code: Path = ROOT, **more: str) -> subprocess.CompletedProcess[str]:
    """`code` is where the house lies that is asked: this checkout, or another version of it."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=code,
        env=surroundings(url, folder) | {"PYTHONPATH": f"{code}{os.pathsep}{ROOT}"} | more,
        capture_output=True,
        text=True,
        check=False,
    )


def surroundings(url: str, folder: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in {"BASE_URL", "REDIS_URL", "SMTP_URL", "SECRET_KEY_FILE"}
    }
    return kept | {"DATABASE_URL": url, "VERBUND_DATA": str(folder), "PYTHONPATH": str(ROOT), "SECRET_KEY": "x"}


def build(folder: Path, readers: int) -> Path:
    """The demo, some thousand readers more, a file with every byte, and an event that follows a later row."""
    path = folder / "house.sqlite"
    subprocess.run(
        [sys.executable, "-c", BUILD], cwd=ROOT, env=surroundings(f"sqlite:{path}", folder) | {"VERBUND_DEMO": "1"},
        check=True,
    )  # fmt: skip
    with sqlite3.connect(path) as db:
        db.execute(READERS, {"readers": readers})
        db.execute(CONSENTS)
        for number in range(3):
            db.execute(
                "INSERT INTO file (reference, name, media_type, size, digest, content, stored_at) "
                "VALUES (?, 'logo.png', 'image/png', ?, '', ?, '2026-01-01 00:00:00+00:00')",
                [f"file{number}", len(BYTES), BYTES],
            )
        db.execute("UPDATE association SET logo = 2")
        db.execute("UPDATE event SET follows = (SELECT max(id) FROM event) WHERE id = 1")
    db.close()
    return path


def copied(path: Path, folder: Path) -> str:
    return f"sqlite:{shutil.copy(path, folder / 'source.sqlite')}"


@contextmanager
def empty_postgres() -> Iterator[str]:
    name = f"verbund_move_{uuid.uuid4().hex[:8]}"
    asyncio_run(f'CREATE DATABASE "{name}"')
    try:
        yield SERVER.rpartition("/")[0] + f"/{name}"
    finally:
        asyncio_run(f'DROP DATABASE "{name}" WITH (FORCE)')


def asyncio_run(statement: str, url: str = SERVER) -> None:
    """In a thread of its own: the tests' loop is running."""

    async def run() -> None:
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(1) as threads:
        threads.submit(asyncio.run, run()).result()
