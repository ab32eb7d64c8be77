"""What stands in the demo's resolution book from last year's assembly, before the house kept it itself."""

from datetime import date, time, timedelta
from typing import Any

from network import clock
from network.association.bylaws import bylaws_on, first_day
from network.resolutions import book
from network.resolutions.tables import Body, Kind, Outcome

PLAN = "Der Haushalt des kommenden Jahres wird in der vorgelegten Fassung beschlossen."
TAKEN: list[tuple[Kind, str, str, Outcome, dict[str, int]]] = [
    (Kind.ORDINARY, "Jahresrechnung", "Die Jahresrechnung wird festgestellt.", Outcome.ADOPTED,
     {"represented": 16, "yes": 16}),
    (Kind.DISCHARGE, "Entlastung des Vorstands", "Dem Vorstand wird für das vergangene Jahr Entlastung erteilt.",
     Outcome.ADOPTED, {"represented": 16, "banned": 2, "yes": 13, "abstain": 1}),
    (Kind.ORDINARY, "Haushalt", PLAN, Outcome.ADOPTED, {"represented": 16, "yes": 12, "no": 3, "abstain": 1}),
    (Kind.BYLAWS, "Frist für Anträge", "Die Frist für Anträge wird auf drei Wochen verlängert.", Outcome.REJECTED,
     {"represented": 16, "yes": 11, "no": 4, "abstain": 1}),
    (Kind.CONTRIBUTIONS, "Beitragsordnung", "Der Sockelbeitrag beträgt 1.200 €, je Standort kommen 450 € hinzu.",
     Outcome.ADOPTED, {"represented": 16, "yes": 14, "no": 2}),
]  # fmt: skip


async def build(today: date, actor: str) -> None:
    day = today - timedelta(days=308 + (today.weekday() - 4) % 7)
    rules_from = first_day(await bylaws_on(day))
    for number, (kind, title, wording, outcome, counts) in enumerate(TAKEN):
        moment = clock.berlin(day, time(11 + number // 2, 30 * (number % 2)))
        facts: dict[str, Any] = {"kind": kind, "title": f"{title} {day.year}", "wording": wording, "outcome": outcome}
        with clock.set_to(moment):
            await book.enter(Body.ASSEMBLY, taken_at=moment, actor=actor, rules_from=rules_from, **facts | counts)
