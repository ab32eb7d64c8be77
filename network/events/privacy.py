"""What events hold about a person: seats, registrations made for others, and what somebody needs."""

from mailing.addresses import address_key
from network import clock
from network.activity import record
from network.database import in_any_case
from network.events import access, registration
from network.events.facts import title
from network.events.registration import By
from network.events.retention import forget_guests, forget_registrants
from network.events.rules import may_see_needs
from network.events.tables import Attendee, AttendeeState, Event, Registration
from network.i18n import N_, _, format_day, format_moment
from network.people.viewer import Viewer
from network.web.handed import Held, Privacy, Subject

MOST = 20
ACTIVE = (AttendeeState.SEATED, AttendeeState.WAITING)
STATES = {
    AttendeeState.SEATED: N_("has a seat"),
    AttendeeState.WAITING: N_("is waiting"),
    AttendeeState.CANCELLED: N_("cancelled"),
}


async def known_as(text: str) -> list[Subject]:
    rows = await (
        Attendee.select(Attendee.name, Attendee.email)
        .where((Attendee.email != "") & Attendee.search.like(f"%{text}%"))
        .order_by(Attendee.sorting)
        .limit(MOST)
    )
    return [Subject(row["email"], row["name"]) for row in rows]


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    return [
        *[await seat_held(viewer, row) for row in await seats_of(subject)],
        *[await form_held(row) for row in await forms_of(subject)],
    ]


async def seat_held(viewer: Viewer, row: Attendee) -> Held:
    event = await event_of(row.event)
    facts = [
        (_("Event"), title_of(event)),
        (_("Name"), row.name),
        (_("E-mail address"), row.email),
        (_("Role"), row.role),
        (_("Meal"), row.diet),
        (_("State"), _(STATES[AttendeeState(row.state)])),
        (_("Registered"), format_moment(row.registered_at)),
        (_("Present"), format_moment(row.present_at) if row.present_at else ""),
        (_("What you need to take part"), await needs_told(viewer, event, row)),
    ]
    basis = _("To hold the event (Art. 6 (1) b GDPR): twelve months; the numbers stay without a name.")
    return Held(room(), _("Place at an event"), facts, basis)


async def needs_told(viewer: Viewer, event: Event, row: Attendee) -> str:
    """Health data, which only the event's team reads, even here."""
    if not await access.with_needs([row.id]):
        return ""
    if may_see_needs(viewer, event):
        return ", ".join(await access.own_needs(row))
    return _("is stored; only somebody of the event's team can read it and put it into this file")


async def form_held(row: Registration) -> Held:
    event = await event_of(row.event)
    facts = [
        (_("Event"), title_of(event)),
        (_("Organisation"), row.organisation_name),
        (_("Name"), row.name),
        (_("E-mail address"), row.email),
        (_("Telephone"), row.phone),
        (_("Registered"), format_moment(row.at)),
    ]
    others = await colleagues(row, event)
    stays = _("Colleagues come by this registration, and its letters go to this address, until %(day)s.",
              day=format_day(event.ends_at)) if others else ""  # fmt: skip
    basis = _("To hold the event (Art. 6 (1) b GDPR): twelve months; the numbers stay without a name.")
    return Held(room(), _("Registration of an organisation"), facts, basis, stays)


async def colleagues(row: Registration, event: Event) -> int:
    """How many others still come to an event that is not over by a registration that somebody made for them."""
    if event.ends_at < clock.now() or event.cancelled_at:
        return 0
    key = address_key(row.email)
    people = await Attendee.objects().where((Attendee.registration == row.id) & Attendee.state.is_in(list(ACTIVE)))
    return sum(address_key(one.email) != key for one in people)


async def erase(subject: Subject, actor: str) -> None:
    """Seats in what is still to come are given back first, so that somebody moves up; then names and addresses go."""
    seats = await seats_of(subject)
    for row in seats:
        event = await event_of(row.event)
        if row.state in ACTIVE and not event.cancelled_at and event.starts_at > clock.now():
            await registration.cancel(event.id, [row.reference], by=By.OFFICE, actor=actor)
    forms = [row for row in await forms_of(subject) if not await colleagues(row, await event_of(row.event))]
    for row in seats:
        await access.forget([row.id])
        await forget_guests(Attendee.id == row.id)
    for form in forms:
        await forget_registrants(Registration.id == form.id)
    for event_id in {row.event for row in seats} | {row.event for row in forms}:
        event = await event_of(event_id)
        await record(actor, N_("a guest erased, figures kept"), f"event:{event.reference}", event.title_de)


async def seats_of(subject: Subject) -> list[Attendee]:
    if not subject.key:
        return []
    rows = await Attendee.objects().where(in_any_case(Attendee.email, subject.email)).order_by(Attendee.id)
    return [row for row in rows if address_key(row.email) == subject.key]


async def forms_of(subject: Subject) -> list[Registration]:
    if not subject.key:
        return []
    rows = await Registration.objects().where(in_any_case(Registration.email, subject.email)).order_by(Registration.id)
    return [row for row in rows if address_key(row.email) == subject.key]


async def event_of(event_id: int) -> Event:
    event = await Event.objects().get(Event.id == event_id)
    assert event
    return event


def title_of(event: Event) -> str:
    return f"{title(event)}, {format_day(event.starts_at)}"


def room() -> str:
    return _("Events")


PRIVACY = Privacy(known_as, held_about, erase)
