"""A forum from the first announcement to the report, as the office, its guests and its readers live it: one story on the
demo, once with a wide window and scripts, once on a telephone without any."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

import pytest
import vobject
from playwright.sync_api import Page

from network import clock
from tests.journeys.conftest import Site, link_in, sign_in, text_of
from tests.journeys.steps import follow, press, says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(420)]

DAY = clock.today() + timedelta(days=70)
LATER = DAY + timedelta(days=7)
TABLE = """Mitgliedsnummer;Name;Straße;PLZ;Ort;Mitglied seit
{rows}
{prefix}20;Brückenschlag {prefix} gGmbH;Hafenweg 1;;Rostock;2019
{prefix}21;;Am Markt 3;99084;Erfurt;2020
"""


@dataclass
class Story:
    """What the steps hand on to one another."""

    window: Callable[[], Page]
    site: Site
    office: Page
    guest: Page
    prefix: str
    forum: str = ""  # the office's page
    public: str = ""

    def address(self, name: str) -> str:
        return f"{name}.{self.prefix.lower()}@example.org"


@pytest.mark.parametrize(
    ("prefix", "width", "javascript"), [("W", 1360, True), ("T", 360, False)], ids=["wide", "telephone-without-script"]
)
def test_the_main_job(window: Callable[..., Page], site: Site, prefix: str, width: int, javascript: bool):
    def new_window() -> Page:
        return window(width=width, javascript=javascript)

    story = Story(new_window, site, sign_in(new_window(), "Mira Quandt"), new_window(), prefix)
    directory_in(story)
    forum_out(story)
    organisations_register(story)
    full_house(story)
    things_change(story)
    on_the_day(story)
    afterwards(story)
    the_mailing_list(story)
    the_issue(story)
    today_and_outbox(story)


# --- 1 · the directory ------------------------------------------------------------------------------------------------


def directory_in(story: Story) -> None:
    rows = "\n".join(
        f"{story.prefix}{n:02};Weitblick {story.prefix}{n} gGmbH;Weg {n};0{4100 + n};Leipzig;2018" for n in range(1, 20)
    )
    content = TABLE.format(rows=rows, prefix=story.prefix).encode("cp1252")
    page = story.office

    upload(page, content)
    says(page, r"19 Zeilen .*bereit.*\b2\b")
    assert page.locator("main form[method=post]").count() >= 2
    mend(page, "postal_code", "18055")
    mend(page, "name", f"Erfurter Weg {story.prefix} e. V.")
    page.locator('main form[action$="/storing"] button').click()
    page.wait_for_load_state()
    says(page, r"21")

    upload(
        page,
        content.replace(b"Hafenweg 1;;", b"Hafenweg 1;18055;").replace(
            b"21;;Am", b"21;Erfurter Weg " + story.prefix.encode() + b" e. V.;Am"
        ),
    )
    says(page, "21")
    guest = story.guest
    guest.goto("/members")
    says(guest, r"\d+ Mitglieder.*\d+ Standorte")
    guest.locator("main [name=q]").fill(f"Weitblick {story.prefix}1 gGmbH")
    guest.get_by_role("button", name="Suchen").click()
    guest.wait_for_load_state()
    says(guest, rf"Weitblick {story.prefix}1 gGmbH")


def upload(page: Page, content: bytes) -> None:
    page.goto("/office/members/import")
    page.locator('main input[type="file"]').set_input_files(
        {"name": "Mitglieder.csv", "mimeType": "text/csv", "buffer": content}
    )
    press(page)


def mend(page: Page, name: str, text: str) -> None:
    """The first line that needs somebody and has this field empty."""
    field = page.locator(f'main form[action*="/lines/"] [name$="-{name}"]').filter(visible=True)
    empty = [field.nth(n) for n in range(field.count()) if field.nth(n).input_value() == ""]
    assert empty, page.locator("main").inner_text()
    empty[0].fill(text)
    empty[0].locator("xpath=ancestor::form").locator("button[type=submit]").first.click()
    page.wait_for_load_state()


# --- 2 · the forum ----------------------------------------------------------------------------------------------------


def forum_out(story: Story) -> None:
    page = story.office
    page.goto("/office/events/new")
    for name, text in {
        "title_de": f"1. Probeforum {story.prefix}",
        "day": DAY.isoformat(),
        "begins": "10:00",
        "ends": "16:00",
        "venue": "Haus am Fluss",
        "street": "Uferweg 1",
        "postal_code": "34117",
        "town": "Kassel",
        "seats": "4",
        "costs_de": "kostenfrei",
        "description_de": "Ein Tag für alle, die **betriebliche** Angebote aufbauen.",
    }.items():
        page.locator(f'main [name="{name}"]').fill(text)
    press(page)
    story.forum = page.url
    story.guest.goto("/events")
    assert f"Probeforum {story.prefix}" not in story.guest.locator("main").inner_text()

    page.locator('main form[action$="/publication"] button, main form[action$="/publish"] button').first.click()
    page.wait_for_load_state()
    story.guest.goto("/events")
    story.guest.get_by_role("link", name=re.compile(f"1. Probeforum {story.prefix}")).first.click()
    story.guest.wait_for_load_state()
    story.public = story.guest.url
    says(story.guest, "4 Plätze frei")
    says(story.guest, "10:00")
    assert story.guest.context.cookies() == []


# --- 3 · registering --------------------------------------------------------------------------------------------------


def register(story: Story, organisation: str, registrant: str, people: list[str], *, together: bool = False) -> None:
    """Everybody has an address of their own; the first is the one who registers."""
    page = story.guest
    page.goto(f"{story.public}/registration")
    page.locator("[name=organisation]").fill(organisation)
    page.locator("main [name=name]").fill(registrant)
    page.locator("main [name=email]").fill(story.address(registrant.split(maxsplit=1)[0].lower()))
    page.locator("main [name=number]").select_option(str(len(people)))
    press(page)
    for number, person in enumerate(people):
        page.locator(f'[name="people-{number}-name"]').fill(person)
        page.locator(f'[name="people-{number}-email"]').fill(story.address(person.split()[0].lower()))
    if together:
        page.locator("[name=together]").check()
    press(page)
    assert "/done" in page.url, page.locator("main").inner_text()


def organisations_register(story: Story) -> None:
    page = story.guest
    page.goto(f"{story.public}/registration")
    press(page)
    assert page.title().startswith("Fehler:")
    assert page.locator("#errors a").count() >= 3

    register(story, "Lebensweg gGmbH", "Anna Alt", ["Anna Alt", "Bela Bach"])
    says(page, "Anna Alt")
    register(story, "LEBENSWEG g. GmbH", "Cem Can", ["Cem Can"])
    first = story.site.mail.wait(story.address("anna"))
    colleague = story.site.mail.wait(story.address("bela"))

    assert "Anna Alt" in text_of(colleague)
    event = invitation(colleague)
    assert (event.method.value, int(event.vevent.sequence.value)) == ("REQUEST", 0)
    assert event.vevent.dtstart.value.strftime("%Y-%m-%d %H:%M") == f"{DAY.isoformat()} 10:00"
    assert "/events/registrations/" in text_of(first)
    assert "Impressum" in text_of(first)
    assert story.site.mail.to(story.address("anna")).__len__() == 1


def invitation(message: EmailMessage) -> object:
    part = next(part for part in message.walk() if part.get_content_type() == "text/calendar")
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return vobject.readOne(content.decode())


# --- 4 · a full house -------------------------------------------------------------------------------------------------


def full_house(story: Story) -> None:
    """One seat is left. A pair comes only together and waits; nobody else may overtake it but who fits."""
    page = story.guest
    register(story, "Zweigespann e. V.", "Dora Dorn", ["Dora Dorn", "Emil Erb"], together=True)
    waiting = story.site.mail.wait(story.address("dora"))
    assert not any(part.get_content_type() == "text/calendar" for part in waiting.walk())
    register(story, "Einzeln gGmbH", "Fred Fuchs", ["Fred Fuchs"])
    assert invitation(story.site.mail.wait(story.address("fred"))).method.value == "REQUEST"
    register(story, "Nachzug gGmbH", "Gabi Gut", ["Gabi Gut"])

    page.goto(link_in(story.site.mail.wait(story.address("gabi")), "/events/attendees/"))
    says(page, r"Vor Ihnen warten 2")

    leave = link_in(story.site.mail.wait(story.address("anna")), "/events/registrations/")
    page.goto(leave)  # a scanner opens it, too: nothing happens
    cancel_all(page)
    assert invitation(story.site.mail.wait(story.address("bela"), count=2)).method.value == "CANCEL"
    for name in ("dora", "emil"):
        assert invitation(story.site.mail.wait(story.address(name), count=2)).method.value == "REQUEST"
    page.goto(link_in(story.site.mail.wait(story.address("gabi")), "/events/attendees/"))
    says(page, r"Vor Ihnen wartet niemand")


def cancel_all(page: Page) -> None:
    """Anna and Bela both: on the overview everybody is ticked, then asked once more."""
    for box in page.locator('main input[type="checkbox"]').all():
        box.check()
    press(page, "main form[method=get]")
    says(page, "Anna Alt")
    press(page)


# --- 5 · things change ------------------------------------------------------------------------------------------------


def things_change(story: Story) -> None:
    page = story.office
    page.goto(story.forum)
    follow(page, "/edit")
    page.locator('main [name="day"]').fill(LATER.isoformat())
    press(page)
    says(page, r"4 ")
    before = len(story.site.mail.messages)
    press(page)
    update = story.site.mail.wait(story.address("cem"), count=2)

    assert len(story.site.mail.messages) >= before
    event = invitation(update)
    assert (event.method.value, int(event.vevent.sequence.value)) == ("REQUEST", 1)
    assert event.vevent.uid.value == invitation(story.site.mail.to(story.address("cem"))[0]).vevent.uid.value
    assert event.vevent.dtstart.value.strftime("%Y-%m-%d %H:%M") == f"{LATER.isoformat()} 10:00"
    story.site.mail.wait(story.address("gabi"), count=2)


# --- 6 · on the day ---------------------------------------------------------------------------------------------------


def on_the_day(story: Story) -> None:
    """The demo's workshop has just been: a tick is undone and set again, and somebody had walked in."""
    page, door = story.office, f"{workshop(story)}/check-in"
    page.goto(door)
    name = page.locator("#door li").first.locator("strong").inner_text()
    page.goto(f"{door}?text={name}")
    present = here(page)
    page.locator("#door li button").first.click()
    page.wait_for_load_state()
    assert abs(here(page) - present) == 1
    page.locator("#door li button").first.click()
    page.wait_for_load_state()
    assert here(page) == present
    page.goto(door)
    page.locator("main [name=name]").fill(f"Willi Walk {story.prefix}")
    page.locator("main [name=organisation]").fill("Spontan gGmbH")
    press(page, "#walk-in ~ form")
    page.goto(f"{door}?text=willi walk {story.prefix}")
    says(page, f"Willi Walk {story.prefix}")


