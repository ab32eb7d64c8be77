"""What `serve` with the worker inside keeps in memory."""

import time
from collections.abc import Iterator

from tests.bench.row import Row
from tests.bench.server import demo

MOST_MB = 130


def measure() -> Iterator[Row]:
    with demo() as server:
        time.sleep(3)
        idle = server.resident_mb
    yield Row("serve with the worker, idle", idle, "MB resident", f"≤ {MOST_MB}", idle <= MOST_MB)
