"""Joining and leaving by the pages: what a reader sees, and what a stranger does not."""

import json
import re

import pytest

from mailing import lists, readers
from mailing.lists import Evidence
from mailing.readers import State
from mailing.tables import Consent, Letter, Subscriber
from network import clock, jobs
from network.association.pages import notice, revise
from network.newsletter import joining, promise
from network.newsletter.promise import the_list
from network.references import fingerprint
from network.worker import WORK
from tests.browser import submit

pytestmark = pytest.mark.usefixtures("association")


async def letters():
    return await Letter.objects().order_by(Letter.id)


def place_in(letter, path):
    return re.search(rf"http://localhost:8000((?:/en)?{path}/\S+)", letter.text)[1]


async def reading(email="kim@example.org", **told):
    """A confirmed reader, by the short way."""
    asked = await lists.ask(await the_list(), email, Evidence("/newsletter", "…", "1"), **told)
    return await lists.confirm(asked.token)


async def state(email="kim@example.org"):
    row = await Subscriber.objects().get(Subscriber.email_key == email)
    return readers.state_of(row) if row else None


async def test_form_letter_button_page(client):
    answer = await submit(client, "/newsletter", email="Kim@Example.org", name="Kim Aydın", land="BE")
    asked_page = await client.get(answer.headers["location"])
    [letter] = await letters()
    place = place_in(letter, "/newsletter/confirm")
    looked = await client.get(place)
    before = await state()
    pressed = await submit(client, place)
    welcome = await client.get(pressed.headers["location"])

    assert (answer.status_code, asked_page.status_code, looked.status_code, pressed.status_code) == (303, 200, 200, 303)
    assert (before, await state(), welcome.status_code) == (State.PENDING, State.CONFIRMED, 200)
    assert "Sie stehen im Verteiler" in welcome.text
    assert json.loads(letter.secrets) == [f"http://localhost:8000{place}"]


async def test_a_link_used_already_says_that_one_is_on_the_list(client):
    await submit(client, "/newsletter", email="kim@example.org")
    place = place_in((await letters())[0], "/newsletter/confirm")
    await submit(client, place)

    again = await client.get(place, follow_redirects=True)

    assert (again.status_code, "Noch ein Klick" in again.text) == (200, False)
    assert "Sie stehen im Verteiler" in again.text


async def test_the_request_for_confirmation_is_four_lines(client, at_sunday):
    await submit(client, "/newsletter", email="kim@example.org")

    [letter] = await letters()
    place = place_in(letter, "/newsletter/confirm")
    assert letter.subject == "Bitte bestätigen: Rundbrief (BAG BW)"
    assert letter.text == (
        "Guten Tag,\n\n"
        "am 05.09.2027, 10:00 wurden wir gebeten, diese Adresse in den E-Mail-Verteiler „Rundbrief“ aufzunehmen. "
        "Wenn das stimmt, bestätigen Sie es bitte hier:\n\n"
        f"http://localhost:8000{place}\n\n"
        "Wenn Sie das nicht waren, brauchen Sie nichts zu tun: Nach 7 Tagen wird die Bitte gelöscht.\n"
    )


async def test_a_scanner_that_opens_everything_changes_nothing(client):
    reader = await reading()
    await submit(client, "/newsletter", email="neu@example.org")
    confirm = place_in((await letters())[-1], "/newsletter/confirm")

    for path in (confirm, f"/newsletter/leave/{reader.key}", f"/newsletter/preferences/{reader.key}",
                 f"/newsletter/one-click/{reader.key}", f"/newsletter/welcome/{reader.key}"):  # fmt: skip
        await client.get(path, follow_redirects=True)
        await client.head(path)

    assert (await state(), await state("neu@example.org")) == (State.CONFIRMED, State.PENDING)


async def test_a_stranger_learns_nothing(client):
    await reading("liest@example.org")
    gone = await reading("weg@example.org")
    await joining.leave(gone.key, by="link")
    await joining.erase("", "geloescht@example.org")

    answers = [
        await submit(client, "/newsletter", email=f"{who}@example.org") for who in ("neu", "liest", "weg", "geloescht")
    ]

    assert {(a.status_code, a.headers["location"], a.text) for a in answers} == {
        (303, "/newsletter/asked", answers[0].text)
    }
    assert [(one.to_email, one.template.rpartition("/")[2]) for one in await letters()] == [
        ("neu@example.org", "please_confirm"),
        ("liest@example.org", "already_reading"),
        ("weg@example.org", "please_confirm"),
        ("geloescht@example.org", "please_confirm"),
    ]


async def test_you_read_already_is_written_once_a_day(client):
    await reading()

    for _ in range(3):
        await submit(client, "/newsletter", email="kim@example.org")
    with clock.set_to(clock.ahead(days=1, minutes=1)):
        await submit(client, "/newsletter", email="kim@example.org")

    assert [one.template for one in await letters()] == ["newsletter/already_reading"] * 2
    assert (await Subscriber.count(), await Consent.count()) == (1, 1)