def workshop(story: Story) -> str:
    story.office.goto("/office/events")
    link = story.office.get_by_role("link", name=re.compile("Werkstattgespräch")).first
    return story.site.address + (link.get_attribute("href") or "")


def here(page: Page) -> int:
    found = re.search(r"\d+", page.locator("#door strong").first.inner_text())
    assert found
    return int(found[0])


# --- 7 · afterwards ---------------------------------------------------------------------------------------------------


def afterwards(story: Story) -> None:
    """The report drafts itself, is edited and published; a follow-up copies what stays and raises the ordinal."""
    page, office = story.guest, story.office
    page.goto("/events/1-austauschforum/report")
    says(page, "Über 60 Teilnehmende aus 40 Organisationen")
    answer = page.request.get("/events/1-austauschforum/report.pdf")
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")

    office.goto(f"{workshop(story)}/report")
    body = office.locator("main [name=body_de]")
    assert re.search(r"Teilnehmende aus \d+ Organisationen", body.input_value()), body.input_value()
    body.fill(body.input_value() + f"\n\nEin Nachwort, {story.prefix}.")
    office.locator("main form[method=post] button:not(.quiet)").first.click()
    office.wait_for_load_state()
    page.goto("/events")
    page.get_by_role("link", name="Bericht").first.click()
    page.wait_for_load_state()
    says(page, f"Ein Nachwort, {story.prefix}")

    office.goto(story.forum)
    office.locator('main form[action$="/follow-up"] button').first.click()
    office.wait_for_load_state()
    assert office.locator('main [name="title_de"]').input_value() == f"2. Probeforum {story.prefix}"


