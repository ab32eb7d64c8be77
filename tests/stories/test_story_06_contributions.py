"""Story 6: contributions, as far as they are counted: members and sites on 1 January, from rows.

With billing come the money (1,200 € and 450 € a site), notices, debits and their returns, the 6/12 of whoever joins on
1 July, and the amounts that follow from the counts here.
"""

import re
from datetime import date, time

import pytest
from bs4 import BeautifulSoup

from network import clock
from network.association import bylaws
from network.demo.texts import BYLAWS
from network.members import directory
from network.members.selection import Selection
from network.members.tables import Organisation
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests.browser import submit
from tests.members.make import the_ten

NEW_YEAR = {year: date(year, 1, 1) for year in range(2027, 2030)}


def on(day: date):
    """Nine o'clock in Berlin."""
    return clock.set_to(clock.berlin(day, time(9, 0)))


@pytest.fixture
async def office(client, association):
    """Mira Quandt at her desk among the ten members of the demo."""
    with on(date(2027, 1, 4)):
        await bylaws.enact("", **BYLAWS)
        await the_ten()
        mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
        await roles.grant(mira, RoleKind.OFFICE)
    return client


async def signs_in(office):
    mira = await person.person_at("mira.quandt@example.org")
    office.cookies.set(COOKIE, await sign_in.begin_session(mira))


async def counted(day: date) -> tuple[int, int]:
    """Members and their open sites on a key date."""
    counts = await directory.counts(day)
    return counts.members, counts.sites


async def by_member(day: date) -> dict[str, int]:
    """What a contribution would be reckoned by: the number of sites of each member."""
    return {row.number: row.site_count for row in await directory.listed(Selection(day=day, sort="number"), size=0)}


async def told_in_public(office, day: date) -> str:
    page = BeautifulSoup((await office.get(f"/members?on={day.isoformat()}")).text, "html.parser")
    return " ".join(page.select_one("main").get_text(" ").split())


async def number(number: str) -> Organisation:
    [row] = [one for one in await directory.listed(Selection(sort="number"), size=0) if one.number == number]
    found = await Organisation.objects().get(Organisation.id == row.id)
    assert found
    return found


async def test_on_1_january_there_are_ten_members_with_twenty_three_sites(office):
    with on(date(2027, 1, 4)):
        assert await counted(NEW_YEAR[2027]) == (10, 23)
        assert list((await by_member(NEW_YEAR[2027])).values()) == [6, 4, 3, 2, 2, 2, 1, 1, 1, 1]
        assert "10 Mitglieder, 23 Standorte" in await told_in_public(office, NEW_YEAR[2027])


async def test_after_m08_has_left_there_are_twenty_two_sites(office):
    with on(date(2027, 9, 1)):
        await signs_in(office)
        m08 = await number("M08")
        await submit(office, f"/office/members/{m08.reference}/notice?received=1.9.2027", said_by="Vorstand von M08")

    with on(date(2028, 1, 3)):
        assert await counted(date(2027, 12, 31)) == (10, 23)
        assert await counted(NEW_YEAR[2028]) == (9, 22)
        assert "M08" not in await by_member(NEW_YEAR[2028])
        assert "9 Mitglieder, 22 Standorte" in await told_in_public(office, NEW_YEAR[2028])
        assert "10 Mitglieder, 23 Standorte" in await told_in_public(office, NEW_YEAR[2027])


async def test_m11_joins_on_1_july_with_two_sites(office):
    """Its sites are old, but they count from the day on which it is a member."""
    with on(date(2027, 6, 14)):
        await signs_in(office)
        taken_in = await submit(office, "/office/members/new", name="Saaletal Reha gGmbH", number="M11",
                                since="1.7.2027", postal_code="06108", town="Halle", land="ST")  # fmt: skip
        m11 = re.search(r"/office/members/([\w-]+)", taken_in.headers["location"])[1]
        for postal_code, town in (("06108", "Halle"), ("06217", "Merseburg")):
            await submit(office, f"/office/members/{m11}/sites/new", postal_code=postal_code, town=town, land="ST",
                         opened_year="2019")  # fmt: skip

    with on(date(2027, 7, 1)):
        assert await counted(NEW_YEAR[2027]) == (10, 23)
        assert await counted(date(2027, 6, 30)) == (10, 23)
        assert await counted(date(2027, 7, 1)) == (11, 25)
        assert (await by_member(clock.today()))["M11"] == 2
        assert await counted(NEW_YEAR[2028]) == (11, 25)


async def test_the_seventh_site_of_m01_opened_in_october_counts_next_year_and_not_this(office):
    with on(date(2027, 9, 20)):
        await signs_in(office)
        m01 = await number("M01")
        await submit(office, f"/office/members/{m01.reference}/sites/new", postal_code="79539", town="Lörrach",
                     land="BW", opened_year="15.10.2027")  # fmt: skip

    with on(date(2027, 11, 2)):
        assert (await by_member(clock.today()))["M01"] == 7
        assert (await by_member(date(2027, 10, 14)))["M01"] == 6
        assert (await by_member(NEW_YEAR[2027]))["M01"] == 6
        assert (await by_member(NEW_YEAR[2028]))["M01"] == 7
        assert [await counted(NEW_YEAR[year]) for year in (2027, 2028)] == [(10, 23), (10, 24)]


async def test_all_of_it_in_one_year_is_counted_by_key_date(office):
    """M11 in July, the seventh site in October, M08's notice of 2 October that comes too late for 2027."""
    with on(date(2027, 6, 14)):
        await signs_in(office)
        m01, m08 = await number("M01"), await number("M08")
        taken_in = await submit(office, "/office/members/new", name="Saaletal Reha gGmbH", number="M11",
                                since="1.7.2027", postal_code="06108", town="Halle", land="ST")  # fmt: skip
        m11 = re.search(r"/office/members/([\w-]+)", taken_in.headers["location"])[1]
        for postal_code, town in (("06108", "Halle"), ("06217", "Merseburg")):
            await submit(office, f"/office/members/{m11}/sites/new", postal_code=postal_code, town=town, land="ST")
    with on(date(2027, 10, 15)):
        await signs_in(office)
        await submit(office, f"/office/members/{m01.reference}/sites/new", postal_code="79539", town="Lörrach",
                     land="BW", opened_year="15.10.2027")  # fmt: skip
        await submit(office, f"/office/members/{m08.reference}/notice?received=2.10.2027", said_by="Vorstand von M08")

    with on(date(2029, 1, 2)):
        assert {year: await counted(day) for year, day in NEW_YEAR.items()} == {
            2027: (10, 23), 2028: (11, 26), 2029: (10, 25),
        }  # fmt: skip
