"""Counting votes for people: the story's numbers, and rules that hold for all papers."""

import random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from network.assembly.counting import absolute, approval, en_bloc, lot, relative, runoff, seats, yes_no
from network.assembly.counting.tally import Ballot, tally, tally_of
from network.errors import Refused
from network.i18n import speaking
from network.resolutions.counts import Count
from network.resolutions.majorities import Outcome

PEOPLE = ["Ada", "Bo", "Cy", "Dörte", "Émile"]
NAMES = st.frozensets(st.sampled_from(PEOPLE))
BALLOTS = st.lists(st.builds(Ballot, NAMES, st.integers(1, 3)), min_size=1, max_size=30)
ONE_NAME = st.lists(
    st.builds(Ballot, st.frozensets(st.sampled_from(PEOPLE), max_size=1), st.integers(1, 3)), min_size=1
)


def single(votes, represented, **more):
    return tally(votes, represented=represented, **more)


def weight(ballots):
    return sum(ballot.weight for ballot in ballots)


def counted(ballots, most):
    return tally_of(ballots, PEOPLE, represented=weight(ballots) + 2, most=most)


# Every method that counts a tally, with how many names a paper may have.
METHODS = {
    "absolute": (absolute.count, 1),
    "relative": (relative.count, 1),
    "list, absolute": (lambda papers: seats.absolute(papers, seats=3), 3),
    "list, relative": (lambda papers: seats.relative(papers, seats=3), 3),
    "approval": (lambda papers: approval.count(papers, seats=2), 5),
}


# --- the story -------------------------------------------------------------------------------------------------------


def test_the_story_of_an_election_the_chair():
    """DOMAIN §7, 4: 6, 5 and 2 of 16, two abstentions, one invalid; a run-off 7 to 7, and again 8 to 6."""
    first = single({"Ada": 6, "Bo": 5, "Cy": 2}, 16, abstain=2, invalid=1)
    none = absolute.count(first)
    pair = runoff.contest(first)
    tie = runoff.count(single({"Ada": 7, "Bo": 7}, 16, abstain=2))
    again = runoff.count(single({"Ada": 8, "Bo": 6}, 16, abstain=2))

    assert (first.valid, none.needed, none.elected) == (13, 7, ())
    assert (pair.certain, pair.tied) == (("Ada", "Bo"), ())
    assert (tie.elected, tie.tied, again.elected) == ((), ("Ada", "Bo"), ("Ada",))
    with speaking("de"):
        assert none.words() == (
            "13 gültige Stimmen (daneben 2 Enthaltungen, 1 ungültige und 0 nicht abgegebene), nötig 7. "
            "Niemand ist gewählt."
        )
        assert again.words({"Ada": "A. Muster"}).endswith("nötig 8. Gewählt: A. Muster.")


def test_the_story_of_an_election_the_deputies():
    """9 to 5 with 2 abstentions is elected, 6 to 6 with 4 is not, 12 to 2 with 2 is."""
    deputies = [yes_no.count(Count(*numbers), represented=16) for numbers in [(9, 5, 2), (6, 6, 4), (12, 2, 2)]]

    assert [one.outcome for one in deputies] == [Outcome.ADOPTED, Outcome.REJECTED, Outcome.ADOPTED]
    assert [one.is_tie for one in deputies] == [False, True, False]


def test_the_story_of_an_election_en_bloc_needs_the_clause():
    with speaking("de"), pytest.raises(Refused) as no:
        en_bloc.count(["Ada", "Bo"], Count(16, 0), seats=2, represented=16, is_allowed=False)

    assert "Blockwahl" in no.value.words


def test_votes_are_missing_when_a_line_drops():
    """M04's two votes are not represented any more: the base is 14."""
    with speaking("de"), pytest.raises(Refused) as no:
        single({"Ada": 8, "Bo": 6}, 16)

    assert no.value.words.startswith("Es fehlen 2 Stimmen: 14 gültig + 0 Enthaltungen")
    assert absolute.count(single({"Ada": 8, "Bo": 6}, 14)).elected == ("Ada",)


# --- each method -----------------------------------------------------------------------------------------------------


def test_en_bloc_elects_all_or_nobody():
    both = en_bloc.count(["Bo", "Ada"], Count(9, 7), seats=2, represented=16, is_allowed=True)
    nobody = en_bloc.count(["Bo", "Ada"], Count(8, 8), seats=2, represented=16, is_allowed=True)

    assert (both.elected, nobody.elected) == (("Bo", "Ada"), ())


