"""The meetings of the demo's board: one that is over, one to which it is invited, one that is only planned."""

from datetime import date, time, timedelta

from network import clock
from network.boardroom import agenda, invitation, invited, meeting
from network.boardroom.tables import BoardMeeting
from network.people.person import person_at

HOUSE = "Geschäftsstelle, Musterufer 1, 10115 Berlin"


async def build(today: date, actor: str) -> None:
    await ahead(today, actor)


async def planned(day: date, actor: str, written: date, **facts: str) -> BoardMeeting:
    with clock.set_to(clock.berlin(written, time(10, 5))):
        row = await meeting.plan(
            title="Vorstandssitzung", starts_at=clock.berlin(day, time(10)), ends_at=clock.berlin(day, time(12, 30)),
            place=HOUSE, chair="Henrike Voßberg", minute_taker="Mira Quandt", actor=actor, **facts,
        )  # fmt: skip
        await agenda.lay_out(row, actor=actor)
    return row


async def ahead(today: date, actor: str) -> None:
    """In twelve days; the board was invited the day before yesterday, and one has answered."""
    written = today - timedelta(days=2)
    row = await planned(today + timedelta(days=12), actor, written, online_at="https://konferenz.example.org/vorstand")
    with clock.set_to(clock.berlin(written, time(10, 20))):
        await agenda.add(row, "Haushaltsentwurf für das nächste Jahr", speaker="Jonas Hillebrecht", actor=actor,
                         text="Der Vorstand legt der Mitgliederversammlung den Haushaltsentwurf vor.")  # fmt: skip
        await agenda.add(row, "Mietvertrag für das Lager", speaker="Tarek Linnemann", actor=actor,
                         text="Der Verein mietet das Lager am Musterufer 3 für zwei Jahre.")  # fmt: skip
        await invitation.invite(row, actor=actor)
    tarek = await person_at("tarek.linnemann@example.org")
    if tarek:
        with clock.set_to(clock.berlin(today - timedelta(days=1), time(18, 40))):
            await invited.answer(row, tarek.id, "coming", actor=tarek.reference)
