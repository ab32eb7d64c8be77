"""What the post office forgets after a year, and what it keeps."""

from datetime import UTC, datetime, timedelta

import pytest

from mailing import campaigns, lists, outbox, retention
from mailing.campaigns import Reader, Words
from mailing.letters import CalendarPart, Enclosure, Extras
from mailing.outbox import Address
from mailing.tables import Delivery, Letter, MailingList, Sending
from network import clock
from network.activity import Activity
from network.association.keeping import limit_of
from network.errors import Refused
from network.newsletter.privacy import CONSENTS
from network.references import new_reference
from tests.mailing.conftest import surroundings

WRITTEN = datetime(2027, 9, 1, 7, 12, tzinfo=UTC)
A_YEAR_LATER = WRITTEN + timedelta(days=365)
STAY = ("reference", "message_id", "template", "about", "locale", "from_name", "from_email", "reply_to", "subject",
        "written_at", "due_at", "sent_at", "attempts")  # fmt: skip


async def write(sender, name="Kim Aydın", at=WRITTEN, **more):
    with clock.set_to(at):
        extras = Extras(
            calendar=CalendarPart("REQUEST", f"ATTENDEE;CN={name}"),
            enclosure=Enclosure(f"{name}.txt", "text/plain", name.encode()),
            secrets=(f"https://example.org/{name}",),
        )
        return await outbox.post(
            "people/sign_in_link",
            Address(name, "kim@example.org"),
            sender,
            extras=extras,
            person={"name": name},
            association={"short_name": "BAG BW"},
            minutes=15,
            place="http://localhost:8000/sign-in/abc",
            **more,
        )


async def after_a_day_at(moment):
    with clock.set_to(moment):
        await retention.forget_letters()
    return await Letter.objects().order_by(Letter.id)


async def test_after_a_year_a_letter_has_no_reader_and_no_words_left(sender, sink):
    before = await write(sender, about="event:abc")
    with clock.set_to(WRITTEN):
        await outbox.deliver_due()
    before = await Letter.objects().get(Letter.id == before.id)

    [young] = await after_a_day_at(A_YEAR_LATER - timedelta(minutes=1))
    [old] = await after_a_day_at(A_YEAR_LATER)

    assert young.to_dict() == before.to_dict()
    assert {name: getattr(old, name) for name in STAY} == {name: getattr(before, name) for name in STAY}
    assert old.state == "sent"
    assert "Kim" not in repr(old.to_dict())
    assert "kim@" not in repr(old.to_dict())
    assert (old.text, old.footer, old.calendar, bytes(old.attachment), old.secrets) == ("", "", "", b"", "[]")


async def test_how_long_is_a_setting(sender):
    await write(sender)

    with surroundings(keep_letters_days=90):
        [kept] = await after_a_day_at(WRITTEN + timedelta(days=89))
        [gone] = await after_a_day_at(WRITTEN + timedelta(days=90))

    assert (kept.to_email, gone.to_email) == ("kim@example.org", "")


async def test_a_forgotten_letter_never_leaves_any_more(sender, sink):
    waiting = await write(sender)

    [old] = await after_a_day_at(A_YEAR_LATER)
    with clock.set_to(A_YEAR_LATER):
        await outbox.deliver_due()

    assert old.state == "withdrawn"
    assert sink.taken == []
    with pytest.raises(Refused):
        await outbox.send_again(waiting.reference, "mira")


async def test_a_letter_that_shall_leave_later_is_kept_for_then(sender):
    await write(sender, due_at=A_YEAR_LATER)
    await Letter.update({Letter.state: "queued"}, force=True)

    [letter] = await after_a_day_at(A_YEAR_LATER - timedelta(hours=1))

    assert (letter.to_email, letter.state) == ("kim@example.org", "queued")


