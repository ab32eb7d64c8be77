"""Spreadsheets as other programs store them: XLS of Excel 97 to 2003, ODS of LibreOffice; made byte by byte."""

import io
import struct
import zipfile

SECTOR, FREE, END, FAT = 512, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
ODS = "application/vnd.oasis.opendocument.spreadsheet"


# --- XLS ([MS-XLS] in [MS-CFB]) --------------------------------------------------------------------------------------


def as_xls(rows: list[list[str | float]], *, title: str = "Mitglieder", locked: bool = False) -> bytes:
    """One sheet of texts and numbers. A locked one has the record that asks for a password."""
    globals_bof = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    password = record(0x002F, struct.pack("<H", 1) + bytes(52)) if locked else b""
    name = struct.pack("<BB", len(title), 1) + title.encode("utf-16-le")
    start = len(globals_bof) + len(password) + len(record(0x0085, bytes(6) + name)) + len(record(0x000A))
    bound = record(0x0085, struct.pack("<IH", start, 0) + name)
    sheet = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 6))
    sheet += record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows), default=0), 0))
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            sheet += cell(number, place, value)
    stream = globals_bof + password + bound + record(0x000A) + sheet + record(0x000A)
    return compound("Workbook", stream)


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def cell(row: int, place: int, value: str | float) -> bytes:
    at = struct.pack("<HHH", row, place, 0)
    if isinstance(value, str):
        return record(0x0204, at + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
    return record(0x0203, at + struct.pack("<d", value))


def compound(name: str, stream: bytes) -> bytes:
    """A compound file with this one stream, long enough to have sectors of its own."""
    stream = stream.ljust(4096, b"\0")
    stream += bytes(-len(stream) % SECTOR)
    count = len(stream) // SECTOR
    fat = [FAT, END, *range(3, 2 + count), END]
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    header += struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<I", 0) + struct.pack("<I", FREE) * 108
    table = b"".join(struct.pack("<I", one) for one in [*fat, *[FREE] * (SECTOR // 4 - len(fat))])
    directory = entry("Root Entry", 5, END, 0, child=1) + entry(name, 2, 2, len(stream)) + bytes(256)
    return header + table + directory + stream


def entry(name: str, kind: int, start: int, size: int, *, child: int = FREE) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    told = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    told += struct.pack("<III", FREE, FREE, child) + bytes(36)
    return (told + struct.pack("<IQ", start, size)).ljust(128, b"\0")


# --- ODS (OASIS OpenDocument 1.2) ------------------------------------------------------------------------------------


def as_ods(rows: list[list[str]], *, title: str = "Mitglieder", more: str = "", locked: bool = False) -> bytes:
    """One sheet; a text that begins with "=" is a formula without a result. `more` are rows as they are stored."""
    told = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows)
    spreadsheet = f'<table:table table:name="{title}">{told}{more}</table:table>'
    body = f"<office:body><office:spreadsheet>{spreadsheet}</office:spreadsheet></office:body>"
    key = "<manifest:encryption-data/>" if locked else ""
    kind = f'manifest:full-path="/" manifest:media-type="{ODS}"'
    parts = {
        "mimetype": ODS,
        "content.xml": f"<office:document-content {NAMES}>{body}</office:document-content>",
        "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry {kind}/><manifest:file-entry manifest:full-path="content.xml">{key}'
        "</manifest:file-entry></manifest:manifest>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def ods_cell(value: str, times: int = 1) -> str:
    again = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    if value.startswith("="):
        return f'<table:table-cell table:formula="of:{value}"{again}/>'
    if not value:
        return f"<table:table-cell{again}/>"
    return f'<table:table-cell office:value-type="string"{again}><text:p>{value}</text:p></table:table-cell>'
