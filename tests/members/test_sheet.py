"""Spreadsheets as offices have them."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from network.errors import Refused
from network.i18n import speaking
from network.members import sheet
from network.members.columns import find_header
from network.members.reading import understood
from network.members.sheet import read_sheet
from tests.members.make import GERMAN_HEADER, as_csv, as_xlsx, german_rows, locked_file
from tests.members.old_files import as_ods, as_xls


@pytest.fixture(autouse=True)
def in_english():
    with speaking("en"):
        yield


def cells(content: bytes) -> list[dict[str, str]]:
    return [line.cells for line in read_sheet(content).lines]


def facts(content: bytes) -> list[tuple]:
    """What the lines say, however it is written."""
    found = read_sheet(content)
    told = [understood(line.number, line.cells, found.columns) for line in found.lines]
    assert [one.problems for one in told] == [{}] * len(told)
    return sorted((sorted(one.member.items()), sorted((one.site or {}).items())) for one in told)


EXPECTED = facts(as_csv([GERMAN_HEADER, *german_rows()]))
ALSO = {
    "Mitgliedsnr.": ["Mitglieds-Nr.", "Mitgliedsnummer", "Mitglieds\u00adnummer", "Member no."],
    "Mitglied": ["Träger", "NAME", "Mitglieds-\norganisation", "Member"],
    "Sitz": ["Hauptsitz", "Sitz des Trägers"],
    "Mitglied seit": ["Beitritt", "Eintrittsdatum", "Mitglied\u00a0seit"],
    "Standort-Nr.": ["Standortnummer", "Kürzel", "Standort Nr"],
    "PLZ": ["Postleitzahl", "plz", " PLZ "],
    "Ort": ["Stadt", "Ort:"],
    "Bundesland": ["Land", "Bundes-\nland"],
    "Breite": ["Breitengrad", "lat", "Breite (°)"],
    "Länge": ["Laenge", "Längengrad"],
    "eröffnet": ["Eröffnung", "Eröffnungsjahr"],
    "Plätze": ["Platzzahl", "Anzahl der Plätze", "Plätze (gesamt)"],
}


@st.composite
def written(draw) -> bytes:
    """The same list in another hand: other order, names, title lines, delimiter, encoding, format."""
    order = draw(st.permutations(range(len(GERMAN_HEADER))))
    header = [draw(st.sampled_from([name, *ALSO[name]])) for name in GERMAN_HEADER]
    lines = draw(st.permutations(german_rows()))
    repeated = draw(st.booleans())
    if not repeated:
        lines = sorted(lines, key=lambda row: row[0])
        lines = [
            row if not at or lines[at - 1][0] != row[0] else ["", "", "", "", *row[4:]] for at, row in enumerate(lines)
        ]
    rows = [[row[place] for place in order] for row in [header, *lines]]
    titles = draw(
        st.sampled_from([[], [["Mitgliederliste BAG BW", "", ""], []], [["Stand: 1.1.2027"], ["Mitglied", "intern"]]])
    )
    rows = [*titles, *rows, *draw(st.sampled_from([[], [[], ["Summe", "23"]]]))]
    if draw(st.booleans()):
        return as_xlsx(rows)
    return as_csv(
        rows, delimiter=draw(st.sampled_from(";,\t")), encoding=draw(st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]))
    )


def only_once_told(found: list[tuple]) -> list[tuple]:
    """The member's own facts stand in one of its lines at least; the sites in all."""
    members = {dict(member)["number"]: dict(member) for member, _site in sorted(found, key=lambda one: len(one[0]))}
    return [(sorted(members[dict(member)["number"]].items()), site) for member, site in found]


@settings(max_examples=60, deadline=None)
@given(written())
def test_however_it_is_written_the_same_members_come_out(content):
    with speaking("en"):
        assert sorted(only_once_told(facts(content))) == EXPECTED


def test_numbers_of_excel_get_their_zero_back():
    found = read_sheet(as_xlsx([["Mitglied", "PLZ", "Ort"], ["A", 1067, "Dresden"], ["B", "01067", "Dresden"]]))
    told = [understood(line.number, line.cells, found.columns) for line in found.lines]

    assert [one.member["postal_code"] for one in told] == ["01067", "01067"]
    assert [one.remarks for one in told] == [["The postal code 1067 was read as 01067."], []]


