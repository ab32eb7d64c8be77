"""Lists that people download."""

import asyncio
import io
from datetime import UTC, date, datetime

from openpyxl import load_workbook

from network.web.sheets import csv, sheet, xlsx

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
    first = load_workbook(io.BytesIO(xlsx("Liste: 1/2", COLUMNS, [ROW, ["\x0bweg", "", None, None, 1.5]]))).active

    assert first.title == "Liste  1 2"
    assert [c.value for c in first[1]] == COLUMNS
    assert [c.value for c in first[2]] == [ROW[0], ROW[1], datetime(2028, 4, 25), datetime(2028, 4, 25, 10), -3]
    assert (first["B2"].data_type, first["B2"].quotePrefix) == ("s", True)
    assert first["A3"].value == "weg"
    assert (first.freeze_panes, first.auto_filter.ref, first["A1"].font.bold) == ("A2", "A1:E3", True)
    assert first.column_dimensions["A"].width == len("Zoë Müller") + 2


async def test_while_a_long_list_is_written_it_is_everybody_elses_turn(client):
    """A page has to come while the file is still being made, not after it."""
    async with asyncio.TaskGroup() as both:
        writing = both.create_task(sheet("xlsx", "Liste", COLUMNS, (ROW for _ in range(5000))))
        await asyncio.sleep(0.01)
        page = await client.get("/sign-in")
        still_at_it = not writing.done()
    file = writing.result()

    assert (page.status_code, still_at_it) == (200, True)
    assert load_workbook(io.BytesIO(file.content)).active.max_row == 5001
