"""The association's Markdown inside a page, and numbers to ring up."""

import pytest
from bs4 import BeautifulSoup

from network import i18n
from network.web.filters import dialled, in_german, markdown, unbroken


def test_headings_begin_at_the_same_level_however_they_were_typed():
    assert markdown("# Erstens\n### Tiefer") == "<h2>Erstens</h2>\n<h3>Tiefer</h3>\n"
    assert markdown("## Erstens\n### Tiefer") == "<h2>Erstens</h2>\n<h3>Tiefer</h3>\n"
    assert markdown("## Erstens", 3) == "<h3>Erstens</h3>\n"


def test_raw_html_and_scripts_are_text():
    assert markdown('<script>alert(1)</script> <h1 onclick="x">a</h1>').count("<") == 2
    assert "<a" not in markdown("[a](javascript:alert(1))")


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("am 4. Mai 2028, 10:00–16:00 Uhr", "10:00–16:00 Uhr"),
        ("May 4, 10:00–16:00", "10:00–16:00"),
        ("Büro: +49 (0)30 / 23125-017", "+49 (0)30 / 23125-017"),
        ("34117 Kassel, 2. Etage <b>", ""),
    ],
)
def test_hours_and_numbers_stay_on_one_line(text, whole):
    told = BeautifulSoup(unbroken(text), "html.parser")

    assert ([span.text for span in told.find_all("span")], told.text) == ([whole] if whole else [], text)


def test_words_kept_in_german_say_so_on_an_english_page():
    with i18n.speaking("en"):
        told = in_german("Represented by: A & B (Vorsitz)", "A & B (Vorsitz)")

    assert told == 'Represented by: <span lang="de">A &amp; B (Vorsitz)</span>'
    assert in_german("Vertreten durch: A", "A") == "Vertreten durch: A"


@pytest.mark.parametrize(
    ("written", "number"),
    [("030 / 23125-017", "03023125017"), ("+49 (0)30 23125 017", "+493023125017"), ("(0)30 23125017", "03023125017")],
)
def test_a_number_is_dialled_without_what_makes_it_easy_to_read(written, number):
    assert dialled(written) == number
