"""Somebody is found wherever they stand, by name and organisation, with or without an address; the office picks who is meant."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from mailing.outbox import Address
from mailing.tables import Letter
from network import clock
from network.activity import LOOKED, Activity, record
from network.admission.tables import Application
from network.app import HANDED_UP
from network.association import profile
from network.events import checkin
from network.events.tables import Attendee, Registration
from network.members import function, membership, notice
from network.office import privacy
from network.people import person, sign_in
from network.people.tables import Person, RoleKind
from network.people.viewer import COOKIE, Viewer
from tests.browser import submit
from tests.events.make import forum, guest, people, sign_up
from tests.members.conftest import desk as desk  # noqa: PLC0414
from tests.members.make import a_site, member
from tests.office.make import enter

ROOMS = HANDED_UP.privacy
OFFICE = Viewer(9999, "office", "Mira", roles=frozenset({("office", "")}))


async def found(text: str) -> list[tuple[str, str, list[str]]]:
    """Kind of key, name and organisations of each hit."""
    hits = await privacy.find(text, ROOMS)
    return sorted((hit.key.partition(":")[0], hit.name, hit.organisations) for hit in hits)


async def told_of(*keys: str) -> list[str]:
    return [one.title for one in await privacy.everything(OFFICE, await privacy.subject_of(keys), ROOMS)]


async def two_of_one_name():
    """Both without an address, registered by two different houses for one event."""
    event = await forum(starts_at=clock.now() + timedelta(weeks=6))
    for house in ("Werkbank Nord gGmbH", "Kompass gGmbH"):
        await sign_up(event, guests=[guest("Udo Kollege", email=""), guest("Ada Erste")], organisation=house,
                      name="Sekretariat", email=f"{house[:3].lower()}@example.org")  # fmt: skip
    return event


async def test_guests_without_an_address_are_told_apart_by_their_house(association, at_sunday):
    await two_of_one_name()

    assert await found("udo kollege") == [
        ("attendee", "Udo Kollege", ["Kompass gGmbH"]), ("attendee", "Udo Kollege", ["Werkbank Nord gGmbH"]),
    ]  # fmt: skip
    assert await found("Kollege Kompass") == [("attendee", "Udo Kollege", ["Kompass gGmbH"])]


async def test_only_whom_the_office_picked_is_told_and_erased(association, at_sunday, desk):
    event = await two_of_one_name()
    nord, _ada, kompass, _ada2 = await people(event)
    with clock.set_to(event.ends_at + timedelta(hours=1)):
        mira = await person.person_at("mira.quandt@example.org")
        desk.cookies.set(COOKIE, await sign_in.begin_session(mira))
        told = await told_of(f"attendee:{nord.reference}")
        answer = await submit(desk, f"/office/privacy/about/erasure?of=attendee:{nord.reference}")

    assert told == ["Platz bei einer Veranstaltung"]
    assert answer.status_code == 303
    assert [row.name for row in await people(event)] == ["", "Ada Erste", "Udo Kollege", "Ada Erste"]
    naming = [row.to_email for row in await Letter.objects().order_by(Letter.id) if "Udo Kollege" in row.text]
    assert naming == ["kom@example.org"]
    assert kompass.name == "Udo Kollege"


async def test_whoever_registers_is_told_that_a_seat_of_an_erased_guest_is_free(association, at_sunday, desk):
    event = await two_of_one_name()
    nord = (await people(event))[0]

    await submit(desk, f"/office/privacy/about/erasure?of=attendee:{nord.reference}")

    assert (await Attendee.objects().get(Attendee.id == nord.id)).state == "cancelled"
    last = (
        await Letter.objects().where(Letter.to_email == "wer@example.org").order_by(Letter.id, ascending=False).first()
    )
    assert last.template == "events/attendee_cancelled"


async def test_whoever_walked_in_stands_without_an_address_too(association, at_sunday):
    event = await forum(starts_at=clock.now() + timedelta(hours=2), deadline=clock.now())
    await checkin.walk_in(event.id, "Wanda Seegers", "Anker gGmbH", actor="")

    assert await found("wanda") == [
        ("attendee", "Wanda Seegers", ["Anker gGmbH"]), ("registration", "Wanda Seegers", ["Anker gGmbH"]),
    ]  # fmt: skip


async def test_everybody_is_found_in_the_room_where_they_stand(association, at_sunday):
    reha = await member("Ruhrpunkt Training gGmbH")
    at = await a_site(reha, "Dortmund", "44135")
    anke = await person.enter("Anke Müller")
    await function.appoint(reha, anke, "site_manager", site=at, since=date(2020, 1, 1))
    event = await forum(contact_name="Jürgen Müller", contact_email="")
    await sign_up(
        event, guests=[guest("Gast Eins")], name="Petra Müller", email="petra@example.org", organisation="Kai"
    )
    await Application(reference="a", name="Neuland gGmbH", contact_name="Ina Müller", contact_email="ina@example.org",
                      received_at=clock.now()).save()  # fmt: skip
    left = await membership.admit("Altland gGmbH")
    await membership.resign(left, until=date(2027, 12, 31))
    await record("", "person entered", "person:gone", "Gerda Müller")
    await profile.post("people/sign_in_link", Address("Lotte Müller", "lotte@example.org"), locale="de",
                       person=anke, place="x", minutes=15)  # fmt: skip

    assert {(kind, name) for kind, name, _houses in await found("mueller")} == {
        ("person", "Anke Müller"), ("contact", "Jürgen Müller"), ("address", "Petra Müller"), ("address", "Ina Müller"),
        ("told", "Gerda Müller"), ("address", "Lotte Müller"),
    }  # fmt: skip
    assert await found("mueller ruhrpunkt") == [("person", "Anke Müller", ["Ruhrpunkt Training gGmbH"])]
    assert await found("Müller Neuland") == [("address", "Ina Müller", ["Neuland gGmbH"])]


async def test_who_decided_is_found_by_the_very_words_and_stays(association, at_sunday):
    left = await membership.admit("Altland gGmbH", since=date(2020, 1, 1))
    await notice.receive(left, received=clock.today(), said_by="Henrike Voßberg, Vorstand")

    [hit] = await privacy.find("vossberg", ROOMS)
    held = await privacy.everything(OFFICE, await privacy.subject_of([hit.key]), ROOMS)

    assert hit.key == "said:Henrike Voßberg, Vorstand"
    assert [(one.title, bool(one.stays), one.until) for one in held] == [
        ("Genannt in den Schritten einer Mitgliedschaft", True, None)
    ]


async def test_the_name_of_an_entry_that_is_gone_goes_from_the_activity(association, at_sunday):
    await record("", "person entered", "person:gone", "Gerda Müller")

    assert await told_of("told:gone") == ["Was mit dem Eintrag geschah"]
    await privacy.erase(await privacy.subject_of(["told:gone"]), ROOMS, OFFICE)

    assert [row.label for row in await Activity.objects().where(Activity.thing == "person:gone")] == [""]


async def test_an_address_brings_the_person_and_a_person_the_address(association):
    anke = await person.enter("Anke Müller", "anke@example.org")

    by_address = await privacy.subject_of(["address:ANKE@example.org"])
    by_person = await privacy.subject_of([f"person:{anke.reference}"])

    assert by_address.references == by_person.references == [anke.reference]
    assert by_address.keys == by_person.keys == {"anke@example.org"}


async def test_several_addresses_and_rows_are_one_subject(association, at_sunday):
    event = await forum()
    await sign_up(event, guests=[guest("Anke Müller", email="anke@example.org")])
    await sign_up(event, guests=[guest("Anke Müller", email="anke@privat.example.org")], organisation="Privat")
    rows = await Registration.count()

    assert len(await told_of("address:anke@example.org", "address:anke@privat.example.org")) == 2 * 2 + 1
    assert rows == 2


async def test_without_a_tick_one_is_asked_again_and_strange_keys_are_nothing(desk):
    asked = await desk.get("/office/privacy/about")
    assert (asked.status_code, asked.headers["location"]) == (303, "/office/privacy")
    for key in ("person:nobody", "address:", "address:no-address", "said:", ":", "x"):
        answer = await desk.get(f"/office/privacy/about?of={key}")
        assert (key, answer.status_code) in {(key, 404), (key, 200)}
    assert "Nichts ist gespeichert" in (await desk.get("/office/privacy/about?of=attendee:nobody")).text


@pytest.mark.parametrize(
    "text", ["%", "_", "'; DROP TABLE person; --", "\\", "a" * 500, "ﬀ ß İ", "{} {}", "x y z " * 40, "@", "a@", "\x00b"]
)
async def test_whatever_is_typed_is_an_answer(desk, text):
    answer = await desk.get("/office/privacy", params={"q": text})

    assert answer.status_code == 200


async def test_what_somebody_did_stays_without_a_name_also_where_history_keeps_it(association, at_sunday):
    vera = await enter("Vera Wahl", RoleKind.OFFICE)
    reha = await member("Ruhrpunkt Training gGmbH")
    await function.appoint(reha, vera, "voting_delegate", since=date(2020, 1, 1))
    await record(vera.reference, "site changed", f"organisation:{reha.reference}", reha.name)

    await privacy.erase(await privacy.subject_of([f"person:{vera.reference}"]), ROOMS, OFFICE)

    [deed] = await Activity.objects().where(Activity.verb == "site changed")
    assert await Person.exists().where(Person.name == "Vera Wahl")
    assert deed.actor != vera.reference
    assert not await Person.exists().where(Person.reference == deed.actor)


async def test_that_somebody_looked_is_noted_without_saying_at_which_guest(at_sunday, desk):
    await two_of_one_name()
    page = await desk.get("/office/privacy?q=udo")
    box = BeautifulSoup(page.text, "html.parser").select_one("input[name=of]")["value"]
    await desk.get(f"/office/privacy/about?of={box}")

    looked = await Activity.objects().where(Activity.verb == LOOKED).order_by(Activity.id)
    assert [(row.thing.partition(":")[0], row.label) for row in looked] == [("privacy", ""), ("privacy", "")]
    assert box not in "".join(row.thing for row in looked)


async def test_each_person_of_the_house_who_was_read_about_is_noted_by_name(desk):
    for name in ("Udo Eins", "Uta Zwei"):
        someone = await person.enter(name)
        await desk.get(f"/office/privacy/about?of=person:{someone.reference}")

    looked = await Activity.objects().where(Activity.verb == LOOKED).order_by(Activity.id)
    assert [row.label for row in looked] == ["Udo Eins", "Uta Zwei"]


async def test_a_mistyped_name_is_looked_for_by_the_nearest_and_the_page_says_so(association, at_sunday, desk):
    bente = await person.enter("Bente Jürs", "bente.juers@example.org")

    page = await desk.get("/office/privacy?q=J%C3%BCrz")
    nobody = await desk.get("/office/privacy?q=Xylophon")

    told = BeautifulSoup(page.text, "html.parser")
    assert "Zu „Jürz“ ist nichts zu finden. Meinten Sie „Jürs“?" in told.get_text()
    [box] = told.select("input[name=of]")
    assert (box["value"], box.has_attr("checked")) == (f"person:{bente.reference}", False)
    assert "Niemand gefunden" in nobody.text
    assert "Meinten Sie" not in nobody.text