def test_days_of_excel_are_days():
    rows = [
        ["Mitglied", "Mitglied seit"],
        ["A", date(1995, 5, 12)],
        ["B", "12.5.95"],
        ["C", "12. Mai 1995"],
        ["D", 1995],
    ]
    found = read_sheet(as_xlsx(rows))

    days = [understood(line.number, line.cells, found.columns).member["since"] for line in found.lines]

    assert days == [date(1995, 5, 12)] * 3 + [date(1995, 1, 1)]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Berufs\u00adförderungs\u00adwerk", "Berufsförderungswerk"),
        ("Berufs-\nförderungswerk", "Berufsförderungswerk"),
        ("Heinrich-\nHeine-Straße 1", "Heinrich-Heine-Straße 1"),
        ("Haus\u00a0A,\nHof\u2009B", "Haus A, Hof B"),
        ("Weg\u200b \t  1\ufeff", "Weg 1"),
        ("u\u0308ber", "über"),
        ("–", ""),
        ("'+49 30 1", "+49 30 1"),
        ("'s Haus", "'s Haus"),
    ],
)
def test_what_cannot_be_seen_is_folded(typed, read):
    assert sheet.clean(typed) == read


def test_quoted_cells_may_hold_line_ends_and_delimiters():
    content = 'Mitglied;Straße;PLZ\r\n"Haus ""Sonne""; Reha";"Berufs-\r\nweg 1";01067\r\n'.encode()

    assert cells(content) == [{"name": 'Haus "Sonne"; Reha', "street": "Berufsweg 1", "postal_code": "01067"}]


def test_excels_own_hint_of_the_delimiter_is_understood():
    assert cells(b"sep=,\nMitglied,PLZ\nA,01067\n") == [{"name": "A", "postal_code": "01067"}]


def test_utf_16_is_read():
    assert cells("Mitglied\tPLZ\r\nÄ\t01067\r\n".encode("utf-16")) == [{"name": "Ä", "postal_code": "01067"}]


def test_sites_below_their_member_belong_to_it():
    content = as_csv([
        ["Nr.", "Mitglied", "Standort", "PLZ", "Ort"],
        ["M1", "Eins e. V.", "", "", ""],
        ["", "", "Haus 1", "12345", "B"],
        ["", "", "Haus 2", "12346", "B"],
    ])  # fmt: skip

    assert [(one.get("name"), one.get("site_name")) for one in cells(content)] == [
        ("Eins e. V.", None), ("Eins e. V.", "Haus 1"), ("Eins e. V.", "Haus 2"),
    ]  # fmt: skip


def test_a_running_number_is_not_the_members():
    found = read_sheet(as_csv([["Nr.", "Mitglied", "Standort", "PLZ"], ["1", "A", "X", "1"], ["2", "A", "Y", "2"]]))

    assert (found.columns, found.unknown) == (["name", "site_postal_code", "site_town"], ["Nr."])


def test_a_number_of_sites_is_not_a_site():
    found = read_sheet(as_csv([["Mitglied", "Sitz", "Standorte", "Stimmen"], ["A", "Bonn", "6", "3"]]))

    assert (found.columns, found.has_sites, found.unknown) == (["name", "town"], False, ["Stimmen", "Standorte"])


def test_two_addresses_are_the_members_and_the_sites():
    header = ["Mitglied", "Straße", "PLZ", "Ort", "Standort", "Straße", "PLZ", "Ort"]

    [line] = cells(as_csv([header, ["A", "Weg 1", "11111", "Bonn", "Haus", "Pfad 2", "22222", "Köln"]]))

    assert line == {
        "name": "A", "street": "Weg 1", "postal_code": "11111", "town": "Bonn",
        "site_name": "Haus", "site_street": "Pfad 2", "site_postal_code": "22222", "site_town": "Köln",
    }  # fmt: skip


def test_postal_code_and_town_in_one_cell_are_divided():
    assert cells(as_csv([["Mitglied", "PLZ/Ort"], ["A", "01067 Dresden"]])) == [
        {"name": "A", "postal_code": "01067", "town": "Dresden"}
    ]


def test_what_is_not_read_is_named():
    book = Workbook()
    book.active.title = "Deckblatt"
    book.active.append(["Mitgliederliste"])
    book.create_sheet("Liste").append(["Mitglied", "PLZ", "Lieblingsfarbe"])
    book["Liste"].append(["A", "01067", "blau"])
    book["Liste"].append(["Summe", 1])
    out = io.BytesIO()
    book.save(out)

    found = read_sheet(out.getvalue())

    assert found.unknown == ["Lieblingsfarbe"]
    assert found.remarks == ["Line 3 is a sum and was passed over.", "Read was the sheet “Liste”; not read: Deckblatt."]


def test_formulas_without_a_result_do_not_look_like_nothing():
    found = read_sheet(as_xlsx([["Mitglied", "PLZ", "Ort"], ["A", "=B9", "X"], ["=A1", "01067", "Y"]]))
    told = [understood(line.number, line.cells, found.columns) for line in found.lines]

    assert [one.problems for one in told] == [
        {"postal_code": "“=B9” looks like a formula"},
        {"name": "“=A1” looks like a formula"},
    ]


