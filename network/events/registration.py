"""Registering: one to ten people of one organisation, and what can be changed about them until the event begins.

There is one rule for seats: everybody enters the queue at its end, then the queue is walked (waitlist.fill).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from network import clock, i18n, jobs
from network.activity import record
from network.association.pages import notice
from network.database import DB, first_row, locked, marks, rows
from network.errors import Refused
from network.events import access, letters, rules, waitlist
from network.events.counts import taken
from network.events.tables import Attendee, AttendeeState, Event, Registration, WaitlistEntry
from network.folding import organisation_key, search_key, sort_key
from network.i18n import N_, _
from network.members.organisation import of_visitor
from network.references import new_reference, new_token


class Source(StrEnum):
    FORM = "form"
    OFFICE = "office"
    DOOR = "door"


class By(StrEnum):
    """Who cancelled."""

    SELF = "self"
    REGISTRANT = "registrant"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Guest:
    """One person as typed. Needs are kept only with `consent`."""

    name: str
    email: str = ""
    role: str = ""
    diet: str = ""
    needs: Sequence[str] = ()
    other_need: str = ""
    consent: bool = False


async def sign_up(
    event_id: int,
    *,
    organisation: str,
    name: str,
    email: str,
    guests: Sequence[Guest],
    phone: str = "",
    together: bool = False,
    wants_news: bool = False,
    source: Source = Source.FORM,
    actor: str = "",
) -> Registration:
    """Register people and write to all of them. Refused when registration is closed; the office may before and after.

    `together` makes them one entry of the queue, which gets seats only as a whole.
    """
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        if words := closed_for(event, source):
            raise Refused(words)
        await check_number(event, len(guests), most=event.most_people)
        registration = await write_down(
            event, organisation=organisation, name=name, email=email, phone=phone, source=source
        )
        people = await enter(event, registration, guests, together=together)
        await letters.confirmed(event, registration, people, people, first=True)
        if wants_news:
            about = f"event:{event.slug}"
            await jobs.enqueue("newsletter.ask", email=email, name=name, source=about, locale=registration.locale)
        await record(actor, N_("registered"), thing(registration), organisation, str(len(people)))
    return registration


async def add_people(registration: Registration, guests: Sequence[Guest], *, together: bool = False) -> list[Attendee]:
    """More people of the same organisation, at the end of the queue like everybody. Until the event begins."""
    async with DB.transaction():
        event = await locked(Event, registration.event, Event.version)
        if words := rules.why_no_more(event, clock.now()):
            raise Refused(words)
        before = await people_of(registration)
        await check_number(event, len(guests), most=event.most_people - len(before))
        people = await enter(event, registration, guests, together=together)
        await letters.confirmed(event, registration, people, [*before, *people], first=False)
        await record("", N_("people added"), thing(registration), registration.organisation_name, str(len(people)))
    return people


async def replace(registration: Registration, reference: str, guest: Guest) -> Attendee:
    """Somebody else comes in one's stead and takes over the seat or the place in the queue. Until the event begins.

    The old person's calendar entry is cancelled, the new one's has an identity of its own.
    """
    async with DB.transaction():
        event = await locked(Event, registration.event, Event.version)
        if words := rules.why_fixed(event, clock.now()):
            raise Refused(words)
        old = await active(registration, reference)
        new = attendee(event, registration, guest, entry=old.entry)
        new.state, new.seated_at = old.state, old.seated_at
        await new.save()
        await access.keep(new, guest.needs, guest.other_need, consent=guest.consent)
        await withdraw([old], By.REGISTRANT)
        await letters.attendee_replaced(event, old, had_seat=new.state == AttendeeState.SEATED)
        await letters.replacement(event, registration, new)
        await record("", N_("person replaced"), thing(registration), registration.organisation_name)
    return new


async def cancel(event_id: int, references: Sequence[str], *, by: By, actor: str = "") -> list[Attendee]:
    """Cancel people in one deed, then let the queue move up; returns whom it concerned. Until the event begins.

    Several who cancel together free their seats together, so that a waiting group may fit. Repeating it does nothing.
    """
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        if words := rules.why_fixed(event, clock.now()):
            raise Refused(words)
        people = await active_among(event, references)
        if not people:
            return []
        seated = [person for person in people if person.state == AttendeeState.SEATED]
        waiting = [person for person in people if person.state == AttendeeState.WAITING]
        await withdraw(people, by)
        await letters.attendee_cancelled(event, seated, by=by, had_seats=True)
        await letters.attendee_cancelled(event, waiting, by=by, had_seats=False)
        await waitlist.fill(event)
        await record(actor, N_("registration cancelled"), f"event:{event.reference}", event.title_de, str(len(people)))
    return people


async def attendee_cannot_come(key: str) -> Attendee | None:
    """By the link in one's own letter."""
    person = await attendee_by_key(key)
    if person is not None:
        await cancel(person.event, [person.reference], by=By.SELF)
    return person


