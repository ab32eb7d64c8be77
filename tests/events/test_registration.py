"""From the form to the letters."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.events.counts import counts_of
from network.events.tables import AccessNeed, Attendee, Event, Registration
from network.jobs import Job
from network.members import organisation
from tests.browser import send, submit
from tests.events.make import forum, people, sign_up, states


async def register(client, event, *, people=(), **typed):
    """Both steps of the form, as a browser without scripts sends them."""
    first = {"organisation": "Lebensweg gGmbH", "name": "Mara Beispiel", "email": "mara@example.org", "attends": "y"}
    values = {"wants_news": typed.pop("wants_news")} if "wants_news" in typed else {}
    page = await submit(client, f"/events/{event.slug}/registration", **first | typed)
    for number, person in enumerate(people):
        values |= {f"people__{number}__{name}": value for name, value in person.items()}
    return await send(client, page, **values) if page.status_code == 200 else page


async def test_one_registration_from_the_form_to_the_held_letter(client, association):
    event = await forum()

    answer = await register(client, event)

    made = await Registration.objects().first()
    letter = await Letter.objects().first()
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/events/registrations/{made.key}/done"
    assert (await client.get(answer.headers["location"])).status_code == 200
    assert await states(event) == "s"
    assert await Letter.count() == 1
    assert (letter.to_email, letter.state, letter.calendar_method) == ("mara@example.org", "held", "REQUEST")
    assert letter.calendar.count("ATTENDEE") == 1
    assert f"/events/registrations/{made.key}" in letter.text
    assert (await Attendee.objects().first()).sequence == 0


async def test_several_people_with_needs_and_the_mailing_list(client, association):
    event = await forum()

    answer = await register(
        client,
        event,
        number="2",
        people=[
            {"needs": ["dgs", "wheelchair"], "consent": "y", "diet": "vegan", "role": "Leitung"},
            {"name": "Bo Lind", "email": "bo@example.org"},
        ],
        wants_news="y",
    )

    mara, bo = await people(event)
    assert answer.status_code == 303
    assert (mara.name, mara.diet, mara.role, bo.name) == ("Mara Beispiel", "vegan", "Leitung", "Bo Lind")
    assert await AccessNeed.select(AccessNeed.attendee, AccessNeed.needs) == [
        {"attendee": mara.id, "needs": "dgs wheelchair"}
    ]
    asked = await Job.objects().get(Job.kind == "newsletter.ask")
    assert json.loads(asked.payload) == {
        "email": "mara@example.org", "name": "Mara Beispiel", "source": f"event:{event.slug}", "locale": "de",
    }  # fmt: skip


async def test_a_number_to_ring_up_is_asked_for_where_there_is_a_waiting_list(client, association):
    event, without = await forum(), await forum(waiting_list=False)

    refused = await submit(client, f"/events/{event.slug}/registration", organisation="Org", name="Mara",
                           email="mara@example.org", phone="bitte mailen")  # fmt: skip
    people = await send(client, refused, phone="030 / 23125-017")
    back = await send(client, people, press="back")
    done = await send(client, await send(client, back), people__0__name="Mara")
    left_out = await client.get(f"/events/{without.slug}/registration")

    page = BeautifulSoup(refused.text, "html.parser")
    field = page.select_one("input[name=phone]")
    assert (refused.status_code, page.select_one("#errors a")["href"]) == (422, "#phone")
    assert (field["type"], field["autocomplete"], field["value"]) == ("tel", "tel", "bitte mailen")
    assert (done.status_code, (await Registration.objects().first()).phone) == (303, "030 / 23125-017")
    assert 'name="phone"' not in left_out.text


async def test_needs_without_consent_are_refused_and_not_stored(client, association):
    event = await forum()

    answer = await register(client, event, people=[{"needs": ["dgs"], "other_need": "Ruheraum"}])

    assert answer.status_code == 422
    assert "Bitte stimmen Sie zu" in answer.text
    assert "Ruheraum" in answer.text
    assert await Registration.count() == 0


async def test_the_buttons_add_and_take_out_people_and_lose_nothing(client, association):
    event = await forum()
    first = await submit(client, f"/events/{event.slug}/registration", organisation="Org & <Co>", name="Mara",
                         email="mara@example.org", attends="y", number="2")  # fmt: skip

    more = await send(client, first, press="add_person", people__0__needs=["dgs", "loop"], people__1__name="Bo")
    back = await send(client, more, press="back", people__2__name="Cy")
    again = await send(client, back)
    fewer = await send(client, again, press="remove_person", people__1__role="Rolle")  # "1": the first
    final = await send(client, fewer, people__1__email="bo@example.org")

    assert 'value="Org &amp; &lt;Co&gt;"' in back.text
    assert again.text.count("checked") == 2
    assert final.status_code == 303
    assert [person.name for person in await people(event)] == ["Bo", "Cy"]
    assert (await Registration.objects().first()).organisation_name == "Org & <Co>"


async def test_a_double_click_and_the_back_button_lead_to_the_same_confirmation(client, association):
    event = await forum(seats=1, waiting_list=False)
    typed = {"organisation": "Org", "name": "Mara", "email": "mara@example.org", "attends": "y"}
    page = await submit(client, f"/events/{event.slug}/registration", **typed)

    first = await send(client, page)
    second = await send(client, page)

    assert (first.status_code, second.status_code) == (303, 303)
    assert first.headers["location"] == second.headers["location"]
    assert await states(event) == "s"
    assert await Letter.count() == 1


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"closed_at": "now"}, "Die Anmeldung für diese Veranstaltung ist geschlossen."),
        ({"cancelled_at": "now"}, "Diese Veranstaltung ist abgesagt."),
        (
            {"seats": 0, "waiting_list": False},
            "Alle Plätze sind belegt, und für diese Veranstaltung gibt es keine Warteliste.",
        ),
        ({"ends_at": "past"}, "Diese Veranstaltung ist vorbei."),
    ],
)
async def test_closed_cancelled_full_and_past_are_refused_in_words(client, association, facts, words):
    event = await forum()
    typed = {"organisation": "Org", "name": "Mara", "email": "mara@example.org", "attends": "y"}
    page = await submit(client, f"/events/{event.slug}/registration", **typed)
    if facts.get("ends_at"):
        day = clock.ago(days=1)
        facts = {"starts_at": day - timedelta(hours=6), "ends_at": day, "deadline": day - timedelta(days=3)}
    facts = {name: clock.now() if value == "now" else value for name, value in facts.items()}
    await Event.update({getattr(Event, name): value for name, value in facts.items()}).where(Event.id == event.id)

    shown = await client.get(f"/events/{event.slug}/registration")
    sent = await send(client, page)

    assert (shown.status_code, sent.status_code) == (200, 422)
    assert words in shown.text
    assert words in sent.text
    assert 'value="mara@example.org"' in sent.text
    assert await Registration.count() == 0


async def test_a_refused_form_names_what_is_wrong_and_keeps_what_was_typed(client, association):
    event = await forum()

    one = await submit(client, f"/events/{event.slug}/registration", organisation="Org", name="", email="kein")
    two = await register(client, event, number="2", people=[{}, {"name": "", "email": "auch kein"}])

    assert (one.status_code, two.status_code) == (422, 422)
    assert 'value="Org"' in one.text
    assert 'value="kein"' in one.text
    assert 'value="auch kein"' in two.text
    assert "Bitte prüfen Sie 2 Angaben" in two.text
    assert await Registration.count() == 0


async def test_more_than_ten_people_are_refused(client, association):
    event = await forum()
    values = {f"people__{n}__name": f"Person {n}" for n in range(11)}
    page = await submit(client, f"/events/{event.slug}/registration", organisation="Org", name="Mara",
                        email="mara@example.org", attends="y")  # fmt: skip

    answer = await send(client, page, **values)

    assert answer.status_code == 422
    assert "höchstens 10 Personen" in answer.text
    assert await Registration.count() == 0


async def test_scripts_formulas_and_line_ends_are_just_text(client, association):
    event = await forum()
    evil = '=HYPERLINK("x")<script>alert(1)</script>\r\nBcc: fremd@example'

    answer = await register(client, event, organisation=evil, people=[{"name": evil, "role": evil, "diet": evil}])

    made = await Registration.objects().first()
    pages = [await client.get(f"/events/registrations/{made.key}{path}") for path in ("", "/done")]
    assert answer.status_code == 303
    assert made.organisation_name == '=HYPERLINK("x")<script>alert(1)</script> Bcc: fremd@example'
    assert not any("<script>alert" in page.text for page in pages)
    for letter in await Letter.objects():
        assert "\n" not in letter.subject + letter.to_name + letter.from_name


async def test_an_email_address_cannot_carry_a_header(client, association):
    event = await forum()

    answer = await register(client, event, email="mara@example.org\r\nBcc: fremd@example.org")

    assert answer.status_code == 422
    assert await Letter.count() == 0


async def test_a_draft_does_not_exist_for_visitors(client, association):
    event = await forum(published=False)

    assert (await client.get(f"/events/{event.slug}/registration")).status_code == 404


async def test_the_same_organisation_typed_differently_counts_once_and_members_are_linked(association):
    event = await forum()
    member = await organisation.enter("Neckarbogen Reha und Arbeit gGmbH")

    for name in ("Neckarbogen Reha und Arbeit gGmbH", "neckarbogen reha & arbeit", "Lebensweg e. V.", "Lebensweg"):
        await sign_up(event, f"Jemand {name[:3]}", organisation=name)

    assert (await counts_of(event)).organisations == 2
    new = await organisation.known("lebensweg")
    assert [row.organisation for row in await Registration.objects().order_by(Registration.id)] == [
        member.id, member.id, new.id, new.id,
    ]  # fmt: skip


async def test_the_page_says_that_one_will_wait(client, association):
    event = await forum(seats=1)
    await sign_up(event, "A One")

    page = await client.get(f"/events/{event.slug}/registration")

    assert "Alle Plätze sind belegt: Sie kommen auf die Warteliste" in page.text
