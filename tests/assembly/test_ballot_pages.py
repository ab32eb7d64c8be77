"""The page on which a ballot is counted: it opens in every mode, and what is wrong is said on it."""

import pytest
from bs4 import BeautifulSoup

from network.assembly import acceptance, ballot, candidate, election
from network.assembly.forms.elections import MARKED_BY_SEVERAL
from network.assembly.tables.elections import Candidate, Election, Round
from network.assembly.tables.meeting import ItemKind
from network.assembly.verdict import LOTS, Counted
from network.errors import Refused
from network.people.tables import RoleKind
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import announced, under_way
from tests.assembly.test_day_views import here, press, words
from tests.assembly.test_election import the_papers
from tests.browser import send, submit

EVERYTHING = dict.fromkeys(
    ("run_off", "relative", "lot", "en_bloc", "list_election", "approval", "transferable"), True
)  # fmt: skip
METHODS = {
    "list": "list", "list_relative": "list", "en_bloc": "en_bloc", "approval": "approval",
    "transferable": "transferable",
}  # fmt: skip


@pytest.fixture
async def opened(ten, request):
    """The lot would decide what is voted on in "border_vote"."""
    mode = getattr(request.node, "callspec", None) and request.node.callspec.params.get("mode")
    async with under_way(ten, **EVERYTHING | {"lot": mode != "border_vote"}) as row:
        yield row


@pytest.fixture
async def chair(opened):
    async with browser() as one:
        yield await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))


async def prepared(row, mode: str, *names: str, number: int = 2) -> tuple[Election, list[Candidate]]:
    method = METHODS.get(mode, "single")
    item = await announced(row, ItemKind.ELECTION, "Wahl")
    of = await election.plan(
        row, item, title="Beirat", method=method, number=1 if method == "single" else number, actor=""
    )
    for name in names:
        await candidate.consent(row, of, await candidate.propose(row, of, name=name, actor=""), how="present", actor="")
    return of, await candidate.candidates_of(of)


async def begun(row, mode: str) -> tuple[Election, Round]:
    """A ballot of this mode, with what has to go before it."""
    names = ["Ada Beispiel"] if mode == "yes_no" else ["Ada Beispiel", "Ben Muster"]
    of, people = await prepared(row, mode, *names, *(["Cem Vorlage"] if mode == "border_vote" else []))
    if mode in ("run_off", "border_vote"):
        first = await ballot.begin(row, of, "one_vote", people, actor="")
        each = 16 // len(people)
        votes = {one.reference: each for one in people}
        await ballot.count(row, first, Counted(votes, abstain=16 - each * len(people)), actor="")
    return of, await ballot.begin(row, of, mode, people, actor="")


def place(row, of: Election, one: Round) -> str:
    return f"{here(row)}/elections/{of.reference}/ballots/{one.reference}"


@pytest.mark.parametrize("mode", [mode for mode in election.MODES if mode not in LOTS])
async def test_every_ballot_has_a_page_to_count_it_which_says_what_is_wrong(chair, opened, mode):
    of, one = await begun(opened, mode)
    at = place(opened, of, one)

    page = await chair.get(at)
    if mode == "transferable":
        refused = await submit(chair, at, files={"file": ("a.blt", b"2 2 nonsense", "text/plain")})
        said = "Zeile 1"
    else:
        names = [name for name in ("yes", "no", "votes_0", "votes_1", "votes_2") if f'name="{name}"' in page.text]
        refused = await submit(chair, at, **dict.fromkeys(names, "1"))
        said = "keine 2 Stimmen" if mode in MARKED_BY_SEVERAL else "abgegeben werden können aber 16"

    assert (page.status_code, refused.status_code) == (200, 422)
    assert "Ergebnis verkünden" in words(page)
    assert said in words(refused)
    assert (await ballot.fresh(one)).counted_at is None


