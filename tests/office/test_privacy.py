"""One person's data across all rooms: shown whole, taken along as PDF and JSON, erased but for what must stay (story 11)."""

import json
import re
from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.admission.tables import Application
from network.app import HANDED_UP
from network.errors import Refused
from network.events.tables import AccessNeed, Attendee
from network.i18n import _
from network.members import function
from network.members.tables import Function
from network.newsletter import joining
from network.office import privacy
from network.people import person, publication, roles
from network.people.tables import Person, RoleKind
from network.people.viewer import Viewer
from network.representing.tables import DataCheck
from tests.browser import submit
from tests.conftest import TABLES
from tests.events.make import forum, guest, people, sign_up
from tests.members.conftest import desk as desk  # noqa: PLC0414
from tests.members.make import a_site, member
from tests.newsletter.conftest import joined as joined  # noqa: PLC0414

ROOMS = HANDED_UP.privacy


async def at(email):
    return await privacy.subject_of([f"address:{email}"])


ANKE = "anke.vonderheide@example.org"
OFFICE = Viewer(9999, "office", "Mira", roles=frozenset({("office", "")}))


def keys_found(page) -> list[str]:
    """What can be ticked on the page of a search."""
    return [box["value"] for box in BeautifulSoup(page.text, "html.parser").select("input[name=of]")]


async def anke_everywhere(joined):
    """A site manager who also voted, comes to two forums, reads the newsletter and agreed to be shown."""
    anke = await person.enter("Anke von der Heide", ANKE, phone="0231 23125 020")
    ruhrpunkt = await member("Ruhrpunkt Training gGmbH")
    dortmund = await a_site(ruhrpunkt, "Dortmund", "44135")
    await function.appoint(ruhrpunkt, anke, "site_manager", site=dortmund, since=date(2020, 1, 1))
    await function.appoint(ruhrpunkt, anke, "voting_delegate", since=date(2021, 1, 1))
    await publication.agreed(anke, ["name", "email"], actor="")
    await roles.grant(anke, RoleKind.MEMBER_REPRESENTATIVE, ruhrpunkt.reference)
    await joined(ANKE, name="Anke von der Heide")
    soon = clock.now() + timedelta(hours=1)
    past = await forum(title_de="1. Forum", starts_at=soon, deadline=soon)
    await sign_up(past, guests=[guest("Anke von der Heide", email=ANKE, needs=["dgs"], consent=True)])
    coming = await forum(title_de="2. Forum", seats=1, starts_at=clock.now() + timedelta(weeks=8))
    await sign_up(coming, guests=[guest("Anke von der Heide", email=ANKE)])
    await sign_up(coming, "Ole Nachrücker")
    return anke, ruhrpunkt, past, coming


async def test_everything_is_found_under_the_address(at_sunday, desk, joined):
    await anke_everywhere(joined)

    held = await privacy.everything(OFFICE, await at(ANKE.upper()), ROOMS)

    assert {one.title for one in held} >= {
        "Eintrag als Person", "Rollen", "Einwilligung in die Veröffentlichung", "Platz bei einer Veranstaltung",
        "Eintrag im Verteiler", "Nachweis einer Einwilligung", "Briefe",
    }  # fmt: skip
    assert sum(one.title == "Platz bei einer Veranstaltung" for one in held) == 2
    assert [one.title for one in held if one.stays] == ["Stimmberechtigte Person"]


async def test_health_data_are_not_shown_to_the_office_but_named(at_sunday, desk, joined):
    await anke_everywhere(joined)

    held = await privacy.everything(OFFICE, await at(ANKE), ROOMS)

    told = json.dumps([one.facts for one in held], ensure_ascii=False)
    assert "Gebärden" not in told
    assert "nur das Veranstaltungsteam" in told


async def test_the_files_hold_all_of_it(at_sunday, desk, joined):
    await anke_everywhere(joined)

    [picked] = keys_found(await desk.get("/office/privacy?q=heide"))
    pdf = await desk.get(f"/office/privacy/about/as/pdf?of={picked}")
    data = (await desk.get(f"/office/privacy/about/as/json?of={picked}")).json()

    assert pdf.content.startswith(b"%PDF")
    assert data["about"]["email"] == ANKE
    rooms = {entry["room"] for entry in data["entries"]}
    assert {"Veranstaltungen", "Verteiler", "Mitglieder", _("People and roles"), "Postausgang"} <= rooms
    handed = (await desk.get("/office/activity")).text
    assert "Daten einer Person herausgegeben" in handed


