"""What the office does to an event: announce, publish, close, reopen, call off, follow up, and the queue by hand."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.clock import now
from network.events import changes, facts, registration, rules, waitlist
from network.events import event as verbs
from network.events.followup import follow_up
from network.events.forms.event import CancellationForm
from network.events.participants import person_of
from network.events.registration import By
from network.events.views.this_event import Req, not_possible, office_event, people_read
from network.i18n import _, ngettext
from network.people.viewer import office
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other

Step = tuple[Callable[..., Awaitable[None]], Callable[[], str]]
STEPS: dict[str, Step] = {
    "announcement": (verbs.announce, lambda: _("The date is announced.")),
    "publication": (verbs.publish, lambda: _("The event is published. People can register now.")),
    "closure": (verbs.close, lambda: _("Registration is closed.")),
    "reopening": (verbs.reopen, lambda: _("Registration is open again.")),
}


@post([f"/office/events/{{reference:str}}/{step}" for step in STEPS], guards=[office])
async def take_step(request: Req, reference: FromPath[str]) -> Response[Any]:
    """One button each; what is refused is said on the event's page."""
    viewer, event = await office_event(request, reference)
    deed, words = STEPS[request.url.path.rpartition("/")[2]]
    await deed(event.id, actor=viewer.reference)
    return see_other(f"/office/events/{event.reference}", words())


@get("/office/events/{reference:str}/cancellation", guards=[office])
async def cancellation_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, event = await office_event(request, reference)
    if words := rules.why_not_cancelled(event, now(), anybody=await changes.anybody(event)):
        return not_possible(event, words)
    return await page(request, "events/office_cancel", form=CancellationForm(), event=event, facts=facts,
                      due=await changes.letters_due(event))  # fmt: skip


@post("/office/events/{reference:str}/cancellation", guards=[office])
async def cancel(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, event = await office_event(request, reference)
    form = CancellationForm(await request.form())
    if form.validate():
        with form.refusals():
            letters = await verbs.cancel(event.id, form.reason.data or "", actor=viewer.reference)
            return see_other(f"/office/events/{event.reference}", called_off(letters))
    return await page(request, "events/office_cancel", 422, form=form, event=event, facts=facts,
                      due=await changes.letters_due(event))  # fmt: skip


def called_off(letters: int) -> str:
    if not letters:
        return _("Cancelled. Nobody had to be written to.")
    return ngettext("Cancelled. One e-mail is on its way.", "Cancelled. %(num)s e-mails are on their way.", letters)


@post("/office/events/{reference:str}/follow-up", guards=[office])
async def create_follow_up(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, event = await office_event(request, reference)
    form = Form(await request.form())

    async def deed() -> str:
        return f"/office/events/{(await follow_up(event, actor=viewer.reference)).reference}/edit"

    words = _("The follow-up is kept as a draft. Please check day and texts.")
    return see_other(await once(form.form_token.data or "", deed), words)


@get("/office/events/{reference:str}/discard", guards=[office])
async def discard_question(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, event = await office_event(request, reference)
    if words := rules.why_not_discarded(event, anybody=await changes.anybody(event)):
        return not_possible(event, words)
    return await page(request, "events/office_discard", event=event, facts=facts)


@post("/office/events/{reference:str}/discard", guards=[office])
async def discard(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, event = await office_event(request, reference)
    await verbs.discard(event.id, actor=viewer.reference)
    return see_other("/office/events", _("The draft is gone."))


@post("/office/events/{reference:str}/queue/{entry:int}", guards=[office])
async def seat_by_hand(request: Req, reference: FromPath[str], entry: FromPath[int]) -> Response[Any]:
    viewer, event = await office_event(request, reference)
    seated = await waitlist.seat_by_hand(event.id, entry, actor=viewer.reference)
    words = ngettext("One person has a seat now.", "%(num)s people have seats now.", len(seated))
    return see_other(f"/office/events/{event.reference}#queue", words)


@get("/office/events/{reference:str}/people/{person:str}/cancellation", guards=[office])
async def person_question(request: Req, reference: FromPath[str], person: FromPath[str]) -> Response[Any]:
    viewer, event = await office_event(request, reference)
    found = await person_of(event, person)
    if found is None:
        raise NotFoundException
    if words := rules.why_fixed(event, now()):
        return not_possible(event, words)
    await people_read(viewer, event)
    return await page(
        request,
        "events/office_person_cancel",
        event=event,
        facts=facts,
        person=found,
        next=await waitlist.whose_turn(event, freed=0 if found["walk_in"] else 1),
        waits=bool(await waitlist.places(event)),
        rings=not rules.moves_up_by_itself(event, now()),
    )


@post("/office/events/{reference:str}/people/{person:str}/cancellation", guards=[office])
async def cancel_person(request: Req, reference: FromPath[str], person: FromPath[str]) -> Response[Any]:
    viewer, event = await office_event(request, reference)
    people = await registration.cancel(event.id, [person], by=By.OFFICE, actor=viewer.reference)
    words = _("%(name)s is cancelled.", name=people[0].name) if people else _("This person had been cancelled already.")
    return see_other(f"/office/events/{event.reference}#people", words)
