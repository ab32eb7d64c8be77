"""An assembly in two windows, the chair's and the room's: the invitation in time (story 3), then, with the demo's clock put
forward to the day, story 4 and 5 with their numbers, the minutes to the members, the successors who wait for their day,
and story 12, a deputy who resigns. A telephone looks on.
"""

import re
from collections.abc import Callable, Iterator
from datetime import time, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from network import clock
from network.demo.assemblies import day_of
from tests.faults.clocks import MISSING, ahead_by
from tests.journeys.chairing import (
    accepts,
    ballot,
    call,
    count,
    let_in,
    opened,
    prepared,
    propose,
    put_to_the_vote,
    shows,
)
from tests.journeys.conftest import Site, demo, sign_in
from tests.journeys.steps import Looks, fill, follow, press, says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300), pytest.mark.skipif(bool(MISSING), reason=MISSING)]

ABSENT = "Pleißetal"  # M06, two votes
ONLINE = "Spreebrücke"  # M04
BY_PROXY = "Fuldahöhe"  # M10, through M07
BUDGET, ELECTION, BYLAWS = 5, 6, 7
TODAY, ON_THE_DAY = "today", "on the day"


@pytest.fixture
def site(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Site]:
    """A demo of this test's own: today, with its assembly some days ahead, or at half past nine on the day itself."""
    morning = clock.berlin(day_of(clock.today()), time(9, 30))
    ahead = {}
    if request.param == ON_THE_DAY:
        ahead = ahead_by(int((morning - clock.now()).total_seconds()))
        with demo(tmp_path):  # laid out today
            pass
    with demo(tmp_path, ahead) as made:
        yield made


@pytest.mark.parametrize("site", [TODAY], indirect=True)
def test_it_is_invited_in_time(window: Callable[..., Page], site: Site):
    office, looks = sign_in(window(), "Mira Quandt"), Looks(scripts=True)
    office.goto("/office/assemblies")
    office.locator("main table a").first.click()
    place = office.url
    says(office, r"(?s)Spätester Zugang.*Briefe aufgegeben bis.*E-Mails gesendet bis")
    says(office, r"9 von 10 Mitgliedern")

    one_is_reached_another_way(office, site, place, looks)
    a_motion_came_late(office, place, looks)
    nobody_is_invited_too_late(office, looks)

    assert looks.wrong == {}


def one_is_reached_another_way(office: Page, site: Site, place: str, looks: Looks) -> None:
    office.goto(f"{place}/dispatches")
    looks.at(office)
    office.get_by_role("link", name="Anders versuchen").first.click()
    fill(office, email="leineaue.neu@example.org", name="Vorzimmer")
    looks.at(office)
    press(office)
    letter = site.mail.wait("leineaue.neu@example.org")
    assert [part.get_content_type() for part in letter.walk() if part.get_content_type() == "text/calendar"]
    office.goto(f"{place}/dispatches")
    says(office, "leineaue.neu@example.org")


def a_motion_came_late(office: Page, place: str, looks: Looks) -> None:
    office.goto(f"{place}/motions")
    says(office, "zu spät: nur zur Aussprache")
    looks.at(office)


def nobody_is_invited_too_late(office: Page, looks: Looks) -> None:
    """Without how rights are exercised online it is not even stored; in three weeks the four weeks cannot be kept."""
    office.goto("/office/assemblies/new")
    soon = clock.today() + timedelta(days=21)
    fill(office, title="Außerordentliche Mitgliederversammlung", day=f"{soon:%d.%m.%Y}", venue="Haus", town="Berlin")
    office.locator("main [name=mode]").select_option("hybrid")
    press(office)
    says(office, "§ 32")
    looks.at(office)
    fill(office, rights_de="Mit dem Zugang aus der Einladung.", online_at="https://konferenz.example.org/amv")
    press(office)
    office.goto(re.sub(r"(/assemblies/[^/]+).*", r"\1/invitation", office.url))
    says(office, r"(?s)für alle Mitglieder zu spät; der letzte sichere Tag war .*§ 32 Abs. 1")
    press(office, "main form:has([name=late_because])")
    assert office.locator("[name=late_because][aria-invalid=true]").count() == 1
    looks.at(office)


@pytest.mark.parametrize("site", [ON_THE_DAY], indirect=True)
def test_one_assembly(window: Callable[..., Page]):
    chair, wall = sign_in(window(), "Mira Quandt"), sign_in(window(width=1920, height=1080), "Mira Quandt")
    looks = Looks(scripts=True)
    chair.goto("/office/assemblies")
    chair.locator("main table a").first.click()
    place = chair.url
    wall.goto(f"{place}/screen")
    shows(wall, "Wir beginnen um 10:00")

    the_doors_open(chair, wall, place, looks)
    the_budget(chair, wall, place, looks)
    the_board_is_elected(chair, wall, place, looks)
    the_bylaws(chair, wall, place)
    it_is_closed_and_told(chair, wall, place, looks)
    visitor = window(width=360, javascript=False)
    the_successors_wait(chair, visitor, looks)
    a_deputy_resigns(chair, visitor, looks)

    assert looks.wrong == {}


# --- one after the other ----------------------------------------------------------------------------------------------


