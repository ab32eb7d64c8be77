"""An organisation from its application to being asked "Is this still right?", as it, the office and the public live it:
once with a wide window and scripts, once on a telephone without any."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page

from network import clock
from network.i18n import format_day, speaking
from tests.journeys.conftest import Site, link_in, sign_in
from tests.journeys.steps import Looks, fill, follow, press, says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(240)]

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass
class Story:
    """What the steps hand on to one another."""

    site: Site
    office: Page
    guest: Page
    looks: Looks
    prefix: str
    public: str = ""  # the member's page for everybody

    @property
    def name(self) -> str:
        return f"Ufersteg {self.prefix} gGmbH"

    @property
    def new_name(self) -> str:
        return f"Ufersteg {self.prefix} Arbeit und Teilhabe gGmbH"

    @property
    def address(self) -> str:
        return f"rike.{self.prefix.lower()}@example.org"


@pytest.mark.parametrize(
    ("prefix", "width", "javascript"),
    [("Weit", 1360, True), ("Schmal", 360, False)],
    ids=["wide", "telephone-without-script"],
)
def test_a_members_life(window: Callable[..., Page], site: Site, prefix: str, width: int, javascript: bool):
    office, guest = (window(width=width, javascript=javascript) for _ in range(2))
    story = Story(site, sign_in(office, "Mira Quandt"), guest, Looks(javascript), prefix)
    applies(story)
    is_looked_at(story)
    becomes_a_guest(story)
    becomes_a_full_member(story)
    signs_in_by_link(story)
    proposes_a_name(story)
    is_asked_once_a_year(story)

    assert story.looks.wrong == {}


def applies(story: Story) -> None:
    page = story.guest
    page.goto("/members")
    page.get_by_role("link", name="Mitglied werden").first.click()
    page.wait_for_load_state()
    fill(page, name=story.name, street="Saalestraße 5", postal_code="06108", town="Halle",
         sites="06108 Halle, Saalestraße 5\n06217 Merseburg, Domplatz 1", why="Wir begleiten seit 2012 in Betriebe.",
         contact_name="Rike Ebbinghaus", contact_email=story.address)  # fmt: skip
    page.locator("main [name=land]").select_option("ST")
    page.locator("main [name=documents]").set_input_files(
        [{"name": name, "mimeType": "application/pdf", "buffer": PDF} for name in ("Nachweis.pdf", "Satzung.pdf")]
    )
    page.locator("main [name=committed]").check()
    story.looks.at(page)
    press(page)
    says(page, "nach 7 Tagen ohne das")
    story.office.goto("/office/members/applications")
    assert story.name not in story.office.locator("main").inner_text()

    page.goto(link_in(story.site.mail.wait(story.address), "/confirm/"))
    press(page)
    says(page, "Ihr Antrag ist bei uns angekommen")
    story.looks.at(page)


def is_looked_at(story: Story) -> None:
    """Evidence, visit, the board's proposal: each a step with who and why."""
    page = story.office
    page.goto("/office/members/applications")
    page.get_by_role("link", name=story.name).click()
    page.wait_for_load_state()
    says(page, "Nachweis.pdf")
    for kind, words in {"evidence": "Anerkennung bis 2030", "visit": "Zwei Stunden", "proposal": "Einstimmig"}.items():
        follow(page, f"/steps/{kind}")
        page.wait_for_load_state()
        fill(page, said_by="Bodo Amsel", why=words)
        press(page)
        says(page, f"Bodo Amsel: {words}")
    story.looks.at(page)


def becomes_a_guest(story: Story) -> None:
    page = story.office
    follow(page, "/acceptance")
    fill(page, said_by="Vorstand", why="Beschluss 12")
    story.looks.at(page)
    press(page)
    says(page, "Aufgenommen|aufgenommen")
    story.site.mail.wait(story.address, count=3)

    guest = story.guest
    guest.goto(f"/members?q=Ufersteg {story.prefix}")
    guest.get_by_role("link", name=story.name).first.click()
    guest.wait_for_load_state()
    says(guest, r"Gastmitglied seit \d{4} · 2 Standorte")
    story.public = guest.url


def becomes_a_full_member(story: Story) -> None:
    page = story.office
    follow(page, "/full")
    fill(page, since=clock.today().isoformat(), said_by="Mitgliederversammlung")
    press(page)
    story.guest.goto(story.public)
    says(story.guest, r"(?<!Gastm)Mitglied seit \d{4} · 2 Standorte")
    story.looks.at(story.guest)


def signs_in_by_link(story: Story) -> None:
    """Whoever applied represents the member: a link, and what is open is changed at once."""
    page = story.guest
    page.goto("/sign-in")
    fill(page, email=story.address)
    press(page, 'main form[action$="/sign-in"]')
    page.goto(link_in(story.site.mail.wait(story.address, "Anmelde"), "/sign-in/"))
    press(page)
    says(page, story.name)
    story.looks.at(page)
    follow(page, "/edit")
    fill(page, phone="0345 4711")
    press(page)
    says(page, "0345 4711|Änderungen sind gespeichert")


def proposes_a_name(story: Story) -> None:
    page, office = story.guest, story.office
    follow(page, "/edit")
    fill(page, name=story.new_name, why="Im Register eingetragen")
    story.looks.at(page)
    press(page)
    says(page, "Bei der Geschäftsstelle")
    page.goto(story.public)
    assert page.locator("h1").inner_text() == story.name

    office.goto("/office/members/proposals")
    office.get_by_role("row", name=story.name).get_by_role("link", name="Entscheiden").click()
    office.wait_for_load_state()
    says(office, story.new_name)
    story.looks.at(office)
    press(office)
    page.goto(story.public)
    assert page.locator("h1").inner_text() == story.new_name
    story.site.mail.wait(story.address, "angenommen")


def is_asked_once_a_year(story: Story) -> None:
    """The office asks whoever is new this year; the link needs no sign-in, and a click is an answer."""
    page, office = story.guest, story.office
    office.goto("/office/members/checks/new")
    says(office, story.new_name)
    press(office)
    page.context.clear_cookies()
    page.goto(link_in(story.site.mail.wait(story.address, "Stimmt das noch"), "/still-right/"))
    says(page, "0345 4711")
    story.looks.at(page)
    follow(page, "/corrections")
    story.looks.at(page)
    fill(page, by="Rike Ebbinghaus", organisation__phone="0345 4712")
    press(page)
    with speaking("de"):
        says(page, f"bestätigt am {format_day(clock.today())}")
    office.goto("/office/members/checks")
    says(office, rf"{story.new_name}\s+bestätigt")
    page.goto(story.public)
    says(page, "0345 4712")
