"""Which organisations come to the events: whoever registers names one, and it is an organisation of the directory."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from network import clock
from network.activity import WORKER
from network.database import DB, marks
from network.events.facts import title
from network.events.tables import Event, Registration
from network.members import organisation
from network.members.organisation import NOBODY
from network.members.tables import Organisation
from network.rowkeeping import by_id

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """An event to which people of an organisation came, or will."""

    reference: str
    title: str
    starts_at: datetime
    people: int  # with a seat; once it has begun, those who came, where somebody counted
    counted: bool


async def of(row: Organisation) -> list[Visit]:
    """The latest first; who cancelled or only waited is left out."""
    found = await Registration.raw(
        "SELECT r.event AS event, count(*) AS seated, count(a.present_at) AS present FROM registration r "
        "JOIN attendee a ON a.registration = r.id AND a.state = 'seated' WHERE r.organisation = {} GROUP BY r.event",
        row.id,
    )
    events = await by_id(Event, [one["event"] for one in found])
    visits = [visit(events[one["event"]], one) for one in found if not events[one["event"]].cancelled_at]
    return sorted((one for one in visits if one.people), key=lambda one: one.starts_at, reverse=True)


def visit(event: Event, counts: dict[str, Any]) -> Visit:
    counted = bool(counts["present"]) and event.starts_at <= clock.now()
    people = counts["present"] if counted else counts["seated"]
    return Visit(event.reference, title(event), event.starts_at, int(people), counted)


async def enter_all() -> None:
    """Daily: registrations from before the house entered their organisations, or whose entry has gone since."""
    named = await Registration.raw(
        "SELECT organisation_key AS key, max(organisation_name) AS name FROM registration "
        f"WHERE organisation IS NULL AND organisation_key NOT IN ({marks(NOBODY)}) "
        "GROUP BY organisation_key LIMIT {}",
        *NOBODY,
        AT_ONCE,
    )
    for one in named:
        open_ = (Registration.organisation == None) & (Registration.organisation_key == one["key"])
        async with DB.transaction():
            if row := await organisation.of_visitor(one["name"], actor=WORKER):
                await Registration.update({Registration.organisation: row.id}).where(open_)