def the_doors_open(chair: Page, wall: Page, place: str, looks: Looks) -> None:
    assert let_in(chair, place, absent=(ABSENT, BY_PROXY), online=ONLINE) == 8
    says(chair, r"16 von 18 Stimmen sind vertreten")
    says(chair, r"9 von 10 Mitgliedern")
    shows(wall, r"16 von 18 Stimmen sind vertreten")
    shows(wall, "Beschlussfähig")
    opened(chair)
    looks.at(chair)
    looks.at(wall)


def the_budget(chair: Page, wall: Page, place: str, looks: Looks) -> None:
    call(chair, place, BUDGET)
    shows(wall, f"TOP {BUDGET}: Haushalt")
    put_to_the_vote(chair, place, "Haushalt", "Der Haushalt wird beschlossen.")
    shows(wall, "Abstimmung läuft")
    count(chair, yes="9", no="4")
    says(chair, r"3 Stimmen fehlen|Es fehlen 3 Stimmen")
    looks.at(chair)
    count(chair, yes="10", no="4", abstain="2")
    shows(wall, "10 Ja, 4 Nein, 2 Enthaltungen")
    looks.at(wall)


def the_board_is_elected(chair: Page, wall: Page, place: str, looks: Looks) -> None:
    call(chair, place, ELECTION)
    head = prepared(chair, place, "Vorsitz", "Vorsitz", "Ada Beispiel", "Ben Muster", "Cem Vorlage")
    ballot(chair, head, "one_vote", votes_0="6", votes_1="5", votes_2="2", abstain="2", invalid="1")
    says(chair, "niemand gewählt")
    ballot(chair, head, "run_off", leave="Cem Vorlage", votes_0="7", votes_1="7", abstain="2")
    says(chair, "haben gleich viele Stimmen")
    ballot(chair, head, "run_off", leave="Cem Vorlage", votes_0="8", votes_1="6", abstain="2")
    looks.at(chair)
    accepts(chair, "Ada Beispiel")
    deputy = prepared(chair, place, "Stellvertretung", "Stellvertretender Vorsitz 1", "Dora Test")
    ballot(chair, deputy, "yes_no", yes="9", no="5", abstain="2")
    accepts(chair, "Dora Test")
    other = prepared(chair, place, "Zweite Stellvertretung", "Stellvertretender Vorsitz 2", "Emil Probe")
    ballot(chair, other, "yes_no", yes="6", no="6", abstain="4")
    says(chair, "niemand gewählt")
    propose(chair, "Fee Neu")
    ballot(chair, other, "yes_no", leave="Emil Probe", yes="12", no="2", abstain="2")
    accepts(chair, "Fee Neu")
    looks.at(chair)


def the_bylaws(chair: Page, wall: Page, place: str) -> None:
    call(chair, place, BYLAWS)
    put_to_the_vote(chair, place, "Satzungsänderung", "§ 9 wird wie vorgelegt geändert.")
    count(chair, yes="11", no="4", abstain="1")
    says(chair, r"73,3 ?%")
    shows(wall, "abgelehnt")
    put_to_the_vote(chair, place, "Satzungsänderung, neu gefasst", "§ 9 wird in der neuen Fassung geändert.")
    count(chair, yes="12", no="4")
    says(chair, r"75,0 ?%|75 ?%")
    shows(wall, "angenommen")


def it_is_closed_and_told(chair: Page, wall: Page, place: str, looks: Looks) -> None:
    chair.goto(f"{place}/day/closure")
    press(chair)
    shows(wall, "Die Versammlung ist geschlossen")
    chair.goto(f"{place}/minutes")
    press(chair)
    for words in (r"16 von 18", r"10 Ja", r"Ada Beispiel", r"Fee Neu", r"73,3 ?%"):
        says(chair, words)
    looks.at(chair)
    for capacity in ("chair", "minute_taker"):
        chair.locator(f'details:has(form[action$="/signatures/{capacity}"]) summary').click()
        press(chair, f'form[action$="/signatures/{capacity}"]')
    follow(chair, "/minutes/sending")
    looks.at(chair)
    press(chair)
    chair.goto(f"{place}/minutes")
    says(chair, "Einsprüche bis")
    looks.at(chair)
    chair.goto(f"{place}/attendance-list")
    looks.at(chair)


def the_successors_wait(chair: Page, visitor: Page, looks: Looks) -> None:
    """The terms of those in office run on until June: who was elected early does not act early."""
    chair.goto("/office/board")
    says(chair, r"ab \d+\. \S+ \d{4}: Ada Beispiel")
    looks.at(chair)
    visitor.goto("/board")
    says(visitor, "(?s)Henrike Voßberg.*Tarek Linnemann.*Dr. Ruta Kaspereit")
    assert "Ada Beispiel" not in visitor.locator("main").inner_text()


def a_deputy_resigns(chair: Page, visitor: Page, looks: Looks) -> None:
    last = day_of(clock.today()) + timedelta(days=26)
    chair.get_by_role("link", name=re.compile("Tarek Linnemann")).first.click()
    follow(chair, "/resignation")
    looks.at(chair)
    fill(chair, effective_on=f"{last:%d.%m.%Y}")
    press(chair)
    chair.goto("/office/board")
    chair.get_by_role("link", name="Tarek Linnemann verlässt den Vorstand").click()
    for duty in ("Vereinsregister", "Bank", "Lobbyregister"):
        says(chair, duty)
    looks.at(chair)
    visitor.goto("/board")
    says(visitor, "Tarek Linnemann")
