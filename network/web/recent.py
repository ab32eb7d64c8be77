"""Figures that stand on every page and may be a second old, like pages themselves (decisions/0005)."""

import time
from collections.abc import Awaitable, Callable, Hashable
from typing import Any

from network import clock

KEEP_SECONDS = 1.0
MOST = 1000  # keys may come from addresses, which strangers make up

_kept: dict[Hashable, tuple[float, Any]] = {}


async def recent(key: Hashable, find: Callable[[], Awaitable[Any]], seconds: float = KEEP_SECONDS) -> Any:
    """What `find` found within the last second, or so many; unless something was changed through this process since."""
    until, known = _kept.get(key, (0.0, None))
    if time.monotonic() < until and not clock.is_set():
        return known
    found = await find()
    if len(_kept) >= MOST:
        forget()
    _kept[key] = (time.monotonic() + seconds, found)
    return found


def forget() -> None:
    _kept.clear()
