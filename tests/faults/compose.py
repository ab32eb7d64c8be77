"""The very commands of compose.yaml as plain processes: hosts become 127.0.0.1, /run/secrets and /data own folders."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import yaml

from tests.bench.server import free_port
from tests.faults.clocks import Clock, ahead_by
from tests.faults.servers import ROOT

FILE = ROOT / "compose.yaml"
AGAIN_SECONDS = 0.2
AHEAD = 90  # seconds that some machines' clocks are wrong by


@cache
def services() -> dict[str, dict[str, Any]]:
    """What compose.yaml says of each service, where nobody has set anything."""
    text = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", FILE.read_text(encoding="utf-8"))
    return yaml.safe_load(text)["services"]


@dataclass
class Machine:
    """One process of a service, in a place of its own."""

    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    port: int = 0
    code: Path = ROOT
    lives: int = 0

    def begin(self) -> None:
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(self.command, cwd=self.code, env=self.environment, stdout=out, stderr=out)
        self.lives += 1

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def browser(self) -> httpx.AsyncClient:
        """Talks to this process as Caddy does: outside it is https://localhost."""
        return browser_at(self)

    @property
    def told(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    @property
    def lines(self) -> list[dict[str, str]]:
        """Its log as machines read it: each line is JSON, or this fails."""
        return [json.loads(line) for line in self.told.splitlines()]

    def is_healthy(self) -> bool:
        """What its own health check says."""
        test = services()[self.name.rstrip("0123456789")]["healthcheck"]["test"]
        command = [part.replace(":8000/", f":{self.port}/") for part in run_here(test[1:])]
        return subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, check=False).returncode == 0


@dataclass
class House:
    """Everything that compose.yaml starts of ours, on this database, Redis and mail server."""

    folder: Path
    database_url: str
    redis_url: str
    smtp_url: str
    environment: dict[str, str] = field(default_factory=dict)
    clock: Clock | None = None
    code: Path = ROOT  # another version of the house can be put in its place

    def __post_init__(self) -> None:
        """The secrets are made by the script that people run, and then lead to this machine's servers."""
        self.secrets = self.folder / "secrets"
        subprocess.run(
            ["sh", "deploy/secrets.sh"], cwd=ROOT, env=os.environ | {"SECRETS": str(self.secrets)}, check=True,
            capture_output=True,
        )  # fmt: skip
        (self.secrets / "database_url").write_text(self.database_url + "\n", encoding="ascii")
        (self.secrets / "smtp_url").write_text(self.smtp_url + "\n", encoding="ascii")

    def run(self, service: str, *instead: str) -> subprocess.CompletedProcess[str]:
        """A service that ends by itself, or another command in its place, as in `docker compose run`."""
        command, environment = (
            run_here([*instead] or services()[service]["command"]),
            self.surroundings(service, service),
        )
        return subprocess.run(command, cwd=self.code, env=environment, capture_output=True, text=True, check=False)

    @contextmanager
    def running(self, service: str, ahead: int = 0) -> Iterator[list[Machine]]:
        """As many of it as compose.yaml wishes; the last one's clock is ahead."""
        count = services()[service]["deploy"]["replicas"]
        with ExitStack() as stack:
            yield [
                stack.enter_context(self.one(service, number, ahead if number == count else 0))
                for number in range(1, count + 1)
            ]

    @contextmanager
    def one(self, service: str, number: int = 1, ahead: int = 0) -> Iterator[Machine]:
        name, port = f"{service}{number}", free_port()
        environment = self.surroundings(service, name)
        if "PORT" in environment:
            environment["PORT"] = str(port)
        if ahead:
            environment |= ahead_by(ahead)
        if self.clock:
            environment |= self.clock.environment
        log = self.folder / f"{name}.log"
        machine = Machine(name, run_here(services()[service]["command"]), environment, log, port, code=self.code)
        machine.begin()
        try:
            yield machine
        finally:
            machine.end()

    def surroundings(self, service: str, name: str) -> dict[str, str]:
        """Nothing but what compose.yaml says, in the terms of this machine."""
        said = {key: str(value) for key, value in services()[service]["environment"].items()}
        here = {
            key: value.replace("/run/secrets", str(self.secrets)).replace("redis://redis:6379/0", self.redis_url)
            for key, value in said.items()
        }
        folders = {"VERBUND_DATA": str(self.folder / name), "BACKUP_DIR": str(self.folder / "backups")}
        if "HOST" in here:
            folders["HOST"] = "127.0.0.1"
        return {"PATH": os.environ["PATH"]} | here | folders | self.environment


class Behind(httpx.AsyncHTTPTransport):
    """The way from a browser's https://localhost to the processes, to each in turn."""

    def __init__(self, *ports: int) -> None:
        super().__init__()
        self.turn = cycle(ports)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        there = request.url.copy_with(scheme="http", host="127.0.0.1", port=next(self.turn))
        return await super().handle_async_request(
            httpx.Request(
                request.method, there, headers=request.headers, stream=request.stream, extensions=request.extensions
            )
        )


def browser_at(*machines: Machine) -> httpx.AsyncClient:
    """A browser outside, whose requests Caddy leads to these processes in turn."""
    way = Behind(*(machine.port for machine in machines))
    return httpx.AsyncClient(base_url="https://localhost", transport=way, timeout=30)


@asynccontextmanager
async def unless_stopped(machines: Sequence[Machine]) -> AsyncIterator[None]:
    """What ends is begun again a moment later, as Docker does it with `restart: unless-stopped`."""

    async def keep() -> None:
        while True:
            await asyncio.sleep(AGAIN_SECONDS)
            for machine in machines:
                if machine.process.poll() is not None:
                    machine.begin()

    keeping = asyncio.create_task(keep())
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.wait([keeping])


def run_here(command: list[str]) -> list[str]:
    return [sys.executable if part == "python" else part for part in command]


@asynccontextmanager
async def own_database(server: str, name: str) -> AsyncIterator[str]:
    """An empty database, given back at the end; returns its address."""
    await tell(server, f'CREATE DATABASE "{name}"')
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        await tell(server, f'DROP DATABASE "{name}" WITH (FORCE)')


async def tell(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


async def until(seen: Any, seconds: float) -> bool:
    """Ask again and again until the answer is yes, or for so long."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not (answer := await seen()) and loop.time() < end:  # noqa: ASYNC110  the other end is a process
        await asyncio.sleep(0.05)
    return bool(answer)
