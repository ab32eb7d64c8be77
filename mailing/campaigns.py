"""One text to many readers: started in one statement, carried in lots, paused and counted at any time."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from markupsafe import Markup

from mailing import letters, smtp
from mailing.letters import Sender
from mailing.message import signed
from mailing.stencil import GREETING, KEY, NAME, Reader, Stencil
from mailing.tables import Delivery, DeliveryState, MailingList, Sending, SendingState, SendingText
from mailing.tray import Parcel, Tray
from network import clock, leases, wakeups
from network.activity import record
from network.database import DB, chunks, marks, now_sql, skip_locked
from network.errors import Refused
from network.i18n import N_, _, speaking
from network.references import new_reference
from network.settings import settings

__all__ = ["DELIVERIES", "GREETING", "KEY", "NAME", "Links", "Progress", "Reader", "Words", "composed", "start"]

PACE_SECONDS = 30  # the pace of the last half minute tells how long the rest will take
KEPT_STENCILS = 4


@dataclass(frozen=True, slots=True)
class Links:
    """Where a reader can do something, as whole addresses with KEY in them. `one_click` takes the RFC 8058 POST."""

    preferences: str = ""
    leave: str = ""
    one_click: str = ""
    mailto: str = ""  # "unsubscribe@example.org?subject=…", where somebody reads that
    help: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """The text in one language. `html` is its body as safe markup; without it the text is set in paragraphs.

    GREETING, NAME and KEY may stand anywhere in text and html; the subject is the same for everybody.
    """

    locale: str
    subject: str
    text: str
    html: str = ""
    links: Links = Links()


Chosen = tuple[str, Sequence[Any]]  # a SELECT of id, email, name, key, locale from subscriber, and its values


async def start(
    to: MailingList | None,
    texts: Sequence[Words],
    sender: Sender,
    readers: Chosen | Sequence[Reader],
    *,
    about: str = "",
    looks_like: MailingList | None = None,
) -> Sending:
    """Write down a sending and everybody it goes to, in the deed's transaction; the courier does the rest.

    Readers whose language is missing get the first text. Refused when nobody would get it. Without a mail server it
    begins paused, like a held letter, and leaves only by `resume`. A test goes `to` no list, but `looks_like` one.
    """
    async with DB.transaction():
        sending = Sending(
            reference=new_reference(),
            about=about,
            list=to.id if to else None,
            from_name=sender.name,
            from_email=sender.email,
            reply_to=sender.reply_to,
            state=SendingState.QUEUED if smtp.server() else SendingState.PAUSED,
            created_at=clock.now(),
        )
        await sending.save()
        for words in texts:
            await finished(sending, words, sender, to or looks_like).save()
        if isinstance(readers, tuple) and len(readers) == 2 and isinstance(readers[0], str):  # noqa: PLR2004
            await enter_chosen(sending, *readers)
        else:
            await enter_named(sending, readers)
        sending.total = await Delivery.count().where(Delivery.sending == sending.id)
        if not sending.total:
            raise Refused(_("Nobody would get this issue."))
        await sending.save([Sending.total])
    wakeups.POST.ring()
    return sending


def finished(sending: Sending, words: Words, sender: Sender, to: MailingList | None) -> SendingText:
    """The text as it will go out, with its gaps; a text that cannot be sent is refused here and not on the way."""
    whole = composed(words, sender)
    headers = list_headers(words, sender, to)
    text = SendingText(
        sending=sending.id,
        locale=words.locale,
        subject=whole.subject,
        text=whole.text,
        html=whole.html,
        headers=json.dumps(headers),
    )
    Stencil(sender, text)
    return text


def composed(words: Words, sender: Sender) -> Words:
    """The text with its foot: one's own links, and who writes. Also for previews."""
    with speaking(words.locale):
        foot = [
            _("Change your preferences: %(link)s", link=words.links.preferences) if words.links.preferences else "",
            _("Leave the list: %(link)s", link=words.links.leave) if words.links.leave else "",
        ]
    footer = "\n\n".join(part for part in ("\n".join(filter(None, foot)), sender.footer(words.locale)) if part)
    body = Markup(words.html) if words.html else letters.as_body(words.text)  # noqa: S704  the caller's safe markup
    html = letters.framed(words.subject, body, footer, words.locale)
    return replace(words, text=signed(words.text, footer), html=html)


