"""Who gets which letter, with which calendar entry."""

from datetime import date, time
from email import message_from_bytes
from email.policy import default

import pytest
import vobject

from mailing.tables import Letter
from network import clock, i18n
from network.clock import berlin
from network.events import changes, editing, registration
from network.events.registration import By
from network.events.tables import Attendee
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from tests.events.make import forum, guest, people, sign_up


async def post(template=""):
    """The letters so far: to whom, which, with which calendar entry."""
    letters = await Letter.objects().order_by(Letter.id)
    return [
        (letter.to_email, letter.template.removeprefix("events/"), letter.calendar_method)
        for letter in letters
        if not template or letter.template == f"events/{template}"
    ]


async def entries():
    """UID and sequence of every calendar entry sent, in order."""
    letters = await Letter.objects().where(Letter.calendar != "").order_by(Letter.id)
    read = [vobject.readOne(letter.calendar).vevent for letter in letters]
    return [(one.attendee.value, one.uid.value, int(one.sequence.value)) for one in read]


async def test_each_attendee_gets_one_letter_and_who_registers_and_comes_one_with_both(association):
    it = await forum()

    await sign_up(it, "Mara Beispiel", "Bo Lind", "Cy Neu")

    assert sorted(await post()) == [
        ("bo.lind@example.org", "seat_confirmed", "REQUEST"),
        ("cy.neu@example.org", "seat_confirmed", "REQUEST"),
        ("mara.beispiel@example.org", "overview", "REQUEST"),
    ]
    letter = await Letter.objects().get(Letter.to_email == "bo.lind@example.org")
    person = await Attendee.objects().get(Attendee.email == "bo.lind@example.org")
    assert "Mara Beispiel" in letter.text
    assert f"/events/attendees/{person.key}" in letter.text
    assert letter.calendar.count("ATTENDEE") == 1


async def test_who_registers_others_only_gets_the_overview_without_entry(association):
    it = await forum()

    await sign_up(it, guests=[guest("Bo Lind")], name="Mara Beispiel", email="mara@example.org")

    assert sorted(await post()) == [
        ("bo.lind@example.org", "seat_confirmed", "REQUEST"),
        ("mara@example.org", "overview", ""),
    ]


async def test_people_without_address_stand_in_the_registrants_one_letter(association):
    it = await forum()

    await sign_up(
        it, guests=[guest("Bo Lind", email=""), guest("Cy Neu", email="")], name="Mara", email="m@example.org"
    )

    assert await post() == [("m@example.org", "overview", "")]
    text = (await Letter.objects().first()).text
    assert "Bo Lind" in text
    assert "Cy Neu" in text


async def test_a_shared_office_address_still_gives_each_person_a_letter(association):
    it = await forum()
    both = [guest("Bo Lind", email="info@example.org"), guest("Cy Neu", email="info@example.org")]

    await sign_up(it, guests=both, name="Mara", email="info@example.org")

    assert sorted(await post()) == [
        ("info@example.org", "overview", ""),
        ("info@example.org", "seat_confirmed", "REQUEST"),
        ("info@example.org", "seat_confirmed", "REQUEST"),
    ]
    assert len({uid for _, uid, _ in await entries()}) == 2


async def test_who_waits_gets_no_invitation_until_they_move_up(association):
    it = await forum(seats=1)
    await sign_up(it, "A One")
    await sign_up(it, "B One", "B Two")

    await registration.cancel(it.id, [(await people(it))[0].reference], by=By.SELF)

    assert await post() == [
        ("a.one@example.org", "overview", "REQUEST"),
        ("b.two@example.org", "waiting", ""),
        ("b.one@example.org", "overview", ""),
        ("a.one@example.org", "attendee_cancelled", "CANCEL"),
        ("b.one@example.org", "moved_up", "REQUEST"),
    ]
    one, two = (await people(it))[:2]
    assert await entries() == [
        ("mailto:a.one@example.org", one.reference, 0),
        ("mailto:a.one@example.org", one.reference, 1),
        ("mailto:b.one@example.org", two.reference, 0),
    ]


async def test_a_new_date_updates_those_who_sit_and_tells_those_who_wait(association):
    with clock.set_to(berlin(date(2027, 9, 5), time(10))):
        it = await forum(starts_at=berlin(date(2027, 10, 18), time(10)), seats=1)
        await sign_up(it, "A One")
        await sign_up(it, "B One")
        due = await changes.letters_due(it)
        start = berlin(date(2027, 11, 8), time(10))

        sent = await editing.edit(it.id, actor="", starts_at=start, ends_at=start + clock.timedelta(hours=6))

    assert (due.seated, due.waiting, sent) == (1, 1, 2)
    assert (await post("event_changed")) == [
        ("a.one@example.org", "event_changed", "REQUEST"),
        ("b.one@example.org", "event_changed", ""),
    ]
    first, second = await entries()
    assert second == (first[0], first[1], 1)
    letter = await Letter.objects().get((Letter.template == "events/event_changed") & (Letter.calendar != ""))
    shown = vobject.readOne(letter.calendar).vevent.dtstart.value
    assert (shown.hour, shown.utcoffset().total_seconds()) == (10, 3600)
    assert "18. Oktober 2027" in letter.text
    assert "8. November 2027" in letter.text


