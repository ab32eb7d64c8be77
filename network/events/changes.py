"""What guests must hear of: more or fewer seats, another day or place, and the end of it all."""

from collections.abc import Collection
from dataclasses import dataclass

from network import clock
from network.activity import record
from network.database import DB, locked
from network.errors import Refused
from network.events import letters, rules, waitlist
from network.events.facts import title
from network.events.recipients import recipients
from network.events.tables import Attendee, AttendeeState, Event, Registration
from network.events.words import seated_and_waiting
from network.i18n import N_, _, ngettext

MATTERS = ("starts_at", "ends_at", "mode", "venue", "street", "postal_code", "town", "online_address")


@dataclass(frozen=True, slots=True)
class LettersDue:
    """Whom a change concerns, and how many e-mails tell them: who gave no address is in their registrant's."""

    seated: int = 0
    waiting: int = 0
    total: int = 0

    @property
    def words(self) -> str:
        """4 people have a seat, 2 are waiting: 3 e-mails go out."""
        return _(
            "%(concerned)s: %(emails)s.",
            concerned=seated_and_waiting(self.seated, self.waiting),
            emails=ngettext("one e-mail goes out", "%(num)s e-mails go out", self.total),
        )


async def letters_due(event: Event, *, moving_up: Collection[Attendee] = ()) -> LettersDue:
    """Asked before it happens, so that the office knows; who moves up by it hears of that alone."""
    others = {person.id for person in moving_up}
    seated = await people(event, AttendeeState.SEATED)
    waiting = [person for person in await people(event, AttendeeState.WAITING) if person.id not in others]
    return LettersDue(len(seated), len(waiting), await recipients(seated) + await recipients(waiting))


def concerns_guests(before: Event, after: Event) -> bool:
    """Whether a change must be told to everybody: day, time, place, the address of the broadcast."""
    return any(getattr(before, name) != getattr(after, name) for name in MATTERS)


async def moved(event: Event, before: Event) -> int:
    """After an edit, in its transaction and holding the event's row: write to everybody whom it concerns.

    Free seats are given first (more of them, a later day, the passing rule may have made that possible), so that nobody
    hears two things: who moves up gets the seat's letter alone, which says the new day. Then people who had a seat get
    the update for their calendar, those who still wait a notice. Returns the number of letters.
    """
    seated = await people(event, AttendeeState.SEATED)
    count = await recipients(await waitlist.fill(event))
    if concerns_guests(before, event):
        count += await letters.event_changed(event, before, seated)
        count += await letters.event_changed(event, before, await people(event, AttendeeState.WAITING))
    return count


async def cancel_event(event_id: int, reason: str, *, actor: str) -> int:
    """Cancel and write to everybody, with a cancellation for each calendar; return the number of letters. Once."""
    async with DB.transaction():
        event = await locked(Event, event_id, Event.version)
        if event.cancelled_at is not None:
            return 0
        if words := rules.why_not_cancelled(event, clock.now(), anybody=await anybody(event)):
            raise Refused(words)
        event.cancelled_at, event.cancel_reason = clock.now(), reason
        event.sequence += 1
        await Event.update(
            {
                Event.cancelled_at: event.cancelled_at,
                Event.cancel_reason: reason,
                Event.sequence: event.sequence,
            }
        ).where(Event.id == event.id)
        count = 0
        for state in (AttendeeState.SEATED, AttendeeState.WAITING):
            count += await letters.event_cancelled(event, await people(event, state))
        await record(actor, N_("event cancelled"), f"event:{event.reference}", title(event), reason)
    return count


async def anybody(event: Event) -> bool:
    """Whether somebody has ever registered for it."""
    return bool(await Registration.exists().where(Registration.event == event.id))


async def people(event: Event, state: AttendeeState) -> list[Attendee]:
    return (
        await Attendee.objects().where((Attendee.event == event.id) & (Attendee.state == state)).order_by(Attendee.id)
    )
