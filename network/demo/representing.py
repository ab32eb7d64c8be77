"""What the demo's members did themselves: six of ten confirmed their details this year, and one proposes a new name."""

from datetime import date, datetime, time, timedelta

from network import clock
from network.members.tables import Organisation
from network.people.tables import Person
from network.representing import answer, check, proposal
from network.representing.answer import Answer
from network.representing.tables import DataCheck

ASKED_DAYS_AGO = 16  # so that the first reminder has gone out
ANSWERS = [
    ("M03", "Henrike Voßberg", 1),
    ("M01", "Ella Brandt", 2),
    ("M06", "Ruta Kaspereit", 3),
    ("M02", "Tarek Linnemann", 5),
    ("M09", "Sabeth Hinrichsen", 8),
    ("M05", "Antje Grünzel", 11),
]
NEW_NUMBER = "0511 23125 115"  # of M09
NEW_NAME = "Neckarbogen Arbeit und Teilhabe gGmbH"
WHY = "Die Gesellschafter haben den neuen Namen beschlossen; er ist zum Handelsregister angemeldet."


async def build(today: date, members: dict[str, Organisation], mira: Person, ella: Person) -> None:
    """The round began a fortnight ago, but never in another year than today's."""
    began = max(today - timedelta(days=ASKED_DAYS_AGO), date(today.year, 1, 1))
    with clock.set_to(past(began, 0, time(9, 30))):
        await check.start(today.year, actor=mira.reference)
    for number, by, later in ANSWERS:
        with clock.set_to(past(began, later, time(10, 15))):
            await say(members[number], today.year, by, number == "M09")
    with clock.set_to(past(began, 14, time(9, 40))):
        await check.remind_due()
    with clock.set_to(past(today, -1, time(16, 20))):
        await proposal.propose(members["M01"], "name", NEW_NAME, why=WHY, by=ella.reference)


async def say(owner: Organisation, year: int, by: str, corrects: bool) -> None:
    row = await DataCheck.objects().get((DataCheck.organisation == owner.id) & (DataCheck.year == year))
    assert row
    if corrects:
        await answer.store(row, owner, Answer(by=by, facts={"phone": NEW_NUMBER}))
    else:
        await check.confirm(row, owner, by=by, corrections=0)


def past(first: date, days: int, at: time) -> datetime:
    """Never later than now: in January the round is young."""
    return min(clock.berlin(first + timedelta(days=days), at), clock.now())