async def test_too_many_letters_to_one_address_are_refused_in_words(client):
    answers = [await submit(client, "/newsletter", email="kim@example.org") for _ in range(5)]

    assert [a.status_code for a in answers] == [303] * 4 + [422]
    assert "kim@example.org" in answers[-1].text
    assert len(await letters()) == 4


async def test_a_bad_address_is_refused_and_everything_typed_stays(client):
    answer = await submit(client, "/newsletter", email="kim@@example", name="Kim <b>Aydın</b>", land="BE")

    assert answer.status_code == 422
    assert 'value="Kim &lt;b&gt;Aydın&lt;/b&gt;"' in answer.text
    assert '<option selected value="BE">' in answer.text
    assert await letters() == []


@pytest.mark.parametrize("name", ["https://spam.example", "Kim www.spam.example", "gewinnen auf spam.example/x"])
async def test_a_name_with_a_web_address_is_refused(client, name):
    answer = await submit(client, "/newsletter", email="kim@example.org", name=name)

    assert (answer.status_code, await letters()) == (422, [])


@pytest.mark.parametrize("name", ["Dr. Kim Aydın-Øster, M.A.", "A. v. d. Heide", "BAG e.V."])
async def test_ordinary_names_are_names(client, name):
    assert (await submit(client, "/newsletter", email="kim@example.org", name=name)).status_code == 303


async def test_header_injection_stays_a_name(client):
    await submit(client, "/newsletter", email="kim@example.org", name="Kim\r\nBcc: all@example")

    [letter] = await letters()
    assert letter.to_name == "Kim Bcc: all@example"


async def test_a_double_click_writes_one_letter(client):
    page = await client.get("/newsletter")
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)[1]
    once = re.search(r'name="form_token"[^>]*value="([^"]+)"', page.text)[1]
    typed = {"_csrf_token": token, "form_token": once, "email": "kim@example.org"}

    answers = [await client.post("/newsletter", data=typed) for _ in range(2)]

    assert [a.status_code for a in answers] == [303, 303]
    assert len(await letters()) == 1


async def test_expired_used_and_mistyped_links_offer_a_new_start(client):
    await submit(client, "/newsletter", email="kim@example.org")
    place = place_in((await letters())[0], "/newsletter/confirm")
    with clock.set_to(clock.ahead(days=7)):
        answers = [await client.get(place), await client.get("/newsletter/confirm/xyz"),
                   await client.get("/newsletter/preferences/xyz"), await client.get("/newsletter/leave/xyz"),
                   await client.get("/newsletter/welcome/xyz")]  # fmt: skip

    assert [a.status_code for a in answers] == [410] * 5
    assert all("Meine Adresse eintragen" in a.text for a in answers)


async def test_english_readers_are_answered_in_english(client):
    await submit(client, "/en/newsletter", email="kim@example.org", name="Kim")
    [letter] = await letters()
    place = place_in(letter, "/newsletter/confirm")
    page = await client.get(place)

    assert letter.subject == "Please confirm: Newsletter (BAG BW)"
    assert place.startswith("/en/newsletter/confirm/")
    assert "One more click and you are on the list" in page.text
    assert (await Subscriber.objects().first()).locale == "en"


async def test_preferences_are_changed_by_the_key_alone(client):
    reader = await reading(name="Kim")
    path = f"/newsletter/preferences/{reader.key}"

    answer = await submit(client, path, name="Kim Aydın", provider_status="preparing", land="HE", locale="en")
    wrong = await submit(client, path, land="XX")

    row = await Subscriber.objects().first()
    assert (answer.status_code, wrong.status_code) == (303, 422)
    assert (row.name, row.provider_status, row.land, row.locale) == ("Kim Aydın", "preparing", "HE", "en")


async def test_leaving_takes_one_button(client):
    reader = await reading()

    answer = await submit(client, f"/newsletter/leave/{reader.key}")
    again = await client.get(f"/newsletter/leave/{reader.key}")

    assert (answer.headers["location"], again.status_code, await state()) == ("/newsletter/left", 200, State.LEFT)
    assert (await Consent.objects().first()).ended_by == "link"


async def test_one_click_needs_no_cookie_and_works_at_once(client):
    reader = await reading()
    path = f"/newsletter/one-click/{reader.key}"

    bare = await client.post(path)
    before = await state()
    done = await client.post(path, data={"List-Unsubscribe": "One-Click"})

    assert (bare.status_code, before) == (400, State.CONFIRMED)
    assert (done.status_code, "set-cookie" in done.headers, await state()) == (200, False, State.LEFT)
    assert (await Consent.objects().first()).ended_by == "one-click"
    assert (await client.get(path)).headers["location"] == f"/newsletter/leave/{reader.key}"


async def test_leaving_once_more_shows_that_it_worked(client):
    reader = await reading()
    await client.post(f"/newsletter/one-click/{reader.key}", data={"List-Unsubscribe": "One-Click"})
    leave, preferences = f"/newsletter/leave/{reader.key}", f"/newsletter/preferences/{reader.key}"
    token = re.search(r'name="_csrf_token" value="([^"]+)"', (await client.get("/newsletter")).text)[1]

    answers = [
        await client.get(leave),
        await client.post(leave, data={"_csrf_token": token}, follow_redirects=True),
        await client.get(preferences),
        await client.post(preferences, data={"_csrf_token": token, "name": "", "locale": "xx"}),
        await client.post(preferences, data={"_csrf_token": token, "name": "Kim", "locale": "de"}),
    ]

    assert [answer.status_code for answer in answers] == [200] * 5
    assert all("<h1>Sie sind ausgetragen</h1>" in answer.text for answer in answers)
    assert not any("kim@example.org" in answer.text for answer in answers)


