"""The pages of events: what visitors see, what the office does, and who sees nothing."""

import io
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from mailing.tables import Letter
from network import clock
from network.association import profile
from network.database import DB
from network.events import changes, checkin, handed, report, rules
from network.events import event as verbs
from network.events.access import needs_summary
from network.events.tables import Attendee, Event, Registration
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from network.web import recent
from tests.browser import fields_of, send, submit
from tests.events.make import forum, guest, people, sign_up, states

PLACES = ["", "/needs", "/participants", "/participants.xlsx", "/participants.csv", "/check-in"]
OFFICE_PLACES = ["/edit", "/cancellation", "/discard", "/registration", "/report"]


async def enter(client, *kinds, of=""):
    """Sign in somebody with these roles."""
    someone = await person.enter("Mira Quandt", "mira.quandt@example.org")
    for kind in kinds:
        await roles.grant(someone, kind, of)
    client.cookies.clear()
    client.cookies.set("verbund", await sign_in.begin_session(someone))


async def event_of(answer):
    return await Event.objects().get(Event.reference == answer.headers["location"].rpartition("/")[2])


async def fresh(event):
    return await Event.objects().get(Event.id == event.id)


# What visitors see.


async def test_a_visitor_reads_the_page_without_cookie_and_form(client, association):
    event = await forum(description_de="Wir reden.", costs_de="Nichts", lead_de="Ein Tag für alle.")
    await sign_up(event, "Ada", "Bo")

    page = await client.get(f"/events/{event.slug}")

    main = BeautifulSoup(page.text, "html.parser").main
    assert (page.status_code, page.headers["cache-control"]) == (200, "public, max-age=0, must-revalidate")
    assert ("set-cookie" in page.headers, main.find("form")) == (False, None)
    assert "2 von 70 Plätzen belegt" in main.text
    assert main.find("a", string="Jetzt anmelden")["href"] == f"/events/{event.slug}/registration"
    assert "Ada" not in page.text


async def test_the_english_page_marks_what_is_german(client, association):
    event = await forum(description_de="Wir reden.", lead_de="Ein Tag.", lead_en="A day.")

    main = BeautifulSoup((await client.get(f"/en/events/{event.slug}")).text, "html.parser").main

    assert main.h1.text == "2nd exchange forum"
    assert main.find(class_="lead").get("lang") is None
    assert main.find("section", class_="prose")["lang"] == "de"


async def test_german_words_inside_an_english_page_are_marked_too(client, association):
    event = await forum(title_en="", costs_de="Nichts", starts_at=clock.ahead(days=9), seats=1)
    made = await sign_up(event, "Ada", "Bo")
    person = (await people(event))[0]
    places = {
        f"/events/{event.slug}": {"2. Austauschforum", "Nichts"},
        f"/events/{event.slug}/registration": {"2. Austauschforum", "Nichts"},
        f"/events/registrations/{made.key}": {"2. Austauschforum", "Nichts"},
        f"/events/attendees/{person.key}/cancellation": {"2. Austauschforum"},
        "/events": {"2. Austauschforum"},
    }

    async def german(place):
        main = BeautifulSoup((await client.get(f"/en{place}")).text, "html.parser").main
        return {part.text for part in main.select("[lang=de]")}

    assert {place: await german(place) for place in places} == places
    await changes.cancel_event(event.id, "Sturm", actor="mira")
    recent.forget()
    assert await german(f"/events/{event.slug}?off") == {"2. Austauschforum", "Nichts", "Sturm"}
    assert await german(f"/events/{event.slug}/registration") == {"2. Austauschforum"}


async def test_planned_is_a_date_to_save_and_a_draft_is_for_the_office_alone(client, association):
    planned = await forum(published=False, announced_at=clock.now())
    draft = await forum(published=False)

    page = await client.get(f"/events/{planned.slug}")
    entry = await client.get(f"/events/{planned.slug}/calendar.ics")
    hidden = [(await client.get(f"/events/{draft.slug}{end}")).status_code for end in ("", "/calendar.ics", "/report")]
    listed = await client.get("/events")
    feed = await client.get("/events/feed.ics")
    await enter(client, RoleKind.OFFICE)
    preview = await client.get(f"/events/{draft.slug}")

    assert ("Jetzt anmelden" in page.text, "Der Termin steht" in page.text) == (False, True)
    assert ("STATUS:TENTATIVE" in entry.text, "METHOD:PUBLISH" in entry.text) == (True, True)
    assert hidden == [404, 404, 404]
    assert (planned.slug in listed.text, draft.slug in listed.text) == (True, False)
    assert feed.text.count("BEGIN:VEVENT") == 1
    assert (preview.status_code, preview.headers["cache-control"]) == (200, "no-store")
    assert "Das ist ein Entwurf" in preview.text


