"""The office's forms for a member's sites."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.i18n import _, format_day
from network.members import daywords, former, moving, site
from network.members.forms.office import ClosingForm, SiteEditForm, SiteForm
from network.members.tables import Organisation, Site
from network.members.views.moving import taken_back
from network.members.views.organisation import known, place, told
from network.people.viewer import office, viewer_of
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


async def known_site(reference: str, of: str) -> tuple[Organisation, Site]:
    member = await known(of)
    found = await site.by_reference(member, reference)
    if found is None:
        raise NotFoundException
    return member, found


@get("/office/members/{of:str}/sites/new", guards=[office])
async def new_form(request: Req, of: FromPath[str]) -> Response[Any]:
    member = await known(of)
    return await page(request, "members/office_site_form", form=SiteForm(land=member.land), member=member, site=None)


@post("/office/members/{of:str}/sites/new", guards=[office])
async def enter(request: Req, of: FromPath[str]) -> Response[Any]:
    member = await known(of)
    form = SiteForm(await request.form())
    actor = (await viewer_of(request)).reference

    async def deed() -> str:
        await site.enter(member, **site_facts(form), actor=actor)
        return place(member)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The site is entered."))
    return await page(request, "members/office_site_form", 422, form=form, member=member, site=None)


@get("/office/members/{of:str}/sites/{reference:str}/edit", guards=[office])
async def edit_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_site(reference, of)
    shown = {name: getattr(row, name) for name in site.FACTS}
    if row.placed_by:  # nobody told them
        shown |= {"lat": None, "lon": None}
    if row.opened_on:
        shown["opened_year"] = f"{row.opened_on:%d.%m.%Y}"
    form = SiteEditForm(None, **{name: "" if value is None else str(value) for name, value in shown.items()})
    ahead = await former.ahead(member, row)
    return await page(request, "members/office_site_form", form=form, member=member, site=row, ahead=ahead)


@post("/office/members/{of:str}/sites/{reference:str}/edit", guards=[office])
async def edit(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_site(reference, of)
    form = SiteEditForm(await request.form())
    if form.validate():
        with form.refusals():
            actor = (await viewer_of(request)).reference
            await moving.change_site(row, member, on=form.moved_on.data, actor=actor, **site_facts(form))
            return see_other(place(member), _("The changes are stored."))
    ahead = await former.ahead(member, row)
    return await page(request, "members/office_site_form", 422, form=form, member=member, site=row, ahead=ahead)


def site_facts(form: Form) -> dict[str, Any]:
    """The facts, with the day of the opening where it was told."""
    return told(form) | {"opened_on": daywords.opening(form.data["opened_year"] or "")}


@post("/office/members/{of:str}/sites/{reference:str}/move/return", guards=[office])
async def stay_here(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_site(reference, of)
    moves = [one for one in await former.addresses_of(member) if one.site == row.id]
    return await taken_back(request, member, moves)


@get("/office/members/{of:str}/sites/{reference:str}/closing", guards=[office])
async def closing_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_site(reference, of)
    return await page(
        request,
        "members/office_closing",
        form=ClosingForm(closed_on=row.closed_on),
        member=member,
        label=site.label(row),
    )


@post("/office/members/{of:str}/sites/{reference:str}/closing", guards=[office])
async def close(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_site(reference, of)
    form = ClosingForm(await request.form())
    if form.validate():
        with form.refusals():
            day = form.closed_on.data
            assert day
            await site.close(row, member, on=day, actor=(await viewer_of(request)).reference)
            return see_other(place(member), _("The site closes on %(day)s.", day=format_day(day)))
    return await page(request, "members/office_closing", 422, form=form, member=member, label=site.label(row))


@post("/office/members/{of:str}/sites/{reference:str}/reopening", guards=[office])
async def reopen(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_site(reference, of)
    await site.reopen(row, member, actor=(await viewer_of(request)).reference)
    return see_other(place(member), _("The site is open again."))
