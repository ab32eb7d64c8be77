"""What people type: days, times and addresses as people write them, nothing lost, nothing hidden in it."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.datastructures import FormMultiDict

from network.errors import Refused
from network.i18n import speaking
from network.web.fields import Clock, Day, Email, Line, Number, Required, Telephone, Ticks
from network.web.forms import Form


class Visit(Form):
    name = Line("Name")
    email = Email("E-Mail")
    phone = Telephone("Telefon")
    day = Day("Tag")
    clock = Clock("Uhr")


def typed(**values: str) -> Visit:
    form = Visit(FormMultiDict(list(values.items())))
    form.validate()
    return form


@pytest.mark.parametrize(
    "text", ["25.4.2028", "25.04.2028", " 25. 4. 28 ", "25,4,2028", "25 4 2028", "25-4-2028", "25042028", "2028-04-25"]
)
def test_a_day_as_people_write_it(text):
    assert typed(day=text).day.data == date(2028, 4, 25)


@pytest.mark.parametrize(
    "text", ["31.2.2028", "heute", "2028-13-01", "99.99.9999", "4/25/2028", "25.4.", "²5.4.2028", "31.12.9999"]
)
def test_a_day_that_is_none_comes_back_with_words(text):
    form = typed(day=text)

    assert form.day.errors and form.day._value() == text


@pytest.mark.parametrize("text", ["12. Mai 1995", "12 May 1995", "12. mai 1995", "May 12, 1995", "12 mai 1995"])
def test_a_day_as_our_pages_write_it(text):
    assert typed(day=text).day.data == date(1995, 5, 12)


@pytest.mark.parametrize("text", ["Mai 1995", "31. Juni 1995", "um 1995", "Anfang der 1990er", "12. Mäi 1995", "Mai"])
def test_less_than_a_day_or_an_impossible_one_in_words_is_none(text):
    form = typed(day=text)

    assert form.day.errors and form.day.data is None


def test_a_short_year_long_past_is_of_the_last_century():
    assert typed(day="1.1.95").day.data == date(1995, 1, 1)


def test_a_day_is_shown_as_people_write_it_and_as_it_was_typed():
    assert Visit(day=date(2028, 4, 5)).day._value() == "5.4.2028"
    assert typed(day="05.04.28").day._value() == "05.04.28"
    assert 'type="text"' in str(Visit().day())


def test_the_form_of_a_day_is_said_before_what_else_there_is_to_say():
    class Role(Form):
        since = Day("Seit", description="Ohne Angabe: heute.")

    with speaking("de"):
        assert str(Role().since.description) == "Zum Beispiel 25.4.2028. Ohne Angabe: heute."


@pytest.mark.parametrize(
    ("text", "meant"),
    [("10", time(10)), ("10,30", time(10, 30)), ("10:30", time(10, 30)), ("9.15 Uhr", time(9, 15)), ("9 h", time(9))],
)
def test_a_time_as_people_write_it(text, meant):
    assert typed(clock=text).clock.data == meant


@pytest.mark.parametrize("text", ["25:00", "10:99", "zehn"])
def test_a_time_that_is_none_comes_back_with_words(text):
    assert typed(clock=text).clock.errors


@pytest.mark.parametrize(
    "text", ["mara.example.org", "a@b", "a b@example.org", "a@example.org\nBcc: b@example.org", "@"]
)
def test_what_is_no_address_is_refused(text):
    assert typed(email=text).email.errors


def test_an_address_is_kept_in_its_normal_form():
    assert typed(email=" Mara@EXAMPLE.org ").email.data == "Mara@example.org"


@given(st.text(max_size=150))
def test_a_line_is_one_line_without_control_characters(text):
    value = typed(name=text).name.data

    assert "\n" not in value and "\r" not in value and "\x00" not in value


def test_nought_is_an_answer_where_a_number_is_asked_for():
    class Counts(Form):
        no = Number("No", [Required("missing")], least=0, most=9)

    nought, nothing = (Counts(FormMultiDict([("no", text)])) for text in ("0", " "))
    said = [(form.validate(), form.no.data, list(form.no.errors)) for form in (nought, nothing)]

    assert said == [(True, 0, []), (False, None, ["missing"])]


def test_messages_are_german_for_germans_and_english_for_others():
    with speaking("de"):
        german = typed(email="x").email.errors
    with speaking("en"):
        english = typed(email="x").email.errors

    assert (german, english) == (
        ["Bitte geben Sie eine E-Mail-Adresse ein, zum Beispiel name@example.org"],
        ["Please enter an e-mail address, for example name@example.org"],
    )


def test_a_refusal_stands_beside_its_field_or_on_top():
    form = typed(name="Mara")
    with form.refusals():
        raise Refused("kennen wir", "name")
    with form.refusals():
        raise Refused("geschlossen")

    assert (form.name.errors, form.form_errors) == (["kennen wir"], ["geschlossen"])


def test_what_cannot_be_seen_is_taken_out():
    assert typed(name="\u202eMara\u200b Beispiel\ufeff").name.data == "Mara Beispiel"


def test_joiners_stay_because_emoji_need_them():
    assert typed(name="👩\u200d🔧 Mara").name.data == "👩\u200d🔧 Mara"


async def test_a_file_where_text_is_asked_for_is_no_text(client, association):
    page = await client.get("/sign-in")
    token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
    answer = await client.post("/sign-in", data={"_csrf_token": token}, files={"email": ("a.txt", b"x")})

    assert answer.status_code == 422


async def test_a_field_name_nobody_gave_is_passed_over(client, association):
    page = await client.get("/sign-in")
    token = page.text.split('name="_csrf_token" value="')[1].split('"')[0]
    answer = await client.post("/sign-in", data={"_csrf_token": token, "people-²-name": "x", "email": ""})

    assert answer.status_code == 422


async def test_a_visitor_may_go_back_to_a_form_and_the_office_leaves_nothing_behind(client, association):
    assert (await client.get("/sign-in")).headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    "text", ["030 23125 017", "+49 (0)30/23125-17", "  0049 30 23125017 ", "030.23125.17", "030 23125 – 0", "4711", ""]
)
def test_a_telephone_number_stays_as_its_owner_writes_it(text):
    form = typed(phone=text)

    assert (list(form.phone.errors), form.phone.data) == ([], text.strip())


@pytest.mark.parametrize(
    "text",
    ["mobil 0151", "030", "(((-)))", "++49 30 1234", "javascript:1234", "1" * 41, "٠٣٠٢٣١٢٥", "030 2312\x005 ext"],
)
def test_a_telephone_number_that_is_none_comes_back_with_words(text):
    form = typed(phone=text)

    with speaking("de"):
        again = typed(phone=text)
    assert form.phone.errors
    assert again.phone.errors == ["Bitte geben Sie eine Telefonnummer ein, zum Beispiel 030 23125 000"]


def test_what_cannot_be_ticked_is_said_in_our_words_in_both_languages():
    class Several(Form):
        some = Ticks("Some")

    def said(language: str) -> list[str]:
        with speaking(language):
            form = Several(FormMultiDict([("some", "gAI8aTxK3rQb2nYw")]))
            form.some.offer({"a": "A"})
            form.validate()
        return list(form.some.errors)

    [german], [english] = said("de"), said("en")
    assert german.startswith("Etwas Angekreuztes steht nicht oder nicht mehr zur Auswahl.")
    assert english.startswith("Something that was ticked cannot be chosen")