async def test_full_cancelled_and_past_events_say_so(client, association):
    full = await forum(seats=1)
    await sign_up(full, "Ada")
    called_off = await forum()
    await changes.cancel_event(called_off.id, "Der Sturm <b>kommt</b>.", actor="mira")
    past = await forum(starts_at=clock.ago(days=3), title_de="Vorbei")

    assert "voll, mit Warteliste" in (await client.get(f"/events/{full.slug}")).text
    page = await client.get(f"/events/{called_off.slug}")
    assert ("abgesagt" in page.text, "Der Sturm &lt;b&gt;kommt&lt;/b&gt;." in page.text) == (True, True)
    assert "STATUS:CANCELLED" in (await client.get(f"/events/{called_off.slug}/calendar.ics")).text
    assert "Jetzt anmelden" not in (await client.get(f"/events/{past.slug}")).text
    listed = (await client.get("/events")).text
    assert listed.index("Vergangene") < listed.index("Vorbei")


async def test_the_head_of_the_page_says_when_and_where_and_what_the_button_leads_to(client, association):
    free, full = [await forum(seats=1, starts_at=clock.berlin(date(2090, 10, 18), time(10))) for _n in range(2)]
    await sign_up(full, "Ada")

    heads = [BeautifulSoup((await client.get(f"/events/{it.slug}")).text, "html.parser").find(class_="hero")
             for it in (free, full)]  # fmt: skip
    assert "18. Oktober 2090, 10:00–16:00 Uhr · Kassel" in " ".join(heads[0].text.split())
    assert heads[0].find(class_="whole").text == "10:00–16:00 Uhr"
    assert [head.find("a", class_="button").text for head in heads] == ["Jetzt anmelden", "Auf die Warteliste"]


@pytest.mark.parametrize(
    ("hour", "words"),
    [(0, "24. November 2089"), (12, "25. November 2089, 12:00 Uhr"), (18, "25. November 2089, 18:00 Uhr")],
)
async def test_a_deadline_in_the_middle_of_a_day_says_its_hour(client, association, hour, words):
    event = await forum(
        starts_at=clock.berlin(date(2090, 1, 18), time(10)), deadline=clock.berlin(date(2089, 11, 25), time(hour))
    )

    for place in ("", "/registration"):
        page = BeautifulSoup((await client.get(f"/events/{event.slug}{place}")).text, "html.parser")
        assert words in [told.text for told in page.find("aside", class_="card").find_all("dd")]


# The office writes and publishes.


async def test_from_the_empty_form_to_the_public_page(client, association):
    await enter(client, RoleKind.OFFICE)
    day = clock.today() + timedelta(days=60)

    made = await submit(
        client, "/office/events/new", title_de="2. Austauschforum", day=f"{day:%d.%m.%Y}", town="Kassel"
    )
    event = await event_of(made)
    place = f"/office/events/{event.reference}"
    published = await client.post(f"{place}/publication", data=await token(client, place))
    client.cookies.clear()
    page = await client.get("/events/2-austauschforum")

    assert (made.status_code, published.status_code, page.status_code) == (303, 303, 200)
    assert "0 von 70 Plätzen belegt" in page.text


async def token(client, place):
    page = await client.get(place)
    return {"_csrf_token": BeautifulSoup(page.text, "html.parser").find("input", {"name": "_csrf_token"})["value"]}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title_de": ""}, "Bitte geben Sie einen Titel an"),
        ({"day": "31.2.2030"}, "Diesen Tag gibt es nicht"),
        ({"day": "1.3.2020"}, "schon vorbei"),
        ({"ends": "9"}, "Das Ende muss nach dem Beginn liegen"),
        ({"deadline": "20.4.2035"}, "darf nicht nach der Veranstaltung liegen"),
        ({"day": "28.3.2027", "begins": "2:30"}, "Diese Uhrzeit gibt es an dem Tag nicht"),
        ({"deadline": "4.1.2027"}, "schon vorbei"),
        ({"town": ""}, "in welchem Ort"),
        ({"mode": "im Kino"}, "Bitte wählen Sie einen der Einträge"),
        ({"seats": "0"}, "Bitte geben Sie eine Zahl von 1 bis 100.000 an"),
        ({"seats": "viele"}, "Bitte geben Sie eine Zahl von 1 bis 100.000 an"),
        ({"seats": "9" * 30}, "Bitte geben Sie eine Zahl von 1 bis 100.000 an"),
        ({"most_people": "11"}, "Bitte geben Sie eine Zahl von 1 bis 10 an"),
        ({"contact_email": "keine"}, "name@example.org"),
    ],
)
async def test_what_cannot_be_is_said_and_what_was_typed_stays(client, association, typed, words):
    with clock.set_to(clock.berlin(date(2027, 1, 5), time(9))):
        await enter(client, RoleKind.OFFICE)
        right = {"title_de": "Forum", "day": "18.4.2035", "town": "Kassel", "description_de": "Ein langer Text"}
        answer = await submit(client, "/office/events/new", **right | typed)

    errors = BeautifulSoup(answer.text, "html.parser").select("main .error")
    assert (answer.status_code, len(errors), words in errors[0].text) == (422, 1, True)
    assert "Ein langer Text" in answer.text
    assert await Event.count() == 0


async def test_a_double_click_makes_one_event(client, association):
    await enter(client, RoleKind.OFFICE)
    page = await client.get("/office/events/new")
    typed = {"title_de": "Forum", "town": "Kassel", "day": (clock.today() + timedelta(days=60)).isoformat()}

    first, second = [await send(client, page, **typed) for _ in range(2)]

    assert first.headers["location"] == second.headers["location"]
    assert await Event.count() == 1


