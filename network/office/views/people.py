"""People and their roles: the office looks, the administration changes."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.i18n import _
from network.office import team
from network.office.forms import PersonForm, WhoForm
from network.people import person
from network.people.tables import Person
from network.people.viewer import admin, office, viewer_of
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


@get("/people", guards=[office])
async def list_people(request: Req) -> Response[Any]:
    return await page(request, "office/people", team=await team.team())


@get("/people/new", guards=[admin])
async def new_person(request: Req) -> Response[Any]:
    """Empty, or with the name and address of somebody who is to get one more role."""
    known = await person.person_by_reference(request.query_params.get("person", ""))
    form = PersonForm(name=known.name, email=known.email) if known else PersonForm()
    form.offer(*await team.choices())
    return await page(request, "office/person_form", form=form)


@post("/people/new", guards=[admin])
async def admit_person(request: Req) -> Response[Any]:
    form = PersonForm(await request.form())
    form.offer(*await team.choices())
    if form.validate():
        actor, name, email = (await viewer_of(request)).reference, form.name.data or "", form.email.data or ""
        days = {"since": form.since.data, "until": form.until.data}
        grant = team.Grant(form.roles.data or [], form.event.data or "", form.member.data or "", **days)

        async def deed() -> str:
            await team.admit(name, email, grant, actor=actor)
            return "/office/people"

        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, await team.told(name, email, grant))
    return await page(request, "office/person_form", 422, form=form)


@get("/people/{reference:str}/edit", guards=[admin])
async def edit_person(request: Req, reference: FromPath[str]) -> Response[Any]:
    one = await known_person(reference)
    return await page(request, "office/person_edit", form=WhoForm(name=one.name, email=one.email), person=one)


@post("/people/{reference:str}/edit", guards=[admin])
async def correct_person(request: Req, reference: FromPath[str]) -> Response[Any]:
    one, form = await known_person(reference), WhoForm(await request.form())
    if form.validate():
        name, email = form.name.data or "", form.email.data or ""
        with form.refusals():
            await person.correct(one, name=name, email=email, actor=(await viewer_of(request)).reference)
            return see_other("/office/people", _("%(name)s has been corrected.", name=name))
    return await page(request, "office/person_edit", 422, form=form, person=one)


async def known_person(reference: str) -> Person:
    one = await person.person_by_reference(reference)
    if one is None:
        raise NotFoundException
    return one


@post("/people/roles/{role:int}/end", guards=[admin])
async def end_role(request: Req, role: FromPath[int]) -> Response[Any]:
    one = await team.end_role(role, actor=(await viewer_of(request)).reference)
    return see_other("/office/people", _("The role of %(name)s has ended.", name=one.name))


handlers = [list_people, new_person, admit_person, edit_person, correct_person, end_role]
