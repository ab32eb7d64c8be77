"""Majorities and quorums: votes add up, the arithmetic is told, a tie is a rejection."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.errors import Refused
from network.i18n import speaking
from network.resolutions.counts import Count
from network.resolutions.majorities import (
    CHANGE_OF_BYLAWS,
    CHANGE_OF_PURPOSE,
    SIMPLE,
    Base,
    Consents,
    Majority,
    Outcome,
    decide,
    majority_of,
)
from network.resolutions.quorum import quorum
from network.resolutions.shares import HALF, THREE_QUARTERS, TWO_THIRDS, Share, percent

NUMBERS = st.integers(0, 60)
COUNTS = st.builds(Count, NUMBERS, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
SHARES = st.builds(
    lambda part, whole, more: Share(Fraction(part, part + whole), more_than=more),
    st.integers(1, 20),
    st.integers(1, 20),
    st.booleans(),
)
OPEN = st.builds(Majority, st.sampled_from([base for base in Base if base != Base.EVERYBODY]), SHARES)


def outcome(majority, *numbers, **more):
    count = Count(*numbers)
    return decide(majority, count, represented=count.total, **more).outcome


def test_the_story_of_changing_the_bylaws():
    """DOMAIN §7, 5: 11 to 4 with one abstention fails, 12 to 4 is adopted; another purpose waits for the absent member."""
    first = decide(CHANGE_OF_BYLAWS, Count(11, 4, 1), represented=16)
    second = decide(CHANGE_OF_BYLAWS, Count(12, 4), represented=16)
    purpose = decide(CHANGE_OF_PURPOSE, Count(9, 0), represented=9, total=10)
    consented = decide(CHANGE_OF_PURPOSE, Count(9, 0), represented=9, total=10, consents=Consents(yes=1))

    with speaking("de"):
        told = [decision.words for decision in (first, second, purpose, consented)]
    assert told == [
        "11 von 15 abgegebenen Stimmen = 73,3 %, nötig 75 % (12). Abgelehnt.",
        "12 von 16 abgegebenen Stimmen = 75,0 %, nötig 75 % (12). Angenommen.",
        (
            "Alle Mitglieder müssen zustimmen: Zugestimmt haben 9 von 10. 1 abwesendes Mitglied hat noch nicht geantwortet. "
            "Offen, bis die abwesenden Mitglieder in Textform geantwortet haben (§ 33 BGB)."
        ),
        "Alle Mitglieder müssen zustimmen: Zugestimmt haben 10 von 10. Angenommen.",
    ]
    assert [one.outcome for one in (first, second, purpose, consented)] == ["rejected", "adopted", "pending", "adopted"]


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ((9, 5), Outcome.ADOPTED),
        ((5, 9), Outcome.REJECTED),
        ((7, 7), Outcome.REJECTED),
        ((1, 0, 15), Outcome.ADOPTED),  # abstentions do not count
        ((0, 0, 16), Outcome.REJECTED),
        ((0, 0), Outcome.REJECTED),
    ],
)
def test_more_yes_than_no_decides_and_a_tie_rejects(numbers, expected):
    assert outcome(SIMPLE, *numbers) == expected


@pytest.mark.parametrize(
    ("rule", "majority"),
    [
        ("more_yes", SIMPLE),
        ("3/4", CHANGE_OF_BYLAWS),
        ("2/3", Majority(Base.CAST, TWO_THIRDS)),
        ("1", Majority(Base.CAST, Share(Fraction(1)))),
        ("all", CHANGE_OF_PURPOSE),
    ],
)
def test_a_majority_is_read_from_the_bylaws(rule, majority):
    assert majority_of(rule) == majority


@pytest.mark.parametrize(
    ("majority", "numbers", "total", "expected"),
    [
        (Majority(Base.CAST, THREE_QUARTERS), (3, 1, 12), 0, Outcome.ADOPTED),
        (Majority(Base.CAST, TWO_THIRDS), (2, 1), 0, Outcome.ADOPTED),
        (Majority(Base.CAST, TWO_THIRDS), (19, 10), 0, Outcome.REJECTED),
        (Majority(Base.VALID), (8, 0, 8), 0, Outcome.REJECTED),  # half of 16, abstentions included
        (Majority(Base.VALID), (8, 0, 7, 1), 0, Outcome.ADOPTED),
        (Majority(Base.REPRESENTED), (8, 0, 7, 1), 0, Outcome.REJECTED),
        (Majority(Base.REPRESENTED), (9, 0, 3, 1, 3), 0, Outcome.ADOPTED),
        (Majority(Base.ALL_VOTES, TWO_THIRDS), (12, 0), 18, Outcome.ADOPTED),
        (Majority(Base.ALL_VOTES, TWO_THIRDS), (11, 0), 18, Outcome.REJECTED),
        (Majority(Base.ALL_MEMBERS), (5, 0), 10, Outcome.REJECTED),
        (Majority(Base.ALL_MEMBERS), (6, 3), 10, Outcome.ADOPTED),
    ],
)
def test_bylaws_may_ask_for_a_part_of_something_else(majority, numbers, total, expected):
    assert outcome(majority, *numbers, total=total) == expected


@pytest.mark.parametrize(
    ("numbers", "consents", "expected"),
    [
        ((8, 1), Consents(), Outcome.REJECTED),  # one no, and nobody waits for the absent
        ((8, 0, 1), Consents(), Outcome.REJECTED),  # whoever is there consents there
        ((9, 0), Consents(no=1), Outcome.REJECTED),
        ((8, 0), Consents(yes=1), Outcome.PENDING),
        ((8, 0), Consents(yes=2), Outcome.ADOPTED),
    ],
)
def test_another_purpose_needs_each_member(numbers, consents, expected):
    assert outcome(CHANGE_OF_PURPOSE, *numbers, total=10, consents=consents) == expected


def test_votes_that_may_not_be_cast_leave_the_base():
    """§ 34 BGB: of 16 votes the 3 of the member whom the contract is with are not counted."""
    decision = decide(Majority(Base.REPRESENTED), Count(7, 5, 1), represented=16, banned=3)

    with speaking("en"):
        told = decision.words
    assert (decision.base, decision.needed, decision.outcome) == (13, 7, Outcome.ADOPTED)
    assert told == (
        "3 votes may not be cast (§ 34 BGB) and are not counted. "
        "7 of 13 votes represented = 53.8 %, needed more than 50 % (7). Adopted."
    )


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        (
            (9, 5),
            (
                "Es fehlen 2 Stimmen: 9 Ja + 5 Nein + 0 Enthaltungen + 0 ungültig + 0 nicht abgegeben = 14, "
                "abgegeben werden können aber 16."
            ),
        ),
        (
            (9, 5, 2, 0, 1),
            (
                "1 Stimme ist zu viel: 9 Ja + 5 Nein + 2 Enthaltungen + 0 ungültig + 1 nicht abgegeben = 17, "
                "abgegeben werden können aber nur 16."
            ),
        ),
        ((18, -2), "Stimmen sind ganze Zahlen ab 0."),
    ],
)
def test_a_count_that_does_not_add_up_is_refused_with_what_is_missing(numbers, words):
    with speaking("de"), pytest.raises(Refused) as no:
        decide(SIMPLE, Count(*numbers), represented=16)

    assert no.value.words == words


@pytest.mark.parametrize(
    ("majority", "count", "more", "field"),
    [
        (Majority(Base.ALL_VOTES), Count(10, 0), {"total": 9}, "total"),
        (SIMPLE, Count(10, 0), {"consents": Consents(yes=1)}, "consents"),
        (CHANGE_OF_PURPOSE, Count(10, 0), {"total": 11, "consents": Consents(yes=2)}, "consents"),
        (CHANGE_OF_PURPOSE, Count(10, 0), {"total": 11, "consents": Consents(yes=-1)}, "consents"),
    ],
)
def test_totals_that_cannot_be_are_refused(majority, count, more, field):
    with pytest.raises(Refused) as no:
        decide(majority, count, represented=10, **more)

    assert no.value.field == field


@given(st.integers(0, 500), st.integers(0, 500))
def test_three_quarters_of_the_votes_cast_is_four_times_yes_against_three_times_all(yes, no):
    assert (outcome(CHANGE_OF_BYLAWS, yes, no) == Outcome.ADOPTED) == (yes > 0 and 4 * yes >= 3 * (yes + no))


@given(st.integers(0, 500), st.integers(0, 500), NUMBERS)
def test_simple_is_more_yes_than_no_whatever_the_abstentions(yes, no, abstain):
    assert (outcome(SIMPLE, yes, no, abstain) == Outcome.ADOPTED) == (yes > no)


@given(OPEN, COUNTS, NUMBERS, NUMBERS)
def test_one_more_yes_never_rejects_what_was_adopted(majority, count, absent, banned):
    represented, total = count.total + banned, count.total + banned + absent + 1
    before = decide(majority, count, represented=represented, banned=banned, total=total)
    more = Count(count.yes + 1, count.no, count.abstain, count.invalid, count.not_cast)
    after = decide(majority, more, represented=represented + 1, banned=banned, total=total)

    assert after.is_adopted or not before.is_adopted


@given(OPEN, COUNTS, NUMBERS)
def test_needed_is_the_least_that_would_do(majority, count, absent):
    decision = decide(majority, count, represented=count.total, total=count.total + absent)
    share = majority.share

    def reached(votes):
        return votes > share.of_all * decision.base if share.more_than else votes >= share.of_all * decision.base

    assert reached(decision.needed)
    assert decision.needed == 1 or not reached(decision.needed - 1)
    assert decision.is_adopted == (decision.yes >= decision.needed)


@given(COUNTS, st.integers(-3, 3), NUMBERS)
def test_only_counts_that_add_up_are_taken(count, off, banned):
    if off == 0:
        assert decide(SIMPLE, count, represented=count.total + banned, banned=banned).count == count
    else:
        with pytest.raises(Refused):
            decide(SIMPLE, count, represented=count.total + banned + off, banned=banned)


@given(st.integers(0, 9999), st.integers(1, 10000), SHARES)
def test_a_percentage_never_looks_like_what_is_needed_when_it_is_not(part, whole, share):
    part = min(part, whole)
    with speaking("en"):
        told = Fraction(percent(Fraction(part, whole), share.of_all).removesuffix(" %").replace(",", ""))

    reached = Fraction(part, whole) - share.of_all
    if reached < 0:
        assert told < share.of_all * 100
    elif reached > 0:
        assert told > share.of_all * 100


@pytest.mark.parametrize(
    ("share", "present", "total", "words"),
    [
        (None, 1, 10, "1 von 10 sind vertreten. Die Satzung verlangt keine Mindestzahl."),
        (HALF, 5, 10, "5 von 10 = 50,0 %, nötig mehr als 50 % (6). Nicht beschlussfähig."),
        (Share(Fraction(1, 2)), 5, 10, "5 von 10 = 50,0 %, nötig 50 % (5). Beschlussfähig."),
        (TWO_THIRDS, 12, 18, "12 von 18 = 66,7 %, nötig 2/3 (12). Beschlussfähig."),
    ],
)
def test_a_quorum_of_members_or_votes(share, present, total, words):
    with speaking("de"):
        assert quorum(share, present=present, total=total).words == words


def test_more_present_than_there_are_is_refused():
    with pytest.raises(Refused):
        quorum(HALF, present=11, total=10)


@pytest.mark.parametrize(("share", "more"), [(Fraction(0), False), (Fraction(5, 4), False), (Fraction(1), True)])
def test_a_share_of_nothing_or_of_more_than_all_is_refused(share, more):
    with pytest.raises(Refused):
        Share(share, more_than=more)


@pytest.mark.parametrize("rule", ["more_yes", "1/2"])
def test_half_is_more_than_half_however_bylaws_are_stored(rule):
    outcomes = [decide(majority_of(rule), Count(yes, 5), represented=5 + yes).outcome for yes in (5, 6)]

    assert outcomes == ["rejected", "adopted"]
