"""Joining and leaving the mailing list: one letter asks for confirmation, and only a button pressed confirms."""

from typing import Any

from mailing import lists, readers
from mailing.addresses import address_key
from mailing.lists import Evidence, Outcome
from mailing.readers import State
from mailing.tables import Consent, Letter, Subscriber
from network import clock
from network.activity import WORKER, record
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, locale, speaking
from network.jobs import Job
from network.newsletter import letters
from network.newsletter.promise import the_list, wording
from network.references import new_reference

TIDIED = N_("mailing list tidied up")


async def join(
    email: str,
    *,
    source: str,
    asked_from: str = "",
    raw_request: str = "",
    by_themselves: bool = True,
    actor: str = "",
    **told: str,
) -> Outcome:
    """Ask this address for confirmation, in the language being spoken; `told` is name, provider_status and land.

    Who reads already gets a letter that says so, once a day at most. What the caller shows must not depend on the
    outcome: a stranger would learn who is on the list.
    """
    async with DB.transaction():
        mailing_list = await the_list()
        words, version = await wording(mailing_list)
        evidence = Evidence(source, words, version, raw_request, asked_from)
        asked = await lists.ask(mailing_list, email, evidence, locale=locale(), by_themselves=by_themselves, **told)
        if asked.outcome is Outcome.ASKED and asked.subscriber and asked.consent:
            letter = await letters.please_confirm(asked.subscriber, mailing_list, asked.token)
            await lists.was_asked_by(asked.consent, letter.message_id)
            await record(actor, N_("asked to join the mailing list"), lists.about(asked.subscriber), detail=source)
        elif asked.subscriber and not await told_today(asked.subscriber):
            await letters.already_reading(asked.subscriber, mailing_list)
    return asked.outcome


async def told_today(reader: Subscriber) -> bool:
    mine = (Letter.about == lists.about(reader)) & (Letter.template == "newsletter/already_reading")
    return bool(await Letter.exists().where(mine & (Letter.written_at > clock.ago(days=1))))


async def asked_today(email: str) -> bool:
    """Is a request for confirmation that went to this address within a day still open?"""
    return bool(
        await Consent.exists().where(
            (Consent.subscriber.email_key == address_key(email))
            & (Consent.asked_at > clock.ago(days=1))
            & (Consent.confirmed_at == None)
        )
    )


async def ask_at_registration(email: str, name: str = "", source: str = "", locale: str = "de") -> None:
    """The job behind the tick "join the mailing list" of an event's registration; one request a day, whoever ticks."""
    if await asked_today(email):
        return
    with speaking(locale):
        await join(email, source=source, name=name, by_themselves=False)


async def confirm(token: str, *, confirmed_from: str = "") -> Subscriber | None:
    """Press the button of the letter. None when the link no longer works."""
    async with DB.transaction():
        fresh = await lists.confirmable(token)
        reader = await lists.confirm(token, confirmed_from=confirmed_from)
        if reader and fresh and fresh.confirmed_at is None:
            await record("", N_("joined the mailing list"), lists.about(reader))
    return reader


async def leave(key: str, *, by: str, actor: str = "") -> Subscriber | None:
    """Stop reading, at once; leaving twice is leaving once."""
    async with DB.transaction():
        before = await lists.reader_with(key)
        reader = await lists.leave(key, by=by)
        if reader and before and before.left_at is None:
            await record(actor, N_("left the mailing list"), lists.about(reader), detail=by)
    return reader


async def take_out_unreachable(actor: str) -> int:
    """Take every address off the list that cannot be reached; return how many they were."""
    async with DB.transaction():
        mailing_list = await the_list()
        dead = await Subscriber.objects().where(readers.in_state(State.BOUNCED) & (Subscriber.list == mailing_list.id))
        for reader in dead:
            await leave(reader.key, by="office", actor=actor)
    return len(dead)


async def change(key: str, **told: Any) -> Subscriber:
    """Change what one tells of oneself."""
    async with DB.transaction():
        reader = await lists.reader_with(key)
        if reader is None or reader.left_at:
            raise Refused(_("This address is not on the list any more."))
        await lists.change(reader, **told)
        await record("", N_("changed their entry in the mailing list"), lists.about(reader))
    return reader


async def erase(actor: str, email: str) -> int:
    """Delete everything about an address from the lists, at its wish; only a digest remains: never again by mistake."""
    async with DB.transaction():
        rows = await lists.erase(email)
        await Job.delete().where((Job.kind == "newsletter.ask") & Job.payload.like(f'%"{email}"%'))
        await record(actor, N_("address erased from the mailing list"), f"erasure:{new_reference()}")
    return rows


async def tidy_up() -> None:
    """Daily: requests that nobody confirmed."""
    if expired := await lists.expire_unconfirmed():
        await record(WORKER, TIDIED, "list:", detail=str(expired))


async def notice_bounces() -> None:
    """Every few minutes: whose address an issue found dead is not written to again until they confirm anew."""
    if number := await lists.notice_bounces():
        await record(WORKER, N_("unreachable addresses taken out"), "list:", detail=str(number))
