"""Templates in one language: what stands there as a text is translated once, whoever's words fill its gaps."""

import pytest
from markupsafe import Markup

from network import i18n
from network.templating import Speaking


@pytest.fixture(params=["de", "en"])
def language(request) -> str:
    return request.param


def shown(language: str, source: str, *, autoescape: bool = True, **values: object) -> str:
    with i18n.speaking(language):
        return Speaking(language, autoescape=autoescape).from_string(source).render(**values)


def test_a_text_is_in_the_language_of_its_environment():
    assert (shown("de", '{{ _("Events") }}'), shown("en", '{{ _("Events") }}')) == ("Veranstaltungen", "Events")


def test_what_fills_a_gap_is_escaped_on_pages_and_left_alone_in_letters(language):
    source = '{{ _("Take out the %(number)s. person", number=who) }}'

    assert "&lt;b&gt;" in shown(language, source, who="<b>")
    assert "<b>" in shown(language, source, who="<b>", autoescape=False)
    assert "<b>" in shown(language, source, who=Markup("<b>"))


def test_a_number_chooses_its_words_and_is_written_as_the_language_writes_it():
    source = '{{ ngettext("One event", "%(num)s events", found) }}'

    assert [shown("de", source, found=number) for number in (0, 1, 1200)] == [
        "0 Veranstaltungen",
        "Eine Veranstaltung",
        "1.200 Veranstaltungen",
    ]
    assert shown("en", source, found=1200) == "1,200 events"


def test_a_text_that_only_the_page_knows_is_looked_up_when_it_is_shown():
    assert shown("de", "{{ _(label) }}", label="Events") == "Veranstaltungen"
    assert shown("de", "{{ _(label) }}", label="") == ""
