"""Whoever sits on the board finds on Today what is theirs, and nothing of the office's."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup

from network.app import HANDED_UP
from network.boardroom import attendance, invitation, invited, task
from network.boardroom.handed import due
from network.circulars import circular
from network.people.tables import Person, RoleKind
from network.people.viewer import Viewer
from network.resolutions.tables import Body
from tests.assembly.conftest import browser, come_in, somebody
from tests.boardroom.make import DAY, TODAY, board, on, planned
from tests.members.make import member

OFFICE = Viewer(4711, "mira", "Mira", roles=frozenset({(RoleKind.OFFICE, "")}))


@pytest.fixture
async def here(association):
    await board(board_notice_days=7)
    with on(TODAY):
        yield


async def viewer_of(name: str) -> Viewer:
    someone = await Person.objects().get(Person.name == name)
    return Viewer(someone.id, someone.reference, someone.name, roles=frozenset({(RoleKind.BOARD_MEMBER, "x")}))


async def lines(viewer: Viewer, day: date = TODAY) -> list[tuple[str, str]]:
    return [(one.title, one.state) for one in await due(viewer, day)]


async def test_an_invitation_waits_for_an_answer(here):
    row = await planned()
    await invitation.invite(row, actor="")
    henrike = await viewer_of("Henrike Vossberg")
    before = await lines(henrike)
    await invited.answer(row, henrike.person_id, "coming", actor="")

    assert before == [("Vorstandssitzung am 21. September 2027: Kommen Sie?", "Ihre Antwort fehlt")]
    assert await lines(henrike) == []


async def test_a_task_stands_there_for_its_person_and_once_overdue_for_the_office(here):
    tarek = await Person.objects().get(Person.name == "Tarek Linnemann")
    given = await task.give("Angebote einholen", tarek, date(2027, 9, 10), actor="")
    mine, others, later = await viewer_of("Tarek Linnemann"), await viewer_of("Henrike Vossberg"), date(2027, 9, 11)

    told = [await lines(one, day) for one in (mine, others, OFFICE) for day in (TODAY, later)]
    await task.tick(given, done=True, actor="")

    title = "Aufgabe: Angebote einholen"
    assert told == [[(title, "offen")], [(title, "überfällig")], [], [], [], [(title, "überfällig")]]
    assert await lines(mine, later) == []


async def test_the_office_is_told_in_time_to_invite_and_afterwards_of_the_minutes(here):
    row = await planned()
    ahead = [await lines(OFFICE, day) for day in (date(2027, 8, 20), TODAY, date(2027, 9, 14))]
    await invitation.invite(row, actor="")
    with on(DAY):
        await attendance.begin(row, actor="")
        await attendance.close(row, actor="")
        after = await lines(OFFICE, DAY)

    title = "Vorstand zur Sitzung am 21. September 2027 einladen"
    assert ahead == [[], [(title, "noch nicht eingeladen")], [(title, "noch nicht eingeladen")]]
    assert after == [("Niederschrift des Vorstands, 21. September 2027", "zu entwerfen")]


async def test_the_page_of_a_member_of_the_board_is_whole_and_shows_nothing_of_the_office(here):
    await member("Geheime gGmbH", email="geheim@example.org")
    await invitation.invite(await planned(), actor="")
    await circular.send(Body.BOARD, title="Beitritt", wording="…", until=TODAY + timedelta(days=7), actor="")
    async with browser() as one:
        await come_in(one, await Person.objects().get(Person.name == "Tarek Linnemann"))
        answer = await one.get("/office")
        shut = [
            (await one.get(path)).status_code for path in ("/office/members", "/office/outbox", "/office/search?q=a")
        ]

    soup = BeautifulSoup(answer.text, "html.parser")
    text = " ".join(soup.select_one("main").get_text(" ").split())
    assert answer.status_code == 200
    for words in (
        "Schriftlicher Beschluss: Beitritt", "Kommen Sie?", "Ihr Sitz im Vorstand", "Ihre Amtszeit endet am 11. Juni 2030.",
        "Haushalt",
    ):  # fmt: skip
        assert words in text
    assert [
        link["href"] for link in soup.select("main a") if "/members" in link["href"] or "/events" in link["href"]
    ] == []
    assert "Geheime" not in answer.text
    assert shut == [404, 404, 404]


async def test_signed_in_a_member_of_the_board_stands_on_today(here):
    someone = await Person.objects().get(Person.name == "Ruta Kaspereit")
    async with browser() as one:
        await come_in(one, someone)
        rail = BeautifulSoup((await one.get("/office")).text, "html.parser").select("nav.rail li a")

    assert [link["href"] for link in rail] == [
        "/office", "/office/board", "/office/assemblies", "/office/resolutions", "/office/groups",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", [RoleKind.MEMBER_REPRESENTATIVE, RoleKind.ELECTION_OFFICER])
async def test_others_have_no_today(here, kind):
    async with browser() as one:
        await come_in(one, await somebody("Kim Probst", kind, of="x"))
        answer = await one.get("/office")

    assert answer.status_code == 404


async def test_every_hand_up_of_today_keeps_silent_towards_a_stranger(here):
    await invitation.invite(await planned(), actor="")
    tarek = await Person.objects().get(Person.name == "Tarek Linnemann")
    await task.give("Angebote einholen", tarek, date(2027, 9, 10), actor="")
    stranger = Viewer(4712, "kim", "Kim", roles=frozenset({(RoleKind.MEMBER_REPRESENTATIVE, "x")}))

    assert [line.title for ask in HANDED_UP.due for line in await ask(stranger, TODAY + timedelta(days=30))] == []
    assert [
        card.template for ask in HANDED_UP.cards for card in await ask(stranger) if card.template.startswith("board")
    ] == []
