"""What the registration room says is true: on its pages, in its letters, and when a form comes twice."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.events import registration
from network.events.registration import By
from network.events.tables import Event, Registration
from network.events.views.taking import MOST_LETTERS_AN_HOUR
from tests.browser import send, submit
from tests.events.make import forum, guest, people, sign_up, states

ROOM = "https://konferenz.example.org/raum"
FIRST = {"organisation": "Lebensweg gGmbH", "name": "Mara Beispiel", "email": "mara@example.org", "attends": "y"}
AGAIN = "Dieses Formular war schon abgeschickt; so steht Ihre Anmeldung."


async def text_of(template, **to):
    letters = Letter.objects().where(Letter.template == f"events/{template}").order_by(Letter.id, ascending=False)
    if "email" in to:
        letters = letters.where(Letter.to_email == to["email"])
    return " ".join((await letters.first()).text.split())


def main_of(answer):
    return " ".join(BeautifulSoup(answer.text, "html.parser").main.text.split())


async def second_page(client, event, **typed):
    return await submit(client, f"/events/{event.slug}/registration", **FIRST | typed)


async def test_people_without_address_get_into_the_online_room_by_the_registrant(client, association):
    event = await forum(mode="online", online_address=ROOM, seats=1)
    made = await sign_up(event, guests=[guest("Bo Lind", email="")], name="Mara", email="m@example.org")
    one = (await people(event))[0]

    overview = await text_of("overview")
    await registration.replace(made, one.reference, guest("Cy Neu", email=""))
    replacement = await text_of("seat_confirmed")
    await registration.add_people(made, [guest("Di Alt", email="")])
    await registration.cancel(event.id, [(await people(event))[1].reference], by=By.REGISTRANT)
    moved = await text_of("moved_up")
    page = await client.get(f"/events/registrations/{made.key}")

    assert [ROOM in text for text in (overview, replacement, moved, main_of(page))] == [True] * 4
    assert f"geben Sie sie weiter an Bo Lind: {ROOM}" in overview
    assert "Falls Cy Neu nicht kommen kann" in replacement


async def test_who_only_waits_is_not_told_the_online_room(client, association):
    event = await forum(mode="online", online_address=ROOM, seats=0)
    made = await sign_up(event, "Bo Lind")

    assert ROOM not in await text_of("overview")
    assert ROOM not in (await client.get(f"/events/registrations/{made.key}")).text


async def test_the_online_room_stays_on_the_pages_while_the_event_goes_on(client, association):
    event = await forum(mode="online", online_address=ROOM)
    made = await sign_up(event, "Bo Lind")
    paths = (f"/events/registrations/{made.key}", f"/events/attendees/{(await people(event))[0].key}")

    with clock.set_to(event.starts_at + timedelta(hours=1)):
        during = [ROOM in (await client.get(path)).text for path in paths]
    with clock.set_to(event.ends_at):
        after = [ROOM in (await client.get(path)).text for path in paths]

    assert (during, after) == ([True, True], [False, False])


async def test_a_registration_sent_again_with_other_content_says_that_it_had_been_sent(client, association):
    event = await forum()
    page = await second_page(client, event)

    first = await send(client, page)
    second = await send(client, page, people__0__name="Ganz Anders")
    shown = await client.get(second.headers["location"])

    assert second.headers["location"] == first.headers["location"]
    assert AGAIN in shown.text
    assert [person.name for person in await people(event)] == ["Mara Beispiel"]


async def test_adding_and_replacing_sent_again_say_so_too(client, association):
    event = await forum()
    made = await sign_up(event, "A One")
    place = f"/events/registrations/{made.key}"
    adding = await client.get(f"{place}/people")
    replacing = await client.get(f"{place}/people/{(await people(event))[0].reference}/replacement")

    said = []
    for page, field in ((adding, "people__0__name"), (replacing, "person__name")):
        for name in ("B One", "C One"):
            answer = await send(client, page, **{field: name})
            said.append(AGAIN in (await client.get(answer.headers["location"])).text)

    assert said == [False, True, False, True]
    assert await states(event) == "css"


async def test_the_last_page_leads_on_when_nobody_is_registered_any_more(client, association):
    event = await forum()
    made = await sign_up(event, "A One")
    await registration.cancel(event.id, [(await people(event))[0].reference], by=By.SELF)

    answer = await client.get(f"/events/registrations/{made.key}/done")

    assert (answer.status_code, answer.headers["location"]) == (303, f"/events/registrations/{made.key}")


@pytest.mark.parametrize("typed", [{"name": "www.example.org"}, {"organisation": "Gewinn https://example.org"}])
async def test_names_hold_no_web_addresses(client, association, typed):
    event = await forum()

    first = await second_page(client, event, **typed)
    second = await send(client, await second_page(client, event), people__0__name="Kommt auf www.example.org")

    assert (first.status_code, second.status_code) == (422, 422)
    assert "ohne Internetadresse" in second.text or "ohne Webadresse" in second.text
    assert await Registration.count() == 0


async def test_one_address_gets_only_so_many_letters_and_the_form_says_which(client, association):
    event = await forum(seats=500)
    flood = {f"people__{n}__name": f"Person {n}" for n in range(10)}
    flood |= {f"people__{n}__email": "opfer@example.org" for n in range(10)}

    answers = [
        await send(client, await second_page(client, event, email=f"a{n}@example.org"), **flood) for n in range(3)
    ]

    assert [answer.status_code for answer in answers] == [303, 303, 422]
    assert "An opfer@example.org sind gerade schon viele E-Mails gegangen." in answers[2].text
    assert "Bitte prüfen Sie eine Angabe" in answers[2].text
    assert await Letter.count().where(Letter.to_email == "opfer@example.org") <= MOST_LETTERS_AN_HOUR


async def test_one_link_changes_a_registration_only_so_often(client, association):
    event = await forum(most_people=10)
    made = await sign_up(event, "A One")
    place = f"/events/registrations/{made.key}/people"

    answers = []
    for number in range(31):
        one = (await people(event))[-1].reference
        typed = {"person__name": f"Person {number}"}
        answers.append((await submit(client, f"{place}/{one}/replacement", **typed)).status_code)

    assert answers == [303] * 30 + [422]


async def test_a_pair_that_does_not_fit_hears_why_and_that_it_comes_only_together(client, association):
    event = await forum(seats=70)
    for number in range(7):
        await sign_up(event, *[f"P{number} {n}" for n in range(10 if number < 6 else 9)])
    made = await sign_up(event, "A One", "A Two", together=True)
    two = (await people(event))[-1]

    letter, overview = await text_of("waiting"), await text_of("overview", email="a.one@example.org")
    manage = await client.get(f"/events/registrations/{made.key}")
    own = await client.get(f"/events/attendees/{two.key}")
    page = await client.get(f"/events/{event.slug}")

    assert "Zurzeit sind nicht genug Plätze gemeinsam frei." in letter
    assert "Zurzeit sind alle Plätze belegt" not in letter
    assert "Sie kommen nur gemeinsam mit einer weiteren Person" in letter
    assert overview.count("nur gemeinsam mit anderen") == manage.text.count("nur gemeinsam mit anderen") == 2
    assert "Sie kommen nur gemeinsam mit einer weiteren Person" in own.text
    assert "1 Platz frei, Gruppen warten" in page.text
    await sign_up(event, "B One")
    assert (await states(event))[-3:] == "wws"


async def test_a_free_seat_that_nobody_may_pass_to_is_not_offered(client, association):
    event = await forum(seats=1, smaller_may_pass=False)
    await sign_up(event, "A One", "A Two", together=True)

    page = await client.get(f"/events/{event.slug}")

    assert "Platz frei" not in page.text
    assert "mit Warteliste" in page.text


async def test_who_registers_others_hears_that_they_move_up_by_themselves(association):
    event = await forum(seats=0)
    await sign_up(event, guests=[guest("Bo Lind")], name="Mara", email="m@example.org")

    assert "Wer wartet, rückt von selbst nach" in await text_of("overview")


async def test_a_cancellation_promises_only_what_is_true(client, association):
    event = await forum(seats=2)
    made = await sign_up(event, "A One", "A Two")
    one, two = await people(event)
    ask = f"/events/registrations/{made.key}/cancellation?who={one.reference}"

    alone = [main_of(await client.get(path)) for path in (ask, f"/events/attendees/{one.key}/cancellation")]
    await sign_up(event, "B One")
    waited = [main_of(await client.get(path)) for path in (ask, f"/events/attendees/{one.key}/cancellation")]
    await Event.update({Event.closed_at: clock.now()}).where(Event.id == event.id)
    closed = [main_of(await client.get(path)) for path in (ask, f"/events/attendees/{one.key}/cancellation")]
    await registration.cancel(event.id, [two.reference], by=By.SELF)
    letter = await text_of("attendee_cancelled")
    own = main_of(await client.get(f"/events/attendees/{two.key}"))

    assert ["Freie Plätze gehen" in alone[0], "an eine Person, die wartet" in alone[1]] == [False, False]
    assert ["Freie Plätze gehen" in waited[0], "an eine Person, die wartet" in waited[1]] == [True, True]
    assert ["neu an" in text for text in (*waited, *closed)] == [True, True, False, False]
    assert ("neu anmelden" in letter, "neu an" in own) == (False, False)
    assert "Ihr Platz ist schon vergeben." in own


async def test_adding_and_taking_out_lead_to_a_person_that_is_there(client, association):
    event = await forum()
    page = await second_page(client, event, number="3")
    fewer = await send(client, page, press="remove_person", people__1__name="Bo", people__2__name="Cy")
    more = await send(client, fewer, press="add_person")

    shown = [BeautifulSoup(answer.text, "html.parser") for answer in (page, fewer, more)]
    aims = [
        [button["formaction"].partition("#")[2] for button in soup.select("[name=remove_person]")] for soup in shown
    ]
    added = [soup.select_one("[name=add_person]")["formaction"].partition("#")[2] for soup in shown]
    there = [[part["id"] for part in soup.select("fieldset[tabindex='-1']")] for soup in shown]

    assert aims == [
        ["people-1", "people-2", "people-1"],
        ["people-1", "people-0"],
        ["people-1", "people-2", "people-1"],
    ]
    assert added == ["people-3", "people-2", "people-3"]
    assert there == [
        ["people-0", "people-1", "people-2"],
        ["people-1", "people-2"],
        ["people-0", "people-1", "people-2"],
    ]


async def test_a_missing_consent_names_the_person(client, association):
    event = await forum()

    answer = await send(client, await second_page(client, event, number="2"), people__1__name="Bo",
                        people__1__needs=["dgs"])  # fmt: skip

    errors = BeautifulSoup(answer.text, "html.parser").find(id="errors")
    assert errors.find("a").text.startswith("2. Person: Bitte stimmen Sie zu")


async def test_going_back_and_choosing_fewer_drops_the_empty_and_keeps_the_filled(client, association):
    event = await forum()
    page = await second_page(client, event, number="3")
    back = await send(client, page, press="back", people__1__name="Bo")

    fewer = await send(client, back, number="1")

    assert len(BeautifulSoup(fewer.text, "html.parser").select("fieldset[tabindex='-1']")) == 2
    assert "Sie haben eine Person gewählt, ausgefüllt sind aber 2." in fewer.text


async def test_the_same_person_twice_is_refused_beside_the_second(client, association):
    event = await forum()
    twice = {"people__1__name": "MARA  Beispiel", "people__1__email": "Mara@example.org"}

    answer = await send(client, await second_page(client, event, number="2"), **twice)

    assert answer.status_code == 422
    error = BeautifulSoup(answer.text, "html.parser").find(id="people-1-name-error")
    assert "Diese Person steht schon auf diesem Formular" in error.text
    assert await Registration.count() == 0


async def test_no_sentence_ends_with_an_organisations_name(association):
    await sign_up(await forum(), "A One", organisation="Netzwerk e. V.")

    assert "e. V.." not in await text_of("overview")


async def test_unknown_links_lead_on(client, association):
    place = "/events/registrations/unknown"

    answers = [await client.get(place + end) for end in ("/people", "/cancellation", "/people/x/replacement", "/done")]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert ["geschaeftsstelle@example.org" in main_of(answer) for answer in answers] == [True] * 4


async def test_who_has_needs_entered_by_somebody_else_reads_so_and_can_delete_them(association):
    event = await forum(seats=2)
    names = [guest("A One"), guest("A Two", needs=("dgs",), consent=True), guest("A Three", needs=("loop",))]
    await sign_up(event, guests=[*names, guest("A Four", needs=("loop",), consent=True)])
    _one, two, _three, four = await people(event)

    told = await text_of("seat_confirmed", email="a.two@example.org")
    waits = [await text_of("waiting", email=f"a.{name}@example.org") for name in ("three", "four")]

    words = "Angaben zu Ihrem Unterstützungsbedarf"
    assert [words in text for text in (told, *waits)] == [True, False, True]
    assert told.count(two.key) == waits[1].count(four.key) == 2
    assert "Gebärdensprache" not in told


async def test_a_registration_of_which_everybody_waits_is_not_called_a_seat(association):
    event = await forum(seats=1)
    await sign_up(event, "A One", "A Two")
    await sign_up(event, "B One", organisation="Andere")

    mixed, waiting = await Letter.objects().where(Letter.template == "events/overview").order_by(Letter.id)

    assert (mixed.subject.split(":")[0], "Angemeldet sind:" in mixed.text) == ("Ihre Anmeldung", True)
    assert (waiting.subject.split(":")[0], "Angemeldet sind:" in waiting.text) == ("Warteliste", False)
    assert "Auf der Warteliste stehen:" in waiting.text


async def test_the_registrant_reads_that_the_office_cancelled_and_where_the_others_stand(association):
    event = await forum()
    made = await sign_up(event, guests=[guest("Ada", email=""), guest("Bo")], name="Mara", email="m@example.org")

    await registration.cancel(event.id, [(await people(event))[0].reference], by=By.OFFICE)
    letter = await text_of("attendee_cancelled")

    assert "wir haben Ada abgemeldet." in letter
    assert f"/events/registrations/{made.key}" in letter
