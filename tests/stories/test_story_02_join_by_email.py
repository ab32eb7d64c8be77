"""Story 2: joining by e-mail, as far as the form and the e-mail pasted by the office."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest

from mailing import campaigns, lists, outbox, readers
from mailing.readers import State
from mailing.tables import Consent, Letter, Subscriber, Suppression
from network import clock
from network.association.pages import notice, revise
from network.database import DB
from network.newsletter import joining, writing
from network.newsletter.promise import the_list
from network.newsletter.tables import Issue
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests.browser import send, submit
from tests.mailing.conftest import sink as sink  # noqa: PLC0414

DAY = datetime(2027, 9, 1, tzinfo=UTC)
RAW = """\
From: Lene Abendroth <lene.abendroth@example.org>
To: geschaeftsstelle@example.org
Date: Wed, 1 Sep 2027 09:12:00 +0200
Subject: Verteiler
Message-ID: <1@example.org>
Content-Type: text/plain; charset=utf-8

Bitte nehmen Sie uns in den Verteiler auf, wir sind seit 2019 anderer Leistungsanbieter
"""
ISSUE = {"subject_de": "Rundbrief 5", "body_de": "Neues aus dem Netz.", "subject_en": "", "body_en": ""}


def at(hour, minute, days=0):
    """The time that clocks in Berlin show on that day (summer time)."""
    return clock.set_to(DAY + timedelta(days=days, hours=hour - 2, minutes=minute))


@pytest.fixture
async def office(client, association):
    """Mira Quandt at her desk, and the privacy notice in its third version."""
    while (in_force := await notice("newsletter")) is None or in_force.version != "3":
        await revise("", "newsletter", f"Hinweis nach Fassung {in_force.version if in_force else 0}.")
    mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
    await roles.grant(mira, RoleKind.OFFICE, since=DAY.date())
    with at(8, 0):
        client.cookies.set(COOKIE, await sign_in.begin_session(mira))
    return client


async def paste(office, raw=RAW):
    page = await office.get("/office/newsletter/wrote")
    return await send(office, await send(office, page, mail=raw), press="ask")


async def test_joining_by_email(office):
    with at(9, 12):
        answer = await paste(office)
    [letter] = await Letter.objects()
    place = re.search(r"/newsletter/confirm/\S+", letter.text)[0]
    with at(9, 13):
        scanned = await office.get(place)
        still = readers.state_of(await Subscriber.objects().first())
    with at(10, 40):
        pressed = await submit(office, place)
        welcome = await office.get(pressed.headers["location"])

    reader = await Subscriber.objects().first()
    evidence = await Consent.objects().first()
    assert (answer.status_code, letter.template, letter.to_email) == (303, "newsletter/please_confirm", reader.email)
    assert (scanned.status_code, still, readers.state_of(reader)) == (200, State.PENDING, State.CONFIRMED)
    assert "Sie stehen im Verteiler" in welcome.text
    assert (reader.email, reader.name, reader.provider_status) == (
        "lene.abendroth@example.org", "Lene Abendroth", "operating",
    )  # fmt: skip
    assert evidence.raw_request.split() == RAW.split()
    assert (evidence.asked_at, evidence.confirmed_at) == (
        DAY + timedelta(hours=7, minutes=12),
        DAY + timedelta(hours=8, minutes=40),
    )
    assert (evidence.source, evidence.message_id) == ("e-mail", letter.message_id)
    assert evidence.wording.endswith("Hinweis nach Fassung 2.")
    assert evidence.wording_version.partition("-")[0] == "3"


async def test_a_second_email_is_answered_by_already_on_the_list(office):
    with at(9, 12):
        await paste(office)
        letter = await Letter.objects().first()
    with at(10, 40):
        await submit(office, re.search(r"/newsletter/confirm/\S+", letter.text)[0])
    with at(15, 0):
        await paste(office)

    templates = [one.template for one in await Letter.objects().order_by(Letter.id)]
    assert templates == ["newsletter/please_confirm", "newsletter/already_reading"]
    assert (await Subscriber.count(), await Consent.count()) == (1, 1)
    assert readers.state_of(await Subscriber.objects().first()) == State.CONFIRMED


async def test_an_out_of_office_reply_is_named_before_anything_goes_out(office):
    away = RAW.replace("Subject: Verteiler", "Subject: Abwesenheitsnotiz\nAuto-Submitted: auto-replied")

    with at(9, 12):
        page = await submit(office, "/office/newsletter/wrote", mail=away)

    assert "automatischen Antwort" in page.text
    assert await Letter.count() == 0


async def test_not_confirmed_for_seven_days_is_deleted(office):
    with at(9, 12):
        await paste(office)
    with at(9, 11, days=7):
        await joining.tidy_up()
        before = await Subscriber.count()
    with at(9, 12, days=7):
        await joining.tidy_up()

    assert (before, await Subscriber.count(), await Consent.count(), await Letter.count()) == (1, 0, 0, 0)


async def test_issue_five_goes_to_312_people(office, sink):
    """9 addresses are dead, 2 boxes are full just now, one reader leaves by one-click while the sending runs."""
    mailing_list = await the_list()
    await readers_of(mailing_list, 312)
    issue = await writing.draft("mira", **ISSUE)
    leaver = await Subscriber.objects().get(Subscriber.email == "r311@example.org")
    sink.answers, sink.delay = answering(office, leaver.key), 0.04

    assert await writing.send("mira", issue) == 312
    await outbox.deliver_due()
    await joining.notice_bounces()

    progress = await campaigns.progress((await Issue.objects().first()).sending)
    assert (progress.sent, progress.failed, progress.skipped, progress.waiting) == (312 - 9 - 2 - 1, 9, 1, 2)
    assert leaver.email not in sink.recipients
    assert await readers.counts(mailing_list.id) == {
        State.PENDING: 0, State.CONFIRMED: 302, State.BOUNCED: 9, State.LEFT: 1,
    }  # fmt: skip

    sink.answers, sink.delay = (lambda _command, _argument: None), 0
    with clock.set_to(clock.ahead(minutes=6)):
        assert await outbox.deliver_due() == 2
        progress = await campaigns.progress((await Issue.objects().first()).sending)

    assert (progress.state, progress.sent, max(sink.counted.values())) == ("done", 302, 1)


async def readers_of(mailing_list, number):
    """So many who have joined and confirmed."""
    evidence = lists.Evidence("/newsletter", "…", "3")
    async with DB.transaction():
        for count in range(number):
            asked = await lists.ask(mailing_list, f"r{count}@example.org", evidence)
            await lists.confirm(asked.token)


def answering(browser, key):
    """A mail server that knows nine dead addresses and two full boxes; at the fiftieth letter somebody leaves."""
    seen = []

    def answer(command, argument):
        if command == ".":
            seen.append(argument)
            if len(seen) == 50:
                click = browser.post(f"/newsletter/one-click/{key}", data={"List-Unsubscribe": "One-Click"})
                asyncio.get_running_loop().create_task(click)
        found = re.search(r"<r(\d+)@", argument) if command == "RCPT" else None
        if found and int(found[1]) in range(100, 109):
            return "550 5.1.1 User unknown"
        return "452 4.2.2 Mailbox full" if found and int(found[1]) in (7, 8) else None

    return answer


async def test_coming_back_needs_a_new_confirmation_and_erasure_leaves_the_digest(office):
    asked = await lists.ask(await the_list(), "lene.abendroth@example.org", lists.Evidence("/newsletter", "…", "3"))
    reader = await lists.confirm(asked.token)
    await joining.leave(reader.key, by="one-click")

    with at(9, 12):
        await paste(office)
    pending = readers.state_of(await Subscriber.objects().first())
    await joining.erase("mira", "lene.abendroth@example.org")

    assert pending == State.PENDING
    assert (await Subscriber.count(), await Consent.count(), await Letter.count()) == (0, 0, 0)
    assert await Suppression.count() == 1
    with at(10, 0):
        assert (await paste(office)).status_code == 422
    assert await Letter.count() == 0
