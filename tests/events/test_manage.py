"""By the links in letters: adding, replacing, cancelling, and one's own place."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.activity import Activity
from network.events import registration
from network.events.registration import By, Guest
from network.events.tables import AccessNeed, Attendee, Event
from tests.browser import send, submit
from tests.events.make import forum, people, sign_up, states


async def test_a_scanner_that_opens_every_link_changes_nothing(client, association):
    event = await forum(seats=1)
    made = await sign_up(event, "A One")
    other = await sign_up(event, "B One")
    before = (await states(event), await Letter.count(), await Activity.count())

    for one in (made, other):
        for path in ("", "/done", "/people", "/cancellation"):
            await client.get(f"/events/registrations/{one.key}{path}", follow_redirects=True)
    for person in await people(event):
        for path in (f"/events/attendees/{person.key}", f"/events/attendees/{person.key}/cancellation",
                     f"/events/registrations/{made.key}/people/{person.reference}/replacement",
                     f"/events/registrations/{made.key}/cancellation?who={person.reference}"):  # fmt: skip
            assert (await client.get(path, follow_redirects=True)).status_code == 200

    assert (await states(event), await Letter.count(), await Activity.count()) == before


async def test_one_says_i_cannot_come_without_signing_in(client, association):
    event = await forum(seats=1)
    await sign_up(event, "A One")
    await sign_up(event, "B One")
    key = (await people(event))[0].key

    answer = await submit(client, f"/events/attendees/{key}/cancellation")
    shown = await client.get(f"/events/attendees/{key}")
    again = await client.get(f"/events/attendees/{key}/cancellation")

    assert answer.status_code == 303
    assert await states(event) == "cs"
    assert "Sie haben abgesagt" in shown.text
    assert "<form" not in again.text.partition("<main")[2].partition("</main")[0]


async def test_ones_own_place_in_the_queue_is_shown(client, association):
    event = await forum(seats=0)
    await sign_up(event, "A One", "A Two", together=True)
    await sign_up(event, "B One")

    shown = await client.get(f"/events/attendees/{(await people(event))[2].key}")

    assert "B One, Sie stehen auf der Warteliste" in shown.text
    assert "Vor Ihnen warten 2 Personen." in shown.text


async def test_the_end_page_says_at_once_who_sits_and_who_waits(client, association):
    event = await forum(seats=2)
    made = await sign_up(event, "A One", "A Two", "A Three")

    shown = BeautifulSoup((await client.get(f"/events/registrations/{made.key}/done")).text, "html.parser")

    assert shown.find(class_="lead").text == "2 Menschen haben einen Platz, eine Person wartet."
    assert "rückt von selbst nach" in shown.main.text


@pytest.mark.parametrize("page", ["/done", "", "/people"])
async def test_facts_on_the_side_have_a_name(client, association, page):
    made = await sign_up(await forum(), "A One")
    person = (await registration.people_of(made))[0]

    for place in (f"/events/registrations/{made.key}{page}", f"/events/attendees/{person.key}"):
        shown = BeautifulSoup((await client.get(place)).text, "html.parser")
        assert shown.find(id=shown.select_one("main aside")["aria-labelledby"]).text == "Auf einen Blick"


async def test_the_registrant_cancels_two_at_once_after_a_question(client, association):
    event = await forum(seats=3)
    made = await sign_up(event, "A One", "A Two", "A Three")
    await sign_up(event, "B One", "B Two", together=True)
    one, two = (await people(event))[:2]

    asked = f"/events/registrations/{made.key}/cancellation?who={one.reference}&who={two.reference}"
    answer = await submit(client, asked)

    assert answer.headers["location"] == f"/events/registrations/{made.key}"
    assert await states(event) == "ccsss"


async def test_nobody_cancels_people_of_another_registration(client, association):
    event = await forum()
    made = await sign_up(event, "A One")
    await sign_up(event, "B One")
    own, other = await people(event)

    page = await client.get(f"/events/registrations/{made.key}/cancellation?who={own.reference}")
    await send(client, page, who=other.reference)
    replacing = await client.get(f"/events/registrations/{made.key}/people/{other.reference}/replacement")

    assert await states(event) == "ss"
    assert replacing.status_code == 303


async def test_somebody_else_comes_instead_and_keeps_the_seat(client, association):
    event = await forum(seats=2)
    made = await sign_up(event, "A One", "A Two")
    await sign_up(event, "B One")
    old = (await people(event))[1]

    answer = await submit(
        client,
        f"/events/registrations/{made.key}/people/{old.reference}/replacement",
        person__name="Neu Person", person__email="neu@example.org",
    )  # fmt: skip

    assert answer.status_code == 303
    assert await states(event) == "scws"
    assert (await people(event))[3].name == "Neu Person"


async def test_people_are_added_at_the_end_of_the_queue(client, association):
    event = await forum(seats=1)
    made = await sign_up(event, "A One")
    await sign_up(event, "B One")

    answer = await submit(
        client, f"/events/registrations/{made.key}/people", people__0__name="A Two", people__0__email="a2@example.org"
    )

    assert answer.status_code == 303
    assert await states(event) == "sww"


async def test_a_refused_person_comes_back_with_what_was_typed(client, association):
    event = await forum()
    made = await sign_up(event, "A One")

    answer = await submit(
        client, f"/events/registrations/{made.key}/people", people__0__name="A <Two>", people__0__email="kein"
    )

    assert answer.status_code == 422
    assert "A &lt;Two&gt;" in answer.text
    assert 'value="kein"' in answer.text
    assert len(await people(event)) == 1


async def test_after_the_start_nothing_can_be_changed_and_the_page_says_so(client, association):
    event = await forum()
    made = await sign_up(event, "A One")
    person = (await people(event))[0]

    with clock.set_to(event.starts_at):
        overview = await client.get(f"/events/registrations/{made.key}")
        page = await client.get(f"/events/attendees/{person.key}/cancellation")

    assert "Die Veranstaltung hat begonnen" in overview.text
    assert "Die Veranstaltung hat begonnen" in page.text
    assert await states(event) == "s"


async def test_a_wrong_link_offers_a_way_on(client, association):
    for path in ("/events/registrations/unknown", "/events/attendees/unknown", "/events/registrations/unknown/done"):
        answer = await client.get(path)
        assert answer.status_code == 404
        assert "geschaeftsstelle@example.org" in answer.text


async def test_who_cancels_is_forgotten_in_what_they_need(association):
    event = await forum()
    await sign_up(event, guests=[Guest("A One", "a@example.org", needs=("dgs",), consent=True)])
    assert await AccessNeed.count() == 1

    await registration.cancel(event.id, [(await people(event))[0].reference], by=By.SELF)

    assert await AccessNeed.count() == 0


async def test_the_overview_after_the_event_was_cancelled_says_so(client, association):
    event = await forum()
    made = await sign_up(event, "A One")
    await Event.update({Event.cancelled_at: clock.now()}).where(Event.id == event.id)

    page = await client.get(f"/events/registrations/{made.key}")

    assert "Diese Veranstaltung ist abgesagt." in page.text
    assert "checkbox" not in page.text


async def test_both_languages_lead_to_pages_in_their_own(client, association):
    event = await forum()
    made = await sign_up(event, "A One")
    key = (await Attendee.objects().first()).key

    for path in (f"/en/events/registrations/{made.key}", f"/en/events/attendees/{key}"):
        assert '<html lang="en">' in (await client.get(path)).text


async def test_every_page_of_a_registration_says_which_event_and_what_waiting_means(client, association):
    event = await forum(seats=1, starts_at=clock.ahead(days=10), deadline=clock.ahead(days=9))
    await sign_up(event, "Ada")
    made = await sign_up(event, "Bo", "Cy", organisation="Haus B")
    place, person = f"/events/registrations/{made.key}", (await people(event))[1]

    pages = [await client.get(place + path) for path in (
        "", "/done", "/people", f"/people/{person.reference}/replacement", f"/cancellation?who={person.reference}",
    )]  # fmt: skip
    pages += [await client.get(f"/events/attendees/{person.key}{path}") for path in ("", "/cancellation")]
    with clock.set_to(event.starts_at - timedelta(days=1)):
        near = await client.get(place)

    mains = [BeautifulSoup(page.text, "html.parser").main for page in pages]
    assert ["2. Austauschforum" in main.text for main in mains] == [True] * 7
    assert mains[0].h1.text == "2 Personen von Haus B warten auf einen Platz"
    assert "rückt von selbst nach" in mains[0].text
    assert ("rückt von selbst nach" in near.text, "rufen wir an" in near.text) == (False, True)
