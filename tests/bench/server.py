"""The demo as a process of its own, for measuring from outside."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tests.browser import send

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Server:
    address: str
    process: psutil.Process
    data: Path

    @property
    def cpu_seconds(self) -> float:
        times = self.process.cpu_times()
        return times.user + times.system

    @property
    def resident_mb(self) -> float:
        return self.process.memory_info().rss / 1_000_000


def free_port() -> int:
    with closing(socket.socket()) as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def demo(*, data: Path | None = None, **environment: str) -> Iterator[Server]:
    """Start the demo and wait for its first page."""
    folder = data or Path(tempfile.mkdtemp(prefix="verbund-bench-"))
    port = free_port()
    own = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BASE_URL", "SMTP_URL")}
    process = subprocess.Popen(
        [sys.executable, "-m", "network", "demo"],
        cwd=ROOT,
        env=own | {"PORT": str(port), "VERBUND_DATA": str(folder)} | environment,
        stdout=(folder / "log").open("ab"),
        stderr=subprocess.STDOUT,
    )
    try:
        address = f"http://localhost:{port}"
        wait_for(address, process, folder / "log")
        yield Server(address, psutil.Process(process.pid), folder)
    finally:
        process.terminate()
        process.wait(20)


def wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(f"{address}/", timeout=5, follow_redirects=True).status_code == 200:
                return
        except httpx.HTTPError:
            time.sleep(0.02)
    raise RuntimeError(log.read_text(errors="replace")[-2000:])


async def signed_in(client: httpx.AsyncClient, name: str) -> None:
    """One click in the demo."""
    page = await client.get("/sign-in")
    form = page.text.index(name)
    number = page.text[:form].count("<form") - page.text[: page.text.index("<main")].count("<form") - 1
    answer = await send(client, page, form=number)
    assert answer.status_code == 303, answer.text[:300]
