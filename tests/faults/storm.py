"""Everything that can break, broken one after the other under load, and what was counted meanwhile."""

import asyncio
import os
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults import disk
from tests.faults.clocks import Clock
from tests.faults.compose import House, Machine, own_database, unless_stopped, until
from tests.faults.disk import Disk, small_disk
from tests.faults.guests import Guest, Told, seconds_behind
from tests.faults.load import AWAY, Load, value
from tests.faults.postgres import Postgres, own_postgres
from tests.faults.redis import Redis, own_redis
from tests.smtp_sink import Sink
from tests.smtp_sink import running as sink_running

CONNECTIONS = 4  # of each worker to the mail server
LEASE_SECONDS = 20  # after so long somebody takes up what a killed worker held
SEATS, GUESTS = 4, 8  # in each forum there are more guests than seats
DISK_MEGABYTES = 192
REDIS_AWAY, POSTGRES_AWAY, DISK_FULL, CLOCK_WRONG, CALM = 20.0, 2.0, 6.0, 5.0, 5.0  # seconds
WELL_SECONDS, CALMED_SECONDS = 60.0, 300.0
HOUR = 3600
FAULTS = 7  # with the calm before
NOTHING_WAITS = (
    "SELECT (SELECT count(*) FROM delivery WHERE state = 'queued') + (SELECT count(*) FROM letter WHERE state = "
    "'queued') + (SELECT count(*) FROM sending WHERE state <> 'done')"
)


@dataclass(frozen=True)
class Size:
    rounds: int
    readers: int
    verdict_seconds: float  # the mail server takes its time over every message, so that the issue lasts


USUAL = Size(rounds=1, readers=2500, verdict_seconds=0.12)
LARGE = Size(rounds=4, readers=20_000, verdict_seconds=0.03)
ISSUES = 8  # that can be sent, one after the other


@dataclass
class Phase:
    """One fault, and what was counted from its beginning until all was well again."""

    name: str
    began: float
    first_guest: int
    first_letter: int
    waiting: int  # for an issue, when it began
    kills: int = 0  # of workers
    lasted: float = 0.0
    well_after: float = 0.0
    guests: int = 0
    last_letter: int = 0
    answers: Counter[int] = field(default_factory=Counter)
    seen: list[float] = field(default_factory=list)


