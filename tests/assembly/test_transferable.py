"""The single transferable vote by the Scottish rules: published counts, worked examples, and what must hold for all papers."""

from pathlib import Path
from random import Random
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from network.assembly.counting import blt, lot, stages, stv
from network.assembly.counting.ranked import Papers, papers
from network.assembly.counting.stages import ONE, Purpose, Turn
from network.errors import Refused
from network.i18n import speaking

PUBLISHED = Path(__file__).with_name("published")
WARDS = sorted(path.stem for path in PUBLISHED.glob("*.blt"))
PEOPLE = ("Ada", "Bo", "Cy", "Dörte", "Émile", "Fritz")
RANKINGS = st.lists(st.sampled_from(PEOPLE), unique=True, max_size=6).map(tuple)
SOME = st.lists(RANKINGS, min_size=1, max_size=40).filter(any)
SEATS = st.integers(1, 5)


def votes(report, stage):
    return dict(zip(report.candidates, report.stages[stage - 1].votes, strict=True))


def in_votes(number):
    return round(number * ONE)


# --- published counts and worked examples ----------------------------------------------------------------------------


@pytest.mark.parametrize("ward", WARDS)
def test_a_published_count_comes_out_to_the_last_decimal(ward):
    rows = [line.split(";") for line in (PUBLISHED / f"{ward}.csv").read_text().splitlines()]
    report = stv.count(blt.read((PUBLISHED / f"{ward}.blt").read_bytes()))

    with speaking("en"):
        table = stages.table(report)
    assert [row[:-1] for row in table[1 : len(rows) + 1]] == rows
    assert report.needs_lot is None


def test_what_a_published_count_lost_is_accounted_for():
    """Kilpatrick: after the last stage some papers rank nobody who is left, and some hundred-thousandths were cut off."""
    report = stv.count(blt.read((PUBLISHED / "kilpatrick-2017.blt").read_bytes()))
    last = report.stages[-1]

    assert (report.valid, report.quota, report.elected) == (4182, in_votes(1046), ("C", "D", "A"))
    assert (sum(last.votes) + last.exhausted + last.lost, last.lost > 0) == (in_votes(4182), True)
    assert [(stage.turn, stage.of) for stage in report.stages] == [
        (Turn.FIRST, ""),
        (Turn.SURPLUS, "C"),
        (Turn.EXCLUSION, "E"),
        (Turn.SURPLUS, "D"),
        (Turn.EXCLUSION, "B"),
    ]


def test_a_surplus_goes_on_at_its_value_and_what_is_cut_off_is_lost():
    """Ten papers, two seats: quota 4. Of Ada's 7 votes 3 are too many; each paper goes on at 3 ÷ 7 = 0.42857."""
    report = stv.count(papers(PEOPLE[:3], 2, [("Ada", "Bo")] * 4 + [("Ada",)] * 3 + [("Bo",)] + [("Cy",)] * 2))
    second = report.stages[1]

    assert report.quota == in_votes(4)
    assert votes(report, 2) == {"Ada": 400_000, "Bo": 100_000 + 4 * 42_857, "Cy": 200_000}
    assert (second.exhausted, second.lost) == (3 * 42_857, 300_000 - 7 * 42_857)
    assert [(stage.of, stage.elected) for stage in report.stages] == [("", ("Ada",)), ("Ada", ()), ("Cy", ("Bo",))]


def test_papers_of_the_excluded_keep_the_value_that_they_came_with():
    """Ada's surplus reaches Cy at 0.42857, and goes on from Cy at 0.42857; Cy's own paper at 1."""
    rankings = [("Ada", "Cy", "Bo")] * 7 + [("Cy", "Bo")] + [("Bo",)] * 3 + [("Dörte",)] * 4 + [("Émile",)] * 4
    report = stv.count(papers(PEOPLE[:5], 3, rankings), seed="Probe")
    excluded = next(stage for stage in report.stages if stage.of == "Cy" and stage.turn == Turn.EXCLUSION)

    assert report.quota == in_votes(5)
    assert sorted((parcel.papers, parcel.new_value) for parcel in excluded.parcels) == [(1, ONE), (7, 28_571)]


