"""The participants' list as a file and on paper, and registering somebody who rang up."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from network.activity import taken_along
from network.clock import now, today
from network.events import facts, registration, rules
from network.events.forms.office import OfficeRegistrationForm
from network.events.participants import everybody, sheet_of
from network.events.registration import Source
from network.events.tables import AttendeeState, Event, Registration
from network.events.views.this_event import Req, not_possible, office_event, people_read, team_event
from network.events.words import standing
from network.i18n import _
from network.members.directory import current_names
from network.people.viewer import event_team, office
from network.web.once import once
from network.web.pages import page, see_other
from network.web.sheets import sheet


@get(["/office/events/{reference:str}/participants.xlsx", "/office/events/{reference:str}/participants.csv"],
     guards=[event_team])  # fmt: skip
async def participants_file(request: Req, reference: FromPath[str]) -> Response[bytes]:
    viewer, event = await team_event(request, reference)
    columns, rows = await sheet_of(event, with_needs=rules.may_see_needs(viewer, event))
    await taken_along(viewer.reference, f"event:{event.reference}", event.title_de, len(rows))
    name = _("Participants %(event)s", event=facts.title(event))
    return await sheet(request.url.path.rpartition(".")[2], f"{name} {today().isoformat()}", columns, rows)


@get("/office/events/{reference:str}/participants", guards=[event_team])
async def participants_list(request: Req, reference: FromPath[str]) -> Response[Any]:
    """For printing: everybody with a seat, with room to sign."""
    viewer, event = await team_event(request, reference)
    people = await everybody(event, state=AttendeeState.SEATED)
    await people_read(viewer, event)
    return await page(request, "events/office_participants", event=event, facts=facts, people=people)


@get("/office/events/{reference:str}/registration", guards=[office])
async def registration_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, event = await office_event(request, reference)
    if words := rules.why_not_by_office(event, now()):
        return not_possible(event, words)
    return await show(request, event, OfficeRegistrationForm())


@post("/office/events/{reference:str}/registration", guards=[office])
async def register(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Also after the deadline; refused when it begins."""
    viewer, event = await office_event(request, reference)
    typed = await request.form()
    form = OfficeRegistrationForm(typed)
    if form.pressed(typed):
        return await show(request, event, form)
    if form.validate():
        with form.refusals():
            told: list[str] = []

            async def deed() -> str:
                made = await sign_up(event, form, viewer.reference)
                told.append(standing(await registration.people_of(made)))
                return f"/office/events/{event.reference}"

            place = await once(form.form_token.data or "", deed)
            return see_other(place, " ".join([_("Registered. The letters are on their way."), *told]))
    return await show(request, event, form, 422)


async def sign_up(event: Event, form: OfficeRegistrationForm, actor: str) -> Registration:
    return await registration.sign_up(
        event.id,
        organisation=form.organisation.data or "",
        name=form.name.data or "",
        email=form.email.data or "",
        phone=form.phone.data or "",
        guests=form.guests(),
        together=bool(form.together.data) and len(form.people) > 1,
        source=Source.OFFICE,
        actor=actor,
    )


async def show(request: Req, event: Event, form: OfficeRegistrationForm, status: int = 200) -> Response[Any]:
    return await page(request, "events/office_registration", status, form=form, event=event, facts=facts,
                      organisations=await current_names())  # fmt: skip
