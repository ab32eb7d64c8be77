"""How long somebody waits for the first page."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.row import Row
from tests.bench.server import demo


def measure() -> Iterator[Row]:
    data = Path(tempfile.mkdtemp(prefix="verbund-bench-"))
    began = time.monotonic()
    with demo(data=data):
        first = time.monotonic() - began
    began = time.monotonic()
    with demo(data=data):
        second = time.monotonic() - began
    yield Row(
        "first start of the demo, to the first page",
        first,
        "s",
        note="with migrations and demo data, without installing",
    )
    yield Row("second start, to the first page", second, "s", "≤ 5", second <= 5)
