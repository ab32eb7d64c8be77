"""The rulebook: each rule has words, a source and a fallback; what the bylaws say, leave to the law, or may not say."""

from datetime import date
from fractions import Fraction

import pytest

from network.association import bylaws, rulebook
from network.association.clauses import share_of
from network.association.reckoning import key_day, may_hold_another
from network.association.rulebook import CLAUSES, RULES, changes, explain, fraction, law, may_use, seats_of, speaks
from network.association.tables import Bylaws
from network.errors import Refused
from network.i18n import speaking

ASSUMED = {"notice_months", "notice_to", "guest_months"}  # before anything is entered: what most bylaws say
DAY = date(2027, 8, 3)


def version(**said):
    return Bylaws(valid_from=DAY, **rulebook.written(said))


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_words_a_source_and_a_fallback_in_both_languages(name, language):
    with speaking(language):
        told = explain(name, law())

    assert told.value
    assert told.spoken is False
    assert told.origin.startswith("Gesetz, weil die Satzung schweigt: " if language == "de" else "Law, as the bylaws ")
    assert "§" in told.origin or "BGH" in told.origin or "OLG" in told.origin


def test_a_version_that_says_nothing_holds_what_the_law_says():
    silent = version()

    assert {name: getattr(silent, name) for name in CLAUSES} == {name: getattr(law(), name) for name in CLAUSES}
    assert (silent.spoken, changes(law(), silent)) == ("", [])


def test_the_columns_begin_with_what_the_law_says():
    fresh = Bylaws(valid_from=DAY)

    assert {name for name, clause in CLAUSES.items() if getattr(fresh, name) != clause.silent} == ASSUMED


def test_every_column_of_the_bylaws_belongs_to_a_rule():
    about = {
        "id",
        "valid_from",
        "adopted_on",
        "spoken",
        "document",
        "note",
        "awaited_since",
        "entered_at",
        "replaced_at",
    }

    assert {column._meta.name for column in Bylaws._meta.columns} - about == set(CLAUSES)


def test_to_say_what_the_law_says_is_not_to_be_silent():
    said = version(run_off="no", quorum_members="0", majority_bylaws="75 %")

    assert (speaks(said, "run_off"), speaks(said, "lot")) == (True, False)
    assert (said.run_off, said.quorum_members, said.majority_bylaws) == (False, "", "3/4")
    assert [change.rule.name for change in changes(law(), said)] == ["quorum_members", "majority_bylaws", "run_off"]
    assert explain("majority_bylaws", said).origin == "Satzung"


def test_a_rule_is_explained_by_any_of_its_clauses():
    said = version(proxies="member", proxy_form="written")

    assert explain("proxy_form", said) == explain("proxies", said)
    assert explain("proxies", said).value == (
        "ein anderes Mitglied kann mit Vollmacht abstimmen, schriftlich, mit Unterschrift, für eine Versammlung, "
        "höchstens eine Vollmacht in einer Hand"
    )


def test_what_depends_on_another_answer_is_only_kept_with_it():
    both = version(key_date="days", key_days=30, secret="request", secret_request=3)
    neither = version(key_date="year", key_days=30, secret="always", secret_request=3)

    assert (both.key_days, both.secret_request, neither.key_days, neither.secret_request) == (30, 3, 0, 0)
    assert [key_day(date(2027, 6, 11), rules) for rules in (both, neither, law())] == [
        date(2027, 5, 12),
        date(2027, 1, 1),
        date(2027, 6, 11),
    ]


@pytest.mark.parametrize(
    ("said", "field", "paragraph"),
    [
        ({"notice_months": 13, "notice_to": "year"}, "notice_months", "§ 39 BGB"),
        ({"minority": "1/2"}, "minority", "§ 37 BGB"),
        ({"board_seats": "chair=0"}, "board_seats", "§ 26 Abs. 1 BGB"),
        ({"board_seats": "chair=1", "representation": "two"}, "representation", "§ 26 BGB"),
        ({"board_seats": "member=3", "representation": "chair_and_one"}, "representation", "§ 26 BGB"),
    ],
)
def test_what_no_bylaws_may_say_is_refused_with_its_paragraph(said, field, paragraph):
    with pytest.raises(Refused) as no:
        version(**said)

    assert (no.value.field, paragraph in no.value.words) == (field, True)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"guests_vote": "yes"}, "guests_vote"),
        ({"late_motions": "majority"}, "late_majority"),
        ({"key_date": "days"}, "key_days"),
        ({"secret": "request"}, "secret_request"),
        ({"majority_bylaws": "1/3"}, "majority_bylaws"),
        ({"majority_bylaws": "all"}, "majority_bylaws"),
        ({"quorum_votes": "3/2"}, "quorum_votes"),
        ({"quorum_votes": "die Hälfte"}, "quorum_votes"),
        ({"minority": "0"}, "minority"),
        ({"proxies": "perhaps"}, "proxies"),
        ({"run_off": "perhaps"}, "run_off"),
        ({"term_months": -1}, "term_months"),
        ({"board_seats": "king=1"}, "board_seats"),
    ],
)
def test_what_nobody_can_mean_is_refused_beside_its_field(said, field):
    with pytest.raises(Refused) as no:
        version(**said)

    assert no.value.field == field


def test_half_is_no_majority_by_which_a_tie_could_win():
    typed = ["1/2", "50 %", "Einfache Mehrheit", "more_yes", "2/3", "66,67 %"]

    assert [version(majority_ordinary=text).majority_ordinary for text in typed] == [
        *["more_yes"] * 4,
        "2/3",
        "6667/10000",
    ]
    assert version(majority_purpose="Alle Mitglieder").majority_purpose == "all"


def test_shares_are_read_as_people_write_them():
    assert [share_of(text) for text in ("3/4", " 3 / 4 ", "75 %", "75%", "0", "1")] == [*[Fraction(3, 4)] * 4, 0, 1]
    assert [fraction(text) for text in ("3/4", "all", "", "more_yes")] == [Fraction(3, 4), Fraction(1), None, None]


def test_seats_are_told_by_their_kinds():
    board = version(board_seats={"chair": 1, "deputy": 2, "member": None})

    assert (board.board_seats, seats_of(board.board_seats)) == ("chair=1 deputy=2", {"chair": 1, "deputy": 2})
    assert explain("board_seats", board).value == "Vorsitz und 2 × stellvertretender Vorsitz"


def test_only_named_modes_of_election_may_be_used():
    ours = version(run_off="yes", election_single="each")
    modes = list(rulebook.MODES)

    assert [mode for mode in modes if may_use(mode, law())] == ["yes_no", "one_vote"]
    assert [mode for mode in modes if may_use(mode, ours)] == ["yes_no", "run_off"]


def test_proxies_are_counted_against_their_limit():
    one, many = version(proxies="member"), version(proxies="anybody", proxies_per_holder=0)

    assert [may_hold_another(held, one) for held in (0, 1)] == [True, False]
    assert (may_hold_another(50, many), may_hold_another(0, law())) == (True, False)


def test_before_anything_is_entered_the_origin_is_neither_law_nor_bylaws():
    unknown = Bylaws(valid_from=DAY, spoken="")

    assert explain("notice_months", unknown).origin.startswith("Was die meisten Satzungen sagen")


async def test_older_versions_spoke_of_notice_guests_and_votes():
    old = Bylaws(valid_from=DAY)
    await old.save()

    found = await bylaws.bylaws_on(DAY)
    assert [name for name in RULES if speaks(found, name)] == ["notice_months", "guest_months", "votes_by"]
