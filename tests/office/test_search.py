"""One search over everything: accents and capitals do not matter, and nobody finds what they may not know of."""

from network.office import history, team
from network.people.tables import RoleKind
from network.people.viewer import Viewer
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