async def test_the_same_title_on_the_same_day_is_asked_about(client, association):
    await enter(client, RoleKind.OFFICE)
    day = clock.today() + timedelta(days=60)
    typed = {"title_de": "Forum", "day": day.isoformat(), "mode": "online"}

    first = await submit(client, "/office/events/new", **typed)
    second = await submit(client, "/office/events/new", **typed | {"title_de": "FORUM"})
    counted = await Event.count()
    kept = await send(client, second, again="y")
    other_day = await submit(client, "/office/events/new", **typed | {"day": (day + timedelta(days=1)).isoformat()})

    assert (first.status_code, second.status_code, counted) == (303, 422, 1)
    assert "Am selben Tag gibt es schon eine Veranstaltung mit diesem Titel" in second.text
    assert (kept.status_code, other_day.status_code, await Event.count()) == (303, 303, 3)


async def test_a_deadline_that_has_passed_stays_but_is_not_set_anew(client, association):
    event = await forum(
        starts_at=clock.berlin(clock.today() + timedelta(days=9), time(10)),
        deadline=clock.berlin(clock.today() - timedelta(days=3), time(0)),
    )
    await enter(client, RoleKind.OFFICE)
    place = f"/office/events/{event.reference}/edit"

    kept = await submit(client, place, lead_de="Neuer Satz")
    refused = await submit(client, place, deadline=f"{clock.today() - timedelta(days=2):%d.%m.%Y}")
    later = await submit(client, place, deadline=f"{clock.today() + timedelta(days=2):%d.%m.%Y}")

    error = BeautifulSoup(refused.text, "html.parser").select_one("#deadline-error").text
    assert (kept.status_code, refused.status_code, later.status_code) == (303, 422, 303)
    assert error == "Fehler: Dieser Tag ist schon vorbei. Bitte wählen Sie einen künftigen."


async def test_scripts_in_every_field_are_only_text(client, association):
    await enter(client, RoleKind.OFFICE)
    nasty = "<script>alert(1)</script>"
    fields = ["title_de", "venue", "street", "town", "access_de", "costs_de", "description_de", "lead_de", "title_en",
              "contact_name", "contact_phone", "co_organisers"]  # fmt: skip
    day = (clock.today() + timedelta(days=60)).isoformat()
    event = await event_of(await submit(client, "/office/events/new", day=day, **dict.fromkeys(fields, nasty)))
    await verbs.publish(event.id, actor="mira")

    for place in (f"/events/{event.slug}", f"/en/events/{event.slug}", "/events", "/office/events", "/office",
                  f"/office/events/{event.reference}", f"/office/events/{event.reference}/edit"):  # fmt: skip
        page = await client.get(place)
        assert (page.status_code, nasty in page.text) == (200, False), place


async def test_a_new_day_asks_first_and_carries_what_was_typed(client, association):
    event = await forum(starts_at=clock.berlin(clock.today() + timedelta(days=42), time(10)))
    await sign_up(event, "Ada", "Bo")
    await enter(client, RoleKind.OFFICE)
    wrote, place = await Letter.count(), f"/office/events/{event.reference}/edit"
    day = (event.starts_at + timedelta(days=7)).astimezone(clock.BERLIN).date().isoformat()

    asked = await submit(client, place, day=day, lead_de="Neuer Satz")
    untouched = await fresh(event)
    back = await send(client, asked, press="back")
    done = await send(client, asked, press="confirmed")

    moved = await fresh(event)
    assert (asked.status_code, "2 Menschen haben einen Platz: 2 E-Mails gehen hinaus." in asked.text) == (200, True)
    assert (untouched.starts_at, await Letter.count() - wrote) == (event.starts_at, 2)
    assert (back.status_code, 'value="Neuer Satz"' in back.text, day in back.text) == (200, True, True)
    assert (done.status_code, moved.starts_at, moved.lead_de) == (
        303,
        event.starts_at + timedelta(days=7),
        "Neuer Satz",
    )


async def test_cancelling_says_how_many_letters_go_and_then_they_go(client, association):
    event = await forum(seats=1)
    await sign_up(event, "Ada")
    await sign_up(event, "Bo", organisation="Andere")
    await enter(client, RoleKind.OFFICE)
    wrote, place = await Letter.count(), f"/office/events/{event.reference}/cancellation"

    asked = await client.get(place)
    done = await submit(client, place, reason="Sturm")

    assert (
        "Eine Person hat einen Platz, eine Person wartet: 2 E-Mails gehen hinaus." in asked.text,
        done.status_code,
        await Letter.count() - wrote,
    ) == (True, 303, 2)
    assert (await fresh(event)).cancel_reason == "Sturm"


async def test_people_without_an_address_are_people_too(client, association):
    event = await forum(seats=3)
    await sign_up(event, guests=[guest("Ada"), guest("Bo", email=""), guest("Cem", email="")])
    await sign_up(event, guests=[guest("Dan"), guest("Eva", email="")], organisation="Andere")
    await enter(client, RoleKind.OFFICE)
    place = f"/office/events/{event.reference}"
    wrote = await Letter.count()

    cancelling = await client.get(f"{place}/cancellation")
    moving = await submit(client, f"{place}/edit", town="Marburg", seats="5")
    await send(client, moving, press="confirmed")

    words = "3 Menschen haben einen Platz, 2 warten: 2 E-Mails gehen hinaus."
    assert words in cancelling.text
    assert "3 Menschen haben einen Platz: eine E-Mail geht hinaus." in moving.text
    assert "2 Personen rücken von der Warteliste nach" in moving.text
    assert "Zusammen sind das 2 E-Mails." in moving.text
    assert await Letter.count() - wrote == 2