def test_an_error_in_a_cell_is_said_and_not_read_as_nothing():
    content = as_xlsx([["Mitglied", "PLZ", "Ort", "Telefon"], ["A", "01067", "#REF!", "#N/A"]])
    found = read_sheet(content)
    [line] = found.lines

    assert understood(line.number, line.cells, found.columns).problems == {
        "town": "“#REF!” is an error of the spreadsheet; please enter what is meant, or empty the cell",
        "phone": "“#N/A” is an error of the spreadsheet; please enter what is meant, or empty the cell",
    }


def refusal(content: bytes) -> str:
    with pytest.raises(Refused) as no:
        read_sheet(content)
    assert no.value.field == "file"
    return no.value.words


ALL_FORMULAS = [["Mitglied", "PLZ", "Ort"], *[[f"=A{n}", f"=B{n}", f"=C{n}"] for n in range(300)]]


@pytest.mark.parametrize(
    "content",
    [as_xlsx(ALL_FORMULAS), as_csv(ALL_FORMULAS), as_xlsx([["=A1", "=B1"], ["=A2", "=B2"]])],
    ids=["workbook", "text", "headings too"],
)
def test_a_file_of_formulas_is_refused_with_its_reason(content):
    assert refusal(content) == "The file is made of formulas. Please save it with their values and try again."


def test_a_locked_file_is_refused_with_its_reason():
    assert "password" in refusal(locked_file())


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 not really", b"\xd0\xcf\x11\xe0" + b"\x00" * 2000, b"%PDF-1.7\n\x00\x01", b"\x89PNG\r\n\x1a\n\x00",
        as_xlsx([["Mitglied", "PLZ"], ["A", "1"]])[:2000],
    ],
)  # fmt: skip
def test_a_damaged_file_is_refused(content):
    assert refusal(content).startswith("The file is damaged")


def test_another_archive_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("photo.jpg", b"x")

    assert refusal(out.getvalue()).startswith("The file is damaged")


THREE = [GERMAN_HEADER, *german_rows()[:3]]


@pytest.mark.parametrize("whole", [as_xlsx(THREE), as_xls(THREE), as_ods(THREE)], ids=["xlsx", "xls", "ods"])
@settings(max_examples=100, deadline=None)
@given(st.data())
def test_no_damage_is_more_than_a_refusal(whole, data):
    content = bytearray(whole[: data.draw(st.integers(1, len(whole)))] if data.draw(st.booleans()) else whole)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_sheet(bytes(content))
    except Refused as no:
        assert no.words


NO_HEADINGS = "We found no row with headings. One row should name the columns, for example: Member, Postal code, Town."


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b" \r\n ", "The file is empty."),
        (as_xlsx([]), "The file is empty."),
        (as_xlsx([["Mitglied", "PLZ"]]), "Below the headings there is not a single line."),
        (b"a;b;c\n1;2;3\n", NO_HEADINGS),
        (b'Mitglied;PLZ\nA;1\n"B;2\nC;3\n', "In line 3 a quotation mark is opened and never closed."),
    ],
)  # fmt: skip
def test_what_holds_no_list_is_refused(content, words):
    assert refusal(content) == words


def test_too_much_is_refused_before_it_is_read():
    far = Workbook()
    far.active["A1"], far.active["B1"], far.active["XFD1048576"] = "Mitglied", "PLZ", "x"
    out = io.BytesIO()
    far.save(out)
    bomb = io.BytesIO()
    with (
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/workbook.xml", "w") as part,
    ):
        for _ in range(45):
            part.write(bytes(10_000_000))

    many = "The table has more than 20,000 lines. Please divide it into several files."

    assert refusal(out.getvalue()) == many
    assert refusal(bomb.getvalue()) == many
    assert refusal(b"Mitglied;PLZ\n" + b"A;01067\n" * 20_200) == many
    assert refusal(b"x" * (20 * 1024 * 1024 + 1)) == "The file is larger than 20 MB."


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        (["Name der Einrichtung", "Standort", "PLZ"], ["name", "site_town", "site_postal_code"]),
        (["Nr.", "Einrichtung", "Standort", "PLZ", "Ort"],
         ["number", "name", "site_name", "site_postal_code", "site_town"]),
        (["Name der Einrichtung", "PLZ", "Ort"], ["name", "postal_code", "town"]),
        (["Mitglied", "Name der Einrichtung", "PLZ", "Ort"], ["name", "site_name", "site_postal_code", "site_town"]),
        (["Mitgliedsnr.", "Name der Einrichtung", "PLZ", "Ort"],
         ["number", "site_name", "site_postal_code", "site_town"]),
    ],
)  # fmt: skip
def test_an_institution_is_the_member_where_no_other_column_names_it(header, columns):
    found = find_header([header, ["7" if "r." in title else "x" for title in header]])

    assert list(found.columns.values()) == columns
