"""Lists of readers: asking, confirming, leaving, and the evidence of it; a reader's state follows from dates."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mailing.addresses import address_key
from mailing.readers import Condition, State, state_of
from mailing.tables import Consent, Delivery, DeliveryState, Letter, MailingList, Subscriber, Suppression
from network import clock
from network.database import DB, chunks
from network.folding import search_key
from network.i18n import local
from network.references import fingerprint, new_reference, new_token

CONFIRM_DAYS = 7
EVIDENCE_YEARS = 3  # from the end of the year on (§§ 195, 199 BGB)
ENDED = "COALESCE(left_at, bounced_at)"  # when somebody stopped reading, or could not be reached any more
PORTION = 100
ENHANCED = re.compile(r"\d{3}[ -]\d\.\d{1,3}\.\d{1,3}\b")
UNKNOWN_CODE = re.compile(r"5\d\d[ -]5\.1\.(?:1|2|3|6|10)\b")
UNKNOWN_WORDS = re.compile(r"unknown|no such|not exist|not found|invalid (?:user|recipient|mailbox)", re.IGNORECASE)


class Outcome(StrEnum):
    ASKED = "asked"  # a confirmation request is due
    ALREADY = "already"  # confirmed long ago; nothing has changed
    SUPPRESSED = "suppressed"  # erased at their own wish; only they themselves can lift it


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves a joining (BGH I ZR 164/09): the words that were read, where they stood, and the request itself."""

    source: str
    wording: str
    wording_version: str
    raw_request: str = ""
    asked_from: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    outcome: Outcome
    subscriber: Subscriber | None = None
    consent: Consent | None = None
    token: str = ""


# Joining -------------------------------------------------------------------------------------------------------------


async def ask(
    mailing_list: MailingList,
    email: str,
    evidence: Evidence,
    *,
    name: str = "",
    locale: str = "de",
    provider_status: str = "",
    land: str = "",
    by_themselves: bool = False,
) -> Asked:
    """Note that somebody wants to read; the caller writes the confirmation request with the token.

    The same address again keeps its row: pending gets a further token, left and bounced begin anew, confirmed changes
    nothing. An erased address is asked only when it comes `by_themselves`, and stays suppressed until it confirms.
    """
    key = address_key(email)
    async with DB.transaction():
        if await is_suppressed(email) and not by_themselves:
            return Asked(Outcome.SUPPRESSED)
        reader = await entered(mailing_list, email, key)
        if state_of(reader) is State.CONFIRMED:
            return Asked(Outcome.ALREADY, reader)
        reader.asked_at, reader.locale = clock.now(), locale
        reader.name = name or reader.name
        reader.provider_status = provider_status or reader.provider_status
        reader.land = land or reader.land
        write_to(reader, email)
        reader.confirmed_at = reader.left_at = reader.bounced_at = None
        await reader.save()
        token = new_token()
        consent = await noted(reader, evidence, token)
    return Asked(Outcome.ASKED, reader, consent, token)


async def entered(mailing_list: MailingList, email: str, key: str) -> Subscriber:
    """The row of this address, made if there is none, and held until the deed is done."""
    fresh = Subscriber(
        reference=new_reference(),
        list=mailing_list.id,
        email=email,
        email_key=key,
        key=new_token(),
        asked_at=clock.now(),
    )
    await Subscriber.insert(fresh).on_conflict(action="DO NOTHING", target=(Subscriber.list, Subscriber.email_key))
    return (await held((Subscriber.list == mailing_list.id) & (Subscriber.email_key == key)))[0]


async def held(which: Condition) -> list[Subscriber]:
    """Take the rows before deciding anything about them: an update that changes nothing is a lock on both engines."""
    rows = await (
        Subscriber.update({Subscriber.reference: Subscriber.reference + ""})
        .where(which)
        .returning(*Subscriber.all_columns())
    )
    return [Subscriber(**row, _exists_in_db=True) for row in rows]


async def noted(reader: Subscriber, evidence: Evidence, token: str) -> Consent:
    consent = Consent(
        subscriber=reader.id,
        email=reader.email,
        source=evidence.source[:200],
        wording=evidence.wording,
        wording_version=evidence.wording_version,
        raw_request=evidence.raw_request,
        asked_from=evidence.asked_from[:60],
        asked_at=clock.now(),
        token_digest=fingerprint(token),
    )
    await consent.save()
    return consent


async def was_asked_by(consent: Consent, message_id: str) -> None:
    """Remember which letter carried the request for confirmation."""
    await Consent.update({Consent.message_id: message_id}).where(Consent.id == consent.id)