def list_headers(words: Words, sender: Sender, to: MailingList | None) -> dict[str, str]:
    """What mail programs show as "leave this list" (RFC 2369, 2919, 8058), and what keeps absence notes away."""
    links = words.links
    headers = {"Precedence": "bulk", "X-Auto-Response-Suppress": "OOF, AutoReply"}
    if to:
        title = (to.title_en if words.locale == "en" else "") or to.title_de
        domain = sender.email.rpartition("@")[2]
        headers["List-Id"] = f"{title if title.isascii() else to.slug} <{to.slug}.{domain}>"
    ways = [f"<{way}>" for way in (links.one_click, f"mailto:{links.mailto}" if links.mailto else "") if way]
    if ways:
        headers["List-Unsubscribe"] = ", ".join(ways)
    if links.one_click:
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    if links.help:
        headers["List-Help"] = f"<{links.help}>"
    return headers


async def enter_chosen(sending: Sending, select: str, values: Sequence[Any]) -> None:
    """Everybody the SELECT finds, in one statement: the readers never pass through this process."""
    columns = "sending, subscriber, email, name, key, locale, state, due_at, leased_by, attempts, answer"
    await Delivery.raw(
        f"INSERT INTO delivery ({columns}) "
        "SELECT s.id, r.id, r.email, r.name, r.key, r.locale, 'queued', s.created_at, '', 0, '' "
        f"FROM sending AS s, ({select}) AS r WHERE s.id = {{}} ORDER BY r.id",
        *values,
        sending.id,
    )


async def enter_named(sending: Sending, readers: Sequence[Reader]) -> None:
    for some in chunks(readers):
        rows = [
            Delivery(
                sending=sending.id,
                subscriber=reader.subscriber,
                email=reader.email,
                name=reader.name,
                key=reader.key,
                locale=reader.locale,
                due_at=sending.created_at,
            )
            for reader in some
        ]
        await Delivery.insert(*rows)


async def pause(reference: str, actor: str) -> None:
    """Stop within about a second; what is on its way arrives."""
    await change_state(reference, [SendingState.QUEUED, SendingState.SENDING], SendingState.PAUSED)
    await record(actor, N_("sending paused"), f"sending:{reference}")


async def resume(reference: str, actor: str) -> None:
    """Go on. Refused without a mail server."""
    if not smtp.server():
        raise Refused(_("No mail server is set up (SMTP_URL), so nothing can leave the house."))
    await change_state(reference, [SendingState.PAUSED], SendingState.SENDING)
    await record(actor, N_("sending resumed"), f"sending:{reference}")
    wakeups.POST.ring()


async def change_state(reference: str, before: list[SendingState], after: SendingState) -> None:
    mine = (Sending.reference == reference) & Sending.state.is_in(before)
    if not await Sending.update({Sending.state: after}).where(mine).returning(Sending.id):
        raise Refused(_("This sending is not in a state in which that can be done."))


@dataclass(frozen=True, slots=True)
class Progress:
    state: str
    total: int
    sent: int
    failed: int
    skipped: int
    waiting: int
    seconds_left: int | None  # None: at rest, or too early to tell

    @property
    def percent(self) -> int:
        return 100 * (self.total - self.waiting) // self.total if self.total else 100


async def progress(reference: str) -> Progress | None:
    sending = await Sending.objects().get(Sending.reference == reference)
    if sending is None:
        return None
    rows = await Delivery.raw(
        "SELECT state, count(*) AS number, sum(CASE WHEN sent_at > {} THEN 1 ELSE 0 END) AS lately "
        "FROM delivery WHERE sending = {} GROUP BY state",
        clock.now() - timedelta(seconds=PACE_SECONDS),
        sending.id,
    )
    number = {row["state"]: int(row["number"]) for row in rows}
    lately = sum(int(row["lately"]) for row in rows)
    waiting = number.get(DeliveryState.QUEUED, 0)
    left = None
    if sending.state == SendingState.SENDING and lately:
        left = round(waiting * min(PACE_SECONDS, (clock.now() - sending.created_at).total_seconds()) / lately)
    return Progress(
        sending.state,
        sending.total,
        number.get(DeliveryState.SENT, 0),
        number.get(DeliveryState.FAILED, 0),
        number.get(DeliveryState.SKIPPED, 0),
        waiting,
        left,
    )


async def undelivered(reference: str, limit: int = 100) -> list[dict[str, Any]]:
    """Who did not get it, and what the other side said: email, name, answer; unless they are forgotten meanwhile."""
    columns = [Delivery.email, Delivery.name, Delivery.answer]
    mine = (
        (Delivery.sending._.reference == reference) & (Delivery.state == DeliveryState.FAILED) & (Delivery.email != "")
    )
    return await Delivery.select(*columns).where(mine).order_by(Delivery.id).limit(limit)


# --- carrying -------------------------------------------------------------------------------------------------------