async def test_calling_off_an_event_nobody_registered_for_writes_to_nobody(client, association):
    event, draft = await forum(), await forum(published=False)
    await enter(client, RoleKind.OFFICE)

    asked = await client.get(f"/office/events/{event.reference}/cancellation")
    await submit(client, f"/office/events/{event.reference}/cancellation", reason="Sturm")
    shown = await client.get(f"/office/events/{event.reference}")
    typed = await token(client, f"/office/events/{draft.reference}") | {"reason": "Sturm"}
    refused = await client.post(f"/office/events/{draft.reference}/cancellation", data=typed)

    assert "Es ist niemand angemeldet" in asked.text
    assert "Abgesagt. Es musste niemandem geschrieben werden." in shown.text
    assert (refused.status_code, "Der Entwurf lässt sich verwerfen" in refused.text) == (422, True)
    assert (await fresh(draft)).cancelled_at is None


async def test_before_its_end_an_event_has_no_report(client, association):
    event = await forum()
    await enter(client, RoleKind.OFFICE)
    place = f"/office/events/{event.reference}"

    page = BeautifulSoup((await client.get(place)).text, "html.parser")
    asked = await client.get(f"{place}/report")

    assert page.select(f'a[href="{place}/report"]') == []
    assert (asked.status_code, asked.headers["location"]) == (303, place)


async def test_the_office_finds_the_published_report(client, association):
    event = await forum(starts_at=clock.ago(days=3))
    await report.write(event.id, actor="mira", written_on=clock.today(), publish=True, title_de="B", body_de="Gut.")
    await enter(client, RoleKind.OFFICE)

    page = BeautifulSoup((await client.get(f"/office/events/{event.reference}")).text, "html.parser")

    assert page.find("a", href=f"/events/{event.slug}/report").text == "Bericht lesen"


async def test_full_is_drawn_full_however_many_wait(client, association):
    event = await forum(seats=2)
    await sign_up(event, "Ada", "Bo", "Cem")

    page = BeautifulSoup((await client.get(f"/events/{event.slug}")).text, "html.parser")

    bar = page.select_one(".seats")
    assert (bar.svg["viewbox"], [rect["width"] for rect in bar.select("rect")]) == ("0 0 2 1", ["2"])
    assert " ".join(bar.text.split()) == "2 von 2 Plätzen belegt · eine Person wartet"


async def test_close_reopen_follow_up_and_discard_by_their_buttons(client, association):
    event = await forum(title_de="2. Austauschforum", ordinal=None)
    await enter(client, RoleKind.OFFICE)
    place = f"/office/events/{event.reference}"
    hidden = await token(client, place)

    await client.post(f"{place}/closure", data=hidden)
    closed = rules.state_of(await fresh(event), clock.now())
    await client.post(f"{place}/reopening", data=hidden)
    followed = await client.post(f"{place}/follow-up", data=hidden | {"form_token": "once-only-once-only-00"})
    await client.post(f"{place}/follow-up", data=hidden | {"form_token": "once-only-once-only-00"})
    new = (await Event.objects().order_by(Event.id))[-1]
    kept = await client.post(f"{place}/discard", data=hidden)
    gone = await client.post(f"/office/events/{new.reference}/discard", data=hidden)

    assert (closed, (await fresh(event)).closed_at) == ("closed", None)
    assert followed.headers["location"] == f"/office/events/{new.reference}/edit"
    assert (kept.status_code, gone.status_code, await Event.count()) == (422, 303, 1)


async def test_what_is_refused_outside_a_form_is_said_on_the_page_it_came_from(client, association):
    event = await forum(published=False, town="")
    await enter(client, RoleKind.OFFICE)
    place = f"/office/events/{event.reference}"
    origin, hidden = str(client.base_url).rstrip("/"), await token(client, place)

    refused = await client.post(f"{place}/publication", data=hidden, headers={"referer": f"{origin}{place}?sort=name"})
    shown = BeautifulSoup((await client.get(place)).text, "html.parser").select("main .notice")
    again = BeautifulSoup((await client.get(place)).text, "html.parser").select("main .notice")
    english = await client.post(f"/en{place}/publication", data=hidden, headers={"referer": f"{origin}/en{place}"})
    foreign = [
        await client.post(f"{place}/publication", data=hidden, headers=headers)
        for headers in ({}, {"referer": "https://other.example.org/page"}, {"referer": place})
    ]
    slashes = await client.post(
        f"{place}/publication", data=hidden, headers={"referer": f"{origin}//other.example.org"}
    )

    assert (refused.status_code, refused.headers["location"]) == (303, place)
    assert [(one.text, one["class"], one["role"]) for one in shown] == [
        ("Bitte geben Sie zuerst an, in welchem Ort sie stattfindet.", ["notice", "warn"], "alert")
    ]
    assert again == []
    assert english.headers["location"] == f"/en{place}"
    assert [answer.status_code for answer in foreign] == [422, 422, 422]
    assert slashes.headers["location"] == "/other.example.org"


