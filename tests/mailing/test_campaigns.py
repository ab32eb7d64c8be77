"""One text to many readers: everybody once, nobody who has left, paused and counted on the way."""

import asyncio
from datetime import timedelta

import pytest

from mailing import campaigns, lists, outbox
from mailing.campaigns import GREETING, KEY, NAME, Links, Reader, Words
from mailing.letters import Sender
from mailing.readers import Audience, readers_sql
from mailing.tables import Delivery, MailingList, Sending, Subscriber
from network import clock
from network.errors import Refused
from tests.mailing.conftest import surroundings
from tests.smtp_sink import Sink, running

SITE = "https://bag.example.org/newsletter"
LINKS = Links(
    preferences=f"{SITE}/preferences/{KEY}",
    leave=f"{SITE}/leave/{KEY}",
    one_click=f"{SITE}/one-click/{KEY}",
    mailto="abmelden@example.org?subject=abmelden",
    help=SITE,
)
GERMAN = Words(
    "de", "Neues für Sie: Übergänge", f"{GREETING}\n\nmehr unter https://bag.example.org/{KEY}.", links=LINKS
)
ENGLISH = Words("en", "News for you", f"{GREETING}\n\nmore for {NAME} at https://bag.example.org/{KEY}.", links=LINKS)


@pytest.fixture
async def rundbrief():
    one = MailingList(reference="rundbrief", slug="rundbrief", title_de="Rundbrief", title_en="Newsletter")
    await one.save()
    return one


async def subscribe(to, count, **facts):
    rows = [
        Subscriber(
            **{
                "reference": f"ref{number}",
                "list": to.id,
                "email": f"reader{number}@example.org",
                "email_key": f"reader{number}@example.org",
                "name": f"Lesende {number}",
                "key": f"key{number}",
                "asked_at": clock.now(),
                "confirmed_at": clock.now(),
            }
            | facts
        )
        for number in range(count)
    ]
    await Subscriber.insert(*rows)


async def send_to_all(to, sender, *texts):
    return await campaigns.start(to, texts or [GERMAN], sender, readers_sql(to.id, Audience()), about="issue:one")


async def count(state):
    return await Delivery.count().where(Delivery.state == state)


async def test_everybody_gets_it_once_and_the_sending_is_done(sink, sender, rundbrief):
    await subscribe(rundbrief, 120)
    sending = await send_to_all(rundbrief, sender)

    assert await outbox.deliver_due() == 120
    assert await outbox.deliver_due() == 0
    assert sink.recipients == sorted(f"reader{number}@example.org" for number in range(120))
    domain_of_all = {one.message_id.split(".", 1)[0] for one in sink.taken}
    assert domain_of_all == {f"<{sending.reference}"}
    progress = await campaigns.progress(sending.reference)
    assert (progress.state, progress.total, progress.sent, progress.waiting, progress.percent) == (
        "done",
        120,
        120,
        0,
        100,
    )
    assert (await Sending.objects().get(Sending.id == sending.id)).finished_at is not None


async def test_each_reader_is_greeted_and_has_links_of_their_own(sink, sender):
    readers = [
        Reader("zoe@example.org", "Zoë <b>Ünlü</b>", "k-1_x"),
        Reader("kim@example.org", "", "k2", "en"),
        Reader("pat@example.org", 'Pat "P." O\'Neill', "k3", "en"),
        Reader("jo@example.org", "", "k4", "fr"),
    ]
    await campaigns.start(None, [GERMAN, ENGLISH], sender, readers)

    await outbox.deliver_due()

    mails = {one.recipient: one.message for one in sink.taken}
    texts = {one.recipient: one.body("plain") for one in sink.taken}
    assert texts["zoe@example.org"] == (
        "Guten Tag Zoë <b>Ünlü</b>,\n\nmehr unter https://bag.example.org/k-1_x.\n\n-- \n"
        f"Einstellungen ändern: {SITE}/preferences/k-1_x\nVom Verteiler abmelden: {SITE}/leave/k-1_x\n\n"
        "BAG BW\nMusterufer 1\n"
    )
    assert texts["kim@example.org"].startswith("Hello,\n\nmore for  at https://bag.example.org/k2.\n")
    assert texts["pat@example.org"].startswith('Hello Pat "P." O\'Neill,\n\nmore for Pat "P." O\'Neill at')
    assert texts["jo@example.org"].startswith("Guten Tag,\n")
    page = next(one.body("html") for one in sink.taken if one.recipient == "zoe@example.org")
    assert "Guten Tag Zoë &lt;b&gt;Ünlü&lt;/b&gt;," in page
    assert f'<a href="{SITE}/leave/k-1_x">' in page
    assert not any(marker in page for marker in (GREETING, NAME, KEY))
    assert [mails[who]["Content-Language"] for who in ("zoe@example.org", "kim@example.org")] == ["de", "en"]
    assert mails["pat@example.org"]["To"].addresses[0].display_name == 'Pat "P." O\'Neill'
    assert mails["zoe@example.org"]["To"].addresses[0].display_name == "Zoë <b>Ünlü</b>"


