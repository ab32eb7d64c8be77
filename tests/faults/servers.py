"""Real server processes on the database under test."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx

from tests.bench.server import free_port

ROOT = Path(__file__).resolve().parent.parent.parent


@contextmanager
def servers(count: int, folder: Path) -> Iterator[list[str]]:
    """Start `python -m network serve` so many times; return their addresses."""
    with ExitStack() as stack:
        addresses = [stack.enter_context(server(folder / f"log{number}")) for number in range(count)]
        for address in addresses:
            wait_for(address)
        yield addresses


@contextmanager
def server(log: Path) -> Iterator[str]:
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if name != "BASE_URL"} | {"PORT": str(port)}
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "network", "serve"], cwd=ROOT, env=environment, stdout=out, stderr=out
        )
        try:
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(10)


def wait_for(address: str) -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until:
        try:
            httpx.get(f"{address}/healthz", timeout=3)
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{address} does not answer")