def test_equals_are_told_apart_by_the_last_stage_at_which_they_were_not():
    """Bo and Cy have 4 each when the fewest must go; at stage 1 Bo had 3."""
    rankings = [("Ada",)] * 9 + [("Bo",)] * 3 + [("Cy",)] * 4 + [("Dörte", "Bo")] + [("Émile",)] * 5
    report = stv.count(papers(PEOPLE[:5], 1, rankings))
    tie = report.stages[2].ties[0]

    assert (report.stages[1].of, report.stages[2].of) == ("Dörte", "Bo")
    assert (tie.purpose, tie.among, tie.chosen, tie.stage) == (Purpose.EXCLUSION, {"Bo", "Cy"}, ("Bo",), 1)
    with speaking("de"):
        assert stages.stage_words(report, report.stages[2])[1] == (
            "Bo und Cy liegen gleichauf; die Stimmen in Stufe 1 entscheiden: Bo."
        )


def test_a_lot_is_asked_for_entered_or_drawn_from_a_seed():
    equal = papers(PEOPLE[:3], 1, [("Ada",)] * 4 + [("Bo", "Ada")] * 2 + [("Cy",)] * 2 + [("Ada", "Cy")])
    asked = stv.count(papers(PEOPLE[:3], 1, [("Ada",)] * 4 + [("Bo", "Cy")] * 2 + [("Cy", "Bo")] * 2))
    among = frozenset({"Bo", "Cy"})
    entered = stv.count(
        papers(PEOPLE[:3], 1, [("Ada",)] * 4 + [("Bo", "Cy")] * 2 + [("Cy", "Bo")] * 2), lots=[lot.entered(among, "Cy")]
    )
    seeded = {
        stv.count(papers(order, 1, [("Ada",)] * 4 + [("Bo", "Cy")] * 2 + [("Cy", "Bo")] * 2), seed="Los").stages[1].of
        for order in (PEOPLE[:3], ("Cy", "Ada", "Bo"))
    }

    assert stv.count(equal).elected == ("Ada",)
    assert (asked.needs_lot, asked.elected, asked.open_seats) == ((Purpose.EXCLUSION, among), (), 1)
    assert (entered.stages[1].of, entered.stages[1].ties[0].lot) == ("Cy", lot.entered(among, "Cy"))
    assert len(seeded) == 1


def test_the_highest_surplus_goes_first():
    rankings = [("Ada", "Cy")] * 9 + [("Bo", "Cy")] * 12 + [("Cy",)] + [("Dörte",)] * 2
    report = stv.count(papers(PEOPLE[:4], 3, rankings))

    assert report.elected[:2] == ("Bo", "Ada")
    assert (report.stages[1].turn, report.stages[1].of) == (Turn.SURPLUS, "Bo")


def test_whoever_continues_when_as_many_seats_are_left_is_elected_without_a_transfer():
    as_many = stv.count(papers(PEOPLE[:2], 2, [("Ada",), ("Bo",), ("Bo",)]))
    too_few = stv.count(papers(PEOPLE[:2], 5, [("Ada",)]))
    last = stv.count(papers(PEOPLE[:3], 2, [("Ada",)] * 6 + [("Bo",)] * 2 + [("Cy",)] * 3))

    assert (as_many.elected, len(as_many.stages)) == (("Bo", "Ada"), 1)
    assert (too_few.elected, too_few.open_seats) == (("Ada", "Bo"), 3)
    assert [(stage.of, stage.elected) for stage in last.stages] == [("", ("Ada",)), ("Ada", ()), ("Bo", ("Cy",))]


def test_candidates_who_withdrew_are_passed_over():
    sheet = papers(PEOPLE[:3], 1, [("Ada", "Bo")] * 3 + [("Cy",)] * 2 + [("Ada",)], withdrawn=["Ada"])
    report = stv.count(sheet)

    assert (report.candidates, report.valid, report.blank, report.elected) == (("Bo", "Cy"), 5, 1, ("Bo",))


