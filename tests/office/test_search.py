"""One search over everything: accents and capitals do not matter, and nobody finds what they may not know of."""

from datetime import date

import pytest

from network.members import function
from network.office import history, team
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from tests.members.make import member
from tests.office.make import enter, let_in, mira


async def test_people_are_found_without_their_accents(client, association):
    await mira(client)
    await enter("Stefan Øster", RoleKind.OFFICE)

    page = await client.get("/office/search?q=OSTER")

    assert "Stefan Øster" in page.text
    assert "Ein Treffer für „OSTER“" in page.text


async def test_a_helper_finds_no_people_of_the_house(association):
    await enter("Stefan Øster", RoleKind.OFFICE)

    assert await team.found(Viewer(1, "x", "Juno", "", frozenset({("event_team", "")})), "stefan") == []


@pytest.mark.parametrize("typed", ["Ela Brandt", "Ella Brant", "Xylophon Brant"])
async def test_people_are_found_by_a_mistyped_name_and_the_page_says_so(client, association, typed):
    await mira(client)
    ella, anker = await enter("Ella Brandt"), await member("Anker")
    await function.appoint(anker, ella, "director", since=date(2020, 1, 1))

    page = await client.get("/office/search", params={"q": typed})

    assert f"/office/people/{ella.reference}" in page.text
    assert f"/office/members/{anker.reference}" in page.text
    assert f"Zu „{typed}“ ist nichts zu finden. Meinten Sie" in page.text
    assert "Meinten Sie" not in (await client.get("/office/search?q=Ella+Brandt")).text


async def test_a_helper_is_told_no_name_by_a_guess(client, association):
    await let_in(client, "Juno Amsel", RoleKind.EVENT_TEAM)
    await enter("Stefan Oster")

    assert "Stefan Oster" not in (await client.get("/office/search?q=Stefna+Oster")).text


async def test_one_letter_is_not_enough_to_search_for(client, association):
    await mira(client)

    assert "Was suchen Sie?" in (await client.get("/office/search?q=s")).text


async def test_activity_is_told_by_person_and_day(client, association, at_sunday):
    someone = await mira(client)

    mine = await history.told(actor=someone.reference)
    none = await history.told(day=at_sunday.date().replace(day=4))

    assert [(line.who, line.what) for line in mine.lines] == [("Mira Quandt", "angemeldet")]
    assert none.count == 0


async def test_a_deed_of_an_erased_person_keeps_no_name(client, association):
    someone = await let_in(client, "Bo Lindqvist")
    await someone.remove()

    lines = (await history.told(actor=someone.reference)).lines

    assert {line.who for line in lines} == {"eine inzwischen gelöschte Person"}
