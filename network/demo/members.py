"""The ten members and twenty-three sites of the demo association (DOMAIN §8); the tests have them from here."""

from datetime import date

from network.folding import folded
from network.members import membership, site
from network.members.tables import Organisation

MEMBERS = """\
M01,Neckarbogen Reha und Arbeit gGmbH,Mannheim,68161,BW,Neckarkai 4,1995
M02,Rheinweg Berufstraining gGmbH,Köln,50667,NW,Rheinuferweg 21,1995
M03,Elbufer Training und Teilhabe gGmbH,Hamburg,20095,HH,Am Elbdeich 7,1995
M04,Spreebrücke Berufliche Teilhabe e. V.,Berlin,10115,BE,Brückenstieg 2,1997
M05,Pleißetal Bildung und Reha gGmbH,Leipzig,04109,SN,Pleißengasse 9,2001
M06,Isarblick Berufliche Integration gGmbH,München,80331,BY,Isarplatz 3,1999
M07,Ruhrpunkt Training gGmbH,Dortmund,44135,NW,Zechenring 15,2004
M08,Mainfeld Arbeitswege e. V.,Frankfurt am Main,60311,HE,Mainbogen 6,2006
M09,Leineaue Teilhabe gGmbH,Hannover,30159,NI,Leineweg 11,2010
M10,Fuldahöhe Bildung und Arbeit gGmbH,Kassel,34117,HE,Fuldahang 8,2016
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
FOUNDED = date(1995, 5, 12)  # of the association: nobody was a member before
MEMBER_ROWS = [line.split(",") for line in MEMBERS.splitlines()]  # number, name, town, code, Land, street, joined
SITE_ROWS = [line.split(",") for line in SITES.splitlines()]
NAMES = [row[1] for row in MEMBER_ROWS]


async def enter(*, actor: str = "") -> dict[str, Organisation]:
    """All of them; by their numbers."""
    members = {}
    for number, name, town, postal_code, land, street, joined in MEMBER_ROWS:
        mail, since = folded(name.split()[0]), max(date(int(joined), 1, 1), FOUNDED)
        members[number] = await membership.admit(
            name, since=since, number=number, actor=actor, street=street, postal_code=postal_code,
            town=town, land=land, email=f"{mail}@example.org", website=f"https://{mail}.example.org",
        )  # fmt: skip
    for code, member, town, postal_code, land, lat, lon, opened, places in SITE_ROWS:
        await site.enter(
            members[member], code=code, town=town, postal_code=postal_code, land=land, lat=float(lat), lon=float(lon),
            opened_year=int(opened), places=int(places), actor=actor,
        )  # fmt: skip
    return members
