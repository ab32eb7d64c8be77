"""Story 11: which data do you hold on me? (Minutes that keep the name come with assemblies, the invoice with billing.)

The association of this story lets its registrations wait for the January run; by themselves they would go each night.
"""

import json
import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from bs4 import BeautifulSoup

from mailing import lists
from mailing.lists import Evidence
from mailing.tables import Consent, Letter, Subscriber, Suppression
from network import clock, jobs
from network.activity import Activity
from network.events import registration
from network.events.tables import AccessNeed, Attendee, Registration
from network.members import function
from network.members.tables import Function
from network.newsletter.promise import the_list
from network.people import person, roles, sign_in
from network.people.tables import Person, RoleKind
from network.people.viewer import COOKIE, viewer_with
from network.worker import SCHEDULE, WORK
from tests.browser import submit
from tests.events.make import forum, guest
from tests.members.make import a_site, member

WORK_ADDRESS, PRIVATE = "anke.heide@ruhrpunkt.example.org", "anke@privat.example.org"
NUMBER = "0231 23125 020"


def on(day: date):
    """Nine o'clock in Berlin."""
    return clock.set_to(clock.berlin(day, time(9, 0)))


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


@pytest.fixture
async def office(client, association):
    """Mira Quandt works there, Pia Nörtemann looks after settings, roles and deletion."""
    with on(date(2026, 1, 5)):
        mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
        await roles.grant(mira, RoleKind.OFFICE)
        pia = await person.enter("Pia Nörtemann", "pia.noertemann@example.org")
        await roles.grant(pia, RoleKind.ADMIN)
    return client


async def signs_in(office, email):
    office.cookies.set(COOKIE, await sign_in.begin_session(await person.person_at(email)))


async def the_night():
    """Every job that comes round daily, with the jobs that these write."""
    for rhythm in SCHEDULE:
        await jobs.enqueue(rhythm.kind, key=f"{rhythm.kind}:{clock.now()}")
    await jobs.run_due(WORK)


async def reads(email: str, name: str = "") -> Subscriber:
    asked = await lists.ask(await the_list(), email, Evidence("/newsletter", "Ich möchte …", "1"), name=name)
    reader = await lists.confirm(asked.token)
    assert reader
    return reader


async def anke_at_ruhrpunkt():
    """A site manager who acts for her house here, was at a forum, and reads the newsletter at home."""
    with on(date(2027, 1, 11)):
        ruhrpunkt = await member("Ruhrpunkt Training gGmbH")
        dortmund = await a_site(ruhrpunkt, "Dortmund", "44135")
        anke = await person.enter("Anke von der Heide", WORK_ADDRESS, phone=NUMBER)
        await function.appoint(ruhrpunkt, anke, "site_manager", site=dortmund, since=date(2020, 1, 1))
        await roles.grant(anke, RoleKind.MEMBER_REPRESENTATIVE, ruhrpunkt.reference)
        await reads(PRIVATE, "Anke von der Heide")
        kassel = await forum(title_de="2. Austauschforum", starts_at=datetime(2027, 3, 8, 9, tzinfo=UTC))
        for organisation in ("Ruhrpunkt Training gGmbH", "Alsterbogen gGmbH"):  # the other one is a namesake
            await registration.sign_up(
                kassel.id, organisation=organisation, name="Sekretariat", email=f"buero@{organisation[:4]}.example.org",
                guests=[guest("Anke von der Heide", email="")],
            )  # fmt: skip
    return anke, ruhrpunkt


async def ends(office, anke, ruhrpunkt):
    """The office ends the function, and with it that she acts for the house."""
    await signs_in(office, "mira.quandt@example.org")
    row = await Function.objects().get(Function.person == anke.id)
    await submit(office, f"/office/members/{ruhrpunkt.reference}/people/{row.reference}/end", until="30.6.2027")


