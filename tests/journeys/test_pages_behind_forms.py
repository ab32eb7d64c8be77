"""Pages that no link leads to: behind a form or a letter. As clean as all others, by day and on a telephone by night."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Site, link_in, sign_in
from tests.journeys.test_every_page import faults

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

FORUM = "/events/2-austauschforum"
TABLE = "Mitgliedsnummer;Name;Straße;PLZ;Ort;Mitglied seit\n{number}1;Hafen gGmbH;Weg 1;;Rostock;2019\n{number}2;;Markt 3;99084;Erfurt;2020\n"


@dataclass
class Walk:
    """Somebody's way through pages, each looked at."""

    page: Page
    site: Site
    name: str
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def address(self, name: str) -> str:
        return f"{name}.{self.name}@example.org"

    def open(self, path: str) -> None:
        self.page.goto(path)
        self.look()

    def fill(self, **values: str) -> None:
        for name, text in values.items():
            self.page.locator(f'main [name="{name.replace("__", "-")}"]').first.fill(text)

    def press(self, where: str = "main form[method=post]") -> None:
        self.page.locator(f"{where} button[type=submit]:not(.quiet):not(.sr)").first.click()
        self.page.wait_for_load_state()
        self.look()

    def look(self) -> None:
        if found := faults(self.page):
            self.wrong[f"{self.page.url}: {self.page.title()}"] = found


@pytest.fixture(params=[(False, 1360), (True, 320)], ids=["wide", "telephone-by-night"])
def walk(request: pytest.FixtureRequest, window: Callable[..., Page], site: Site) -> Walk:
    dark, width = request.param
    return Walk(window(width=width, dark=dark), site, "night" if dark else "day")


def test_registering_and_what_follows(walk: Walk):
    walk.page.goto(f"{FORUM}/registration")
    walk.press()
    walk.fill(organisation=f"Weg {walk.name} gGmbH", name="Ada Abt", email=walk.address("ada"))
    walk.page.locator("[name=number]").select_option("2")
    walk.press()
    walk.page.locator("summary").first.click()
    walk.press()
    walk.fill(people__0__name="Ada Abt", people__0__email=walk.address("ada"), people__1__name="Ben Bär")
    walk.press()
    assert "/done" in walk.page.url

    overview = link_in(walk.site.mail.wait(walk.address("ada")), "/events/registrations/")
    walk.open(overview)
    for ending in ("/people", "/replacement"):
        walk.page.goto(overview)
        walk.page.locator(f'main a[href$="{ending}"]').first.click()
        walk.page.wait_for_load_state()
        walk.look()
        walk.press()
    walk.page.goto(overview)
    for box in walk.page.locator('main input[type="checkbox"]').all():
        box.check()
    walk.press("main form[method=get]")
    walk.press()

    assert walk.wrong == {}


def test_joining_and_leaving_the_list(walk: Walk):
    walk.page.goto("/newsletter")
    walk.press()
    walk.fill(email=walk.address("lea"))
    walk.press()
    walk.open(link_in(walk.site.mail.wait(walk.address("lea")), "/newsletter/confirm/"))
    walk.press()
    welcome = walk.page.url
    for part in ("/preferences/", "/leave/"):
        walk.page.goto(welcome)
        walk.page.locator(f'main a[href*="{part}"]').first.click()
        walk.page.wait_for_load_state()
        walk.look()
    walk.press()
    assert "/left" in walk.page.url

    assert walk.wrong == {}


def test_what_is_not_there_and_who_may_not_come_in(walk: Walk):
    for path in (
        "/nirgends",
        "/members?q=zzzz",
        "/sign-in/abcdefghijklmnop",
        "/events/registrations/abcdefghijklmnop",
        "/events/attendees/abcdefghijklmnop",
        "/newsletter/confirm/abcdefghijklmnop",
        "/newsletter/leave/abcdefghijklmnop",
        "/events/1-austauschforum/registration",
        "/office/members",
    ):
        walk.open(path)
    walk.page.goto("/sign-in")
    walk.press('main form[action$="/sign-in"]')
    walk.fill(email="niemand@example.org")
    walk.press('main form[action$="/sign-in"]')

    assert walk.wrong == {}


def test_choosing_from_the_directory_and_its_past_days(walk: Walk):
    walk.page.goto("/members")
    walk.page.locator("[name=occupation]").select_option("metal")
    walk.page.locator("summary", has_text="Weitere Auswahl").click()
    walk.look()
    walk.page.get_by_role("button", name="Suchen").click()
    walk.page.wait_for_load_state()
    walk.look()
    assert walk.page.url.count("occupation=metal") == 1
    assert walk.page.locator("#found").inner_text().startswith("6 Mitglieder mit 9 Standorten passen, Stand:")
    walk.page.get_by_role("link", name="Standorte auf der Karte zeigen").click()
    walk.page.wait_for_load_state()
    walk.look()
    assert walk.page.locator(".places p").count() == 9

    for path in ("/members?occupation=metal&land=BY&service=support", "/members?on=2005-06-01", "/members?near=99",
                 "/members/map?on=1985-01-01", "/members/providers?scope=AB&offered_in=rooms", "/glossary?on=1990-01-01",
                 "/members/providers?land=SL", "/members/providers?on=2001-01-01", "/members?on=2099-01-01",
                 "/about/history?on=2005-06-01", "/about/history?on=1950-01-01"):  # fmt: skip
        walk.open(path)
    walk.page.goto("/members?q=Neckarbogen")
    member = walk.page.locator("article h3 a").get_attribute("href")
    walk.open(f"{member}?on=2019-01-01")
    sign_in(walk.page, "Mira Quandt")
    walk.open(f"/office{member}?on=2019-01-01")
    walk.open("/office/members/catalogue?on=2016-01-01")
    walk.page.goto("/office/members?q=Spreebr%C3%BCcke")
    walk.page.locator("tbody th a").first.click()
    walk.page.wait_for_load_state()
    steps = walk.page.locator("#provider").locator("xpath=ancestor::section")
    steps.locator("summary").click()
    walk.look()
    steps.get_by_role("link", name="Bearbeiten").first.click()
    walk.page.wait_for_load_state()
    walk.look()

    assert walk.wrong == {}


def test_questions_and_refusals_in_the_office(walk: Walk):
    page = sign_in(walk.page, "Mira Quandt")
    for path in ("/office/search?q=Kassel", "/office/search?q=zzzz", "/office/outbox?q=zzzz", "/office/members?q=zzzz"):
        walk.open(path)
    for path in ("/office/events/new", "/office/members/new", "/office/newsletter/new", "/office/newsletter/wrote"):
        page.goto(path)
        walk.press()
    walk.page.goto("/office/newsletter/wrote")
    walk.fill(mail=f"Von: Paul <{walk.address('paul')}>\n\nBitte in den Verteiler")
    walk.press()

    page.goto("/office/members/import")
    content = TABLE.format(number=walk.name).encode()
    page.locator('main input[type="file"]').set_input_files(
        {"name": "Mitglieder.csv", "mimeType": "text/csv", "buffer": content}
    )
    walk.press()

    page.goto("/office/events")
    page.get_by_role("link", name="2. Austauschforum").first.click()
    page.wait_for_load_state()
    page.goto(f"{page.url}/edit")
    walk.fill(ends="17.00")
    walk.press()
    assert "?" in page.locator("h1").inner_text()

    assert walk.wrong == {}
