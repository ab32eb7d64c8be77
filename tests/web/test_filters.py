"""The association's Markdown inside a page, and numbers to ring up."""

import pytest

from network.web.filters import dialled, markdown


def test_headings_begin_at_the_same_level_however_they_were_typed():
    assert markdown("# Erstens\n### Tiefer") == "<h2>Erstens</h2>\n<h3>Tiefer</h3>\n"
    assert markdown("## Erstens\n### Tiefer") == "<h2>Erstens</h2>\n<h3>Tiefer</h3>\n"
    assert markdown("## Erstens", 3) == "<h3>Erstens</h3>\n"


def test_raw_html_and_scripts_are_text():
    assert markdown('<script>alert(1)</script> <h1 onclick="x">a</h1>').count("<") == 2
    assert "<a" not in markdown("[a](javascript:alert(1))")


@pytest.mark.parametrize(
    ("written", "number"),
    [("030 / 23125-017", "03023125017"), ("+49 (0)30 23125 017", "+493023125017"), ("(0)30 23125017", "03023125017")],
)
def test_a_number_is_dialled_without_what_makes_it_easy_to_read(written, number):
    assert dialled(written) == number
