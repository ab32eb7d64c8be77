"""The demo as people start it: a process of its own, on a port, in a terminal."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from tests.browser import send

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 60
NOT_OURS = ("DATABASE_URL", "BASE_URL", "SMTP_URL", "REDIS_URL", "VERBUND_DEMO", "HOST", "SECRET_KEY")


def free_port() -> int:
    with closing(socket.socket()) as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def surroundings(data: Path, port: int) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    return own | {"VERBUND_DATA": str(data), "PORT": str(port), "PYTHONUNBUFFERED": "1"}


def started(data: Path, port: int, **options) -> subprocess.CompletedProcess[str]:
    """A start that is expected to end by itself."""
    command = [sys.executable, "-m", "network", "demo"]
    return subprocess.run(
        command,
        cwd=ROOT,
        env=surroundings(data, port),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
        **options,
    )


@contextmanager
def demo(data: Path) -> Iterator[tuple[subprocess.Popen[str], int]]:
    port = free_port()
    log = (data / "log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "network", "demo"],
        cwd=ROOT,
        env=surroundings(data, port),
        stdout=log,
        stderr=log,
        text=True,
    )
    try:
        wait_for(port, process)
        yield process, port
    finally:
        process.kill()
        process.wait(PATIENCE)
        log.close()


def wait_for(port: int, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with suppress(httpx.HTTPError):
            httpx.get(f"http://localhost:{port}/healthz", timeout=5)
            return
        time.sleep(0.05)
    raise AssertionError("the demo did not start")


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[tuple[Path, int]]:
    data = tmp_path_factory.mktemp("demo mit Umlauten äöü")
    with demo(data) as (_process, port):
        yield data, port


def test_all_three_local_names_lead_to_one_sign_in(running):
    _data, port = running

    answers = [
        httpx.get(f"http://{name}:{port}/", follow_redirects=False) for name in ("localhost", "127.0.0.1", "[::1]")
    ]

    assert answers[0].status_code == 200
    assert [answer.headers["location"] for answer in answers[1:]] == [f"http://localhost:{port}/"] * 2


def test_a_stranger_name_gets_nothing(running):
    answer = httpx.get(f"http://localhost:{running[1]}/", headers={"host": "evil.example.org"})

    assert answer.status_code == 400


def test_a_second_start_says_where_it_is_running_already(running):
    data, port = running

    again = started(data, free_port())

    assert (again.returncode, again.stdout.strip()) == (0, f"Already running on this database: http://localhost:{port}")


def test_a_taken_port_is_said_in_one_sentence(tmp_path):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = started(tmp_path, port)

    assert refused.returncode == 1
    assert refused.stderr == f"Port {port} is taken by another program; choose another PORT.\n"


def test_ctrl_c_ends_it_soon_and_without_a_fuss(tmp_path):
    with demo(tmp_path) as (process, _port):
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        code = process.wait(PATIENCE)
        took = time.monotonic() - began

    assert code == 0
    assert took < 3
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of its own that is full soon."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = (
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=48m", "tmpfs", str(place)], capture_output=True, text=True, check=False
        )
        if os.geteuid() == 0
        else None
    )
    if mounted is None or mounted.returncode:
        pytest.skip("a small disk can only be mounted by root")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


async def test_a_full_disk_is_said_in_our_frame_and_forgotten_when_there_is_space(small_disk):
    with demo(small_disk) as (_process, port):
        async with httpx.AsyncClient(base_url=f"http://localhost:{port}", timeout=30) as client:
            form = await client.get("/newsletter")
            filler = fill(small_disk)
            refused = await send(client, form, email="mara.voll@example.org")
            read = await client.get("/about")
            filler.unlink()
            taken = await send(client, form, email="mara.voll@example.org")

    assert refused.status_code == 503
    assert "<h1>" in refused.text
    assert "BAG BW" in refused.text
    assert read.status_code == 200
    assert taken.status_code == 303


def fill(disk: Path) -> Path:
    """Until nothing more fits."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(b"\0" * 65536):
            pass
    with filler.open("ab", buffering=0) as file, suppress(OSError):
        while file.write(b"\0" * 512):
            pass
    return filler
