"""Which event an address means, through the eyes of whoever is looking: what one may not know of is not there."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response
from litestar.exceptions import NotFoundException

from network.activity import looked_at
from network.events import rules
from network.events.event import event_by_reference, event_by_slug
from network.events.tables import Event
from network.people.viewer import Viewer, viewer_of
from network.web.addresses import url
from network.web.pages import see_other

Req = Request[Any, Any, Any]


async def public_event(request: Req, slug: str) -> Event:
    """Announced or published; a draft is shown to the office alone."""
    event = await event_by_slug(slug)
    if event is None or not (rules.is_public(event) or rules.may_manage(await viewer_of(request))):
        raise NotFoundException
    return event


async def team_event(request: Req, reference: str) -> tuple[Viewer, Event]:
    """For the office and this event's own team."""
    viewer, event = await viewer_of(request), await event_by_reference(reference)
    if event is None or not rules.may_check_in(viewer, event):
        raise NotFoundException
    return viewer, event


async def office_event(request: Req, reference: str) -> tuple[Viewer, Event]:
    """For the office."""
    viewer, event = await viewer_of(request), await event_by_reference(reference)
    if event is None or not rules.may_manage(viewer):
        raise NotFoundException
    return viewer, event


async def people_read(viewer: Viewer, event: Event) -> None:
    """Note that somebody reads the addresses of an event's guests."""
    await looked_at(viewer.reference, f"event:{event.reference}", event.title_de)


def not_possible(event: Event, words: str) -> Response[Any]:
    """A question whose deed would be refused is not asked: the event's page says why."""
    return see_other(f"/office/events/{event.reference}", words, warning=True)


def page_address(request: Req) -> Callable[[int], str]:
    """The address of another page of the same list, with the same filters."""
    path, filters = url(request.url.path), dict(request.query_params.items())
    return lambda number: f"{path}?{urlencode(filters | {'page': str(number)})}"


def asked(request: Req, name: str) -> str:
    """One word of the address behind the question mark."""
    return str(request.query_params.get(name, ""))[:200]
