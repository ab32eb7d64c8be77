"""Three web processes against one, on PostgreSQL; the generator is wrk, outside of them, one for each port.

What they can be at most is measured beside it: a loop that needs nothing but a core, in one process and in three.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import httpx
import psutil

from tests.bench import grown
from tests.bench.grown import House
from tests.bench.row import Row
from tests.bench.server import free_port

WEBS, CONNECTIONS = 3, 24  # altogether, however many processes share them
ROUNDS, SECONDS, PATIENCE_SECONDS = 3, 4, 60
AT_LEAST = 1.7
LOOP = f"""
import time
until, turns = time.perf_counter() + {SECONDS}, 0
while time.perf_counter() < until:
    turns += len([str(number) for number in range(1000)])
print(turns)
"""


def measure() -> Iterator[Row]:
    """One and three take turns, and the better round of each counts."""
    if not shutil.which("wrk"):
        raise RuntimeError("wrk is not installed (make test-tools)")
    one, three = (max(loops(count) for _ in range(2)) for count in (1, WEBS))
    yield Row("a mere loop, three processes against one", three / one, "times", note="what this machine has to give")
    with grown.house() as house, ExitStack() as stack:
        webs = [Web.opened(house, stack) for _ in range(WEBS)]
        for what, path, cookie in pages(house, webs[0]):
            turns = [(load(house, webs[:1], path, cookie), load(house, webs, path, cookie)) for _ in range(ROUNDS)]
            one_web, three_webs = (max(loads, key=lambda load: load.rate) for loads in zip(*turns, strict=True))
            ratio = three_webs.rate / one_web.rate
            yield Row(f"{what}: one web process", one_web.rate, "requests/s", note=one_web.spent)
            yield Row(f"{what}: three", three_webs.rate, "requests/s", note=three_webs.spent)
            note = f"there is room for {one_web.room:.2f} with PostgreSQL and wrk on the same cores"
            yield Row(f"{what}: three against one", ratio, "times", f"≥ {AT_LEAST}", ratio >= AT_LEAST, note)


def loops(count: int) -> int:
    running = [subprocess.Popen([sys.executable, "-c", LOOP], stdout=subprocess.PIPE, text=True) for _ in range(count)]
    return sum(int(one.communicate()[0]) for one in running)


@dataclass(frozen=True)
class Web:
    address: str
    process: psutil.Process

    @classmethod
    def opened(cls, house: House, stack: ExitStack) -> "Web":
        """A web process that answers."""
        port = free_port()
        web = cls(
            f"http://localhost:{port}", psutil.Process(stack.enter_context(house.process("serve", PORT=str(port))))
        )
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            try:
                httpx.get(f"{web.address}/healthz/web", timeout=3)
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return web
        raise RuntimeError((house.folder / "log").read_text(errors="replace")[-2000:])


def pages(house: House, web: Web) -> list[tuple[str, str, str]]:
    """What is asked for: its name, its path, and the cookie of who asks."""
    [found] = house.asked("SELECT email FROM person WHERE name = 'Mira Quandt'")
    link = subprocess.run(
        [sys.executable, "-m", "network", "sign-in", found["email"]],
        env=house.surroundings(), capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    with httpx.Client(base_url=web.address) as client:
        path = "/sign-in/" + link.strip().rpartition("/")[2]
        client.post(
            path, data={"_csrf_token": re.findall(r'name="_csrf_token" value="([^"]+)"', client.get(path).text)[0]}
        )
        cookie = f"verbund={client.cookies['verbund']}"
        event = re.findall(r'href="(/events/[a-z0-9-]+)"', client.get("/events").text)[0]
    return [
        ("a forum's page, as visitors open it", event, ""),
        ("registration's form", f"{event}/registration", ""),
        ("membership's form", "/membership/application", ""),
        ("office list", "/office/events", cookie),
    ]


@dataclass(frozen=True, slots=True)
class Load:
    rate: float
    webs: float  # cores
    database: float
    generator: float

    @property
    def room(self) -> float:
        """How many such loads all cores can carry, whoever else is busy: what a request costs is known from this one."""
        return (os.cpu_count() or 1) * self.webs / (self.webs + self.database + self.generator)

    @property
    def spent(self) -> str:
        return f"cores: webs {self.webs:.2f}, PostgreSQL {self.database:.2f}, wrk {self.generator:.2f}"


def load(house: House, webs: Sequence[Web], path: str, cookie: str) -> Load:
    generate(webs, path, cookie, seconds=1)  # connections are made, statements known
    processes, servers = [web.process for web in webs], backends(house)
    before, began = (spent(processes), spent(servers), spent_by_children()), time.monotonic()
    rate = generate(webs, path, cookie, seconds=SECONDS)
    after, seconds = (spent(processes), spent(servers), spent_by_children()), time.monotonic() - began
    return Load(rate, *((now - then) / seconds for now, then in zip(after, before, strict=True)))


def generate(webs: Sequence[Web], path: str, cookie: str, *, seconds: int) -> float:
    """Requests a second of all of them together."""
    sent = ["-H", f"Cookie: {cookie}"] if cookie else []
    options = ["wrk", "-t1", f"-c{CONNECTIONS // len(webs)}", f"-d{seconds}s", *sent]
    running = [subprocess.Popen([*options, web.address + path], stdout=subprocess.PIPE, text=True) for web in webs]
    told = [one.communicate()[0] for one in running]
    found = [re.search(r"(\d+) requests in", words) for words in told]
    assert all(found) and not any("Non-2xx" in words for words in told), told
    return sum(int(one[1]) for one in found if one) / seconds


def backends(house: House) -> list[psutil.Process]:
    """PostgreSQL's processes for this database, where they are on this machine."""
    query = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    return [psutil.Process(row["pid"]) for row in house.asked(query) if psutil.pid_exists(row["pid"])]


def spent(processes: Sequence[psutil.Process]) -> float:
    """Seconds of a core."""
    times = [process.cpu_times() for process in processes if process.is_running()]
    return sum(one.user + one.system for one in times)


def spent_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    for row in measure():
        print(row.line, flush=True)