async def confirmable(token: str) -> Consent | None:
    """The asking that this token answers; none when it is unknown, ended or older than seven days.

    A token that was used stays good while the reader stays: a second press of the button shows the same page.
    """
    found = await Consent.objects(Consent.subscriber).get(
        (Consent.token_digest == fingerprint(token)) & (Consent.ended_at == None)
    )
    if found is None or (found.confirmed_at is None and found.asked_at <= clock.ago(days=CONFIRM_DAYS)):
        return None
    return found


async def confirm(token: str, *, confirmed_from: str = "") -> Subscriber | None:
    """From now on the address that got this link reads, and no other that was asked since; both times are kept.

    None when the link no longer works; twice is once.
    """
    async with DB.transaction():
        consent = await confirmable(token)
        if consent is None:
            return None
        reader = (await held(Subscriber.id == consent.subscriber.id))[0]
        consent = await confirmable(token)  # once more, now that nobody else can answer it
        if consent is None or consent.confirmed_at:
            return reader if consent else None
        now = clock.now()
        await Consent.update({Consent.confirmed_at: now, Consent.confirmed_from: confirmed_from[:60]}).where(
            Consent.id == consent.id
        )
        write_to(reader, consent.email)
        reader.confirmed_at = reader.confirmed_at or now
        reader.left_at = reader.bounced_at = None
        await reader.save()
        await Suppression.delete().where(Suppression.digest == fingerprint(reader.email_key))
    return reader


def write_to(reader: Subscriber, email: str) -> None:
    reader.email, reader.search = email, search_key(reader.name, email)[:900]


# Staying and leaving -------------------------------------------------------------------------------------------------


async def reader_with(key: str) -> Subscriber | None:
    """Whoever holds the key that stands in every letter."""
    return await Subscriber.objects().get(Subscriber.key == key)


async def change(reader: Subscriber, *, name: str, locale: str, provider_status: str, land: str) -> None:
    """What readers tell of themselves; all of it is voluntary."""
    await Subscriber.update(
        {
            Subscriber.name: name,
            Subscriber.locale: locale,
            Subscriber.provider_status: provider_status,
            Subscriber.land: land,
            Subscriber.search: search_key(name, reader.email)[:900],
        }
    ).where(Subscriber.id == reader.id)


async def leave(key: str, *, by: str) -> Subscriber | None:
    """Effective at once, also for letters that wait in a sending. `by` is "link", "one-click" or "office"."""
    return await end(Subscriber.key == key, by=by)


async def bounced(subscriber_id: int) -> Subscriber | None:
    """The address does not exist any more (5xx): stop writing to it."""
    return await end(Subscriber.id == subscriber_id, by="bounce")


async def end(which: Condition, *, by: str) -> Subscriber | None:
    async with DB.transaction():
        rows = await held(which)
        if not rows:
            return None
        reader, now = rows[0], clock.now()
        if reader.left_at or (by == "bounce" and reader.bounced_at):
            return reader
        if by == "bounce":
            reader.bounced_at = now
        else:
            reader.left_at = now
        await reader.save()
        await Consent.update({Consent.ended_at: now, Consent.ended_by: by}).where(
            (Consent.subscriber == reader.id) & (Consent.ended_at == None)
        )
        await Delivery.update({Delivery.state: DeliveryState.SKIPPED, Delivery.answer: by}).where(
            (Delivery.subscriber == reader.id) & (Delivery.state == DeliveryState.QUEUED)
        )
    return reader


async def notice_bounces() -> int:
    """Stop writing to addresses that the other side said do not exist; return how many they were.

    Only what is said about the address counts (RFC 3463, 5.1.x): refused mail is no dead address.
    """
    rows = await Delivery.raw(
        "SELECT DISTINCT r.id, d.answer FROM delivery d JOIN subscriber r ON r.id = d.subscriber "
        "JOIN sending s ON s.id = d.sending WHERE d.state = 'failed' AND r.left_at IS NULL AND r.bounced_at IS NULL "
        "AND r.confirmed_at < s.created_at AND s.list = r.list"
    )
    dead = {row["id"] for row in rows if says_unknown(row["answer"])}
    for subscriber_id in dead:
        await bounced(subscriber_id)
    return len(dead)


def says_unknown(answer: str) -> bool:
    """Such as 550 5.1.1 User unknown; without an enhanced code the words decide."""
    if ENHANCED.match(answer):
        return bool(UNKNOWN_CODE.match(answer))
    return bool(UNKNOWN_WORDS.search(answer)) and answer[:3] in ("550", "551", "553")


# Forgetting ----------------------------------------------------------------------------------------------------------


