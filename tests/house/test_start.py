"""One's own association, from the first command to the first page of the office."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.bench.server import free_port
from tests.browser import send

ROOT = Path(__file__).resolve().parent.parent.parent
ANSWERS = {
    "VERBUND_NAME": "Bundesverband Brücken e. V.",
    "VERBUND_SHORT_NAME": "BVB",
    "VERBUND_PERSON": "Tina Tor",
    "VERBUND_EMAIL": "tina@example.org",
}


def surroundings(folder: Path, **more: str) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BASE_URL", "SECRET_KEY")}
    return own | {"VERBUND_DATA": str(folder), "PORT": str(free_port())} | more


@contextmanager
def started(folder: Path, **answers: str) -> Iterator[str]:
    """`network start`, until it has said where it is; gives what it said."""
    log = folder / "said"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "network", "start"],
            cwd=ROOT,
            env=surroundings(folder, **answers),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
        try:
            until = time.monotonic() + 40
            while "Ctrl-C" not in log.read_text() and process.poll() is None and time.monotonic() < until:
                time.sleep(0.1)
            yield log.read_text()
        finally:
            process.terminate()
            process.wait(10)


def test_it_asks_once_and_its_link_signs_in_once(tmp_path):
    with started(tmp_path, **ANSWERS) as said:
        link = re.search(r"http://\S+/sign-in/\S+", said)
        assert link, said
        status, title = first_visit(link[0])
        assert (status, title) == (303, "BVB")
        assert httpx.get(link[0]).status_code == 410
    with started(tmp_path) as said:
        assert "/sign-in/" not in said
        assert "http://localhost:" in said


def first_visit(link: str) -> tuple[int, str]:
    import asyncio

    async def visit() -> tuple[int, str]:
        async with httpx.AsyncClient(base_url=link.rpartition("/sign-in")[0]) as browser:
            answer = await send(browser, await browser.get(link))
            home = await browser.get("/")
            found = re.search(r"– ([^<]+)</title>", home.text)
            return answer.status_code, found[1] if found else ""

    with asyncio.Runner() as runner:
        return runner.run(visit())


def test_without_an_address_nothing_is_set_up(tmp_path):
    with started(tmp_path, **ANSWERS | {"VERBUND_EMAIL": "tina"}) as said:
        assert "e-mail address like name@example.org" in said
    with started(tmp_path, **ANSWERS) as said:
        assert "/sign-in/" in said
