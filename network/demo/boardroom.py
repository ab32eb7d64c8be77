"""The meetings of the demo's board: one that is over, one to which it is invited, one that is only planned."""

from datetime import date, time, timedelta

from network import clock
from network.boardroom import agenda, attendance, conflict, decision, invitation, invited, meeting, minutes, task
from network.boardroom.tables import BoardItem, BoardMeeting
from network.demo.cast import address
from network.people.person import person_at

HOUSE = "Geschäftsstelle, Musterufer 1, 10115 Berlin"


async def build(today: date, actor: str) -> None:
    await over(today, actor)
    await ahead(today, actor)


async def planned(title: str, day: date, actor: str, written: date, **facts: str) -> BoardMeeting:
    with clock.set_to(clock.berlin(written, time(10, 5))):
        row = await meeting.plan(
            title=title, starts_at=clock.berlin(day, time(10)), ends_at=clock.berlin(day, time(12, 30)),
            place=HOUSE, chair="Henrike Voßberg", minute_taker="Mira Quandt", actor=actor, **facts,
        )  # fmt: skip
        await agenda.lay_out(row, actor=actor)
    return row


async def over(today: date, actor: str) -> None:
    """Five weeks ago: two decisions, one of them without the one it concerned, and two tasks; its minutes wait."""
    day = today - timedelta(days=35)
    row = await planned("7. Vorstandssitzung", day, actor, day - timedelta(days=14))
    with clock.set_to(clock.berlin(day - timedelta(days=14), time(10, 20))):
        report = await agenda.add(row, "Bericht der Geschäftsführung", speaker="Jonas Hillebrecht", actor=actor)
        study = await agenda.add(row, "Auftrag für die Begleitstudie", actor=actor,
                                 text="Der Verein beauftragt die Begleitstudie für 4.800 €.")  # fmt: skip
        house = await agenda.add(row, "Vortrag auf der Fachtagung", actor=actor,
                                 text="Der Verein zahlt Dr. Ruta Kaspereit für den Vortrag 400 €.")  # fmt: skip
        await invitation.invite(row, actor=actor)
    people = {one.name: one for one in await invited.invited_to(row)}
    with clock.set_to(clock.berlin(day, time(10, 2))):
        await attendance.begin(row, actor=actor)
        for name in ("Henrike Voßberg", "Tarek Linnemann", "Dr. Ruta Kaspereit", "Jonas Hillebrecht"):
            await attendance.come(row, people[name], online=name == "Tarek Linnemann", actor=actor)
    with clock.set_to(clock.berlin(day, time(10, 40))):
        await agenda.note(
            row, report, "Der Bericht wird zur Kenntnis genommen; Fragen gibt es zu den Reisekosten.", actor=actor
        )
        await decide(row, study, 2, 1, actor)
    with clock.set_to(clock.berlin(day, time(11, 15))):
        await conflict.note(row, house, people["Dr. Ruta Kaspereit"], why="contract", actor=actor)
        await decide(row, house, 2, 0, actor)
        for title, name, days in (("Vertrag für die Begleitstudie entwerfen", "Jonas Hillebrecht", 40),
                                  ("Drei Angebote für die Reisekosten einholen", "Henrike Voßberg", 32)):  # fmt: skip
            someone = await person_at(address(name))
            assert someone
            await task.give(title, someone, day + timedelta(days=days), item=study, actor=actor)
    with clock.set_to(clock.berlin(day, time(12, 10))):
        await attendance.close(row, actor=actor)
    with clock.set_to(clock.berlin(day + timedelta(days=2), time(9, 30))):
        await minutes.draft(row, actor=actor)
        await minutes.send(row, actor=actor)


async def decide(row: BoardMeeting, item: BoardItem, yes: int, no: int, actor: str) -> None:
    await decision.decide(row, item, title=item.title, wording=item.text, yes=yes, no=no, actor=actor)


async def ahead(today: date, actor: str) -> None:
    """In twelve days; the board was invited the day before yesterday, and one has answered."""
    written = today - timedelta(days=2)
    row = await planned(
        "8. Vorstandssitzung",
        today + timedelta(days=12),
        actor,
        written,
        online_at="https://konferenz.example.org/vorstand",
    )
    with clock.set_to(clock.berlin(written, time(10, 20))):
        await agenda.add(row, "Haushaltsentwurf für das nächste Jahr", speaker="Jonas Hillebrecht", actor=actor,
                         text="Der Vorstand legt der Mitgliederversammlung den Haushaltsentwurf vor.")  # fmt: skip
        await agenda.add(row, "Mietvertrag für das Lager", speaker="Tarek Linnemann", actor=actor,
                         text="Der Verein mietet das Lager am Musterufer 3 für zwei Jahre.")  # fmt: skip
        await invitation.invite(row, actor=actor)
    tarek = await person_at(address("Tarek Linnemann"))
    if tarek:
        with clock.set_to(clock.berlin(today - timedelta(days=1), time(18, 40))):
            await invited.answer(row, tarek.id, "coming", actor=tarek.reference)
