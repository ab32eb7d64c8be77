"""An organisation with very many sites and people: its pages show them part by part, by links that keep the rest."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from network.members import function
from network.members.tables import FunctionKind, Organisation
from network.people import person, publication
from tests.members.make import a_site, member


@pytest.fixture
async def large(association) -> Organisation:
    house = await member("Ankerplatz")
    for number in range(30):
        site = await a_site(house, f"Ort {number:02}", "34117")
        one = await person.enter(f"Ada {number:02}", f"ada{number}@example.org")
        await publication.agreed(one, {"name"}, actor="")
        await function.appoint(house, one, FunctionKind.SITE_MANAGER, site=site, since=date(2020, 1, 1))
    return house


def soup(answer) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


async def test_the_offices_page_shows_its_lists_part_by_part(large, desk):
    place = f"/office/members/{large.reference}"

    first, second = soup(await desk.get(place)), soup(await desk.get(f"{place}?sites=2&people=2"))

    sites = [[row.th.get_text(strip=True) for row in page.select("#sites tbody tr")] for page in (first, second)]
    assert [(len(some), some[0]) for some in sites] == [(25, "Ort 00"), (5, "Ort 25")]
    assert first.select_one("#sites caption").get_text() == "30 Standorte"
    people = [len(page.select("section[aria-labelledby=people] tbody tr")) for page in (first, second)]
    assert people == [25, 5]
    assert f"{place}?sites=2#sites" in [link["href"] for link in first.select(".pager a")]
    assert f"{place}?people=2#sites" in [link["href"] for link in second.select(".pager a[rel=prev]")]


async def test_the_public_page_does_too_and_nonsense_is_the_first_part(large, client):
    place = f"/members/{large.reference}"

    first, last, odd = [soup(await client.get(f"{place}{query}")) for query in ("", "?sites=99&people=2", "?sites=x")]

    counted = [(len(page.select("[id^=site-]")), len(page.select("[id^=person-]"))) for page in (first, last, odd)]
    assert counted == [(24, 24), (6, 6), (24, 24)]
    assert "30 Standorte" in first.select_one(".lead").get_text()


async def test_the_links_keep_the_day_and_the_language(large, desk):
    in_english = soup(await desk.get(f"/en/office/members/{large.reference}?on=2024-05-12"))

    links = {link["href"] for link in in_english.select(".pager a")}
    assert f"/en/office/members/{large.reference}?on=2024-05-12&sites=2#sites" in links
