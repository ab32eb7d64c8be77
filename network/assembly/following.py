"""What an open page follows: every deed of an assembly counts its row up, and that number says whether to look again.

The database is asked once for a look, however many pages of this process follow; an idle room costs nothing more.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

from network.assembly.tables.meeting import Assembly

LOOK_SECONDS = 0.3
LONGEST = 3600 / LOOK_SECONDS  # then the browser asks again by itself


@dataclass(frozen=True, slots=True)
class Look:
    at: float
    turns: int | None  # None: it is not there any more


_latest: dict[str, Look] = {}


async def turns_of(row: Assembly, since: int = -1) -> AsyncIterator[str]:
    """Each number that differs from the one known before; ends with the assembly."""
    known = since
    for _look in range(int(LONGEST)):
        turns = await turns_now(row.reference)
        if turns is None:
            return
        if turns != known:
            known = turns
            yield str(known)
        await asyncio.sleep(LOOK_SECONDS)


async def turns_now(reference: str) -> int | None:
    last = _latest.get(reference)
    if last and time.monotonic() - last.at < LOOK_SECONDS * 0.9:
        return last.turns
    began = time.monotonic()
    found = await Assembly.select(Assembly.turns).where(Assembly.reference == reference).first()
    _latest[reference] = Look(began, found["turns"] if found else None)
    return _latest[reference].turns