async def enter(event: Event, registration: Registration, guests: Sequence[Guest], *, together: bool) -> list[Attendee]:
    """Put people at the end of the queue, then walk it; returns them as they stand afterwards."""
    now = clock.now()
    places = [
        WaitlistEntry(event=event.id, registration=registration.id, since=now)
        for _n in range(1 if together else len(guests))
    ]
    entries = [int(row["id"]) for row in await WaitlistEntry.insert(*places)]
    people = [
        attendee(event, registration, guest, entry=entries[0 if together else number])
        for number, guest in enumerate(guests)
    ]
    for person, row in zip(people, await Attendee.insert(*people), strict=True):
        person.id = row["id"]
    for person, guest in zip(people, guests, strict=True):
        await access.keep(person, guest.needs, guest.other_need, consent=guest.consent)
    seated = {person.id: person for person in await waitlist.fill(event, new=entries)}
    return [seated.get(person.id, person) for person in people]


def attendee(event: Event, registration: Registration, guest: Guest, *, entry: int | None) -> Attendee:
    return Attendee(
        reference=new_reference(),
        key=new_token(),
        event=event.id,
        registration=registration.id,
        entry=entry,
        name=guest.name,
        email=guest.email,
        role=guest.role,
        diet=guest.diet,
        state=AttendeeState.WAITING,
        registered_at=clock.now(),
        sorting=sort_key(guest.name)[:200],
        search=search_key(guest.name, guest.email, registration.organisation_name)[:700],
    )


async def write_down(
    event: Event, *, organisation: str, name: str, email: str, phone: str, source: Source
) -> Registration:
    key = organisation_key(organisation)[:200]
    house = await of_visitor(organisation)
    shown = await notice("registration") if source == Source.FORM else None
    registration = Registration(
        reference=new_reference(),
        key=new_token(),
        event=event.id,
        organisation_name=organisation,
        organisation_key=key,
        organisation=house.id if house else None,
        name=name,
        email=email,
        phone=phone,
        locale=i18n.locale(),
        notice_version=shown.version if shown else "",
        source=source,
        at=clock.now(),
    )
    await registration.save()
    return registration


async def withdraw(people: Sequence[Attendee], by: By) -> None:
    """Write down that they do not come; what they needed is forgotten at once."""
    now = clock.now()
    numbers = [person.id for person in people]
    await Attendee.update(
        {Attendee.state: AttendeeState.CANCELLED, Attendee.cancelled_at: now, Attendee.cancelled_by: by}
    ).where(Attendee.id.is_in(numbers))
    await access.forget(numbers)
    await WaitlistEntry.raw(
        f"UPDATE waitlist_entry SET ended_at = {{}} WHERE ended_at IS NULL AND id IN ({marks(people)}) "
        "AND NOT EXISTS (SELECT 1 FROM attendee a WHERE a.entry = waitlist_entry.id AND a.state = 'waiting')",
        now,
        *[person.entry or 0 for person in people],
    )


def closed_for(event: Event, source: Source) -> str:
    if source == Source.FORM:
        return rules.why_closed(event, clock.now())
    return rules.why_not_by_office(event, clock.now())


async def check_number(event: Event, number: int, *, most: int) -> None:
    """One to ten people; without a waiting list no more than there are free seats."""
    if number < 1:
        raise Refused(_("Please name at least one person."))
    if number > most:
        raise Refused(_("One registration can hold %(num)s people at most.", num=event.most_people))
    if event.waiting_list:
        return
    free = max(0, event.seats - await taken(event))
    if free == 0:
        raise Refused(_("All seats are taken, and this event has no waiting list."))
    if number > free:
        raise Refused(
            i18n.ngettext(
                "There is only one free seat, and this event has no waiting list.",
                "There are only %(num)s free seats, and this event has no waiting list.",
                free,
            )
        )


async def active(registration: Registration, reference: str) -> Attendee:
    found = next((person for person in await people_of(registration) if person.reference == reference), None)
    if found is None:
        raise Refused(_("This person is not registered any more."))
    return found


async def active_among(event: Event, references: Sequence[str]) -> list[Attendee]:
    if not references:
        return []
    return (
        await Attendee.objects()
        .where(
            (Attendee.event == event.id)
            & (Attendee.state != AttendeeState.CANCELLED)
            & Attendee.reference.is_in(list(references))
        )
        .order_by(Attendee.id)
    )


async def people_of(registration: Registration) -> list[Attendee]:
    """Who of a registration comes or waits."""
    return await rows(Attendee, "WHERE registration = {} AND state <> 'cancelled' ORDER BY id", registration.id)


async def registration_by_key(key: str) -> Registration | None:
    """None, too, for one whose people have been forgotten (retention)."""
    return await first_row(Registration, "WHERE key = {} AND name <> ''", key)


async def attendee_by_key(key: str) -> Attendee | None:
    return await first_row(Attendee, "WHERE key = {} AND name <> ''", key)


def thing(registration: Registration) -> str:
    return f"registration:{registration.reference}"
