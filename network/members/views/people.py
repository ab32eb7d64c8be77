"""The office's forms for people and their functions."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.activity import looked_at
from network.association import keeping
from network.database import DB
from network.i18n import _, format_day
from network.members import asking, function
from network.members.forms.office import EndForm, FunctionForm, HeldForm
from network.members.retention import NUMBERS
from network.members.rules import may_correct_person
from network.members.tables import Function, FunctionKind, Organisation, Site
from network.members.views.organisation import known, place
from network.people import person, publication, roles
from network.people.rules import out_of_reach
from network.people.tables import Person, RoleKind
from network.people.viewer import Viewer, office, viewer_of
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
FORM = "members/office_function_form"
Here = tuple[Organisation, Function, Person]


async def known_function(of: str, reference: str) -> Here:
    member = await known(of)
    row = await function.by_reference(member, reference)
    someone = await Person.objects().get(Person.id == row.person) if row else None
    if row is None or someone is None:
        raise NotFoundException
    return member, row, someone


async def open_sites(member: Organisation, also: int | None = None) -> list[Site]:
    """Where somebody can be; `also` the one they are at, though it has closed."""
    rows = await Site.objects().where(Site.organisation == member.id).order_by(Site.sorting).order_by(Site.id)
    today = clock.today()
    return [one for one in rows if one.closed_on is None or one.closed_on >= today or one.id == also]


@get("/office/members/{of:str}/people/new", guards=[office])
async def new_form(request: Req, of: FromPath[str]) -> Response[Any]:
    member = await known(of)
    form = FunctionForm(since=clock.today(), kind=FunctionKind.CONTACT.value)
    form.offer_sites(await open_sites(member))
    return await page(request, FORM, form=form, member=member, delegate=None)


@post("/office/members/{of:str}/people/new", guards=[office])
async def appoint(request: Req, of: FromPath[str]) -> Response[Any]:
    member = await known(of)
    form = FunctionForm(await request.form())
    sites = await open_sites(member)
    form.offer_sites(sites)
    actor = (await viewer_of(request)).reference
    known_by = await asking.by(form.name.data or "", form.email.data or "", actor=actor)
    form.ask(known_by.choices)

    async def deed() -> str:
        someone = await person.found_or_entered(
            form.name.data or "", form.email.data or "", namesakes=known_by.namesakes,
            offered=known_by.holder, same_as=form.same_as.data or "", title=form.person_title.data or "",
            phone=form.phone.data or "", actor=actor,
        )  # fmt: skip
        at = next((one for one in sites if one.reference == form.site.data), None)
        await function.appoint(
            member, someone, form.kind.data, site=at, title=form.title.data or "", since=form.since.data,
            until=form.until.data, in_place=form.in_place.data, actor=actor,
        )  # fmt: skip
        if form.shown.data:
            await publication.agreed(someone, form.shown.data, actor=actor)
        return place(member)

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("%(name)s has been entered.", name=form.name.data))
    asked = form.kind.data == FunctionKind.VOTING_DELEGATE  # only then somebody can be in the place of another
    delegate = await function.delegate_of(member, form.since.data or clock.today()) if asked else None
    return await page(request, FORM, 422, form=form, member=member, delegate=delegate)


@get("/office/members/{of:str}/people/{reference:str}/edit", guards=[office])
async def edit_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row, someone = await known_function(of, reference)
    at = await Site.objects().get(Site.id == row.site) if row.site else None
    shown = (await publication.shown_of([someone.id], clock.today())).get(someone.id, {})
    form = HeldForm(
        person_title=someone.title, name=someone.name, email=someone.email, phone=someone.phone, shown=list(shown),
        title=row.title, since=row.since, until=row.until, site=at.reference if at else "",
    )  # fmt: skip
    return await held_page(request, form, (member, row, someone))


async def held_page(request: Req, form: HeldForm, here: Here, status: int = 200) -> Response[Any]:
    member, row, someone = here
    viewer = await viewer_of(request)
    form.offer_sites(await open_sites(member, row.site))
    await looked_at(viewer.reference, f"person:{someone.reference}", someone.name)
    fixed = not await may_correct_person(viewer, someone, member)
    holder = None if fixed else await person.holder_of(form.email.data or "", someone)
    hidden = await out_of_reach(viewer) if holder else set()
    words = function.named()[row.kind]
    return await page(
        request,
        "members/office_held_form",
        status,
        form=form,
        member=member,
        row=row,
        person=someone,
        fixed=fixed,
        holder=holder if holder and not hidden & {someone.id, holder.id} else None,
        words=words,
    )


@post("/office/members/{of:str}/people/{reference:str}/edit", guards=[office])
async def edit(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row, someone = await known_function(of, reference)
    form = HeldForm(await request.form())
    sites = await open_sites(member, row.site)
    form.offer_sites(sites)
    viewer = await viewer_of(request)
    if not await may_correct_person(viewer, someone, member):
        form.leave_the_person()
    if form.validate():
        with form.refusals():
            at = next((one for one in sites if one.reference == form.site.data), None)
            await store(form, (member, row, someone), at, viewer)
            return see_other(place(member), _("The changes are stored."))
    return await held_page(request, form, (member, row, someone), 422)


async def store(form: HeldForm, here: Here, at: Site | None, viewer: Viewer) -> None:
    (member, row, someone), actor = here, viewer.reference
    await function.correct(
        row, member, site=at, title=form.title.data or "", since=form.since.data, until=form.until.data, actor=actor
    )
    if await may_correct_person(viewer, someone, member):
        await person.correct(
            someone, name=form.name.data or "", email=form.email.data or "", title=form.person_title.data or "",
            phone=form.phone.data or "", offered=await person.holder_of(form.email.data or "", someone), actor=actor,
        )  # fmt: skip
    await publication.agreed(someone, form.shown.data or [], actor=actor)


@get("/office/members/{of:str}/people/{reference:str}/end", guards=[office])
async def end_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    here, form = await known_function(of, reference), EndForm(until=clock.today())
    await offer_account(form, here[0], here[2])
    return await end_page(request, form, here)


async def end_page(request: Req, form: EndForm, here: Here, status: int = 200) -> Response[Any]:
    member, row, someone = here
    return await page(
        request,
        "members/office_function_end",
        status,
        form=form,
        member=member,
        row=row,
        person=someone,
        words=function.named()[row.kind],
        numbers=(await keeping.kept(NUMBERS)).time,
    )


async def offer_account(form: EndForm, member: Organisation, someone: Person) -> None:
    """Whether they still act for the member is asked of those who do."""
    if not await roles.holds(someone, RoleKind.MEMBER_REPRESENTATIVE, member.reference):
        del form.account


@post("/office/members/{of:str}/people/{reference:str}/end", guards=[office])
async def end(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row, someone = await known_function(of, reference)
    form = EndForm(await request.form())
    await offer_account(form, member, someone)
    if form.validate():
        with form.refusals():
            day, actor = form.until.data, (await viewer_of(request)).reference
            assert day
            async with DB.transaction():
                await function.end(row, member, until=day, actor=actor)
                if form.values.get("account"):
                    acts = RoleKind.MEMBER_REPRESENTATIVE
                    await roles.run_out(someone, acts, member.reference, until=day, actor=actor)
            return see_other(place(member), _("The function ends on %(day)s.", day=format_day(day)))
    return await end_page(request, form, (member, row, someone), 422)


@post("/office/members/{of:str}/people/{reference:str}/removal", guards=[office])
async def remove(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row, _someone = await known_function(of, reference)
    await function.remove(row, member, actor=(await viewer_of(request)).reference)
    return see_other(place(member), _("The entry has been removed."))