async def test_mail_programs_find_the_way_off_the_list(sink, sender, rundbrief):
    await subscribe(rundbrief, 1)
    await send_to_all(rundbrief, sender)

    await outbox.deliver_due()

    mail = sink.taken[0].message
    wanted = {
        "List-Id": "Rundbrief <rundbrief.example.org>",
        "List-Unsubscribe": f"<{SITE}/one-click/key0>, <mailto:abmelden@example.org?subject=abmelden>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "List-Help": f"<{SITE}>",
        "Precedence": "bulk",
        "Auto-Submitted": None,
    }
    assert {name: mail[name] for name in wanted} == wanted
    assert str(mail["Subject"]) == GERMAN.subject
    assert sink.taken[0].raw.isascii()
    assert max(map(len, sink.taken[0].raw.split(b"\r\n"))) < 200


async def test_html_of_the_callers_own_stands_in_the_frame(sink, sender):
    words = Words("de", "Neues", "Neues", html=f"<h2>{GREETING}</h2><ul><li>Erstens</li></ul>")
    await campaigns.start(None, [words], sender, [Reader("zoe@example.org", "Zoë")])

    await outbox.deliver_due()

    page = sink.taken[0].body("html")
    assert "<h2>Guten Tag Zoë,</h2><ul><li>Erstens</li></ul>" in page
    assert '<div class="footer">\n<p>BAG BW<br>\nMusterufer 1</p>' in page


async def test_who_left_bounced_or_was_erased_meanwhile_is_skipped(sink, sender, rundbrief):
    await subscribe(rundbrief, 10)
    sending = await send_to_all(rundbrief, sender)
    await Subscriber.update({Subscriber.left_at: clock.now()}).where(Subscriber.key == "key1")
    await Subscriber.update({Subscriber.bounced_at: clock.now()}).where(Subscriber.key == "key2")
    await Subscriber.delete().where(Subscriber.key == "key3")

    await outbox.deliver_due()

    assert sink.recipients == sorted(f"reader{number}@example.org" for number in (0, 4, 5, 6, 7, 8, 9))
    progress = await campaigns.progress(sending.reference)
    assert (progress.state, progress.sent, progress.skipped) == ("done", 7, 3)


async def test_who_leaves_while_it_is_running_gets_nothing_a_moment_later(sender, rundbrief):
    await subscribe(rundbrief, 200)
    async with running(Sink(delay=0.02)) as sink:
        with surroundings(smtp_url=f"{sink.url}?connections=2"):
            await send_to_all(rundbrief, sender)
            sending = asyncio.create_task(outbox.deliver_due())
            while len(sink.taken) < 5:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await Subscriber.update({Subscriber.left_at: clock.now()}).where(Subscriber.key == "key199")
            await sending

    assert (len(sink.taken), await count("skipped")) == (199, 1)


