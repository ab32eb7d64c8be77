"""The demo's general assembly: in Berlin and online, two weeks ahead, with its agenda and papers (DOMAIN 8)."""

from datetime import date, time, timedelta
from typing import Any

from mailing.tables import Letter, LetterState
from network import clock
from network.assembly import (
    agenda,
    call,
    convocation,
    delegate,
    dispatch,
    election,
    meeting,
    motion,
    paper,
    proxy,
    standard,
)
from network.assembly.tables.meeting import Assembly, ItemKind
from network.board import seat
from network.demo.described import PAPER
from network.demo.members import NAMES
from network.files import keep_document
from network.members.tables import Organisation

RIGHTS = (
    "Mit dem Zugang aus dieser Einladung nehmen Sie von Ihrem Rechner oder Telefon aus teil. Zu Wort melden Sie sich "
    "mit der Hand-Taste, Anträge sprechen Sie oder schreiben sie in den Chat. Abgestimmt wird online im selben "
    "Augenblick wie im Saal; bei geheimen Wahlen erhalten Sie einen eigenen Zugang. Reißt die Verbindung ab, rufen "
    "Sie bitte 030 23125 900 an."
)
RIGHTS_EN = (
    "With the access from this invitation you take part from your computer or telephone. You ask for the floor with "
    "the hand button, motions are spoken or written into the chat. Votes are taken online at the same moment as in "
    "the room; for secret elections you get an access of your own. If the line breaks, please ring 030 23125 900."
)
FACTS: dict[str, Any] = {
    "mode": "hybrid",
    "venue": "Haus am Musterufer",
    "street": "Musterufer 1",
    "postal_code": "10115",
    "town": "Berlin",
    "land": "BE",
    "rights_de": RIGHTS,
    "rights_en": RIGHTS_EN,
    "online_at": "https://konferenz.example.org/mv",
    "election_officer": "Gisbert Ohm",
    "minute_taker": "Stefan Øster",
}
OLD_TEXT = """\
§ 9 Mitgliederversammlung
(1) Die Mitgliederversammlung wird vom Vorstand mit einer Frist von vier Wochen schriftlich einberufen.
(2) Sie ist beschlussfähig, wenn sie ordnungsgemäß einberufen ist."""
NEW_TEXT = """\
§ 9 Mitgliederversammlung
(1) Die Mitgliederversammlung wird vom Vorstand mit einer Frist von vier Wochen in Textform einberufen.
(2) Sie ist beschlussfähig, wenn sie ordnungsgemäß einberufen ist.
(3) Sie kann auch als virtuelle Versammlung einberufen werden; Beschlüsse können online gefasst werden."""


LATE_MOVER, HOLDER, BOUNCED, BY_POST = 4, 6, 8, 9  # M05, M07, M09 and M10
NAMED = (0, 1, 2, 3, 6)
STANDING = ((0, "Nele Wiegand", "nele.wiegand@example.org"), (2, "Ole Brandis", "ole.brandis@example.org"))
ABOUT = "Seit zwölf Jahren leite ich einen Standort. Ich möchte, dass wir mit den Kostenträgern auf Augenhöhe sprechen."


def day_of(today: date) -> date:
    """A Friday, seven to thirteen days ahead: the deadline for motions has just passed."""
    return today + timedelta(days=7 + (4 - today.weekday() - 7) % 7)


async def build(today: date, actor: str) -> Assembly:
    day = day_of(today)
    with clock.set_to(clock.berlin(day - timedelta(days=94), time(9, 40))):
        row = await meeting.plan(
            title=f"Mitgliederversammlung {day.year}", starts_at=clock.berlin(day, time(10)),
            ends_at=clock.berlin(day, time(16)), shown_at=clock.now(), actor=actor, **FACTS,
        )  # fmt: skip
        usual = ["opening", "report", "accounts", "discharge", "budget", "election", "bylaws", "other"]
        await standard.lay_out(row, usual, actor=actor)
    await call_for_candidates(row, day, actor)
    with clock.set_to(clock.berlin(day - timedelta(days=45), time(14, 10))):
        await add_papers(row, actor)
    await Organisation.update({Organisation.by_post_since: day - timedelta(days=700)}).where(
        Organisation.name == NAMES[BY_POST]
    )
    with clock.set_to(clock.berlin(day - timedelta(days=38), time(10, 30))):
        await convocation.convene(row, actor=actor)
    await dispatch.post_all(row, on=day - timedelta(days=37), actor=actor)
    await move_late(row, day)
    await name_voters(row, day, actor)
    return row


