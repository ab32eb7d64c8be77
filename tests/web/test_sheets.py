"""Lists that people download."""

import io
from datetime import UTC, date, datetime

from openpyxl import load_workbook

from network.web.sheets import csv, xlsx

COLUMNS = ["Name", "Ort", "Am", "Um", "Zahl"]
ROW = ["Zoë Müller", '=HYPERLINK("http://example.org")', date(2028, 4, 25), datetime(2028, 4, 25, 8, tzinfo=UTC), -3]


def test_a_csv_opens_in_german_excel_and_calculates_nothing():
    text = csv(COLUMNS, [ROW, ["+49 30", "a;b", None, None, 1.5]])

    assert text.decode("utf-8").splitlines() == [
        "\ufeffName;Ort;Am;Um;Zahl",
        'Zoë Müller;"\'=HYPERLINK(""http://example.org"")";25.04.2028;25.04.2028 10:00;-3',
        '\'+49 30;"a;b";;;1,5',
    ]


def test_an_xlsx_keeps_days_and_numbers_and_makes_no_formula():
    sheet = load_workbook(io.BytesIO(xlsx("Liste: 1/2", COLUMNS, [ROW, ["\x0bweg", "", None, None, 1.5]]))).active

    assert sheet.title == "Liste  1 2"
    assert [c.value for c in sheet[1]] == COLUMNS
    assert [c.value for c in sheet[2]] == [ROW[0], ROW[1], datetime(2028, 4, 25), datetime(2028, 4, 25, 10), -3]
    assert (sheet["B2"].data_type, sheet["B2"].quotePrefix) == ("s", True)
    assert sheet["A3"].value == "weg"