@pytest.mark.parametrize("listed", [[], ["Ada", "Bo", "Cy"], ["Ada", "Ada"]])
def test_a_list_en_bloc_fits_the_seats(listed):
    with pytest.raises(Refused):
        en_bloc.count(listed, Count(16, 0), seats=2, represented=16, is_allowed=True)


def test_half_of_the_valid_votes_is_not_more_than_half():
    assert absolute.count(single({"Ada": 8, "Bo": 5, "Cy": 3}, 16)).elected == ()


def test_the_most_votes_suffice_where_the_bylaws_say_so():
    clear = relative.count(single({"Ada": 6, "Bo": 5, "Cy": 2}, 16, abstain=3))
    tie = relative.count(single({"Ada": 6, "Bo": 6, "Cy": 1}, 16, abstain=3))

    assert (clear.elected, tie.elected, tie.tied) == (("Ada",), (), ("Ada", "Bo"))


@pytest.mark.parametrize(
    ("votes", "certain", "tied"),
    [
        ({"Ada": 6, "Bo": 5, "Cy": 5}, ("Ada",), ("Bo", "Cy")),
        ({"Ada": 5, "Bo": 5, "Cy": 5}, (), ("Ada", "Bo", "Cy")),
        ({"Ada": 9, "Bo": 0, "Cy": 0}, ("Ada",), ("Bo", "Cy")),
        ({"Ada": 9, "Bo": 0}, ("Ada", "Bo"), ()),
        ({"Cy": 6, "Bo": 6, "Ada": 5}, ("Bo", "Cy"), ()),
    ],
)
def test_a_run_off_names_equals_at_its_border(votes, certain, tied):
    contest = runoff.contest(single(votes, sum(votes.values())))

    assert (contest.certain, contest.tied) == (certain, tied)


def test_a_run_off_is_between_two():
    with pytest.raises(Refused):
        runoff.contest(single({"Ada": 6}, 6))
    with pytest.raises(Refused):
        runoff.count(single({"Ada": 6, "Bo": 5, "Cy": 1}, 12))


def test_a_list_elects_by_more_than_half_and_leaves_seats_open():
    papers = tally({"Ada": 9, "Bo": 8, "Cy": 7, "Dörte": 2}, represented=16, valid=14, abstain=2, most=3)
    outcome = seats.absolute(papers, seats=3)

    assert (outcome.needed, outcome.elected, outcome.open_seats) == (8, ("Ada", "Bo"), 1)


def test_equals_at_the_border_of_a_list_are_voted_on_again():
    papers = tally({"Ada": 9, "Bo": 8, "Cy": 8, "Dörte": 8}, represented=16, valid=16, most=3)
    outcome = seats.relative(papers, seats=3)

    assert (outcome.elected, outcome.tied, outcome.tied_for) == (("Ada",), ("Bo", "Cy", "Dörte"), 2)
    with speaking("de"):
        assert outcome.words().endswith(
            "Gewählt: Ada. Bo, Cy und Dörte haben gleich viele Stimmen, für 2 Sitze. 2 Sitze bleiben offen."
        )


def test_approval_elects_whom_most_approve_of():
    papers = tally({"Ada": 12, "Bo": 9, "Cy": 9, "Dörte": 3}, represented=16, valid=15, abstain=1, most=4)

    assert approval.count(papers, seats=1).elected == ("Ada",)
    assert approval.count(papers, seats=2).tied == ("Bo", "Cy")
    assert approval.count(papers, seats=3).elected == ("Ada", "Bo", "Cy")


def test_nobody_is_elected_without_a_vote():
    papers = tally({"Ada": 3, "Bo": 0}, represented=3, valid=3, most=2)

    assert seats.relative(papers, seats=2).elected == ("Ada",)


def test_a_lot_is_entered_or_can_be_drawn_again():
    by_hand = lot.entered(["Ada", "Bo"], "Bo")
    drawn = {lot.drawn_from("Lostopf 7", order).drawn for order in (["Ada", "Bo", "Cy"], ["Cy", "Bo", "Ada"])}

    assert (by_hand.drawn, by_hand.seed, len(drawn)) == ("Bo", "", 1)
    assert {lot.drawn_from(f"Wort {number}", ["Ada", "Bo"]).drawn for number in range(20)} == {"Ada", "Bo"}


@pytest.mark.parametrize(
    "drawing",
    [
        lambda: lot.entered(["Ada", "Bo"], "Cy"),
        lambda: lot.entered(["Ada", "Ada"], "Ada"),
        lambda: lot.drawn_from(" ", ["Ada", "Bo"]),
        lambda: lot.drawn_from("Wort", ["Ada"]),
    ],
)
def test_a_lot_between_nobody_or_from_nothing_is_refused(drawing):
    with pytest.raises(Refused):
        drawing()