class Storm:
    def __init__(self, size: Size, clock: Clock, server_clock: Clock) -> None:
        self.size, self.clock, self.server_clock = size, clock, server_clock
        self.seed = int(os.environ.get("STORM_SEED") or random.randrange(10_000))
        self.chance = random.Random(self.seed)
        self.phases: list[Phase] = []
        self.missed: list[str] = []  # faults that cannot be had on this machine
        self.calmed_after = 0.0
        self.house: House
        self.server: Postgres
        self.redis: Redis
        self.sink: Sink
        self.disk: Disk | None = None
        self.webs: list[Machine] = []
        self.workers: list[Machine] = []
        self.load: Load
        self.quiet, self.forums = "", [""]

    @asynccontextmanager
    async def opened(self, folder: Path) -> AsyncIterator[None]:
        """The house stands, in surroundings of its own."""
        sink = Sink(delay=self.size.verdict_seconds)
        with self.a_disk() as self.disk:
            place = self.disk.folder / "postgres" if self.disk else None
            if place:
                place.mkdir()
            with own_postgres(place, self.server_clock) as self.server, own_redis(folder) as self.redis:
                async with own_database(self.server.url, "verbund") as url, sink_running(sink) as self.sink:
                    told = {"LEASE_SECONDS": str(LEASE_SECONDS)}
                    smtp = f"{sink.url}?connections={CONNECTIONS}"
                    self.house = House(folder, url, self.redis.url, smtp, told, self.clock)
                    self.found()
                    with self.house.running("web") as self.webs, self.house.running("worker") as self.workers:
                        async with unless_stopped([*self.webs, *self.workers]):
                            assert await until(self.is_well, WELL_SECONDS), self.logs()
                            yield

    def a_disk(self):
        if why := disk.missing():
            self.missed.append(f"no disk was filled: {why}")
            return nullcontext()
        return small_disk(DISK_MEGABYTES)

    def found(self) -> None:
        migrated = self.house.run("migrate")
        assert migrated.returncode == 0, migrated.stderr
        forums = 1 + FAULTS * self.size.rounds
        asked = {"forums": forums, "seats": SEATS, "readers": self.size.readers, "issues": ISSUES}
        options = [word for name, number in asked.items() for word in (f"--{name}", str(number))]
        founded = self.house.run("migrate", "python", "-m", "tests.faults.founding", *options)
        assert founded.returncode == 0, founded.stderr
        lines = founded.stdout.split()
        self.quiet, *self.forums = (f"/events/{slug}" for slug in lines[:forums])
        self.issues = lines[forums:]

    # --- the faults -----------------------------------------------------------------------------------------------------

    async def rage(self) -> None:
        """All faults, so many times over; then it calms down, and what was under way arrives."""
        self.load = Load(self.house, self.webs, self.forums[0], self.issues)
        async with self.load.running():
            assert await until(self.has_begun, 60), self.logs()
            for _round in range(self.size.rounds):
                await self.all_is_well()
                await self.two_are_killed()
                await self.redis_is_away()
                await self.postgresql_is_begun_again()
                if self.disk:
                    await self.the_disk_is_full(self.disk)
                await self.clocks_jump(self.clock, "clocks of web and workers")
                await self.clocks_jump(self.server_clock, "PostgreSQL's clock, a worker killed meanwhile")
        began = time.monotonic()
        self.sink.delay = 0.0
        assert await until(self.nothing_waits, CALMED_SECONDS), self.logs()
        self.calmed_after = time.monotonic() - began

    async def all_is_well(self) -> None:
        async with self.phase("none") as here:
            here.seen = await self.seen()
            await asyncio.sleep(CALM)

    async def two_are_killed(self) -> None:
        web, worker = self.chance.choice(self.webs), self.chance.choice(self.workers)
        async with self.phase(f"kill -9 {web.name}, {worker.name}") as here:
            for machine in self.chance.sample([web, worker], 2):
                await asyncio.sleep(self.chance.uniform(0, 1))
                machine.kill()
            here.kills = 1

    async def redis_is_away(self) -> None:
        async with self.phase(f"Redis stopped for {REDIS_AWAY:.0f} s") as here:
            self.redis.stop()
            began = time.monotonic()
            here.seen = await self.seen()
            await asyncio.sleep(max(0.0, REDIS_AWAY - (time.monotonic() - began)))
            await asyncio.to_thread(self.redis.start)

    async def postgresql_is_begun_again(self) -> None:
        async with self.phase(f"PostgreSQL stopped for {POSTGRES_AWAY:.0f} s"):
            await asyncio.to_thread(self.server.stop)
            await asyncio.sleep(POSTGRES_AWAY)
            await asyncio.to_thread(self.server.start)

    async def the_disk_is_full(self, small: Disk) -> None:
        """PostgreSQL may go on, refusing to write, or give up; then it is begun again as Docker does."""
        async with self.phase("the disk is full"):
            until_then = time.monotonic() + DISK_FULL
            try:
                while time.monotonic() < until_then:
                    await asyncio.to_thread(small.fill)
                    await asyncio.sleep(0.2)
            finally:
                small.free()
            while not await asyncio.to_thread(lambda: self.server.is_running):
                await asyncio.to_thread(self.server.start)

    async def clocks_jump(self, clock: Clock, whose: str) -> None:
        async with self.phase(f"{whose}: + 1 h, − 1 h") as here:
            clock.set(HOUR)
            await asyncio.sleep(CLOCK_WRONG)
            if clock is self.server_clock:  # the leases of the dead one end in an hour, by the clock that is set back
                self.chance.choice(self.workers).kill()
                here.kills = 1
            await asyncio.sleep(1)
            clock.set(0)
            await asyncio.sleep(CLOCK_WRONG)

    # --- counting -------------------------------------------------------------------------------------------------------

    @asynccontextmanager
    async def phase(self, name: str) -> AsyncIterator[Phase]:
        """Each has a forum of its own, so that the last seats are fought for under every fault."""
        self.load.page = self.forums[len(self.phases)]
        before, letters = Counter(self.load.told.answers), len(self.sink.taken)
        here = Phase(name, time.monotonic(), len(self.load.registered), letters, await self.load.queued())
        self.phases.append(here)
        yield here
        began = time.monotonic()
        assert await until(self.is_well, WELL_SECONDS), f"{name}: not well again\n{self.logs()}"
        here.well_after = time.monotonic() - began
        assert await until(lambda: self.have_come(here), WELL_SECONDS), f"{name}: nobody comes any more\n{self.logs()}"
        here.lasted = time.monotonic() - here.began
        here.guests, here.last_letter = len(self.load.registered) - here.first_guest, len(self.sink.taken)
        here.answers = self.load.told.answers - before

    async def seen(self) -> list[float]:
        """Somebody registers at A for the quiet forum: when does B show it? And the other way round."""
        found = []
        for at, other in (self.webs, self.webs[::-1]):
            async with Guest(next(self.load.numbers), [at], Told()) as guest:
                found.append(await seconds_behind(guest, self.quiet, other))
                self.load.registered.append(guest.number)
        return found

    async def have_come(self, here: Phase) -> bool:
        return len(self.load.registered) >= here.first_guest + GUESTS

    async def is_well(self) -> bool:
        return all([await asyncio.to_thread(web.is_healthy) for web in self.webs])

    async def has_begun(self) -> bool:
        return bool(self.load.sent and self.load.registered and self.sink.taken)

    async def nothing_waits(self) -> bool:
        try:
            return await value(self.house.database_url, NOTHING_WAITS) == 0
        except AWAY:
            return False

    def logs(self) -> str:
        return "\n".join(f"--- {one.name}\n{one.told[-3000:]}" for one in [*self.webs, *self.workers])
