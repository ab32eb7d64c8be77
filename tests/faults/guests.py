"""People outside: they register, look for free seats, and do not give up when the house cannot be reached."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from typing import Self

import httpx
from bs4 import BeautifulSoup

from tests.browser import send
from tests.faults.compose import Machine, browser_at

FREE = re.compile(r"(\d+) (?:von \d+ )?Plätze")
SORRY = "Wir können gerade nichts speichern"
NO_ANSWER = 0
AGAIN_SECONDS = 0.1


class Told:
    """What people were answered: by status, 0 where nobody answered; and the pages that said sorry."""

    def __init__(self) -> None:
        self.answers: Counter[int] = Counter()
        self.sorry: list[str] = []

    async def insist(self, asking: Callable[[], Awaitable[httpx.Response]]) -> httpx.Response:
        """A 503 says that nothing was stored: the same is sent again, and so it is when nobody answered."""
        while True:
            try:
                answer = await asking()
            except httpx.TransportError:
                self.answers[NO_ANSWER] += 1
            else:
                self.answers[answer.status_code] += 1
                if answer.status_code < 500:
                    return answer
                self.sorry.append(answer.text)
                assert answer.status_code == 503, answer.text
            await asyncio.sleep(AGAIN_SECONDS)


class Guest:
    """Somebody with a browser of their own, whose requests come to one process after the other."""

    def __init__(self, number: int, webs: Sequence[Machine], told: Told) -> None:
        self.number, self.told = number, told
        self.email = f"person{number}@example.org"
        first = number % len(webs)
        self.browser = browser_at(*webs[first:], *webs[:first])
        self.registration = ""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_error: object) -> None:
        await self.browser.aclose()

    async def register(self, page: str) -> None:
        """For the event at this address; afterwards `registration` is where one changes it."""
        first = await self.told.insist(lambda: self.browser.get(f"{page}/registration"))
        who = {"organisation": f"Träger {self.number}", "name": f"Person {self.number}", "email": self.email}
        second = await self.told.insist(lambda: send(self.browser, first, attends="y", number="1", **who))
        done = await self.told.insist(lambda: send(self.browser, second))
        assert done.status_code == 303, refusal(done)
        self.registration = done.headers["location"].removesuffix("/done")

    async def cancel(self) -> None:
        """By the link in one's own letter."""
        mine = await self.told.insist(lambda: self.browser.get(self.registration))
        who = BeautifulSoup(mine.text, "html.parser").select_one("input[name=who]")
        assert who, mine.text
        asked = f"{self.registration}/cancellation?who={who['value']}"
        sure = await self.told.insist(lambda: self.browser.get(asked))
        assert (await self.told.insist(lambda: send(self.browser, sure))).status_code == 303


def refusal(page: httpx.Response) -> str:
    """What the page says is wrong."""
    errors = BeautifulSoup(page.text, "html.parser").find(id="errors")
    return errors.get_text(" ", strip=True) if errors else page.text


async def free_at(web: Machine, page: str) -> str:
    """What somebody who has never been here before reads of free seats."""
    async with web.browser() as browser:
        answer = await browser.get(page)
    found = FREE.search(answer.text)
    assert found, answer.text
    return found[0]


async def seconds_behind(guest: Guest, page: str, other: Machine) -> float:
    """Somebody registers; for how long afterwards is who asks at another process still told the old number of seats?

    What counts is when they asked, not how long a busy machine took over the answer.
    """
    before = await free_at(other, page)
    await guest.register(page)
    began = asked = time.monotonic()
    behind = 0.0
    while await free_at(other, page) == before:
        behind = asked - began
        assert behind < 10
        await asyncio.sleep(0.02)
        asked = time.monotonic()
    return behind
