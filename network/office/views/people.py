"""People, what they may do and what they are in members' houses: the office looks, the administration gives roles."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import looked_at
from network.i18n import _
from network.members import asking, function, joined, meant
from network.members.directory import current_names
from network.office import team
from network.office.forms import CorrectForm, PersonForm
from network.people import person, publication
from network.people.rules import may_correct, out_of_reach
from network.people.tables import Person
from network.people.viewer import admin, office, viewer_of
from network.web.beside import cards_beside
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


@get("/people", guards=[office])
async def list_people(request: Req) -> Response[Any]:
    await looked_at((await viewer_of(request)).reference, "people:")
    return await page(request, "office/people", team=await team.team())


@get("/people/new", guards=[admin])
async def new_person(request: Req) -> Response[Any]:
    """Empty, or with the name and address of somebody who is to get one more role."""
    known = await person.person_by_reference(request.query_params.get("person", ""))
    if known:
        await person_read(request, known)
    form = PersonForm(name=known.name, email=known.email) if known else PersonForm()
    return await person_form(request, form)


async def person_form(request: Req, form: PersonForm, status: int = 200) -> Response[Any]:
    form.offer(await team.events_ahead())
    return await page(request, "office/person_form", status, form=form, names=await current_names())


@post("/people/new", guards=[admin])
async def admit_person(request: Req) -> Response[Any]:
    form = PersonForm(await request.form())
    form.offer(await team.events_ahead())
    actor, name, email = (await viewer_of(request)).reference, form.name.data or "", form.email.data or ""
    known_by = await asking.by(name, email, actor=actor)
    form.ask(known_by.choices)
    found, valid = await meant.by(form.member.data or ""), form.validate()
    member = form.choose(form.member, found.exactly, found.choices, found.question)
    if valid and (member or not form.member.data):
        days = {"since": form.since.data, "until": form.until.data}
        grant = team.Grant(form.roles.data or [], form.event.data or "", member, **days)

        async def deed() -> str:
            await team.admit(name, email, grant, known_by=known_by, same_as=form.same_as.data or "", actor=actor)
            return "/office/people"

        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, await team.told(name, email, grant))
    return await person_form(request, form, 422)


@get("/people/{reference:str}", guards=[office])
async def person_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    """What somebody is and was, where, and what they may do; that it was looked at is noted."""
    if kept := await joined.kept_instead("person", reference):
        return see_other(f"/office/people/{kept}")
    one, viewer = await known_person(reference), await viewer_of(request)
    await person_read(request, one)
    held = await function.of_person(one)
    today = clock.today()
    return await page(
        request,
        "office/person",
        person=one,
        full_name=person.full_name(one),
        roles=await team.roles_of(one),
        functions=[row for row in held if row.until is None or row.until >= today],
        functions_before=[row for row in held if row.until and row.until < today],
        consents=await publication.history(one),
        facts_of_consent=publication.words(),
        may_correct=await may_correct(viewer, one),
        beside=await cards_beside(request, viewer, "person", one.reference),
    )


@get("/people/{reference:str}/edit", guards=[office])
async def edit_person(request: Req, reference: FromPath[str]) -> Response[Any]:
    one = await correctable(request, reference)
    await person_read(request, one)
    form = CorrectForm(name=one.name, email=one.email, title=one.title, phone=one.phone)
    return await edit_page(request, one, form)


async def edit_page(request: Req, one: Person, form: CorrectForm, status: int = 200) -> Response[Any]:
    """With the way to join both entries, when the address turns out to be somebody else's."""
    holder = await person.holder_of(form.email.data or "", one)
    hidden = await out_of_reach(await viewer_of(request)) if holder else set()
    both = holder if holder and not hidden & {one.id, holder.id} else None
    return await page(request, "office/person_edit", status, form=form, person=one, holder=both)


@post("/people/{reference:str}/edit", guards=[office])
async def correct_person(request: Req, reference: FromPath[str]) -> Response[Any]:
    one, form = await correctable(request, reference), CorrectForm(await request.form())
    if form.validate():
        with form.refusals():
            facts = {name: value or "" for name, value in form.values.items()}
            holder = await person.holder_of(facts["email"], one)
            await person.correct(one, **facts, offered=holder, actor=(await viewer_of(request)).reference)
            return see_other(f"/office/people/{one.reference}", _("%(name)s has been corrected.", name=one.name))
    return await edit_page(request, one, form, 422)


async def person_read(request: Req, one: Person) -> None:
    """Note that somebody reads the private details of another."""
    viewer = await viewer_of(request)
    if viewer.person_id != one.id:
        await looked_at(viewer.reference, f"person:{one.reference}", one.name)


async def correctable(request: Req, reference: str) -> Person:
    """Whose address one may change could be entered as: not everybody's by everybody."""
    one = await known_person(reference)
    if not await may_correct(await viewer_of(request), one):
        raise NotFoundException
    return one


async def known_person(reference: str) -> Person:
    one = await person.person_by_reference(reference)
    if one is None:
        raise NotFoundException
    return one


@post("/people/roles/{role:int}/end", guards=[admin])
async def end_role(request: Req, role: FromPath[int]) -> Response[Any]:
    one = await team.end_role(role, actor=(await viewer_of(request)).reference)
    return see_other("/office/people", _("The role of %(name)s has ended.", name=one.name))


handlers = [list_people, new_person, admit_person, person_page, edit_person, correct_person, end_role]
