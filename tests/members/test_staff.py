"""A sheet of people alone: recognised, each under the known organisation, shown before it is stored, taken back whole."""

import io
from datetime import date

import openpyxl
import pytest
from bs4 import BeautifulSoup

from network.errors import Refused
from network.i18n import speaking
from network.members import function, importing, membership, organisation, undoing
from network.members.importing import result, sentences
from network.members.tables import Function, FunctionKind, Import, Organisation
from network.people import person
from network.people.tables import Person
from tests.browser import submit
from tests.members.make import a_site, as_csv, member

HEADER = ["Name", "Funktion", "E-Mail", "Organisation"]


@pytest.fixture(autouse=True)
def in_english():
    with speaking("en"):
        yield


@pytest.fixture
async def linde(at_sunday) -> Organisation:
    return await member("Lindenhof gGmbH", number="M1")


async def read(*lines: list[str], header: list[str] = HEADER) -> Import:
    return await importing.read("people.csv", as_csv([header, *lines]))


async def stored(*lines: list[str], header: list[str] = HEADER) -> str:
    return result(await importing.store(await read(*lines, header=header)))


async def said(*lines: list[str], header: list[str] = HEADER) -> list[str]:
    found = await importing.check(await read(*lines, header=header))
    return [sentence for outcome in found.needy for sentence in sentences(outcome)]


async def held() -> list[tuple[str, str, str, str]]:
    rows = await Function.objects(Function.person, Function.organisation).order_by(Function.id)
    return [(row.person.name, row.kind, row.title, row.organisation.name) for row in rows]


async def test_people_come_under_the_organisation_that_is_known_by_name_or_number(linde):
    other = await member("Ahornblick e. V.", number="M2")

    told = await stored(
        ["Ella Brandt", "Geschäftsführung", "ella@example.org", "Lindenhof", ""],
        ["Cem Holz", "Leitung Hauswirtschaft", "", "", "M2"],
        header=[*HEADER, "Mitgliedsnr."],
    )

    assert told == "2 new, 0 changed, 0 unchanged."
    assert await held() == [
        ("Ella Brandt", FunctionKind.DIRECTOR, "", linde.name),
        ("Cem Holz", FunctionKind.CONTACT, "Leitung Hauswirtschaft", other.name),
    ]
    assert (await Person.objects().get(Person.name == "Ella Brandt")).email == "ella@example.org"


async def test_the_same_sheet_again_changes_nothing_and_another_one_what_is_different(linde):
    lines = [["Ella Brandt", "Qualitätsbeauftragte", "ella@example.org", "Lindenhof"]]
    await stored(*lines)

    again = await stored(*lines)
    more = await stored(
        ["Brandt, Ella", "QM", "ella@example.org", "Lindenhof", "0561 1234"], header=[*HEADER, "Telefon"]
    )

    assert (again, more) == ("0 new, 0 changed, 1 unchanged.", "0 new, 1 changed, 0 unchanged.")
    assert (await Person.objects().first()).phone == "0561 1234"
    assert (await Person.count(), await Function.count()) == (1, 1)


async def test_one_person_with_two_functions_is_entered_once(linde):
    await stored(
        ["Ella Brandt", "Geschäftsführung", "", "Lindenhof"], ["Ella Brandt", "Beiträge", "", "Lindenhof"],
    )  # fmt: skip

    assert (await Person.count(), await Function.count()) == (1, 2)


async def test_an_organisation_left_blank_is_the_one_above_and_names_may_have_two_columns(linde):
    await stored(
        ["Lindenhof", "Brandt", "Ella", "Geschäftsführung"], ["", "Holz", "Cem", "Kontakt"],
        header=["Mitglied", "Nachname", "Vorname", "Position"],
    )  # fmt: skip

    assert [(name, house) for name, _kind, _title, house in await held()] == [
        ("Ella Brandt", linde.name), ("Cem Holz", linde.name),
    ]  # fmt: skip


async def test_what_cannot_be_is_refused_with_its_line_and_a_sentence(linde):
    await person.enter("Zoe Wald", "zoe@example.org")
    tarek = await person.enter("Tarek Linn", "tarek@example.org")
    await function.appoint(linde, tarek, FunctionKind.VOTING_DELEGATE)
    await a_site(linde, "Bonn", "53111")
    await a_site(linde, "Kiel", "24103")

    told = await said(
        ["Ella Brandt", "GF", "", "Nirgends e. V."],
        ["Ella Brandt", "GF", "zoe@example.org", "Lindenhof"],
        ["Tarek Linn", "GF", "other@example.org", "Lindenhof"],
        ["Ella Brandt", "Stimmberechtigte Person", "", "Lindenhof"],
        ["Ella Brandt", "Standortleitung", "", "Lindenhof"],
        ["", "GF", "", "Lindenhof"],
        ["Cem Holz", "GF", "", "Lindenhof"],
        ["Cem Holz", "Geschäftsführer", "", "Lindenhof"],
        ["=A1", "GF", "", "Lindenhof"],
    )

    assert told == [
        "Line 2: Nobody is known here as “Nirgends e. V.”: please enter the organisation first, or leave out the line.",
        "Line 3: This address belongs to Zoe Wald.",
        "Line 4: Here the address of Tarek Linn is tarek@example.org; another one is entered on the person's page.",
        "Line 5: There is one voting delegate at a time, and in these days it is Tarek Linn.",
        "Line 6: Please name the site.",
        "Line 7: First and last name is missing.",
        "Line 9: An earlier line gives the same function.",
        "Line 10: “=A1” looks like a formula.",
    ]
    with pytest.raises(Refused):
        await stored(["Ella Brandt", "GF", "", "Nirgends e. V."])
    assert await Person.count() == 2