async def test_an_edit_that_concerns_no_guest_sends_nothing(association):
    it = await forum()
    await sign_up(it, "A One")

    assert await editing.edit(it.id, actor="", description_de="Mehr dazu") == 0
    assert await Letter.count() == 1


async def test_a_cancelled_event_takes_the_entry_out_of_every_calendar(association):
    it = await forum(seats=1)
    await sign_up(it, "A One")
    await sign_up(it, "B One")

    count = await changes.cancel_event(it.id, "Das Haus ist geschlossen.", actor="")
    again = await changes.cancel_event(it.id, "Das Haus ist geschlossen.", actor="")

    assert (count, again) == (2, 0)
    assert await post("event_cancelled") == [
        ("a.one@example.org", "event_cancelled", "CANCEL"),
        ("b.one@example.org", "event_cancelled", ""),
    ]
    assert "Das Haus ist geschlossen." in (await Letter.objects().order_by(Letter.id, ascending=False).first()).text
    assert [sequence for _, _, sequence in await entries()] == [0, 1]


async def test_who_is_replaced_loses_the_entry_and_the_new_person_gets_one_of_their_own(association):
    it = await forum()
    made = await sign_up(it, "A One", "A Two")
    old = (await people(it))[1]

    new = await registration.replace(made, old.reference, guest("A Three"))

    assert (await post())[-2:] == [
        ("a.two@example.org", "attendee_replaced", "CANCEL"),
        ("a.three@example.org", "seat_confirmed", "REQUEST"),
    ]
    assert (await entries())[-2:] == [
        ("mailto:a.two@example.org", old.reference, 1),
        ("mailto:a.three@example.org", new.reference, 0),
    ]
    assert old.reference != new.reference


async def test_a_second_cancellation_sends_nothing_more(association):
    it = await forum()
    await sign_up(it, "A One")
    key = (await people(it))[0].key

    await registration.attendee_cannot_come(key)
    before = await Letter.count()
    await registration.attendee_cannot_come(key)

    assert await Letter.count() == before


async def test_people_added_later_get_their_letters_and_the_registrant_a_fresh_overview(association):
    it = await forum()
    made = await sign_up(it, "A One")

    await registration.add_people(made, [guest("A Two")])

    assert (await post())[1:] == [
        ("a.two@example.org", "seat_confirmed", "REQUEST"),
        ("a.one@example.org", "overview", ""),
    ]


@pytest.mark.parametrize("language", ["de", "en"])
async def test_letters_speak_the_language_of_the_registration(association, language):
    it = await forum(seats=2)
    with i18n.speaking(language):
        made = await sign_up(it, "A One", "A Two", "A Three", "A Four")
    await registration.replace(made, (await people(it))[1].reference, guest("A Five"))
    await registration.cancel(it.id, [(await people(it))[4].reference], by=By.REGISTRANT)
    await changes.cancel_event(it.id, "", actor="")

    letters = await Letter.objects()
    assert {letter.template for letter in letters} == {
        "events/overview", "events/seat_confirmed", "events/waiting", "events/attendee_replaced",
        "events/attendee_cancelled", "events/moved_up", "events/event_cancelled",
    }  # fmt: skip
    for letter in letters:
        assert letter.text.startswith("Guten Tag" if language == "de" else "Hello"), letter.template
        assert ("2nd exchange forum" in letter.subject) is (language == "en")
        assert letter.locale == language
        assert ("/en/events" in letter.text) is (language == "en" and "http" in letter.text)


async def test_names_cannot_write_headers_or_links_of_their_own(association):
    it = await forum()
    evil = guest("Bo\r\nBcc: fremd@example.org", email="bo@example.org")

    await sign_up(it, guests=[evil], name="Mara\nX: 1", email="mara@example.org", organisation="<b>Org</b>")

    for letter in await Letter.objects():
        assert "\n" not in letter.to_name + letter.subject
        assert "\nBcc:" not in letter.calendar


