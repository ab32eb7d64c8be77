"""Story 12: a deputy resigns.

With its numbers at a set clock. The seat is filled both ways: entered as the office can enter it (`term.take_office`, with the
assembly in words), and elected in the assembly.
"""

from datetime import date, time

import pytest
from bs4 import BeautifulSoup

from network import clock
from network.assembly import acceptance, attendance, ballot, candidate, election, meeting
from network.assembly.tables.elections import Election
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.assembly.verdict import Counted
from network.association import bylaws, profile
from network.board import ledger, representation, seat, term
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE, viewer_with
from tests.assembly.make import assembly, at, item
from tests.browser import submit
from tests.members.make import the_ten

RULES = {"board_seats": "chair=1 deputy=2", "term_months": 36, "by_election": "rest", "representation": "majority"}
BOARD = [
    ("Henrike Voßberg", "", ("chair", 1), "feminine"),
    ("Tarek Linnemann", "", ("deputy", 1), "masculine"),
    ("Ruta Kaspereit", "Dr.", ("deputy", 2), "feminine"),
]
ELECTED, RESIGNED, LAST_DAY, VACANT = date(2027, 6, 11), date(2027, 11, 3), date(2027, 11, 30), date(2027, 12, 1)
BY_ELECTION, END = date(2028, 6, 9), date(2030, 6, 11)
OFFICE = "/office/board"


def on(day: date, hour: int = 9, minute: int = 0):
    return clock.set_to(clock.berlin(day, time(hour, minute)))


def words(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text(" ").split())


def main(answer) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


@pytest.fixture(params=[True, False], ids=["holdover", "no holdover"])
def holdover(request) -> bool:
    return request.param


@pytest.fixture
async def house(client, association, holdover):
    """The board that was elected on 11 June 2027, and Mira in the office."""
    with on(ELECTED):
        await bylaws.enact("", valid_from=date(1995, 5, 12), holdover=holdover, **RULES)
        for name, title, place, style in BOARD:
            someone = await person.enter(name, f"{name.split()[0].lower()}@example.org", title=title)
            [at] = await seat.rows_of([place])
            await term.take_office(at, someone, accepted_on=ELECTED, source="Mitgliederversammlung 2027, TOP 7")
            someone.title_style = style
            await someone.save()
        mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
        await roles.grant(mira, RoleKind.OFFICE)
    return client


async def signs_in(client, name: str = "Mira Quandt"):
    someone = await person.person_at({"Mira Quandt": "mira.quandt@example.org"}.get(name, name))
    client.cookies.set(COOKIE, await sign_in.begin_session(someone))


async def held(place: tuple[str, int]) -> ledger.Held:
    return (await ledger.read()).of_seat(place)[-1]


async def resign(client) -> None:
    tarek = await held(("deputy", 1))
    with on(RESIGNED):
        await signs_in(client)
        answer = await submit(client, f"{OFFICE}/terms/{tarek.reference}/resignation", received_on="3.11.2027",
                              effective_on="30.11.2027", source="E-Mail an die Vorsitzende")  # fmt: skip
        assert answer.status_code == 303


async def test_the_seat_is_vacant_from_the_next_day_and_everything_changes_at_midnight(house):
    await resign(house)
    tarek = await person.person_at("tarek@example.org")

    with on(LAST_DAY, 23, 59):
        token = await sign_in.begin_session(tarek)
        house.cookies.clear()
        board, imprint = main(await house.get("/board")), main(await house.get("/imprint"))
        letter = (await profile.known_profile()).sender.footer_de
        assert (await viewer_with(token)).on_board
    assert "Tarek Linnemann" in board
    assert "Tarek Linnemann (Stellvertretender Vorsitzender)" in imprint
    assert "Tarek Linnemann" in letter

    with on(VACANT, 0, 0):
        board, imprint = main(await house.get("/board")), main(await house.get("/imprint"))
        letter = (await profile.known_profile()).sender.footer_de
        day_before = main(await house.get("/board?on=30.11.2027"))
        assert not (await viewer_with(token)).roles
    assert "derzeit frei" in board
    assert "Tarek Linnemann Stellvertretender Vorsitzender 11. Juni 2027 bis 30. November 2027" in board  # the history
    assert "Henrike Voßberg (Vorsitzende) · Dr. Ruta Kaspereit (Stellvertretende Vorsitzende)" in imprint
    assert "Tarek" not in imprint
    assert "Tarek" not in letter
    assert "frei" not in day_before


