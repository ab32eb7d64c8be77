"""From an empty form to the letter in the outbox; who reads and who plans; strangers learn of nothing."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network.boardroom import meeting
from network.boardroom.tables import BoardMeeting
from network.people.tables import Person, RoleKind
from tests.assembly.conftest import browser, come_in, somebody
from tests.boardroom.make import TODAY, board, on, planned
from tests.browser import submit

PLACE = "/office/board/meetings"
PDF = b"%PDF-1.7 budget"
TYPED = {"day": "21.9.2027", "begins": "10", "place": "Berlin"}


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


@pytest.fixture
async def desk(association):
    await board(board_notice_days=7)
    with on(TODAY):
        async with browser() as one:
            yield await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))


@pytest.fixture
async def henrike(desk):
    async with browser() as one:
        yield await come_in(one, await Person.objects().get(Person.name == "Henrike Vossberg"))


async def test_three_fields_plan_it_an_item_a_paper_and_a_button_invite_the_board(desk, henrike):
    answer = await submit(desk, f"{PLACE}/new", **TYPED)
    here = answer.headers["location"]
    await submit(desk, f"{here}/items/new", title="Haushalt", text="Der Haushalt wird beschlossen.")
    edit = BeautifulSoup((await desk.get(here)).text, "html.parser").select_one("a[href$='/papers/new']")
    await submit(desk, edit["href"], files={"document": ("Entwurf.pdf", PDF, "application/pdf")})
    asked = words(await desk.get(f"{here}/invitation"))
    await submit(desk, f"{here}/invitation")
    page = await henrike.get(here)
    paper = BeautifulSoup(page.text, "html.parser").select_one("ul.papers a")

    [row] = await BoardMeeting.objects()
    assert "Der letzte sichere Tag ist der 13. September 2027." in asked
    assert "4 Briefe verschicken" in asked
    assert await Letter.count().where(Letter.template == "boardroom/invitation") == 4
    assert (paper.get_text(), (await henrike.get(paper["href"])).content) == ("Entwurf.pdf", PDF)
    assert "Kommen Sie?" in words(page)
    assert meeting.state_of(row) == "invited"


async def test_a_member_of_the_board_answers_on_the_page(desk, henrike):
    row = await planned()
    await submit(desk, f"{PLACE}/{row.reference}/invitation")
    answer = await submit(henrike, f"{PLACE}/{row.reference}", form=1)
    again = words(await henrike.get(f"{PLACE}/{row.reference}"))

    assert (answer.status_code, "entschuldigt" in again) == (303, True)


async def test_what_is_missing_comes_back_with_all_that_was_typed(desk):
    answer = await submit(desk, f"{PLACE}/new", day="21.9.2027", begins="10", place="", words="Bitte pünktlich.")

    soup = BeautifulSoup(answer.text, "html.parser")
    assert (answer.status_code, await BoardMeeting.count()) == (422, 0)
    assert "Bitte sagen Sie, wo" in soup.select_one("#place-error").get_text()
    assert soup.select_one("#words").get_text(strip=True) == "Bitte pünktlich."


async def test_too_late_asks_for_the_reason(desk):
    row = await planned(date(2027, 9, 10))
    refused = await submit(desk, f"{PLACE}/{row.reference}/invitation")
    sent = await submit(desk, f"{PLACE}/{row.reference}/invitation", late_because="Es eilt.")

    assert (refused.status_code, sent.status_code) == (422, 303)
    assert "Es eilt." in words(await desk.get(f"{PLACE}/{row.reference}"))


async def test_moved_and_called_off_by_form(desk):
    row = await planned()
    here = f"{PLACE}/{row.reference}"
    await submit(desk, f"{here}/invitation")
    same = await submit(desk, f"{here}/move")
    moved = await submit(desk, f"{here}/move", begins="14:00")
    nothing = await submit(desk, f"{here}/cancellation")
    off = await submit(desk, f"{here}/cancellation", because="Krankheit")

    assert [one.status_code for one in (same, moved, nothing, off)] == [303, 303, 422, 303]
    assert "Krankheit" in words(await desk.get(here))
    assert [await Letter.count().where(Letter.template == f"boardroom/{name}") for name in ("change", "cancellation")] == [
        4, 4
    ]  # fmt: skip


async def test_a_plan_is_given_up_without_a_letter(desk):
    row = await planned()
    await submit(desk, f"{PLACE}/{row.reference}/discard")

    assert (await BoardMeeting.count(), await Letter.count()) == (0, 0)


@pytest.mark.parametrize(
    ("kind", "read", "write"),
    [
        (RoleKind.OFFICE, 200, 200),
        (RoleKind.ADMIN, 200, 404),
        (RoleKind.BOARD_MEMBER, 200, 200),
        (RoleKind.EVENT_TEAM, 404, 404),
        (RoleKind.MEMBER_REPRESENTATIVE, 404, 404),
        (RoleKind.ELECTION_OFFICER, 404, 404),
    ],
)
async def test_who_reads_and_who_plans(desk, kind, read, write):
    row = await planned()
    here = f"{PLACE}/{row.reference}"
    async with browser() as one:
        await come_in(one, await somebody("Kim Probst", kind))
        reads = [(await one.get(path)).status_code for path in (PLACE, here)]
        writes = [(await one.get(path)).status_code for path in (f"{PLACE}/new", f"{here}/edit", f"{here}/invitation")]

    assert (reads, writes) == ([read] * 2, [write] * 3)