async def test_who_leaves_when_their_letter_is_claimed_already_does_not_get_it(sender, rundbrief):
    """All twelve are in the courier's hands from the first moment on; one after the other is sent."""
    await subscribe(rundbrief, 12)
    async with running(Sink(delay=0.06)) as sink:
        with surroundings(smtp_url=f"{sink.url}?connections=1"):
            await send_to_all(rundbrief, sender)
            sending = asyncio.create_task(outbox.deliver_due())
            while len(sink.taken) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            claimed = await Delivery.count().where((Delivery.leased_by == "worker") & (Delivery.state == "queued"))
            for number in (8, 9, 11):
                await lists.leave(f"key{number}", by="one-click")
            await sending

    assert claimed >= 9
    assert not {f"reader{number}@example.org" for number in (8, 9, 11)} & set(sink.recipients)
    assert (len(sink.taken), await count("sent"), await count("skipped")) == (9, 9, 3)
    assert (await Sending.objects().first()).state == "done"


async def test_a_pause_holds_back_what_is_claimed_already(sender, rundbrief):
    await subscribe(rundbrief, 12)
    async with running(Sink(delay=0.06)) as sink:
        with surroundings(smtp_url=f"{sink.url}?connections=1"):
            sent = await send_to_all(rundbrief, sender)
            sending = asyncio.create_task(outbox.deliver_due())
            while len(sink.taken) < 2:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await campaigns.pause(sent.reference, "mira")
            await sending
            before = len(sink.taken)
            await campaigns.resume(sent.reference, "mira")
            await outbox.deliver_due()

    assert before <= 6
    assert sorted(sink.counted.values()) == [1] * 12


async def test_only_the_chosen_and_confirmed_are_written_down(sink, sender, rundbrief):
    await subscribe(rundbrief, 3)
    await Subscriber.update({Subscriber.land: "HE"}).where(Subscriber.key == "key1")
    await Subscriber.update({Subscriber.confirmed_at: None}).where(Subscriber.key == "key2")
    sending = await campaigns.start(rundbrief, [GERMAN], sender, readers_sql(rundbrief.id, Audience(lands=("HE",))))

    assert (sending.total, (await Delivery.objects().first()).email) == (1, "reader1@example.org")
    with pytest.raises(Refused):
        await campaigns.start(rundbrief, [GERMAN], sender, readers_sql(rundbrief.id, Audience(lands=("BY",))))
    assert await Sending.count() == 1


async def test_refused_readers_are_failed_and_later_ones_tried_again(sink, sender, at_sunday):
    later = iter(["450 4.2.0 try again"])
    sink.answers = lambda command, to: (
        None if command != "RCPT" else "550 5.1.1 nobody" if "r1@" in to else next(later, None) if "r2@" in to else None
    )
    sending = await campaigns.start(None, [GERMAN], sender, [Reader(f"r{number}@example.org") for number in range(4)])

    await outbox.deliver_due()
    progress = await campaigns.progress(sending.reference)
    assert (progress.state, progress.sent, progress.failed, progress.waiting) == ("sending", 2, 1, 1)
    with clock.set_to(at_sunday + timedelta(minutes=5)):
        await outbox.deliver_due()

    progress = await campaigns.progress(sending.reference)
    assert (progress.state, progress.sent, progress.failed) == ("done", 3, 1)
    assert await campaigns.undelivered(sending.reference) == [
        {"email": "r1@example.org", "name": "", "answer": "550 5.1.1 nobody"}
    ]


async def test_pause_stops_soon_and_resume_goes_on(sender):
    async with running(Sink(delay=0.02)) as sink:
        with surroundings(smtp_url=f"{sink.url}?connections=2"):
            sending = await campaigns.start(None, [GERMAN], sender, [Reader(f"r{i}@example.org") for i in range(300)])
            walk = asyncio.create_task(outbox.deliver_due())
            while len(sink.taken) < 10:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            await campaigns.pause(sending.reference, "mira")
            await walk
            paused = await campaigns.progress(sending.reference)
            assert await outbox.deliver_due() == 0
            sink.delay = 0
            await campaigns.resume(sending.reference, "mira")
            await outbox.deliver_due()

    assert (paused.state, paused.seconds_left) == ("paused", None)
    assert 10 <= paused.sent < 250
    assert (len(sink.counted), set(sink.counted.values())) == (300, {1})
    with pytest.raises(Refused):
        await campaigns.pause(sending.reference, "mira")