async def test_both_who_remain_must_act_together(house):
    await resign(house)

    before, after = await representation.on(LAST_DAY), await representation.on(VACANT)

    assert before.words == "Je zwei der drei Vorstandsmitglieder vertreten den Verein gemeinsam."
    assert after.words == "Henrike Voßberg und Dr. Ruta Kaspereit vertreten den Verein gemeinsam."
    assert [[one.name for one in way] for way in after.ways] == [["Henrike Voßberg", "Ruta Kaspereit"]]


async def test_co_option_is_offered_only_if_allowed(house):
    await resign(house)
    with on(VACANT):
        await signs_in(house)
        without = words(await house.get(f"{OFFICE}/terms/new?seat=deputy-1"))
        today = words(await house.get("/office?all=1"))
        await bylaws.enact("", valid_from=VACANT, holdover=True, co_option=True, **RULES)
        offered = words(await house.get(f"{OFFICE}/terms/new?seat=deputy-1"))

    option = "vom Vorstand bis zur nächsten Versammlung hinzugewählt"
    assert option not in without
    assert "Ein Sitz ist frei: Stellvertretender Vorsitz 1" in today
    assert "Nur die Versammlung kann ihn durch eine Wahl besetzen." in today
    assert option in offered


async def test_there_is_a_list_of_what_to_see_to_with_the_lobby_register_at_once(house):
    await resign(house)
    tarek = await held(("deputy", 1))
    with on(RESIGNED):
        await signs_in(house)
        page = await house.get(f"{OFFICE}/terms/{tarek.reference}")
    [card] = BeautifulSoup(page.text, "html.parser").select("section:has(#todo-end)")
    lines = [" ".join(one.get_text(" ").split()) for one in card.select("li > div")]

    assert lines == [
        "Lobbyregister: den Namen unverzüglich herausnehmen (§ 3 LobbyRG), falls Sie dort eingetragen sind bis 1. Dezember 2027",
        "Schlüssel, Akten und Passwörter zurücknehmen bis 1. Dezember 2027",
        "Beim Vereinsregister abmelden, die Unterschriften notariell beglaubigt (§§ 67, 77 BGB) bis 8. Dezember 2027",
        "Bank: Zeichnungsberechtigung beenden bis 8. Dezember 2027",
        "Den Namen aus Adresslisten, vom Briefbogen und von allem nehmen, was sonst den Vorstand nennt bis 8. Dezember 2027",
    ]
    with on(date(2027, 12, 2)):
        await signs_in(house)
        due = words(await house.get("/office?all=1"))
        await submit(house, f"{OFFICE}/terms/{tarek.reference}", form=0)
        done = words(await house.get(f"{OFFICE}/terms/{tarek.reference}"))
    assert "Tarek Linnemann verlässt den Vorstand" in due
    assert "5 Dinge zu erledigen" in due
    assert "erledigt am 2. Dezember 2027, Mira Quandt" in done
    assert "4 Dinge zu erledigen" in done


async def test_the_by_election_is_for_the_rest_of_the_term(house):
    await resign(house)
    with on(BY_ELECTION):
        await signs_in(house)
        [at] = await seat.rows_of([("deputy", 1)])
        answer = await submit(
            house, f"{OFFICE}/terms/new", seat=at.reference, began_as="by_election", name="Nele Abendroth",
            email="nele@example.org", accepted_on="9.6.2028", source="Mitgliederversammlung 2028, TOP 5",
        )  # fmt: skip
        told = words(await house.get(answer.headers["location"]))

    nele = await held(("deputy", 1))
    assert (nele.since, nele.until, nele.began_as) == (BY_ELECTION, END, "by_election")  # not 9 June 2031
    assert "für den Rest einer Amtszeit gewählt" in told
    assert "Mitgliederversammlung 2028, TOP 5" in told


