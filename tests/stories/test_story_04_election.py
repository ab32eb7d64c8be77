"""Story 4: the election every three years, with open or paper ballots; on the pages, with the story's own numbers.

Secret ballots in the software come with an issue of their own.
"""

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup

from network import clock
from network.assembly import acceptance, attendance, ballot, election
from network.assembly.tables.elections import Election
from network.assembly.tables.meeting import ItemKind
from network.board.tables import Term
from network.people.tables import RoleKind
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import announced, under_way
from tests.assembly.make import at
from tests.assembly.test_day_views import here, press, words
from tests.members.make import the_ten

RULES = {"run_off": True, "term_months": 36, "holdover": True, "board_seats": "chair=1 deputy=2"}


@pytest.fixture
async def ten(association):
    return await the_ten()


@pytest.fixture
async def opened(ten):
    async with under_way(ten, **RULES) as row:
        yield row


@pytest.fixture
async def chair(opened):
    async with browser() as one:
        yield await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))


async def election_of(chair, row, title: str, seat: str, *names: str) -> Election:
    """Prepared on its page with candidates who are there and agree."""
    new = f"{here(row)}/elections/new"
    page = BeautifulSoup((await chair.get(new)).text, "html.parser")
    seats = {label.get_text(strip=True): label.input["value"] for label in page.select("#seats label")}
    made = await press(chair, new, new, title=title, item=page.select_one("#item option")["value"], seats=seats[seat],
                       method="single", officer="Gisbert Ohm")  # fmt: skip
    for name in names:
        mail = name.lower().replace(" ", ".") + "@example.org"
        await press(chair, made.headers["location"], "/candidates", name=name, email=mail, agreed="y")
    of = await election.by_reference(row, made.headers["location"].rpartition("/")[2])
    assert of
    return of


async def voted(chair, row, of: Election, mode: str, *stand: str, **numbers: int) -> str:
    """A ballot opened and counted on its pages; what the page says of it."""
    page = f"{here(row)}/elections/{of.reference}"
    names = {one.name: one.reference for one in await ballot.open_candidates(of)}
    opened = await press(chair, page, "/ballots", mode=mode, candidates=[names[name] for name in stand])
    assert opened.status_code == 303, words(opened)
    last = await ballot.last_round(of)
    place = f"{page}/ballots/{last.reference}"
    counted = await press(chair, place, last.reference, **{name: str(number) for name, number in numbers.items()})
    assert counted.status_code == 303, words(counted)
    return (await ballot.fresh(last)).outcome


async def test_the_board_is_elected_and_its_terms_run_for_three_years(chair, opened, ten):
    await announced(opened, ItemKind.ELECTION, "Wahl des Vorstands")
    head = await election_of(chair, opened, "Vorsitz", "Vorsitz", "Ada Beispiel", "Ben Muster", "Cem Vorlage")
    deputy, other = [
        await election_of(chair, opened, f"Stellvertretung {number}", f"Stellvertretender Vorsitz {number}", name)
        for number, name in ((1, "Dora Test"), (2, "Emil Probe"))
    ]

    first = await voted(chair, opened, head, "one_vote", "Ada Beispiel", "Ben Muster", "Cem Vorlage",
                        votes_0=6, votes_1=5, votes_2=2, abstain=2, invalid=1)  # fmt: skip
    tie = await voted(chair, opened, head, "run_off", "Ada Beispiel", "Ben Muster", votes_0=7, votes_1=7, abstain=2)
    again = await voted(chair, opened, head, "run_off", "Ada Beispiel", "Ben Muster", votes_0=8, votes_1=6, abstain=2)
    [elected] = [answer.candidate for answer in await acceptance.acceptances_of(head)]
    with clock.set_to(at(14, 8)):
        await press(chair, f"{here(opened)}/elections/{head.reference}", f"{elected.reference}/acceptance")
    one = await voted(chair, opened, deputy, "yes_no", "Dora Test", yes=9, no=5, abstain=2)
    two = await voted(chair, opened, other, "yes_no", "Emil Probe", yes=6, no=6, abstain=4)
    page = f"{here(opened)}/elections/{other.reference}"
    await press(chair, page, "/candidates", name="Fee Neu", email="fee.neu@example.org", agreed="y")
    new = await voted(chair, opened, other, "yes_no", "Fee Neu", yes=12, no=2, abstain=2)
    for of in (deputy, other):
        [answer] = await acceptance.acceptances_of(of)
        await press(chair, f"{here(opened)}/elections/{of.reference}", f"{answer.candidate.reference}/acceptance")

    assert [first, tie, again, one, two, new] == ["none", "none", "elected", "elected", "none", "elected"]
    terms = await Term.objects().order_by(Term.id)
    assert [(term.since, term.until) for term in terms] == [(date(2027, 6, 11), date(2030, 6, 11))] * 3
    [kept] = await acceptance.acceptances_of(head)
    assert kept.accepted_at == datetime(2027, 6, 11, 12, 8, tzinfo=UTC)


async def test_en_bloc_is_not_even_offered_and_refused_when_asked_for(chair, opened):
    await announced(opened, ItemKind.ELECTION, "Wahl des Vorstands")
    new = f"{here(opened)}/elections/new"
    page = BeautifulSoup((await chair.get(new)).text, "html.parser")

    asked = await press(chair, new, new, title="Stellvertretungen", item=page.select_one("#item option")["value"],
                        method="en_bloc", number="2", officer="Gisbert Ohm")  # fmt: skip

    assert [option["value"] for option in page.select("[name=method]")] == ["single"]
    assert asked.status_code == 422
    assert await Election.count() == 0


async def test_the_line_of_m04_drops_and_the_base_of_that_vote_is_fourteen(chair, opened, ten):
    await announced(opened, ItemKind.ELECTION, "Wahl des Vorstands")
    of = await election_of(chair, opened, "Vorsitz", "Vorsitz", "Ada Beispiel")
    with clock.set_to(at(14, 20)):
        await attendance.go(opened, ten["M04"], actor="", why="Leitung")
        await voted(chair, opened, of, "yes_no", "Ada Beispiel", yes=10, no=4)

    [one] = await ballot.rounds_of(of)
    assert one.represented == 14


async def test_when_m07_leaves_the_vote_of_m10_leaves_too(opened, ten):
    await attendance.go(opened, ten["M07"], actor="")

    assert (await attendance.roll_at(opened)).represented == 14
