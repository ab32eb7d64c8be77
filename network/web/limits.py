"""How often one may try: counted in the database, so that it holds in every process."""

from litestar.connection import ASGIConnection

from network import clock
from network.errors import Refused
from network.i18n import _
from network.web.tables import Attempts


async def count_attempt(deed: str, origin: str, *, most: int, minutes: int) -> None:
    """Count one attempt; refuse when there were more than `most` in the running window of `minutes`."""
    key = f"{deed}:{origin}"[:120]
    await Attempts.delete().where((Attempts.key == key) & (Attempts.until < clock.now()))
    counted = await Attempts.raw(
        "INSERT INTO attempts (key, tries, until) VALUES ({}, 1, {}) "
        "ON CONFLICT (key) DO UPDATE SET tries = attempts.tries + 1 RETURNING tries",
        key,
        clock.ahead(minutes=minutes),
    )
    if counted[0]["tries"] > most:
        raise Refused(_("That was very often in a short time. Please wait a few minutes and try again."))


async def forget_old() -> None:
    await Attempts.delete().where(Attempts.until < clock.now())


def origin_of(connection: ASGIConnection) -> str:  # type: ignore[type-arg]
    return connection.client.host if connection.client else ""
