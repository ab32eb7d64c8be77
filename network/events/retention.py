"""What is kept of registrations, and for how long: names for twelve months, figures for good (DOMAIN 3.6)."""

from piccolo.columns.combination import Where

from mailing.retention import forget_about
from network import clock
from network.activity import WORKER, record
from network.database import DB
from network.events.tables import Attendee, Event, Registration
from network.i18n import N_

KEEP_DAYS = 365


async def forget_people() -> None:
    """Daily. Twelve months after an event its guests lose name and address; who came from where stays as a number."""
    for event in await ended_long_ago():
        async with DB.transaction():
            await forget_guests(Attendee.event == event.id)
            await forget_registrants(Registration.event == event.id)
            await forget_about(f"event:{event.reference}")
            await record(WORKER, N_("guests forgotten, figures kept"), f"event:{event.reference}", event.title_de)


async def forget_guests(which: Where) -> None:
    """Names and addresses go; who came from which organisation stays as a number."""
    await Attendee.update(
        {
            Attendee.name: "",
            Attendee.email: "",
            Attendee.role: "",
            Attendee.diet: "",
            Attendee.sorting: "",
            Attendee.search: "",
        }
    ).where(which)


async def forget_registrants(which: Where) -> None:
    await Registration.update({Registration.name: "", Registration.email: "", Registration.phone: ""}).where(which)


async def ended_long_ago() -> list[Event]:
    """Events that still hold a guest's name or address after their time."""
    return [
        event
        for event in await Event.objects().where(Event.ends_at < clock.ago(days=KEEP_DAYS)).order_by(Event.id)
        if await Registration.exists().where((Registration.event == event.id) & (Registration.email != ""))
    ]