async def test_progress_says_how_long_the_rest_will_take(sink, sender):
    sending = await campaigns.start(None, [GERMAN], sender, [Reader(f"r{number}@example.org") for number in range(100)])
    begun = sending.created_at
    await Sending.update({Sending.state: "sending"}, force=True)
    first = await Delivery.select(Delivery.id).order_by(Delivery.id).limit(20).output(as_list=True)
    await Delivery.update({Delivery.state: "sent", Delivery.sent_at: begun + timedelta(seconds=9)}).where(
        Delivery.id.is_in(first)
    )

    with clock.set_to(begun + timedelta(seconds=10)):
        progress = await campaigns.progress(sending.reference)

    assert (progress.sent, progress.waiting, progress.percent, progress.seconds_left) == (20, 80, 20, 40)


async def test_without_a_mail_server_a_sending_waits_for_somebody_to_let_it_go(sender):
    sending = await campaigns.start(None, [GERMAN], sender, [Reader("zoe@example.org")])
    assert sending.state == "paused"
    with pytest.raises(Refused, match="SMTP_URL"):
        await campaigns.resume(sending.reference, "mira")

    async with running() as sink:
        with surroundings(smtp_url=sink.url):
            assert await outbox.deliver_due() == 0
            await campaigns.resume(sending.reference, "mira")
            assert await outbox.deliver_due() == 1


async def test_a_letter_does_not_wait_for_the_end_of_a_long_sending(sender):
    async with running(Sink(delay=0.01)) as sink:
        with surroundings(smtp_url=f"{sink.url}?connections=2"):
            await campaigns.start(None, [GERMAN], sender, [Reader(f"r{number}@example.org") for number in range(300)])
            walk = asyncio.create_task(outbox.deliver_due())
            while len(sink.taken) < 20:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            letter = await outbox.post(
                "people/sign_in_link", outbox.Address("Robin", "robin@example.org"), sender,
                person={"name": "Robin"}, association={"short_name": "BAG"}, minutes=15, place="x",
            )  # fmt: skip
            await walk

    order = [one.message_id for one in sink.taken]
    assert order.index(letter.message_id) < 200


@pytest.mark.postgres
async def test_two_workers_share_a_sending_and_write_to_nobody_twice(sink, sender, rundbrief):
    await subscribe(rundbrief, 1000)
    await send_to_all(rundbrief, sender)

    carried = await asyncio.gather(*(outbox.deliver_due(f"worker-{number}") for number in range(3)))

    assert sum(carried) == 1000
    assert min(carried) > 0
    assert (len(sink.counted), set(sink.counted.values())) == (1000, {1})


async def test_nothing_a_reader_calls_themselves_becomes_a_header_or_markup(sink, sender):
    evil = "Zoë\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script>"
    await campaigns.start(None, [GERMAN], sender, [Reader("zoe@example.org", evil, "k")])

    await outbox.deliver_due()

    mail = sink.taken[0].message
    assert mail["Bcc"] is None
    assert "<script>" not in sink.taken[0].body("html")
    assert sink.taken[0].recipient == "zoe@example.org"


def test_a_gap_in_a_subject_is_refused_before_anything_goes():
    words = Words("de", f"Für {NAME}", "Text")
    sender = Sender("BAG", "office@example.org", "", "")

    with pytest.raises(ValueError, match="subject"):
        campaigns.finished(Sending(id=1, created_at=clock.now(), from_name="", from_email=""), words, sender, None)


async def test_lines_that_begin_with_a_dot_and_long_lines_arrive_as_written(sink, sender):
    text = f"{GREETING}\n.\n..zwei\n{'Wörter ' * 300}\n{NAME}{NAME}{NAME} \t\nEnde = Ende"
    await campaigns.start(None, [Words("de", "Neues", text)], sender, [Reader("zoe@example.org", ".Zoë =20")])

    await outbox.deliver_due()

    told = sink.taken[0].body("plain")
    assert told.startswith(text.replace(GREETING, "Guten Tag .Zoë =20,").replace(NAME, ".Zoë =20"))
