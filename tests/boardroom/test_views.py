"""From an empty form to the letter in the outbox; who reads and who plans; strangers learn of nothing."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from mailing.tables import Letter
from network import clock
from network.boardroom import meeting
from network.boardroom.tables import BoardMeeting, BoardTask
from network.people.tables import Person, RoleKind
from network.resolutions.tables import Resolution
from tests.assembly.conftest import browser, come_in, somebody
from tests.boardroom.make import TODAY, board, item, on, planned, who
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


async def test_the_day_is_led_on_one_page_from_the_opening_to_the_approved_minutes(desk):
    row = await planned(TODAY, starts_at=clock.now() + timedelta(hours=2))
    here = f"{PLACE}/{row.reference}"
    await submit(desk, f"{here}/invitation", late_because="Alle sind einverstanden.")
    await submit(desk, f"{here}/day", form=0)
    for name in ("Vossberg", "Linnemann"):
        await desk.post(f"{here}/people/{(await who(row, name)).reference}/arrival", data=await token(desk, here))
    await desk.post(f"{here}/people/{(await who(row, 'Kaspereit')).reference}/dial-in", data=await token(desk, here))
    budget = f"{here}/items/{(await item(row, 'Haushalt')).reference}"
    await submit(desk, f"{budget}/conflict", who=(await who(row, "Linnemann")).reference, why="declared")
    wrong = await submit(desk, f"{budget}/decision", wording="So sei es.", yes="3")
    right = await submit(desk, f"{budget}/decision", wording="So sei es.", yes="2")
    await submit(desk, f"{budget}/task", title="Angebote", due_on="1.10.2027")
    await submit(desk, f"{budget}/said", said="Es wurde lange beraten.")
    day = words(await desk.get(f"{here}/day"))
    await submit(desk, f"{here}/day", form=-1)
    await submit(desk, f"{here}/minutes")
    await submit(desk, f"{here}/minutes/edit", text="# Nur das\n\n<script>alert(1)</script>")
    told = await desk.get(f"{here}/minutes")
    pdf = await desk.get(f"{here}/minutes/pdf")
    over = words(await desk.get(here))

    [entry] = await Resolution.objects()
    beside = words(await desk.get(f"/office/resolutions/{entry.reference}"))
    assert (wrong.status_code, right.status_code) == (422, 303)
    assert "3 von 3 sind vertreten." in day
    assert "Tarek Linnemann stimmt nicht mit" in day
    assert "<script>alert" not in told.text
    assert pdf.content.startswith(b"%PDF-")
    assert "Es wurde lange beraten." in over
    assert "In einer Sitzung des Vorstands" in beside


async def test_before_its_day_the_page_says_when_the_meeting_is_and_offers_no_opening(desk):
    row = await planned(TODAY, starts_at=clock.now() + timedelta(days=12))
    here = f"{PLACE}/{row.reference}"
    await submit(desk, f"{here}/invitation")
    early = await desk.get(f"{here}/day")

    assert "Diese Sitzung findet am" in words(early)
    assert f"{here}/opening" not in early.text


async def token(desk, path) -> dict[str, str]:
    page = BeautifulSoup((await desk.get(path)).text, "html.parser")
    return {"_csrf_token": page.select_one("input[name=_csrf_token]")["value"]}


async def test_whose_task_it_is_and_the_office_say_that_it_is_done(desk, henrike):
    await submit(desk, "/office/board/tasks/new", title="Angebote", due_on="1.10.2027")
    [given] = await BoardTask.objects()
    other = await Person.objects().get(Person.name == "Tarek Linnemann")
    place = f"/office/board/tasks/{given.reference}/done"
    async with browser() as one:
        await come_in(one, other)
        strange = await one.post(place, data=await token(one, "/office/board/tasks"))
    mine = await submit(henrike, "/office/board/tasks", form=0, note="Drei liegen vor.")
    told = words(await desk.get("/office/board/tasks"))

    assert (given.name, strange.status_code, mine.status_code) == ("Henrike Vossberg", 404, 303)
    assert "Drei liegen vor." in told
    assert "Keine Aufgabe ist offen" in told