async def test_a_site_manager_changes_employer(office):
    anke, ruhrpunkt = await anke_at_ruhrpunkt()
    with on(date(2027, 6, 21)):
        await ends(office, anke, ruhrpunkt)
    with on(date(2027, 6, 30)):
        cookie = await sign_in.begin_session(anke)
        assert (await viewer_with(cookie)).represented == {ruhrpunkt.reference}
        await the_night()
        assert (await Person.objects().get(Person.id == anke.id)).phone == NUMBER

    with on(date(2027, 7, 1)):
        assert (await viewer_with(cookie)).represented == frozenset()
        await sign_in.ask_for_link(WORK_ADDRESS)
        assert await Letter.count().where(Letter.template == "people/sign_in_link") == 0
        assert [one.name for one in await function.held_before(ruhrpunkt, clock.today())] == ["Anke von der Heide"]
    with on(date(2027, 7, 30)):
        await the_night()
        assert (await Person.objects().get(Person.id == anke.id)).phone == ""
        assert (await Subscriber.objects().get(Subscriber.email == PRIVATE)).left_at is None


async def test_one_export_answers_and_what_must_stay_is_named_with_reason_and_date(office):
    anke, ruhrpunkt = await anke_at_ruhrpunkt()
    with on(date(2027, 4, 12)):
        await sign_in.begin_session(anke)
    with on(date(2027, 6, 21)):
        await ends(office, anke, ruhrpunkt)
    with on(date(2027, 9, 6)):
        await signs_in(office, "mira.quandt@example.org")
        found = await office.get("/office/privacy?q=anke heide")
        boxes = {label.select_one("input")["value"]: " ".join(label.get_text(" ").split())
                 for label in BeautifulSoup(found.text, "html.parser").select("label.choice")}  # fmt: skip
        hers = [key for key, told in boxes.items() if "Alsterbogen" not in told]
        picked = "&".join(f"of={key}" for key in hers)
        data = json.loads((await office.get(f"/office/privacy/about/as/json?{picked}")).text)
        pdf = await office.get(f"/office/privacy/about/as/pdf?{picked}")
        told = words(await office.get(f"/office/privacy/about/erasure?{picked}"))

        erased = await submit(office, f"/office/privacy/about/erasure?{picked}")

    assert sorted(key.partition(":")[0] for key in boxes) == ["address", "attendee", "attendee", "person"]
    assert len(hers) == 3
    assert sorted(data["about"]["emails"]) == [WORK_ADDRESS, PRIVATE]
    titles = [entry["title"] for entry in data["entries"]]
    assert {"Eintrag als Person", "Standortleitung, Dortmund", "Eintrag im Verteiler", "Nachweis einer Einwilligung",
            "Rollen", "Was die Person hier getan hat"} <= set(titles)  # fmt: skip
    assert titles.count("Platz bei einer Veranstaltung") == 1
    assert "Alsterbogen" not in json.dumps(data)
    assert pdf.content.startswith(b"%PDF")

    staying = [(entry["title"], entry["until"]) for entry in data["entries"] if entry["stays"]]
    assert staying == [("Was die Person hier getan hat", "2028-04-11")]
    assert (
        "Protokoll: Was die Person hier getan hat. Wer was getan hat, bleibt zum Schutz aller aufbewahrt, ohne Namen, "
        "sobald der Eintrag gelöscht ist (Art. 32 DSGVO). Bis 11. April 2028."
    ) in told

    assert erased.status_code == 303
    assert not await Subscriber.exists()
    assert await Suppression.count() == 1
    assert not await Person.exists().where(Person.name == "Anke von der Heide")
    assert sorted(row.name for row in await Attendee.objects()) == ["", "Anke von der Heide"]
    assert await Activity.count().where(Activity.actor == anke.reference) == 1
    assert await Activity.count().where(Activity.verb == "data of one person erased") == 1