# The office and its people.


async def test_the_office_registers_somebody_after_the_deadline(client, association):
    event = await forum(deadline=clock.ago(days=1))
    await enter(client, RoleKind.OFFICE)

    place = f"/office/events/{event.reference}/registration"
    typed = {
        "organisation": "Lebensweg",
        "name": "Ada Licht",
        "email": "ada@example.org",
        "phone": "030 23125 017",
        "people__0__name": "Ada Licht",
    }
    more = await submit(client, place, press="add_person", **typed)
    unasked = await submit(client, place, people__0__needs="dgs", **typed)
    done = await submit(client, place, people__0__needs="dgs", people__0__consent="y", **typed)

    assert (more.status_code, "people-1-name" in more.text) == (200, True)
    assert (unasked.status_code, await needs_summary(event)) == (422, {"dgs": 1})
    assert (done.status_code, await states(event), await Letter.count()) == (303, "s", 1)
    assert (await Registration.objects().first()).phone == "030 23125 017"


@pytest.mark.parametrize(
    ("people_typed", "names"),
    [
        ({}, ["Ada Licht"]),
        ({"people__0__role": "Leitung", "people__0__needs": "dgs", "people__0__consent": "y"}, ["Ada Licht"]),
        ({"people__0__name": "ADA LICHT"}, ["Ada Licht"]),
        ({"people__0__name": "Ada Licht", "people__0__email": "licht@example.org"}, ["Ada Licht"]),
        ({"people__0__name": "Bo Lind"}, ["Ada Licht", "Bo Lind"]),
        ({"people__0__name": "", "people__1__name": "Bo Lind"}, ["Ada Licht", "Bo Lind"]),
        ({"people__0__name": "Bo Lind", "people__1__name": ""}, ["Bo Lind", "Ada Licht"]),
    ],
)
async def test_a_caller_who_takes_part_too_is_typed_once(client, association, people_typed, names):
    event = await forum()
    await enter(client, RoleKind.OFFICE)
    said = {"organisation": "Haus", "name": "Ada Licht", "email": "ada@example.org", "attends": "y"}

    done = await submit(client, f"/office/events/{event.reference}/registration", **said, **people_typed)

    came = await people(event)
    own = [one for one in came if one.name == "Ada Licht"]
    assert (done.status_code, [one.name for one in came]) == (303, names)
    assert own[0].role == people_typed.get("people__0__role", "")
    assert own[0].email == people_typed.get("people__0__email", "ada@example.org")
    assert await needs_summary(event) == ({"dgs": 1} if "people__0__needs" in people_typed else {})
    assert await Letter.count() == (2 if own[0].email == "licht@example.org" else 1)


async def test_what_was_wrong_about_a_caller_is_mended_in_one_place(client, association):
    event = await forum()
    await enter(client, RoleKind.OFFICE)
    said = {"organisation": "Haus", "name": "Ada Licht", "email": "ada@", "attends": "y"}

    refused = await submit(client, f"/office/events/{event.reference}/registration", **said)
    done = await send(client, refused, name="Ada Lichte", email="ada@example.org")
    others = await submit(client, f"/office/events/{event.reference}/registration",
                          **said | {"name": "", "email": "ada@example.org"})  # fmt: skip
    nobody = await submit(client, f"/office/events/{event.reference}/registration",
                          organisation="Haus", name="Ada Licht", email="ada@example.org")  # fmt: skip

    wrong = [
        [link["href"] for link in BeautifulSoup(page.text, "html.parser").select("#errors a")]
        for page in (refused, others, nobody)
    ]
    assert wrong == [["#email"], ["#name"], ["#people-0-name"]]
    assert (done.status_code, [one.name for one in await people(event)]) == (303, ["Ada Lichte"])


async def test_nobody_is_registered_for_a_draft_but_for_a_date_to_save(client, association):
    draft, planned = await forum(published=False), await forum(published=False, announced_at=clock.now())
    await enter(client, RoleKind.OFFICE)
    said = {"organisation": "Haus", "name": "Ada Licht", "email": "ada@example.org"}
    place = f"/office/events/{planned.reference}/registration"
    form = BeautifulSoup((await client.get(place)).text, "html.parser").select("main form")[-1]

    sent = fields_of(form) | said | {"people-0-name": "Ada Licht"}
    refused = await client.post(place.replace(planned.reference, draft.reference), data=sent)
    asked = await client.get(place.replace(planned.reference, draft.reference), follow_redirects=True)
    done = await client.post(place, data=sent)

    words = "Von dieser Veranstaltung weiß noch niemand. Bitte veröffentlichen Sie sie oder kündigen Sie den Termin an."
    assert (refused.status_code, words in refused.text, await states(draft)) == (422, True, "")
    assert (asked.url.path, words in asked.text) == (f"/office/events/{draft.reference}", True)
    assert not BeautifulSoup(asked.text, "html.parser").select("a[href$='/registration']")
    assert (done.status_code, await states(planned)) == (303, "s")


