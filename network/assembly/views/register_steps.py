"""The steps of an application to the register, each with its day, and the data that only the register gets."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.activity import looked_at
from network.assembly import filing, register_data
from network.assembly.forms.register import (
    CertifiedForm,
    QueryForm,
    RefusedForm,
    RegisterDataForm,
    RegisteredForm,
    StepForm,
)
from network.assembly.rules import may_prepare, may_read_register_data
from network.assembly.tables.meeting import Assembly
from network.assembly.views.register import HERE, known
from network.assembly.views.this_assembly import Req, place, prepared, seen
from network.board.ledger import Held
from network.i18n import N_, _
from network.people.viewer import assembly_room, staff
from network.web.bodies import FILE_LIMIT
from network.web.once import once
from network.web.pages import page, see_other
from network.web.uploads import kept, uploaded

Deed = Callable[..., Awaitable[None]]
STEPS: Mapping[str, tuple[type[StepForm], Deed, str]] = {
    "certified": (CertifiedForm, filing.certify, N_("A notary certified the signatures")),
    "filed": (StepForm, filing.file, N_("It was filed with the court")),
    "query": (QueryForm, filing.query, N_("The court asks for something")),
    "answer": (StepForm, filing.answer, N_("The court was answered")),
    "registered": (RegisteredForm, filing.register, N_("It is registered")),
    "refused": (RefusedForm, filing.refuse, N_("The court refused it")),
}


def chosen(step: str) -> tuple[type[StepForm], Deed, str]:
    if step not in STEPS:
        raise NotFoundException
    return STEPS[step]


@get(f"{HERE}/steps/{{step:str}}", guards=[staff])
async def step_form(request: Req, reference: FromPath[str], step: FromPath[str]) -> Response[Any]:
    _viewer, row = await prepared(request, reference)
    await known(row)
    form, _deed, title = chosen(step)
    return await page(request, "assembly/register_step", row=row, form=form(), title=_(title), step=step)


@post(f"{HERE}/steps/{{step:str}}", guards=[staff], request_max_body_size=FILE_LIMIT)
async def take_step(request: Req, reference: FromPath[str], step: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    shape, deed, title = chosen(step)
    one, form = await known(row), shape(await request.form())
    document = await uploaded(form.document.data)

    async def done() -> str:
        await deed(row, one, form.on.data, actor=viewer.reference, document=await kept(document), **form.facts)
        return f"{place(row)}/register"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", done), _("It is noted."))
    return await page(request, "assembly/register_step", 422, row=row, form=form, title=_(title), step=step)


# --- data for the register alone -------------------------------------------------------------------------------------


@get(f"{HERE}/people", guards=[assembly_room])
async def people_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    if not may_read_register_data(viewer) or not row.closed_at:
        raise NotFoundException
    came = (await filing.subject_of(row)).came
    known_data = await register_data.of_people(came)
    for one in came:
        if one.person_id in known_data:
            await looked_at(viewer.reference, f"person:{one.person}", one.who)
    return await page(
        request, "assembly/register_people", row=row, came=came, known=known_data, may_prepare=may_prepare(viewer)
    )


async def person_of(row: Assembly, reference: str) -> Held:
    """Only of those who are to be entered data are kept."""
    found = next((one for one in (await filing.subject_of(row)).came if one.person == reference), None)
    if found is None:
        raise NotFoundException
    return found


@get(f"{HERE}/people/{{person:str}}", guards=[staff])
async def person_form(request: Req, reference: FromPath[str], person: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    one = await person_of(row, person)
    data = (await register_data.of_people([one])).get(one.person_id)
    form = RegisterDataForm(born_on=data.born_on, residence=data.residence) if data else RegisterDataForm()
    if data:
        await looked_at(viewer.reference, f"person:{one.person}", one.who)
    return await page(request, "assembly/register_person", row=row, one=one, form=form)


@post(f"{HERE}/people/{{person:str}}", guards=[staff])
async def keep_data(request: Req, reference: FromPath[str], person: FromPath[str]) -> Response[Any]:
    viewer, row = await prepared(request, reference)
    one, form = await person_of(row, person), RegisterDataForm(await request.form())
    if form.validate() and form.born_on.data:
        with form.refusals():
            await register_data.keep(
                one.person_id, one.person, born_on=form.born_on.data, residence=form.residence.data or "",
                actor=viewer.reference,
            )  # fmt: skip
            return see_other(f"{place(row)}/register/people", _("It is kept until the register has entered it."))
    return await page(request, "assembly/register_person", 422, row=row, one=one, form=form)


handlers = [step_form, take_step, people_page, person_form, keep_data]
