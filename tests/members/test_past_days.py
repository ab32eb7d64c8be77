"""Pages of a past day: people as far as they agreed then and still do, papers, ties and steps as they were."""

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup

from network import clock
from network.catalogue import beginnings
from network.catalogue.tables import Entry
from network.members import evidence, function, moving, notice, provider, relation
from network.members.tables import FunctionKind, Organisation
from network.people import person, publication
from network.people.tables import Person
from tests.members.make import a_site, member

THEN = "?on=2024-05-12"


@pytest.fixture(autouse=True)
async def catalogue(association) -> None:
    await beginnings.lay_out()


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


def on(year: int, month: int, day: int):
    return clock.set_to(datetime(year, month, day, 10, tzinfo=UTC))


async def somebody(house: Organisation, name: str, until: date | None = None) -> Person:
    """Director since 2020, with an address and a number."""
    one = await person.enter(name, f"{name.partition(' ')[0].lower()}@example.org", phone="0731 23125")
    await function.appoint(house, one, FunctionKind.DIRECTOR, since=date(2020, 1, 1), until=until)
    return one


async def agree(one: Person, facts: set[str], year: int) -> None:
    with on(year, 1, 1):
        await publication.agreed(one, facts, actor="")


async def test_somebody_is_told_of_for_a_day_if_they_had_agreed_by_then_and_still_do(client):
    house = await member("Anker gGmbH")
    people = {name: await somebody(house, name) for name in ("Ada Alt", "Bo Spät", "Cy Fort", "Dea Wieder")}
    for name, year in (("Ada Alt", 2022), ("Bo Spät", 2025), ("Cy Fort", 2022), ("Dea Wieder", 2022)):
        await agree(people[name], {"name", "email"}, year)
    await agree(people["Cy Fort"], set(), 2025)
    await agree(people["Dea Wieder"], set(), 2023)
    await agree(people["Dea Wieder"], {"name"}, 2025)

    then, now = (
        words(await client.get(f"/members/{house.reference}{THEN}")),
        words(await client.get(f"/members/{house.reference}")),
    )

    assert [name in then for name in people] == [True, False, False, False]
    assert [name in now for name in people] == [True, True, False, True]
    assert "ada@" in then


async def test_of_whoever_has_gone_only_name_and_function_are_told(client):
    house = await member("Anker gGmbH")
    gone = await somebody(house, "Ada Alt", until=date(2025, 12, 31))
    quiet = await somebody(house, "Bo Still", until=date(2025, 12, 31))
    await agree(gone, {"name", "email", "phone"}, 2022)
    await agree(quiet, {"email"}, 2022)

    then = words(await client.get(f"/members/{house.reference}{THEN}"))

    assert "Ada Alt Geschäftsführung" in then
    assert "ada@" not in then
    assert "0731" not in then
    assert "bo@" not in then
    assert "Ada Alt" not in words(await client.get(f"/members/{house.reference}"))
    assert "Ada Alt" not in words(await client.get(f"/members/{house.reference}?on=2019-12-31"))


async def test_the_directory_of_a_past_day_finds_by_the_people_it_shows(client):
    house, other = await member("Anker gGmbH"), await member("Brücke e. V.")
    gone, late = await somebody(house, "Ada Alt", until=date(2025, 12, 31)), await somebody(other, "Bo Alt")
    await agree(gone, {"name"}, 2022)
    await agree(late, {"name"}, 2025)

    async def found(query: str) -> list[str]:
        page = BeautifulSoup((await client.get(f"/members{query}")).text, "html.parser")
        return [one.get_text(strip=True) for one in page.select("article h3")]

    assert await found(f"{THEN}&q=alt") == ["Anker gGmbH"]
    assert await found("?q=alt") == ["Brücke e. V."]
    await agree(gone, set(), 2026)
    assert await found(f"{THEN}&q=alt") == []


async def test_somebody_at_a_site_stands_where_the_site_was(client):
    house = await member("Anker gGmbH")
    place = await a_site(house, "Ulm", "89073")
    one = await person.enter("Ada Alt", "ada@example.org")
    await function.appoint(house, one, FunctionKind.SITE_MANAGER, site=place, since=date(2020, 1, 1))
    await agree(one, {"name"}, 2022)
    await moving.move(place, house, on=date(2025, 1, 1), town="Hof", postal_code="95028", land="BY", street="")

    then, now = [words(await client.get(f"/members/{house.reference}{day}")) for day in (THEN, "")]

    assert ["Standortleitung, Ulm" in page for page in (then, now)] == [True, False]
    assert "Standortleitung, Hof" in now


async def test_a_past_day_has_its_charts(client):
    house = await member("Anker gGmbH", land="BW", since=date(2001, 1, 1))
    await a_site(house, "Ulm", "89073", opened_year=1999)
    await a_site(house, "Hof", "95028", opened_year=2025)
    await member("Brücke e. V.", land="BY", since=date(2026, 1, 1))

    page = await client.get(f"/members{THEN}")
    soup = BeautifulSoup(page.text, "html.parser")

    lines = [row.get_text(" ", strip=True) for row in soup.select(".years tbody tr")]
    assert (lines[0], lines[19], lines[-1], len(lines)) == ("2024 1", "2005 1", "1980 0", 45)
    assert [lines[2024 - year] for year in (2001, 2000, 1999)] == ["2001 1", "2000 0 1", "1999 0 1"]
    assert [row.get_text(" ", strip=True) for row in soup.select(".bars tbody tr")] == ["Baden-Württemberg 1"]
    assert "der letzte Balken ist der 12. Mai 2024" in words(page)
    assert "Standorte der Mitglieder: 0 Ende 1980, 1 am 12. Mai 2024" in soup.select_one("svg.chart")["aria-label"]


