"""An organisation known from the forums wants to become a member: its evidence has been checked, the visit is next."""

from datetime import date, time, timedelta
from typing import Any

from network import clock
from network.admission import application, steps
from network.admission.tables import StepKind
from network.people.tables import Person

TYPED: dict[str, Any] = {
    "name": "Werkbank Nord gGmbH",
    "street": "Am Speicher 12",
    "postal_code": "18055",
    "town": "Rostock",
    "land": "MV",
    "website": "https://werkbank-nord.example.org",
    "sites": "18055 Rostock, Am Speicher 12\n17489 Greifswald, Ryckufer 3",
    "why": "Seit 2014 bereiten wir Menschen nach einer psychischen Erkrankung auf die Rückkehr in Arbeit vor. "
    "Wir möchten uns an gemeinsamen Standards messen lassen.",
    "contact_name": "Torge Lüneborg",
    "contact_email": "torge.lueneborg@example.org",
    "contact_phone": "+49 381 000000",
}


async def build(today: date, mira: Person) -> None:
    """Sent more than three weeks ago, looked at since."""
    came, checked = today - timedelta(days=24), today - timedelta(days=11)
    with clock.set_to(clock.berlin(came, time(16, 40))):
        row = await application.apply(committed=True, **TYPED)
    with clock.set_to(clock.berlin(came, time(17, 5))):
        await application.arrive(row)
    with clock.set_to(clock.berlin(checked, time(11, 30))):
        await steps.take(
            row, StepKind.EVIDENCE, on=checked, said_by=mira.name, actor=mira.reference,
            why="Nachweis nach § 51 SGB IX für beide Standorte liegt vor, gültig bis Ende 2029.",
        )  # fmt: skip
