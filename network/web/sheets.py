"""Lists as files people download: XLSX, and CSV as German Excel reads it; no cell of either can become a formula."""

import asyncio
import csv as csv_files
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from litestar import Response

from network.clock import BERLIN
from network.i18n import _
from network.web.pages import download

Value = str | int | float | date | datetime | None
Rows = Iterable[Sequence[Value]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"  # Litestar names the character set
FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WIDEST = 60


def xlsx(title: str, columns: Sequence[str], rows: Rows) -> bytes:
    """One sheet with a bold first row that stays in sight; text is always text, days and numbers are what they are.

    openpyxl forgets each row as soon as it is written, so that a long list needs hardly more memory than a short one.
    """
    from openpyxl import Workbook  # noqa: PLC0415  takes memory from everybody who never downloads a list

    lines = list(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\\/*?:\[\]]", " ", title)[:31].strip() or _("List"))
    lay_out(sheet, columns, lines)
    make = Cells(sheet)
    sheet.append([make.heading(name) for name in columns])
    for row in lines:
        sheet.append([make.cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lay_out(sheet: Any, columns: Sequence[str], lines: Sequence[Sequence[Value]]) -> None:
    """As wide as what stands in it; such things come before the first row."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  see above

    for place, name in enumerate(columns):
        widest = max((len(written(line[place])) for line in lines), default=0)
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(max(len(name), widest), WIDEST) + 2
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(columns)))}{len(lines) + 1}"


class Cells:
    """Makes the cells of one sheet."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415  see above
        from openpyxl.styles import Alignment, Font  # noqa: PLC0415

        self.new = partial(WriteOnlyCell, sheet)
        self.bold, self.short = Font(bold=True), Alignment(vertical="top")
        self.long = Alignment(vertical="top", wrap_text=True)

    def heading(self, name: str) -> Any:
        cell = self.cell(name)
        cell.font = self.bold
        return cell

    def cell(self, value: Value) -> Any:
        """Say that a text is one: openpyxl takes "=…" for a formula, and the quote prefix keeps Excel from it later."""
        cell = self.new()
        if isinstance(value, datetime):
            cell.value = value.astimezone(BERLIN).replace(tzinfo=None)
            cell.number_format = "DD.MM.YYYY HH:MM"
        elif isinstance(value, date):
            cell.value = value
            cell.number_format = "DD.MM.YYYY"
        elif isinstance(value, str):
            cell.value = UNPRINTABLE.sub("", value)[:32_767]
            cell.data_type = "s"
            cell.alignment = self.long if len(value) > WIDEST else self.short
            if value.startswith(FORMULA):
                cell.quotePrefix = True
        else:
            cell.value = value
        return cell


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


async def sheet(kind: str, name: str, columns: Sequence[str], rows: Rows) -> Response[bytes]:
    """The answer to "as XLSX" or "as CSV"; `name` is the file's name without its ending and the title of the sheet.

    A list of 20,000 lines takes seconds: `rows` are read, and the file is written, beside everybody else's requests.
    """
    if kind == "csv":
        return download(await asyncio.to_thread(csv, columns, rows), CSV, f"{name}.csv")
    return download(await asyncio.to_thread(xlsx, name, columns, rows), XLSX, f"{name}.xlsx")
