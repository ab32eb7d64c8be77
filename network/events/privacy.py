"""What events hold about a person: seats, registrations made for others, and what somebody needs."""

from collections.abc import Sequence
from typing import Any

from mailing.addresses import address_key
from mailing.retention import forget
from mailing.tables import Letter
from network import clock
from network.activity import record
from network.database import in_any_case
from network.events import access, registration
from network.events.facts import title
from network.events.registration import By
from network.events.retention import CONTACT, GUESTS, NEEDS, forget_guests, forget_registrants
from network.events.rules import may_see_needs
from network.events.tables import Attendee, AttendeeState, Event, Registration
from network.folding import search_key
from network.i18n import N_, _, format_day, format_moment, local, locale
from network.people.viewer import Viewer
from network.web.handed import Held, Privacy, Subject, Trace

MOST = 40
ACTIVE = (AttendeeState.SEATED, AttendeeState.WAITING)
STATES = {
    AttendeeState.SEATED: N_("has a seat"),
    AttendeeState.WAITING: N_("is waiting"),
    AttendeeState.CANCELLED: N_("cancelled"),
}


# Found by a name, with the organisation where somebody knows it ------------------------------------------------------


async def known_as(words: Sequence[str]) -> list[Trace]:
    return [*await guests_known_as(words), *await registrants_known_as(words), *await contacts_known_as(words)]


async def guests_known_as(words: Sequence[str]) -> list[Trace]:
    """Also whoever gave no address: a seat that stands by itself."""
    rows = await Attendee.raw(
        "SELECT a.reference AS reference, a.name AS name, a.email AS email, r.organisation_name AS organisation, "
        "e.title_de AS title_de, e.title_en AS title_en, e.starts_at AS starts_at FROM attendee a "
        "JOIN registration r ON r.id = a.registration JOIN event e ON e.id = a.event WHERE a.name <> '' AND "
        + " AND ".join(["a.search LIKE {}"] * len(words))
        + f" ORDER BY a.sorting, e.starts_at DESC, a.id LIMIT {MOST}",
        *[f"%{word}%" for word in words],
    )
    return [
        Trace(
            key=f"address:{row['email']}" if row["email"] else f"attendee:{row['reference']}",
            name=row["name"],
            where=_("Place at %(event)s", event=heading(row)),
            email=row["email"],
            organisation=row["organisation"],
        )
        for row in rows
    ]


async def registrants_known_as(words: Sequence[str]) -> list[Trace]:
    """Whoever registered others. They have no column to be searched by, and are forgotten after a year anyway."""
    rows = await Registration.raw(
        "SELECT r.reference AS reference, r.name AS name, r.email AS email, r.organisation_name AS organisation, "
        "e.title_de AS title_de, e.title_en AS title_en, e.starts_at AS starts_at FROM registration r "
        "JOIN event e ON e.id = r.event WHERE r.name <> '' ORDER BY e.starts_at DESC, r.id"
    )
    meant = [row for row in rows if is_meant(words, row["name"], row["email"], row["organisation"])]
    return [
        Trace(
            key=f"address:{row['email']}" if row["email"] else f"registration:{row['reference']}",
            name=row["name"],
            where=_("Registered others for %(event)s", event=heading(row)),
            email=row["email"],
            organisation=row["organisation"],
        )
        for row in meant[:MOST]
    ]


async def contacts_known_as(words: Sequence[str]) -> list[Trace]:
    rows = await Event.objects().where(Event.contact_name != "").order_by(Event.starts_at, ascending=False)
    meant = [row for row in rows if is_meant(words, row.contact_name, row.contact_email)]
    return [
        Trace(
            key=f"address:{row.contact_email}" if row.contact_email else f"contact:{row.reference}",
            name=row.contact_name,
            where=_("Contact for %(event)s", event=title_of(row)),
            email=row.contact_email,
        )
        for row in meant[:MOST]
    ]


def is_meant(words: Sequence[str], *told: str) -> bool:
    text = search_key(*told)
    return all(word in text for word in words)


def heading(row: dict[str, Any]) -> str:
    name = (row["title_en"] if locale() == "en" else "") or row["title_de"]
    return f"{name}, {format_day(row['starts_at'])}"


