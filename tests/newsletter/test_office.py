"""The office's pages of the mailing list, as a browser without scripts uses them."""

import io
import re

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from mailing import campaigns, lists, outbox, readers
from mailing.readers import State
from mailing.tables import Consent, Letter, Subscriber, Suppression
from network import clock
from network.activity import Activity
from network.database import chunks
from network.i18n import speaking
from network.newsletter import handed, joining, writing
from network.newsletter.promise import the_list
from network.newsletter.tables import Issue
from network.people import person, sign_in
from network.people.viewer import COOKIE, viewer_with
from network.references import new_reference, new_token
from network.web import recent
from tests.browser import send, submit
from tests.events.make import forum
from tests.newsletter.test_wrote import STORY

WORDS = {
    "subject_de": "Einladung zum 2. Forum",
    "body_de": "**Kommen** Sie [zum Forum](/events).",
    "subject_en": "",
    "body_en": "",
}
PAGES = ["", "/readers", "/new", "/wrote", "/settings"]


def heading(answer):
    return BeautifulSoup(answer.text, "html.parser").h1.text


async def viewer(someone):
    return await viewer_with(await sign_in.begin_session(someone))


@pytest.mark.parametrize("page", [*PAGES, "/readers/as/csv", "/readers/x", "/x", "/x/sending"])
async def test_visitors_are_led_to_the_door_and_others_see_nothing(client, association, page):
    path = f"/office/newsletter{page}"
    stranger = await person.enter("Bo Fremd", "bo@example.org")

    visitor = await client.get(path)
    client.cookies.set(COOKIE, await sign_in.begin_session(stranger))
    other = await client.get(path)

    assert (visitor.status_code, other.status_code) == (303, 404)


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("page", PAGES)
async def test_an_empty_room_says_what_it_is_for(client, mira, page, language):
    answer = await client.get(f"{language}/office/newsletter{page}")

    soup = BeautifulSoup(answer.text, "html.parser")
    assert (answer.status_code, len(soup.select("h1")), bool(soup.title.text)) == (200, 1, True)


async def test_the_title_says_how_many_read(client, mira, joined):
    for number in range(3):
        await joined(f"r{number}@example.org")

    assert heading(await client.get("/office/newsletter")) == "3 Menschen lesen „Rundbrief“"
    assert heading(await client.get("/en/office/newsletter")) == "3 people read “Newsletter”"


async def test_the_list_is_searched_and_filtered(client, mira, joined):
    await joined("kim@example.org", name="Kim Müller", land="BE", provider_status="operating")
    await joined("tim@example.org", land="BY")
    gone = await joined("weg@example.org")
    await joining.leave(gone.key, by="link")

    async def shown(query):
        page = BeautifulSoup((await client.get(f"/office/newsletter/readers?{query}")).text, "html.parser")
        return [cell.a.text for cell in page.select("tbody th")]

    assert await shown("") == ["kim@example.org", "tim@example.org", "weg@example.org"]
    assert await shown("q=mueller") == await shown("q=muller") == await shown("q=KIM%40") == ["kim@example.org"]
    assert await shown("state=left") == ["weg@example.org"]
    assert await shown("status=operating&land=BE") == ["kim@example.org"]
    assert await shown("q=niemand") == []
    assert await shown("state=nonsense") == await shown("page=999999999999")


async def test_one_reader_and_three_readers_cost_the_same_queries(client, mira, joined, queries):
    async def asked():
        recent.forget()  # the rail's figures are kept for a second
        queries.clear()
        await client.get("/office/newsletter/readers")
        return len([one for one in queries if "subscriber" in one])

    await joined("a@example.org")
    one = await asked()
    for email in ("b@example.org", "c@example.org"):
        await joined(email)

    assert await asked() == one


async def test_the_list_leaves_as_a_sheet_with_its_filters_and_without_formulas(client, mira, joined):
    await joined("kim@example.org", name="=1+1", land="BE")
    await joined("tim@example.org")

    xlsx = await client.get("/office/newsletter/readers/as/xlsx?land=BE")
    csv = await client.get("/office/newsletter/readers/as/csv")

    rows = list(load_workbook(io.BytesIO(xlsx.content)).active.iter_rows(values_only=True))
    assert [row[:2] for row in rows] == [("E-Mail-Adresse", "Name"), ("kim@example.org", "=1+1")]
    assert csv.content.decode("utf-8-sig").splitlines()[1].split(";")[:2] == ["kim@example.org", "'=1+1"]
    assert (await client.get("/office/newsletter/readers/as/exe")).status_code == 404


