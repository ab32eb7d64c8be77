"""Every page that a person can reach by following links: clean in axe by day and by night, never wider than a telephone."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error, Page

from tests.journeys.conftest import Site, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # what is fine need not be told; half the time
}
FILES = (".ics", ".pdf", ".xlsx", ".csv", ".eml", ".xml", ".txt")
LETTERS = "/page"  # a letter as mail programs show it has a frame of its own
ALIKE = {"/events/*": 6, "/office/events/*": 6}  # planned, open, full, over: each looks different
REFERENCE = re.compile(r"/[A-Za-z0-9_-]{16,22}(?=/|$)")


def kind_of(path: str) -> str:
    """Pages that differ only in whose they are: one or two of each kind are enough."""
    return re.sub(r"^/events/[a-z0-9-]+(?=/|$)", "/events/*", REFERENCE.sub("/*", path))


def walked(page: Page, address: str, start: str) -> Iterator[str]:
    """Follow every link from here downwards; the page stands open while its path is handed over."""
    seen, queue, kinds = set(), [start], Counter()
    while queue:
        path = queue.pop(0)
        if path in seen or kinds[kind_of(path)] >= ALIKE.get(kind_of(path), 2):
            continue
        seen.add(path)
        kinds[kind_of(path)] += 1
        try:
            answer = page.goto(path)
        except Error as error:
            if "Download is starting" in error.message:
                continue
            raise
        assert answer and answer.status == 200, f"{path}: {answer and answer.status}"
        for link in page.eval_on_selector_all("a[href]", "links => links.map(link => link.href.baseVal ?? link.href)"):
            parts = urlsplit(urljoin(address, link))
            ours = link.startswith(address + start) and not parts.path.startswith("/en")
            if ours and not parts.path.endswith((*FILES, LETTERS)):
                queue.append(parts.path)
        yield path


TWICE = """() => [...document.querySelectorAll("[id]")].map(node => node.id)
    .filter((id, place, ids) => ids.indexOf(id) !== place)"""


def faults(page: Page) -> list[str]:
    """What axe finds, whether the page is wider than its window, and ids given twice: a label then names the wrong field."""
    result = Axe().run(page, options=RULES)
    found = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in result.response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    twice = [f"id {name} is given twice" for name in page.evaluate(TWICE)]
    return [*found, *twice, *([f"{wide} px too wide"] if wide > 0 else [])]


PEOPLE = [("", "/", 20), ("Mira Quandt", "/office", 60), ("Pia Nörtemann", "/office", 20), ("Ella Brandt", "/mine", 8)]


@pytest.mark.parametrize(("person", "start", "at_least"), PEOPLE, ids=["visitor", "office", "admin", "member"])
def test_every_page_is_clean(window: Callable[..., Page], site: Site, person: str, start: str, at_least: int):
    day, night = window(), window(width=320, dark=True)
    if person:
        sign_in(day, person)
        sign_in(night, person)
    wrong: dict[str, list[str]] = {}
    pages = 0
    for path in walked(day, site.address, start):
        pages += 1
        night.goto(path)
        for when, page in (("by day, wide", day), ("by night, on a telephone", night)):
            if found := faults(page):
                wrong[f"{path} {when}"] = found

    print(f"{pages} pages")
    assert wrong == {}
    assert pages >= at_least
