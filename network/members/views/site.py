"""The office's forms for a member's sites."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.i18n import _, format_day
from network.members import site
from network.members.forms import ClosingForm, SiteForm, facts_of
from network.members.tables import Organisation, Site
from network.members.views.organisation import known, place
from network.people.viewer import office, viewer_of
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
        await site.enter(member, **facts_of(form), actor=actor)
        return place(member)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The site is entered."))
    return await page(request, "members/office_site_form", 422, form=form, member=member, site=None)


@get("/office/members/{of:str}/sites/{reference:str}/edit", guards=[office])
async def edit_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_site(reference, of)
    shown = {name: getattr(row, name) for name in site.FACTS}
    form = SiteForm(None, **{name: "" if value is None else str(value) for name, value in shown.items()})
    return await page(request, "members/office_site_form", form=form, member=member, site=row)


@post("/office/members/{of:str}/sites/{reference:str}/edit", guards=[office])
async def edit(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_site(reference, of)
    form = SiteForm(await request.form())
    if form.validate():
        with form.refusals():
            await site.change(row, member, actor=(await viewer_of(request)).reference, **facts_of(form))
            return see_other(place(member), _("The changes are stored."))
    return await page(request, "members/office_site_form", 422, form=form, member=member, site=row)


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
