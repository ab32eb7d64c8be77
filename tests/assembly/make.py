"""An assembly as the office would plan it, for tests."""

from datetime import date, datetime, time

from network import clock
from network.assembly import agenda, meeting
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind

DAY = date(2027, 6, 11)  # story 3
RIGHTS = "Mit dem Zugang aus dieser Einladung sprechen, beantragen und stimmen Sie wie im Saal."


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return clock.berlin(day, time(hour, minute))


async def assembly(**facts) -> Assembly:
    """Planned in Berlin for 11 June 2027, ten o'clock."""
    known = {"title": "Mitgliederversammlung 2027", "starts_at": at(10), "town": "Berlin", "land": "BE", "actor": ""}
    if facts.get("mode", "in_person") != "in_person":
        known["rights_de"] = RIGHTS
    return await meeting.plan(**known | facts)


async def item(of: Assembly, kind: ItemKind = ItemKind.RESOLUTION, title: str = "Haushalt 2028") -> AgendaItem:
    return await agenda.add(of, kind, title, actor="")
