"""From an office's spreadsheet into the directory: all lines or none, and the same file twice changes nothing."""

import asyncio
from datetime import date

import pytest

from network.activity import Activity
from network.errors import Refused
from network.i18n import speaking
from network.members import directory, importing, lands, organisation
from network.members.importing import result, sentences, summary
from network.members.selection import Selection
from network.members.tables import Import, ImportLine, Membership, Organisation, Site
from tests.members.make import GERMAN_HEADER, a_site, as_csv, german_rows, member, the_file, the_ten

LONG_AGO = date(2001, 1, 1)  # asked of whoever stores a file that does not tell


@pytest.fixture(autouse=True)
def in_english():
    with speaking("en"):
        yield


async def brought_in(content: bytes) -> str:
    load = await importing.read("members.csv", content)
    return result(await importing.store(load, since=LONG_AGO))


async def said(content: bytes) -> list[str]:
    found = await importing.check(await importing.read("members.csv", content))
    return [sentence for outcome in found.needy for sentence in sentences(outcome)]


def one(**cells: str) -> bytes:
    return as_csv([list(cells), list(cells.values())])


async def test_the_ten_members_come_in_with_their_sites(at_sunday):
    assert await brought_in(the_file()) == "23 new, 0 changed, 0 unchanged."

    counts = await directory.counts()
    dresden = await Site.objects().get(Site.town == "Dresden")
    assert directory.in_words(counts) == "10 members, 23 sites, as of today"
    assert (dresden.postal_code, dresden.code, dresden.land, dresden.places) == ("01067", "S17", "SN", 36)
    assert (await Membership.objects().get(Membership.number == "M10")).since == date(2016, 1, 1)


async def test_the_same_file_again_changes_nothing(at_sunday):
    await brought_in(the_file())
    before = [await table.select().order_by(table.id) for table in (Organisation, Membership, Site)]

    again = await brought_in(the_file())

    assert again == "0 new, 0 changed, 23 unchanged."
    assert [await table.select().order_by(table.id) for table in (Organisation, Membership, Site)] == before


async def test_a_file_without_numbers_recognises_its_lines_too(at_sunday):
    rows = [[row[1], row[5], row[6], f"Weg {place}"] for place, row in enumerate(german_rows())]
    content = as_csv([["Mitglied", "PLZ", "Ort", "Straße"], *rows]).replace(b"Mitglied;", b"Mitglied;", 1)
    content = as_csv([["Mitglied", "Standort PLZ", "Ort Standort", "Straße Standort"], *rows])

    first, second = await brought_in(content), await brought_in(content)

    assert (first, second) == ("23 new, 0 changed, 0 unchanged.", "0 new, 0 changed, 23 unchanged.")
    assert (await directory.counts()).members == 10


async def test_the_directory_entered_by_hand_is_recognised(at_sunday):
    await the_ten()
    founding = {"1995": "12.05.1995"}  # nobody was a member before
    rows = [[*row[:3], founding.get(row[3], row[3]), *row[4:]] for row in german_rows()]

    assert await brought_in(as_csv([GERMAN_HEADER, *rows])) == "0 new, 0 changed, 23 unchanged."


async def test_changes_are_shown_before_they_are_stored(at_sunday):
    await brought_in(the_file())
    rows = german_rows()
    rows[0][1] = "Neckarbogen Teilhabe gGmbH"
    for row in rows[1:6]:
        row[1] = "Neckarbogen Teilhabe gGmbH"
    rows[16][-1] = "40"

    load = await importing.read("members.csv", as_csv([GERMAN_HEADER, *rows]))
    outcomes = (await importing.check(load)).outcomes
    [renamed] = outcomes[0].member.changes
    [more] = outcomes[16].changes

    assert (renamed.column, renamed.before, renamed.after) == (
        "name", "Neckarbogen Reha und Arbeit gGmbH", "Neckarbogen Teilhabe gGmbH",
    )  # fmt: skip
    assert (more.column, more.before, more.after) == ("places", 36, 40)
    assert result(await importing.store(load)) == "0 new, 2 changed, 21 unchanged."
    assert (
        await Organisation.objects().get(Organisation.name == "Neckarbogen Teilhabe gGmbH")
    ).key == "neckarbogen teilhabe"


