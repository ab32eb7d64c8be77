"""What people need in order to take part: health data, seen by the event's team alone, deleted 30 days later."""

import json
from collections.abc import Sequence
from datetime import date, timedelta

from network import clock
from network.activity import WORKER, Activity, record
from network.database import DB, locked, marks
from network.errors import Refused
from network.events import rules
from network.events.tables import AccessNeed, Attendee, AttendeeState, Event
from network.i18n import N_, _, _l, local
from network.people.viewer import Viewer

KEEP_DAYS = 30
OTHER = "other"
OF_EVENTS = "FROM access_need n JOIN attendee a ON a.id = n.attendee JOIN event e ON e.id = a.event"
ORDERED = N_("interpreters ordered")
NEEDS = {
    "dgs": _l("Sign language interpreting (DGS)"),
    "loop": _l("Induction loop"),
    "wheelchair": _l("Place for a wheelchair"),
    "companion": _l("Companion or assistant comes along"),
}


async def keep(person: Attendee, needs: Sequence[str], other: str = "", *, consent: bool) -> None:
    """Store what somebody needs, only with consent (Art. 9 (2) a GDPR); without it nothing of it is kept."""
    known = [need for need in needs if need in NEEDS]
    if consent and (known or other):
        await AccessNeed(attendee=person.id, needs=" ".join(known), other=other, consented_at=clock.now()).save()


async def forget(people: Sequence[int]) -> None:
    """At once, when somebody cancels."""
    await AccessNeed.delete().where(AccessNeed.attendee.is_in(list(people)))


async def own_needs(person: Attendee) -> list[str]:
    """In words, for the person alone who holds the link."""
    row = await AccessNeed.objects().get(AccessNeed.attendee == person.id)
    if row is None:
        return []
    return [*(str(NEEDS[need]) for need in row.needs.split() if need in NEEDS), *([row.other] if row.other else [])]


async def with_needs(people: Sequence[int]) -> set[int]:
    """For whom of these people something is stored."""
    found = await AccessNeed.select(AccessNeed.attendee).where(AccessNeed.attendee.is_in(list(people)))
    return {row["attendee"] for row in found}


async def withdraw(person: Attendee) -> None:
    """Consent is withdrawn as easily as it was given: what was stored is gone. The seat stays."""
    await forget([person.id])


async def needs_of(viewer: Viewer, event: Event) -> list[dict[str, str]]:
    """Name, needs and other words of everybody with a seat who needs something; empty for who may not see it."""
    if not rules.may_see_needs(viewer, event):
        return []
    return await AccessNeed.raw(
        "SELECT a.name AS name, a.email AS email, n.needs AS needs, n.other AS other FROM access_need n "
        "JOIN attendee a ON a.id = n.attendee WHERE a.event = {} AND a.state = 'seated' ORDER BY a.sorting, a.id",
        event.id,
    )


async def needs_summary(event: Event) -> dict[str, int]:
    """How many people with a seat need what: {"dgs": 2, "other": 1}. It outlives the needs."""
    if event.needs_totals:
        return dict(json.loads(event.needs_totals))
    rows = await AccessNeed.select(AccessNeed.needs, AccessNeed.other).where(
        (AccessNeed.attendee.event == event.id) & (AccessNeed.attendee.state == AttendeeState.SEATED)
    )
    found: dict[str, int] = {}
    for row in rows:
        for need in [*row["needs"].split(), *([OTHER] if row["other"] else [])]:
            found[need] = found.get(need, 0) + 1
    return {need: found[need] for need in (*NEEDS, OTHER) if need in found}


async def forget_needs() -> None:
    """Daily. 30 days after an event the needs are deleted and only their totals remain."""
    rows = await AccessNeed.raw(
        "SELECT DISTINCT e.id AS id FROM event e JOIN attendee a ON a.event = e.id "
        "JOIN access_need n ON n.attendee = a.id WHERE e.ends_at < {}",
        clock.end_of(clock.today() - timedelta(days=KEEP_DAYS)),
    )
    for row in rows:
        await forget_needs_of(row["id"])


async def forget_needs_of(event_id: int) -> None:
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        totals = json.dumps(await needs_summary(event))
        await Event.update({Event.needs_totals: totals}).where(Event.id == event_id)
        gone = await AccessNeed.raw(
            "DELETE FROM access_need WHERE attendee IN (SELECT id FROM attendee WHERE event = {}) RETURNING id",
            event_id,
        )
        what, number = f"event:{event.reference}", str(len(gone))
        await record(WORKER, N_("access needs deleted, totals kept"), what, event.title_de, number)


async def needs_left(limit: date) -> int:
    """How many are stored of events that ended on this day or before."""
    found = await AccessNeed.raw(f"SELECT COUNT(*) AS number {OF_EVENTS} WHERE e.ends_at < {{}}", clock.end_of(limit))
    return int(found[0]["number"])


async def next_needs(limit: date) -> date | None:
    """When the next event ended, or will end, of which needs are stored."""
    found = await AccessNeed.raw(
        f"SELECT e.ends_at AS ends_at {OF_EVENTS} WHERE e.ends_at >= {{}} ORDER BY e.ends_at LIMIT 1",
        clock.end_of(limit),
    )
    return local(found[0]["ends_at"]) if found else None


async def interpreters_missing(events: Sequence[int]) -> dict[int, int]:
    """For how many people of each event interpreters are needed, where not as many have been noted as ordered."""
    if not events:
        return {}
    rows = await AccessNeed.raw(
        "SELECT e.id AS id, e.reference AS reference, COUNT(*) AS people FROM access_need n "
        "JOIN attendee a ON a.id = n.attendee JOIN event e ON e.id = a.event "
        f"WHERE a.state = 'seated' AND n.needs LIKE {{}} AND e.id IN ({marks(events)}) GROUP BY e.id, e.reference",
        "%dgs%",
        *events,
    )
    ordered = await orders([row["reference"] for row in rows])
    return {row["id"]: row["people"] for row in rows if row["people"] > ordered.get(row["reference"], 0)}


async def ordered_for(reference: str) -> int:
    """For how many people interpreters were ordered, as somebody noted it last."""
    return (await orders([reference])).get(reference, 0)


async def orders(references: Sequence[str]) -> dict[str, int]:
    """The same for several events; those for which nobody noted anything are left out."""
    if not references:
        return {}
    noted = (
        await Activity.select(Activity.thing, Activity.detail)
        .where(Activity.thing.is_in([f"event:{one}" for one in references]) & (Activity.verb == ORDERED))
        .order_by(Activity.id)
    )
    return {row["thing"].removeprefix("event:"): int(row["detail"]) for row in noted}


async def note_order(viewer: Viewer, event: Event) -> None:
    """Interpreters have been ordered for everybody who needs them by now; the reminder goes until more people do."""
    if not rules.may_see_needs(viewer, event):
        raise Refused(_("Only the event's team sees what people need."))
    people = (await needs_summary(event)).get("dgs", 0)
    await record(viewer.reference, ORDERED, f"event:{event.reference}", event.title_de, str(people))
