"""What must be known of an ODS file before it is read: a password, rows repeated to something huge, bare formulas."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from network.members.workbook import LARGEST_UNPACKED, TooLarge

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
Formulas = dict[tuple[int, int], str]


class Locked(Exception):  # noqa: N818  it is an answer, not a fault
    """The file asks for a password."""


@dataclass(slots=True)
class Cell:
    """A cell that stands there `times` times, one beside the other."""

    times: int
    is_empty: bool
    formula: str = ""  # only where it has no result


@dataclass(slots=True)
class Sheet:
    name: str
    height: int = 0  # down to the last row that holds something
    rows: int = 0
    formulas: Formulas = field(default_factory=dict)


def is_opendocument(content: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return CONTENT in archive.namelist()
    except zipfile.BadZipFile:
        return False


def bare_formulas(content: bytes, *, most_rows: int, most_columns: int) -> dict[str, Formulas]:
    """Sheet → (row, column) from 0 → formulas without a stored result, as `workbook.bare_formulas` gives them.

    Raises Locked, TooLarge before anything is unpacked that would not fit; KeyError, ParseError, BadZipFile if damaged.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise TooLarge
        if re.search(rb"encryption-data", archive.read(MANIFEST)):
            raise Locked
        with archive.open(CONTENT) as part:
            return {sheet.name: sheet.formulas for sheet in sheets(part, most_rows, most_columns)}


def sheets(part: object, most_rows: int, most_columns: int) -> Iterator[Sheet]:
    """One after the other; what was counted is forgotten again."""
    sheet, cells = Sheet(""), list[Cell]()
    for event, element in ET.iterparse(part, events=("start", "end")):  # type: ignore[call-overload]  # noqa: S314
        if event == "start":
            if element.tag == f"{TABLE}table":
                sheet = Sheet(element.get(f"{TABLE}name", ""))
        elif element.tag in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            cells.append(cell_of(element))
            element.clear()
        elif element.tag == f"{TABLE}table-row":
            count(sheet, cells, int(element.get(f"{TABLE}number-rows-repeated", "1")), most_rows, most_columns)
            cells = []
            element.clear()
        elif element.tag == f"{TABLE}table":
            yield sheet


def cell_of(element: ET.Element) -> Cell:
    texts = [text for paragraph in element.iter(f"{TEXT}p") for text in paragraph.itertext()]
    has_result = any(texts) or any(name.startswith(OFFICE) and name != f"{OFFICE}value-type" for name in element.attrib)
    formula = element.get(f"{TABLE}formula", "")
    times = int(element.get(f"{TABLE}number-columns-repeated", "1"))
    return Cell(times, not has_result and not formula, "" if has_result else formula)


def count(sheet: Sheet, cells: list[Cell], times: int, most_rows: int, most_columns: int) -> None:
    """A row of the sheet, `times` times. Raises TooLarge where it holds something and lies too far out."""
    width, place = 0, 0
    for cell in cells:
        if cell.formula:
            sheet.formulas[sheet.rows, place] = f"={cell.formula.removeprefix('of:').removeprefix('=')}"
        place += cell.times
        width = width if cell.is_empty else place
    sheet.rows += times
    if width:
        sheet.height = sheet.rows
    if width > most_columns or (width and sheet.height > most_rows):
        raise TooLarge
