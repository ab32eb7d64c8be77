"""An organisation that somebody entered twice: found, compared, made one with all that hangs on it, and taken apart again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.journeys.conftest import Site, sign_in
from tests.journeys.steps import Looks, fill, follow, press, says

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]

PAIRS = "/office/members/duplicates"


@pytest.mark.parametrize(
    ("prefix", "width", "javascript"),
    [("Weit", 1360, True), ("Schmal", 360, False)],
    ids=["wide", "telephone-without-script"],
)
def test_two_entries_made_one(window: Callable[..., Page], site: Site, prefix: str, width: int, javascript: bool):
    page, looks = sign_in(window(width=width, javascript=javascript), "Mira Quandt"), Looks(javascript)
    stays = entered(page, f"Moorhof {prefix} Reha gGmbH", phone="05021 4711")
    site_of(page, "Nienburg")
    goes = entered(page, f"Moorhof {prefix} Rheha gGmbH", phone="05021 4712", website="https://moorhof.example.org")
    site_of(page, "Verden")

    page.goto(PAIRS)
    looks.at(page)
    pair = page.locator("li", has_text=f"Moorhof {prefix} Rheha").filter(has_text=f"Moorhof {prefix} Reha")
    pair.get_by_role("link", name=re.compile("Vergleichen")).first.click()
    page.wait_for_load_state()
    if not page.url.endswith(goes.rpartition("/")[2]):
        page.get_by_role("link", name="Andersherum").click()
        page.wait_for_load_state()
    preview(page, prefix)
    looks.at(page)

    page.get_by_role("radio", name="05021 4712").check()
    press(page, "main form.form")
    assert page.url == stays
    says(page, "Beide sind jetzt ein Eintrag")
    says(page, "05021 4712")
    assert [page.locator("main").get_by_text(town).count() > 0 for town in ("Nienburg", "Verden")] == [True, True]
    looks.at(page)
    page.goto(goes)
    assert page.url == stays  # where a link from before leads

    page.goto(PAIRS)
    page.get_by_role("button", name=re.compile(f"Wieder trennen.*{prefix} Rheha")).click()
    page.wait_for_load_state()
    says(page, "Es sind wieder zwei Einträge")
    page.goto(stays)
    says(page, "05021 4711")
    assert page.locator("main").get_by_text("Verden").count() == 0
    page.goto(goes)
    says(page, "Verden")
    assert looks.wrong == {}


def entered(page: Page, name: str, **facts: str) -> str:
    """Somebody types an organisation in; the address of its page."""
    page.goto("/office/members/new")
    fill(page, name=name, street="Moorweg 1", postal_code="31582", town="Nienburg", **facts)
    press(page)
    if page.locator("h1").inner_text() != name:  # asked whether it is the one that looks alike
        press(page)
    return page.url


def site_of(page: Page, town: str) -> None:
    follow(page, "/sites/new")
    fill(page, postal_code="31582" if town == "Nienburg" else "27283", town=town)
    press(page)


def preview(page: Page, prefix: str) -> None:
    """Before anything is done: what stays, what goes over, and where both contradict each other."""
    assert page.locator("#stays").inner_text() == f"Moorhof {prefix} Reha gGmbH"
    assert page.locator("#goes").inner_text() == f"Moorhof {prefix} Rheha gGmbH"
    says(page, "05021 4711")
    says(page, r"Standorte?\s")
