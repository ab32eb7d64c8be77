"""The ten members and twenty-three sites of the demo association, as DOMAIN §8 lists them."""

import csv
import io
from datetime import date

from openpyxl import Workbook

from network.members import membership, organisation, site
from network.members.tables import Organisation, Site

MEMBERS = """\
M01;Neckarbogen Reha und Arbeit gGmbH;Mannheim;1995
M02;Rheinweg Berufstraining gGmbH;Köln;1995
M03;Elbufer Training und Teilhabe gGmbH;Hamburg;1995
M04;Spreebrücke Berufliche Teilhabe e. V.;Berlin;1997
M05;Pleißetal Bildung und Reha gGmbH;Leipzig;2001
M06;Isarblick Berufliche Integration gGmbH;München;1999
M07;Ruhrpunkt Training gGmbH;Dortmund;2004
M08;Mainfeld Arbeitswege e. V.;Frankfurt a. M.;2006
M09;Leineaue Teilhabe gGmbH;Hannover;2010
M10;Fuldahöhe Bildung und Arbeit gGmbH;Kassel;2016
"""
SITES = """\
S01,M01,Mannheim,68161,BW,49.486,8.470,1981,48
S02,M01,Heilbronn,74072,BW,49.142,9.215,1998,24
S03,M01,Karlsruhe,76133,BW,49.007,8.394,1992,36
S04,M01,Ulm,89073,BW,48.402,9.998,2007,20
S05,M01,Freiburg im Breisgau,79098,BW,47.994,7.847,1996,30
S06,M01,Ravensburg,88212,BW,47.784,9.615,2014,16
S07,M02,Köln,50667,NW,50.939,6.954,1985,60
S08,M02,Bonn,53111,NW,50.742,7.095,2003,24
S09,M02,Aachen,52062,NW,50.778,6.089,2009,20
S10,M02,Düsseldorf,40213,NW,51.222,6.773,2000,32
S11,M03,Hamburg,20095,HH,53.551,10.002,1987,54
S12,M03,Lübeck,23552,SH,53.868,10.689,2008,18
S13,M03,Kiel,24103,SH,54.324,10.132,2011,18
S14,M04,Berlin,10115,BE,52.533,13.378,1997,56
S15,M04,Potsdam,14467,BB,52.400,13.067,2013,16
S16,M05,Leipzig,04109,SN,51.338,12.363,2001,40
S17,M05,Dresden,01067,SN,51.058,13.717,2005,36
S18,M06,München,80331,BY,48.136,11.573,1999,44
S19,M06,Nürnberg,90402,BY,49.449,11.087,2012,24
S20,M07,Dortmund,44135,NW,51.513,7.475,2004,14
S21,M08,Frankfurt am Main,60311,HE,50.110,8.682,2006,30
S22,M09,Hannover,30159,NI,52.375,9.739,2010,26
S23,M10,Kassel,34117,HE,51.317,9.492,2016,18
"""
MEMBER_ROWS = list(csv.reader(io.StringIO(MEMBERS), delimiter=";"))
SITE_ROWS = list(csv.reader(io.StringIO(SITES)))
GERMAN_HEADER = ["Mitgliedsnr.", "Mitglied", "Sitz", "Mitglied seit", "Standort-Nr.", "PLZ", "Ort", "Bundesland", "Breite",
                 "Länge", "eröffnet", "Plätze"]  # fmt: skip


def german_rows() -> list[list[str]]:
    """A line for each site, the member repeated."""
    members = {row[0]: row for row in MEMBER_ROWS}
    return [
        [*members[member], code, plz, town, land, lat, lon, opened, places]
        for code, member, town, plz, land, lat, lon, opened, places in SITE_ROWS
    ]


async def member(name: str, *, since: date = date(2001, 1, 1), number: str = "", **facts: str) -> Organisation:
    row = await organisation.enter(name, **facts)
    await membership.join(row, since=since, number=number)
    return row


async def a_site(of: Organisation, town: str, postal_code: str, **facts) -> Site:
    return await site.enter(of, town=town, postal_code=postal_code, **facts)


async def the_ten() -> None:
    """All of them, as the demo has them."""
    rows = {}
    for number, name, town, since in MEMBER_ROWS:
        rows[number] = await member(name, since=date(int(since), 1, 1), number=number, town=town)
    for code, number, town, plz, land, lat, lon, opened, places in SITE_ROWS:
        await a_site(rows[number], town, plz, code=code, land=land, lat=float(lat), lon=float(lon),
                     opened_year=int(opened), places=int(places))  # fmt: skip


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