async def test_the_office_cancels_a_person_and_gives_a_seat_by_hand(client, association):
    event = await forum(seats=2, starts_at=clock.ahead(days=1), deadline=clock.ahead(days=1))
    await sign_up(event, "Ada")
    await sign_up(event, "Bo", organisation="Andere")
    await sign_up(event, "Cem", organisation="Dritte")
    await enter(client, RoleKind.OFFICE)
    place = f"/office/events/{event.reference}"
    ada, _bo, cem = await people(event)

    asked = await client.get(f"{place}/people/{ada.reference}/cancellation")
    await submit(client, f"{place}/people/{ada.reference}/cancellation")
    near = await states(event)
    overview = await client.get(place)
    seated = await client.post(f"{place}/queue/{cem.entry}", data=await token(client, place))

    assert "ada@example.org" in asked.text
    assert ("Bitte rufen Sie an" in overview.text or "rufen Sie an" in overview.text, near) == (True, "csw")
    assert (seated.status_code, await states(event)) == (303, "css")


async def test_the_office_sees_whom_to_ring_up_and_under_which_number(client, association):
    event = await forum(seats=1, starts_at=clock.ahead(days=1), deadline=clock.ahead(days=1))
    await sign_up(event, "Ada", phone="030 23125 001")
    await sign_up(event, "Bo", organisation="Andere", phone="+49 (0)30 23125-017")
    await sign_up(event, "Cem", organisation="Dritte")
    await sign_up(event, "Dan", organisation="Vierte", name="Sekretariat", phone="030 23125 034")
    await enter(client, RoleKind.OFFICE)
    place = f"/office/events/{event.reference}"

    page = BeautifulSoup((await client.get(place)).text, "html.parser")
    rows = [line.split(";") for line in (await client.get(f"{place}/participants.csv")).text.splitlines()]

    queue = [row.select("a[href^='tel:']") for row in page.select("#queue ~ table tbody tr")]
    numbers = rows[0].index("Telefonnummer dieser Person")
    assert [[link["href"] for link in links] for links in queue] == [["tel:+493023125017"], [], ["tel:03023125034"]]
    assert [queue[0][0].parent.text, queue[2][0].parent.text] == ["+49 (0)30 23125-017", "Sekretariat: 030 23125 034"]
    assert len(page.select("#people ~ table tbody a[href^='tel:']")) == 3
    assert [row[numbers].strip('"') for row in rows[1:]] == [
        "030 23125 001",
        "'+49 (0)30 23125-017",
        "",
        "030 23125 034",
    ]


async def test_people_are_searched_filtered_sorted_and_paged(client, association):
    event = await forum()
    for number in range(28):
        await sign_up(event, f"Gast {number:02}", organisation=f"Haus {99 - number}")
    await sign_up(event, "Jörg Weiß", organisation="Haus Müller")
    await enter(client, RoleKind.OFFICE)
    place = f"/office/events/{event.reference}"

    async def names(query):
        page = BeautifulSoup((await client.get(f"{place}?{query}")).text, "html.parser")
        return [cell.find(string=True).strip() for cell in page.select("#people ~ table tbody th")]

    assert await names("text=joerg+mueller") == ["Jörg Weiß"]
    assert await names("text=%25") == await names("")
    assert (await names("sort=organisation"))[0] == "Gast 27"
    assert (len(await names("")), len(await names("page=2")), len(await names("page=99"))) == (25, 4, 4)
    assert await names("state=cancelled") == []
    assert await names("state=nonsense&sort=nonsense&page=x") == await names("")


async def test_files_and_needs_are_for_those_who_may(client, association):
    event = await forum()
    await sign_up(
        event, guests=[guest("=cmd()", diet="vegan", needs=("dgs",), other_need="Sitzplatz vorn", consent=True)]
    )

    await enter(client, RoleKind.OFFICE)
    place = f"/office/events/{event.reference}"
    plain = (await client.get(f"{place}/participants.csv")).content.decode("utf-8-sig")
    totals = (await client.get(f"{place}/needs")).text
    await enter(client, RoleKind.EVENT_TEAM, of=event.reference)
    full = (await client.get(f"{place}/participants.csv")).content.decode("utf-8-sig")
    sheet = load_workbook(io.BytesIO((await client.get(f"{place}/participants.xlsx")).content)).active
    named = (await client.get(f"{place}/needs")).text

    assert ("vegan" in plain, "Gebärdensprach" in plain, "'=cmd()" in plain) == (False, False, True)
    assert ("1 × Gebärdensprach" in totals, "Sitzplatz" in totals) == (True, False)
    assert ("vegan" in full, "Gebärdensprach" in full, "Sitzplatz vorn" in named) == (True, True, True)
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=cmd()", "s")


async def test_near_the_day_nobody_is_promised_to_move_up_by_themselves(client, association):
    event = await forum(starts_at=clock.ahead(days=10), deadline=clock.ahead(days=10), seats=1, ring_days=2)

    async def hint(moment):  # each time another address: pages are kept for a second
        page = await client.get(f"/events/{event.slug}?{moment}")
        return BeautifulSoup(page.text, "html.parser").aside.find(class_="hint").text

    early = await hint("early")
    with clock.set_to(event.starts_at - timedelta(days=1)):
        near = await hint("near")
        await sign_up(event, "Ada")
        full = await hint("full")

    assert early == "Ist alles belegt, kommen Sie auf die Warteliste und rücken von selbst nach."
    assert near.endswith(
        "kommen Sie auf die Warteliste, und wenn ein Platz frei wird, rufen wir an oder schreiben Ihnen."
    )
    assert full.startswith("Alle Plätze sind belegt: Sie kommen auf die Warteliste, und wenn ein Platz frei wird")