async def test_the_request_that_proves_a_consent_is_kept_as_long_as_the_consent(sender):
    """Until three years after the end of the year in which the reader left (DOMAIN 3.6)."""
    rundbrief = MailingList(reference=new_reference(), slug="rundbrief", title_de="Rundbrief")
    await rundbrief.save()
    with clock.set_to(WRITTEN):
        asked = await lists.ask(rundbrief, "kim@example.org", lists.Evidence("/newsletter", "…", "1"))
    request = await write(sender, about=lists.about(asked.subscriber))
    again = await write(sender, about=lists.about(asked.subscriber))  # another letter, which proves nothing
    await lists.was_asked_by(asked.consent, request.message_id)
    with clock.set_to(WRITTEN + timedelta(hours=2)):
        reader = await lists.confirm(asked.token)
    with clock.set_to(A_YEAR_LATER):
        await lists.leave(reader.key, by="link")

    letters = await after_a_day_at(datetime(2031, 12, 31, 22, 0, tzinfo=UTC))
    assert {letter.id: letter.to_email for letter in letters} == {request.id: "kim@example.org", again.id: ""}

    with clock.set_to(datetime(2031, 12, 31, 23, 30, tzinfo=UTC)):  # New Year in Berlin
        await lists.forget_ended(limit_of(CONSENTS.forgetting.term, clock.today()))
    assert await Letter.count() == 0


async def test_the_readers_of_an_old_issue_become_a_number(sender, sink):
    with clock.set_to(WRITTEN):
        readers = [Reader(f"reader{n}@example.org", f"Lesende {n}", f"k{n}") for n in range(3)]
        sending = await campaigns.start(None, [Words("de", "Neues", "Text")], sender, readers)
        sink.answers = lambda command, argument: (
            f"550 5.1.1 {argument}: unknown" if command == "RCPT" and "reader2" in argument else None
        )
        await outbox.deliver_due()

    await after_a_day_at(A_YEAR_LATER - timedelta(minutes=1))
    named = await Delivery.count().where(Delivery.email != "")
    await after_a_day_at(A_YEAR_LATER)

    rows = await Delivery.select(Delivery.email, Delivery.name, Delivery.key, Delivery.answer, Delivery.state)
    assert named == 3
    assert sorted(tuple(row.values()) for row in rows) == [
        ("", "", "", "", state) for state in ("failed", "sent", "sent")
    ]
    assert await campaigns.undelivered(sending.reference) == []
    assert (await campaigns.progress(sending.reference)).failed == 1


async def test_who_still_waits_for_a_paused_issue_is_not_forgotten(sender):
    with clock.set_to(WRITTEN):
        await campaigns.start(None, [Words("de", "Neues", "Text")], sender, [Reader("kim@example.org")])

    await after_a_day_at(A_YEAR_LATER)

    assert (await Sending.objects().first()).state == "paused"
    assert [row["email"] for row in await Delivery.select(Delivery.email)] == ["kim@example.org"]


async def test_an_erased_reader_is_not_in_the_answers_of_mail_servers_either(sender, sink):
    rundbrief = MailingList(reference=new_reference(), slug="rundbrief", title_de="Rundbrief")
    await rundbrief.save()
    asked = await lists.ask(rundbrief, "kim@example.org", lists.Evidence("/newsletter", "…", "1"))
    await lists.confirm(asked.token)
    sink.answers = lambda command, argument: f"550 no {argument}" if command == "RCPT" else None
    chosen = ("SELECT id, email, name, key, locale FROM subscriber", [])
    await campaigns.start(rundbrief, [Words("de", "Neues", "Text")], sender, chosen)
    await outbox.deliver_due()

    await lists.erase("kim@example.org")

    [row] = await Delivery.select()
    assert (row["state"], row["answer"]) == ("failed", "erased")
    assert "kim@" not in repr(row)


async def test_the_house_notes_how_many_it_forgot(sender):
    for number in range(5):
        await write(sender, name=f"Kim {number}")

    letters = await after_a_day_at(A_YEAR_LATER)
    await after_a_day_at(A_YEAR_LATER + timedelta(days=1))

    assert [letter.to_email for letter in letters] == [""] * 5
    assert [(row.verb, row.detail) for row in await Activity.objects()] == [
        ("letters forgotten, their dates kept", "5")
    ]