async def a_year_of_forums():
    """143 registrations of 2026, 61 access needs of a forum in June 2027, 12 consents that ended in 2024."""
    with on(date(2023, 5, 2)):
        readers = [await reads(f"leserin{number}@example.org") for number in range(15)]
    for number, reader in enumerate(readers):
        with on(date(2024, 11, 4) if number < 12 else date(2025, 2, 3)):
            await lists.leave(reader.key, by="link")
    for month, number in ((3, 60), (9, 70), (12, 13)):
        with on(date(2026, month, 1) - timedelta(weeks=6)):
            event = await forum(title_de=f"Forum {month}", seats=200, starts_at=clock.ahead(weeks=6))
            await come(event, number)
    with on(date(2027, 5, 3)):
        june = await forum(title_de="Forum im Juni", seats=200, starts_at=datetime(2027, 6, 14, 8, tzinfo=UTC))
        await come(june, 61, needs=["dgs"], consent=True)


async def come(event, number: int, **more) -> None:
    for one in range(number):
        someone = guest(f"Gast {one}", email=f"gast{one}@haus{one}.example.org", **more)
        await registration.sign_up(
            event.id, organisation=f"Haus {one} gGmbH", name=someone.name, email=someone.email, guests=[someone]
        )


async def test_the_january_run_is_looked_at_approved_by_one_person_and_logged(office):
    with on(date(2026, 1, 12)):
        await signs_in(office, "pia.noertemann@example.org")
        decided = await submit(office, "/office/privacy/calendar/events.guests", number="12", yearly="y")
        assert decided.status_code == 303
    await a_year_of_forums()
    with on(date(2027, 7, 15)):
        assert await AccessNeed.count() == 61
        await the_night()
        assert await AccessNeed.count() == 0

    with on(date(2028, 1, 3)):
        await the_night()  # what waits for the run does not go by itself
        await signs_in(office, "mira.quandt@example.org")
        refused = await office.get("/office/privacy/runs/new")
        calendar = words(await office.get("/office/privacy/calendar"))
        await signs_in(office, "pia.noertemann@example.org")
        today = words(await office.get("/office"))
        preview = words(await office.get("/office/privacy/runs/new"))
        approved = await submit(office, "/office/privacy/runs/new")
        place = approved.headers["location"]
        begun = words(await office.get(place))
        await jobs.run_due(WORK)
        done = words(await office.get(place))
        log = words(await office.get("/office/activity"))

    assert refused.status_code == 404
    assert (
        "Der jährliche Löschlauf steht an: 143 Anmeldungen, 12 Einwilligungen. Die Administration gibt ihn frei."
        in (calendar)
    )
    assert "Jährlicher Löschlauf: 143 Anmeldungen, 12 Einwilligungen" in today
    assert "143 Anmeldungen" in preview
    assert "Von selbst bereits gelöscht 2027: 61 Unterstützungsbedarfe" in preview
    assert "12 Einwilligungen" in preview
    assert "3 beendete Einwilligungen müssen noch nachweisbar bleiben, bis 31. Dezember 2028" in preview
    assert "Freigegeben von Pia Nörtemann, 03.01.2028, 09:00: 143 Anmeldungen, 12 Einwilligungen" in begun
    assert "Fertig am 03.01.2028, 09:00: 143 Anmeldungen, 12 Einwilligungen." in done
    assert re.search(r"Pia Nörtemann Löschlauf freigegeben 143 Anmeldungen, 12 Einwilligungen", log)
    assert re.search(r"von selbst Löschlauf fertig 143 Anmeldungen, 12 Einwilligungen", log)

    assert await Registration.count().where(Registration.email != "") == 61
    assert await Attendee.count() == 204  # the numbers stay
    assert (await Subscriber.count(), await Consent.count(), await Suppression.count()) == (3, 3, 12)


async def test_what_was_looked_at_is_what_is_approved(office):
    """Somebody leaves the list between the look and the button: the numbers are others, and nothing goes."""
    await a_year_of_forums()
    with on(date(2028, 1, 3)):
        await signs_in(office, "pia.noertemann@example.org")
        page = await office.get("/office/privacy/runs/new")
        await lists.erase("leserin0@example.org")
        token = BeautifulSoup(page.text, "html.parser").select_one("main input[name=seen]")["value"]
        refused = await submit(office, "/office/privacy/runs/new", seen=token)

    assert refused.status_code == 422
    assert "Die Zahlen haben sich seit Ihrem Blick geändert." in words(refused)
    assert await Subscriber.count() == 14