# Who sees nothing.


async def test_a_visitor_is_led_to_the_door_and_a_stranger_finds_nothing(client, association):
    event = await forum()
    places = [
        "/office/events",
        "/office/events/new",
        *(f"/office/events/{event.reference}{p}" for p in PLACES + OFFICE_PLACES),
    ]

    visitor = {(await client.get(place)).headers.get("location", "")[:9] for place in places}
    await enter(client)
    stranger = {(await client.get(place)).status_code for place in places}

    assert (visitor, stranger) == ({"/sign-in?"}, {404})


async def test_an_events_team_sees_its_own_event_and_changes_nothing(client, association):
    own, other = await forum(title_de="Eigenes"), await forum(title_de="Fremdes")
    await enter(client, RoleKind.EVENT_TEAM, of=own.reference)

    listed = (await client.get("/office/events")).text
    seen = {(await client.get(f"/office/events/{own.reference}{place}")).status_code for place in PLACES}
    hidden = {(await client.get(f"/office/events/{other.reference}{place}")).status_code for place in PLACES}
    kept_off = {(await client.get(f"/office/events/{own.reference}{place}")).status_code for place in OFFICE_PLACES}
    hidden_token = await token(client, f"/office/events/{own.reference}/check-in")
    closed = await client.post(f"/office/events/{own.reference}/closure", data=hidden_token)

    assert ("Eigenes" in listed, "Fremdes" in listed) == (True, False)
    assert (seen, hidden, kept_off, closed.status_code) == ({200}, {404}, {404}, 404)
    assert (await fresh(own)).closed_at is None


# As many queries for many rows as for few.


@pytest.fixture
def queries(monkeypatch):
    """Every statement that reaches the database."""
    asked = []
    plain = type(DB).run_querystring

    async def counted(engine, querystring, *args, **options):
        asked.append(str(querystring))
        return await plain(engine, querystring, *args, **options)

    monkeypatch.setattr(type(DB), "run_querystring", counted)
    return asked


async def test_lists_ask_as_often_for_many_rows_as_for_few(client, association, queries):
    async def asked(place):
        await client.get(place)
        profile.forget()  # else it depends on the second
        recent.forget()
        await client.get(place)  # the rail's numbers are kept for some seconds
        queries.clear()
        assert (await client.get(place)).status_code == 200
        return len(queries)

    event = await forum(starts_at=clock.ahead(days=5), deadline=clock.ahead(days=5), seats=3)
    for number in range(4):
        await sign_up(event, f"Gast {number}", organisation=f"Haus {number}")
    await enter(client, RoleKind.OFFICE)
    places = ["/office/events", f"/office/events/{event.reference}", f"/office/events/{event.reference}/check-in",
              "/events?x=1"]  # fmt: skip
    few = {place: await asked(place) for place in places}
    for number in range(6):
        another = await forum(starts_at=clock.ahead(days=number - 3), deadline=clock.ahead(days=number - 3))
        if number > 3:
            await sign_up(another, "Ada")
    for number in range(10):
        await sign_up(event, f"Noch {number}", organisation=f"Heim {number}")
    many = {place: await asked(place) for place in places}

    assert many == few
    assert few["/office/events"] <= 12
    assert few["/events?x=1"] <= 6


@pytest.mark.parametrize("over", [False, True])
async def test_an_event_asks_at_most_twelve_queries_while_the_numbers_in_the_rail_are_kept(
    client, association, queries, over, monkeypatch
):
    event = await forum(starts_at=clock.ahead(days=5), deadline=clock.ahead(days=5), seats=3)
    for number in range(30):
        await sign_up(
            event, guests=[guest(f"Gast {number}", needs=("dgs",), consent=True)], organisation=f"Haus {number}"
        )
    for _number in range(3):
        other = await forum(seats=1)
        await sign_up(other, "Ada", "Bo")
    place = f"/office/events/{event.reference}"
    with clock.set_to(event.ends_at) if over else nullcontext():
        if over:
            await report.write(event.id, actor="", written_on=clock.today(), title_de="Bericht", body_de="Gut.")
        await enter(client, RoleKind.OFFICE)

        async def asked(query):
            queries.clear()
            assert (await client.get(f"{place}{query}")).status_code == 200
            return len(queries)

        monkeypatch.setattr(clock, "is_set", lambda: False)  # as while the house is at work
        await asked("")  # that addresses were read is noted once a day
        numbers = [await asked(query) for query in ("", "?page=2", "?state=waiting&sort=organisation")]
        assert len(set(numbers)) == 1
        assert max(numbers) <= 12


