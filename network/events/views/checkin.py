"""Check-in, made for a telephone: search, tick, undo, and whoever comes without a registration."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from network.events import checkin, facts
from network.events.figures import figures_of
from network.events.forms.checkin import WalkInForm
from network.events.participants import STATES
from network.events.tables import Event
from network.events.views.this_event import Req, asked, team_event
from network.i18n import _
from network.people.viewer import event_team
from network.web.once import once
from network.web.pages import page, see_other

PERSON = "/office/events/{reference:str}/check-in/{person:str}"


@get("/office/events/{reference:str}/check-in", guards=[event_team])
async def check_in_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, event = await team_event(request, reference)
    return await show(request, event, WalkInForm())


@post([PERSON, f"{PERSON}/undo"], guards=[event_team])
async def tick(request: Req, reference: FromPath[str], person: FromPath[str]) -> Response[Any]:
    """Back to the same search, so that the next of a group is found at once."""
    viewer, event = await team_event(request, reference)
    undo = request.url.path.endswith("/undo")
    deed = checkin.untick if undo else checkin.tick
    found = await deed(event.id, person, actor=viewer.reference)
    words = ""
    if found:
        words = _("%(name)s: undone.", name=found.name) if undo else _("%(name)s is here.", name=found.name)
    return see_other(back_to_search(request, event), words)


@post("/office/events/{reference:str}/check-in", guards=[event_team])
async def walk_in(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, event = await team_event(request, reference)
    form = WalkInForm(await request.form())
    if form.validate():
        with form.refusals():
            name, organisation = form.name.data or "", form.organisation.data or ""

            async def deed() -> str:
                await checkin.walk_in(event.id, name, organisation, actor=viewer.reference)
                return f"/office/events/{event.reference}/check-in"

            place = await once(form.form_token.data or "", deed)
            return see_other(place, _("%(name)s is here.", name=name))
    return await show(request, event, form, 422)


def back_to_search(request: Req, event: Event) -> str:
    query = request.url.query
    return f"/office/events/{event.reference}/check-in" + (f"?{query}" if query else "")


async def show(request: Req, event: Event, form: WalkInForm, status: int = 200) -> Response[Any]:
    text = asked(request, "text")
    people = await checkin.at_door(event, text)
    return await page(
        request,
        "events/checkin",
        status,
        form=form,
        event=event,
        facts=facts,
        text=text,
        people=people[: checkin.MOST_SHOWN],
        more=len(people) > checkin.MOST_SHOWN,
        figures=await figures_of(event),
        not_yet=checkin.why_not_yet(event),
        states=STATES,
        query=request.url.query,
    )