async def test_a_reader_page_holds_the_whole_evidence(client, at_sunday, mira):
    await send(client, await propose(client), press="ask")
    reader = await Subscriber.objects().first()

    text = (await client.get(f"/office/newsletter/readers/{reader.reference}")).text

    consent = await Consent.objects().first()
    letter = await Letter.objects().first()
    shown = BeautifulSoup(text, "html.parser")
    assert [one.text.strip() for one in shown.select("pre")] == [consent.wording.strip(), STORY.strip()]
    assert [dd.text for dd in shown.select("article dd")] == [
        "E-Mail an die Geschäftsstelle", "05.09.2027, 10:00", letter.message_id, consent.wording_version,
    ]  # fmt: skip


async def propose(client):
    page = await client.get("/office/newsletter/wrote")
    return await send(client, page, mail=STORY)


async def test_a_pasted_email_is_understood_shown_and_asked(client, mira):
    proposal = await propose(client)
    answer = await send(client, proposal, press="ask")

    soup = BeautifulSoup(proposal.text, "html.parser")
    assert soup.select_one("#email")["value"] == "marek.sandvik@example.org"
    assert soup.select_one("#name")["value"] == "Marek Sandvik"
    assert soup.select_one("#provider_status option[selected]").text == "tätig"
    assert (answer.status_code, answer.headers["location"]) == (303, "/office/newsletter")
    assert (await Consent.objects().first()).raw_request.replace("\r\n", "\n") == STORY.strip()


async def test_a_second_request_within_a_day_is_refused_and_everything_stays(client, mira):
    await send(client, await propose(client), press="ask")

    again = await send(client, await propose(client), press="ask", name="Anders")

    soup = BeautifulSoup(again.text, "html.parser")
    assert again.status_code == 422
    assert (soup.select_one("#name")["value"], soup.select_one("#mail").text.strip()) == ("Anders", STORY.strip())
    assert await Letter.count() == 1


async def test_nothing_pasted_and_no_address_found(client, mira):
    empty = await submit(client, "/office/newsletter/wrote", mail="")
    nameless = await submit(client, "/office/newsletter/wrote", mail="Bitte aufnehmen")
    asked = await send(client, nameless, press="ask")

    assert (empty.status_code, nameless.status_code, asked.status_code) == (422, 200, 422)
    assert await Subscriber.count() == 0


async def test_the_office_takes_somebody_off_and_erases_an_address(client, mira, joined):
    reader = await joined("kim@example.org")
    path = f"/office/newsletter/readers/{reader.reference}"

    looked = await client.get(f"{path}/removal")
    before = readers.state_of(await Subscriber.objects().first())
    await submit(client, f"{path}/removal")
    after = readers.state_of(await Subscriber.objects().first())
    await submit(client, f"{path}/erasure")

    assert (looked.status_code, before, after) == (200, State.CONFIRMED, State.LEFT)
    assert (await Subscriber.count(), await Consent.count(), await Suppression.count()) == (0, 0, 1)
    assert (await client.get(path)).status_code == 404
    assert not any("kim@" in f"{one.label}{one.detail}{one.thing}" for one in await Activity.objects())


async def test_unreachable_addresses_leave_together(client, mira, joined):
    for number in range(3):
        reader = await joined(f"r{number}@example.org")
        if number:
            await lists.bounced(reader.id)

    asked = await client.get("/office/newsletter/unreachable")
    await submit(client, "/office/newsletter/unreachable")

    assert heading(asked) == "2 nicht erreichbare Adressen aus dem Verteiler nehmen?"
    assert [readers.state_of(one) for one in await Subscriber.objects().order_by(Subscriber.id)] == [
        State.CONFIRMED, State.LEFT, State.LEFT,
    ]  # fmt: skip
    assert await handed.due(await viewer(mira), clock.today()) == []


