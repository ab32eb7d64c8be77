"""The sites of the own organisation: opened, put right, closed."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.i18n import _, format_day
from network.members import daywords, moving, site
from network.members.tables import Organisation, Site
from network.people.viewer import representative, viewer_of
from network.representing.forms.own import LastDayForm, SiteForm, facts_of
from network.representing.views.own import own, place
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
FACTS = ("name", "street", "postal_code", "town", "land", "opened_year", "places")


async def own_site(request: Req, of: str, reference: str) -> tuple[Organisation, Site]:
    row = await own(request, of)
    found = await site.by_reference(row, reference)
    if found is None:
        raise NotFoundException
    return row, found


@get("/mine/{of:str}/sites/new", guards=[representative])
async def new_form(request: Req, of: FromPath[str]) -> Response[Any]:
    row = await own(request, of)
    return await page(request, "representing/site", form=SiteForm(land=row.land), member=row, site=None)


@post("/mine/{of:str}/sites/new", guards=[representative])
async def enter(request: Req, of: FromPath[str]) -> Response[Any]:
    row, form = await own(request, of), SiteForm(await request.form())
    actor = (await viewer_of(request)).reference

    async def deed() -> str:
        await site.enter(row, **site_facts(form), actor=actor)
        return place(row)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The site is entered."))
    return await page(request, "representing/site", 422, form=form, member=row, site=None)


@get("/mine/{of:str}/sites/{reference:str}/edit", guards=[representative])
async def edit_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, known = await own_site(request, of, reference)
    shown = {name: getattr(known, name) for name in FACTS}
    if known.opened_on:
        shown["opened_year"] = f"{known.opened_on:%d.%m.%Y}"
    form = SiteForm(None, **{name: "" if value is None else str(value) for name, value in shown.items()})
    return await page(request, "representing/site", form=form, member=row, site=known)


@post("/mine/{of:str}/sites/{reference:str}/edit", guards=[representative])
async def edit(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, known = await own_site(request, of, reference)
    form = SiteForm(await request.form())
    if form.validate():
        with form.refusals():
            actor = (await viewer_of(request)).reference
            await moving.change_site(known, row, on=form.moved_on.data, actor=actor, **site_facts(form))
            return see_other(place(row), _("The changes are stored."))
    return await page(request, "representing/site", 422, form=form, member=row, site=known)


def site_facts(form: SiteForm) -> dict[str, Any]:
    """The facts, with the day of the opening where it was told."""
    return facts_of(form.values) | {"opened_on": daywords.opening(form.opened_year.data or "")}


@get("/mine/{of:str}/sites/{reference:str}/closing", guards=[representative])
async def closing_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, known = await own_site(request, of, reference)
    form = LastDayForm(day=known.closed_on)
    return await page(request, "representing/closing", form=form, member=row, label=site.label(known))


@post("/mine/{of:str}/sites/{reference:str}/closing", guards=[representative])
async def close(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, known = await own_site(request, of, reference)
    form = LastDayForm(await request.form())
    if form.validate():
        with form.refusals():
            day = form.day.data
            assert day
            await site.close(known, row, on=day, actor=(await viewer_of(request)).reference)
            return see_other(place(row), _("The site closes on %(day)s.", day=format_day(day)))
    return await page(request, "representing/closing", 422, form=form, member=row, label=site.label(known))


@post("/mine/{of:str}/sites/{reference:str}/reopening", guards=[representative])
async def reopen(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, known = await own_site(request, of, reference)
    await site.reopen(known, row, actor=(await viewer_of(request)).reference)
    return see_other(place(row), _("The site is open again."))


handlers = [new_form, enter, edit_form, edit, closing_form, close, reopen]