@pytest.mark.parametrize("rankings", [[], [()], [("Ada",)]])
def test_without_a_paper_that_ranks_anybody_there_is_no_count(rankings):
    with pytest.raises(Refused):
        stv.count(papers(PEOPLE[:2], 1, rankings, withdrawn=["Ada"]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"candidates": ()},
        {"seats": 0},
        {"candidates": ("Ada", "Ada")},
        {"candidates": ("Ada", " ")},
        {"candidates": ("Ada", "Bo\n")},
        {"withdrawn": frozenset({"Cy"})},
        {"rankings": ((0, ("Ada",)),)},
        {"rankings": ((1, ("Ada", "Ada")),)},
        {"rankings": ((1, ("Cy",)),)},
    ],
)
def test_papers_that_make_no_sense_are_refused(wrong):
    right = {"candidates": ("Ada", "Bo"), "seats": 1, "rankings": ((1, ("Ada",)),)}

    assert Papers(**right).standing == ("Ada", "Bo")
    with pytest.raises(Refused):
        Papers(**{**right, **wrong})


def test_the_report_is_a_table_in_words():
    report = stv.count(
        papers(PEOPLE[:3], 2, [("Ada", "Bo")] * 4 + [("Ada",)] * 3 + [("Bo",)] + [("Cy",)] * 2), seed="Los"
    )

    with speaking("de"):
        table = stages.table(report, {"Ada": "Ada Ähre"})
        words = stages.stage_words(report, report.stages[1])
    assert [row[:3] for row in table] == [
        ["Kandidatur", "Stufe 1: erste Präferenzen", "Stufe 2: Überschuss von Ada Ähre"],
        ["Ada Ähre", "7,00000", "4,00000"],
        ["Bo", "1,00000", "2,71428"],
        ["Cy", "2,00000", "2,00000"],
        ["Erschöpfte Stimmzettel", "0,00000", "1,28571"],
        ["Nach fünf Nachkommastellen abgeschnitten", "0,00000", "0,00001"],
        ["Summe", "10,00000", "10,00000"],
    ]
    assert table[1][-1] == "gewählt in Stufe 1"
    assert words[1:3] == [
        "3 Stimmzettel zu je 0,42857 gehen an: niemanden, erschöpft.",
        "4 Stimmzettel zu je 0,42857 gehen an: Bo.",
    ]


# --- for all papers --------------------------------------------------------------------------------------------------


@given(SOME, SEATS)
def test_each_stage_adds_up_to_the_valid_papers(rankings, seats):
    report = stv.count(papers(PEOPLE, seats, rankings), seed="Los")

    assert report.valid + report.blank == len(rankings)
    assert {stage.total for stage in report.stages} == {report.valid * ONE}
    assert all(stage.lost >= 0 and stage.exhausted >= 0 and min(stage.votes) >= 0 for stage in report.stages)


@given(SOME, SEATS)
def test_each_stage_follows_from_the_one_before(rankings, seats):
    report = stv.count(papers(PEOPLE, seats, rankings), seed="Los")

    for before, after in zip(report.stages, report.stages[1:], strict=False):
        left = report.quota if after.turn == Turn.SURPLUS else 0
        for place, one in enumerate(report.candidates):
            expected = left if one == after.of else before.votes[place] + after.gained(one)
            assert after.votes[place] == expected
        assert after.exhausted == before.exhausted + after.gained("")
        moved = sum(parcel.papers * parcel.value for parcel in after.parcels)
        assert moved == before.votes[report.candidates.index(after.of)]


@given(SOME, SEATS)
def test_papers_are_exhausted_only_when_they_rank_nobody_left(rankings, seats):
    """Papers that rank everybody never are, while somebody continues."""
    whole = [(*ranking, *sorted(set(PEOPLE) - set(ranking))) for ranking in rankings]
    report = stv.count(papers(PEOPLE, seats, whole), seed="Los")

    assert all(stage.exhausted == 0 for stage in report.stages)


