"""make pictures: the README's pictures of the real thing, taken from a fresh demo."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests.bench.server import demo  # noqa: E402
from tests.journeys.chairing import call, count, let_in, opened, put_to_the_vote  # noqa: E402
from tests.journeys.conftest import CHROMIUM, QUIET, sign_in  # noqa: E402
from tests.journeys.steps import follow, press  # noqa: E402

PICTURES = Path(__file__).parent / "pictures"
PERSON = "Mira Quandt"


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with demo() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        wide, phone = open_window(browser, server.address, 1360), open_window(browser, server.address, 390)
        dark = open_window(browser, server.address, 390, dark=True)
        slug = open_forum(wide)
        take(wide, slug, "event")
        take(phone, f"{slug}/registration", "registration-phone", height=844)
        for page in (wide, dark):
            sign_in(page, PERSON)
        take(wide, "/office", "today")
        take(wide, office_page_of(wide, "2. Austauschforum"), "office-event", height=1000)
        take(dark, f"{office_page_of(wide, 'Arbeitstreffen')}/check-in", "checkin-dark", height=844)
        rehearse(wide)
        browser.close()


def rehearse(page: Page) -> None:
    """The assembly's day on a copy: a vote is open, and the room sees it."""
    page.goto("/office/assemblies")
    page.locator("main table a").first.click()
    page.wait_for_load_state()
    follow(page, "/rehearsal")
    press(page, 'main form[action$="/rehearsal"]')
    place = page.url
    let_in(page, place, absent=("Pleißetal", "Fuldahöhe"), online="Spreebrücke")
    opened(page)
    call(page, place, 5)
    put_to_the_vote(page, place, "Haushalt", "Der Haushalt des kommenden Jahres wird beschlossen.")
    count(page, yes="10", no="4", abstain="2")
    take(page, f"{place}/day", "assembly-day", height=1300)
    page.set_viewport_size({"width": 1360, "height": 700})
    take(page, f"{place}/screen", "assembly-screen")


def open_window(browser: Browser, address: str, width: int, *, dark: bool = False) -> Page:
    size = {"width": width, "height": 900}
    scheme = "dark" if dark else "light"
    return browser.new_context(base_url=address, viewport=size, color_scheme=scheme, locale="de-DE").new_page()


def open_forum(page: Page) -> str:
    page.goto("/events")
    return page.get_by_role("link", name=re.compile(r"2\. Austauschforum")).first.get_attribute("href") or ""


def office_page_of(page: Page, title: str) -> str:
    page.goto("/office/events")
    return page.get_by_role("link", name=title).first.get_attribute("href") or ""


def take(page: Page, path: str, name: str, height: int = 0) -> None:
    page.goto(path)
    clip = (
        {"x": 0, "y": 0, "width": page.viewport_size["width"], "height": height}
        if height and page.viewport_size
        else None
    )
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True, **({"clip": clip} if clip else {}))


if __name__ == "__main__":
    main()
