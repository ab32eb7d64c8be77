"""What tests about events begin with: a forum in Kassel and people who come."""

from datetime import datetime, timedelta
from typing import Any

from network import clock
from network.events import registration
from network.events.registration import Guest
from network.events.tables import Attendee, Event, Registration
from network.references import new_reference


async def forum(*, starts_at: datetime | None = None, published: bool = True, **facts: Any) -> Event:
    """An open forum in six weeks with 70 seats, unless said otherwise."""
    now = clock.now()
    starts_at = starts_at or now + timedelta(weeks=6)
    reference = new_reference()
    values = {
        "slug": f"forum-{reference.lower()}",
        "title_de": "2. Austauschforum",
        "title_en": "2nd exchange forum",
        "ends_at": starts_at + timedelta(hours=6),
        "deadline": starts_at - timedelta(days=3),
        "venue": "Haus der Begegnung",
        "street": "Beispielweg 1",
        "postal_code": "34117",
        "town": "Kassel",
        "created_at": now,
        "published_at": now if published else None,
    }
    event = Event(reference=reference, starts_at=starts_at, **values | facts)
    await event.save()
    return event


def guest(name: str, **facts: Any) -> Guest:
    return Guest(name=name, **{"email": f"{name.lower().replace(' ', '.')}@example.org"} | facts)


async def sign_up(event: Event, *names: str, organisation: str = "Lebensweg gGmbH", **facts: Any) -> Registration:
    """Register people with addresses of their own; the first one registers and comes too."""
    guests = facts.pop("guests", None) or [guest(name) for name in names]
    registrant = {"name": guests[0].name, "email": guests[0].email or "anmeldung@example.org"} | facts
    return await registration.sign_up(event.id, organisation=organisation, guests=guests, **registrant)


async def people(event: Event) -> list[Attendee]:
    return await Attendee.objects().where(Attendee.event == event.id).order_by(Attendee.id)


async def states(event: Event) -> str:
    """One letter for each person in the order of registering: s(eated), w(aiting), c(ancelled)."""
    return "".join(person.state[0] for person in await people(event))