# --- 8 · the mailing list ---------------------------------------------------------------------------------------------


def the_mailing_list(story: Story) -> None:
    page, address = story.guest, story.address("leserin")
    page.goto("/newsletter")
    page.locator("main [name=email]").fill(address)
    press(page)
    confirm = link_in(story.site.mail.wait(address), "/newsletter/confirm/")
    page.goto(confirm)
    page.goto(confirm)
    press(page)
    says(page, "Rundbrief")

    office = story.office
    office.goto("/office/newsletter/wrote")
    office.locator("main [name=mail]").fill(
        f"Von: Paul Post <{story.address('paul')}>\nBetreff: Verteiler\n\n"
        "Bitte nehmen Sie uns in den Verteiler auf, wir sind seit 2019 anderer Leistungsanbieter"
    )
    press(office)
    press(office)
    page.goto(link_in(story.site.mail.wait(story.address("paul")), "/newsletter/confirm/"))
    press(page)
    says(page, "Rundbrief")


# --- 9 · the issue ----------------------------------------------------------------------------------------------------


def the_issue(story: Story) -> None:
    page, subject = story.office, f"Rundbrief {story.prefix}"
    page.goto("/office/newsletter/new")
    page.locator("main [name=subject_de]").fill(subject)
    page.locator("main [name=body_de]").fill(
        "## Neues\n\nDas Forum ist **ausgebucht**.\n\n- [Bericht](https://example.org/b)"
    )
    press(page)
    issue = re.sub(r"/(text|readers|sending)$", "", page.url)
    page.goto(issue)
    page.locator('main form[action$="/test"] button').first.click()
    story.site.mail.wait("mira.quandt@example.org", subject)

    page.goto(f"{issue}/sending")
    says(page, r"3\d\d")
    press(page)
    letter = story.site.mail.wait(story.address("leserin"), subject)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Id"]
    story.site.mail.wait("@example.org", subject, count=300, seconds=60)
    page.goto(issue)
    says(page, r"3\d\d")

    guest = story.guest
    guest.goto(link_in(letter, "/newsletter/leave/"))
    press(guest)
    says(guest, "")
    assert "/left" in guest.url


# --- 10 · today and the outbox ------------------------------------------------------------------------------------------


def today_and_outbox(story: Story) -> None:
    page = story.office
    page.goto("/office")
    assert page.locator("main h1").count() == 1
    says(page, f"Probeforum {story.prefix}|Austauschforum")
    page.goto(f"/office/outbox?q={story.address('bela')}")
    page.locator("main td a, main th a").first.click()
    page.wait_for_load_state()
    says(page, re.escape(story.address("bela")))
