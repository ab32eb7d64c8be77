"""What compose.yaml starts, started here: two web processes, two workers, each in a folder of its own, clocks 90 s apart."""

import asyncio
import re
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests import smtp_sink
from tests.conftest import SERVER
from tests.faults import clocks, redis
from tests.faults.compose import AHEAD, House, Machine, own_database, until
from tests.faults.guests import Guest, Told, seconds_behind
from tests.faults.redis import Redis, own_redis
from tests.smtp_sink import Sink

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not redis.HERE, reason="redis-server is not installed (make test-tools)"),
    pytest.mark.skipif(bool(clocks.MISSING), reason=clocks.MISSING),
]
SEEN_SECONDS = 1.0
AT_ONCE, BY_SWEEP = 4.0, 10.0  # until a letter is there; what is due in 90 s would not be

NIGHT = """
import asyncio
from network import jobs
from network.database import pool
async def night():
    async with pool():
        await jobs.enqueue("backup.nightly")
asyncio.run(night())
"""


class Town:
    """The house as compose.yaml starts it, with what stands around it."""

    def __init__(self, house: House, at: Redis, sink: Sink, slug: str, machines: list[Machine]) -> None:
        self.house, self.redis, self.sink, self.machines = house, at, sink, machines
        self.webs = [machine for machine in machines if machine.name.startswith("web")]
        self.page = f"/events/{slug}"
        self.guests = 0

    def guest(self, web: Machine) -> Guest:
        self.guests += 1
        return Guest(self.guests, [web], Told())

    async def seconds_until_seen(self, at: Machine, other: Machine) -> float:
        """Also waits for the letter, so that nothing is under way when the next one comes."""
        async with self.guest(at) as guest:
            took = await seconds_behind(guest, self.page, other)
        assert await until(lambda: self.has_letter(guest), BY_SWEEP), "no letter"
        return took

    async def seconds_until_letter(self, at: Machine) -> float:
        async with self.guest(at) as guest:
            await guest.register(self.page)
        began = time.monotonic()
        assert await until(lambda: self.has_letter(guest), 30), "no letter"
        return time.monotonic() - began

    async def save_as_at_night(self) -> list[Path]:
        """The backups that two workers make of one night."""
        enqueued = self.house.run("migrate", "python", "-c", NIGHT)
        assert enqueued.returncode == 0, enqueued.stderr
        assert await until(self.is_saved, 40), "no backup"
        return list((self.house.folder / "backups").iterdir())

    async def is_saved(self) -> bool:
        return any((self.house.folder / "backups").glob("verbund-*.zip"))

    async def has_letter(self, guest: Guest) -> bool:
        return any(one.recipient == guest.email for one in self.sink.taken)


@asynccontextmanager
async def town(folder) -> AsyncIterator[Town]:
    async with own_database(SERVER, f"verbund_compose_{uuid.uuid4().hex[:8]}") as url, smtp_sink.running() as sink:
        with own_redis(folder) as at:
            house = House(folder, url, at.url, sink.url)
            migrated = house.run("migrate")
            assert migrated.returncode == 0, migrated.stderr
            founded = house.run("migrate", "python", "-m", "tests.faults.founding")
            assert founded.returncode == 0, founded.stderr
            with house.running("web", ahead=AHEAD) as webs, house.running("worker", ahead=AHEAD) as workers:
                made = Town(house, at, sink, founded.stdout.strip(), [*webs, *workers])
                for machine in made.machines:
                    assert await until(lambda one=machine: asyncio.to_thread(one.is_healthy), 60), machine.told
                yield made
                assert [one.name for one in made.machines if one.process.poll() is not None] == []


async def test_what_compose_starts_serves_shares_and_sends(tmp_path, capsys):
    async with town(tmp_path) as here:
        one, other = here.webs
        doors = []
        for web in here.webs:
            async with web.browser() as browser:
                doors.append((await browser.get("/sign-in")).status_code)
        seen = [await here.seconds_until_seen(one, other), await here.seconds_until_seen(other, one)]
        letters = [await here.seconds_until_letter(web) for web in here.webs]
        here.redis.stop()
        alone = [await here.seconds_until_seen(one, other), await here.seconds_until_seen(other, one)]
        found = [await here.seconds_until_letter(web) for web in here.webs]
        again = here.house.run("migrate")
        health = [web.is_healthy() for web in here.webs]
        saved = await here.save_as_at_night()
        loggers = {line["logger"] for machine in here.machines for line in machine.lines}
        written = "".join(machine.told for machine in here.machines)
    with capsys.disabled():
        print(
            f"\n  compose.yaml, clocks {AHEAD} s apart: seen elsewhere after {told(seen)} s, letters after "
            f"{told(letters)} s; without Redis {told(alone)} s and {told(found)} s"
        )

    assert doors == [200, 200]
    assert max(seen + alone) < SEEN_SECONDS
    assert max(letters) < AT_ONCE
    assert max(found) < BY_SWEEP
    assert again.returncode == 0
    assert health == [True, True]
    assert {"verbund.requests", "verbund.serving", "verbund.commands", "verbund.arq"} <= loggers
    assert not re.search(r"person\d+@|Person \d|Träger \d", written)
    assert len(saved) == 1


def told(seconds: list[float]) -> str:
    return ", ".join(f"{one:.2f}" for one in seconds)