async def test_an_issue_from_the_first_word_to_the_last_letter(client, mira, joined, sink):
    for number in range(3):
        await joined(f"r{number}@example.org", provider_status="operating" if number else "")
    draft = await submit(client, "/office/newsletter/new", **WORDS)
    place = draft.headers["location"]
    page = await client.get(place)
    mail = await client.get(f"{place}/mail/de")
    await send(client, page)
    await submit(client, f"{place}/readers", provider_statuses=["operating"])
    asked = await client.get(f"{place}/sending")
    sent = await submit(client, f"{place}/sending")
    under_way = await client.get(place)
    await outbox.deliver_due()
    done = await client.get(place)

    assert (draft.status_code, sent.headers["location"]) == (303, place)
    assert "Eine Person" not in page.text
    assert "<strong>Kommen</strong>" in mail.text
    assert "unsafe" not in mail.headers["content-security-policy"]
    assert heading(asked) == "Die Ausgabe an 2 Menschen senden?"
    assert "2 warten" in under_way.text
    assert "data-live-done" in done.text
    assert sink.recipients == ["mira.quandt@example.org", "r1@example.org", "r2@example.org"]


async def test_a_sending_is_paused_and_goes_on(client, mira, joined, sink):
    await joined()
    issue = await writing.draft("mira", **WORDS)
    await writing.send("mira", issue)
    place = f"/office/newsletter/{issue.reference}"

    await submit(client, place)
    carried = await outbox.deliver_due()
    waiting = await handed.due(await viewer(mira), clock.today())
    paused = (await client.get(place)).text
    await submit(client, place)
    after = await outbox.deliver_due()
    done = (await client.get(place)).text

    assert (carried, [one.title for one in waiting], after) == (0, ["„Einladung zum 2. Forum“ ist angehalten"], 1)
    assert ("Versand begonnen am" in paused, "Verschickt am" in paused) == (True, False)
    assert ("Versand begonnen am" in done, "Verschickt am" in done) == (False, True)


async def test_faults_are_named_and_stop_the_sending(client, mira, joined):
    await joined()
    issue = await writing.draft("mira", **WORDS)
    place = f"/office/newsletter/{issue.reference}"
    ready = await client.get(f"{place}/sending")
    await submit(client, f"{place}/text", body_de="[x](www.example.org)")

    page = await client.get(place)
    asked = await client.get(f"{place}/sending")
    refused = await send(client, ready)

    for answer in (asked, refused):
        assert answer.text.count("Dieser Link führt nirgendwohin: www.example.org") == 1
        assert '<form class="form"' not in answer.text
    assert "Dieser Link führt nirgendwohin: www.example.org" in page.text
    assert refused.status_code == 422
    assert (await Issue.objects().first()).sent_at is None


async def test_sending_twice_by_two_pages_is_refused_in_words(client, mira, joined):
    await joined()
    issue = await writing.draft("mira", **WORDS)
    page = await client.get(f"/office/newsletter/{issue.reference}/sending")

    first = await send(client, page)
    back = await send(client, page)
    edited = await client.get(f"/office/newsletter/{issue.reference}/text")

    assert (first.status_code, back.status_code, edited.status_code) == (303, 303, 404)
    assert back.headers["location"] == first.headers["location"]


async def test_a_preview_of_what_is_typed_stores_nothing(client, mira):
    page = await client.get("/office/newsletter/new")
    token = re.search(r'name="_csrf_token" value="([^"]+)"', page.text)[1]
    typed = {"_csrf_token": token, "subject_de": "<b>x</b>", "body_de": "*Hallo* <script>1</script>"}

    german = await client.post("/office/newsletter/preview", data=typed)
    english = await client.post(
        "/office/newsletter/preview?english", data=typed | {"subject_en": "y", "body_en": "Hello"}
    )

    assert "<em>Hallo</em> &lt;script&gt;" in german.text
    assert "Hello" in english.text
    assert await Issue.count() == 0


