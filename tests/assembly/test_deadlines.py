"""The legal clock: the last safe day in each Land, by post and by e-mail, with its arithmetic in words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.assembly.deadlines import Anchor, Way, inviting, last_day_before, moving, objecting
from network.assembly.reckoning import Period, Turn, Unit
from network.assembly.workdays import is_working_day, rest_on
from network.association.reckoning import months_after
from network.errors import Refused
from network.i18n import speaking
from network.members.lands import LANDS

FOUR_WEEKS = Period(4)
DAYS = st.dates(date(2024, 1, 1), date(2060, 12, 31))
SOME_LANDS = st.lists(st.sampled_from(sorted(LANDS)), max_size=3).map(tuple)
PERIODS = st.builds(Period, st.integers(1, 12), st.sampled_from(Unit))

# Land of the association and of the member, assembly, period: counted alone, safe receipt (or e-mail), in the post
CASES = [
    ("BE", "2027-06-11", "4w", "2027-05-13", "2027-05-13", "2027-05-10"),  # the story
    ("BW", "2027-06-11", "4w", "2027-05-13", "2027-05-13", "2027-05-10"),
    ("BW", "2027-02-04", "4w", "2027-01-06", "2027-01-05", "2026-12-30"),  # Epiphany
    ("BY", "2027-02-04", "4w", "2027-01-06", "2027-01-05", "2026-12-30"),  # Epiphany
    ("ST", "2027-02-04", "4w", "2027-01-06", "2027-01-05", "2026-12-30"),  # Epiphany
    ("SN", "2027-02-04", "4w", "2027-01-06", "2027-01-06", "2026-12-31"),  # no holiday there
    ("BE", "2027-04-06", "4w", "2027-03-08", "2027-03-05", "2027-03-02"),  # Women's Day
    ("MV", "2027-04-06", "4w", "2027-03-08", "2027-03-05", "2027-03-02"),  # Women's Day
    ("BB", "2027-04-06", "4w", "2027-03-08", "2027-03-08", "2027-03-03"),  # none there
    ("HH", "2027-04-24", "4w", "2027-03-26", "2027-03-25", "2027-03-22"),  # Good Friday
    ("HB", "2027-04-27", "4w", "2027-03-29", "2027-03-25", "2027-03-22"),  # Easter Monday
    ("NI", "2027-04-26", "4w", "2027-03-28", "2027-03-25", "2027-03-22"),  # Easter Sunday
    ("SH", "2027-06-04", "4w", "2027-05-06", "2027-05-05", "2027-04-30"),  # Ascension
    ("NW", "2027-06-15", "4w", "2027-05-17", "2027-05-14", "2027-05-11"),  # Whit Monday
    ("NW", "2027-06-25", "4w", "2027-05-27", "2027-05-26", "2027-05-21"),  # Corpus Christi
    ("HE", "2027-06-25", "4w", "2027-05-27", "2027-05-26", "2027-05-21"),  # Corpus Christi
    ("RP", "2027-06-25", "4w", "2027-05-27", "2027-05-26", "2027-05-21"),  # Corpus Christi
    ("SL", "2027-06-25", "4w", "2027-05-27", "2027-05-26", "2027-05-21"),  # Corpus Christi
    ("SN", "2027-06-25", "4w", "2027-05-27", "2027-05-26", "2027-05-21"),  # some towns
    ("TH", "2027-06-25", "4w", "2027-05-27", "2027-05-26", "2027-05-21"),  # some towns
    ("HH", "2027-06-25", "4w", "2027-05-27", "2027-05-27", "2027-05-24"),  # none
    ("SL", "2028-09-13", "4w", "2028-08-15", "2028-08-14", "2028-08-09"),  # Assumption
    ("BY", "2028-09-13", "4w", "2028-08-15", "2028-08-14", "2028-08-09"),  # Assumption
    ("BY", "2028-09-06", "4w", "2028-08-08", "2028-08-07", "2028-08-02"),  # Augsburg
    ("BW", "2028-09-13", "4w", "2028-08-15", "2028-08-15", "2028-08-10"),  # none
    ("TH", "2027-10-19", "4w", "2027-09-20", "2027-09-17", "2027-09-14"),  # World Children's Day
    ("HE", "2027-10-19", "4w", "2027-09-20", "2027-09-20", "2027-09-15"),  # none
    ("SH", "2028-11-01", "4w", "2028-10-03", "2028-10-02", "2028-09-27"),  # Unity 3 Oct
    ("BB", "2028-11-29", "4w", "2028-10-31", "2028-10-30", "2028-10-25"),  # Reformation
    ("NI", "2028-11-29", "4w", "2028-10-31", "2028-10-30", "2028-10-25"),  # Reformation
    ("BE", "2028-11-29", "4w", "2028-10-31", "2028-10-31", "2028-10-26"),  # none
    ("RP", "2027-11-30", "4w", "2027-11-01", "2027-10-29", "2027-10-26"),  # All Saints
    ("NW", "2027-11-30", "4w", "2027-11-01", "2027-10-29", "2027-10-26"),  # All Saints
    ("HB", "2027-11-30", "4w", "2027-11-01", "2027-11-01", "2027-10-27"),  # none
    ("SN", "2027-12-16", "4w", "2027-11-17", "2027-11-16", "2027-11-11"),  # Penance
    ("ST", "2027-12-16", "4w", "2027-11-17", "2027-11-17", "2027-11-12"),  # none
    ("BE", "2028-01-22", "4w", "2027-12-24", "2027-12-24", "2027-12-21"),  # 24 Dec
    ("BE", "2028-01-29", "4w", "2027-12-31", "2027-12-31", "2027-12-28"),  # 31 Dec
    ("BE", "2028-01-24", "4w", "2027-12-26", "2027-12-24", "2027-12-21"),  # 26 Dec Sunday
    ("MV", "2027-06-12", "14d", "2027-05-28", "2027-05-28", "2027-05-25"),  # Friday
    ("SH", "2027-06-14", "14d", "2027-05-30", "2027-05-28", "2027-05-25"),  # Sunday->
    ("SL", "2027-06-13", "14d", "2027-05-29", "2027-05-28", "2027-05-24"),  # Saturday
    ("TH", "2027-06-11", "1m", "2027-05-10", "2027-05-10", "2027-05-04"),  # 10 May
    ("RP", "2028-03-31", "1m", "2028-02-28", "2028-02-28", "2028-02-23"),  # shorter month
    ("HH", "2027-03-31", "1m", "2027-02-27", "2027-02-26", "2027-02-23"),  # shorter month
    ("HB", "2027-05-31", "3m", "2027-02-27", "2027-02-26", "2027-02-23"),  # 28 Feb - Sunday
    ("BB", "2027-03-01", "2m", "2026-12-31", "2026-12-31", "2026-12-28"),  # 1 Jan
    ("BE", "2027-01-08", "1w", "2026-12-31", "2026-12-31", "2026-12-28"),  # 1 Jan
    ("HE", "2024-03-29", "1m", "2024-02-28", "2024-02-28", "2024-02-23"),  # leap
    ("NI", "2027-06-02", "1d", "2027-05-31", "2027-05-31", "2027-05-26"),
]


def period(text: str) -> Period:
    return Period(int(text[:-1]), {"d": Unit.DAYS, "w": Unit.WEEKS, "m": Unit.MONTHS}[text[-1]])


@pytest.mark.parametrize("case", CASES, ids=" ".join)
def test_the_last_safe_day_in_each_land(case):
    land, meeting, typed, *days = case
    on = date.fromisoformat(meeting)
    letter = inviting(on, period(typed), way=Way.POST, home=land, recipients=[land])
    mail = inviting(on, period(typed), way=Way.EMAIL, home=land, recipients=[land])

    assert [str(day) for day in (letter.counted, mail.day, letter.day)] == days


def test_the_table_is_about_each_land():
    assert {case[0] for case in CASES} == set(LANDS)


@pytest.mark.parametrize("eve", [date(2026, 12, 24), date(2026, 12, 31), date(2027, 12, 24), date(2027, 12, 31)])
def test_christmas_eve_and_new_years_eve_are_working_days_by_law(eve):
    assert is_working_day(eve, ())


def test_the_story_of_an_invitation_in_time():
    """DOMAIN §7, 3: Friday 11 June 2027, four weeks, receipt counts; ten members in eight Länder."""
    members = ["BW", "NW", "HH", "BE", "SN", "BY", "HE", "NI"]
    letter = inviting(date(2027, 6, 11), FOUR_WEEKS, way=Way.POST, home="BE", recipients=members)
    motion = moving(date(2027, 6, 11), Period(2), home="BE")

    with speaking("de"):
        words = letter.words
    assert (letter.day_of(Turn.RECEIVED), letter.day) == (date(2027, 5, 13), date(2027, 5, 10))
    assert words == [
        "Die Versammlung ist am Freitag, 11. Juni 2027.",
        (
            "Frist zwischen Zugang und Versammlung: 4 Wochen; keiner der beiden Tage zählt mit (§§ 187, 188 BGB). "
            "Spätester Zugang: Donnerstag, 13. Mai 2027."
        ),
        "Für die Post sind 3 Arbeitstage gerechnet: in die Post bis Montag, 10. Mai 2027.",
    ]
    assert (letter.is_kept_by(date(2027, 5, 4)), letter.is_kept_by(date(2027, 5, 11))) == (True, False)
    assert (motion.day, motion.is_kept_by(date(2027, 5, 28))) == (date(2027, 5, 27), False)


def test_days_that_were_passed_over_are_named():
    letter = inviting(date(2027, 6, 15), FOUR_WEEKS, way=Way.POST, home="BE", recipients=["NW"])

    with speaking("en"):
        assert letter.words[2:] == [
            (
                "No working day: 15 May (Saturday), 16 May (Sunday) and 17 May (Pentecost Monday). Whether § 193 BGB holds "
                "backwards is disputed; on the safe side is the working day before: Friday, 14 May 2027."
            ),
            "A letter is reckoned with 3 working days in the post: posted by Tuesday, 11 May 2027.",
        ]
    with speaking("de"):
        assert letter.words[2].startswith("Kein Arbeitstag: 15. Mai (Samstag), 16. Mai (Sonntag) und 17. Mai (Pfingst")


def test_a_letter_needs_working_days_where_it_is_posted_and_where_it_arrives():
    """8 March is a holiday in Berlin alone, 6 January in Stuttgart alone."""
    at_home = inviting(date(2027, 4, 8), FOUR_WEEKS, way=Way.POST, home="BE", recipients=["BW"])
    away = inviting(date(2027, 2, 6), FOUR_WEEKS, way=Way.POST, home="BE", recipients=["BW"])

    assert (at_home.day_of(Turn.RECEIVED), at_home.day) == (date(2027, 3, 10), date(2027, 3, 4))
    assert (away.day_of(Turn.RECEIVED), away.day) == (date(2027, 1, 8), date(2027, 1, 4))


def test_nobodys_land_known_means_the_holidays_of_all():
    anywhere = inviting(date(2027, 6, 25), FOUR_WEEKS, way=Way.EMAIL, home="HH")
    hamburg = inviting(date(2027, 6, 25), FOUR_WEEKS, way=Way.EMAIL, home="HH", recipients=["HH"])

    assert (anywhere.day, hamburg.day) == (date(2027, 5, 26), date(2027, 5, 27))


def test_where_dispatch_counts_the_post_takes_no_days():
    """16 May 2027 is a Sunday; the association posts in its own Land."""
    sent = inviting(date(2027, 6, 14), FOUR_WEEKS, way=Way.POST, home="BE", recipients=["BY"], anchor=Anchor.DISPATCH)

    assert (sent.counted, sent.day, sent.day_of(Turn.RECEIVED)) == (date(2027, 5, 16), date(2027, 5, 14), None)
    assert sent.steps[1].turn == Turn.SENT_BEFORE


def test_a_motion_may_come_as_late_as_counting_alone_allows_and_is_asked_for_on_the_working_day_before():
    motion = moving(date(2027, 6, 13), Period(2), home="BE")

    assert (motion.counted, motion.day) == (date(2027, 5, 29), date(2027, 5, 28))


@pytest.mark.parametrize(
    ("sent", "typed", "way", "until"),
    [
        (date(2027, 6, 21), "4w", Way.EMAIL, date(2027, 7, 19)),
        (date(2027, 6, 21), "1m", Way.EMAIL, date(2027, 7, 21)),
        (date(2027, 6, 21), "4w", Way.POST, date(2027, 7, 22)),
        (date(2027, 6, 24), "1m", Way.EMAIL, date(2027, 7, 26)),  # 24 July is a Saturday
        (date(2027, 1, 31), "1m", Way.EMAIL, date(2027, 3, 1)),  # 28 February is a Sunday
        (date(2028, 1, 31), "1m", Way.EMAIL, date(2028, 2, 29)),
        (date(2027, 2, 22), "2w", Way.EMAIL, date(2027, 3, 9)),  # 8 March: a holiday where the objection arrives
        (date(2027, 12, 10), "14d", Way.EMAIL, date(2027, 12, 24)),
        (date(2027, 12, 11), "14d", Way.EMAIL, date(2027, 12, 27)),  # Christmas Day
        (date(2027, 5, 14), "1w", Way.POST, date(2027, 5, 27)),  # Whit Monday is no day of the post
    ],
)
def test_an_objection_may_come_until_the_end_of_its_period(sent, typed, way, until):
    assert objecting(sent, period(typed), way=way, home="BE", recipients=["BE"]).day == until


def test_the_objection_period_tells_its_arithmetic():
    minutes = objecting(date(2027, 6, 21), Period(1, Unit.MONTHS), way=Way.POST, home="BE", recipients=["BW"])

    with speaking("de"):
        assert minutes.words == [
            "Versand am Montag, 21. Juni 2027.",
            "Für die Post sind 3 Arbeitstage gerechnet: Zugang am Donnerstag, 24. Juni 2027.",
            "Die Frist (1 Monat) beginnt am Tag danach (§ 187 BGB) und endet am Samstag, 24. Juli 2027 (§ 188 BGB).",
            (
                "Kein Arbeitstag: 24. Juli (Samstag) und 25. Juli (Sonntag). Die Frist endet am nächsten Werktag "
                "(§ 193 BGB): Montag, 26. Juli 2027."
            ),
        ]


@given(DAYS, PERIODS)
def test_the_whole_period_lies_between_and_no_more_than_it_takes(meeting, rule):
    day = last_day_before(meeting, rule)

    ends = months_after(day, rule.number) if rule.unit == Unit.MONTHS else day + (meeting - day - timedelta(days=1))
    assert ends < meeting
    if rule.unit != Unit.MONTHS:
        assert (meeting - day).days - 1 == rule.number * (7 if rule.unit == Unit.WEEKS else 1)
    else:
        assert months_after(day + timedelta(days=4), rule.number) >= meeting


@given(DAYS, PERIODS, SOME_LANDS, st.integers(0, 6))
def test_a_safe_day_is_a_working_day_everywhere_and_leaves_the_post_its_days(meeting, rule, lands, in_post):
    letter = inviting(meeting, rule, way=Way.POST, home="BE", recipients=lands, days_in_post=in_post)
    mail = inviting(meeting, rule, way=Way.EMAIL, home="BE", recipients=lands)
    days = [letter.day + timedelta(days=n) for n in range(1, (mail.day - letter.day).days + 1)]

    assert letter.day <= mail.day <= letter.counted < meeting
    assert is_working_day(mail.day, lands)
    assert is_working_day(letter.day, {"BE", *lands} if lands else ())
    assert sum(is_working_day(day, lands) for day in days) >= in_post


@given(DAYS, PERIODS, SOME_LANDS, st.sampled_from(Way))
def test_an_objection_period_ends_on_a_working_day_and_is_never_shortened(sent, rule, lands, way):
    until = objecting(sent, rule, way=way, home="BE", recipients=lands)

    assert until.day >= until.counted > sent
    assert is_working_day(until.day, ("BE",))


@pytest.mark.parametrize(("number", "unit"), [(0, "days"), (-1, "weeks"), (367, "days"), (53, "weeks"), (13, "months")])
def test_a_period_of_nothing_or_of_more_than_a_year_is_refused(number, unit):
    with pytest.raises(Refused) as no:
        Period(number, Unit(unit))

    assert no.value.field == "number"


def test_a_land_that_there_is_not_is_no_land():
    with pytest.raises(ValueError, match="XX"):
        rest_on(date(2027, 6, 11), ["XX"])
