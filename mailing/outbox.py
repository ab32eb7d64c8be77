"""The outbox: every letter is a row before it is an act."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mailing import campaigns, letters, message, smtp
from mailing.courier import Courier
from mailing.letters import Extras, Sender
from mailing.message import one_line
from mailing.retention import is_forgotten
from mailing.tables import Letter, LetterState
from mailing.tray import Parcel, Tray
from network import clock, leases, wakeups
from network.activity import record
from network.database import DB, now_sql, on_sqlite, skip_locked
from network.errors import Refused
from network.i18n import N_, _
from network.references import new_reference
from network.settings import settings

LATE = timedelta(minutes=30)
REMEMBERED = timedelta(days=14)
AGAIN = [LetterState.HELD, LetterState.FAILED, LetterState.WITHDRAWN]


@dataclass(frozen=True, slots=True)
class Address:
    name: str
    email: str


async def post(
    template: str,
    to: Address,
    sender: Sender,
    *,
    locale: str = "de",
    about: str = "",
    due_at: datetime | None = None,
    extras: Extras | None = None,
    **context: Any,
) -> Letter:
    """Write a letter in the deed's transaction; the worker delivers it. `about` is "kind:reference" of the thing.

    Without SMTP_URL the letter is held: it can be read in the outbox and leaves only by "send again".
    """
    extras, now = extras or Extras(), clock.now()
    written = letters.write(template, locale, **context)
    reference = new_reference()
    letter = Letter(
        reference=reference,
        message_id=f"<{reference}@{sender.email.rpartition('@')[2]}>",
        template=template,
        about=about,
        locale=locale,
        from_name=one_line(sender.name),
        from_email=sender.email,
        reply_to=sender.reply_to,
        to_name=one_line(to.name),
        to_email=to.email,
        subject=written.subject,
        text=written.text,
        footer=sender.footer(locale),
        calendar=extras.calendar.text if extras.calendar else "",
        calendar_method=extras.calendar.method if extras.calendar else "",
        attachment_name=extras.enclosure.name if extras.enclosure else "",
        attachment_type=extras.enclosure.media_type if extras.enclosure else "",
        attachment=extras.enclosure.content if extras.enclosure else b"",
        headers=extras.headers_json,
        secrets=json.dumps(list(extras.secrets)),
        state=LetterState.QUEUED if smtp.server() else LetterState.HELD,
        written_at=now,
        due_at=due_at or now,
    )
    await letter.save()
    if letter.state == LetterState.QUEUED:
        wakeups.POST.ring()
    return letter


async def send_again(reference: str, actor: str) -> Letter:
    """Let a held, failed or withdrawn letter go; of one that was sent a copy goes, with a Message-ID of its own.

    Refused without a mail server, and while the letter is on its way already. Returns the letter that will go.
    """
    if not smtp.server():
        raise Refused(_("No mail server is set up (SMTP_URL), so nothing can leave the house."))
    async with DB.transaction():
        letter = await known(reference)
        if is_forgotten(letter):
            raise Refused(_("This letter is forgotten: nobody knows any more to whom it went and what it said."))
        if letter.state == LetterState.QUEUED:
            raise Refused(_("This letter is on its way already."))
        if letter.state == LetterState.SENT:
            letter = copy_of(letter)
            await letter.save()
        else:
            await requeue(letter)
        await record(actor, N_("letter sent again"), f"letter:{letter.reference}", letter.subject)
    wakeups.POST.ring()
    return letter


async def withdraw(reference: str, actor: str) -> None:
    """Keep a letter from leaving. Refused when it has left or is being handed over at this moment."""
    async with DB.transaction():
        letter = await known(reference)
        free, held = leases.free()
        gone = await Letter.raw(
            "UPDATE letter SET state = 'withdrawn' WHERE id = {} AND state IN ('held', 'queued', 'failed') "
            f"AND {free} RETURNING id",
            letter.id,
            *held,
        )
        if not gone:
            raise Refused(_("This letter has left already."))
        await record(actor, N_("letter withdrawn"), f"letter:{letter.reference}", letter.subject)


async def known(reference: str) -> Letter:
    letter = await Letter.objects().get(Letter.reference == reference)
    if letter is None:
        raise Refused(_("There is no such letter."))
    return letter


def copy_of(letter: Letter) -> Letter:
    """The same words once more. A mail program that has the first would hide a second with the same Message-ID."""
    kept = {"id", "reference", "message_id", "sent_at", "answer", "attempts", "leased_until", "leased_by"}
    facts = {name: value for name, value in letter.to_dict().items() if name not in kept}
    reference = new_reference()
    facts |= {"reference": reference, "message_id": f"<{reference}@{letter.from_email.rpartition('@')[2]}>"}
    now = clock.now()
    return Letter(**(facts | {"state": LetterState.QUEUED, "written_at": now, "due_at": now}))


async def requeue(letter: Letter) -> None:
    values: dict[Any, Any] = {
        Letter.state: LetterState.QUEUED,
        Letter.due_at: clock.now(),
        Letter.attempts: 0,
        Letter.answer: "",
    }
    still = await Letter.update(values).where((Letter.id == letter.id) & Letter.state.is_in(AGAIN)).returning(Letter.id)
    if not still:
        raise Refused(_("This letter is on its way already."))


async def counts() -> dict[str, int]:
    """How many letters are in each state; every state is there."""
    rows = await Letter.raw("SELECT state, count(*) AS number FROM letter GROUP BY state")
    return dict.fromkeys(map(str, LetterState), 0) | {row["state"]: row["number"] for row in rows}


@dataclass(frozen=True, slots=True)
class Failing:
    """A letter that needs somebody: given up, or waiting for longer than half an hour."""

    reference: str
    to_name: str
    to_email: str
    subject: str
    state: str
    since: datetime
    answer: str


async def failing(limit: int = 50) -> list[Failing]:
    """For Today, the newest first: failed within two weeks, or due and still not gone."""
    failed = (Letter.state == LetterState.FAILED) & (Letter.written_at > clock.now() - REMEMBERED)
    stuck = (Letter.state == LetterState.QUEUED) & (Letter.written_at < clock.now() - LATE)
    stuck = stuck & ((Letter.due_at < clock.now() - LATE) | (Letter.attempts > 0))
    names = [Letter.reference, Letter.to_name, Letter.to_email, Letter.subject, Letter.state, Letter.answer]
    rows = await (
        Letter.select(*names, Letter.written_at.as_alias("since"))
        .where(failed | stuck)
        .order_by(Letter.written_at, ascending=False)
        .limit(limit)
    )
    return [Failing(**row) for row in rows]


def raw_source(letter: Letter) -> bytes:
    """The bytes that go, or would go, to the mail server."""
    return message.as_bytes(letter)


# --- carrying -------------------------------------------------------------------------------------------------------


async def claim(owner: str, limit: int) -> list[Parcel]:
    """Lease due letters, in one statement, so that two workers never hold the same one.

    What was due when it was written is due whatever the clock shows now: it may have been put back since.
    """
    due, args = ("{}", [clock.now()]) if clock.is_set() else (now_sql(), [])
    free, held = leases.free()
    rows = await Letter.raw(
        "WITH due AS MATERIALIZED (SELECT id FROM letter WHERE state = 'queued' "
        f"AND (due_at <= {due} OR due_at <= written_at AND attempts = 0) AND {free} "
        f"ORDER BY due_at, id LIMIT {limit} {skip_locked()}) "
        f"UPDATE letter SET leased_until = {now_sql(plus_seconds=settings().lease_seconds)}, leased_by = {{}} "
        "FROM due WHERE letter.id = due.id RETURNING letter.id, attempts, from_email, to_email",
        *args,
        *held,
        owner,
    )
    return [
        Parcel(LETTERS, row["id"], row["attempts"], row["from_email"], row["to_email"], bytes_of(row["id"]))
        for row in sorted(rows, key=lambda row: row["id"])
    ]


def bytes_of(letter_id: int) -> Any:
    """Read and written out only when its turn comes: letters may carry large enclosures."""

    async def written() -> bytes:
        letter = await Letter.objects().get(Letter.id == letter_id)
        if letter is None:
            raise LookupError("the letter is gone")
        return message.as_bytes(letter)

    return written


LETTERS = Tray(Letter, claim, 500)


@asynccontextmanager
async def a_courier(owner: str) -> AsyncIterator[Courier]:
    """The courier for this process: letters first, then what goes to many."""
    one = Courier(smtp.server, [LETTERS, campaigns.DELIVERIES], owner, settings().lease_seconds)
    try:
        yield one
    finally:
        await one.close()


async def deliver_due(owner: str = "worker") -> int:
    """Carry everything that is due now; return how many were tried. A running house keeps a courier instead."""
    async with a_courier(owner) as one:
        return await one.deliver_due()


async def take_over(owner: str) -> None:
    """A new start takes what its dead predecessor held; on the embedded database nobody else can hold anything."""
    if on_sqlite():
        await LETTERS.release_all_of(owner)
        await campaigns.DELIVERIES.release_all_of(owner)
