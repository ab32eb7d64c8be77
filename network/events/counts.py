"""How full an event is, always counted from the rows themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from network.database import marks
from network.events.tables import Attendee, Event


@dataclass(frozen=True, slots=True)
class Counts:
    """People; organisations are those of people with a seat, told apart by their folded name."""

    taken: int = 0
    waiting: int = 0
    organisations: int = 0


async def counts_of(event: Event) -> Counts:
    return (await counts_for([event.id])).get(event.id, Counts())


async def counts_for(events: Sequence[int]) -> dict[int, Counts]:
    """In one query for any number of events. Who walked in at the door took no seat from anybody."""
    if not events:
        return {}
    rows = await Attendee.raw(
        "SELECT a.event AS event, "
        "SUM(CASE WHEN a.state = 'seated' AND NOT a.walk_in THEN 1 ELSE 0 END) AS taken, "
        "SUM(CASE WHEN a.state = 'waiting' THEN 1 ELSE 0 END) AS waiting, "
        "COUNT(DISTINCT CASE WHEN a.state = 'seated' THEN r.organisation_key END) AS organisations "
        "FROM attendee a JOIN registration r ON r.id = a.registration "
        f"WHERE a.event IN ({marks(events)}) GROUP BY a.event",
        *events,
    )
    return {row["event"]: Counts(row["taken"], row["waiting"], row["organisations"]) for row in rows}


async def taken(event: Event) -> int:
    """Seats that people have; the same number that the seat bar shows."""
    found = await Attendee.raw(
        "SELECT count(*) AS number FROM attendee WHERE event = {} AND state = 'seated' AND NOT walk_in", event.id
    )
    return int(found[0]["number"])
