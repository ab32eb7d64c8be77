"""Pages a second of one process, as a share of what the same server does with a plain file."""

import asyncio
import re
import shutil
import subprocess
from collections.abc import Iterator

import httpx

from tests.bench.row import Row
from tests.bench.server import Server, demo, signed_in

SECONDS = 6
CONNECTIONS = 16


def measure() -> Iterator[Row]:
    wrk = shutil.which("wrk")
    if not wrk:
        raise RuntimeError("wrk is not installed (make test-tools)")
    with demo() as server:
        cookie, event, plain = asyncio.run(addresses(server))
        rates = {"plain": rate(wrk, server, plain)}
        rates["event"] = rate(wrk, server, event)
        rates["list"] = rate(wrk, server, "/office/events", cookie)
        rates["plain again"] = rate(wrk, server, plain)
        weight = asyncio.run(weigh(server, event))
    base = (rates["plain"] + rates["plain again"]) / 2
    yield Row(
        "plain file, one process",
        base,
        "requests/CPU s",
        note=f"{rates['plain']:.0f} before, {rates['plain again']:.0f} after",
    )
    yield ratio("anonymous event page", rates["event"], base, 0.5)
    yield ratio("office list with joins and session", rates["list"], base, 0.2)
    yield Row("weight of the event page, fonts cached out", weight, "kB", "≤ 120", weight <= 120)


def ratio(what: str, found: float, base: float, least: float) -> Row:
    return Row(what, found / base, "of plain", f"≥ {least}", found / base >= least, f"{found:.0f} requests/CPU s")


async def addresses(server: Server) -> tuple[str, str, str]:
    async with httpx.AsyncClient(base_url=server.address) as client:
        await signed_in(client, "Mira Quandt")
        front = (await client.get("/events")).text
        event = next(iter(re.findall(r'href="(/events/[a-z0-9-]+)"', front)))
        plain = re.search(r"/static/\w+/mark.svg", front)
        assert plain
        return f"verbund={client.cookies['verbund']}", event, plain[0]


def rate(wrk: str, server: Server, path: str, cookie: str = "") -> float:
    """Requests for each second that the server's process really worked: what one core can do, whoever else is busy."""
    sent = ["-H", f"Cookie: {cookie}"] if cookie else []
    command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *sent, server.address + path]
    before = server.cpu_seconds
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+) requests in", told)
    assert found and "Non-2xx" not in told, told
    return int(found[1]) / (server.cpu_seconds - before)


async def weigh(server: Server, path: str) -> float:
    """The page with its stylesheet, script and marks, as they go over the line."""
    async with httpx.AsyncClient(base_url=server.address) as client:
        page = await client.get(path)
        parts = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
        sizes = [len((await client.get(part)).content) for part in parts if not part.endswith(".ttf")]
        return (len(page.content) + sum(sizes)) / 1000
