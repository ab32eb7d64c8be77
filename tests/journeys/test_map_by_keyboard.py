"""The map of the sites without a mouse: each mark is a stop, and leads to the same place in the list beside it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Site
from tests.journeys.steps import Looks
from tests.journeys.test_by_keyboard import focused, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]


@pytest.mark.parametrize(
    ("width", "javascript"), [(1360, True), (360, False)], ids=["wide", "telephone-without-script"]
)
def test_from_a_mark_to_the_members_page(window: Callable[..., Page], site: Site, width: int, javascript: bool):
    page, looks = window(width=width, javascript=javascript), Looks(javascript)
    page.goto("/members/map")
    looks.at(page)
    tab_to(page, ".map a")
    said = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("Enter")
    assert page.url.endswith("#place-1")
    assert page.locator("#place-1").is_visible()
    assert re.sub(r"^1: | \(.*", "", said) in page.locator("#place-1").inner_text()

    page.keyboard.press("Tab")
    member = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_url("**/members/*")
    assert page.locator("h1").inner_text() == member
    looks.at(page)
    assert looks.wrong == {}


def test_map_and_list_tell_the_same(window: Callable[..., Page], site: Site):
    """As many marks as places in the list, in its order, and every site is in the list."""
    page = window()
    page.goto("/members/map")
    marks = page.locator(".map a").evaluate_all("marks => marks.map(mark => mark.getAttribute('href'))")
    places = page.locator("ol.places > li").evaluate_all("places => places.map(place => '#' + place.id)")
    lead = page.locator(".hero").inner_text()

    listed = page.locator("ol.places p, ol.places ~ ul li").count()
    assert marks == places
    assert f"{listed} Standorte" in lead
    assert focused(page) == ""


def test_in_somebody_elses_page(browser: Browser, site: Site, tmp_path: Path):
    """As members show it, in a frame and without scripts: by keyboard it leads out of the frame to our own page."""
    frame = f'<iframe src="{site.address}/members/map/alone" title="Karte" width="600" height="800"></iframe>'
    (tmp_path / "index.html").write_text(f"<h1>Mitglied</h1>{frame}")
    context = browser.new_context(locale="de-DE", java_script_enabled=False)
    context.set_default_timeout(15_000)
    page = context.new_page()
    with served(tmp_path) as theirs:
        page.goto(theirs)
        page.frame_locator("iframe").locator(".map a").first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site.address}/members/**")

    assert page.locator("h1").is_visible()
    assert context.cookies() == []
    context.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Another website."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
