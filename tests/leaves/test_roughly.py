"""Days known only roughly: what people type in either language, and what they are told."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network import roughly
from network.i18n import speaking

LANGUAGES = st.sampled_from(["de", "en"])
YEARS = st.integers(1000, 2199)
DECADES = st.integers(100, 219).map(lambda decade: f"{decade}X")
CODES = st.one_of(
    YEARS.map(str),
    YEARS.map("{}~".format),
    st.dates(date(1000, 1, 1), date(2199, 12, 31)).map(date.isoformat),
    st.dates(date(1000, 1, 1), date(2199, 12, 31)).map(lambda day: day.isoformat()[:7]),
    st.builds("{}-{}".format, YEARS, st.sampled_from(["early", "mid", "late", "spring", "summer", "autumn"])),
    DECADES,
    st.builds("{}-{}".format, DECADES, st.sampled_from(["early", "mid", "late"])),
)

TYPED = {
    "1980": "1980",
    " seit 1980 ": "1980",
    "im Jahr 1980": "1980",
    "12.5.1995": "1995-05-12",
    "12. Mai 1995": "1995-05-12",
    "12 May 1995": "1995-05-12",
    "May 12th, 1995": "1995-05-12",
    "12/05/1995": "1995-05-12",
    "1995-05-12": "1995-05-12",
    "Mai 1995": "1995-05",
    "seit Mai 1995": "1995-05",
    "Sept. 1995": "1995-09",
    "März 1995": "1995-03",
    "05/1995": "1995-05",
    "5.1995": "1995-05",
    "um 1985": "1985~",
    "ca. 1985": "1985~",
    "~1985": "1985~",
    "c. 1985": "1985~",
    "around 1985": "1985~",
    "1990er": "199X",
    "90er Jahre": "199X",
    "in den 90er-Jahren": "199X",
    "1980iger Jahre": "198X",
    "seit den 1980ern": "198X",
    "the 1990s": "199X",
    "the nineties": "199X",
    "199x": "199X",
    "Anfang der 1990er": "199X-early",
    "seit Anfang der 1990er Jahre": "199X-early",
    "Anfang der neunziger Jahre": "199X-early",
    "Mitte der 80er": "198X-mid",
    "mid-1980s": "198X-mid",
    "since the late 1970s": "197X-late",
    "Ende 1995": "1995-late",
    "beginning of 1995": "1995-early",
    "Frühjahr 1995": "1995-spring",
    "Autumn 1995": "1995-autumn",
    "": "",
    "  ": "",
}


@pytest.mark.parametrize("typed", TYPED)
def test_what_people_type_is_read_in_both_languages(typed: str) -> None:
    assert roughly.read(typed) == TYPED[typed]


@pytest.mark.parametrize(
    "typed",
    ["bald", "20er Jahre", "31.2.1995", "13/1995", "95", "1985/86", "1985 1986", "Mai", "ca. Mai 1995", "1985er",
     "Anfang Ende 1995", "Frühjahr der 1990er", "bis 1995", "vor 1990", "999", "2200", "fuffziger"],
)  # fmt: skip
def test_what_leaves_a_doubt_is_refused_in_words(typed: str) -> None:
    with speaking("de"), pytest.raises(ValueError, match="Anfang der 1990er"):
        roughly.read(typed)


@given(CODES, LANGUAGES)
def test_what_is_said_is_read_again_as_what_was_stored(code: str, language: str) -> None:
    with speaking(language):
        assert roughly.read(code) == code
        assert roughly.read(roughly.say(code)) == code
        assert roughly.read(roughly.since(code)) == code


@given(CODES)
def test_what_is_said_means_the_same_in_both_languages(code: str) -> None:
    with speaking("de"):
        german = roughly.say(code)
    with speaking("en"):
        assert roughly.read(german) == code


@given(st.text(max_size=30))
def test_whatever_is_typed_is_either_read_or_refused_in_words(text: str) -> None:
    with speaking("en"):
        try:
            code = roughly.read(text)
        except ValueError as no:
            assert "early 1990s" in str(no)
        else:
            assert len(code) <= roughly.LONGEST
            assert roughly.read(code) == code
            assert not code or roughly.earliest(code) <= roughly.latest(code)


@given(CODES, CODES)
def test_something_runs_from_the_first_day_meant_to_the_last(since: str, until: str) -> None:
    first, last = roughly.earliest(since), roughly.latest(until)
    for day in (first, last):
        assert roughly.runs_on(day, since, until) == (first <= last)
        assert roughly.runs_on(day, since, "") == (first <= day)
        assert roughly.runs_on(day, "", until) == (day <= last)
        assert roughly.runs_on(day, "", "")


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("1995", date(1995, 1, 1), date(1995, 12, 31)),
        ("1996-02", date(1996, 2, 1), date(1996, 2, 29)),
        ("1995-05-12", date(1995, 5, 12), date(1995, 5, 12)),
        ("1985~", date(1983, 1, 1), date(1987, 12, 31)),
        ("199X", date(1990, 1, 1), date(1999, 12, 31)),
        ("199X-early", date(1990, 1, 1), date(1993, 12, 31)),
        ("199X-late", date(1997, 1, 1), date(1999, 12, 31)),
        ("1995-mid", date(1995, 5, 1), date(1995, 8, 31)),
        ("1995-autumn", date(1995, 9, 1), date(1995, 11, 30)),
    ],
)
def test_the_earliest_and_the_latest_day(code: str, first: date, last: date) -> None:
    assert (roughly.earliest(code), roughly.latest(code)) == (first, last)


def test_it_is_said_as_people_say_it() -> None:
    with speaking("de"):
        assert roughly.say("199X-early") == "Anfang der 1990er"
        assert roughly.since("199X-early") == "seit Anfang der 1990er"
        assert roughly.since("198X") == "seit den 1980er Jahren"
        assert roughly.since("1985~") == "seit etwa 1985"
        assert roughly.since("1995-05-12") == "seit 12. Mai 1995"
        assert roughly.span("1980", "199X-late") == "1980 – Ende der 1990er"
        assert roughly.span("", "200X") == "bis in die 2000er Jahre"
    with speaking("en"):
        assert roughly.since("199X-early") == "since the early 1990s"
        assert roughly.say("1995-05") == "May 1995"
        assert roughly.span("1985~", "") == "since around 1985"
        assert roughly.span("", "1995-late") == "until late 1995"
        assert roughly.span("", "") == ""