@given(SOME, SEATS)
def test_all_seats_are_filled_once_with_as_many_as_there_are(rankings, seats):
    report = stv.count(papers(PEOPLE, seats, rankings), seed="Los")
    elected = [one for stage in report.stages for one in stage.elected]

    assert report.needs_lot is None
    assert len(report.elected) == len(set(report.elected)) == min(seats, len(PEOPLE))
    assert tuple(elected) == report.elected
    quota = [
        one
        for one in report.candidates
        if max(votes(report, n + 1)[one] for n in range(len(report.stages))) >= report.quota
    ]
    assert set(quota) <= set(report.elected)


@given(SOME, SEATS, st.randoms(use_true_random=False))
def test_the_order_of_papers_and_candidates_never_matters(rankings, seats, chance):
    people, shuffled = [*PEOPLE], [*rankings]
    chance.shuffle(people)
    chance.shuffle(shuffled)
    one, two = (
        stv.count(papers(PEOPLE, seats, rankings), seed="Los"),
        stv.count(papers(people, seats, shuffled), seed="Los"),
    )

    assert one.elected == two.elected
    assert [votes(one, n) for n in range(1, len(one.stages) + 1)] == [
        votes(two, n) for n in range(1, len(two.stages) + 1)
    ]


def test_five_thousand_papers_are_counted_within_a_second():
    chance = Random(7)
    people = [f"Kandidatur {number:02}" for number in range(20)]
    sheet = papers(people, 7, [tuple(chance.sample(people, k=chance.randint(1, 20))) for _paper in range(5000)])

    began = perf_counter()
    report = stv.count(sheet, seed="Los")
    assert (len(report.elected), perf_counter() - began < 1) == (7, True)


@given(SOME, SEATS)
def test_many_papers_alike_count_like_one_with_their_number(rankings, seats):
    apart = Papers(PEOPLE, seats, tuple((1, ranking) for ranking in rankings))

    assert stv.count(apart, seed="Los") == stv.count(papers(PEOPLE, seats, rankings), seed="Los")


@given(SOME, SEATS)
def test_a_count_stops_only_for_a_lot_and_goes_on_with_it(rankings, seats):
    """Entering what was asked for, again and again, ends where drawing from the seed ends."""
    sheet, lots = papers(PEOPLE, seats, rankings), []
    while (report := stv.count(sheet, lots=lots)).needs_lot:
        lots.append(lot.drawn_from("Los", report.needs_lot[1]))

    assert report == stv.count(sheet, lots=lots)
    assert report.elected == stv.count(sheet, seed="Los").elected


@given(st.lists(st.permutations(PEOPLE[:4]).map(tuple), min_size=1, max_size=30))
def test_one_seat_goes_to_whom_more_than_half_put_first(rankings):
    report = stv.count(papers(PEOPLE[:4], 1, rankings), seed="Los")
    first = [ranking[0] for ranking in rankings]
    most = max(set(first), key=first.count)

    assert first.count(most) * 2 <= len(first) or report.elected == (most,)


@settings(max_examples=30)
@given(st.lists(st.permutations(("Ada", "Bo", "Cy")), min_size=3, max_size=12), st.integers(1, 3), st.integers(6, 30))
def test_a_group_with_enough_quotas_gets_as_many_seats(theirs, seats, others):
    """Droop proportionality: whoever ranks Ada, Bo and Cy before all others, in whatever order."""
    others = min(others, 4 * len(theirs))
    rankings = [(*own, "Dörte", "Émile") for own in theirs] + [("Émile", "Dörte")] * others
    report = stv.count(papers(PEOPLE[:5], seats, rankings), seed="Los")
    deserved = min(3, len(theirs) * ONE // report.quota, seats)

    assert len({"Ada", "Bo", "Cy"} & set(report.elected)) >= deserved
