"""Who is what in the demo's members: who leads sites, who votes, whom to ask (DOMAIN §8 and more, all invented)."""

from datetime import date, timedelta

from network.demo.cast import address
from network.members import function
from network.members.tables import FunctionKind, Organisation, Site
from network.people import person, publication
from network.people.tables import Person, Publication

DIRECTOR, DELEGATE, CONTRIBUTIONS, MANAGER, QUALITY, CONTACT = FunctionKind

# member, name (and title), kind, site, since how many days ago, telephone, what may be shown
ROWS = [
    ("M01", "Ella Brandt", MANAGER, "S01", 1900, "0621 23125 210", "name email phone"),
    ("M01", "Ella Brandt", DELEGATE, "", 800, "", ""),
    ("M01", "Volkmar Ißleib", DIRECTOR, "", 3100, "0621 23125 200", "name"),
    ("M01", "Doreen Kästel", CONTRIBUTIONS, "", 2500, "0621 23125 204", ""),
    ("M01", "Doreen Kästel", QUALITY, "", 420, "", ""),
    ("M02", "Tarek Linnemann", DIRECTOR, "", 2900, "0221 23125 300", "name email"),
    ("M02", "Tarek Linnemann", DELEGATE, "", 2900, "", ""),
    ("M02", "Nuri Şahin-Falk", MANAGER, "S07", 1500, "0221 23125 310", "name email phone"),
    ("M03", "Henrike Voßberg", DIRECTOR, "", 3300, "040 23125 400", "name email phone"),
    ("M03", "Henrike Voßberg", DELEGATE, "", 3300, "", ""),
    ("M03", "Bente Jürs", MANAGER, "S11", 700, "040 23125 410", "name phone"),
    ("M04", "Lukas Wernicke", DELEGATE, "", 1200, "030 23125 500", ""),
    ("M04", "Lukas Wernicke", CONTACT, "", 1200, "", "name email"),
    ("M05", "Antje Grünzel", DELEGATE, "", 1700, "0341 23125 600", "name"),
    ("M05", "Antje Grünzel", DIRECTOR, "", 1700, "", ""),
    ("M06", "Ruta Kaspereit", DIRECTOR, "", 2700, "089 23125 700", "name email"),
    ("M06", "Ruta Kaspereit", DELEGATE, "", 2700, "", ""),
    ("M07", "Anke v. d. Heide", MANAGER, "S20", 2200, "0231 23125 810", "name email phone"),
    ("M07", "Anke v. d. Heide", DELEGATE, "", 900, "", ""),
    ("M08", "Kilian Ömer-Vogt", CONTACT, "", 600, "069 23125 900", "name email"),
    ("M09", "Sabeth Hinrichsen", DELEGATE, "", 1100, "0511 23125 110", "name"),
    ("M10", "Florin Dachsel", MANAGER, "S23", 2000, "0561 23125 120", "name email phone"),
]  # fmt: skip
FORMER = ("M01", "Gudrun Leising", MANAGER, "S01", 4200, 1901)  # led Mannheim before
TITLES = {"Ruta Kaspereit": "Dr."}


async def build(today: date, members: dict[str, Organisation], *, actor: str) -> None:
    """Everybody whom members named, and one who has left."""
    for number, name, kind, site, days, phone, shown in ROWS:
        someone = await somebody(name, phone, actor)
        since = today - timedelta(days=days)
        await function.appoint(members[number], someone, kind, site=await at(site), since=since, actor=actor)
        if shown:
            await agreed(someone, shown, since, actor)
    number, name, kind, site, first, last = FORMER
    since, until = today - timedelta(days=first), today - timedelta(days=last)
    someone = await somebody(name, "", actor)
    await function.appoint(members[number], someone, kind, site=await at(site), since=since, until=until, actor=actor)
    await agreed(someone, "name", since, actor)


async def agreed(someone: Person, facts: str, since: date, actor: str) -> None:
    """They said so when they began: the website's past days tell of them, too."""
    await publication.agreed(someone, facts.split(), actor=actor)
    await Publication.update({Publication.given_on: since}).where(Publication.person == someone.id)


async def somebody(name: str, phone: str, actor: str) -> Person:
    return await person.found_or_entered(
        name, address(name.replace(".", "")), title=TITLES.get(name, ""), phone=phone, actor=actor
    )


async def at(code: str) -> Site | None:
    return await Site.objects().get(Site.code == code) if code else None