async def call_for_candidates(row: Assembly, day: date, actor: str) -> None:
    """The chair is elected; of two who were proposed one has agreed, and the other one has the letter."""
    items = {item.kind: item for item in await agenda.items_of(row)}
    members = {one.name: one for one in await Organisation.objects().where(Organisation.name.is_in(NAMES))}
    with clock.set_to(clock.berlin(day - timedelta(days=80), time(10))):
        [chair, *_others] = await seat.seats_on(day)
        of = await election.plan(
            row, items[ItemKind.ELECTION], title="Vorsitz des Vorstands", seats=[chair], actor=actor
        )
        await call.open_(row, day - timedelta(days=2), actor=actor)
        of = await election.by_reference(row, of.reference) or of
    with clock.set_to(clock.berlin(day - timedelta(days=60), time(9, 20))):
        agreed, _asked = [
            await call.propose(row, of, by=members[NAMES[place]], name=name, email=email, works_here=True, actor="")
            for place, name, email in STANDING
        ]
        await call.agree(row, of, agreed, about=ABOUT)


async def name_voters(row: Assembly, day: date, actor: str) -> None:
    """Most members have said who votes for them; one gives its votes to another."""
    known = {one.name: one for one in await Organisation.objects().where(Organisation.name.is_in(NAMES))}
    with clock.set_to(clock.berlin(day - timedelta(days=20), time(11))):
        for place in NAMED:
            member = known[NAMES[place]]
            who, email = await delegate.suggested(row, member)
            if who:
                await delegate.name(row, member, who=who, email=email, capacity="delegate", actor=actor,
                                    document=await keep_document("Ermächtigung.pdf", PAPER))  # fmt: skip
        await proxy.give(
            row, known[NAMES[BY_POST]], known[NAMES[HOLDER]], form="written", given_on=day - timedelta(days=21),
            document=await keep_document("Vollmacht.pdf", PAPER), actor=actor,
        )  # fmt: skip


async def move_late(row: Assembly, day: date) -> None:
    """A motion that came a day after the deadline and waits for an answer."""
    mover = await Organisation.objects().get(Organisation.name == NAMES[LATE_MOVER])
    assert mover
    with clock.set_to(clock.berlin(day - timedelta(days=14), time(9, 15))):
        await motion.hand_in(
            row, mover, kind=ItemKind.RESOLUTION, title="Arbeitsgruppe Digitale Förderplanung", actor="",
            wording="Die Mitgliederversammlung setzt eine Arbeitsgruppe Digitale Förderplanung ein.",
        )  # fmt: skip


async def settle_letters() -> None:
    """One invitation came back; nobody has seen to it yet."""
    to = Letter.to_name == NAMES[BOUNCED]
    sent = Letter.select(Letter.id).where(to & (Letter.template == "assembly/invitation"))
    lost = await sent.order_by(Letter.written_at, ascending=False).first()
    if lost:
        await Letter.update(
            {Letter.state: LetterState.FAILED, Letter.sent_at: None, Letter.answer: "550 5.1.1 Mailbox unavailable"}
        ).where(Letter.id == lost["id"])


async def add_papers(row: Assembly, actor: str) -> None:
    items = {item.kind: item for item in await agenda.items_of(row)}
    budget, bylaws = items[ItemKind.RESOLUTION], items[ItemKind.BYLAWS]
    await agenda.change(row, budget, text="Der Haushalt des kommenden Jahres wird beschlossen.", actor=actor,
                        speaker="Jonas Hillebrecht", minutes_planned=20)  # fmt: skip
    await agenda.change(row, bylaws, text="§ 9 der Satzung wird wie vorgelegt geändert.", actor=actor)
    plan = ("Haushaltsplan.pdf", PAPER.replace(b"Nachweis", b"Haushalt"))
    await paper.attach(row, budget, title="Entwurf des Haushalts", document=plan, actor=actor)
    await paper.attach(row, bylaws, title="§ 9 der Satzung", old_text=OLD_TEXT, new_text=NEW_TEXT, actor=actor)
