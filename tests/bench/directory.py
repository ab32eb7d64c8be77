"""The directory with 5,000 organisations, 20,000 sites and 60,000 people: searches in the same process, on SQLite."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from tests.bench.row import Row
from tests.bench.server import ROOT

ORGANISATIONS = 5_000
MOST_MS = 100
TYPED = ["linden", "Zoe", "müller", "Ahornblik", "Xylophon", "wald werkst", "Süd", "berg", "Training 1", "Lukasz Holz"]


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SMTP_URL")}
        own = {"VERBUND_DATA": folder, "VERBUND_DEMO": "1", "BASE_URL": "http://localhost:8000", "LOG_REQUESTS": "0"}
        told = subprocess.run(
            [sys.executable, "-m", "tests.bench.directory", str(ORGANISATIONS)],
            cwd=ROOT, env=kept | own, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    middle, slow = map(float, told.strip().splitlines()[-1].split())
    yield Row("search of the directory, the middle one", middle, "ms")
    yield Row("search of the directory, 95 of 100", slow, "ms", f"≤ {MOST_MS}", slow <= MOST_MS)


async def search(organisations: int) -> str:
    from network import commands
    from network.database import pool
    from network.members import directory, guessing
    from network.members.selection import Selection
    from tests.bench import large

    await commands.prepare_demo(refresh=False)
    took = []
    async with pool():
        await large.enter(organisations)
        for text in TYPED * 20:
            began = time.perf_counter()
            selection = Selection(text=text, people="all")
            if not await directory.count(selection):
                selection = Selection(text=await guessing.meant(selection), people="all")
            await directory.listed(selection)
            took.append((time.perf_counter() - began) * 1000)
    return f"{statistics.median(took)} {statistics.quantiles(took, n=20)[-1]}"


if __name__ == "__main__":
    import uvloop

    print(uvloop.run(search(int(sys.argv[1]))))