@pytest.mark.parametrize("day", ["1975-01-01", "1980-06-01", "1981-01-01", "2026-02-28"])
async def test_the_last_bar_is_the_sites_that_the_heading_counts(client, day):
    house = await member("Anker gGmbH", since=date(1970, 1, 1))
    for opened_on, opened_year, closed_on in ((date(1980, 6, 2), 1980, None), (None, 1975, date(1980, 12, 31)),
                                              (None, None, None), (date(2026, 2, 28), 2026, None)):  # fmt: skip
        site = await a_site(house, "Ulm", "89073", opened_on=opened_on, opened_year=opened_year)
        await type(site).update({"closed_on": closed_on}).where(type(site).id == site.id)

    page = await client.get(f"/members?on={day}")

    last = BeautifulSoup(page.text, "html.parser").select_one(".years tbody tr td").get_text(strip=True)
    assert f"1 Mitglied, {last} Standort" in words(page)


async def test_the_offices_page_of_a_past_day_shows_papers_ties_and_steps_as_they_were(desk):
    house = await member("Anker gGmbH", since=date(2001, 1, 1))
    basis = await Entry.objects().get(Entry.code == "sgb9-51")
    await evidence.enter(house, basis, issuer="Früher", valid_from=date(2019, 1, 1), valid_until=date(2024, 12, 31))
    await evidence.enter(house, basis, issuer="Später", valid_from=date(2025, 1, 1), valid_until=date(2029, 12, 31))
    await relation.enter(house, "parent", "Stiftung Demo", since="2015")
    await relation.enter(house, "parent", "Holding Demo", since="2025")
    await provider.enter(house, "preparing", since=date(2023, 1, 1))
    await provider.enter(house, "operating", since=date(2025, 1, 1))
    await provider.change(house, listed_on=date(2025, 1, 1))
    one = await somebody(house, "Ada Alt")
    await agree(one, {"name"}, 2022)
    await agree(one, set(), 2025)
    with on(2026, 10, 2):
        await notice.receive(house, received=date(2026, 10, 2), said_by="Vorstand")
    place = f"/office/members/{house.reference}"

    then, known, now = [words(await desk.get(f"{place}{day}")) for day in (THEN, "?on=2026-10-02", "")]

    assert ["Früher" in page for page in (then, now)] == [True, True]
    assert ["Später" in page for page in (then, now)] == [False, True]
    assert "endet in sechs Monaten" in words(await desk.get(f"{place}?on=2024-08-01"))  # nobody knew better
    assert ["Holding Demo" in page for page in (then, now)] == [False, True]
    assert ["Stiftung Demo" in page for page in (then, now)] == [True, True]
    assert "in Vorbereitung seit 1. Januar 2023" in then
    assert ["Im öffentlichen Verzeichnis nicht gewünscht" in page for page in (then, now)] == [True, False]
    assert ["Mitglied bis" in page for page in (then, known, now)] == [False, True, True]
    assert ["Kündigung eingegangen" in page for page in (then, known, now)] == [False, True, True]
    assert "1. Januar 2001 Mitglied von diesem Tag an" in then
    ada = [page[page.index("Ada Alt") :][:120] for page in (then, now)]
    assert ["Name" in line for line in ada] == [True, False]


async def test_a_closing_that_nobody_had_announced_is_not_told_on_a_past_day(desk):
    house = await member("Anker gGmbH")
    place = await a_site(house, "Ulm", "89073", opened_year=2001)
    await type(place).update({"closed_on": date(2090, 12, 31)}).where(type(place).id == place.id)

    pages = [words(await desk.get(f"/office/members/{house.reference}{day}")) for day in (THEN, "")]

    assert ["schließt am 31. Dezember 2090" in page for page in pages] == [False, True]


async def test_the_office_looks_at_the_catalogues_of_another_day(desk):
    before, now = [words(await desk.get(f"/office/members/catalogue{day}")) for day in ("?on=2016-01-01", "")]

    assert "§ 60 SGB IX ab 1. Januar 2018" in before
    assert "§ 60 SGB IX seit 1. Januar 2018" in now
    assert ["Eintrag hinzufügen" in page for page in (before, now)] == [False, True]


async def test_the_glossary_of_a_day_has_no_empty_heading(client):
    page = BeautifulSoup((await client.get("/glossary?on=1990-01-01")).text, "html.parser")

    assert all(heading.find_parent("section").select("dt") for heading in page.select("main h2"))
    assert "Rechtsgrundlagen" not in {heading.get_text(strip=True) for heading in page.select("main h2")}


async def test_visitors_see_no_day_to_come(client):
    house = await member("Anker gGmbH")

    for path in ("/members", "/members/map", "/members/providers", "/about/history", f"/members/{house.reference}"):
        answer = await client.get(f"{path}?on=2099-01-01")
        assert answer.status_code == 422
        assert "Was kommt, ist noch nicht öffentlich." in answer.text
