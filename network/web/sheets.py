"""Lists as files people download: XLSX, and CSV as German Excel reads it; no cell of either can become a formula."""

import csv as csv_files
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from litestar import Response
from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from network.clock import BERLIN
from network.i18n import _
from network.web.pages import download

Value = str | int | float | date | datetime | None
Rows = Iterable[Sequence[Value]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WIDEST = 60


def xlsx(title: str, columns: Sequence[str], rows: Rows) -> bytes:
    """One sheet with a bold first row that stays in sight; text is always text, days and numbers are what they are."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = re.sub(r"[\\/*?:\[\]]", " ", title)[:31].strip() or _("List")
    widths = [len(name) for name in columns]
    for number, row in enumerate([columns, *rows], start=1):
        for place, value in enumerate(row, start=1):
            put(sheet.cell(number, place), value)
            widths[place - 1] = max(widths[place - 1], len(written(value)))
    finish(sheet, widths)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def put(cell: Cell | MergedCell, value: Value) -> None:
    """Say that a text is one: openpyxl takes "=…" for a formula, and the quote prefix keeps Excel from it later."""
    if isinstance(value, datetime):
        cell.value = value.astimezone(BERLIN).replace(tzinfo=None)
        cell.number_format = "DD.MM.YYYY HH:MM"
    elif isinstance(value, date):
        cell.value = value
        cell.number_format = "DD.MM.YYYY"
    elif isinstance(value, str):
        cell.value = UNPRINTABLE.sub("", value)[:32_767]
        cell.data_type = "s"
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > WIDEST)
        cell.quotePrefix = value.startswith(FORMULA)
    else:
        cell.value = value


def finish(sheet: Worksheet, widths: list[int]) -> None:
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = min(width, WIDEST) + 2
        sheet.cell(1, place).font = Font(bold=True)
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def csv(columns: Sequence[str], rows: Rows) -> bytes:
    """UTF-8 with BOM and semicolons; a cell that a spreadsheet would calculate gets an apostrophe in front."""
    out = io.StringIO()
    writer = csv_files.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([harmless(name) for name in columns])
    writer.writerows([harmless(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def harmless(value: Value) -> str:
    text = written(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def written(value: Value) -> str:
    """Days and numbers as Germans write them."""
    if isinstance(value, datetime):
        return value.astimezone(BERLIN).strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float):
        return str(value).replace(".", ",")
    return "" if value is None else UNPRINTABLE.sub("", str(value))


def sheet(kind: str, name: str, columns: Sequence[str], rows: Rows) -> Response[bytes]:
    """The answer to "as XLSX" or "as CSV"; `name` is the file's name without its ending and the title of the sheet."""
    if kind == "csv":
        return download(csv(columns, rows), CSV, f"{name}.csv")
    return download(xlsx(name, columns, rows), XLSX, f"{name}.xlsx")
