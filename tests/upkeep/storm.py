"""A storm of registrations: forms that people have opened before are sent at their time, whether the others are answered
or not. The generator speaks over bare sockets, as it shares two cores with what it measures."""

import asyncio
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input [^>]*type="hidden"[^>]*>')
OPEN_AT_ONCE = 8


@dataclass
class Guest:
    """Somebody with the second page of the form before them, at one of the web processes."""

    number: int
    port: int
    event: str
    cookie: str = ""
    form: dict[str, str] = field(default_factory=dict)
    sent: float = 0.0  # by time.monotonic()
    confirmed: float = 0.0

    @property
    def email(self) -> str:
        return f"drill{self.number}@example.org"

    @property
    def wants_news(self) -> bool:
        return self.number % 10 == 0

    async def open_form(self) -> None:
        who = {"organisation": f"Drill {self.number}", "name": f"Person {self.number}", "email": self.email}
        first = await self.ask("GET")
        [self.cookie] = re.findall(r"(?mi)^set-cookie: (csrftoken=[^;]+)", first)
        second = await self.ask("POST", hidden(first) | {"attends": "y", "number": "1"} | who)
        news = {"wants_news": "y"} if self.wants_news else {}
        self.form = hidden(second) | {"people-0-name": who["name"], "people-0-email": self.email} | news

    async def send(self) -> None:
        self.sent = time.monotonic()
        answer = await self.ask("POST", self.form)
        assert answer.startswith("HTTP/1.1 303"), answer
        self.confirmed = time.monotonic()

    async def ask(self, method: str, form: dict[str, str] | None = None) -> str:
        """The whole answer. Everybody comes from an address of their own, as the proxy tells it."""
        body = urlencode(form or {})
        head = [
            f"{method} {self.event}/registration HTTP/1.1",
            f"Host: localhost:{self.port}",
            f"X-Forwarded-For: 10.0.{self.number // 250}.{self.number % 250 + 1}",
            f"Cookie: {self.cookie}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(("\r\n".join(head) + "\r\n\r\n" + body).encode())
            return (await reader.read()).decode()
        finally:
            writer.close()


def hidden(page: str) -> dict[str, str]:
    """The hidden fields; reading the whole page would cost more than serving it."""
    fields = [dict(re.findall(r'(\w+)="([^"]*)"', found)) for found in HIDDEN.findall(page)]
    return {found["name"]: unescape(found.get("value", "")) for found in fields}


async def gathered(count: int, event: str, ports: Sequence[int]) -> list[Guest]:
    """So many people with open forms, spread over the web processes."""
    guests = [Guest(number, ports[number % len(ports)], event) for number in range(count)]
    room = asyncio.Semaphore(OPEN_AT_ONCE)

    async def opened(guest: Guest) -> None:
        async with room:
            await guest.open_form()

    await asyncio.gather(*(opened(guest) for guest in guests))
    return guests


async def storm(guests: Sequence[Guest], rate: float, over: asyncio.Event) -> None:
    """They send, so many a second, until it is over or nobody is left; returns when all are answered."""
    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        for number, guest in enumerate(guests):
            await asyncio.sleep(max(0.0, began + number / rate - time.monotonic()))
            if over.is_set():
                return
            group.create_task(guest.send())