async def test_the_rail_counts_what_today_lists(client, association, at_sunday):
    event, other = await forum(seats=1), await forum(starts_at=clock.ahead(days=20), deadline=clock.ahead(days=20))
    await sign_up(event, "Ada", "Bo")
    await sign_up(other, guests=[guest("Cy", needs=("dgs",), consent=True)])
    past, _draft = await forum(seats=1), await forum(seats=1, published=False)
    await sign_up(past, "Ada", "Bo")
    await Event.update({Event.starts_at: clock.ago(days=9), Event.ends_at: clock.ago(days=8)}).where(
        Event.id == past.id
    )
    someone = Viewer(1, "mira", "Mira", "", frozenset())

    async def lines(*roles):
        viewer = replace(someone, roles=frozenset(roles))
        return await handed.waiting_for(viewer), len(await handed.due(viewer, clock.today()))

    assert await lines((RoleKind.OFFICE, "")) == (1, 1)
    assert await lines((RoleKind.OFFICE, ""), (RoleKind.EVENT_TEAM, other.reference)) == (2, 2)
    assert await lines((RoleKind.EVENT_TEAM, "")) == (1, 1)
    assert await lines((RoleKind.EVENT_TEAM, event.reference)) == (0, 0)
    assert await lines() == (0, 0)


async def test_checked_in_people_count_on_the_overview(client, association):
    event = await forum(starts_at=clock.ahead(hours=1), deadline=clock.ahead(hours=1))
    await sign_up(event, "Ada", "Bo")
    await checkin.tick(event.id, (await people(event))[0].reference, actor="mira")
    await enter(client, RoleKind.OFFICE)

    page = await client.get(f"/office/events/{event.reference}")

    assert "eine Person aus einer Organisation" in page.text
    assert "2 mit Platz, aus einer Organisation" in page.text
    assert await Attendee.count().where(Attendee.present_at != None) == 1


async def test_the_office_takes_a_person_out_of_what_a_caller_said(client, association):
    event = await forum()
    await enter(client, RoleKind.OFFICE)
    place = f"/office/events/{event.reference}/registration"
    said = {"organisation": "Haus", "name": "Ada", "email": "ada@example.org", "people__0__name": "Ada Lo"}

    two = await submit(client, place, press="add_person", **said)
    fewer = await send(client, two, people__1__name="Bo Lind", remove_person="1")
    await send(client, fewer, press="register")
    told = await client.get(f"/office/events/{event.reference}")

    assert [button["value"] for button in BeautifulSoup(two.text, "html.parser").select("[name=remove_person]")] == [
        "1",
        "2",
    ]
    assert [one.name for one in await people(event)] == ["Bo Lind"]
    assert "Angemeldet. Die E-Mails sind unterwegs. Eine Person hat einen Platz." in told.text


async def test_a_question_whose_deed_would_be_refused_is_not_asked(client, association):
    draft, announced = await forum(published=False), await forum()
    off, begun = await forum(), await forum(starts_at=clock.ahead(hours=1), deadline=clock.ahead(hours=1))
    for one in (off, begun):
        await sign_up(one, "Ada")
    person = {one.id: (await people(one))[0].reference for one in (off, begun)}
    await changes.cancel_event(off.id, "", actor="mira")

    async def answer(event, question):
        page = await client.get(f"/office/events/{event.reference}/{question}", follow_redirects=True)
        return (
            page.url.path.rpartition("/")[2] == event.reference
            and BeautifulSoup(page.text, "html.parser").find(class_="notice").text
        )

    await enter(client, RoleKind.OFFICE)
    drafted = await answer(draft, "cancellation")
    known = await answer(announced, "discard")
    gone = {
        await answer(off, q) for q in ("cancellation", "edit", "registration", f"people/{person[off.id]}/cancellation")
    }
    with clock.set_to(begun.starts_at):
        await enter(client, RoleKind.OFFICE)
        late = {await answer(begun, q) for q in ("registration", f"people/{person[begun.id]}/cancellation")}
        asked = await answer(begun, "cancellation")

    assert drafted == "Von dieser Veranstaltung weiß noch niemand. Der Entwurf lässt sich verwerfen."
    assert known == "Andere wissen schon von dieser Veranstaltung. Sie kann abgesagt, aber nicht verworfen werden."
    assert gone == {"Diese Veranstaltung ist abgesagt."}
    assert late == {"Die Veranstaltung hat begonnen. Bitte sprechen Sie das Team am Einlass an."}
    assert asked is False


async def test_the_office_reads_who_gets_the_seat_of_somebody_it_cancels(client, association):
    async def asked():
        return " ".join((await client.get(path)).text.split())

    event = await forum(seats=1)
    await enter(client, RoleKind.OFFICE)
    await sign_up(event, "A One")
    path = f"/office/events/{event.reference}/people/{(await people(event))[0].reference}/cancellation"

    nobody = await asked()
    await sign_up(event, "B One", "B Two", organisation="Andere", together=True)
    group = await asked()
    await sign_up(event, "C One", organisation="Dritte")
    fits = await asked()
    await Event.update({Event.ring_days: 60}).where(Event.id == event.id)
    near = await asked()

    assert "Der Platz wird frei." in nobody
    assert "Von der Warteliste passt niemand hinein." in group
    assert "C One rückt von der Warteliste nach" in fits
    assert "bis Sie die Nächsten auf der Warteliste anrufen" in near
