"""At the door: who has come, who comes without a registration. Every deed may be repeated without harm."""

from typing import Any

from network import clock
from network.activity import record
from network.database import DB, locked
from network.errors import Refused
from network.events.facts import title
from network.events.participants import conditions
from network.events.registration import By, Source
from network.events.tables import Attendee, AttendeeState, Event, Registration
from network.folding import organisation_key, search_key, sort_key
from network.i18n import N_, _, locale, ngettext
from network.members.organisation import of_visitor
from network.references import new_reference, new_token

OPENS_HOURS = 24  # before the event, so that the list can be tried out the evening before
MOST_SHOWN = 30


def why_not_yet(event: Event) -> str:
    """Why nobody can be checked in; "" from the day before on, and afterwards for what was forgotten."""
    if event.cancelled_at is not None:
        return _("This event has been cancelled.")
    if event.published_at is None:
        return _("This event has not been published.")
    if clock.ahead(hours=OPENS_HOURS) < event.starts_at:
        return _("Check-in opens a day before the event.")
    return ""


async def tick(event_id: int, reference: str, *, actor: str) -> Attendee | None:
    """Somebody is here. Who was waiting or had cancelled comes in while there is room; refused when there is none."""
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        check_open(event)
        person = await person_at_door(event, reference)
        if person is None or person.present_at is not None:
            return person
        if person.state != AttendeeState.SEATED:
            await check_room(event)
            person.state, person.walk_in, person.seated_at = AttendeeState.SEATED, True, clock.now()
        person.present_at = clock.now()
        await person.save()
        await record(actor, N_("checked in"), f"attendee:{person.reference}", title(event))
    return person


async def untick(event_id: int, reference: str, *, actor: str) -> Attendee | None:
    """It was a mistake. Who had walked in is out again, and back on the waiting list where they were on it."""
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        check_open(event)
        person = await person_at_door(event, reference)
        if person is None or person.present_at is None:
            return person
        person.present_at = None
        if person.walk_in and person.entry and person.cancelled_at is None:
            person.state, person.walk_in, person.seated_at = AttendeeState.WAITING, False, None
        elif person.walk_in:
            person.state, person.cancelled_at, person.cancelled_by = AttendeeState.CANCELLED, clock.now(), By.OFFICE
        await person.save()
        await record(actor, N_("check-in undone"), f"attendee:{person.reference}", title(event))
    return person


async def walk_in(event_id: int, name: str, organisation: str, *, actor: str) -> Attendee:
    """Somebody without a registration comes in; refused when as many people are here as there are seats."""
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        check_open(event)
        await check_room(event)
        house = await of_visitor(organisation, actor=actor)
        registration = Registration(
            reference=new_reference(),
            key=new_token(),
            event=event.id,
            organisation_name=organisation,
            organisation_key=organisation_key(organisation)[:200],
            organisation=house.id if house else None,
            name=name,
            email="",
            locale=locale(),
            source=Source.DOOR,
            at=clock.now(),
        )
        await registration.save()
        person = Attendee(
            reference=new_reference(),
            key=new_token(),
            event=event.id,
            registration=registration.id,
            name=name,
            state=AttendeeState.SEATED,
            registered_at=clock.now(),
            seated_at=clock.now(),
            present_at=clock.now(),
            walk_in=True,
            sorting=sort_key(name)[:200],
            search=search_key(name, organisation)[:700],
        )
        await person.save()
        await record(actor, N_("walked in"), f"attendee:{person.reference}", title(event))
    return person


def check_open(event: Event) -> None:
    if words := why_not_yet(event):
        raise Refused(words)


async def check_room(event: Event) -> None:
    """The house holds so many people, whoever they are."""
    here = await Attendee.count().where(
        (Attendee.event == event.id) & (Attendee.state == AttendeeState.SEATED) & (Attendee.present_at != None)
    )
    if here >= event.seats:
        words = ngettext("The one seat is taken.", "%(num)s people are here; the house is full.", event.seats)
        raise Refused(words)


async def person_at_door(event: Event, reference: str) -> Attendee | None:
    return await Attendee.objects().get((Attendee.event == event.id) & (Attendee.reference == reference))


async def at_door(event: Event, text: str) -> list[dict[str, Any]]:
    """Whom a search finds, or everybody expected; people who wait or cancelled only when they are searched for."""
    where, values = conditions(event, text, "" if text else AttendeeState.SEATED)
    return await Attendee.raw(
        "SELECT a.reference AS reference, a.name AS name, a.state AS state, a.present_at AS present_at, "
        f"a.walk_in AS walk_in, r.organisation_name AS organisation {where} "
        f"ORDER BY CASE WHEN a.present_at IS NULL THEN 0 ELSE 1 END, a.sorting, a.id LIMIT {MOST_SHOWN + 1}",
        *values,
    )
