"""The people of the own organisation and their functions; who votes is proposed to the office."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.database import DB
from network.i18n import N_, _, format_day
from network.members import asking, function
from network.members.asking import Known
from network.members.rules import may_correct_person
from network.members.tables import Function, FunctionKind, Organisation, Site
from network.people import person, publication
from network.people.tables import Person
from network.people.viewer import representative, viewer_of
from network.representing import correction, proposal
from network.representing.forms.own import FunctionForm, LastDayForm, PersonForm
from network.representing.rules import DELEGATE
from network.representing.views.own import own, place
from network.web.once import once
from network.web.pages import page, see_other

ASKED = N_("The office has been asked. You get a letter as soon as it has decided.")
Req = Request[Any, Any, Any]
Here = tuple[Organisation, Function, Person]


async def own_function(request: Req, of: str, reference: str) -> Here:
    row = await own(request, of)
    held = await function.by_reference(row, reference)
    someone = await Person.objects().get(Person.id == held.person) if held else None
    if held is None or someone is None:
        raise NotFoundException
    return row, held, someone


async def open_sites(row: Organisation) -> list[Site]:
    sites = await Site.objects().where(Site.organisation == row.id).order_by(Site.sorting)
    return [one for one in sites if one.closed_on is None or one.closed_on >= clock.today()]


@get("/mine/{of:str}/people/new", guards=[representative])
async def new_form(request: Req, of: FromPath[str]) -> Response[Any]:
    row = await own(request, of)
    form = FunctionForm(since=clock.today(), kind=FunctionKind.CONTACT.value)
    form.offer_sites(await open_sites(row))
    return await page(request, "representing/person_new", form=form, member=row)


@post("/mine/{of:str}/people/new", guards=[representative])
async def appoint(request: Req, of: FromPath[str]) -> Response[Any]:
    row, form = await own(request, of), FunctionForm(await request.form())
    sites = await open_sites(row)
    form.offer_sites(sites)
    actor = (await viewer_of(request)).reference
    known_by = await asking.among(await function.people_of(row), row, form.name.data or "", form.email.data or "")
    form.ask(known_by.choices)

    async def deed() -> str:
        someone = await found(row, form, known_by, actor)
        if form.is_delegate:
            await proposal.propose(row, DELEGATE, someone.reference, on=form.since.data, by=actor)
            return place(row)
        at = next((one for one in sites if one.reference == form.site.data), None)
        await function.appoint(row, someone, form.kind.data, site=at, since=form.since.data, actor=actor)
        if form.shown.data:
            await publication.agreed(someone, form.shown.data, actor=actor)
        return place(row)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            if form.is_delegate:
                return see_other(there, _(ASKED))
            who = known_by.holder.name if known_by.holder else form.name.data
            return see_other(there, _("%(name)s has been entered.", name=who))
    return await page(request, "representing/person_new", 422, form=form, member=row)


async def found(row: Organisation, form: FunctionForm, known_by: Known, actor: str) -> Person:
    """Of one's own people the one of this name; people of other houses are none of the member's business."""
    name, email = form.name.data or "", form.email.data or ""
    own_people = [one for one in await function.people_of(row) if one.name == name]
    if len(own_people) == 1 and (not email or not own_people[0].email or own_people[0].email == email):
        return own_people[0]
    return await person.found_or_entered(
        name, email, offered=known_by.holder, same_as=form.same_as.data or "", title=form.person_title.data or "",
        phone=form.phone.data or "", actor=actor,
    )  # fmt: skip


@get("/mine/{of:str}/people/{reference:str}/edit", guards=[representative])
async def edit_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, held, someone = await own_function(request, of, reference)
    shown = (await publication.shown_of([someone.id], clock.today())).get(someone.id, {})
    if not await may_correct_person(await viewer_of(request), someone, row):
        return await page(request, "representing/person_elsewhere", member=row, person=someone)
    form = PersonForm(
        person_title=someone.title, name=someone.name, email=someone.email, phone=someone.phone, shown=list(shown)
    )
    return await edit_page(request, form, (row, held, someone))


async def edit_page(request: Req, form: PersonForm, here: Here, status: int = 200) -> Response[Any]:
    row, held, someone = here
    guarded = await correction.guarded_for(row, someone, (await viewer_of(request)).reference)
    return await page(
        request, "representing/person", status, form=form, member=row, row=held, person=someone, guarded=guarded
    )


@post("/mine/{of:str}/people/{reference:str}/edit", guards=[representative])
async def edit(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, held, someone = await own_function(request, of, reference)
    viewer, form = await viewer_of(request), PersonForm(await request.form())
    if not await may_correct_person(viewer, someone, row):
        raise NotFoundException
    if form.validate():
        with form.refusals():
            async with DB.transaction():
                done = await correction.put_right(row, someone, typed(form), by=viewer.reference)
                await publication.agreed(someone, form.shown.data or [], actor=viewer.reference)
            return see_other(place(row), _(ASKED) if done.asked else _("The changes are stored."))
    return await edit_page(request, form, (row, held, someone), 422)


def typed(form: PersonForm) -> dict[str, str]:
    return {
        "name": form.name.data or "",
        "email": form.email.data or "",
        "phone": form.phone.data or "",
        "title": form.person_title.data or "",
    }


@get("/mine/{of:str}/people/{reference:str}/end", guards=[representative])
async def end_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    return await end_page(request, LastDayForm(day=clock.today()), await endable(request, of, reference))


async def endable(request: Req, of: str, reference: str) -> Here:
    """Without a voting delegate nobody votes: that one is only followed by another."""
    row, held, someone = await own_function(request, of, reference)
    if held.kind == FunctionKind.VOTING_DELEGATE:
        raise NotFoundException
    return row, held, someone


async def end_page(request: Req, form: LastDayForm, here: Here, status: int = 200) -> Response[Any]:
    row, held, someone = here
    words = function.named()[held.kind]
    return await page(request, "representing/person_end", status, form=form, member=row, person=someone, words=words)


@post("/mine/{of:str}/people/{reference:str}/end", guards=[representative])
async def end(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, held, someone = await endable(request, of, reference)
    form = LastDayForm(await request.form())
    if form.validate():
        with form.refusals():
            day = form.day.data
            assert day
            await function.end(held, row, until=day, actor=(await viewer_of(request)).reference)
            return see_other(place(row), _("The function ends on %(day)s.", day=format_day(day)))
    return await end_page(request, form, (row, held, someone), 422)


handlers = [new_form, appoint, edit_form, edit, end_form, end]