async def test_blank_cells_leave_what_is_known(at_sunday):
    await member("Alt e. V.", number="M1", email="alt@example.org", town="Bonn")

    assert await brought_in(one(**{"Mitglied": "Alt e. V.", "Nr.": "M1", "E-Mail": "", "Ort": "Köln"})) == (
        "0 new, 1 changed, 0 unchanged."
    )
    row = await organisation.known("alt")
    assert (row.email, row.town) == ("alt@example.org", "Köln")


async def test_two_lines_need_somebody_and_are_mended(at_sunday):
    rows = german_rows()
    rows[12][5] = ""
    rows[20][5] = "6031"
    rows[20][9] = "86,82"
    load = await importing.read("members.csv", as_csv([GERMAN_HEADER, *rows]))

    found = await importing.check(load)
    told = [sentence for outcome in found.needy for sentence in sentences(outcome)]
    with pytest.raises(Refused):
        await importing.store(load)
    await importing.mend(load, 14, {"site_postal_code": " 24103 "})
    await importing.leave_out(load, 22)

    assert summary(found) == "21 lines are ready, 2 need you."
    assert told == [
        "Line 14: Postcode is missing.",
        "Line 22: 86,82 does not lie in Germany; are latitude and longitude exchanged?.",
    ]
    assert result(await importing.store(load)) == "22 new, 0 changed, 0 unchanged."
    assert await Site.count() == 22


async def test_a_line_that_was_left_out_can_come_back(at_sunday):
    load = await importing.read("members.csv", the_file())
    await importing.leave_out(load, 2)
    await importing.take_back(load, 2)

    assert (await importing.check(load)).ready == 23


async def test_nothing_is_stored_twice(at_sunday):
    load = await importing.read("members.csv", the_file())
    await importing.store(load)

    for deed in (importing.store(load), importing.mend(load, 2, {"name": "X"}), importing.give_up(load)):
        with pytest.raises(Refused):
            await deed


@pytest.mark.postgres
async def test_two_files_stored_at_once_see_each_other(at_sunday):
    loads = [await importing.read("members.csv", the_file()) for _ in range(3)]

    await asyncio.gather(*(importing.store(load) for load in loads))

    stored = await Import.select(Import.created, Import.unchanged).order_by(Import.created)
    assert [tuple(row.values()) for row in stored] == [(0, 23), (0, 23), (23, 0)]
    assert (await directory.counts()).sites == 23


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"Mitglied": "A", "PLZ": "", "Ort": "B"}, "Postcode is missing"),
        ({"Mitglied": "", "PLZ": "12345", "Ort": "B"}, "Member is missing"),
        ({"Mitglied": "A", "PLZ": "123", "Ort": "B"}, "“123” is not a postal code of five digits"),
        ({"Mitglied": "=1+1", "PLZ": "12345"}, "“=1+1” looks like a formula"),
        ({"Mitglied": "A", "PLZ": "12345", "E-Mail": "a@b"}, "“a@b” is not an e-mail address"),
        ({"Mitglied": "A", "PLZ": "12345", "Website": "javascript:alert(1)"},
         "“javascript:alert(1)” is not an address of a website"),
        ({"Mitglied": "A", "PLZ": "12345", "Land": "Tirol"}, "“Tirol” is not one of the sixteen Länder"),
        ({"Mitglied": "A", "PLZ": "12345", "Mitglied seit": "31.2.1999"},
         "“31.2.1999” is not a day; please write it like 25.4.2028"),
        ({"Mitglied": "A", "PLZ": "12345", "Mitglied seit": "1999", "Mitglied bis": "1998"},
         "The end lies before the beginning"),
        ({"Mitglied": "A", "PLZ": "12345", "Mitglied seit": "1.1.2150"}, "“1.1.2150” is no day between 1800 and 2037"),
        ({"Mitglied": "A" * 201, "PLZ": "12345"}, "This is longer than 200 characters"),
        ({"Mitglied": "A", "Standort": "B", "PLZ": "12345", "Ort": "C", "Plätze": "viele"}, "“viele” is not a whole number"),
        ({"Mitglied": "A", "Standort": "B", "PLZ": "12345", "Ort": "C", "eröffnet": "1492"}, "“1492” is not a year"),
        ({"Nr.": "M77", "PLZ": "12345", "Ort": "C"}, "Nobody has the number M77; please enter the name"),
    ],
)  # fmt: skip
async def test_each_bad_cell_says_what_is_wrong(at_sunday, cells, words):
    assert await said(one(**cells)) == [f"Line 2: {words}."]