async def in_the_assembly(client) -> Election:
    """The by-election of 9 June 2028 as the chair leads it: prepared on its page, Nele elected, and accepting."""
    with on(date(2028, 4, 3)):
        row = await assembly(title="Mitgliederversammlung 2028", starts_at=at(10, day=BY_ELECTION))
    found = await item(row, ItemKind.ELECTION, "Nachwahl")
    await AgendaItem.update({AgendaItem.announced_at: at(9, day=date(2028, 5, 2))}).where(AgendaItem.id == found.id)
    opened = {Assembly.convened_at: at(9, day=date(2028, 5, 2)), Assembly.opened_at: at(9, day=BY_ELECTION)}
    await Assembly.update(opened).where(Assembly.id == row.id)
    row = await meeting.by_reference(row.reference)
    for one in (await the_ten()).values():
        await attendance.come(row, one, name=one.name, actor="")
    new = f"/office/assemblies/{row.reference}/elections/new"
    form = BeautifulSoup((await client.get(new)).text, "html.parser")
    said = " ".join(form.select_one("main").get_text(" ").split())
    assert "Stellvertretender Vorsitz 1: Die frühere Amtszeit liefe bis 11. Juni 2030." in said
    assert "für den Rest der Amtszeit (Satzung)" in said
    assert form.select_one("[name=by_election]").has_attr("checked")
    assert form.select_one("[name=by_election]").find_parent("details") is None
    [deputy] = [one["value"] for one in form.select("#seats input") if "Vorsitz 1" in one.parent.get_text()]
    await submit(client, new, title="Nachwahl", seats=deputy, officer="Gisbert Ohm")
    [of] = await election.elections_of(row)
    nele = await person.enter("Nele Abendroth", "nele@example.org")
    who = await candidate.propose(row, of, name="Nele Abendroth", person=nele, actor="")
    await candidate.consent(row, of, who, how="present", actor="")
    one = await ballot.begin(row, of, "yes_no", [who], actor="")
    await ballot.count(row, one, Counted(yes=one.represented), actor="")
    await acceptance.accept(row, of, who, actor="")
    return of


async def test_elected_in_the_assembly_the_term_ends_with_the_rest_of_the_term(house):
    await resign(house)
    with on(BY_ELECTION, 10):
        await signs_in(house)
        of = await in_the_assembly(house)
        page = main(await house.get(f"/office/assemblies/{(await meeting.every())[-1].reference}/elections/new"))

    nele = await held(("deputy", 1))
    assert of.by_election
    assert (nele.name, nele.since, nele.until) == ("Nele Abendroth", BY_ELECTION, END)  # not 9 June 2031
    assert "Die frühere Amtszeit liefe" not in page


async def test_if_no_election_happens_the_clause_decides_between_holdover_and_alarm(house, holdover):
    await resign(house)
    with on(date(2030, 6, 12)):
        await signs_in(house)
        today, room = words(await house.get("/office?all=1")), main(await house.get(OFFICE))
        house.cookies.clear()
        public, imprint = main(await house.get("/board")), main(await house.get("/imprint"))
        chair = await viewer_with(await sign_in.begin_session(await person.person_at("henrike@example.org")))

    if holdover:
        assert "Henrike Voßberg und Dr. Ruta Kaspereit sind über ihre Amtszeit hinaus im Amt" in today
        assert "über die Amtszeit hinaus im Amt" in room
        assert "gewählt bis 11. Juni 2030, im Amt, bis eine Nachfolge gewählt ist" in public
        assert "Henrike Voßberg und Dr. Ruta Kaspereit vertreten den Verein gemeinsam." in imprint
        assert chair.on_board
    else:
        assert "Es gibt keinen Vorstand (§ 29 BGB)" in today
        assert "Niemand vertritt den Verein: Es gibt keinen Vorstand (§ 29 BGB)." in room
        assert "Vertreten durch: derzeit niemand" in imprint
        assert not chair.on_board


async def test_old_links_go_on_telling_who_it_was(house):
    await resign(house)
    tarek = await held(("deputy", 1))
    with on(date(2031, 1, 2)):
        told = await house.get(f"/board/{tarek.reference}")

    assert told.status_code == 200
    assert "Tarek Linnemann war bis 30. November 2027 im Vorstand." in words(told)