async def test_whoever_leads_a_site_is_entered_there(linde):
    await a_site(linde, "Bonn", "53111")
    kiel = await a_site(linde, "Kiel", "24103")

    await stored(
        ["Ella Brandt", "Standortleitung", "Lindenhof", "Kiel", "1.3.2020"],
        header=["Name", "Funktion", "Mitglied", "Standort", "Seit"],
    )

    row = await Function.objects().first()
    assert (row.site, row.kind, row.since) == (kiel.id, FunctionKind.SITE_MANAGER, date(2020, 3, 1))


async def test_the_file_is_taken_back_as_a_whole(linde):
    ella = await person.enter("Ella Brandt", "ella@example.org")
    load = await read(
        ["Ella Brandt", "GF", "ella@example.org", "Lindenhof", "0561 1"], ["Cem Holz", "QM", "", "Lindenhof", ""],
        header=[*HEADER, "Telefon"],
    )  # fmt: skip
    await importing.store(load)
    preview = await undoing.preview(load)

    await undoing.undo(load)

    assert (preview.gone, preview.restored) == ({"held_function": 2, "person": 1}, {"person": 1})
    assert (await Function.count(), [one.name for one in await Person.objects()]) == (0, ["Ella Brandt"])
    assert (await Person.objects().get(Person.id == ella.id)).phone == ""


async def test_nothing_is_taken_back_once_somebody_used_what_came(linde):
    load = await read(["Cem Holz", "QM", "", "Lindenhof"])
    await importing.store(load)
    cem = await Person.objects().first()
    await function.appoint(linde, cem, FunctionKind.CONTACT)

    with pytest.raises(Refused) as no:
        await undoing.undo(load)

    assert "Cem Holz" in no.value.words
    assert await Function.count() == 2


async def test_a_list_of_members_that_names_contacts_stays_one_and_our_own_sheet_of_people_comes_in(linde, desk):
    contacts = as_csv([["Mitglied", "PLZ", "Ort", "Ansprechpartner", "Funktion"],
                       ["Neu e. V.", "53111", "Bonn", "Ella Brandt", "GF"]])  # fmt: skip
    of_members = await importing.check(await importing.read("members.csv", contacts))
    ella = await person.enter("Ella Brandt", "ella@example.org")
    await function.appoint(linde, ella, FunctionKind.DIRECTOR, since=date(2020, 1, 1))

    book = openpyxl.load_workbook(io.BytesIO((await desk.get("/office/members/as/xlsx?sheet=people")).content))
    file = io.BytesIO()
    book.save(file)
    found = await importing.check(await importing.read("own.xlsx", file.getvalue()))

    assert [outcome.kind for outcome in of_members.outcomes] == ["new"]
    assert [(outcome.kind, outcome.problems) for outcome in found.outcomes] == [("same", {})]


async def test_the_page_shows_who_would_come_where_and_lines_are_mended_there(linde, desk):
    file = as_csv(
        [HEADER, ["Ella Brandt", "GF", "ella@example.org", "Lindenhof"], ["Cem Holz", "QM", "", "Lindenhoff"]]
    )

    sent = await submit(desk, "/office/members/import", files={"file": ("leute.csv", file)})
    there = sent.headers["location"]
    page = BeautifulSoup((await desk.get(there)).text, "html.parser")
    mended = await submit(desk, there, form=1, line3__name="Lindenhof")
    ready = BeautifulSoup((await desk.get(there)).text, "html.parser")

    assert "Als „Lindenhoff“ ist hier niemand bekannt" in page.get_text()
    [shown] = [row.get_text(" ", strip=True) for row in page.select("tbody tr")]
    assert shown == (
        "2 Ella Brandt Lindenhof gGmbH neu Vor- und Nachname: Ella Brandt E-Mail-Adresse: ella@example.org "
        "Aufgabe: Geschäftsführung"
    )
    assert mended.status_code == 303
    assert len(ready.select("tbody tr")) == 2
    assert "2 Zeilen übernehmen" in ready.get_text()


async def test_organisations_that_are_no_members_have_people_too(at_sunday):
    await organisation.enter("Gast gGmbH")
    gone = await member("Fort e. V.")
    await membership.resign(gone, until=date(2020, 1, 1))

    assert await stored(["Ella Brandt", "GF", "", "Gast"], ["Cem Holz", "QM", "", "Fort"]) == (
        "2 new, 0 changed, 0 unchanged."
    )