@pytest.mark.parametrize(
    ("language", "missing", "done"),
    [
        ("de", "Es fehlt List-Unsubscribe=One-Click. Austragen können Sie sich hier: http://localhost:8000/newsletter",
         "Sie sind ausgetragen.\n"),
        ("en", "List-Unsubscribe=One-Click is missing. You can leave here: http://localhost:8000/en/newsletter",
         "You are off the list.\n"),
    ],
)  # fmt: skip
async def test_one_click_answers_in_the_language_of_the_reader(client, language, missing, done):
    reader = await reading(locale=language)
    path = f"/newsletter/one-click/{reader.key}"

    answers = [await client.post(path), await client.post(path, data={"List-Unsubscribe": "One-Click"})]

    assert [answer.text for answer in answers] == [f"{missing}/leave/{reader.key}\n", done]


async def test_a_stranger_of_one_click_is_answered_in_german(client):
    answer = await client.post("/newsletter/one-click/xyz", data={"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, answer.text) == (200, "Sie sind ausgetragen.\n")


@pytest.mark.parametrize("path", ["/newsletter", "/newsletter/asked", "/newsletter/preferences/{key}"])
async def test_public_pages_speak_of_emails_not_of_letters(client, path):
    reader = await reading()

    pages = [await client.get(language + path.format(key=reader.key)) for language in ("", "/en")]

    assert [answer.status_code for answer in pages] == [200, 200]
    assert re.findall(r"(?i)\bbriefe?s?\b|\bletters?\b", pages[0].text + pages[1].text) == []


async def test_other_words_are_another_version_of_the_evidence(client):
    before = await promise.wording(await the_list())
    await promise.change("", title_de="Post", title_en="", promise_de="Zweimal im Jahr.", promise_en="")
    after = await promise.wording(await the_list())

    assert "„Post“ (Bundesarbeitsgemeinschaft" in after[0]
    assert before[1].partition("-")[0] == after[1].partition("-")[0]
    assert before[1] != after[1]


async def test_the_link_of_one_address_does_not_confirm_a_similar_one(client):
    await submit(client, "/newsletter", email="chef@xn--mller-kva.example.org")
    place = place_in((await letters())[0], "/newsletter/confirm")
    await submit(client, "/newsletter", email="chef@mueller.example.org")

    looked = await client.get(place)
    await submit(client, place)

    confirmed = await Subscriber.objects().where(Subscriber.confirmed_at != None).order_by(Subscriber.id)
    assert [one.email for one in confirmed] == ["chef@müller.example.org"]
    assert "chef@mueller.example.org" not in looked.text


async def test_the_tick_at_a_registration_asks_once_a_day(client):
    for event in ("event:a", "event:b"):
        await jobs.enqueue("newsletter.ask", email="kim@example.org", name="Kim", source=event, locale="en")
    await jobs.run_due(WORK)

    [letter] = await letters()
    consent = await Consent.objects().first()
    assert (letter.template, letter.locale, consent.source) == ("newsletter/please_confirm", "en", "event:a")


async def test_the_tick_does_not_bring_back_an_erased_address(client):
    await joining.erase("", "kim@example.org")

    await joining.ask_at_registration("kim@example.org", "Kim", "event:a")

    assert (await letters(), await Subscriber.count()) == ([], 0)


async def test_evidence_holds_the_words_that_were_read_and_their_version(client):
    for text in ("Erstens", "Zweitens", "Wir verwenden Ihre Adresse nur für den Rundbrief."):
        await revise("", "newsletter", text)
    version = (await notice("newsletter")).version

    await submit(client, "/newsletter", email="kim@example.org")

    consent = await Consent.objects().first()
    assert consent.wording_version == f"{version}-{fingerprint(consent.wording)[:6]}"
    assert consent.wording.startswith(
        "Ich möchte in den E-Mail-Verteiler „Rundbrief“ (Bundesarbeitsgemeinschaft Berufliche Wege e. V.) "
        "aufgenommen werden und die Ausgaben per E-Mail bekommen. "
    )
    assert consent.wording.endswith("Wir verwenden Ihre Adresse nur für den Rundbrief.")
    assert consent.message_id == (await letters())[0].message_id


async def test_erasing_takes_letters_and_waiting_jobs_along(client):
    await submit(client, "/newsletter", email="kim@example.org")
    await jobs.enqueue("newsletter.ask", email="kim@example.org", source="event:a")
    await jobs.enqueue("newsletter.ask", email="tim@example.org", source="event:a")

    await joining.erase("", "kim@example.org")

    assert (await Subscriber.count(), await letters(), await jobs.Job.count()) == (0, [], 1)
