"""Hands on the keyboard only, and with scripts switched off."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Site, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

FORUM = "/events/2-austauschforum"
STEPS = 60  # more presses of Tab than any of these pages has places to go


SEEN = """() => getComputedStyle(document.activeElement).outlineStyle !== "none"
    || [...document.activeElement.querySelectorAll("circle")].some(mark => getComputedStyle(mark).strokeWidth === "4px")"""


def tab_to(page: Page, place: str) -> None:
    """Press Tab until `place` has the focus, which must then be seen: by its outline, on the map by a thick edge."""
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        if page.evaluate("place => document.activeElement.matches(place)", place):
            assert page.evaluate(SEEN), f"{place}: the focus is not to be seen"
            return
    raise AssertionError(f"{place} is not to be reached on {page.url}")


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def first_step(page: Page, people: int) -> None:
    page.goto(f"{FORUM}/registration")
    page.locator("main [name=organisation]").fill("Tastatur gGmbH")
    page.locator("main [name=name]").fill("Tina Taste")
    page.locator("main [name=email]").fill("tina.taste@example.org")
    page.locator("main [name=number]").select_option(str(people))
    page.locator("main form[method=post] button[type=submit]").first.click()
    page.wait_for_load_state()


def names(page: Page) -> list[str]:
    fields = page.locator('main [name^="people-"][name$="-name"]')
    return [fields.nth(number).input_value() for number in range(fields.count())]


def test_somebody_registers_without_a_mouse(window: Callable[..., Page], site: Site):
    page = window()
    page.goto(FORUM)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    tab_to(page, "main a[href$='/registration']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/registration")

    for name, text in {"organisation": "Tasten gGmbH", "name": "Toni Taste", "email": "toni.taste@example.org"}.items():
        tab_to(page, f"main [name={name}]")
        page.keyboard.type(text)
    tab_to(page, "main [name=number]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.locator('[name="people-1-name"]').wait_for()
    assert names(page) == ["Toni Taste", ""]

    page.keyboard.press("Tab")
    tab_to(page, '[name="people-1-name"]')
    page.keyboard.press("Enter")  # from a text field: what the form is for, and so what is missing is named
    page.locator("#errors").wait_for()
    assert focused(page) == "errors"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert focused(page) == "people-1-name"
    page.keyboard.type("Uta Umschalt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/done**")
    assert "Uta Umschalt" in page.locator("main").inner_text()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without"])
def test_one_is_led_to_the_person_just_added_and_to_who_stands_where_one_was_taken_out(
    window: Callable[..., Page], site: Site, javascript: bool
):
    page = window(javascript=javascript)
    first_step(page, 2)
    page.locator('[name="people-0-name"]').fill("Tina Taste")
    page.locator('[name="people-1-name"]').fill("Udo Umlaut")

    page.locator("button[name=add_person]").click()
    page.wait_for_load_state()
    assert names(page) == ["Tina Taste", "Udo Umlaut", ""]
    assert next_stop(page) == ("people-2-name", "")

    page.keyboard.type("Vera Vau")
    page.locator("button[name=remove_person]").nth(1).click()
    page.wait_for_load_state()
    assert names(page) == ["Tina Taste", "Vera Vau"]
    assert next_stop(page)[1] == "Vera Vau"

    page.locator("button[name=remove_person]").nth(1).click()
    page.wait_for_load_state()
    assert names(page) == ["Tina Taste"]
    assert next_stop(page) == ("people-0-name", "Tina Taste")


def next_stop(page: Page) -> tuple[str, str]:
    """Where Tab goes from where the page has led us, and what stands there."""
    page.keyboard.press("Tab")
    return focused(page), str(page.evaluate("document.activeElement.value"))


def test_a_slash_goes_to_the_search_but_not_while_typing(window: Callable[..., Page], site: Site):
    page = sign_in(window(), "Mira Quandt")
    page.goto("/office/members")
    page.keyboard.press("/")
    assert focused(page) == "search"
    page.keyboard.type("a/b")
    assert page.locator("#search").input_value() == "a/b"


def test_a_day_is_typed_as_people_write_it_or_looked_up_in_the_calendar(window: Callable[..., Page], site: Site):
    page = sign_in(window(), "Mira Quandt")
    page.goto("/office/activity")
    day = page.locator("main [name=day]")
    day.fill("31.2.2028")
    page.get_by_role("button", name="Anzeigen").click()
    page.wait_for_load_state()
    assert page.locator("main [name=day]").input_value() == "31.2.2028"

    page.locator("main [name=day]").fill("25.4.2028")
    page.get_by_role("button", name=re.compile("Kalender: Tag")).click()
    calendar = page.locator(".day input[type=date]")
    assert calendar.input_value() == "2028-04-25"
    calendar.evaluate("field => { field.value = '2028-05-06'; field.dispatchEvent(new Event('change')); }")
    assert page.locator("main [name=day]").input_value() == "6.5.2028"


@pytest.mark.parametrize("javascript", [True, False], ids=["with-scripts", "without"])
def test_the_rooms_open_on_a_telephone_by_keyboard(window: Callable[..., Page], site: Site, javascript: bool):
    page = sign_in(window(width=360, javascript=javascript), "Mira Quandt")
    rooms = page.locator("#rooms")
    assert not rooms.is_visible()
    tab_to(page, ".menu")
    page.keyboard.press("Enter")
    assert rooms.is_visible()
    page.keyboard.press("Escape")
    assert not rooms.is_visible()


def test_an_issue_is_looked_at_without_scripts(window: Callable[..., Page], site: Site):
    page = sign_in(window(javascript=False), "Mira Quandt")
    page.goto("/office/newsletter/new")
    page.locator("main [name=subject_de]").fill("Ohne Skript")
    page.locator("main [name=body_de]").fill("Das **Forum** ruft.")
    page.get_by_role("button", name="Als Brief ansehen").click()
    page.frame_locator("iframe.look").get_by_text("Forum").wait_for()
    assert page.locator("main [name=subject_de]").input_value() == "Ohne Skript"
    assert page.locator(".day button").count() == 0
