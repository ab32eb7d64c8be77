"""By the link in the overview, without account: whoever registered adds, replaces and cancels people.

Opening a link changes nothing, because mail scanners open links too; buttons do.
"""

from collections.abc import Sequence
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath

from network import clock
from network.events import facts, registration, rules
from network.events.counts import counts_of
from network.events.forms.registration import PeopleForm, ReplacementForm
from network.events.recipients import groups_among, recipients
from network.events.registration import By
from network.events.tables import Attendee, AttendeeState, Event, Registration
from network.events.views.taking import link_gone, may_write_to, take
from network.events.views.this_event import Req
from network.events.words import seats_hint
from network.i18n import N_, _, ngettext
from network.web.guards import anyone
from network.web.limits import count_attempt
from network.web.pages import page, see_other

THANKS = N_("Thank you. The letters are on their way.")
MOST_CHANGES_AN_HOUR = 30
KEY = "/events/registrations/{key:str}"


@get(KEY, guards=[anyone])
async def overview(request: Req, key: FromPath[str]) -> Response[Any]:
    found = await registration_at(key)
    if found is None:
        return await link_gone(request)
    made, event = found
    people = await registration.people_of(made)
    return await page(
        request,
        "events/manage",
        event=event,
        facts=facts,
        registration=made,
        people=people,
        groups=await groups_among(people),
        takes_place=rules.takes_place(event, clock.now()),
        fixed=rules.why_fixed(event, clock.now()),
        by_itself=rules.moves_up_by_itself(event, clock.now()),
        no_more=rules.why_no_more(event, clock.now()),
    )


@get(f"{KEY}/people", guards=[anyone])
async def people_form(request: Req, key: FromPath[str]) -> Response[Any]:
    found = await registration_at(key)
    if found is None:
        return await link_gone(request)
    made, event = found
    return await show_people(request, made, event, PeopleForm())


@post(f"{KEY}/people", guards=[anyone])
async def add_people(request: Req, key: FromPath[str]) -> Response[Any]:
    found = await registration_at(key)
    if found is None:
        return await link_gone(request)
    made, event = found
    typed = await request.form()
    form = PeopleForm(typed)
    if form.pressed(typed):
        return await show_people(request, made, event, form)
    if form.validate():
        with form.refusals():
            if answer := await take(form, lambda: add(made, form), lambda: may_change(made, form), _(THANKS)):
                return answer
    return await show_people(request, made, event, form, 422)


async def may_change(made: Registration, form: PeopleForm | ReplacementForm) -> bool:
    """So often by one link, and so many letters to one address."""
    await count_attempt("change-registration", made.reference, most=MOST_CHANGES_AN_HOUR, minutes=60)
    return await may_write_to(form.addressed())


async def add(made: Registration, form: PeopleForm) -> str:
    together = bool(form.together.data) and len(form.people) > 1
    await registration.add_people(made, form.guests(), together=together)
    return f"/events/registrations/{made.key}"


async def show_people(
    request: Req, made: Registration, event: Event, form: PeopleForm, status: int = 200
) -> Response[Any]:
    taken = len(await registration.people_of(made))
    counts = await counts_of(event)
    return await page(
        request,
        "events/manage_people",
        status,
        event=event,
        facts=facts,
        registration=made,
        form=form,
        room=event.most_people - taken,
        counts=counts,
        hint=seats_hint(event, counts, clock.now()),
        words=rules.why_no_more(event, clock.now()),
    )


@get(f"{KEY}/people/{{person:str}}/replacement", guards=[anyone])
async def replacement_form(request: Req, key: FromPath[str], person: FromPath[str]) -> Response[Any]:
    found = await registration_at(key)
    if found is None:
        return await link_gone(request)
    made, event = found
    old = await one_of(made, person)
    if old is None:
        return see_other(f"/events/registrations/{key}", _("This person is not registered any more."))
    return await show_replacement(request, made, event, old, ReplacementForm())


@post(f"{KEY}/people/{{person:str}}/replacement", guards=[anyone])
async def replace(request: Req, key: FromPath[str], person: FromPath[str]) -> Response[Any]:
    found = await registration_at(key)
    if found is None:
        return await link_gone(request)
    made, event = found
    form = ReplacementForm(await request.form())
    if form.validate():
        with form.refusals():
            if answer := await take(
                form, lambda: put_in(made, person, form), lambda: may_change(made, form), _(THANKS)
            ):
                return answer
    return await show_replacement(request, made, event, await one_of(made, person), form, status=422)


async def put_in(made: Registration, person: str, form: ReplacementForm) -> str:
    await registration.replace(made, person, form.guest())
    return f"/events/registrations/{made.key}"


async def show_replacement(
    request: Req, made: Registration, event: Event, old: Attendee | None, form: ReplacementForm, *, status: int = 200
) -> Response[Any]:
    return await page(
        request,
        "events/manage_replacement",
        status,
        event=event,
        facts=facts,
        registration=made,
        old=old,
        form=form,
        words=rules.why_fixed(event, clock.now()),
    )


async def one_of(made: Registration, reference: str) -> Attendee | None:
    return next((one for one in await registration.people_of(made) if one.reference == reference), None)


@get(f"{KEY}/cancellation", guards=[anyone])
async def cancellation(request: Req, key: FromPath[str]) -> Response[Any]:
    """Asks whether it is meant; whom it is about stands in the address."""
    found = await registration_at(key)
    if found is None:
        return await link_gone(request)
    made, event = found
    back = f"/events/registrations/{made.key}"
    wanted = request.query_params.getall("who", [])
    people = [person for person in await registration.people_of(made) if person.reference in wanted]
    if not people:
        return see_other(back, _("Please tick who does not come."))
    return await page(
        request,
        "events/manage_cancellation",
        event=event,
        facts=facts,
        registration=made,
        people=people,
        letters=await recipients(people),
        passes_on=(await counts_of(event)).waiting > waiting_among(people) and len(people) > waiting_among(people),
        open=rules.may_register(event, clock.now()),
        words=rules.why_fixed(event, clock.now()),
    )


def waiting_among(people: Sequence[Attendee]) -> int:
    return sum(person.state == AttendeeState.WAITING for person in people)


@post(f"{KEY}/cancellation", guards=[anyone])
async def cancel(request: Req, key: FromPath[str]) -> Response[Any]:
    found = await registration_at(key)
    if found is None:
        return await link_gone(request)
    made, event = found
    mine = {person.reference for person in await registration.people_of(made)}
    wanted = [str(value) for value in (await request.form()).getall("who", []) if value in mine]
    people = await registration.cancel(event.id, wanted, by=By.REGISTRANT)
    told = ngettext("One person has been cancelled.", "%(num)s people have been cancelled.", len(people))
    return see_other(f"/events/registrations/{made.key}", told if people else _("They had been cancelled already."))


async def registration_at(key: str) -> tuple[Registration, Event] | None:
    made = await registration.registration_by_key(key)
    event = await Event.objects().get(Event.id == made.event) if made else None
    return (made, event) if made and event else None


router = Router(
    "/",
    route_handlers=[
        overview,
        people_form,
        add_people,
        replacement_form,
        replace,
        cancellation,
        cancel,
    ],
    tags=["events"],
)
