"""The association's history tells itself from the rows; the office adds what rows do not know."""

from datetime import date

from bs4 import BeautifulSoup

from network.association import profile
from network.chronicle import milestone, timeline
from network.members import directory, membership, moving
from network.members.tables import Membership
from tests.board import make as board
from tests.browser import send, submit
from tests.members.conftest import desk as desk  # noqa: PLC0414
from tests.members.make import a_site, member, the_ten


async def history(day: date) -> dict[int, list[str]]:
    """Without the founding."""
    told = {year.number: [moment.title for moment in year.moments] for year in await timeline.told(day)}
    assert told[1995].pop(0).endswith("wird gegründet")
    return {year: titles for year, titles in told.items() if titles}


async def test_the_ten_members_and_their_sites_are_told_by_year(association, at_sunday):
    await profile.change("", founded_on=date(1995, 5, 12))
    await the_ten()

    told = {year.number: year.moments for year in await timeline.told(date(2026, 11, 23))}

    assert next(iter(told)) == 1981
    assert [moment.names for moment in told[1981]] == [("Mannheim (Neckarbogen Reha und Arbeit gGmbH)",)]
    assert told[1995][0].title.endswith("wird gegründet")
    assert told[1995][0].when == "12. Mai 1995"
    assert [moment.title for moment in told[1995][1:]] == ["3 Mitglieder treten bei"]
    sites = [name for year in told.values() for moment in year for name in moment.names if "(" in name]
    assert len(sites) == 23


async def test_the_history_as_it_was_on_a_day_knows_nothing_later(association, at_sunday):
    await the_ten()

    assert max(await history(date(2003, 6, 1))) == 2003
    assert max(await history(date(2026, 11, 23))) == 2016


async def test_the_page_of_a_day_tells_the_history_until_then_in_the_names_of_then(association, client, at_sunday):
    house = await member("Anker gGmbH", since=date(2020, 1, 1))
    place = await a_site(house, "Ulm", "89073", opened_year=2019)
    await a_site(house, "Kehl", "77694", opened_year=2024, opened_on=date(2024, 7, 1))
    await moving.rename(house, "Lotse gGmbH", on=date(2025, 1, 1))
    await moving.move(place, house, on=date(2025, 1, 1), town="Hof", postal_code="95028", land="BY", street="")

    async def told(query: str = "") -> str:
        page = BeautifulSoup((await client.get(f"/about/history{query}")).text, "html.parser")
        return " ".join(page.select_one("main").get_text(" ").split())

    then, now = await told("?on=2024-06-30"), await told()

    assert "Von 1995 bis zum 30. Juni 2024" in then
    assert "Ulm (Anker gGmbH)" in then
    assert ["Kehl" in page for page in (then, now)] == [False, True]
    assert "Hof (Lotse gGmbH)" in now
    assert ["Anker" in page for page in (then, now)] == [True, False]
    assert "Bis zu diesem Tag noch nichts" in await told("?on=1950-01-01")


async def test_a_guest_who_is_made_a_full_member_joined_on_that_day(association, at_sunday):
    reha = await member("Neckarbogen Reha gGmbH", since=date(2020, 1, 1))
    await membership.resign(reha, until=date(2021, 12, 31))
    await Membership.update({Membership.kind: "guest"}).where(Membership.organisation == reha.id)
    await membership.join(reha, since=date(2022, 1, 1))

    await a_site(reha, "Ulm", "89073", opened_year=2019)

    assert await history(date(2021, 11, 23)) == {}
    assert await history(date(2026, 11, 23)) == {2019: ["1 Standort eröffnet"], 2022: ["1 Mitglied tritt bei"]}


