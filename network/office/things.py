"""Where a thing stands: activity and letters name it as "kind:reference"."""

from collections.abc import Iterable

from network.activity import WORKER
from network.events.tables import Registration
from network.i18n import _
from network.people.tables import Person
from network.web.addresses import url

PLACES = {
    "person": "/office/people/{}",
    "association": "/office/settings",
    "bylaws": "/office/settings/bylaws",
    "notice": "/office/settings/notices/{}",
    "letter": "/office/outbox/{}",
    "event": "/office/events/{}",
    "assembly": "/office/assemblies/{}",
    "filing": "/office/board/register/{}",
    "demand": "/office/assemblies/demands/{}",
    "resolution": "/office/resolutions/{}",
    "circular": "/office/resolutions/circulars/{}",
    "organisation": "/office/members/{}",
    "application": "/office/members/applications/{}",
    "checks": "/office/members/checks",
    "board": "/office/board",
    "term": "/office/board/terms/{}",
    "board_meeting": "/office/board/meetings/{}",
    "board_task": "/office/board/tasks",
    "appointment": "/office/board/appointments/{}",
    "allowance": "/office/board/allowances",
    "working_group": "/office/groups/{}",
    "groups": "/office/groups",
    "milestone": "/office/history",
    "deletion": "/office/privacy/runs/{}",
    "keeping": "/office/privacy/calendar",
    "entry": "/office/members/catalogue/{}",
    "issue": "/office/newsletter/{}",
    "subscriber": "/office/newsletter/readers/{}",
    "list": "/office/newsletter",
    "outbox": "/office/outbox",
    "people": "/office/people",
    "members": "/office/members",
    "privacy": "/office/privacy",
}


def address(thing: str) -> str:
    """The thing's page in the office, in the language being spoken; "" when it has none."""
    kind, _colon, reference = thing.partition(":")
    place = PLACES.get(kind, "")
    return url(place.format(reference)) if place and (reference or "{}" not in place) else ""


async def addresses(things: Iterable[str]) -> dict[str, str]:
    """The same for many; a registration stands on the page of its event."""
    wanted = set(things)
    registrations = [thing.partition(":")[2] for thing in wanted if thing.startswith("registration:")]
    found = {thing: address(thing) for thing in wanted}
    if registrations:
        event = Registration.event.reference.as_alias("event")
        mine = Registration.reference.is_in(registrations)
        for row in await Registration.select(Registration.reference, event).where(mine):
            found[f"registration:{row['reference']}"] = address(f"event:{row['event']}")
    return found


async def names_of_actors(actors: Iterable[str]) -> dict[str, str]:
    """Actors by their public reference, in words."""
    wanted = [actor for actor in set(actors) if actor not in ("", WORKER)]
    rows = await Person.select(Person.reference, Person.name).where(Person.reference.is_in(wanted)) if wanted else []
    names = {actor: _("a person since deleted") for actor in wanted} | {row["reference"]: row["name"] for row in rows}
    return names | {"": _("a visitor"), WORKER: _("by itself")}
