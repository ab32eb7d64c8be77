"""What people do on a page in every journey: press its button, follow a link, read, and look whether it is clean."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import Page

from tests.journeys.test_every_page import faults


def press(page: Page, where: str = "main form[method=post]") -> None:
    """The form's own button: the one primary action."""
    page.locator(f"{where} button[type=submit]:not(.quiet):not(.sr)").first.click()
    page.wait_for_load_state()


def follow(page: Page, ending: str) -> None:
    page.locator(f'main a[href$="{ending}"]').first.click()
    page.wait_for_load_state()


def fill(page: Page, **values: str) -> None:
    for name, text in values.items():
        page.locator(f'main [name="{name.replace("__", "-")}"]').first.fill(text)


def says(page: Page, words: str) -> None:
    assert re.search(words, page.locator("main").inner_text()), page.locator("main").inner_text()


@dataclass
class Looks:
    """Pages looked at on the way, each once; what was wrong with them is told at the end. Scripts are needed for that."""

    scripts: bool
    wrong: dict[str, list[str]] = field(default_factory=dict)

    def at(self, page: Page) -> None:
        if self.scripts and (found := faults(page)):
            self.wrong[f"{page.url}: {page.title()}"] = found
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.wrong[f"{page.url}: {page.title()}"] = [f"{wide} px too wide"]
