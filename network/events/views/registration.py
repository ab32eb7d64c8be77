"""Registering without an account: two steps on one address, and the page that says what happens next."""

from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath

from network import clock
from network.association.pages import notice_text
from network.database import first_row
from network.events import facts, registration, rules
from network.events.counts import Counts, counts_of
from network.events.event import event_by_slug
from network.events.forms.registration import RegistrationForm
from network.events.recipients import is_registrant
from network.events.tables import Event
from network.events.views.taking import link_gone, may_write_to, take
from network.events.views.this_event import Req, public_event
from network.events.words import seats_hint, standing
from network.members.directory import current_names
from network.web.guards import anyone
from network.web.limits import count_attempt, origin_of
from network.web.pages import page, see_other
from network.web.recent import recent

MOST_A_QUARTER_HOUR = 2000  # from one address: an association's whole office, or a hall, sits behind one


@get("/events/{slug:str}/registration", guards=[anyone])
async def registration_form(request: Req, slug: FromPath[str]) -> Response[Any]:
    event, counts = await recent(("registration", slug), lambda: announced(slug)) or await as_office(request, slug)
    if words := why_closed(event, counts):
        return await page(request, "events/registration_closed", event=event, facts=facts, words=words)
    return await show(request, event, RegistrationForm(most=event.most_people), step="1", counts=counts)


async def announced(slug: str) -> tuple[Event, Counts] | None:
    """What everybody may know of it; the form asks the database nothing more, and its deed decides by the rows."""
    event = await event_by_slug(slug)
    return (event, await counts_of(event)) if event and rules.is_public(event) else None


async def as_office(request: Req, slug: str) -> tuple[Event, Counts]:
    """A draft, which the office alone may look at."""
    event = await public_event(request, slug)
    return event, await counts_of(event)


@post("/events/{slug:str}/registration", guards=[anyone])
async def register(request: Req, slug: FromPath[str]) -> Response[Any]:
    event = await public_event(request, slug)
    typed = await request.form()
    form = RegistrationForm(typed, most=event.most_people)
    if form.step.data != "2":
        return await first_step(request, event, form)
    if "back" in typed:
        return await show(request, event, form, step="1")
    if form.pressed(typed):
        return await show(request, event, form, step="2")
    return await second_step(request, event, form)


async def first_step(request: Req, event: Event, form: RegistrationForm) -> Response[Any]:
    if words := why_closed(event, await counts_of(event)):  # before somebody types everybody's names in vain
        return await page(request, "events/registration_closed", 422, event=event, facts=facts, words=words)
    if not form.validate_first():
        return await show(request, event, form, step="1", status=422)
    form.fill_people()
    return await show(request, event, form, step="2", surplus=len(form.people) > (form.number.data or 1))


async def second_step(request: Req, event: Event, form: RegistrationForm) -> Response[Any]:
    if form.validate():
        with form.refusals():

            async def may() -> bool:
                await count_attempt("register", origin_of(request), most=MOST_A_QUARTER_HOUR, minutes=15)
                return await may_write_to(form.addressed())

            if answer := await take(form, lambda: sign_up(event, form), may):
                return answer
    return await show(request, event, form, step="2", status=422)


def why_closed(event: Event, counts: Counts) -> str:
    return rules.why_closed(event, clock.now(), free=event.seats - counts.taken)


async def sign_up(event: Event, form: RegistrationForm) -> str:
    made = await registration.sign_up(
        event.id,
        organisation=form.organisation.data or "",
        name=form.name.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        guests=form.guests(),
        together=bool(form.together.data) and len(form.people) > 1,
        wants_news=bool(form.wants_news.data),
    )
    return f"/events/registrations/{made.key}/done"


@get("/events/registrations/{key:str}/done", guards=[anyone])
async def done(request: Req, key: FromPath[str]) -> Response[Any]:
    made = await registration.registration_by_key(key)
    event = await first_row(Event, "WHERE id = {}", made.event) if made else None
    if made is None or event is None:
        return await link_gone(request)
    people = await registration.people_of(made)
    if not people:
        return see_other(f"/events/registrations/{made.key}")
    mine = next((person for person in people if is_registrant(person, made)), None)
    return await page(
        request,
        "events/registration_done",
        event=event,
        facts=facts,
        registration=made,
        people=people,
        mine=mine,
        standing=standing(people),
        by_itself=rules.moves_up_by_itself(event, clock.now()),
    )


async def show(
    request: Req,
    event: Event,
    form: RegistrationForm,
    *,
    step: str,
    status: int = 200,
    surplus: bool = False,
    counts: Counts | None = None,
) -> Response[Any]:
    form.step.data = step
    counts = counts or await counts_of(event)
    return await page(
        request,
        "events/registration",
        status,
        event=event,
        facts=facts,
        form=form,
        step=step,
        surplus=surplus,
        carried=list(form.carried(step)),
        counts=counts,
        hint=seats_hint(event, counts, clock.now()),
        names=await recent("names", current_names) if step == "1" else [],  # suggestions may be a second old
        privacy=await notice_text("registration") if step == "2" else "",
    )


router = Router("/", route_handlers=[registration_form, register, done], tags=["events"])
