"""Resolutions as they stand in the book, for tests."""

from datetime import UTC, datetime

from network.resolutions import book
from network.resolutions.tables import Body, Kind, Outcome, Resolution

JUNE = datetime(2027, 6, 11, 9, tzinfo=UTC)


async def entered(title: str = "Haushalt", *, body: Body = Body.ASSEMBLY, at: datetime = JUNE, **facts) -> Resolution:
    known = {"kind": Kind.ORDINARY, "wording": title, "outcome": Outcome.ADOPTED, "actor": ""} | facts
    return await book.enter(body, title=title, taken_at=at, **known)
