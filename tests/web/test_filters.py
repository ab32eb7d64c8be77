"""The association's Markdown inside a page."""

from network.web.filters import markdown


def test_headings_begin_at_the_same_level_however_they_were_typed():
    assert markdown("# Erstens\n### Tiefer") == "<h2>Erstens</h2>\n<h3>Tiefer</h3>\n"
    assert markdown("## Erstens\n### Tiefer") == "<h2>Erstens</h2>\n<h3>Tiefer</h3>\n"
    assert markdown("## Erstens", 3) == "<h3>Erstens</h3>\n"


def test_raw_html_and_scripts_are_text():
    assert markdown('<script>alert(1)</script> <h1 onclick="x">a</h1>').count("<") == 2
    assert "<a" not in markdown("[a](javascript:alert(1))")
