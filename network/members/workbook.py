"""What must be known of an XLSX file before it is read: whether it unpacks to something huge, and its bare formulas."""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
FILLED = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
LARGEST_UNPACKED = 400 * 1024 * 1024


class TooLarge(Exception):  # noqa: N818  it is an answer, not a fault
    """More cells than anybody types."""


def bare_formulas(content: bytes, *, most_rows: int, most_columns: int) -> dict[str, dict[tuple[int, int], str]]:
    """Sheet → (row, column) from 0 → what a reader would take for empty cells: errors, formulas without a result.

    Raises TooLarge before anything is unpacked that would not fit; KeyError, ParseError and BadZipFile when damaged.
    """
    found = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
            raise TooLarge
        for name, path in sheets(archive).items():
            part = archive.read(path)
            for cell in FILLED.finditer(part):
                if int(cell[2]) > most_rows or column(cell[1].decode()) >= most_columns:
                    raise TooLarge
            found[name] = uncalculated(part) if any(mark in part for mark in (b"<f", b":f", b't="e"')) else {}
    return found


def sheets(archive: zipfile.ZipFile) -> dict[str, str]:
    """Name of each sheet → its part of the archive."""
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  expat itself refuses bombs
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    parts = {sheet.get("name", ""): inside(targets.get(sheet.get(LINK), "")) for sheet in book.iter(f"{MAIN}sheet")}
    return {name: path for name, path in parts.items() if "worksheets/" in path}


def inside(target: str) -> str:
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def uncalculated(part: bytes) -> dict[tuple[int, int], str]:
    found = {}
    for _event, cell in ET.iterparse(io.BytesIO(part)):  # noqa: S314
        if cell.tag == f"{MAIN}c":
            formula, value = cell.find(f"{MAIN}f"), cell.find(f"{MAIN}v")
            name = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
            place = (int(name[2]) - 1, column(name[1])) if name else None
            if place and cell.get("t") == "e":
                found[place] = (value.text if value is not None else "") or "#"
            elif place and formula is not None and (value is None or not value.text):
                found[place] = f"={formula.text or ''}"
        elif cell.tag == f"{MAIN}row":
            cell.clear()
    return found


def column(letters: str) -> int:
    """The column's number from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
