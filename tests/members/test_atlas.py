"""The sites on the map and in the charts: each where it lies, none lost, and the list says the same."""

import random
from datetime import date

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from network.members import atlas, charts, directory, membership, organisation, site
from network.members.tables import Site
from network.members.views import atlas as atlas_page
from network.members.views.atlas import laid_out
from tests.members.make import a_site, member, the_ten

PLACES = st.tuples(st.floats(47.3, 55.0), st.floats(5.9, 15.0))


def at(lat: float | None, lon: float | None) -> dict:
    return {"lat": lat, "lon": lon, "town": f"{lat}"}


@given(st.lists(PLACES, max_size=60))
def test_every_site_is_in_one_mark_and_no_two_marks_touch(places):
    marks = atlas.marks([at(*place) for place in places])

    assert sorted(site["town"] for mark in marks for site in mark.sites) == sorted(str(lat) for lat, _lon in places)
    assert all(
        (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= (atlas.APART - 1e-6) ** 2
        for number, one in enumerate(marks)
        for other in marks[:number]
    )
    assert [mark.y for mark in marks] == sorted(mark.y for mark in marks)


def test_north_is_up_and_east_is_right():
    kiel, ravensburg, aachen, dresden = (
        atlas.point(lon, lat) for lat, lon in ((54.3, 10.1), (47.8, 9.6), (50.8, 6.1), (51.1, 13.7))
    )

    assert kiel[1] < ravensburg[1]
    assert aachen[0] < dresden[0]
    assert all(0 < x < atlas.WIDTH and 0 < y < atlas.HEIGHT for x, y in (kiel, ravensburg, aachen, dresden))


def test_a_site_abroad_or_without_coordinates_is_not_drawn():
    assert atlas.marks([at(None, None), at(48.2, 16.4), at(0.0, 0.0)]) == []


async def test_the_list_beside_the_map_has_all_23_sites_and_each_mark_leads_to_its_line(client, association):
    await the_ten()

    page = BeautifulSoup((await client.get("/members/map")).text, "html.parser")

    lines = page.select(".places li")
    assert len(page.select(".places li p")) == 23
    assert [mark["href"] for mark in page.select(".map a")] == [f"#{line['id']}" for line in lines]
    bonn = next(mark for mark in page.select(".map a") if "Bonn" in mark["aria-label"])
    assert "Köln" in bonn["aria-label"]
    assert "2 Standorte" in bonn["aria-label"]
    assert {"Bonn", "Köln"} <= {strong.text for strong in page.select_one(bonn["href"]).select("strong")}


async def test_a_site_that_nobody_can_place_stands_under_the_map(client, association):
    reha = await member("Neckarbogen Reha gGmbH")
    await a_site(reha, "Mannheim", "68161", lat=49.486, lon=8.470)
    await a_site(reha, "Niemandsort", "68162")

    page = BeautifulSoup((await client.get("/members/map")).text, "html.parser")

    assert len(page.select(".map a")) == 1
    assert "Niemandsort" in page.select_one(".rows").text


async def test_the_map_of_a_land_shows_its_sites_only(client, association):
    await the_ten()

    page = BeautifulSoup((await client.get("/members/map?land=SN")).text, "html.parser")

    assert sorted(strong.text for strong in page.select(".places strong")) == ["Dresden", "Leipzig"]


async def test_the_map_alone_may_stand_in_the_pages_of_others_and_nothing_else_may(client, association):
    await the_ten()

    alone, whole = [await client.get(path) for path in ("/members/map/alone", "/members/map")]

    assert "frame-ancestors *" in alone.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in whole.headers["content-security-policy"]
    assert "set-cookie" not in alone.headers
    page = BeautifulSoup(alone.text, "html.parser")
    assert len(page.select("a")) > 20
    assert {link["target"] for link in page.select("a")} == {"_top"}
    assert not page.select("form, script")
    assert "https://" not in alone.text.replace("https://www.w3.org", "")


async def test_the_map_alone_says_that_there_is_no_such_day(client, association):
    await the_ten()

    page = await client.get("/members/map/alone?on=30.2.2023")

    assert page.status_code == 422
    assert "Diesen Tag gibt es nicht." in page.text
    assert "Stand: heute" in page.text


async def test_sites_by_year_count_what_was_open_at_the_end_of_each(association, at_sunday):
    reha = await member("Neckarbogen Reha gGmbH", since=date(1995, 5, 12))
    await a_site(reha, "Mannheim", "68161", opened_year=1981)
    closed = await a_site(reha, "Heilbronn", "74072", opened_year=1998)
    await a_site(reha, "Ulm", "89073")
    await site.close(closed, reha, on=date(2010, 6, 30))
    gone = await member("Leineaue gGmbH", since=date(2000, 1, 1))
    await a_site(gone, "Hannover", "30159", opened_year=1985)
    await Site.raw("UPDATE membership SET until = {} WHERE organisation = {}", date(2020, 12, 31), gone.id)

    years = {bar.label: (bar.number, bar.later) for bar in (await charts.figures(date(2026, 11, 23))).years}

    assert [years[str(year)] for year in (1980, 1981, 1985, 1995, 1998, 2000, 2010, 2019, 2020, 2021, 2026)] == [
        (0, 0), (0, 1), (0, 2), (2, 1), (3, 1), (4, 0), (3, 0), (3, 0), (3, 0), (2, 0), (2, 0),
    ]  # fmt: skip


async def test_each_bar_says_what_the_directory_of_that_day_counts(association, at_sunday):
    """Members that went, came as guests first, or paused; sites known by their day, their year or not at all."""
    await the_ten()
    gone = await member("Leineaue gGmbH", since=date(2000, 12, 31))
    await a_site(gone, "Hannover", "30159", opened_on=date(1985, 12, 31))
    await membership.resign(gone, until=date(2020, 12, 30))
    await membership.join(gone, since=date(2023, 1, 1))
    guest = await organisation.enter("Saaletal Reha gGmbH")
    await membership.join(guest, since=date(2018, 5, 1), until=date(2021, 12, 31), kind="guest")
    await membership.join(guest, since=date(2022, 1, 1))
    await a_site(guest, "Halle", "06108")
    last = await a_site(guest, "Jena", "07743", opened_year=2019)
    await site.close(last, guest, on=date(2024, 12, 31))

    for today in (date(2027, 9, 5), date(2022, 12, 31), date(1990, 1, 1)):
        bars = (await charts.figures(today)).years
        ends = [date(int(bar.label), 12, 31) for bar in bars[:-1]] + [today]
        assert [bar.number for bar in bars] == [(await directory.counts(day)).sites for day in ends]
        assert bars[-1].later == 0


async def test_the_charts_of_the_directory_say_the_same_as_its_heading(client, association):
    await the_ten()

    page = BeautifulSoup((await client.get("/members")).text, "html.parser")

    rows = [[cell.text for cell in row.select("th, td")] for row in page.select("details tbody tr")]
    assert rows[0][1] == "23"
    assert len(page.select(".chart rect:not(.later)")) == len(rows)
    assert sum(int(row.select_one(".number").text) for row in page.select(".bars tbody tr")) == 10


# Thousands of sites.


def reached(sites: list[dict], frame: atlas.Frame) -> list[str]:
    """What somebody finds who follows every mark: an overview's marks lead to larger parts, until sites are listed."""
    pages = [laid_out(sites, frame, number) for number in range(1, laid_out(sites, frame, 1).pages + 1)]
    found = [site["town"] for sheet in pages for site in sheet.listed]
    assert all(
        len(sheet.marks) + len(sheet.listed) <= 2 * atlas.MOST_LISTED for sheet in pages if not sheet.is_overview
    )
    for mark in pages[0].marks if pages[0].is_overview else []:
        if len(mark.sites) > 1:
            part = atlas.frame_of(mark.part.words)
            assert part.zoom > frame.zoom
            assert all(atlas.is_inside(site, part) for site in mark.sites)
            found += reached(mark.sites, part)
    return found


CROWD = st.tuples(
    st.floats(47.3, 55.0), st.floats(5.9, 15.0), st.sampled_from([0.0, 0.0001, 0.01, 0.5]), st.integers(1, 120)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CROWD, max_size=8), st.randoms(use_true_random=False))
