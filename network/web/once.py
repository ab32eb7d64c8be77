"""A form is taken once: a double click or the Back button leads to the same confirmation and does nothing more."""

from collections.abc import Awaitable, Callable

from network import clock
from network.database import DB, first_row
from network.references import fingerprint, new_token
from network.web.tables import Submission

KEEP_DAYS = 7


def form_token() -> str:
    return new_token()


async def once(token: str, deed: Callable[[], Awaitable[str]]) -> str:
    """Do the deed in one transaction, unless this form was taken already; return the address where its result stands.

    A second sending that comes while the first is still at work waits for it (the token is unique).
    """
    mark = fingerprint(token or new_token())
    async with DB.transaction():
        row = Submission(token=mark, at=clock.now())
        fresh = await Submission.insert(row).on_conflict(action="DO NOTHING", target=Submission.token)
        if not fresh:
            earlier = await first_row(Submission, "WHERE token = {}", mark)
            return earlier.location if earlier else "/"
        location = await deed()
        await Submission.update({Submission.location: location}).where(Submission.token == mark)
    return location


async def was_taken(token: str) -> bool:
    """Whether this form had been taken before: then what it says now is not what was done."""
    return bool(token) and bool(await first_row(Submission, "WHERE token = {}", fingerprint(token)))


async def forget_old() -> None:
    """Daily: forms older than a week are not sent twice by accident any more."""
    await Submission.delete().where(Submission.at < clock.ago(days=KEEP_DAYS))