async def test_who_left_is_told_and_the_numbers_add_up_to_the_members_of_the_day(association, at_sunday):
    await member("Anker gGmbH", since=date(2000, 1, 1))
    gone = await member("Steg gGmbH", since=date(2001, 5, 1))
    again = await member("Lotse gGmbH", since=date(2001, 1, 1))
    for row in (gone, again):
        await membership.resign(row, until=date(2020, 12, 31))
    await membership.join(again, since=date(2023, 1, 1), until=date(2023, 12, 31))
    await membership.join(again, since=date(2024, 1, 1))

    [year] = [one for one in await timeline.told(date(2026, 11, 23)) if one.number == 2020]

    assert await history(date(2020, 12, 31)) == {2000: ["1 Mitglied tritt bei"], 2001: ["2 Mitglieder treten bei"]}
    assert await history(date(2026, 11, 23)) == {
        2000: ["1 Mitglied tritt bei"],
        2001: ["2 Mitglieder treten bei"],
        2020: ["2 Mitglieder scheiden aus"],
        2023: ["1 Mitglied tritt bei"],
    }
    assert [moment.names for moment in year.moments] == [("Lotse gGmbH", "Steg gGmbH")]
    for day in (date(2010, 1, 1), date(2022, 1, 1), date(2026, 11, 23)):
        moments = [moment for year in await timeline.told(day) for moment in year.moments]
        came, went = (
            sum(len(one.names) for one in moments if one.title.endswith(ends)) for ends in (("bei",), ("aus",))
        )
        assert came - went == (await directory.counts(day)).members


async def test_a_board_is_told_on_the_day_it_took_office(association, at_sunday):
    await board.rules()
    await board.three(date(2024, 6, 7))

    [year] = [one for one in await timeline.told(date(2026, 11, 23)) if one.number == 2024]

    assert [(one.title, one.when, one.names) for one in year.moments] == [
        ("3 Personen nehmen ihren Sitz im Vorstand ein", "7. Juni 2024",
         ("Henrike Vossberg (Vorsitz)", "Tarek Linnemann (Stellvertretender Vorsitz)",
          "Dr. Ruta Kaspereit (Stellvertretender Vorsitz)")),
    ]  # fmt: skip


async def test_sites_of_guests_of_forums_are_no_history(association, at_sunday):
    from network.members import organisation

    await a_site(await organisation.enter("Gast gGmbH"), "Fulda", "36037", opened_year=1999)

    assert await history(date(2026, 11, 23)) == {}


async def test_the_office_writes_a_milestone_and_the_website_tells_it(desk):
    answer = await submit(desk, "/office/history/new", day="Anfang der 1990er", title_de="Die ersten Treffen",
                          text_de="Noch ohne **Satzung**.", shown="y")  # fmt: skip

    assert answer.status_code == 303
    page = (await desk.get("/about/history")).text
    assert "Die ersten Treffen" in page
    assert "Anfang der 1990er" in page
    assert "<strong>Satzung</strong>" in page
    english = BeautifulSoup((await desk.get("/en/about/history")).text, "html.parser")
    assert english.select_one(".moment")["lang"] == "de"


async def test_a_day_nobody_can_read_is_refused_and_stays_typed(desk):
    answer = await submit(desk, "/office/history/new", day="neulich", title_de="Etwas")

    assert answer.status_code == 422
    assert 'value="neulich"' in answer.text
    assert await milestone.every() == []


async def test_a_milestone_can_be_hidden_corrected_and_removed(desk):
    row = await milestone.enter(day="2003", title_de="Die erste Leistungsbeschreibung", actor="")
    place = f"/office/history/{row.reference}"

    await submit(desk, f"{place}/edit", day="5/2004", title_de="Die Leistungsbeschreibung", shown=[])
    assert "Leistungsbeschreibung" not in (await desk.get("/about/history")).text
    listed = (await desk.get("/office/history")).text
    assert "Mai 2004" in listed
    assert "nicht gezeigt" in listed

    asked = await desk.get(f"{place}/removal")
    assert [(await send(desk, asked)).status_code for _twice in range(2)] == [303, 303]
    assert await milestone.every() == []


async def test_strangers_cannot_write_history(client, association):
    assert (await client.get("/office/history")).status_code in (303, 401)
    assert (await client.get("/office/history/new")).status_code in (303, 401)