async def test_an_issue_in_german_and_english_stands_in_the_archive(client, mira, joined):
    await joined()
    issue = await writing.draft("mira", **(WORDS | {"subject_en": "Invitation", "body_en": "Please come."}))
    before = await client.get(f"/newsletter/issues/{issue.reference}")
    await writing.send("mira", issue)
    client.cookies.clear()

    listed = await client.get("/newsletter/issues")
    german = await client.get(f"/newsletter/issues/{issue.reference}")
    english = await client.get(f"/en/newsletter/issues/{issue.reference}")

    assert before.status_code == 404
    assert "Einladung zum 2. Forum" in listed.text
    assert "<strong>Kommen</strong>" in german.text
    assert heading(english) == "Invitation"
    assert german.headers["cache-control"].startswith("public")
    assert "set-cookie" not in german.headers


async def test_search_and_today_know_the_list(client, mira, joined, sink):
    await joined("kim@example.org", name="Kim Aydın")
    dead = await joined("tot@example.org")
    await lists.bounced(dead.id)
    issue = await writing.draft("mira", **WORDS)
    looking = await viewer(mira)

    people = await handed.found(looking, "aydin")
    issues = await handed.found(looking, "einladung")
    with speaking("de"):
        rooms = await handed.found(looking, "rundbrief")
    due = await handed.due(looking, clock.today())
    await writing.send("mira", issue)
    [card] = await handed.cards(looking)

    assert [(one.title, one.line) for one in people] == [("Kim Aydın", "ki…@example.org · liest mit")]
    assert [(one.kind, one.title, one.url) for one in rooms] == [("Verteiler", "Rundbrief", "/office/newsletter")]
    assert [one.title for one in issues] == ["Einladung zum 2. Forum"]
    assert [one.title for one in due] == ["Eine Adresse im Verteiler ist nicht mehr erreichbar"]
    assert await handed.waiting_for(looking) == 1
    assert (card.values["live"], card.values["progress"].total) == (True, 1)
    assert (await client.get("/office")).status_code == 200


async def test_the_promise_is_what_the_next_reader_agrees_to(client, mira):
    answer = await submit(client, "/office/newsletter/settings", promise_de="Viermal im Jahr: Neues.")
    await joining.join("kim@example.org", source="/newsletter")

    assert answer.status_code == 303
    assert "Viermal im Jahr: Neues." in (await Consent.objects().first()).wording
    assert "Viermal im Jahr: Neues." in (await client.get("/newsletter")).text


async def test_undelivered_letters_are_named(client, mira, joined, sink):
    await joined()
    issue = await writing.draft("mira", **WORDS)
    sink.answers = lambda command, _argument: "550 5.1.1 User unknown" if command == "RCPT" else None
    await writing.send("mira", issue)
    await outbox.deliver_due()

    page = await client.get(f"/office/newsletter/{issue.reference}")

    progress = await campaigns.progress((await Issue.objects().first()).sending)
    assert (progress.failed, "550 5.1.1 User unknown" in page.text) == (1, True)


async def test_the_list_as_a_file_has_everybody_in_order_however_long_it_is(client, mira):
    mailing_list = await the_list()
    readers = [
        Subscriber(reference=new_reference(), list=mailing_list.id, email=f"r{n:04}@example.org", key=new_token(),
                   email_key=f"r{n:04}@example.org", asked_at=clock.now(), confirmed_at=clock.now())
        for n in range(1001)
    ]  # fmt: skip
    for some in chunks(reversed(readers)):
        await Subscriber.insert(*some)

    lines = (await client.get("/office/newsletter/readers/as/csv")).text.splitlines()[1:]

    assert [line.partition(";")[0] for line in lines] == [reader.email for reader in readers]


async def test_who_joined_at_a_registration_came_by_the_event_in_its_own_words(client, mira, association):
    event = await forum(title_de="Forum in Kassel")
    for email, source in (("kim@example.org", f"event:{event.slug}"), ("tim@example.org", "event:long-gone")):
        asked = await lists.ask(await the_list(), email, lists.Evidence(source, "…", "1"))
        await lists.confirm(asked.token)
    reader = await Subscriber.objects().get(Subscriber.email == "kim@example.org")

    listed = (await client.get("/office/newsletter/readers")).text

    assert "Anmeldung zu „Forum in Kassel“" in listed
    assert "Anmeldung zu „long-gone“" in listed
    assert "Anmeldung zu „Forum in Kassel“" in (await client.get(f"/office/newsletter/readers/{reader.reference}")).text
