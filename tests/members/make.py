"""Members one by one, the ten of the demo, and the files in which an office keeps them."""

import csv
import io
from datetime import date

from openpyxl import Workbook

from network.demo import members as demo_members
from network.members import membership, organisation, site
from network.members.tables import Organisation, Site

GERMAN_HEADER = ["Mitgliedsnr.", "Mitglied", "Sitz", "Mitglied seit", "Standort-Nr.", "PLZ", "Ort", "Bundesland", "Breite",
                 "Länge", "eröffnet", "Plätze"]  # fmt: skip


def german_rows() -> list[list[str]]:
    """A line for each site, the member repeated."""
    members = {number: [number, name, town, joined] for number, name, town, *_rest, joined in demo_members.MEMBER_ROWS}
    return [
        [*members[member], code, plz, town, land, lat, lon, opened, places]
        for code, member, town, plz, land, lat, lon, opened, places in demo_members.SITE_ROWS
    ]


async def member(name: str, *, since: date = date(2001, 1, 1), number: str = "", **facts: str) -> Organisation:
    row = await organisation.enter(name, **facts)
    await membership.join(row, since=since, number=number)
    return row


async def a_site(of: Organisation, town: str, postal_code: str, **facts) -> Site:
    return await site.enter(of, town=town, postal_code=postal_code, **facts)


async def the_ten() -> dict[str, Organisation]:
    """All of them, as the demo has them; by their numbers."""
    return await demo_members.enter()


def as_csv(rows: list[list[str]], *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows: list[list], *, title: str = "Mitglieder") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def the_file() -> bytes:
    return as_csv([GERMAN_HEADER, *german_rows()])


def locked_file() -> bytes:
    """The outside of a workbook with a password: an OLE container whose directory names an EncryptedPackage."""
    return bytes.fromhex("d0cf11e0a1b11ae1") + bytes(1016) + "EncryptedPackage".encode("utf-16-le") + bytes(480)
