"""What the demo's members did themselves: six of ten confirmed, one proposes a new name, one sends evidence."""

from datetime import date, datetime, time, timedelta

from network import clock
from network.catalogue.tables import Entry
from network.demo.described import EXPIRING, ISSUER, PAPER
from network.files import keep_document
from network.members.tables import Organisation, Site
from network.people.tables import Person
from network.representing import answer, check, proof, proposal
from network.representing.answer import Answer
from network.representing.rules import EVIDENCE
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
WHY = "Die Gesellschafterversammlung hat den neuen Namen beschlossen; er ist zum Handelsregister angemeldet."


async def build(today: date, members: dict[str, Organisation], mira: Person, ella: Person, henrike: Person) -> None:
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
    with clock.set_to(past(today, 0, time(8, 15))):
        await send_evidence(today, members["M03"], henrike)


async def send_evidence(today: date, member: Organisation, by: Person) -> None:
    """The successor of the paper that ends in less than three months."""
    basis = await Entry.objects().get(Entry.code == "sgb9-51")
    site = await Site.objects().get(Site.code == EXPIRING)
    assert basis
    first = today + timedelta(days=86)
    facts = {"issuer": ISSUER, "sign": f"RT-012/{first.year}", "valid_from": first,
             "valid_until": date(first.year + 5, 12, 31)}  # fmt: skip
    paper = await keep_document("Folgebescheid.pdf", PAPER)
    await proposal.propose(member, EVIDENCE, proof.told(basis, site, facts), document=paper, by=by.reference)


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
