"""The demo's association, its people, members and sites, and the letters of the past."""

from datetime import date, timedelta

from mailing.tables import Letter, LetterState
from network.association import beginnings, profile
from network.demo.cast import MEMBERS, Cast
from network.demo.texts import ASSOCIATION, PROMISE
from network.folding import folded
from network.i18n import N_
from network.members import membership, site
from network.newsletter import promise
from network.people import person, roles
from network.people.tables import Person, RoleKind

TEAM = [
    ("Mira Quandt", "mira.quandt@example.org", N_("Office: runs the forums and the mailing list"),
     [RoleKind.OFFICE, RoleKind.EVENT_TEAM]),
    ("Stefan Øster", "stefan.oester@example.org", N_("Office"), [RoleKind.OFFICE]),
    ("Pia Nörtemann", "pia.noertemann@example.org", N_("Administration: settings, people and roles"),
     [RoleKind.ADMIN]),
    ("Jonas Hillebrecht", "jonas.hillebrecht@example.org", N_("Managing director"), [RoleKind.OFFICE]),
    ("Henrike Voßberg", "henrike.vossberg@example.org", N_("Chair of the board, represents the member in Hamburg"), []),
    ("Ella Brandt", "ella.brandt@example.org", N_("Represents the member in Mannheim"), []),
    ("Juno Feldkamp", "juno.feldkamp@example.org", N_("Helps at events: list of participants and check-in"),
     [RoleKind.EVENT_TEAM]),
]  # fmt: skip
REPRESENTATIVES = {"Henrike Voßberg": "M03", "Ella Brandt": "M01"}

SEATS = [  # of the members: town, postal code, Land, street, joined
    ("Mannheim", "68161", "BW", "Neckarkai 4", 1995),
    ("Köln", "50667", "NW", "Rheinuferweg 21", 1995),
    ("Hamburg", "20095", "HH", "Am Elbdeich 7", 1995),
    ("Berlin", "10115", "BE", "Brückenstieg 2", 1997),
    ("Leipzig", "04109", "SN", "Pleißengasse 9", 2001),
    ("München", "80331", "BY", "Isarplatz 3", 1999),
    ("Dortmund", "44135", "NW", "Zechenring 15", 2004),
    ("Frankfurt am Main", "60311", "HE", "Mainbogen 6", 2006),
    ("Hannover", "30159", "NI", "Leineweg 11", 2010),
    ("Kassel", "34117", "HE", "Fuldahang 8", 2016),
]
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


async def found_association() -> None:
    """The association itself, with its list and texts."""
    await profile.set_up(**ASSOCIATION)
    await beginnings.lay_out()


async def build(today: date) -> Cast:
    await found_association()
    people = {name: await admit(name, email, duty, kinds, today) for name, email, duty, kinds in TEAM}
    mira = people["Mira Quandt"]
    await promise.change(mira.reference, **PROMISE)
    await enter_members(people, actor=mira.reference)
    return Cast(mira=mira, helper=people["Juno Feldkamp"])


async def admit(name: str, email: str, duty: str, kinds: list[RoleKind], today: date) -> Person:
    someone = await person.enter(name, email, duty=duty)
    for kind in kinds:
        await roles.grant(someone, kind, since=today - timedelta(days=365))
    return someone


async def enter_members(people: dict[str, Person], *, actor: str) -> None:
    """The ten members with their 23 sites, and who represents two of them."""
    members = {}
    for number, (name, (town, postal_code, land, street, joined)) in enumerate(
        zip(MEMBERS, SEATS, strict=True), start=1
    ):
        code, mail = f"M{number:02}", folded(name.split()[0])
        members[code] = await membership.admit(
            name, since=date(joined, 1, 1), number=code, actor=actor, street=street, postal_code=postal_code,
            town=town, land=land, email=f"{mail}@example.org", website=f"https://{mail}.example.org",
        )  # fmt: skip
    for line in SITES.splitlines():
        code, member, town, postal_code, land, lat, lon, opened, places = line.split(",")
        await site.enter(
            members[member], code=code, town=town, postal_code=postal_code, land=land, lat=float(lat), lon=float(lon),
            opened_year=int(opened), places=int(places), actor=actor,
        )  # fmt: skip
    for name, code in REPRESENTATIVES.items():
        await roles.grant(people[name], RoleKind.MEMBER_REPRESENTATIVE, members[code].reference, actor=actor)


async def settle_letters() -> None:
    """What was written in all that time has long been sent; one letter came back."""
    await Letter.raw(
        "UPDATE letter SET state = {}, sent_at = written_at, attempts = 1, answer = {}",
        LetterState.SENT,
        "250 2.0.0 Ok",
    )
    confirmed = Letter.select(Letter.id).where(Letter.template == "events/seat_confirmed")
    lost = await confirmed.order_by(Letter.written_at, ascending=False).first()
    if lost:
        await Letter.update(
            {Letter.state: LetterState.FAILED, Letter.sent_at: None, Letter.answer: "550 5.1.1 User unknown"}
        ).where(Letter.id == lost["id"])
