"""Who did what, and when: the activity of all slices, the latest first."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from piccolo.columns.combination import And, Or, Where, WhereRaw

from network import clock
from network.activity import WORKER, Activity
from network.i18n import _
from network.office import things
from network.people.tables import Person

SIZE = 50
Condition = Where | WhereRaw | And | Or


@dataclass(frozen=True, slots=True)
class Told:
    at: datetime
    who: str
    what: str
    label: str
    url: str
    detail: str


@dataclass(frozen=True, slots=True)
class Page:
    lines: list[Told]
    count: int
    page: int
    pages: int


async def told(*, actor: str = "", day: date | None = None, number: int = 1) -> Page:
    """One page of what happened; of one person, on one of Berlin's days."""
    wanted: Condition = Activity.at <= clock.now()
    if actor:
        wanted &= Activity.actor == actor
    if day:
        start = clock.berlin(day, time.min)
        wanted &= (Activity.at >= start) & (Activity.at < clock.berlin(day + timedelta(days=1), time.min))
    count = await Activity.count().where(wanted)
    pages = max(1, -(-count // SIZE))
    number = min(max(1, number), pages)
    rows = (
        await Activity.objects()
        .where(wanted)
        .order_by(Activity.at, Activity.id, ascending=False)
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    )
    names = await things.names_of_actors(row.actor for row in rows)
    places = await things.addresses(row.thing for row in rows)
    lines = [Told(row.at, names[row.actor], _(row.verb), row.label, places[row.thing], row.detail) for row in rows]
    return Page(lines, count, number, pages)


async def actors() -> dict[str, str]:
    """Everybody who ever did something, to choose from."""
    known = (
        await Person.select(Person.reference, Person.name)
        .where(Person.reference.is_in(Activity.select(Activity.actor)))
        .order_by(Person.sorting)
    )
    return {row["reference"]: row["name"] for row in known} | {WORKER: _("by itself")}
