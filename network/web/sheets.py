"""Lists as files people download: XLSX, and CSV as German Excel reads it; no cell of either can become a formula."""

import asyncio
import csv as csv_files
import io
import re
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from litestar import Response
from litestar.response import Stream

from network.clock import BERLIN
from network.i18n import _
from network.web.pages import download, stream, to_keep

Value = str | int | float | date | datetime | None
Rows = Iterable[Sequence[Value]]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"  # Litestar names the character set
FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
WIDEST = 60
SMALL, PIECE = 1024 * 1024, 64 * 1024  # bytes: of a file that needs no place on the disk, and handed out at once


def xlsx(title: str, columns: Sequence[str], rows: Rows) -> bytes:
    """One sheet with a bold first row that stays in sight; text is always text, days and numbers are what they are."""
    book, out = Book([Leaf(title, columns)]), io.BytesIO()
    book.append([list(rows)])
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class Leaf:
    """A sheet of a workbook: what it is called, and its first row."""

    title: str
    columns: Sequence[str]


class Book:
    """A workbook written portion by portion.

    openpyxl forgets each row as soon as it is written, so that a long list needs hardly more memory than a short one.
    A column is as wide as what stands in its first portion: that has to be known before the first row.
    """

    def __init__(self, leaves: Sequence[Leaf]) -> None:
        from openpyxl import Workbook  # noqa: PLC0415  takes memory from everybody who never downloads a list

        self.book = Workbook(write_only=True)
        self.leaves = leaves
        self.sheets = [self.book.create_sheet(sheet_title(leaf.title)) for leaf in leaves]
        self.makers = [Cells(sheet) for sheet in self.sheets]
        self.lengths = [0] * len(leaves)  # with the first row; 0: nothing is written yet

    def append(self, portion: Sequence[Sequence[Sequence[Value]]]) -> None:
        """For each sheet some more rows."""
        for place, rows in enumerate(portion):
            if rows or not self.lengths[place]:
                self.write(place, rows)

    def write(self, place: int, rows: Sequence[Sequence[Value]]) -> None:
        sheet, make = self.sheets[place], self.makers[place]
        if not self.lengths[place]:
            lay_out(sheet, self.leaves[place].columns, rows)
            sheet.append([make.heading(name) for name in self.leaves[place].columns])
        for row in rows:
            sheet.append([make.cell(value) for value in row])
        self.lengths[place] = max(1, self.lengths[place]) + len(rows)

    def save(self, out: IO[bytes]) -> None:
        from openpyxl.utils import get_column_letter  # noqa: PLC0415  see above

        self.append([[]] * len(self.leaves))  # also a sheet without a row has its first one
        for sheet, leaf, length in zip(self.sheets, self.leaves, self.lengths, strict=True):
            sheet.auto_filter.ref = f"A1:{get_column_letter(max(1, len(leaf.columns)))}{length}"
        self.book.save(out)


def sheet_title(title: str) -> str:
    return re.sub(r"[\\/*?:\[\]]", " ", title)[:31].strip() or _("List")


def lay_out(sheet: Any, columns: Sequence[str], lines: Sequence[Sequence[Value]]) -> None:
    """As wide as what stands in it; such things come before the first row."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415  see above

    for place, name in enumerate(columns):
        widest = max((len(written(line[place])) for line in lines), default=0)
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(max(len(name), widest), WIDEST) + 2
    sheet.freeze_panes = "A2"


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
    return (csv_lines([columns]) + csv_lines(rows)).encode("utf-8-sig")


def csv_lines(rows: Rows) -> str:
    out = io.StringIO()
    writer = csv_files.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([harmless(value) for value in row] for row in rows)
    return out.getvalue()


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


Portions = AsyncIterator[Sequence[Sequence[Sequence[Value]]]]  # again and again, for each sheet some rows


async def workbook(name: str, leaves: Sequence[Leaf], portions: Portions) -> Stream:
    """An XLSX file of several sheets, made in a file of its own and handed out piece by piece: memory stays flat."""
    book = await asyncio.to_thread(Book, leaves)
    async for portion in portions:
        await asyncio.to_thread(book.append, portion)
    file = await asyncio.to_thread(saved, book)
    return Stream(pieces(file), media_type=XLSX, headers=to_keep(f"{name}.xlsx"))


def saved(book: Book) -> IO[bytes]:
    file = SpooledTemporaryFile(max_size=SMALL)  # noqa: SIM115  it is closed with its last piece
    book.save(file)
    file.seek(0)
    return file


async def pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    try:
        while piece := await asyncio.to_thread(file.read, PIECE):
            yield piece
    finally:
        file.close()


async def csv_stream(name: str, leaf: Leaf, portions: Portions) -> Stream:
    """One sheet as CSV, sent while it is read."""

    async def lines() -> AsyncIterator[bytes]:
        head = csv(leaf.columns, [])
        async for portion in portions:
            yield head + csv_lines(portion[0]).encode()
            head = b""
        if head:
            yield head

    return await stream(lines(), CSV, f"{name}.csv")