async def test_lines_of_one_member_must_not_contradict_each_other(at_sunday):
    content = as_csv([
        ["Nr.", "Mitglied", "E-Mail", "PLZ", "Ort", "Standort"],
        ["M1", "Eins e. V.", "eins@example.org", "12345", "B", "Haus 1"],
        ["M1", "Eins e.V.", "zwei@example.org", "12346", "B", "Haus 2"],
        ["M1", "Eins e. V.", "", "12345", "B", "Haus 1"],
    ])  # fmt: skip

    assert await said(content) == [
        "Line 3: E-mail is different from line 2 of the same member.",
        "Line 4: An earlier line names the same site.",
    ]


async def test_a_number_of_another_is_not_taken_over(at_sunday):
    await member("Alt e. V.", number="M1")
    other = await member("Fremd e. V.", number="M2")
    await a_site(other, "Bonn", "53111", code="S1")

    assert await said(one(**{"Nr.": "M9", "Mitglied": "Alt e. V."})) == [
        "Line 2: In the directory this member has the number M1."
    ]
    assert await said(one(**{"Mitglied": "Alt e. V.", "Standort-Nr.": "S1", "PLZ": "53111", "Ort": "Bonn"})) == [
        "Line 2: Another member's site has the number S1."
    ]


async def test_a_guest_becomes_a_member_without_a_second_entry(at_sunday):
    guest = await organisation.of_visitor("Lebensweg gGmbH")

    await brought_in(one(**{"Mitglied": "Lebensweg gGmbH", "Nr.": "M11", "PLZ": "34117"}))

    assert await Organisation.count() == 1
    assert (await directory.listed(Selection()))[0].id == guest.id


async def test_the_terminal_says_the_same_and_stores_all_or_nothing(at_sunday, tmp_path):
    good, bad = tmp_path / "gut.csv", tmp_path / "schlecht.csv"
    good.write_bytes(the_file())
    bad.write_bytes(the_file().replace(b"68161", b""))

    with pytest.raises(Refused) as no:
        await importing.from_terminal(bad)
    untouched = (await Organisation.count(), await Import.count(), await ImportLine.count())

    assert no.value.words == ("22 lines are ready, 1 needs you.\nLine 2: Postcode is missing.\nNothing was stored.")
    assert untouched == (0, 0, 0)
    assert await importing.from_terminal(good) == (
        "23 lines are ready.\n23 new, 0 changed, 0 unchanged.\n10 members, 23 sites, as of today"
    )
    with pytest.raises(Refused):
        await importing.from_terminal(tmp_path / "fehlt.csv")


async def test_what_is_stored_leaves_its_mark(at_sunday):
    await brought_in(the_file())

    verbs = [row["verb"] for row in await Activity.select(Activity.verb)]
    assert {verb: verbs.count(verb) for verb in verbs} == {
        "spreadsheet read": 1, "organisation entered": 10, "became a member": 10, "site entered": 10,
        "spreadsheet stored": 1,
    }  # fmt: skip


async def test_a_list_of_members_without_sites_says_how_many_are_new(at_sunday):
    content = as_csv(
        [["Mitglied", "PLZ", "Mitglied seit"], ["Eins e. V.", "12345", "2001"], ["Zwei e. V.", "12345", "2002"]]
    )

    told = [await brought_in(content), await brought_in(content.replace(b"12345", b"54321", 1))]

    assert told == ["2 new, 0 changed, 0 unchanged.", "0 new, 1 changed, 1 unchanged."]


async def test_since_when_somebody_is_a_member_is_asked_and_never_invented(at_sunday):
    load = await importing.read("members.csv", one(Mitglied="Neu e. V.", PLZ="12345"))

    with pytest.raises(Refused, match="does not say since when one new member belongs to you"):
        await importing.store(load)
    with pytest.raises(Refused, match="between 1800 and 2037"):
        await importing.store(load, since=date(2150, 1, 1))
    untouched = await Organisation.count()
    await importing.store(load, since=date(2014, 7, 1))

    assert (untouched, (await Membership.objects().get(Membership.id > 0)).since) == (0, date(2014, 7, 1))


