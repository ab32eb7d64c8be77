"""The demo's working groups: four at work, one that has ended, and people of most members in them (all invented)."""

from datetime import date, timedelta
from typing import NamedTuple

from network.demo.cast import address
from network.groups import group, participation
from network.groups.tables import Part, WorkingGroup
from network.members.tables import Organisation
from network.people import person

CHAIR, DEPUTY, PARTICIPANT, GUEST = Part


class Told(NamedTuple):
    """A group; days are days ago."""

    name: str
    english: str
    purpose: str
    purpose_english: str
    founded: int
    meetings: int
    shown: bool
    # member ("" of a guest who comes from none), name, part, since, until
    people: list[tuple[str, str, Part, int, int | None]]
    ended: int | None = None


GROUPS = [
    Told(
        "AG Qualität und Datenbank", "Working group on quality and the database",
        "Legt fest, welche Ergebnisse alle gleich erfassen, und betreut die gemeinsame Datenbank.",
        "Agrees on the results that everybody records in the same way, and looks after the common database.",
        3900, 6, True,
        [("M01", "Ella Brandt", PARTICIPANT, 1800, 731), ("M01", "Ella Brandt", CHAIR, 730, None),
         ("M02", "Nuri Şahin-Falk", CHAIR, 2600, 731), ("M02", "Nuri Şahin-Falk", DEPUTY, 730, None),
         ("M03", "Bente Jürs", PARTICIPANT, 600, None), ("M05", "Antje Grünzel", PARTICIPANT, 1500, None),
         ("M07", "Anke v. d. Heide", PARTICIPANT, 2100, None), ("M10", "Florin Dachsel", PARTICIPANT, 1200, None),
         ("M01", "Gudrun Leising", PARTICIPANT, 3800, 1901)],
    ),
    Told(
        "AG ICF und Förderplanung", "Working group on the ICF and on planning support",
        "Pflegt die gemeinsame Auswahl der ICF und erprobt, wie Teilnehmende an ihrer Förderplanung mitschreiben.",
        "Keeps the common selection of the ICF and tries out how participants write their own plans.",
        2600, 4, True,
        [("M07", "Anke v. d. Heide", CHAIR, 1600, None), ("M03", "Henrike Voßberg", PARTICIPANT, 2500, 1200),
         ("M04", "Lukas Wernicke", PARTICIPANT, 1100, None), ("M09", "Sabeth Hinrichsen", PARTICIPANT, 900, None),
         ("", "Jolanda Wiesengrund", GUEST, 300, -21)],
    ),
    Told(
        "AK Integration und Arbeitgeber", "Working group on integration and employers",
        "Tauscht Wege in Betriebe aus und spricht mit Kammern und Arbeitgebern.",
        "Shares ways into companies and talks with chambers and employers.",
        2000, 4, True,
        [("M10", "Florin Dachsel", CHAIR, 1400, None), ("M02", "Tarek Linnemann", PARTICIPANT, 1900, None),
         ("M08", "Kilian Ömer-Vogt", DEPUTY, 500, None), ("M05", "Antje Grünzel", PARTICIPANT, 1000, None)],
    ),
    Told(
        "AG Öffentlichkeitsarbeit", "Working group on publicity",
        "Bereitet Veröffentlichungen und Veranstaltungen vor.",
        "Prepares publications and events.", 1300, 2, False,
        [("M06", "Ruta Kaspereit", CHAIR, 1300, 40), ("M04", "Lukas Wernicke", PARTICIPANT, 700, None),
         ("M08", "Kilian Ömer-Vogt", PARTICIPANT, 400, None)],
    ),
    Told(
        "AK Gründung der Datenbank", "Working group for the beginning of the database",
        "Hat die Qualitätsdatenbank vorbereitet.", "Prepared the quality database.", 4600, 8, False,
        [("M01", "Volkmar Ißleib", CHAIR, 4600, None), ("M02", "Tarek Linnemann", PARTICIPANT, 4500, None)],
        ended=3901,
    ),
]  # fmt: skip


async def build(today: date, members: dict[str, Organisation], *, actor: str) -> None:
    """Entered when the house began, with what was known from before."""
    for told in GROUPS:
        row = await group.enter(
            name_de=told.name, name_en=told.english, purpose_de=told.purpose, purpose_en=told.purpose_english,
            founded_on=ago(today, told.founded), meetings_a_year=told.meetings, shown=told.shown, actor=actor,
        )  # fmt: skip
        await seat_all(today, row, told, members, actor)
        if told.ended:
            await group.end(row, on=ago(today, told.ended), note="Auftrag erfüllt", actor=actor)


async def seat_all(
    today: date, row: WorkingGroup, told: Told, members: dict[str, Organisation], actor: str
) -> None:  # fmt: skip
    for number, name, part, since, until in told.people:
        someone = await person.enter(name, address(name.replace(".", "")))
        await participation.enter(
            row, someone, part, organisation=members.get(number), since=ago(today, since),
            until=None if until is None else ago(today, until), actor=actor,
        )  # fmt: skip


def ago(today: date, days: int) -> date:
    return today - timedelta(days=days)
