"""An office's spreadsheet (XLSX, XLS, ODS, CSV) as it was found, read into lines of named cells; nothing is stored."""

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from xml.etree.ElementTree import ParseError

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from network import clock
from network.errors import Refused
from network.folding import folded
from network.i18n import _, format_day, format_number
from network.members import daywords, extracts, opendocument, staffsheet
from network.members.columns import Header, find_header
from network.members.headings import ABOUT, COLUMNS, OF_PEOPLE
from network.members.lands import land_code
from network.members.opendocument import Locked
from network.members.portion import AS_OF
from network.members.workbook import TooLarge, bare_formulas

LARGEST = 20 * 1024 * 1024
MOST_LINES = 20_000
OLE = b"\xd0\xcf\x11\xe0"  # how .xls files begin, and XLSX files with a password ([MS-OFFCRYPTO] 2.3.4.4)
# The record that says so in an .xls file stands behind the first one, perhaps with one between ([MS-XLS] 2.1.7.20.2).
FILEPASS = re.compile(rb"\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
MOST_COLUMNS = 200
PARAGRAPHS = re.compile(r"\r?\n[ \t]*\r?\n\s*")
OF_SHEET = 100_000  # a line's number in the second sheet is 200,001 (spoken); more than lines are read of any
SPARE = 100  # lines above the header and below the last one
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
APOSTROPHE = re.compile(r"^'(?=[=+@-])")  # by which spreadsheets, and our own CSV, say that a text is no formula
SUMS = re.compile(r"(summe|gesamt|insgesamt|total|anzahl|zusammen)\b")
NOTHING = {
    "-",
    "–",
    "—",
    "--",
    "/",
    "k. A.",
    "k.A.",
    "n/a",
    "entfällt",
}  # what people write into cells they leave empty
DELIMITERS = ";,\t"
Rows = list[list[str]]
# What a damaged workbook makes its readers raise; RuntimeError where its zip asks for a newer way or a password.
PANIC = "PanicException"  # no Exception: what Rust makes of a place that it never expected to reach
DAMAGE = (
    CalamineError, zipfile.BadZipFile, zlib.error, EOFError, ParseError, LookupError, ValueError, OSError, RuntimeError,
)  # fmt: skip


@dataclass(slots=True)
class Line:
    """A line as it stands in the file: its number there, and column → text."""

    number: int
    cells: dict[str, str]


@dataclass(slots=True)
class Sheet:
    columns: list[str]
    lines: list[Line]
    has_sites: bool
    unknown: list[str] = field(default_factory=list)  # headings that were not understood
    remarks: list[str] = field(default_factory=list)  # what else was left aside, in sentences


def read_sheet(content: bytes) -> Sheet:
    """Read a file. Refused with a reason if it is empty, too large, damaged, locked or names no columns we know."""
    if len(content) > LARGEST:
        raise Refused(_("The file is larger than 20 MB."), "file")
    if not content.strip():
        raise Refused(_("The file is empty."), "file")
    if content.startswith(OLE) and ("EncryptedPackage".encode("utf-16-le") in content or FILEPASS.search(content)):
        raise locked()
    if content.startswith((b"PK\x03\x04", OLE)):
        return from_workbook(content)
    return from_text(content)


def from_workbook(content: bytes) -> Sheet:
    """All sheets that name their columns, such as one for members and one for sites; the others are remarked upon."""
    sheets = workbook_rows(content)
    found = [(number, name, rows, header) for number, (name, rows) in enumerate(sheets, 1)
             if (header := staffsheet.find_header(rows) or find_header(rows))]  # fmt: skip
    headed = [one for one in found if is_list(one[2], one[3])] or [
        one for one in found if staffsheet.is_of_people(one[3])
    ]
    if any(map(mostly_formulas, [rows for _number, _name, rows, _header in found] or [rows for _name, rows in sheets])):
        raise of_formulas()
    if not headed:
        raise of_others() if found else no_header(any(rows for _name, rows in sheets))
    read = [(number, name, part_of(rows, header, name)) for number, name, rows, header in headed]
    read = [one for one in read if one[2].lines]
    sheet = together(
        [part for *_rest, part in read], [number if place else 0 for place, (number, *_) in enumerate(read)]
    )
    told = [name for _number, name, _part in read]
    left = [name for name, rows in sheets if name not in told and any(map(any, rows))]
    if left or len(told) > 1:
        sheet.remarks.append(which(told, left))
    return whole(sheet)


def is_list(rows: Rows, header: Header) -> bool:
    """Of members or sites: where there is one in a workbook, people and other things by themselves are not read."""
    return not (staffsheet.is_of_people(header) or extracts.tells_of_others(rows[header.row]))


def part_of(rows: Rows, header: Header, name: str) -> Sheet:
    return of_people(rows, header) if staffsheet.is_of_people(header) else in_land(lines_of(rows, header), name)


def of_people(rows: Rows, header: Header) -> Sheet:
    lines = [Line(number, cells) for number, cells in staffsheet.lines_of(rows, header)]
    columns = staffsheet.in_order({"person", *header.columns.values()}.union(*(line.cells for line in lines)))
    return Sheet(columns, lines, False, header.unknown)


def which(read: list[str], left: list[str]) -> str:
    names = ", ".join(_("“%(sheet)s”", sheet=name) for name in read)
    if not left:
        return _("Read were the sheets %(sheets)s.", sheets=names)
    if len(read) == 1:
        return _("Read was the sheet “%(sheet)s”; not read: %(others)s.", sheet=read[0], others=", ".join(left))
    return _("Read were the sheets %(sheets)s; not read: %(others)s.", sheets=names, others=", ".join(left))


def in_land(sheet: Sheet, name: str) -> Sheet:
    """A sheet for each Land: its name is said of every line, where no column says it."""
    column = "site_land" if sheet.has_sites else "land"
    if land_code(name) and column not in sheet.columns:
        for line in sheet.lines:
            line.cells[column] = name
        sheet.columns = [known for known in COLUMNS if known in (*sheet.columns, column)]
    return sheet


def together(parts: list[Sheet], numbers: list[int]) -> Sheet:
    """The lines of all sheets, each known by its own number and that of its sheet (0: the first that was read)."""
    sheet = Sheet([], [], has_sites=any(part.has_sites for part in parts))
    for part, number in zip(parts, numbers, strict=True):
        sheet.lines += [Line(number * OF_SHEET + line.number, line.cells) for line in part.lines]
        sheet.unknown += [text for text in part.unknown if text not in sheet.unknown]
        sheet.remarks += part.remarks
    known = OF_PEOPLE if any("person" in part.columns for part in parts) else COLUMNS
    sheet.columns = [name for name in known if any(name in part.columns for part in parts)]
    return sheet


def spoken(number: int) -> str:
    """A line's number as people look for it: "14", or "14 (sheet 2)"."""
    sheet, line = divmod(number, OF_SHEET)
    return _("%(line)s (sheet %(sheet)s)", line=line, sheet=sheet) if sheet else str(line)


def workbook_rows(content: bytes) -> list[tuple[str, Rows]]:
    try:
        formulas = {}
        if content.startswith(b"PK"):
            first_look = opendocument.bare_formulas if opendocument.is_opendocument(content) else bare_formulas
            formulas = first_look(content, most_rows=MOST_LINES + SPARE, most_columns=MOST_COLUMNS)
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            shown = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
            names = [name for name in shown if name in formulas or not formulas]
            return [(name, filled_in(book.get_sheet_by_name(name), formulas.get(name, {}))) for name in names]
    except (PasswordError, Locked) as error:
        raise locked() from error
    except TooLarge as error:
        raise too_long() from error
    except DAMAGE as error:
        raise damaged() from error
    except BaseException as error:
        if type(error).__name__ == PANIC:
            raise damaged() from error
        raise


def filled_in(sheet: CalamineSheet, formulas: dict[tuple[int, int], str]) -> Rows:
    """The sheet's text. A formula that has no result yet stands there itself, so that its line can say so."""
    if sheet.total_height > MOST_LINES + SPARE:
        raise TooLarge
    rows = cleaned(sheet.to_python(skip_empty_area=False))
    for (row, place), formula in formulas.items():
        while len(rows) <= row:
            rows.append([])
        rows[row] += [""] * (place + 1 - len(rows[row]))
        rows[row][place] = rows[row][place] or formula
    return rows


def from_text(content: bytes) -> Sheet:
    """CSV: the delimiter by which most columns are understood is the right one."""
    text = decoded(content)
    if text.startswith("sep=") and "\n" in text:
        text = text.split("\n", 1)[1]
    best: tuple[Rows, Header] | None = None
    reason = no_header(bool(text.strip()))
    for delimiter in DELIMITERS:
        try:
            rows = split(text, delimiter)
        except Refused as no:  # perhaps because it is the wrong delimiter
            reason = no
            continue
        header = staffsheet.find_header(rows) or find_header(rows)
        if header and (best is None or len(header.columns) > len(best[1].columns)):
            best = rows, header
    if best is None:
        raise reason
    rows, header = best
    if mostly_formulas(rows):
        raise of_formulas()
    if staffsheet.is_of_people(header):
        return whole(of_people(rows, header))
    if extracts.tells_of_others(rows[header.row]):
        raise of_others()
    return whole(lines_of(rows, header))


def decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\x00" in content:
        raise damaged()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def split(text: str, delimiter: str) -> Rows:
    rows: Rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(row)
            if len(rows) > MOST_LINES + SPARE:
                raise too_long()
    except csv.Error as error:  # one cell with line after line of the file
        raise never_closed(len(rows) + 1) from error
    if text.count('"') % 2 and any("\n" in cell for cell in rows[-1]):
        raise never_closed(len(rows))
    return cleaned(rows)


def never_closed(line: int) -> Refused:
    return Refused(_("In line %(line)s a quotation mark is opened and never closed.", line=line), "file")


def cleaned(rows: Iterable[Sequence[Any]]) -> Rows:
    return [[clean(as_text(value)) for value in row[:MOST_COLUMNS]] for row in rows]


def as_text(value: Any) -> str:
    """What stood in the cell, as somebody would have typed it."""
    if isinstance(value, bool):
        return ("nein", "ja")[value]
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def clean(text: str) -> str:
    """Soft hyphens and line ends within words go, every kind of blank becomes one blank; paragraphs stay apart."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    text = re.sub(r"(?<=\w)-[ \t]*\r?\n\s*(?=[a-zäöüß])", "", text)
    text = re.sub(r"(?<=\w-)[ \t]*\r?\n\s*(?=\w)", "", text)
    paragraphs = (" ".join(part.split()) for part in PARAGRAPHS.split(text))
    text = APOSTROPHE.sub("", "\n\n".join(part for part in paragraphs if part))
    return "" if text in NOTHING else text


def lines_of(rows: Rows, header: Header) -> Sheet:
    """The lines below the header; a member left blank is the one above."""
    sheet = Sheet([], [], header.has_sites, header.unknown)
    above: dict[str, str] = {}
    titles = rows[header.row]
    for index in range(header.row + 1, len(rows)):
        row = rows[index]
        cells = {
            name: row[place] if name in ABOUT else " ".join(row[place].split())
            for place, name in header.columns.items()
            if place < len(row) and row[place]
        }
        if not cells or row == titles:
            continue
        if is_sum(row):
            sheet.remarks.append(_("Line %(line)s is a sum and was passed over.", line=index + 1))
            continue
        if header.has_sites:
            above = with_member_above(cells, above)
        divide_towns(cells)
        sheet.lines.append(Line(index + 1, cells))
    present = set(header.columns.values()).union(*(line.cells for line in sheet.lines))
    sheet.columns = [name for name in COLUMNS if name in present]
    return sheet


def of_another_day(sheet: Sheet) -> None:
    """Files that were taken along as of another day say so in each line; elsewhere "Stand" may mean anything."""
    told = {line.cells.pop(AS_OF) for line in sheet.lines if AS_OF in line.cells}
    try:
        days = {daywords.day(AS_OF, text) for text in told}
    except ValueError:
        sheet.unknown.append(_("As of"))
        return
    for day in sorted(days - {clock.today()}):
        words = _(
            "The file tells how it was on %(day)s; storing it would put back what changed since.", day=format_day(day)
        )
        sheet.remarks.append(words)


def whole(sheet: Sheet) -> Sheet:
    of_another_day(sheet)
    if not sheet.lines:
        raise Refused(_("Below the headings there is not a single line."), "file")
    if len(sheet.lines) > MOST_LINES:
        raise too_long()
    return sheet


def divide_towns(cells: dict[str, str]) -> None:
    """One cell: "68161 Mannheim" in one cell is a postal code and a town."""
    for town, code in (("town", "postal_code"), ("site_town", "site_postal_code")):
        match = re.fullmatch(r"(?:D-?\s*)?(\d{4,5})[ ,]+(\D.*)", cells.get(town, ""))
        if match and code not in cells:
            cells[code], cells[town] = match[1], match[2]


def with_member_above(cells: dict[str, str], above: dict[str, str]) -> dict[str, str]:
    """Office lists name a member once, and its sites below it."""
    if own := {name: text for name, text in cells.items() if name in ("number", "name")}:
        return own
    cells |= above
    return above


def is_sum(row: Sequence[str]) -> bool:
    filled = [text for text in row if text]
    return bool(SUMS.match(folded(filled[0]))) and len(filled) <= 4  # noqa: PLR2004  "Summe", members, sites, places


def mostly_formulas(rows: Rows) -> bool:
    """More than half of what is filled in waits for a program that reckons: nobody mends that line by line."""
    filled = [text for row in rows for text in row if text]
    return 2 * sum(text.startswith("=") for text in filled) > len(filled)


def no_header(has_rows: bool) -> Refused:
    if not has_rows:
        return Refused(_("The file is empty."), "file")
    return Refused(
        _("We found no row with headings. One row should name the columns, for example: Member, Postal code, Town."),
        "file",
    )


def of_others() -> Refused:
    words = _("This file tells of people, offers or evidence by themselves. Please take the list of members, which can "
              "be read in.")  # fmt: skip
    return Refused(words, "file")


def of_formulas() -> Refused:
    return Refused(_("The file is made of formulas. Please save it with their values and try again."), "file")


def too_long() -> Refused:
    most = format_number(MOST_LINES)
    return Refused(_("The table has more than %(most)s lines. Please divide it into several files.", most=most), "file")


def locked() -> Refused:
    return Refused(_("The file is locked with a password. Please save it without one and try again."), "file")


def damaged() -> Refused:
    return Refused(_("The file is damaged or not a spreadsheet. Please store it as XLSX or CSV and try again."), "file")
