"""Who gets a letter about whom: one's own address first, the registrant for everybody who gave none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from mailing.addresses import address_key
from mailing.outbox import Address
from network.database import chunks, marks, rows
from network.events.tables import Attendee, AttendeeState, Registration
from network.folding import folded


@dataclass(slots=True)
class Parcel:
    """One letter: to whom, the person whom its calendar entry is for, and others named in it who gave no address."""

    to: Address
    registration: Registration
    own: Attendee | None = None
    others: list[Attendee] = field(default_factory=list)

    @property
    def people(self) -> list[Attendee]:
        return [self.own, *self.others] if self.own else self.others

    @property
    def to_registrant(self) -> bool:
        return self.own is None or bool(self.others) or is_registrant(self.own, self.registration)


def is_registrant(person: Attendee, registration: Registration) -> bool:
    """Whoever registers and comes too: same address and same name (a shared office address alone is not enough)."""
    same_address = address_key(person.email) == address_key(registration.email)
    return same_address and folded(person.name) == folded(registration.name)


async def parcels(people: Sequence[Attendee]) -> list[Parcel]:
    """The letters that have to be written when something concerns these people."""
    known = await registrations_of(people)
    found: list[Parcel] = []
    for number, registration in known.items():
        found += parcels_of(registration, [person for person in people if person.registration == number])
    return found


async def recipients(people: Sequence[Attendee]) -> int:
    """How many letters would go out if something concerned these people."""
    return len(await parcels(people))


def parcels_of(registration: Registration, people: Iterable[Attendee]) -> list[Parcel]:
    """For the people of one registration: the registrant's letter first, where there is one."""
    registrant = Parcel(Address(registration.name, registration.email), registration)
    rest: list[Parcel] = []
    for person in people:
        if not person.email:
            registrant.others.append(person)
        elif registrant.own is None and is_registrant(person, registration):
            registrant.own = person
        else:
            rest.append(Parcel(Address(person.name, person.email), registration, own=person))
    return [registrant, *rest] if registrant.own or registrant.others else rest


async def groups_among(people: Sequence[Attendee]) -> dict[int, list[Attendee]]:
    """Who of them waits only together with others: everybody who waits in the same place of the queue."""
    found: dict[int, list[Attendee]] = {}
    entries = {int(person.entry) for person in people if person.entry and person.state == AttendeeState.WAITING}
    for part in chunks(sorted(entries)):
        for person in await rows(Attendee, f"WHERE state = 'waiting' AND entry IN ({marks(part)}) ORDER BY id", *part):
            found.setdefault(int(person.entry), []).append(person)
    return {entry: group for entry, group in found.items() if len(group) > 1}


async def registrations_of(people: Sequence[Attendee]) -> dict[int, Registration]:
    found: dict[int, Registration] = {}
    for part in chunks(sorted({int(person.registration) for person in people})):
        for row in await rows(Registration, f"WHERE id IN ({marks(part)}) ORDER BY id", *part):
            found[row.id] = row
    return found
