"""What a page asks the database: how many questions, without those whose answers the house keeps for a second."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest
from piccolo.query.base import Query

from network.web import recent

KEPT = ('FROM "association"', "s.id AS seat")  # they come and go (association.profile)


def counter(browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Awaitable[int]]:
    """Opens a page, which has to be there, and tells how many questions that took."""
    asked: list[str] = []
    ask = Query._run

    async def noted(self: Query, *args: Any, **options: Any) -> Any:
        asked.append(str(self))
        return await ask(self, *args, **options)

    monkeypatch.setattr(Query, "_run", noted)

    async def count(path: str) -> int:
        recent.forget()
        await browser.get(path)  # the rail's numbers are kept for some seconds
        asked.clear()
        answer = await browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return len([one for one in asked if not any(words in one for words in KEPT)])

    return count