def test_following_the_marks_of_overviews_leads_to_every_site(crowds, chance):
    places = [
        (lat + chance.uniform(-far, far), lon + chance.uniform(-far, far))
        for lat, lon, far, many in crowds
        for _ in range(many)
    ]
    sites = [
        at(lat, lon) | {"town": str(number)}
        for number, (lat, lon) in enumerate(places)
        if atlas.is_inside(at(lat, lon))
    ]

    assert sorted(reached(sites, atlas.COUNTRY)) == sorted(site["town"] for site in sites)


@pytest.mark.parametrize(
    "part", ["", "x", "51.3,9.4", "51.3,9.4,0", "51.3,9.4,1", "51.3,9.4,999", "00,00,5", "99.0,9.4,4", "51.3,9.4,٥"]
)
def test_what_is_no_part_of_the_map_is_the_whole(part):
    assert atlas.frame_of(part) == atlas.COUNTRY


def test_thousands_of_sites_are_drawn_in_a_moment():
    chance = random.Random(4)
    sites = [at(chance.uniform(47.3, 55.0), chance.uniform(5.9, 15.0)) for _ in range(20_000)]

    assert sum(len(mark.sites) for mark in atlas.marks(sites)) == 20_000
    assert 50 < len(atlas.overview(sites)) < 200


async def test_a_map_of_many_sites_leads_to_enlarged_parts_and_its_list_says_the_same(client, association, monkeypatch):
    monkeypatch.setattr(atlas_page, "MOST_LISTED", 5)
    await the_ten()

    whole = BeautifulSoup((await client.get("/members/map")).text, "html.parser")
    rhine = next(mark for mark in whole.select(".map a") if "Bonn" in mark["aria-label"])
    part = BeautifulSoup((await client.get(rhine["href"])).text, "html.parser")

    assert "part=" in rhine["href"]
    assert rhine["href"] in [link["href"] for link in whole.select(".places a")]
    assert [mark["href"] for mark in part.select(".map a")] == [f"#{line['id']}" for line in part.select(".places li")]
    assert "in diesem Teil der Karte" in part.select_one(".lead").text
    assert part.select_one("main a[href='/members/map']").text == "Zurück zur ganzen Karte"