@pytest.mark.parametrize(
    ("votes", "more"),
    [
        ({}, {}),
        ({"Ada": -1, "Bo": 17}, {}),
        ({"Ada": 17, "Bo": 0}, {"valid": 16, "most": 2}),  # more than there are papers
        ({"Ada": 8, "Bo": 7}, {"valid": 16, "most": 2}),  # a paper without a name is no valid paper
        ({"Ada": 16, "Bo": 16, "Cy": 1}, {"valid": 16, "most": 2}),
        ({"Ada": 16}, {"most": 0}),
    ],
)
def test_votes_that_papers_cannot_give_are_refused(votes, more):
    with pytest.raises(Refused):
        tally(votes, represented=16, **more)


def test_papers_that_name_too_many_are_not_for_the_method():
    papers = tally({"Ada": 16, "Bo": 9}, represented=16, valid=16, most=2)

    for count in (lambda: seats.relative(papers, seats=1), lambda: seats.absolute(papers, seats=0)):
        with pytest.raises(Refused):
            count()
    with pytest.raises(Refused):
        approval.count(tally({"Ada": 16, "Bo": 9, "Cy": 1}, represented=16, valid=16, most=2), seats=1)


# --- for all papers --------------------------------------------------------------------------------------------------


@given(BALLOTS, st.integers(1, 5))
def test_papers_add_up_to_the_votes_represented(ballots, most):
    papers = counted(ballots, most)

    assert papers.valid + papers.abstain + papers.invalid + papers.not_cast == weight(ballots) + 2
    assert papers.abstain == weight(ballot for ballot in ballots if not ballot.names)
    assert papers.invalid == weight(ballot for ballot in ballots if len(ballot.names) > most)


@pytest.mark.parametrize("method", METHODS)
@given(ballots=BALLOTS, chance=st.randoms(use_true_random=False))
def test_the_order_of_papers_and_candidates_never_matters(method, ballots, chance):
    count, most = METHODS[method]
    people, shuffled = [*PEOPLE], [*ballots]
    chance.shuffle(people)
    chance.shuffle(shuffled)

    again = tally_of(shuffled, people, represented=weight(ballots) + 2, most=most)
    assert count(again) == count(counted(ballots, most))


@pytest.mark.parametrize("method", METHODS)
@given(ballots=BALLOTS, chance=st.randoms(use_true_random=False))
def test_one_more_paper_for_somebody_elected_never_harms(method, ballots, chance):
    """A paper that names this one alone; for single transferable vote nobody can promise that."""
    count, most = METHODS[method]
    before = count(counted(ballots, most))
    assume(before.elected)
    winner = chance.choice(before.elected)

    after = count(counted([*ballots, Ballot(frozenset({winner}))], most))
    assert winner in after.elected


@pytest.mark.parametrize("method", METHODS)
@given(ballots=BALLOTS)
def test_elected_tied_and_open_seats_fit_each_other(method, ballots):
    count, most = METHODS[method]
    outcome = count(counted(ballots, most))
    votes = dict(outcome.tally.votes)

    assert outcome.open_seats >= outcome.tied_for >= 0
    assert not outcome.tied or len(outcome.tied) > outcome.open_seats
    assert len({votes[one] for one in outcome.tied}) <= 1
    assert all(votes[one] >= max(1, outcome.needed) for one in (*outcome.elected, *outcome.tied))
    assert [votes[one] for one in outcome.elected] == sorted((votes[one] for one in outcome.elected), reverse=True)
    left = [votes[one] for one in votes if one not in outcome.elected]
    assert not outcome.elected or max(left, default=0) <= min(votes[one] for one in outcome.elected)


@given(ONE_NAME)
def test_whoever_has_more_than_half_has_the_most(ballots):
    papers = counted(ballots, 1)
    elected = absolute.count(papers).elected

    assert not elected or relative.count(papers).elected == elected


@given(ONE_NAME)
def test_the_run_off_is_between_those_whom_nobody_beats(ballots):
    contest = runoff.contest(counted(ballots, 1))
    votes = dict(counted(ballots, 1).votes)
    out = [votes[one] for one in PEOPLE if one not in (*contest.certain, *contest.tied)]

    assert len(contest.certain) + contest.places == 2
    assert (len(contest.tied) == 0) == (len(contest.certain) == 2)
    assert max(out, default=0) <= min(votes[one] for one in (*contest.certain, *contest.tied))


def test_the_same_seed_draws_the_same_from_any_order():
    for _each in range(50):
        people = random.sample(PEOPLE, k=4)

        assert lot.drawn_from("17. Juni", people) == lot.drawn_from("17. Juni", sorted(people))
