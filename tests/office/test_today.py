"""What Today says, in which order, and what the rail shows to whom."""

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup

from network import clock
from network.office import today
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from network.web.handed import Due, HandedUp
from tests.office.make import let_in, mira

MONDAY = date(2027, 9, 6)


async def test_due_things_come_in_the_order_of_their_days_broken_ones_today_and_those_without_one_last():
    async def events(viewer, day):
        return [Due("offen", "/a"), Due("später", "/b", day=date(2027, 9, 20))]

    async def letters(viewer, day):
        return [Due("heute", "/c", day=MONDAY), Due("nicht zugestellt", "/d", kind="bad")]

    found = await today.due(Viewer(), MONDAY, HandedUp(due=[events, letters]))

    assert [one.title for one in found] == ["heute", "nicht zugestellt", "später", "offen"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (None, "offen"),
        (date(2027, 9, 5), "gestern"),
        (MONDAY, "heute"),
        (date(2027, 9, 7), "morgen"),
        (date(2027, 9, 20), "20. September"),
        (date(2028, 4, 25), "25. April 2028"),
    ],
)
def test_a_day_is_said_as_people_say_it(day, words):
    assert today.when(day, MONDAY) == words


@pytest.mark.parametrize(
    ("hour", "count", "words"),
    [
        (5, 5, "Guten Morgen. Fünf Dinge stehen an."),
        (10, 1, "Guten Tag. Eine Sache steht an."),
        (17, 13, "Guten Abend. 13 Dinge stehen an."),
        (17, 0, "Guten Abend. Nichts steht an."),
    ],
)
def test_the_title_says_what_is_the_matter(hour, count, words):
    with clock.set_to(datetime(2027, 9, 6, hour, 30, tzinfo=UTC)):
        assert today.heading(count) == words


async def test_the_office_sees_every_room(client, association):
    await mira(client)

    assert await rooms(client) == [
        "Heute", "Mitglieder", "Vorstand", "Versammlungen", "Beschlussbuch", "Arbeitsgruppen", "Veranstaltungen",
        "Verteiler & Rundbriefe",
        "Postausgang", "Protokoll", "Menschen & Rollen", "Datenschutz", "Einstellungen",
    ]  # fmt: skip


async def test_a_helper_sees_today_and_the_events_alone(client, association):
    await let_in(client, "Juno Feldkamp", RoleKind.EVENT_TEAM)

    assert await rooms(client) == ["Heute", "Veranstaltungen"]


async def test_an_empty_today_says_what_it_is_for(client, association):
    await mira(client)

    page = BeautifulSoup((await client.get("/office")).text, "html.parser")

    assert page.h1.text.endswith("Nichts steht an.")
    assert page.select_one(".empty h2").text == "Alles ist erledigt"


async def rooms(client) -> list[str]:
    page = BeautifulSoup((await client.get("/office")).text, "html.parser")
    return [link.select_one("span").text for link in page.select(".rail li a")]
