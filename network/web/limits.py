"""How often one may try: counted in the database, so that it holds in every process."""

from collections.abc import Mapping

from litestar.connection import ASGIConnection

from network import clock
from network.errors import Refused
from network.i18n import _
from network.web.tables import Attempts


async def count_attempt(deed: str, origin: str, *, most: int, minutes: int) -> None:
    """Count one attempt; refuse when there were more than `most` in the running window of `minutes`."""
    if await count_attempts(deed, {origin: 1}, most=most, minutes=minutes):
        raise Refused(_("That was very often in a short time. Please wait a few minutes and try again."))


async def count_attempts(deed: str, numbers: Mapping[str, int], *, most: int, minutes: int) -> set[str]:
    """Count so many attempts of each origin, in one statement; return those that have had more than `most`."""
    if not numbers:
        return set()
    keys = {f"{deed}:{origin}"[:120]: origin for origin in sorted(numbers)}  # always in one order: no deadlocks
    now, until = clock.now(), clock.ahead(minutes=minutes)
    counted = await Attempts.raw(
        f"INSERT INTO attempts (key, tries, until) VALUES {', '.join(['({}, {}, {})'] * len(keys))} "
        "ON CONFLICT (key) DO UPDATE SET "
        "tries = CASE WHEN attempts.until < {} THEN excluded.tries ELSE attempts.tries + excluded.tries END, "
        "until = CASE WHEN attempts.until < {} THEN excluded.until ELSE attempts.until END RETURNING key, tries",
        *[value for key, origin in keys.items() for value in (key, numbers[origin], until)],
        now,
        now,
    )
    return {keys[row["key"]] for row in counted if row["tries"] > most}


async def forget_old() -> None:
    await Attempts.delete().where(Attempts.until < clock.now())


def origin_of(connection: ASGIConnection) -> str:  # type: ignore[type-arg]
    return connection.client.host if connection.client else ""
