"""Letters to people who register, sit, wait or cancel; each with the calendar entry of the one person it is for."""

from collections.abc import Mapping, Sequence
from typing import Any

from mailing.letters import CalendarPart, Extras
from mailing.outbox import Address
from network.association.profile import calendar_part, post
from network.clock import now
from network.database import chunks
from network.events import access, facts, rules
from network.events.counts import taken
from network.events.recipients import Parcel, groups_among, is_registrant, parcels, parcels_of
from network.events.tables import Attendee, AttendeeState, Event, Registration
from network.i18n import _, speaking
from network.web.addresses import link


async def confirmed(
    event: Event, registration: Registration, new: Sequence[Attendee], everybody: Sequence[Attendee], *, first: bool
) -> None:
    """After registering or adding people: a letter to each with an address, an overview to the registrant."""
    await seat_or_queue(event, [parcel for parcel in parcels_of(registration, new) if not parcel.to_registrant])
    mine = next((person for person in everybody if is_registrant(person, registration)), None)
    is_new = mine is not None and any(person.id == mine.id for person in new)
    overview = Parcel(Address(registration.name, registration.email), registration, own=mine)
    method = "REQUEST" if mine and is_new and mine.state == AttendeeState.SEATED else ""
    await write("overview", event, overview, method, everybody=everybody, first=first,
                groups=await groups_among(everybody))  # fmt: skip
    await remember_sequences(new)


async def replacement(event: Event, registration: Registration, person: Attendee) -> None:
    """To somebody who takes over another person's seat or place in the queue."""
    await seat_or_queue(event, parcels_of(registration, [person]))
    await remember_sequences([person])


async def seat_or_queue(event: Event, due: Sequence[Parcel]) -> None:
    """To people who have a seat, or wait and hear why. Each of these letters is about one person."""
    if not due:
        return
    about = [(parcel, person) for parcel in due for person in parcel.people[:1]]
    groups = await groups_among([person for _parcel, person in about])
    free = event.seats - await taken(event)
    needs = await access.with_needs([person.id for _parcel, person in about])
    for parcel, person in about:
        if person.state == AttendeeState.SEATED:
            await write("seat_confirmed", event, parcel, "REQUEST", with_needs=needs)
            continue
        along = others_along(person, groups)
        await write("waiting", event, parcel, "", others_along=along, why=rules.why_waiting(free, along + 1),
                    with_needs=needs)  # fmt: skip


def others_along(person: Attendee, groups: Mapping[int, Sequence[Attendee]]) -> int:
    """With how many others somebody waits, who get seats only together."""
    return len(groups.get(person.entry or 0, [person])) - 1


async def moved_up(event: Event, people: Sequence[Attendee]) -> int:
    """To people who had been waiting and have seats now."""
    return await to_all("moved_up", event, people, "REQUEST")


async def event_changed(event: Event, before: Event, people: Sequence[Attendee]) -> int:
    """Another day, time or place: the update for people with a seat, a notice for those who wait."""
    seated = bool(people) and people[0].state == AttendeeState.SEATED
    groups = await groups_among(people)
    due = await parcels(people)
    for parcel in due:
        await write("event_changed", event, parcel, "REQUEST" if seated else "", before=before, seated=seated,
                    others_along=others_along(parcel.people[0], groups))  # fmt: skip
    await remember_sequences(people)
    return len(due)


async def event_cancelled(event: Event, people: Sequence[Attendee]) -> int:
    seated = bool(people) and people[0].state == AttendeeState.SEATED
    return await to_all("event_cancelled", event, people, "CANCEL" if seated else "")


async def attendee_cancelled(event: Event, people: Sequence[Attendee], *, by: str, had_seats: bool) -> int:
    """Who cancelled, or was cancelled by the registrant or the office, has it in writing."""
    return await to_all("attendee_cancelled", event, people, "CANCEL" if had_seats else "", by=by, had_seats=had_seats)


async def attendee_replaced(event: Event, person: Attendee, *, had_seat: bool) -> int:
    """To the person in whose stead somebody else comes; nothing when all letters go to the registrant anyway."""
    if not person.email:
        return 0
    return await to_all("attendee_replaced", event, [person], "CANCEL" if had_seat else "")


async def to_all(template: str, event: Event, people: Sequence[Attendee], method: str, **context: Any) -> int:
    due = await parcels(people)
    for parcel in due:
        await write(template, event, parcel, method, **context)
    await remember_sequences(people)
    return len(due)


async def write(template: str, event: Event, parcel: Parcel, method: str, **context: Any) -> None:
    """One letter, in the language of the registration. A CANCEL only goes to who was once invited."""
    registration, own = parcel.registration, parcel.own
    told = context.get("everybody", parcel.people)
    part = None
    if own is not None and method and (method == "REQUEST" or own.sequence >= 0):
        part = await entry(method, event, own, registration.locale)
    await post(
        f"events/{template}",
        parcel.to,
        locale=registration.locale,
        about=f"event:{event.reference}",
        extras=Extras(calendar=part, secrets=[registration.key, *(person.key for person in told)]),
        event=event,
        facts=facts,
        registration=registration,
        own=own,
        others=parcel.others,
        to_registrant=parcel.to_registrant,
        invited=part is not None,
        by_itself=rules.moves_up_by_itself(event, now()),
        may_register=rules.may_register(event, now()),
        pass_on=[person for person in told if not person.email and person.state == AttendeeState.SEATED],
        **context,
    )


async def entry(method: str, event: Event, person: Attendee, locale: str) -> CalendarPart:
    """The entry of this person; its sequence rises with every message."""
    person.sequence += 1
    with speaking(locale):
        return await calendar_part(
            method,
            Address(person.name, person.email),
            uid=person.reference,
            sequence=person.sequence,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            summary=facts.title(event),
            location=facts.where(event),
            description="\n".join(description(event, person)),
            url=link(f"/events/{event.slug}"),
        )


def description(event: Event, person: Attendee) -> list[str]:
    lines = [facts.text(event, "lead"), link(f"/events/{event.slug}")]
    if event.online_address:
        lines.append(_("Join online: %(address)s", address=event.online_address))
    lines.append(_("If you cannot come: %(address)s", address=link(f"/events/attendees/{person.key}")))
    return [line for line in lines if line]


async def remember_sequences(people: Sequence[Attendee]) -> None:
    """Write down which sequence each person was last sent, a statement for each number."""
    told = [person for person in people if person.sequence >= 0]
    for sequence in sorted({person.sequence for person in told}):
        for part in chunks(person.id for person in told if person.sequence == sequence):
            await Attendee.update({Attendee.sequence: sequence}).where(Attendee.id.is_in(part))
