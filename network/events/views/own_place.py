"""By the link in one's own letter, without account: anybody sees a place, gives it back and takes back what was needed.

Opening a link changes nothing, because mail scanners open links too; buttons do.
"""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from network import clock
from network.events import access, facts, registration, rules, waitlist
from network.events.counts import counts_of
from network.events.recipients import groups_among
from network.events.tables import AttendeeState, Event
from network.events.views.taking import link_gone
from network.events.views.this_event import Req
from network.i18n import _
from network.web.guards import anyone
from network.web.pages import page, see_other


@get("/events/attendees/{key:str}", guards=[anyone])
async def own_place(request: Req, key: FromPath[str]) -> Response[Any]:
    return await show_own_place(request, key, "events/attendee")


@get("/events/attendees/{key:str}/cancellation", guards=[anyone])
async def cannot_come_button(request: Req, key: FromPath[str]) -> Response[Any]:
    return await show_own_place(request, key, "events/attendee_cancellation")


@post("/events/attendees/{key:str}/cancellation", guards=[anyone])
async def cannot_come(request: Req, key: FromPath[str]) -> Response[Any]:
    person = await registration.attendee_cannot_come(key)
    if person is None:
        return await link_gone(request)
    return see_other(f"/events/attendees/{key}")


@post("/events/attendees/{key:str}/needs", guards=[anyone])
async def withdraw_needs(request: Req, key: FromPath[str]) -> Response[Any]:
    person = await registration.attendee_by_key(key)
    if person is None:
        return await link_gone(request)
    await access.withdraw(person)
    return see_other(f"/events/attendees/{key}", _("These details are deleted."))


async def show_own_place(request: Req, key: str, template: str) -> Response[Any]:
    person = await registration.attendee_by_key(key)
    event = await Event.objects().get(Event.id == person.event) if person else None
    if person is None or event is None:
        return await link_gone(request)
    counts = await counts_of(event)
    free = event.seats - counts.taken + (person.state == AttendeeState.SEATED)  # one's own seat is free afterwards
    group = (await groups_among([person])).get(person.entry or 0, [person])
    return await page(
        request,
        template,
        event=event,
        facts=facts,
        person=person,
        before=await waitlist.people_before(person, event) if person.state == AttendeeState.WAITING else 0,
        others_along=len(group) - 1,
        someone_waits=counts.waiting > 0,
        is_full=counts.taken >= event.seats,
        takes_place=rules.takes_place(event, clock.now()),
        needs=await access.own_needs(person),
        rings=not rules.moves_up_by_itself(event, clock.now()),
        words=rules.why_fixed(event, clock.now()),
        open=rules.may_register(event, clock.now(), free=free),
    )
