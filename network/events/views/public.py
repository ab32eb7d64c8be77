"""What visitors see: the events to come and past, each on its page, and as calendar files."""

from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.association.profile import known_profile
from network.clock import now
from network.events import calendar, facts, listing, rules
from network.events.counts import Counts, counts_for, counts_of
from network.events.event import co_organisers_of
from network.events.report import published_report_of
from network.events.tables import Event, Series
from network.events.views.this_event import Req, page_address, public_event
from network.events.words import seats_hint, seats_mark
from network.web.guards import anyone
from network.web.pages import PUBLIC, number_of, numbered, page

CALENDAR = "text/calendar"  # Litestar names the character set


@get("/events", guards=[anyone], exclude_from_csrf=True)
async def events(request: Req) -> Response[Any]:
    coming, moment = await listing.upcoming(), now()
    counts = await counts_for([event.id for event in coming])
    return await page(
        request,
        "events/events",
        cached=True,
        coming=[(event, seats_mark(event, counts.get(event.id, Counts()), moment)) for event in coming],
        past=numbered(await listing.past(), number_of(request), 20),
        page_url=page_address(request),
        facts=facts,
    )


@get("/events/feed.ics", guards=[anyone], exclude_from_csrf=True)
async def feed() -> Response[bytes]:
    return calendar_file(calendar.feed(await listing.public_events(), await known_profile()), "")


@get("/events/{slug:str}", guards=[anyone], exclude_from_csrf=True)
async def event_page(request: Req, slug: FromPath[str]) -> Response[Any]:
    event, moment = await public_event(request, slug), now()
    counts = await counts_of(event)
    return await page(
        request,
        "events/event",
        cached=rules.is_public(event),
        event=event,
        facts=facts,
        series=await series_of(event),
        counts=counts,
        mark=seats_mark(event, counts, moment),
        state=rules.state_of(event, moment),
        why_closed=rules.why_closed(event, moment, free=event.seats - counts.taken),
        co_organisers=await co_organisers_of(event),
        report=await published_report_of(event),
        hint=seats_hint(event, counts, moment),
    )


@get("/events/{slug:str}/calendar.ics", guards=[anyone], exclude_from_csrf=True)
async def calendar_download(request: Req, slug: FromPath[str]) -> Response[bytes]:
    event = await public_event(request, slug)
    if not rules.is_public(event):
        raise NotFoundException
    return calendar_file(calendar.download(event, await known_profile()), f"{event.slug}.ics")


async def series_of(event: Event) -> Series | None:
    """What stands on the tag above the title."""
    return await Series.objects().get(Series.id == event.series) if event.series else None


def calendar_file(content: bytes, name: str) -> Response[bytes]:
    headers = {"cache-control": PUBLIC}
    if name:
        headers["content-disposition"] = f'attachment; filename="{name}"'
    return Response(content, media_type=CALENDAR, headers=headers)
