"""Story 4: the election every three years, with open or paper ballots; on the pages, with the story's own numbers.

Secret ballots in the software come with an issue of their own.
"""

from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup

from network import clock
from network.assembly import acceptance, attendance, ballot, course, election, minutes, proxy
from network.assembly.tables.elections import Election
from network.assembly.tables.meeting import ItemKind
from network.board import warning
from network.board.tables import Term
from network.errors import Refused
from network.people.tables import RoleKind
from network.resolutions.tables import Resolution
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

    assert [first, tie, again, one, two, new] == ["none", "tie", "elected", "elected", "none", "elected"]
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
    assert (
        "„Mehrere Sitze in einer Abstimmung (Blockwahl)“ ist nur mit einer Regelung in der Satzung möglich, und Ihre "
        "hat keine (OLG Zweibrücken 3 W 41/13, OLG Bremen 2 W 27/11, OLG München 31 Wx 81/07)."
    ) in words(asked)
    assert await Election.count() == 0


async def test_the_line_of_m04_drops_and_the_base_of_that_vote_is_fourteen(chair, opened, ten):
    await announced(opened, ItemKind.ELECTION, "Wahl des Vorstands")
    of = await election_of(chair, opened, "Vorsitz", "Vorsitz", "Ada Beispiel")
    with clock.set_to(at(14, 20)):
        await attendance.go(opened, ten["M04"], actor="", why="Leitung")
        await voted(chair, opened, of, "yes_no", "Ada Beispiel", yes=10, no=4)

    [one] = await ballot.rounds_of(of)
    assert one.represented == 14

    with clock.set_to(at(14, 26)):
        await attendance.come(opened, ten["M04"], name="M04", place="online", actor="")
    with clock.set_to(at(14, 30)):
        assert (await attendance.roll_at(opened)).represented == 16


async def test_when_m07_leaves_the_vote_of_m10_leaves_too(opened, ten):
    await attendance.go(opened, ten["M07"], actor="")

    assert (await attendance.roll_at(opened)).represented == 14


async def test_eighteen_votes_of_ten_members_and_sixteen_of_nine_represented(opened, ten):
    entitled, roll = await attendance.entitled(opened), await attendance.roll_at(opened)

    assert sorted(entitled.values(), reverse=True) == [3, 3, 2, 2, 2, 2, 1, 1, 1, 1]
    assert (roll.votes("room"), roll.votes("online"), roll.by_proxy) == (13, 2, 1)
    assert (roll.total, roll.represented, roll.members, len(roll.holdings)) == (18, 16, 9, 10)


async def test_a_second_proxy_for_m07_is_refused(ten):
    async with under_way(ten, **RULES, proxies="member", proxy_form="written", proxies_per_holder=1) as row:
        with pytest.raises(Refused) as no:
            await proxy.give(row, ten["M06"], ten["M07"], form="written", given_on=date(2027, 6, 1), actor="")

    assert "§§ 38, 40 BGB" in no.value.words
    assert no.value.field == "holder"


async def test_the_minutes_tell_all_numbers_and_the_book_who_was_elected(chair, opened):
    await announced(opened, ItemKind.ELECTION, "Wahl des Vorstands")
    head = await election_of(chair, opened, "Vorsitz", "Vorsitz", "Ada Beispiel", "Ben Muster", "Cem Vorlage")
    await voted(chair, opened, head, "one_vote", "Ada Beispiel", "Ben Muster", "Cem Vorlage",
                votes_0=6, votes_1=5, votes_2=2, abstain=2, invalid=1)  # fmt: skip
    await voted(chair, opened, head, "run_off", "Ada Beispiel", "Ben Muster", votes_0=7, votes_1=7, abstain=2)
    await voted(chair, opened, head, "run_off", "Ada Beispiel", "Ben Muster", votes_0=8, votes_1=6, abstain=2)
    [elected] = await acceptance.acceptances_of(head)
    with clock.set_to(at(14, 8)):
        await press(chair, f"{here(opened)}/elections/{head.reference}", f"{elected.candidate.reference}/acceptance")
    with clock.set_to(at(15)):
        await course.close(opened, actor="")
        text = (await minutes.draft(opened, actor="")).text

    for told in (
        "16 von 18 Stimmen von 9 Mitgliedern",
        "Ada Beispiel 6 Stimmen, Ben Muster 5 Stimmen und Cem Vorlage 2 Stimmen",
        "13 gültige Stimmen (daneben 2 Enthaltungen, 1 ungültige und 0 nicht abgegebene), nötig 7",
        "Ada Beispiel 7 Stimmen und Ben Muster 7 Stimmen",
        "Ada Beispiel 8 Stimmen und Ben Muster 6 Stimmen",
        "(MV 2027-1)",
        "11.06.2027, 14:08",
    ):
        assert told in text, told + "\n\n" + text
    [entered] = await Resolution.objects()
    assert (entered.title, entered.outcome, entered.yes, entered.no) == ("Wahl: Vorsitz", "adopted", 8, 6)
    [one] = await Term.objects()
    assert warning.days(one.until) == {9: date(2029, 9, 11), 6: date(2029, 12, 11), 3: date(2030, 3, 11)}