async def test_a_count_of_ranked_papers_that_needs_two_lots_gets_to_its_end(chair, opened):
    names = ("Ada", "Ben", "Cem", "Dora")
    of, people = await prepared(opened, "transferable", *names, number=1)
    one = await ballot.begin(opened, of, "transferable", people, actor="")
    at = place(opened, of, one)
    papers = the_papers(of, list(names), [(7, ["Ada"]), (3, ["Ben"]), (3, ["Cem"]), (3, ["Dora"])])
    file = {"file": ("stimmen.blt", papers, "text/plain")}

    first = await submit(chair, at, files=file)
    second = await send(chair, first, files=file, lots="Ben\tCem\tDora\tBen")
    third = await send(chair, second, files=file, lots="Cem\tDora\tDora")

    assert [answer.status_code for answer in (first, second, third)] == [422, 422, 303]
    assert "ein Los zwischen Ben, Cem, Dora" in words(first)
    assert "ein Los zwischen Cem, Dora" in words(second)
    assert (await ballot.fresh(one)).outcome == "elected"
    assert [answer.candidate.name for answer in await acceptance.acceptances_of(of)] == ["Ada"]
    told = await chair.get(at)
    assert BeautifulSoup(told.text, "html.parser").select_one("main table caption") is not None


async def test_who_counts_a_ballot_a_second_time_reads_that_it_has_been_counted(chair, opened):
    of, one = await begun(opened, "yes_no")
    at = place(opened, of, one)
    page = await chair.get(at)
    await send(chair, page, yes="9", no="7")

    again = await send(chair, page, yes="7", no="9")

    assert again.status_code == 422
    assert "Dieser Wahlgang ist schon ausgezählt." in words(again)
    assert (await ballot.fresh(one)).outcome == "elected"


@pytest.mark.parametrize(
    ("happened", "said"),
    [("nothing", "Cem Vorlage hat der Kandidatur nicht zugestimmt"), ("withdrawn", "Cem Vorlage tritt nicht mehr an")],
)
async def test_whoever_cannot_be_voted_for_is_named_with_the_rule(chair, opened, happened, said):
    of, people = await prepared(opened, "one_vote", "Ada Beispiel", "Ben Muster")
    cem = await candidate.propose(opened, of, name="Cem Vorlage", actor="")
    if happened == "withdrawn":
        await candidate.withdraw(opened, of, cem, actor="")
    at = f"{here(opened)}/elections/{of.reference}"

    chosen = [one.reference for one in (*people, cem)]
    refused = await press(chair, at, "/ballots", mode="one_vote", candidates=chosen)

    assert refused.status_code == 422
    assert said in words(refused)
    assert "§ 27 BGB" in words(refused)
    assert "not a valid choice" not in refused.text


@pytest.mark.parametrize(
    ("mode", "rule"),
    [("relative", "Relative Mehrheit"), ("run_off", "Stichwahl"), ("border_lot", "Los")],
)
async def test_a_ballot_that_needs_a_clause_names_it(ten, mode, rule):
    async with under_way(ten) as row, browser() as one:
        await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
        of, people = await prepared(row, "one_vote", "Ada Beispiel", "Ben Muster")
        at = f"{here(row)}/elections/{of.reference}"

        refused = await press(one, at, "/ballots", mode=mode, candidates=[who.reference for who in people])

        assert refused.status_code == 422
        [line] = BeautifulSoup(refused.text, "html.parser").select("#errors li")
        assert rule in line.text
        assert "ist nur mit einer Regelung in der Satzung möglich, und Ihre hat keine (§ 32" in line.text


async def test_who_was_elected_does_not_stand_down_any_more(chair, opened):
    of, people = await prepared(opened, "one_vote", "Ada Beispiel", "Ben Muster")
    one = await ballot.begin(opened, of, "one_vote", people, actor="")
    votes = dict(zip((who.reference for who in people), (9, 7), strict=True))
    await ballot.count(opened, one, Counted(votes), actor="")

    page = await chair.get(f"{here(opened)}/elections/{of.reference}")
    with pytest.raises(Refused) as no:
        await candidate.withdraw(opened, of, people[0], actor="")

    assert [f"{who.reference}/withdrawal" in page.text for who in people] == [False, True]
    assert "lehnt die Wahl ab" in no.value.words
