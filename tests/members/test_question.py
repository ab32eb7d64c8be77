"""Whom a line of a spreadsheet means: where number and name say two, or one name stands for two, it is asked."""

from datetime import date

import pytest
from bs4 import BeautifulSoup

from network.errors import Refused
from network.i18n import speaking
from network.members import importing, membership, moving, organisation
from network.members.importing import Check, result, sentences
from network.members.tables import Import, Membership, Organisation
from tests.browser import send, submit
from tests.members.make import as_csv, member

HEADER = ["Nr.", "Mitglied", "PLZ", "Ort", "Mitglied seit", "Mitglied bis"]


@pytest.fixture(autouse=True)
def in_english():
    with speaking("en"):
        yield


async def read(*lines: list[str]) -> Import:
    return await importing.read("members.csv", as_csv([HEADER, *lines]))


async def said(load: Import) -> list[str]:
    found: Check = await importing.check(load)
    return [sentence for outcome in found.needy for sentence in sentences(outcome)]


async def offered(load: Import) -> dict[str, str]:
    return {one.key: one.words for outcome in (await importing.check(load)).needy for one in outcome.answers}


async def leineaue_and_mainfeld() -> tuple[Organisation, Organisation]:
    return (
        await member("Leineaue Teilhabe gGmbH", number="M09", postal_code="30159", town="Hannover"),
        await member("Mainfeld Arbeitswege e. V.", number="M08", postal_code="60311", town="Frankfurt"),
    )


async def test_a_line_with_the_number_of_one_and_the_name_of_another_asks_who_is_meant(at_sunday):
    await leineaue_and_mainfeld()

    load = await read(["M09", "Mainfeld Arbeitswege e. V.", "60311", "Frankfurt", "", ""])

    [sentence] = await said(load)
    assert sentence == (
        "Line 2: The number M09 is that of Leineaue Teilhabe gGmbH, the name that of Mainfeld Arbeitswege e. V.; "
        "please say who is meant."
    )
    with pytest.raises(Refused):
        await importing.store(load)


@pytest.mark.parametrize(
    ("answer", "towns"),
    [("number", ["Frankfurt", "Frankfurt am Main"]), ("name", ["Hannover", "Frankfurt"])],
)
async def test_the_office_says_which_of_the_two(at_sunday, answer, towns):
    _leineaue, mainfeld = await leineaue_and_mainfeld()
    await organisation.change(mainfeld, town="Frankfurt am Main")
    load = await read(["M09", "Mainfeld Arbeitswege e. V.", "60311", "Frankfurt", "", ""])

    await importing.answer(load, 2, answer)
    await importing.store(load)

    rows = await Organisation.objects().order_by(Organisation.id)
    assert [(row.name, row.town) for row in rows] == list(
        zip(["Leineaue Teilhabe gGmbH", "Mainfeld Arbeitswege e. V."], towns, strict=True)
    )


async def test_a_line_in_other_letters_means_the_same_number(at_sunday):
    await leineaue_and_mainfeld()

    assert await said(await read(["m 09", "Leineaue Teilhabe gGmbH", "30159", "Hannover", "", ""])) == []
    assert (await importing.check(await read(["m09", "Leineaue", "30159", "Hannover", "", ""]))).kinds == {"changed": 1}


async def test_one_name_under_two_numbers_in_a_file_is_asked_about(at_sunday):
    load = await read(
        ["M1", "Zwilling e. V.", "10115", "Berlin", "01.01.2020", ""],
        ["M2", "Zwilling e. V.", "80331", "München", "01.01.2021", ""],
    )

    assert await said(load) == [
        "Line 3: Line 2 has the same name and the number M1; please say whether it is the same member."
    ]
    assert await offered(load) == {
        "same": "It is the one with the number M1",
        "another": "It is another organisation of the same name",
    }
    with pytest.raises(Refused):
        await importing.store(load)
    assert await Organisation.count() == 0


async def test_two_organisations_of_one_name_come_in_when_somebody_said_so(at_sunday):
    lines = [
        ["M1", "Zwilling e. V.", "10115", "Berlin", "01.01.2020", ""],
        ["M2", "Zwilling e. V.", "80331", "München", "01.01.2021", ""],
    ]
    load = await read(*lines)
    await importing.answer(load, 3, "another")

    assert result(await importing.store(load)) == "2 new, 0 changed, 0 unchanged."
    assert await said(await read(*lines)) == []
    assert result(await importing.store(await read(*lines))) == "0 new, 0 changed, 2 unchanged."


async def test_a_known_name_with_a_new_number_may_be_another_organisation(at_sunday):
    await leineaue_and_mainfeld()
    load = await read(["M77", "Mainfeld Arbeitswege e. V.", "24103", "Kiel", "01.01.2024", ""])

    await importing.answer(load, 2, "another")
    await importing.store(load)

    assert sorted(await Membership.select(Membership.number).output(as_list=True)) == ["M08", "M09", "M77"]
    assert await Organisation.count() == 3