async def test_erasing_leaves_the_name_of_the_delegate_and_nothing_else(at_sunday, desk, joined):
    anke, _ruhrpunkt, past, coming = await anke_everywhere(joined)
    with clock.set_to(past.ends_at + timedelta(hours=1)):
        place = f"/office/privacy/about/erasure?of=person:{anke.reference}"
        asked = BeautifulSoup((await desk.get(place)).text, "html.parser")
        answer = await submit(desk, place)

        assert answer.status_code == 303
        [letters] = [line.get_text() for line in asked.select("main li") if line.get_text().startswith("Postausgang")]
        assert re.search(r" und (noch eins|\d+ weitere)\)$", letters)
        rows = [(table.__name__, repr(row)) for table in TABLES for row in await table.select()]
        assert {name for name, row in rows if "anke.vonderheide" in row.casefold()} == set()
        assert {name for name, row in rows if "23125 020" in row} == set()
        assert {name for name, row in rows if "heide" in row.casefold()} == {"Person"}
        assert [row.kind for row in await Function.objects()] == ["voting_delegate"]
        assert await AccessNeed.count() == 0
        assert await Attendee.count() == 3
        ole = [one for one in await people(coming) if one.name == "Ole Nachrücker"]
        assert [one.state for one in ole] == ["seated"]
        assert await joining.erase("", ANKE) == 0


async def test_who_is_no_history_is_gone(at_sunday, desk, joined):
    bo = await person.enter("Bo Lindqvist", "bo.lindqvist@example.org")

    await submit(desk, f"/office/privacy/about/erasure?of=person:{bo.reference}")

    assert not await Person.exists().where(Person.id == bo.id)


async def test_a_registration_for_colleagues_stays_until_the_event_is_over(at_sunday, desk, joined):
    event = await forum(starts_at=clock.now() + timedelta(weeks=8))
    two = [guest("Carla Chefin", email="carla@example.org"), guest("Udo Kollege", email="udo@example.org")]
    await sign_up(event, guests=two)

    held = await privacy.everything(OFFICE, await at("carla@example.org"), ROOMS)
    assert [one.title for one in held if one.stays] == ["Anmeldung einer Organisation"]
    await submit(desk, "/office/privacy/about/erasure?of=address:carla@example.org")

    states = {one.name: one.state for one in await people(event)}
    assert states == {"": "cancelled", "Udo Kollege": "seated"}
    with clock.set_to(event.ends_at + timedelta(hours=1)):
        await privacy.erase(await at("carla@example.org"), ROOMS, OFFICE)
        assert not await Letter.exists().where(Letter.to_email == "carla@example.org")
        held = await privacy.everything(OFFICE, await at("carla@example.org"), ROOMS)
        assert held == []


async def test_nobody_erases_themselves_and_the_last_administration_stays(association):
    pia = await person.enter("Pia Nörtemann", "pia@example.org")
    await roles.grant(pia, RoleKind.ADMIN)
    subject = await at("pia@example.org")

    with pytest.raises(Refused):
        await privacy.erase(subject, ROOMS, Viewer(pia.id, pia.reference, "Pia"))
    with pytest.raises(Refused):
        await privacy.erase(subject, ROOMS, OFFICE)
    assert await Person.exists().where(Person.email == "pia@example.org")


async def test_an_address_nobody_knows_has_nothing_and_a_stranger_sees_nothing(client, desk):
    page = await desk.get("/office/privacy/about?of=address:niemand@example.org")
    assert "Nichts" in page.text
    desk.cookies.clear()
    assert (await desk.get("/office/privacy/about?of=address:niemand@example.org")).status_code == 303


async def test_the_answer_to_the_yearly_question_stays_without_saying_whose(association, at_sunday):
    reha = await member("Ruhrpunkt Training gGmbH")
    told = {"email": ANKE, "confirmed_by": "Anke von der Heide", "confirmed_at": clock.now(), "asked_at": clock.now()}
    await DataCheck(organisation=reha.id, year=2027, digest="…", **told).save()

    asked = await at(ANKE)
    assert ("Beantwortet von", "Anke von der Heide") in (await privacy.everything(OFFICE, asked, ROOMS))[0].facts
    await privacy.erase(asked, ROOMS, OFFICE)

    row = await DataCheck.objects().first()
    assert (row.email, row.confirmed_by) == ("", "")
    assert row.confirmed_at


async def test_the_contact_of_an_application_goes_when_it_is_decided(association, at_sunday):
    now = clock.now()
    facts = {"contact_name": "Ina Antrag", "contact_email": "ina@example.org", "received_at": now}
    await Application(reference="offen", name="Neuland gGmbH", **facts).save()
    await Application(reference="fertig", name="Altland gGmbH", closed_at=now, **facts).save()

    [hit] = await privacy.find("antrag", ROOMS)
    ina = await privacy.subject_of([hit.key])
    assert [bool(one.stays) for one in await privacy.everything(OFFICE, ina, ROOMS)] == [True, False]
    await privacy.erase(ina, ROOMS, OFFICE)

    left = {row.reference: row.contact_email for row in await Application.objects()}
    assert left == {"offen": "ina@example.org", "fertig": ""}
