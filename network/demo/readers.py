"""The demo's mailing list: 312 read it, 7 have not confirmed yet, 9 addresses are dead, 21 people left."""

from datetime import date, datetime, time, timedelta

from mailing import lists
from mailing.addresses import address_key
from mailing.tables import Consent, Delivery, DeliveryState, MailingList, Sending, SendingState, Subscriber
from network import clock
from network.database import chunks
from network.demo.cast import Cast
from network.demo.texts import DRAFT_ISSUE, PASTED_MAIL, SENT_ISSUE
from network.folding import search_key
from network.members.lands import LANDS
from network.newsletter import joining, promise, writing
from network.newsletter.tables import Issue
from network.references import fingerprint, new_reference, new_token

STATUSES = {"interested": 96, "preparing": 58, "operating": 104, "member_staff": 54}
BOUNCED, LEFT, BY_FORM = 9, 21, 6
FORM = "/newsletter"


async def build(today: date, cast: Cast) -> None:
    mailing_list = await promise.the_list()
    words, version = await promise.wording(mailing_list)
    statuses = [status for status, number in STATUSES.items() for _n in range(number)]
    statuses += cast.lot.choices(list(STATUSES), k=BOUNCED + LEFT)
    rows = [
        subscriber(mailing_list, named, status, cast, today)
        for status, named in zip(statuses, cast.people(len(statuses)), strict=True)
    ]
    for row in rows[-LEFT:]:
        row.left_at = row.confirmed_at + timedelta(days=cast.lot.randint(30, 200))
    for some in chunks(rows, 100):
        for row, stored in zip(some, await Subscriber.insert(*some), strict=True):
            row.id = stored["id"]
        await Consent.insert(*(consent(row, words, version) for row in some))
    cast.dead_addresses = [row.id for row in rows[-LEFT - BOUNCED : -LEFT]]
    await ask_the_last(today, cast)


def subscriber(mailing_list: MailingList, named: tuple[str, str], status: str, cast: Cast, today: date) -> Subscriber:
    name, email = named
    asked = clock.berlin(today - timedelta(days=cast.lot.randint(300, 1100)), time(cast.lot.randint(8, 17), 12))
    told = name if cast.lot.random() < 0.6 else ""  # noqa: PLR2004  the field is voluntary
    return Subscriber(
        reference=new_reference(),
        list=mailing_list.id,
        email=email,
        email_key=address_key(email),
        name=told,
        locale="en" if cast.lot.random() < 0.04 else "de",  # noqa: PLR2004  a few read English
        provider_status=status,
        land=cast.lot.choice(sorted(LANDS)),
        search=search_key(told, email),
        key=new_token(),
        asked_at=asked,
        confirmed_at=asked + timedelta(minutes=cast.lot.randint(2, 600)),
    )


def consent(row: Subscriber, words: str, version: str) -> Consent:
    return Consent(
        subscriber=row.id,
        email=row.email,
        source=FORM,
        wording=words,
        wording_version=version,
        asked_at=row.asked_at,
        token_digest=fingerprint(new_token()),
        confirmed_at=row.confirmed_at,
        ended_at=row.left_at,
        ended_by="link" if row.left_at else "",
    )


async def ask_the_last(today: date, cast: Cast) -> None:
    """Seven have been asked in the last days and have not pressed the button yet; one of them wrote an e-mail."""
    for number, (name, email) in enumerate(cast.people(BY_FORM)):
        with clock.set_to(clock.berlin(today - timedelta(days=number % 5 + 1), time(9 + number, 12))):
            await joining.join(email, source=FORM, name=name, provider_status="interested")
    with clock.set_to(clock.berlin(today - timedelta(days=1), time(9, 14))):
        await joining.join(
            "mechthild.oelrich@example.org",
            source="e-mail",
            raw_request=PASTED_MAIL,
            by_themselves=False,
            actor=cast.mira.reference,
            name="Mechthild Oelrich",
            provider_status="operating",
            land="HE",
        )


async def write_issues(today: date, cast: Cast) -> None:
    """One issue went out three weeks ago, nine addresses turned out to be dead; the next one is being written."""
    sent_at = clock.berlin(today - timedelta(days=today.weekday() + 20), time(10, 30))
    with clock.set_to(sent_at):
        issue = await writing.draft(cast.mira.reference, **SENT_ISSUE)
        await send(issue, sent_at, cast)
    with clock.set_to(clock.berlin(today - timedelta(days=1), time(16, 5))):
        await writing.draft(cast.mira.reference, **DRAFT_ISSUE)


async def send(issue: Issue, sent_at: datetime, cast: Cast) -> None:
    """It left in two minutes; nine answers said that there is nobody."""
    await writing.send(cast.mira.reference, issue)
    sending = await Sending.objects().get(Sending.about == f"issue:{issue.reference}")
    assert sending
    done = sent_at + timedelta(minutes=2)
    await Delivery.update({Delivery.state: DeliveryState.SENT, Delivery.sent_at: done, Delivery.attempts: 1}).where(
        Delivery.sending == sending.id
    )
    await Sending.update({Sending.state: SendingState.DONE, Sending.finished_at: done}).where(Sending.id == sending.id)
    for dead in cast.dead_addresses:
        await Delivery.update(
            {Delivery.state: DeliveryState.FAILED, Delivery.sent_at: None, Delivery.answer: "550 5.1.1 User unknown"}
        ).where((Delivery.sending == sending.id) & (Delivery.subscriber == dead))
        await lists.bounced(dead)
