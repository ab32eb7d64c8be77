"""Bells that are rung when work has been committed. Whoever misses a ring looks by themselves a few seconds later."""

import asyncio
from collections.abc import Callable

from network.database import after_commit


class Bell:
    """One kind of work. `carriers` take the ring to other processes, where there are any (worker_arq)."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.carriers: list[Callable[[str], None]] = []
        self.rung = asyncio.Event()

    def ring(self) -> None:
        """When the running transaction is committed, never before and not at all when it is rolled back."""
        after_commit(self.sound)

    def sound(self) -> None:
        self.rung.set()
        for carry in self.carriers:
            carry(self.name)

    async def wait(self, seconds: float) -> None:
        """Sleep until it rings, at most this long."""
        try:
            async with asyncio.timeout(seconds):
                await self.rung.wait()
        except TimeoutError:
            return
        self.rung.clear()


JOBS = Bell("jobs")
POST = Bell("post")
BELLS = {bell.name: bell for bell in (JOBS, POST)}
