"""Twenty kills of the sending process at random moments: nobody is lost, and hardly anybody is written to twice.

At most one message per kill and connection is doubled, and then under the same Message-ID.
"""

import asyncio
import os
import random
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from mailing import campaigns
from mailing.campaigns import GREETING, KEY, Links, Reader, Words
from mailing.letters import Sender
from mailing.tables import Delivery, DeliveryState, Sending
from network.settings import settings
from tests.mailing.conftest import surroundings

READERS = 5000
KILLS = 20
CONNECTIONS = 8
LEASE_SECONDS = 2  # PostgreSQL knows no dead predecessor: there the next start waits until its leases have run out
ROOT = Path(__file__).parents[2]


class Noted:
    """What the mail server has noted so far, read on as it grows."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.read = 0
        self.ids: list[str] = []

    def count(self) -> int:
        with self.path.open("rb") as file:
            file.seek(self.read)
            whole = file.read().rpartition(b"\n")[0]
        if whole:
            self.read += len(whole) + 1
            self.ids += whole.decode("ascii").split("\n")
        return len(self.ids)


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_twenty_kills_lose_nobody_and_double_at_most_one_message_per_connection(tmp_path, capsys):
    began = time.monotonic()
    async with sink_process(tmp_path) as port:
        noted = Noted(tmp_path / "taken")
        url = f"smtp://127.0.0.1:{port}?connections={CONNECTIONS}"
        with surroundings(smtp_url=url):
            sending = await start()
        shot_at = await shoot_twenty_times(url, noted)
        noted.count()
    lives = [set(noted.ids[begin:end]) for begin, end in pairwise([0, *shot_at, len(noted.ids)])]
    doubled = [len(life & set().union(*lives[number + 1 :])) for number, life in enumerate(lives)]
    with capsys.disabled():
        print(
            f"\n  {settings().database_url.partition(':')[0]}, {READERS} readers, {CONNECTIONS} connections: "
            f"killed after {', '.join(map(str, shot_at))} messages; lost: {READERS - len(set(noted.ids))}, "
            f"doubled: {len(noted.ids) - len(set(noted.ids))} in all, {max(doubled)} at most by one kill; "
            f"{time.monotonic() - began:.0f} s"
        )

    assert len(shot_at) == KILLS
    assert len(set(noted.ids)) == READERS
    assert max(doubled) <= CONNECTIONS
    assert sum(doubled) == len(noted.ids) - READERS  # nobody twice within one life of the process
    assert await Delivery.count().where(Delivery.state == DeliveryState.SENT) == READERS
    assert (await Sending.objects().get(Sending.id == sending.id)).state == "done"


async def start(count: int = READERS) -> Sending:
    links = Links(leave=f"https://bag.example.org/leave/{KEY}", one_click=f"https://bag.example.org/out/{KEY}")
    words = Words("de", "Neues im November", f"{GREETING}\n\n" + "Ein Absatz mit Neuigkeiten. " * 40, links=links)
    readers = [Reader(f"reader{number}@example.org", f"Lesende {number}", f"k{number}") for number in range(count)]
    return await campaigns.start(None, [words], Sender("BAG BW", "office@example.org", "BAG BW", "BAG BW"), readers)


async def shoot_twenty_times(url: str, noted: Noted) -> list[int]:
    """Start the sender, let it send a random number of messages, kill it; at last let it finish."""
    chance = random.Random()
    shot_at: list[int] = []
    for number in range(KILLS):
        share = (READERS - noted.count()) // (KILLS + 1 - number)
        enough = noted.count() + chance.randint(1, 2 * share)
        sender = await sending_process(url)
        while sender.returncode is None and noted.count() < enough:  # noqa: ASYNC110  the other end is a process
            await asyncio.sleep(0.001)
        await asyncio.sleep(chance.uniform(0, 0.005))
        sender.send_signal(signal.SIGKILL)
        await sender.wait()
        await asyncio.sleep(0.05)  # what still lay between the two is noted now
        shot_at.append(noted.count())
    last = await sending_process(url)
    assert await last.wait() == 0
    return shot_at


async def sending_process(url: str) -> asyncio.subprocess.Process:
    environment = os.environ | {"SMTP_URL": url, "LEASE_SECONDS": str(LEASE_SECONDS)}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.faults.sender", "embedded", cwd=ROOT, env=environment
    )


@asynccontextmanager
async def sink_process(folder: Path, delay: float = 0.0) -> AsyncIterator[int]:
    """The mail server is a process of its own: what it took is on its disk before it says so."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.smtp_sink", str(folder), str(delay), cwd=ROOT
    )
    try:
        while not (folder / "port").exists():  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        yield int((folder / "port").read_text())
    finally:
        process.kill()
        await process.wait()
