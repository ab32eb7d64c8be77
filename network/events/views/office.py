"""The office's pages of events: the list, one event, writing one and changing it."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from network.activity import NEEDS_READ, looked_at
from network.clock import now
from network.errors import Refused
from network.events import editing, facts, listing, rules
from network.events import event as verbs
from network.events.access import NEEDS, needs_of, needs_summary, ordered_for
from network.events.figures import figures_of, in_words
from network.events.forms.event import EventForm, values_of
from network.events.history import history_of
from network.events.participants import SORTS, STATES, in_queue, listed
from network.events.report import report_of
from network.events.series import suggestions
from network.events.tables import Event
from network.events.views.this_event import (
    Req,
    asked,
    not_possible,
    office_event,
    page_address,
    people_read,
    team_event,
)
from network.events.words import STATES as EVENT_STATES
from network.events.words import state_mark
from network.i18n import _, ngettext
from network.people.viewer import event_team, office, viewer_of
from network.web.forms import Form
from network.web.once import once
from network.web.pages import number_of, numbered, page, see_other

CARRIED_ON = {"_csrf_token", "form_token", "back", "confirmed"}


@get("/office/events", guards=[event_team])
async def event_list(request: Req) -> Response[Any]:
    viewer, state, year, moment = await viewer_of(request), asked(request, "state"), asked(request, "year"), now()
    events, years = await listing.in_office(viewer, state=state, year=year)
    found = numbered(events, number_of(request))
    found["items"] = await listing.with_figures(found["items"])
    return await page(
        request,
        "events/office_events",
        found=found,
        page_url=page_address(request),
        years=years,
        states=EVENT_STATES,
        chosen={"state": state, "year": year},
        mark=lambda event: state_mark(event, moment),
        facts=facts,
        may_manage=rules.may_manage(viewer),
    )


@get("/office/events/new", guards=[office])
async def new_event(request: Req) -> Response[Any]:
    return await writing(request, EventForm(), None)


@post("/office/events/new", guards=[office])
async def create(request: Req) -> Response[Any]:
    form = EventForm(await request.form())
    if form.validate():
        with form.refusals():
            actor = (await viewer_of(request)).reference

            async def deed() -> str:
                if not form.again.data and await verbs.namesake(form.title_de.data, form.day.data):
                    raise Refused(_("There is an event of this title on this day already."), "title_de")
                event = await verbs.create(actor=actor, **form.facts)
                return f"/office/events/{event.reference}"

            return see_other(await once(form.form_token.data or "", deed), _("The event is kept as a draft."))
    return await writing(request, form, None, 422)


@get("/office/events/{reference:str}", guards=[event_team])
async def overview(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, event = await team_event(request, reference)
    moment = now()
    state, figures = rules.state_of(event, moment), await figures_of(event)
    over = state == rules.EventState.OVER
    chosen = {name: asked(request, name) for name in ("text", "state", "sort")}
    people = await listed(
        event, text=chosen["text"], state=chosen["state"], sort=chosen["sort"], page=number_of(request)
    )
    if people["items"]:
        await people_read(viewer, event)
    return await page(
        request,
        "events/office_event",
        event=event,
        facts=facts,
        mark=state_mark(event, moment),
        state=state,
        begun=moment >= event.starts_at,
        fixed=rules.why_fixed(event, moment),
        may_enter=rules.may_manage(viewer) and not rules.why_not_by_office(event, moment),
        by_itself=rules.moves_up_by_itself(event, moment),
        figures=figures,
        registered=in_words(figures),
        free=event.seats - figures.seated,
        queue=await in_queue(event) if figures.waiting and not over else [],
        people=people,
        chosen=chosen,
        states=STATES,
        sorts=SORTS,
        page_url=page_address(request),
        needs=await needs_summary(event),
        names_of_needs=NEEDS,
        report=await report_of(event) if over else None,
        history=await history_of(event) if rules.may_manage(viewer) else [],
        may_manage=rules.may_manage(viewer),
        may_see_needs=rules.may_see_needs(viewer, event),
        follow_up=Form(),
    )


@get("/office/events/{reference:str}/needs", guards=[event_team])
async def needs(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, event = await team_event(request, reference)
    people = await needs_of(viewer, event)
    if people:
        await looked_at(viewer.reference, f"event:{event.reference}", event.title_de, verb=NEEDS_READ)
    return await page(
        request,
        "events/office_needs",
        event=event,
        facts=facts,
        summary=await needs_summary(event),
        names_of_needs=NEEDS,
        people=people,
        ordered=await ordered_for(event.reference),
        may_see_needs=rules.may_see_needs(viewer, event),
    )


@get("/office/events/{reference:str}/edit", guards=[office])
async def edit_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, event = await office_event(request, reference)
    if event.cancelled_at is not None:
        return not_possible(event, _("This event has been cancelled."))
    return await writing(request, EventForm(**values_of(event, await verbs.co_organisers_of(event))), event)


@post("/office/events/{reference:str}/edit", guards=[office])
async def edit(request: Req, reference: FromPath[str]) -> Response[Any]:
    """What guests will hear of is asked first, on a page of its own that carries everything typed."""
    viewer, event = await office_event(request, reference)
    typed = await request.form()
    form = EventForm(typed)
    if "back" in typed:
        return await writing(request, form, event)
    if form.validate():
        with form.refusals():
            wanted = {"deadline": verbs.usual_deadline(form.facts["starts_at"]), **form.facts}
            ahead = await editing.consequences(event, **wanted)
            if ahead.matters and "confirmed" not in typed:
                return await page(request, "events/office_edit_confirm", event=event, facts=facts, ahead=ahead,
                                  carried=carried(typed))  # fmt: skip
            letters = await editing.edit(event.id, actor=viewer.reference, **wanted)
            return see_other(f"/office/events/{event.reference}", saved(letters))
    return await writing(request, form, event, 422)


def saved(letters: int) -> str:
    if letters:
        return ngettext("Saved. One e-mail is on its way.", "Saved. %(num)s e-mails are on their way.", letters)
    return _("Saved.")


def carried(typed: FormMultiDict) -> list[tuple[str, str]]:
    return [(name, value) for name, value in typed.multi_items() if name not in CARRIED_ON and isinstance(value, str)]


async def writing(request: Req, form: EventForm, event: Event | None, status: int = 200) -> Response[Any]:
    english = asked(request, "english") == "1" or any(f.data or f.errors for f in form if f.name.endswith("_en"))
    twin = event is None and await verbs.namesake(form.title_de.data, form.day.data)
    return await page(request, "events/office_edit", status, form=form, event=event, facts=facts,
                      titles=await suggestions(), english=english, twin=twin)  # fmt: skip
