"""A house on PostgreSQL for measuring: a database of its own with the demo in it, and processes of the house beside it."""

import asyncio
import os
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg

from tests.bench.server import ROOT

POSTGRES = os.environ.get("TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
DECIDED_HERE = {"BASE_URL", "REDIS_URL", "SMTP_URL", "SECRET_KEY_FILE", "DATABASE_URL_FILE"}


@dataclass(frozen=True)
class House:
    url: str
    folder: Path

    def surroundings(self, **more: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if name not in DECIDED_HERE}
        own = {"DATABASE_URL": self.url, "VERBUND_DATA": str(self.folder), "SECRET_KEY": "for-measuring"}
        return kept | own | more

    def run(self, *arguments: str, **more: str) -> None:
        """Another Python to its end."""
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=self.surroundings(**more), check=True)

    @contextmanager
    def process(self, command: str, **more: str) -> Iterator[int]:
        """`python -m network …` until the block ends, and its number; what it says stands in a log in the folder."""
        with (self.folder / "log").open("ab") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", "network", command],
                cwd=ROOT,
                env=self.surroundings(**more),
                stdout=log,
                stderr=log,
            )
        try:
            yield started.pid
        finally:
            started.terminate()
            started.wait(20)

    def asked(self, query: str) -> list[Any]:
        return asyncio.run(told(self.url, query))


@contextmanager
def house() -> Iterator[House]:
    """With the demo in it; gone afterwards."""
    name = f"verbund_bench_{uuid.uuid4().hex[:8]}"
    asyncio.run(told(POSTGRES, f'CREATE DATABASE "{name}"'))
    try:
        with tempfile.TemporaryDirectory() as folder:
            one = House(f"{POSTGRES.rpartition('/')[0]}/{name}", Path(folder))
            build = "import asyncio; from network import commands; asyncio.run(commands.prepare_demo(refresh=False))"
            one.run("-c", build, VERBUND_DEMO="1")
            yield one
    finally:
        asyncio.run(told(POSTGRES, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def told(url: str, statement: str) -> list[Any]:
    connection = await asyncpg.connect(url)
    try:
        return list(await connection.fetch(statement))
    finally:
        await connection.close()
