"""Every page that a person can reach by following links: clean in axe by day and by night, never wider than a telephone."""

import re
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

from tests.journeys.conftest import Site, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
FILES = (".ics", ".pdf", ".xlsx", ".csv", ".eml", ".xml", ".txt")
LETTERS = "/page"  # a letter as mail programs show it has a frame of its own
REFERENCE = re.compile(r"/[A-Za-z0-9_-]{16,22}(?=/|$)")


def kind_of(path: str) -> str:
    """Pages that differ only in whose they are: one or two of each kind are enough."""
    return re.sub(r"/events/[a-z0-9-]+(?=/|$)", "/events/*", REFERENCE.sub("/*", path))


def reachable(page: Page, address: str, start: str, most_of_a_kind: int = 2) -> list[str]:
    """Follow every link of the site from here, without leaving it."""
    found, queue, kinds = [], [start], {}
    while queue:
        path = queue.pop(0)
        kinds[kind_of(path)] = kinds.get(kind_of(path), 0) + 1
        if path in found or kinds[kind_of(path)] > most_of_a_kind:
            continue
        try:
            answer = page.goto(path)
        except Error as error:
            if "Download is starting" in error.message:
                continue
            raise
        assert answer and answer.status == 200, f"{path}: {answer and answer.status}"
        found.append(path)
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)"):
            parts = urlsplit(urljoin(address, link))
            ours = link.startswith(address) and not parts.path.startswith("/en")
            if ours and not parts.path.endswith((*FILES, LETTERS)):
                queue.append(parts.path)
    return found


def faults(page: Page) -> list[str]:
    """What axe finds, and whether the page is wider than its window."""
    result = Axe().run(page, options=RULES)
    found = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in result.response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*found, *([f"{wide} px too wide"] if wide > 0 else [])]


@pytest.mark.parametrize("person", ["", "Mira Quandt", "Pia Nörtemann"], ids=["visitor", "office", "admin"])
def test_every_page_is_clean(window: Callable[..., Page], site: Site, person: str):
    walker = window()
    start = "/"
    if person:
        sign_in(walker, person)
        start = "/office"
    paths = reachable(walker, site.address, start)
    wrong: dict[str, list[str]] = {}
    for dark, width in ((False, 1360), (True, 320)):
        page = window(width=width, dark=dark)
        if person:
            sign_in(page, person)
        for path in paths:
            page.goto(path)
            if found := faults(page):
                wrong[f"{path} {'dark' if dark else 'light'} {width}"] = found

    assert wrong == {}
    assert len(paths) >= 8
