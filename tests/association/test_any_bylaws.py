"""Whatever bylaws say: it can be told, typed again and compared, and never says what the law leaves to none."""

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from network.association import rulebook
from network.association.clauses import SEATS, Choice, Classes, Majority, Seats, Share, Whole, Yes, classes_of
from network.association.reckoning import PERIODS
from network.association.rulebook import CLAUSES, RULES, changes, explain, fraction, law, seats_of, speaks
from network.association.tables import Bylaws
from network.errors import Refused
from network.i18n import speaking
from network.office.forms.bylaws import BylawsForm

SOME = settings(max_examples=40, deadline=None)
CLASSES = ["1=1", "1=1 2=2 4=3", "0=1 3=2"]
PORTIONS = st.builds(lambda a, b: f"{min(a, b)}/{max(a, b)}", st.integers(0, 60), st.integers(1, 60))


def answers(clause):
    """What people may say of it, mostly lawful."""
    if isinstance(clause, Whole):
        return st.integers(clause.least, clause.most)
    if isinstance(clause, Seats):
        return st.fixed_dictionaries({kind: st.integers(0, 4) for kind in SEATS})
    if isinstance(clause, Share):
        return st.one_of(PORTIONS, st.integers(0, 100).map(lambda n: f"{n} %"), st.sampled_from(["0", "1/10", "1/4"]))
    if isinstance(clause, Majority):
        usual = ["more_yes", "3/4", "75 %", "2/3", "mehr Ja als Nein", "alle"]
        return st.one_of(st.integers(51, 100).map(lambda n: f"{n} %"), st.sampled_from(usual))
    words = {Choice: lambda: list(clause.words), Yes: lambda: ["yes", "no"], Classes: lambda: CLASSES}
    return st.sampled_from(words[type(clause)]())


# A handful of clauses each time: of many at once two mostly contradict each other, and the whole is refused.
SAID = st.lists(st.sampled_from(sorted(CLAUSES)), unique=True, max_size=10).flatmap(
    lambda names: st.fixed_dictionaries({name: answers(CLAUSES[name]) for name in names})
)


def version(said):
    """As it would be stored; what is refused is no version."""
    try:
        return Bylaws(**rulebook.written(said))
    except Refused as no:
        assert no.words
        assert no.field in CLAUSES
        return None


@SOME
@given(SAID)
def test_whatever_is_stored_is_lawful(said):
    row = version(said)
    assume(row is not None)

    assert row.notice_months + PERIODS[row.notice_to] <= 24
    assert 0 < fraction(row.minority) < Fraction(1, 2)
    assert sum(seats_of(row.board_seats).values()) >= 1
    assert all(
        share is None or share > Fraction(1, 2)
        for share in (fraction(getattr(row, name)) for name, clause in CLAUSES.items() if isinstance(clause, Majority))
    )
    assert row.votes_by != "classes" or classes_of(row.vote_classes)


@SOME
@given(SAID)
def test_whatever_is_stored_can_be_told_in_both_languages(said):
    row = version(said)
    assume(row is not None)

    for language in ("de", "en"):
        with speaking(language):
            told = [explain(name, row) for name in RULES]
        assert all(line.value and line.origin and "%(" not in line.value for line in told)


@SOME
@given(SAID)
def test_whatever_is_stored_comes_back_from_the_form_as_it_was(said):
    row = version(said)
    assume(row is not None)

    again = version(BylawsForm.of(row).said)

    assert again is not None
    assert (again.spoken, changes(row, again)) == (row.spoken, [])


@SOME
@given(SAID, SAID)
def test_a_comparison_names_what_differs_and_nothing_else(one, two):
    before, after = version(one), version(two)
    assume(before is not None and after is not None)

    there, back = changes(before, after), changes(after, before)
    named = {change.rule.name for change in there}

    assert [change.rule.name for change in there] == [change.rule.name for change in back]
    assert all((c.before, c.after) == (b.after, b.before) for c, b in zip(there, back, strict=True))
    assert all(
        getattr(before, clause.name) == getattr(after, clause.name)
        for rule in RULES.values()
        if rule.name not in named
        for clause in rule.clauses
    )


@SOME
@given(SAID)
def test_where_they_are_silent_the_law_counts(said):
    row = version(said)
    assume(row is not None)

    silent = [clause.name for name in RULES if not speaks(row, name) for clause in RULES[name].clauses]
    assert {name: getattr(row, name) for name in silent} == {name: getattr(law(), name) for name in silent}
