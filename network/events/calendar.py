"""The public calendar entry of an event, to download or to subscribe to."""

from datetime import timedelta

from mailing.calendar import CANCELLED, CONFIRMED, TENTATIVE, Entry, published
from network.association.profile import Profile
from network.events import facts
from network.events.tables import Event
from network.web.addresses import link

REFRESH = timedelta(hours=12)


def entry(event: Event, association: Profile) -> Entry:
    """Its identity is the event's own, its number rises with every change that matters to guests."""
    changes = (event.created_at, event.announced_at, event.published_at, event.cancelled_at)
    return Entry(
        uid=event.reference,
        sequence=event.sequence,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        summary=facts.title(event),
        organiser_name=association.sender.name,
        organiser_email=association.sender.email,
        changed_at=max(at for at in changes if at is not None),
        location=facts.where(event),
        description="\n".join(line for line in (facts.text(event, "lead"), link(f"/events/{event.slug}")) if line),
        url=link(f"/events/{event.slug}"),
        status=status(event),
    )


def status(event: Event) -> str:
    """Tentative while it is only planned."""
    if event.cancelled_at is not None:
        return CANCELLED
    return TENTATIVE if event.published_at is None else CONFIRMED


def download(event: Event, association: Profile) -> bytes:
    return published([entry(event, association)])


def feed(events: list[Event], association: Profile) -> bytes:
    return published([entry(event, association) for event in events], name=association.short_name, refresh=REFRESH)
