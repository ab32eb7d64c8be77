"""Story 7: coming and going.

As far as it can go now: there is no quality room yet, so the commitment is the one that the applicant ticked, with its
words and its moment; it stands in this test for what the story says of it.
"""

import re
from datetime import date, time

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.activity import Activity
from network.admission import application
from network.admission.tables import Application
from network.association import bylaws
from network.demo import members as demo_members
from network.demo.texts import BYLAWS
from network.groups import group, participation, seats
from network.groups.tables import WorkingGroup
from network.members import life, membership, votes
from network.members.membership import membership_on
from network.members.tables import Organisation
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE, viewer_with
from tests.browser import submit

PDF = b"%PDF-1.7"
FORM, LIST = "/membership/application", "/office/members/applications"


def on(day: date):
    """Nine o'clock in Berlin."""
    return clock.set_to(clock.berlin(day, time(9, 0)))


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


@pytest.fixture
async def office(client, association):
    """Mira Quandt at her desk among the ten members, by bylaws that ask for three months to the end of the year."""
    with on(date(2027, 1, 4)):
        await bylaws.enact("", **BYLAWS)
        await demo_members.enter()
        mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
        await roles.grant(mira, RoleKind.OFFICE)
    return client


async def signs_in(office):
    mira = await person.person_at("mira.quandt@example.org")
    office.cookies.set(COOKIE, await sign_in.begin_session(mira))


async def number(name: str) -> Organisation:
    row = await Organisation.objects().get(Organisation.name == name)
    assert row
    return row


async def test_coming_an_applicant_becomes_a_guest_for_24_months_without_a_vote(office):
    with on(date(2027, 3, 1)):
        await submit(
            office, FORM, name="Saaletal Reha gGmbH", postal_code="06108", town="Halle", land="ST",
            sites="06108 Halle\n06217 Merseburg", contact_name="Nele Wäscher",
            contact_email="nele.waescher@example.org", committed="y",
            files=[("documents", ("Nachweis § 51.pdf", PDF))],
        )  # fmt: skip
        [asking] = await Letter.objects()
        await submit(office, re.search(rf"{FORM}/confirm/\S+", asking.text)[0])
    row = await Application.objects().first()
    place = f"{LIST}/{row.reference}"
    for day, step, said_by, why in (
        (date(2027, 3, 8), "evidence", "Mira Quandt", "Nachweis nach § 51 gültig bis 2030"),
        (date(2027, 4, 12), "visit", "Henrike Voßberg", "Zwei Häuser gesehen"),
        (date(2027, 5, 10), "proposal", "Vorstand", "Aufnahme als Gast"),
    ):
        with on(day):
            await signs_in(office)
            files = {"document": ("Besuchsbericht.pdf", PDF)} if step == "visit" else None
            await submit(office, f"{place}/steps/{step}", said_by=said_by, why=why, files=files)
    with on(date(2027, 6, 11)):
        await signs_in(office)
        taken_in = await submit(office, f"{place}/acceptance", said_by="Mitgliederversammlung", why="Beschluss 7/2027",
                                since="1.7.2027", number="M11")  # fmt: skip
        page = await office.get(taken_in.headers["location"])
        told = await office.get(place)

    m11 = await number("Saaletal Reha gGmbH")
    steps = [(step.kind, step.on.isoformat(), step.said_by) for step in await application.steps_of(row)]
    assert steps == [
        ("received", "2027-03-01", ""),
        ("confirmed", "2027-03-01", ""),
        ("evidence", "2027-03-08", "Mira Quandt"),
        ("visit", "2027-04-12", "Henrike Voßberg"),
        ("proposal", "2027-05-10", "Vorstand"),
        ("accepted", "2027-06-11", "Mitgliederversammlung"),
    ]
    assert "Wir verpflichten uns auf die geltende Leistungsbeschreibung" in words(told)
    assert all(name in words(told) for name in ("Nachweis § 51.pdf", "Besuchsbericht.pdf"))
    assert "Als Gastmitglied aufgenommen, ab 1. Juli 2027" in words(page)
    with on(date(2027, 7, 1)):
        await signs_in(office)
        own = words(await office.get(f"/office/members/{m11.reference}"))
        public = words(await office.get("/members"))
        told = await votes.votes_of(m11, clock.today()), await votes.total(clock.today())
        nele = await viewer_with(await sign_in.begin_session(await person.person_at("nele.waescher@example.org")))
    assert "Gastzeit bis 30. Juni 2029" in own
    assert told == (0, 18)
    assert "10 Mitglieder, 23 Standorte und ein Gastmitglied." in public
    assert nele.holds(RoleKind.MEMBER_REPRESENTATIVE, m11.reference)