async def test_a_name_that_two_members_have_needs_the_number(at_sunday):
    await member("Zwilling e. V.", number="M1", town="Berlin")
    await member("Zwilling e. V.", number="M2", town="München")

    load = await read(["", "Zwilling e. V.", "24103", "Kiel", "", ""])

    assert await said(load) == [
        "Line 2: Several are called Zwilling e. V.; please enter the number of the one that is meant."
    ]
    assert await offered(load) == {"number0": "It is Zwilling e. V., M1", "number1": "It is Zwilling e. V., M2"}


async def test_a_list_of_people_asks_too(at_sunday):
    await leineaue_and_mainfeld()
    lines = [
        ["Nr.", "Organisation", "Name", "Funktion"],
        ["M09", "Mainfeld Arbeitswege", "Ada Roth", "Geschäftsführung"],
    ]
    load = await importing.read("people.csv", as_csv(lines))

    [sentence] = await said(load)
    await importing.answer(load, 2, "name")
    [outcome] = (await importing.check(load)).outcomes

    assert "please say who is meant" in sentence
    assert (outcome.problems, outcome.house.name) == ({}, "Mainfeld Arbeitswege e. V.")


async def test_an_answer_goes_into_a_file_without_a_column_for_it(at_sunday):
    await member("Zwilling e. V.", number="M1", town="Berlin")
    await member("Zwilling e. V.", number="M2", town="München")
    load = await importing.read("members.csv", as_csv([["Mitglied", "Telefon"], ["Zwilling e. V.", "030 1"]]))

    await importing.answer(load, 2, "number1")
    await importing.store(load)

    assert await Organisation.select(Organisation.phone).order_by(Organisation.id).output(as_list=True) == ["", "030 1"]


async def test_an_answer_to_what_was_mended_meanwhile_is_refused(at_sunday):
    await leineaue_and_mainfeld()
    load = await read(["M09", "Mainfeld Arbeitswege e. V.", "60311", "Frankfurt", "", ""])
    await importing.mend(load, 2, {"number": "M08"})

    with pytest.raises(Refused, match="has changed since"):
        await importing.answer(load, 2, "number")


async def test_a_membership_that_was_is_joined_to_the_one_that_is(at_sunday):
    """An office gives a new number to whoever comes back."""
    row = await member("Wieder da e. V.", number="M3", since=date(2001, 1, 1))
    await Membership.update({Membership.until: date(2005, 12, 31)}).where(Membership.organisation == row.id)

    load = await read(
        ["M3", "Wieder da e. V.", "24103", "Kiel", "01.01.2001", "31.12.2005"],
        ["M4", "Wieder da e. V.", "24103", "Kiel", "01.01.2020", ""],
    )

    assert await said(load) == []
    await importing.store(load)
    assert len(await membership.history(row)) == 2


async def test_the_name_of_another_is_not_taken_in_a_form(at_sunday):
    leineaue, mainfeld = await leineaue_and_mainfeld()

    with pytest.raises(Refused, match=r"Mainfeld Arbeitswege e\. V\. · Frankfurt is entered already") as no:
        await moving.change(leineaue, name="Mainfeld Arbeitswege e. V.")

    assert no.value.field == "name"
    await moving.change(leineaue, name="Mainfeld Arbeitswege e. V.", is_another=True)
    assert (await organisation.by_reference(leineaue.reference)).name == mainfeld.name


async def test_the_office_reads_the_question_and_answers_it_with_a_click(at_sunday, desk):
    await leineaue_and_mainfeld()
    load = await read(["M09", "Mainfeld Arbeitswege e. V.", "60311", "Frankfurt", "", ""])

    shown = await desk.get(f"/office/members/import/{load.reference}")
    forms = BeautifulSoup(shown.text, "html.parser").select("main form")
    there = [form["action"] for form in forms]
    await send(desk, shown, form=there.index(f"/office/members/import/{load.reference}/lines/2/answer/name"))

    assert "Es ist Leineaue Teilhabe gGmbH, M09" in shown.text
    assert "Es ist Mainfeld Arbeitswege e. V., M08" in shown.text
    assert (await importing.check(load)).needy == []


async def test_the_office_says_in_the_form_that_they_are_two(at_sunday, desk):
    leineaue, mainfeld = await leineaue_and_mainfeld()
    there = f"/office/members/{leineaue.reference}/edit"

    asked = await submit(desk, there, name=mainfeld.name)
    stored = await send(desk, asked, is_another="y")

    assert (asked.status_code, stored.status_code) == (422, 303)
    assert "Es ist eine andere Organisation mit demselben Namen" in asked.text


async def test_a_name_that_is_too_long_is_said_to_be_so(at_sunday):
    load = await read(["M41", "x" * 5000, "60311", "Frankfurt", "", ""])

    assert await said(load) == ["Line 2: This is longer than 200 characters."]