async def test_whoever_left_does_not_come_in_again_with_the_same_file(at_sunday):
    content = one(**{"Mitglied": "Fort e. V.", "PLZ": "12345", "Mitglied bis": "2019"})

    with pytest.raises(Refused, match=r"This day does not fit Fort e\. V\."):
        await importing.store(await importing.read("members.csv", content), since=date(2020, 1, 1))
    await brought_in(content)
    await brought_in(content)

    assert await Membership.count() == 1


async def test_while_thousands_of_lines_come_in_others_get_their_pages(client, association):
    lines = [
        ["M1", "Träger gGmbH", "Kassel", "2001", f"S{n}", "34117", "Kassel", "HE", "", "", "", "20"]
        for n in range(3000)
    ]
    load = await importing.read("members.csv", as_csv([GERMAN_HEADER, *lines]))
    storing, pages = asyncio.create_task(importing.store(load)), 0

    while not storing.done():
        await asyncio.sleep(0.02)  # between two requests of a server; a page that waits for nothing lets nobody in
        assert (await client.get("/sign-in")).status_code == 200
        pages += 1

    assert (await storing).created == 3000
    assert pages > 5
    assert await Site.count() == 3000


async def test_thousands_of_changed_lines_are_changed(at_sunday):
    lines = [
        ["M1", "Träger gGmbH", "Kassel", "2001", f"S{n}", "34117", "Kassel", "HE", "51.3", "9.5", "2004", "20"]
        for n in range(600)
    ]
    await brought_in(as_csv([GERMAN_HEADER, *lines]))

    again = await brought_in(as_csv([GERMAN_HEADER, *([*line[:-1], "21"] for line in lines)]))

    assert again == "0 new, 600 changed, 0 unchanged."
    assert await Site.count().where((Site.places == 21) & (Site.opened_year == 2004) & (Site.town == "Kassel")) == 600
    assert await Site.count() == 600


@pytest.mark.parametrize(
    ("code", "land"),
    [("01067", "SN"), ("10115", "BE"), ("34117", "HE"), ("88131", "BY"), ("68535", "BW"), ("65391", ""), ("22113", ""),
     ("19273", ""), ("12345", ""), ("", ""), ("99999", "")],
)  # fmt: skip
def test_the_land_follows_from_a_postal_code_where_that_is_certain(code, land):
    assert lands.land_of_postal_code(code) == land


async def test_a_sheet_without_a_land_gets_it_from_its_postal_codes_and_says_so(at_sunday):
    header = ["Mitglied", "PLZ Mitglied", "Standort PLZ", "Ort Standort"]
    content = as_csv([header, ["Linde", "04103", "01067", "Dresden"], ["Linde", "04103", "65391", "Lorch"]])
    load = await importing.read("members.csv", content)

    found = await importing.check(load)
    await importing.store(load, since=LONG_AGO)

    assert [outcome.reading.remarks for outcome in found.outcomes] == [
        ["Saxony follows from the postal code 04103.", "Saxony follows from the postal code 01067."], [],
    ]  # fmt: skip
    assert [(row.town, row.land) for row in await Site.objects().order_by(Site.town)] == [
        ("Dresden", "SN"), ("Lorch", ""),
    ]  # fmt: skip
    assert (await Organisation.objects().get(Organisation.key == "linde")).land == "SN"
    assert await brought_in(content) == "0 new, 0 changed, 2 unchanged."


async def test_the_land_that_is_told_or_known_stays_until_a_site_moves(at_sunday):
    told = one(Mitglied="Linde", Standort_PLZ="01067", Ort_Standort="Dresden", Land_Standort="SN").replace(b"_", b" ")
    await brought_in(told)
    await Site.update({Site.land: "BE"}).where(Site.land == "SN")
    untold = one(Mitglied="Linde", Standort_Nr="", Standort_PLZ="01067", Ort_Standort="Dresden").replace(b"_", b" ")
    await brought_in(untold)
    stayed = (await Site.objects().first()).land
    await Site.update({Site.code: "S1"}).where(Site.land == "BE")

    await brought_in(one(Mitglied="Linde", Standort_Nr="S1", Standort_PLZ="70173", Ort_Standort="Stuttgart")
                     .replace(b"_", b" "))  # fmt: skip

    assert (stayed, [(row.town, row.land) for row in await Site.objects()]) == ("BE", [("Stuttgart", "BW")])