async def test_going_a_notice_of_2_october_with_three_months_to_the_end_of_the_year_is_effective_a_year_later(office):
    m08 = await number("Mainfeld Arbeitswege e. V.")
    with on(date(2027, 10, 4)):
        kim = await person.enter("Kim Achtermann", "kim.achtermann@example.org")
        await roles.grant(kim, RoleKind.MEMBER_REPRESENTATIVE, m08.reference)
        await signs_in(office)
        before = words(await office.get(f"/office/members/{m08.reference}/notice?received=2.10.2027"))
        await submit(office, f"/office/members/{m08.reference}/notice?received=2.10.2027", said_by="Vorstand von M08",
                     files={"document": ("Kündigung.pdf", PDF)})  # fmt: skip
    confirmations = await Letter.objects().where(Letter.template == "members/notice_confirmed").order_by(Letter.id)

    too_late = (
        "Die am 2. Oktober 2027 eingegangene Kündigung kommt für den 31. Dezember 2027 zu spät: Dafür hätte sie bis zum "
        "30. September 2027 da sein müssen. Sie wirkt zum 31. Dezember 2028."
    )
    assert "Die Mitgliedschaft endet am 31. Dezember 2028" in before
    assert too_late in before
    assert [letter.to_email for letter in confirmations] == ["mainfeld@example.org", "kim.achtermann@example.org"]
    assert all(too_late in " ".join(letter.text.split()) for letter in confirmations)
    assert all(letter.subject == "Ihre Kündigung: Mitgliedschaft bis 31. Dezember 2028" for letter in confirmations)

    with on(date(2028, 12, 31)):
        token = await sign_in.begin_session(kim)
        assert (await viewer_with(token)).holds(RoleKind.MEMBER_REPRESENTATIVE, m08.reference)
        assert "10 Mitglieder, 23 Standorte." in words(await office.get("/members"))
        assert await votes.total(clock.today()) == 18
    with on(date(2029, 1, 1)):
        await signs_in(office)
        today = words(await office.get("/members"))
        gone = (await office.get(f"/members/{m08.reference}")).status_code
        assert (await viewer_with(token)).roles == frozenset()
        assert "9 Mitglieder, 22 Standorte." in today
        assert ("Mainfeld" in today, gone, await votes.total(clock.today())) == (False, 404, 17)
        assert "17 Stimmen" in words(await office.get("/office/members"))

        await life.mark_days()
        await life.mark_days()
        await sign_in.ask_for_link("kim.achtermann@example.org")
        assert (await viewer_with(token)).signed_in is False
        assert await Letter.count().where(Letter.template == "people/sign_in_link") == 0
        assert await Activity.count().where(Activity.verb == "left the association") == 1
        assert "Mainfeld Arbeitswege e. V. ist aus dem Verband ausgeschieden" in words(
            await office.get("/office?all=1")
        )

        own = words(await office.get(f"/office/members/{m08.reference}"))
        assert "Aus dem Verband ausgeschieden" in own
        assert "Kündigung eingegangen; die Mitgliedschaft endet am 31. Dezember 2028 Vorstand von M08" in own
        assert await membership_on(m08, date(2027, 10, 2)) is not None
        assert [(row.since, row.until) for row in await membership.history(m08)] == [
            (date(2006, 1, 1), date(2028, 12, 31))
        ]
        then = words(await office.get("/members?on=2028-12-31"))
        assert "10 Mitglieder, 23 Standorte." in then
        assert "Mainfeld Arbeitswege e. V." in then
    with on(date(2029, 1, 20)):
        await signs_in(office)
        assert "ist aus dem Verband ausgeschieden" not in words(await office.get("/office?all=1"))


async def test_with_the_membership_its_seats_in_groups_end_by_themselves_and_the_history_stays(office):
    m08 = await number("Mainfeld Arbeitswege e. V.")
    ag = await a_group_with(m08, await number("Neckarbogen Reha und Arbeit gGmbH"))
    place, both = f"/office/groups/{ag.reference}", ["Kilian Ömer-Vogt", "Ella Brandt"]
    with on(date(2027, 10, 4)):
        await signs_in(office)
        await submit(office, f"/office/members/{m08.reference}/notice?received=2.10.2027", said_by="Vorstand von M08")
        told = words(await office.get(place))

    assert "endet am 31. Dezember 2028 mit der Mitgliedschaft" in told
    with on(date(2028, 12, 31)):
        await signs_in(office)
        today = words(await office.get("/office?all=1"))
        assert await in_group(ag, clock.today()) == both
        assert "AG Qualität und Datenbank: Ein Sitz endet am 31. Dezember 2028" in today
        assert "Kilian Ömer-Vogt. Mit diesem Tag endet die Mitgliedschaft." in today
    with on(date(2029, 1, 1)):
        await signs_in(office)
        assert await in_group(ag, clock.today()) == ["Ella Brandt"]  # no job has run
        assert "AG Qualität und Datenbank ist ohne Sprecher/in" in words(await office.get("/office?all=1"))

        await life.mark_days()
        await participation.settle()
        history = words(await office.get(place))
        assert await in_group(ag, clock.today()) == ["Ella Brandt"]
        assert await in_group(ag, date(2028, 12, 31)) == both
        assert "1. Mai 2024 bis 31. Dezember 2028 · mit der Mitgliedschaft" in history


async def a_group_with(m08: Organisation, m01: Organisation) -> WorkingGroup:
    """Kilian Ömer-Vogt chairs it for M08, Ella Brandt takes part for M01."""
    ag = await group.enter(name_de="AG Qualität und Datenbank", founded_on=date(2020, 1, 1))
    for name, part, house in (("Kilian Ömer-Vogt", "chair", m08), ("Ella Brandt", "participant", m01)):
        someone = await person.enter(name)
        await participation.enter(ag, someone, part, organisation=house, since=date(2024, 5, 1))
    return ag


async def in_group(ag: WorkingGroup, day: date) -> list[str]:
    return [one.who for one in seats.on(await seats.of_group(ag), day)]