async def expire_unconfirmed() -> int:
    """Daily. Requests that nobody confirmed within seven days go, with the letter that asked; return how many.

    Who had confirmed once before is again what they were: their evidence is kept for as long as the law asks.
    """
    limit = clock.ago(days=CONFIRM_DAYS)
    async with DB.transaction():
        await Consent.delete().where((Consent.confirmed_at == None) & (Consent.asked_at <= limit))
        stale = await held((Subscriber.confirmed_at == None) & (Subscriber.asked_at <= limit))
        gone = [reader for reader in stale if not await as_before(reader)]
        for some in chunks(gone):
            await Letter.delete().where(Letter.about.is_in([about(reader) for reader in some]))
            await Subscriber.delete().where(Subscriber.id.is_in([reader.id for reader in some]))
    return len(gone)


async def as_before(reader: Subscriber) -> bool:
    last = await (
        Consent.objects()
        .where((Consent.subscriber == reader.id) & (Consent.confirmed_at != None))
        .order_by(Consent.id, ascending=False)
        .first()
    )
    if last is None:
        return False
    write_to(reader, last.email)
    reader.asked_at, reader.confirmed_at = last.asked_at, last.confirmed_at
    if last.ended_by == "bounce":
        reader.bounced_at = last.ended_at
    else:
        reader.left_at = last.ended_at or clock.now()
    await reader.save()
    return True


async def forget_ended(limit: date, most: int = PORTION) -> int:
    """A portion of those who left, or could not be reached any more, on this day or before: only the digest remains.

    Returns how many consents they had given; 0 when nobody is left.
    """
    readers = await Subscriber.raw(
        f"SELECT id, email FROM subscriber WHERE {ENDED} < {{}} ORDER BY id LIMIT {most}", clock.end_of(limit)
    )
    number = 0
    for row in readers:
        number += max(1, await Consent.count().where(Consent.subscriber == row["id"]))
        await erase(row["email"])
    return number


async def evidence_left(limit: date) -> int:
    """How many consents those gave who left on this day or before."""
    rows = await Subscriber.raw(
        "SELECT s.id AS id, COUNT(c.id) AS number FROM subscriber s LEFT JOIN consent c ON c.subscriber = s.id "
        f"WHERE {ENDED} < {{}} GROUP BY s.id",
        clock.end_of(limit),
    )
    return sum(max(1, int(row["number"])) for row in rows)


async def next_evidence(limit: date) -> date | None:
    """The next day after on which somebody left."""
    rows = await Subscriber.raw(
        f"SELECT left_at, bounced_at FROM subscriber WHERE {ENDED} >= {{}} ORDER BY {ENDED} LIMIT 1",
        clock.end_of(limit),
    )
    return local(rows[0]["left_at"] or rows[0]["bounced_at"]) if rows else None


async def requests_left(limit: date) -> int:
    """How many requests of this day or before nobody has confirmed."""
    return int(await Consent.count().where((Consent.confirmed_at == None) & (Consent.asked_at < clock.end_of(limit))))


async def next_request(limit: date) -> date | None:
    later = (Consent.confirmed_at == None) & (Consent.asked_at >= clock.end_of(limit))
    first = await Consent.select(Consent.asked_at).where(later).order_by(Consent.asked_at).first()
    return local(first["asked_at"]) if first else None


async def is_suppressed(email: str) -> bool:
    return bool(await Suppression.exists().where(Suppression.digest == fingerprint(address_key(email))))


async def erase(email: str) -> int:
    """Delete an address from every list with everything about it; return how many rows it had.

    Only its digest remains, so that nobody writes to it by mistake; what was sent is counted without an address.
    """
    key = address_key(email)
    async with DB.transaction():
        readers = await held(Subscriber.email_key == key)
        for reader in readers:
            await Delivery.update({Delivery.state: DeliveryState.SKIPPED}).where(
                (Delivery.subscriber == reader.id) & (Delivery.state == DeliveryState.QUEUED)
            )
            await Delivery.update(
                {Delivery.email: "", Delivery.name: "", Delivery.key: "", Delivery.answer: "erased"}
            ).where(Delivery.subscriber == reader.id)
            await Letter.delete().where(Letter.about == about(reader))
            await Subscriber.delete().where(Subscriber.id == reader.id)
        kept = Suppression(digest=fingerprint(key), since=clock.now())
        await Suppression.insert(kept).on_conflict(action="DO NOTHING", target=Suppression.digest)
    return len(readers)


def about(reader: Subscriber) -> str:
    """What letters to a reader are filed under."""
    return f"subscriber:{reader.reference}"