# Told ----------------------------------------------------------------------------------------------------------------


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    return [
        *[await seat_held(viewer, row) for row in await seats_of(subject)],
        *[await form_held(row) for row in await forms_of(subject)],
        *[contact_held(row) for row in await contacts_of(subject)],
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
    return Held(GUESTS, facts, named=_("Place at an event"))


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
    stays = _("Colleagues come by this registration, and its letters go to this address.") if others else ""
    until = local(event.ends_at) if others else None
    return Held(GUESTS, facts, named=_("Registration of an organisation"), stays=stays, until=until)


def contact_held(row: Event) -> Held:
    facts = [
        (_("Event"), title_of(row)),
        (_("Name"), row.contact_name),
        (_("E-mail address"), row.contact_email),
        (_("Telephone"), row.contact_phone),
    ]
    return Held(CONTACT, facts, stays=_("It stands on the event's page. Enter somebody else there first."))


async def colleagues(row: Registration, event: Event) -> int:
    """How many others still come to an event that is not over by a registration that somebody made for them."""
    if event.ends_at < clock.now() or event.cancelled_at:
        return 0
    key = address_key(row.email)
    people = await Attendee.objects().where((Attendee.registration == row.id) & Attendee.state.is_in(list(ACTIVE)))
    return sum(address_key(one.email) != key for one in people)


# Erased --------------------------------------------------------------------------------------------------------------


async def erase(subject: Subject, actor: str) -> None:
    """Seats in what is still to come are given back first, so that somebody moves up; then names and addresses go.

    Earlier letters to others that name a guest go with the guest; what tells them now that a seat is free still leaves.
    """
    seats, before = await seats_of(subject), await latest_letter()
    for row in seats:
        event = await event_of(row.event)
        if row.state in ACTIVE and not event.cancelled_at and event.starts_at > clock.now():
            await registration.cancel(event.id, [row.reference], by=By.OFFICE, actor=actor)
    forms = [row for row in await forms_of(subject) if not await colleagues(row, await event_of(row.event))]
    for row in seats:
        await forget_letters_naming(row, before)
        await access.forget([row.id])
        await forget_guests(Attendee.id == row.id)
    for form in forms:
        await forget_registrants(Registration.id == form.id)
    for event_id in {row.event for row in seats} | {row.event for row in forms}:
        event = await event_of(event_id)
        await record(actor, N_("a guest erased, figures kept"), f"event:{event.reference}", event.title_de)


async def forget_letters_naming(guest: Attendee, before: int) -> None:
    """Letters to whoever registered this guest, perhaps among others: up to that letter, and where they name them."""
    form = await Registration.objects().get(Registration.id == guest.registration)
    if form and guest.name and form.email:
        about = f"event:{(await event_of(guest.event)).reference}"
        which = "about = {} AND id <= {} AND lower(to_email) = {} AND text LIKE {}"
        await forget(which, about, before, form.email.lower(), f"%{guest.name}%")


async def latest_letter() -> int:
    last = await Letter.select(Letter.id).order_by(Letter.id, ascending=False).first()
    return int(last["id"]) if last else 0


async def seats_of(subject: Subject) -> list[Attendee]:
    picked = subject.picked("attendee")
    found = await Attendee.objects().where(Attendee.reference.is_in(picked)) if picked else []
    for email in subject.emails:
        rows = await Attendee.objects().where(in_any_case(Attendee.email, email))
        found += [row for row in rows if address_key(row.email) in subject.keys]
    return sorted({row.id: row for row in found}.values(), key=lambda row: row.id)


async def forms_of(subject: Subject) -> list[Registration]:
    picked = subject.picked("registration")
    found = await Registration.objects().where(Registration.reference.is_in(picked)) if picked else []
    for email in subject.emails:
        rows = await Registration.objects().where(in_any_case(Registration.email, email))
        found += [row for row in rows if address_key(row.email) in subject.keys]
    return sorted({row.id: row for row in found}.values(), key=lambda row: row.id)


async def contacts_of(subject: Subject) -> list[Event]:
    picked = subject.picked("contact")
    found = await Event.objects().where(Event.reference.is_in(picked)) if picked else []
    for email in subject.emails:
        rows = await Event.objects().where(in_any_case(Event.contact_email, email))
        found += [row for row in rows if address_key(row.contact_email) in subject.keys]
    return sorted({row.id: row for row in found}.values(), key=lambda row: row.starts_at)


async def event_of(event_id: int) -> Event:
    event = await Event.objects().get(Event.id == event_id)
    assert event
    return event


def title_of(event: Event) -> str:
    return f"{title(event)}, {format_day(event.starts_at)}"


PRIVACY = Privacy(known_as, held_about, erase, (GUESTS, NEEDS, CONTACT))
