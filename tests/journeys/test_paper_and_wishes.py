"""On paper there is only what one reads; and what people have told their computer about movement and colours counts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Site, sign_in
from tests.journeys.test_every_page import walked

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

SHEET = 680  # A4 with a margin of 15 mm
SCREEN_ONLY = ".rail, .topbar, .skip, .demo, .site nav, .button, button, .filter, .pager"
SEEN = "(nodes, only) => nodes.filter(n => n.matches(only) && n.checkVisibility()).map(n => n.outerHTML.slice(0, 120))"


@pytest.mark.parametrize("person", ["", "Pia Nörtemann"], ids=["visitor", "admin"])
def test_paper_has_neither_rail_nor_buttons(window: Callable[..., Page], site: Site, person: str):
    page = window(width=SHEET)
    if person:
        sign_in(page, person)
    page.emulate_media(media="print")
    left = {}
    for path in walked(page, site.address, "/office" if person else "/"):
        if found := page.eval_on_selector_all("body *", SEEN, SCREEN_ONLY):
            left[path] = found
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            left[f"{path} wide"] = ["wider than the sheet"]

    assert left == {}


def test_paper_is_black_on_white_also_by_night(window: Callable[..., Page], site: Site):
    page = window(dark=True)
    page.emulate_media(media="print", color_scheme="dark")
    for path in ("/", "/events/2-austauschforum", "/members"):
        page.goto(path)
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(0, 0, 0)"


MOVING = """() => [...document.querySelectorAll("*")].filter(node => {
    const style = getComputedStyle(node);
    return parseFloat(style.transitionDuration) > 0 || style.animationName !== "none" || style.scrollBehavior === "smooth";
}).length"""


def test_nothing_moves_for_whoever_wants_stillness(window: Callable[..., Page], site: Site):
    page = sign_in(window(), "Mira Quandt")
    page.emulate_media(reduced_motion="reduce")
    for path in ("/", "/office", "/office/events", "/events/2-austauschforum"):
        page.goto(path)
        assert page.evaluate(MOVING) == 0, path


def test_with_colours_of_ones_own_state_and_place_are_still_told(window: Callable[..., Page], site: Site):
    """Forced colours take away every background: edges must tell where one is and what a button is."""
    page = sign_in(window(), "Mira Quandt")
    page.emulate_media(forced_colors="active")
    page.goto("/office")
    here = "getComputedStyle(document.querySelector('.rail [aria-current]')).outlineStyle"
    assert page.evaluate(here) == "solid"
    for edge in (".card", ".button", ".seats svg", ".tag"):
        style = page.eval_on_selector(edge, "node => getComputedStyle(node).borderTopStyle")
        assert style == "solid", edge
    taken, ground = (
        page.eval_on_selector(place, f"node => getComputedStyle(node).{what}")
        for place, what in ((".seats .taken", "fill"), (".seats svg", "backgroundColor"))
    )
    assert taken != ground
