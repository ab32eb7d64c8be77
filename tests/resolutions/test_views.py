"""The resolution book on its pages: the office and the board read all of it, members what the members decided."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from piccolo.query.base import Query

from network.association.tables import Association
from network.members import membership
from network.people.tables import RoleKind
from network.resolutions.tables import Body, Kind, Outcome
from network.web import recent
from tests.assembly.conftest import browser, come_in, somebody
from tests.resolutions.make import entered

BOOK = "/office/resolutions"


def titles(answer) -> list[str]:
    return [cell.get_text(strip=True) for cell in BeautifulSoup(answer.text, "html.parser").select("tbody th")]


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


@pytest.fixture
async def three():
    return [
        await entered("Haushalt 2028", represented=18, yes=15, no=3),
        await entered("Beitritt zum Bündnis", body=Body.BOARD, outcome=Outcome.REJECTED, represented=3, yes=1, no=2),
        await entered("Satzung", kind=Kind.BYLAWS, body=Body.MEMBERS, at=datetime(2028, 2, 1, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Satzung", "Beitritt zum Bündnis", "Haushalt 2028"]),
        ("?body=board", ["Beitritt zum Bündnis"]),
        ("?year=2028", ["Satzung"]),
        ("?kind=bylaws", ["Satzung"]),
        ("?outcome=rejected", ["Beitritt zum Bündnis"]),
        ("?q=buendnis", ["Beitritt zum Bündnis"]),
        ("?q=VS+2027-1", ["Beitritt zum Bündnis"]),
        ("?q=100%25", []),
        ("?body=nobody&year=no&page=7", ["Satzung", "Beitritt zum Bündnis", "Haushalt 2028"]),
        ("?body=board&outcome=adopted", []),
    ],
)
async def test_the_book_is_searched_by_what_stands_in_the_address(desk, three, query, found):
    answer = await desk.get(BOOK + query)

    assert (answer.status_code, titles(answer)) == (200, found)


async def test_a_page_holds_twenty_five_and_costs_the_same_for_one(desk, monkeypatch):
    asked: list[Query] = []
    ask = Query._run

    async def counted(self, *args, **options):
        if self.table is not Association:  # kept for a second, so that it comes and goes
            asked.append(self)
        return await ask(self, *args, **options)

    monkeypatch.setattr(Query, "_run", counted)

    async def queries() -> int:
        recent.forget()
        asked.clear()
        await desk.get(BOOK)
        return len(asked)

    await entered()
    await queries()  # whoever comes first reads what is kept for others
    few = await queries()
    for number in range(30):
        await entered(f"Beschluss {number}")

    first, second = await desk.get(BOOK), await desk.get(f"{BOOK}?page=2")
    assert (len(titles(first)), len(titles(second))) == (25, 6)
    assert "31 Beschlüsse" in words(first)
    assert await queries() == few


async def test_a_resolution_tells_its_wording_its_arithmetic_and_what_it_replaces(desk, three):
    later = await entered("Haushalt, geändert", wording="Der Haushalt wird geändert.", replaces=three[0].id)

    old, new = await desk.get(f"{BOOK}/{three[0].reference}"), await desk.get(f"{BOOK}/{later.reference}")

    assert "15 Ja, 3 Nein: mehr Ja als Nein. Angenommen." in words(old)
    assert "ersetzt MV 2027-2 Haushalt, geändert" in words(old)
    assert "Der Haushalt wird geändert." in words(new)
    assert "Ersetzt MV 2027-1 Haushalt 2028" in words(new)


async def test_the_book_is_taken_along_as_it_is_filtered(desk, three):
    csv = (await desk.get(f"{BOOK}/as/csv?body=board")).content.decode("utf-8-sig").splitlines()
    xlsx, other = await desk.get(f"{BOOK}/as/xlsx"), await desk.get(f"{BOOK}/as/pdf")

    assert len(csv) == 2
    assert csv[1].startswith("VS 2027-1;11.06.2027;Vorstand;Beschluss;Beitritt zum Bündnis;")
    assert (xlsx.content[:2], other.status_code) == (b"PK", 404)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (RoleKind.OFFICE, 200),
        (RoleKind.ADMIN, 200),
        (RoleKind.BOARD_MEMBER, 200),
        (RoleKind.EVENT_TEAM, 404),
        (RoleKind.ELECTION_OFFICER, 404),
        (RoleKind.MEMBER_REPRESENTATIVE, 404),
    ],
)
async def test_who_reads_the_whole_book(in_april, ten, three, kind, status):
    async with browser() as one:
        await come_in(one, await somebody("Kim Probst", kind))
        answers = [await one.get(path) for path in (BOOK, f"{BOOK}/{three[1].reference}", f"{BOOK}/as/csv")]

    assert [answer.status_code for answer in answers] == [status] * 3


async def test_members_read_what_the_members_decided_and_not_what_the_board_did(in_april, ten, three):
    member = ten["M01"]
    async with browser() as one:
        await come_in(one, await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of=member.reference))
        place = f"/mine/{member.reference}/resolutions"
        book, file = await one.get(place), await one.get(f"{place}/as/csv")
        answers = [await one.get(f"{place}/{row.reference}") for row in three]
        foreign = await one.get(f"/mine/{ten['M02'].reference}/resolutions")

    assert titles(book) == ["Satzung", "Haushalt 2028"]
    assert "Bündnis" not in file.text
    assert [answer.status_code for answer in answers] == [200, 404, 200]
    assert foreign.status_code == 404


async def test_who_is_no_member_any_more_reads_nothing(in_april, ten, three):
    member = ten["M01"]
    row = await membership.open_ended(member)
    row.until = datetime(2026, 12, 31, tzinfo=UTC).date()
    await row.save()
    async with browser() as one:
        await come_in(one, await somebody("Ella Brandt", RoleKind.MEMBER_REPRESENTATIVE, of=member.reference))
        answer = await one.get(f"/mine/{member.reference}/resolutions")

    assert answer.status_code == 404


async def test_the_search_of_the_office_finds_resolutions(desk, three):
    answer = await desk.get("/office/search?q=bündnis")

    assert "VS 2027-1 Beitritt zum Bündnis" in words(answer)
