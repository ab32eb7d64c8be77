"""What the demo's board decides in writing: one closed a month ago, one that still waits for an answer."""

from datetime import date, time, timedelta

from network import clock
from network.circulars import circular
from network.circulars.tables import Choice
from network.resolutions.tables import Body

DONE = ("Beitritt zum Bündnis Teilhabe", "Der Verein tritt dem Bündnis Teilhabe zum nächsten Quartal bei.",
        "Das Bündnis spricht für 40 Verbände; der Beitrag von 300 € im Jahr ist im Haushalt enthalten.")  # fmt: skip
OPEN = ("Ort der nächsten Klausur", "Die Klausur des Vorstands findet im Frühjahr in Kassel statt.",
        "Kassel liegt für alle gleich weit; das Haus ist für zwei Tage vorgemerkt.")  # fmt: skip


async def build(today: date, actor: str) -> None:
    await ask(today - timedelta(days=37), DONE, ["yes", "yes", "yes"], actor)
    await ask(today - timedelta(days=3), OPEN, ["yes"], actor)


async def ask(day: date, told: tuple[str, str, str], answers: list[str], actor: str) -> None:
    title, wording, reasons = told
    with clock.set_to(clock.berlin(day, time(11, 20))):
        row = await circular.send(
            Body.BOARD, title=title, wording=wording, reasons=reasons, until=day + timedelta(days=10), actor=actor
        )
    voters = [one for one in reversed(await circular.voters_of(row)) if one.email]
    for number, (voter, choice) in enumerate(zip(voters, answers, strict=False)):
        with clock.set_to(clock.berlin(day + timedelta(days=number), time(16, 5 + number))):
            await circular.answer(voter, Choice(choice), by=voter.to_name)
