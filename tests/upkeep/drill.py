"""The restore drill: a real server, people who register all the time, a backup in the middle, and its moment looked at."""

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from typing import Any

import httpx

from network.upkeep import saving
from network.upkeep.ends import End, snapshot
from network.upkeep.misfits import orphans
from tests.bench.server import free_port
from tests.faults.servers import wait_for
from tests.upkeep import houses

RATE, SECONDS, AT_ONCE = 50, 4.0, 60  # so many arrive a second; what the machine cannot take arrives a little later
EVENT = "/events/2-austauschforum/registration"
HIDDEN = re.compile(r'<input [^>]*type="hidden"[^>]*>')


async def drill(url: str, target: str, folder: Path) -> None:
    file = folder / "drill.zip"
    with serving(url, folder) as address:
        began = time.monotonic()
        registering = asyncio.create_task(register_many(address))
        await asyncio.sleep(SECONDS / 3)
        made = await asyncio.to_thread(houses.network, "backup", str(file), url=url, folder=folder)
        saved_after = time.monotonic() - began
        numbers = await registering
        took = time.monotonic() - began
    assert made.returncode == 0, made.stderr
    await saving.restore(file, target, lambda _words: None)

    async with snapshot(target) as end:
        restored = await count(end, "SELECT count(*) FROM registration WHERE email LIKE 'drill%'")
        await is_one_moment(end)
    print(f"\n{numbers} registrations, {numbers / took:.0f} a second; saved after {saved_after:.1f} s: {restored}")
    assert numbers == RATE * SECONDS
    assert 0 < restored < numbers


@contextmanager
def serving(url: str, folder: Path) -> Iterator[str]:
    port = free_port()
    environment = houses.surroundings(url, folder) | {"PORT": str(port), "TRUSTED_PROXIES": "127.0.0.1"}
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "network", "serve"], cwd=houses.ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            wait_for(f"http://localhost:{port}")
            yield f"http://localhost:{port}"
        finally:
            process.terminate()
            process.wait(10)


async def register_many(address: str) -> int:
    room = asyncio.Semaphore(AT_ONCE)
    began = time.monotonic()
    lines = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=AT_ONCE))
    async with lines, asyncio.TaskGroup() as group:
        for number in range(int(RATE * SECONDS)):
            await asyncio.sleep(max(0.0, began + number / RATE - time.monotonic()))
            group.create_task(register(lines, address, number, room))
    return int(RATE * SECONDS)


async def register(lines: httpx.AsyncHTTPTransport, address: str, number: int, room: asyncio.Semaphore) -> None:
    """Everybody from an address of their own, as the proxy tells it."""
    who = {"organisation": f"Drill {number}", "name": f"Person {number}", "email": f"drill{number}@example.org"}
    elsewhere = {"X-Forwarded-For": f"10.0.{number // 250}.{number % 250 + 1}"}
    browser = httpx.AsyncClient(base_url=address, timeout=60, headers=elsewhere, transport=lines)
    async with room:
        page = await browser.get(EVENT)
        page = await browser.post(EVENT, data=hidden(page) | {"attends": "y", "number": "1"} | who)
        guest = {"people-0-name": who["name"], "people-0-email": who["email"]}
        done = await browser.post(EVENT, data=hidden(page) | guest)
        assert done.status_code == 303, done.text


def hidden(page: httpx.Response) -> dict[str, Any]:
    """The hidden fields; reading the whole page would cost more than serving it."""
    fields = [dict(re.findall(r'(\w+)="([^"]*)"', field)) for field in HIDDEN.findall(page.text)]
    return {field["name"]: unescape(field.get("value", "")) for field in fields}


async def count(end: End, sql: str) -> int:
    return int((await end.ask(sql))[0][0])


async def is_one_moment(end: End) -> None:
    """What belongs together is there together, and nobody has a seat too many."""
    assert await orphans(end) == []
    nobody = (
        "SELECT count(*) FROM registration r WHERE NOT EXISTS (SELECT 1 FROM attendee a WHERE a.registration = r.id)"
    )
    assert await count(end, nobody) == 0
    untold = (
        "SELECT count(*) FROM registration r WHERE r.email LIKE 'drill%' "
        "AND NOT EXISTS (SELECT 1 FROM letter l WHERE l.to_email = r.email)"
    )
    assert await count(end, untold) == 0
    too_many = (
        "SELECT count(*) FROM event e WHERE e.seats < "
        "(SELECT count(*) FROM attendee a WHERE a.event = e.id AND a.state = 'seated')"
    )
    assert await count(end, too_many) == 0
    seated = "SELECT count(*) FROM attendee WHERE state = 'seated' AND email LIKE 'drill%'"
    waiting = "SELECT count(*) FROM attendee WHERE state = 'waiting' AND email LIKE 'drill%'"
    all_of_them = "SELECT count(*) FROM attendee WHERE email LIKE 'drill%'"
    assert await count(end, seated) + await count(end, waiting) == await count(end, all_of_them)
    queued = (
        "SELECT count(*) FROM waitlist_entry w JOIN registration r ON r.id = w.registration WHERE r.email LIKE 'drill%'"
    )
    assert await count(end, queued) == await count(end, all_of_them)
