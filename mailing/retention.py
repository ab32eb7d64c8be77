"""What is kept of letters: reader and words for a time, kind and date for good (DOMAIN 3.6)."""

from datetime import date, datetime, timedelta
from typing import Any

from mailing.tables import Delivery, Letter
from network import clock, leases
from network.activity import WORKER, record
from network.i18n import N_, local
from network.settings import settings

FORGOTTEN = N_("letters forgotten, their dates kept")
# The subject stays: it says of which kind the letter was, and never names its reader.
EMPTY = (
    "to_name = '', to_email = '', text = '', footer = '', calendar = '', calendar_method = '', attachment_name = '', "
    "attachment_type = '', attachment = {}, headers = '', secrets = '[]', answer = '', "
    "state = CASE WHEN state IN ('queued', 'held') THEN 'withdrawn' ELSE state END"
)
# The request that a reader confirmed proves their consent, and goes with it (mailing.lists.forget_left).
NO_EVIDENCE = "message_id NOT IN (SELECT message_id FROM consent)"


async def forget_letters() -> None:
    """Daily. Letters lose their reader and their words; what readers of an issue are called goes from its sending."""
    limit = clock.now() - timedelta(days=settings().keep_letters_days)
    number = await forget("written_at <= {} AND (state <> 'queued' OR due_at <= {})", limit, limit)
    if number + await forget_readers(limit):
        await record(WORKER, FORGOTTEN, "list:", detail=str(number))


async def letters_left(limit: date) -> int:
    """How many letters of this day or before still have their reader and their words."""
    moment = clock.end_of(limit)
    rows = await Letter.raw(
        "SELECT COUNT(*) AS number FROM letter WHERE to_email <> '' AND written_at < {} "
        f"AND (state <> 'queued' OR due_at < {{}}) AND {NO_EVIDENCE}",
        moment,
        moment,
    )
    return int(rows[0]["number"])


async def next_letter(limit: date) -> date | None:
    later = (Letter.to_email != "") & (Letter.written_at >= clock.end_of(limit))
    first = await Letter.select(Letter.written_at).where(later).order_by(Letter.written_at).first()
    return local(first["written_at"]) if first else None


async def letters_proving() -> int:
    """How many letters are kept as evidence of a consent."""
    rows = await Letter.raw(f"SELECT COUNT(*) AS number FROM letter WHERE to_email <> '' AND NOT ({NO_EVIDENCE})")
    return int(rows[0]["number"])


def is_forgotten(letter: Letter) -> bool:
    return not letter.to_email


async def forget_about(thing: str) -> int:
    """The same for all letters about a thing, as soon as its people are forgotten; how many they were."""
    return await forget("about = {}", thing)


async def forget(which: str, *values: Any) -> int:
    free, held = leases.free()
    rows = await Letter.raw(
        f"UPDATE letter SET {EMPTY} WHERE to_email <> '' AND {which} AND {NO_EVIDENCE} AND {free} RETURNING id",
        b"",
        *values,
        *held,
    )
    return len(rows)


async def forget_readers(limit: datetime) -> int:
    """Whether and when each one got an issue stays with their entry in the list, for as long as that is kept."""
    rows = await Delivery.raw(
        "UPDATE delivery SET email = '', name = '', key = '', answer = '' WHERE email <> '' AND state <> 'queued' "
        "AND sending IN (SELECT id FROM sending WHERE created_at <= {}) RETURNING id",
        limit,
    )
    return len(rows)