async def test_a_change_reminds_those_who_wait_only_together_of_it(association):
    it = await forum(seats=1)
    await sign_up(it, "A One")
    await sign_up(it, "B One", "B Two", "B Three", organisation="Haus B", together=True)
    guests = [guest("C One", email=""), guest("C Two", email="")]
    await sign_up(it, guests=guests, name="Cy", email="cy@example.org", organisation="Haus C", together=True)
    await sign_up(it, "D One", organisation="Haus D")

    await editing.edit(it.id, actor="", venue="Haus am Markt")

    texts = {one.to_email: one.text for one in await Letter.objects().where(Letter.template == "events/event_changed")}
    said = "Sie kommen nur gemeinsam mit 2 weiteren Personen: Plätze gibt es für alle oder für niemanden."
    assert {to for to, text in texts.items() if said in text} == {f"b.{n}@example.org" for n in ("one", "two", "three")}
    assert "Plätze gibt es nur gemeinsam für alle, die zusammen angemeldet sind." in texts["cy@example.org"]
    assert "emeinsam" not in texts["a.one@example.org"] + texts["d.one@example.org"]


async def test_who_moves_up_without_an_address_is_named_to_the_registrant(association):
    it = await forum(seats=1)
    await sign_up(it, "Early One")
    both = [guest("Bo Lind", email=""), guest("Cy Neu", email="")]
    await sign_up(it, guests=both, name="Mara", email="m@example.org")

    await editing.edit(it.id, actor="", seats=2)
    await editing.edit(it.id, actor="", seats=3)

    letters = await Letter.objects().where(Letter.template == "events/moved_up").order_by(Letter.id)
    assert ["Bo Lind ist nachgerückt und hat jetzt einen Platz; bitte geben Sie das weiter." in one.text
            for one in letters] == [True, False]  # fmt: skip
    assert letters[1].text.count("Cy Neu ist nachgerückt") == 1
    assert {one.subject.split(":")[0] for one in letters} == {"Nachgerückt"}


async def test_two_who_move_up_without_an_address_stand_in_one_sentence(association):
    it = await forum(seats=0)
    both = [guest("Bo Lind", email=""), guest("Cy Neu", email="")]
    await sign_up(it, guests=both, name="Mara", email="m@example.org")

    await editing.edit(it.id, actor="", seats=2)

    letter = await Letter.objects().get(Letter.template == "events/moved_up")
    assert "Bo Lind und Cy Neu sind nachgerückt und haben jetzt Plätze; bitte geben Sie das weiter." in letter.text


@pytest.mark.parametrize("ring_days", [0, 100])
async def test_who_comes_instead_without_an_address_is_named_where_the_registrant_is_written_to(association, ring_days):
    it = await forum(seats=0, ring_days=ring_days)
    made = await sign_up(it, "Mara Beispiel", "Bo Lind")

    await registration.replace(made, (await people(it))[1].reference, guest("Cy Neu", email=""))

    letter = await Letter.objects().get((Letter.template == "events/waiting") & (Letter.to_email == made.email))
    assert "Cy Neu" in letter.text.split(it.slug)[1]
    assert "Sie an der Reihe" not in letter.text


async def test_the_office_reads_the_letters_without_the_links_by_which_guests_act(client, association):
    it = await forum(seats=2)
    made = await sign_up(it, "A One", "A Two", "A Three")
    await registration.replace(made, (await people(it))[1].reference, guest("A Four"))
    await editing.edit(it.id, actor="", venue="Haus am Markt")
    await registration.cancel(it.id, [(await people(it))[0].reference], by=By.REGISTRANT)
    mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
    await roles.grant(mira, RoleKind.OFFICE)
    client.cookies.set("verbund", await sign_in.begin_session(mira))
    keys = [made.key, *(one.key for one in await people(it))]

    letters = await Letter.objects()
    shown = []
    for letter in letters:
        assert any(key in letter.text + unfolded(letter.calendar) for key in keys) or "cancelled" in letter.template
        for part in ("", "/page", "/source", *(["/calendar"] if letter.calendar else [])):
            answer = await client.get(f"/office/outbox/{letter.reference}{part}")
            shown += [(letter.template, text) for text in texts_of(answer)]

    assert len({letter.template for letter in letters}) == 7
    assert {template for template, text in shown if any(key in text for key in keys)} == set()
    assert {template for template, text in shown if "/events/attendees/•••••" in text} >= {
        "events/seat_confirmed", "events/waiting", "events/moved_up", "events/event_changed", "events/overview",
    }  # fmt: skip


def texts_of(answer):
    """What is read in an answer; of an e-mail each of its parts."""
    if not answer.headers["content-type"].startswith("message/"):
        return [unfolded(answer.text)]
    parts = message_from_bytes(answer.content, policy=default).walk()
    return [unfolded(part.get_content()) for part in parts if part.get_content_maintype() == "text"]


def unfolded(entry):
    """What a calendar entry broke into lines, joined again."""
    return entry.replace("\r\n ", "").replace("\n ", "")