async def claim(owner: str, limit: int) -> list[Parcel]:
    """Lease the next readers of the oldest sending that has any due; who left or bounced meanwhile is skipped here."""
    active = await Sending.raw(
        "SELECT id, reference, list, state, from_email FROM sending WHERE state IN ('queued', 'sending') ORDER BY id"
    )
    for sending in active:
        while rows := await claim_of(sending, owner, limit):
            if sending["state"] == SendingState.QUEUED:
                await begin(sending)
            going = [row for row in rows if row["state"] == DeliveryState.QUEUED]
            if going:
                return [parcel(sending, row) for row in sorted(going, key=lambda row: row["id"])]
    if active:
        await finish()
    return []


async def claim_of(sending: dict[str, Any], owner: str, limit: int) -> list[dict[str, Any]]:
    due, args = ("{}", [clock.now()]) if clock.is_set() else (now_sql(), [])
    free, held = leases.free()
    reads = (
        "EXISTS (SELECT 1 FROM subscriber WHERE subscriber.id = delivery.subscriber AND subscriber.left_at IS NULL "
        "AND subscriber.bounced_at IS NULL AND subscriber.confirmed_at IS NOT NULL)"
    )
    return await Delivery.raw(
        f"WITH due AS MATERIALIZED (SELECT id FROM delivery WHERE sending = {sending['id']} AND state = 'queued' "
        f"AND (due_at <= {due} OR attempts = 0) AND {free} "  # a first try is due whatever the clock is put back to
        f"ORDER BY id LIMIT {limit} {skip_locked()}) "
        f"UPDATE delivery SET leased_until = {now_sql(plus_seconds=settings().lease_seconds)}, leased_by = {{}}, "
        f"state = CASE WHEN {reads if sending['list'] else '1 = 1'} THEN 'queued' ELSE 'skipped' END "
        "FROM due WHERE delivery.id = due.id RETURNING delivery.id, email, name, key, locale, attempts, state",
        *args,
        *held,
        owner,
    )


async def begin(sending: dict[str, Any]) -> None:
    queued = (Sending.id == sending["id"]) & (Sending.state == SendingState.QUEUED)
    await Sending.update({Sending.state: SendingState.SENDING}).where(queued)
    sending["state"] = SendingState.SENDING


async def finish() -> None:
    """Done is what has nobody left to go to."""
    await Sending.raw(
        "UPDATE sending SET state = 'done', finished_at = {} WHERE state IN ('queued', 'sending') AND NOT EXISTS "
        "(SELECT 1 FROM delivery WHERE delivery.sending = sending.id AND delivery.state = 'queued')",
        clock.now(),
    )


def parcel(sending: dict[str, Any], row: dict[str, Any]) -> Parcel:
    reader = Reader(row["email"], row["name"], row["key"], row["locale"])
    domain = sending["from_email"].rpartition("@")[2]

    async def written() -> bytes:
        stencils = await stencils_of(sending["reference"])
        stencil = stencils.get(reader.locale) or next(iter(stencils.values()))
        return stencil.fill(reader, f"<{sending['reference']}.{row['id']}@{domain}>", clock.now())

    return Parcel(DELIVERIES, row["id"], row["attempts"], sending["from_email"], reader.email, written)


_stencils: dict[str, dict[str, Stencil]] = {}  # by a sending's reference; its texts never change


async def stencils_of(reference: str) -> dict[str, Stencil]:
    if reference not in _stencils:
        sending = await Sending.objects().get(Sending.reference == reference)
        if sending is None:
            raise LookupError("the sending is gone")
        texts = await SendingText.objects().where(SendingText.sending == sending.id).order_by(SendingText.id)
        sender = Sender(sending.from_name, sending.from_email, "", "", sending.reply_to)
        while len(_stencils) >= KEPT_STENCILS:
            _stencils.pop(next(iter(_stencils)))
        _stencils[reference] = {text.locale: Stencil(sender, text) for text in texts}
    return _stencils[reference]


async def unwanted(ids: Sequence[int]) -> set[int]:
    """Who left or bounced since the claim (mailing.lists.end skips what waits for them), and everybody of a pause."""
    found: set[int] = set()
    for some in chunks(ids):
        rows = await Delivery.raw(
            "SELECT delivery.id FROM delivery JOIN sending ON sending.id = delivery.sending "
            f"WHERE delivery.id IN ({marks(some)}) "
            "AND (delivery.state <> 'queued' OR sending.state = 'paused')",
            *some,
        )
        found |= {row["id"] for row in rows}
    return found


DELIVERIES = Tray(Delivery, claim, 300, unwanted)
