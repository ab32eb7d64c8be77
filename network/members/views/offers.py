"""The office's forms for what an organisation offers."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.catalogue import entry
from network.catalogue.tables import EntryKind
from network.i18n import _, ngettext
from network.members import offer
from network.members.forms.office import OfferForm, SpanForm
from network.members.tables import Offer, Organisation, Site
from network.members.views.organisation import known, place
from network.members.views.people import open_sites
from network.people.viewer import office, viewer_of
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]


@get("/office/members/{of:str}/offers/new", guards=[office])
async def new_form(request: Req, of: FromPath[str]) -> Response[Any]:
    """`?site=` chooses the site beforehand."""
    member = await known(of)
    form = OfferForm(site=request.query_params.get("site", ""))
    await fill(form, await open_sites(member))
    return await page(request, "members/office_offer_form", form=form, member=member)


@post("/office/members/{of:str}/offers/new", guards=[office])
async def enter(request: Req, of: FromPath[str]) -> Response[Any]:
    member = await known(of)
    form, sites = OfferForm(await request.form()), await open_sites(member)
    await fill(form, sites)
    viewer = await viewer_of(request)
    services, fields = form.services.data or [], form.fields.data or []
    new = 0

    async def deed() -> str:
        nonlocal new
        known_terms = (await entry.by_id()).values()
        wanted = {(EntryKind.SERVICE, code) for code in services} | {(EntryKind.FIELD, code) for code in fields}
        terms = [one for one in known_terms if (one.kind, one.code) in wanted]
        at = next((one for one in sites if one.reference == form.site.data), None)
        since, until = form.since.data or "", form.until.data or ""
        new = await offer.enter(member, terms, site=at, since=since, until=until, actor=viewer.reference)
        return place(member)

    if form.validate():
        if not services and not fields:
            form.services.errors = [_("Please choose at least one service or field.")]
        else:
            with form.refusals():
                there = await once(form.form_token.data or "", deed)
                return see_other(there, ngettext("One offer entered.", "%(num)s offers entered.", new))
    return await page(request, "members/office_offer_form", 422, form=form, member=member)


async def fill(form: OfferForm, sites: list[Site]) -> None:
    today = clock.today()
    form.services.offer(entry.names(await entry.of_kind(EntryKind.SERVICE, today)))
    form.fields.offer(entry.names(await entry.of_kind(EntryKind.FIELD, today)))
    form.offer_sites(sites)


async def known_offer(of: str, reference: str) -> tuple[Organisation, Offer]:
    member = await known(of)
    row = await offer.by_reference(member, reference)
    if row is None:
        raise NotFoundException
    return member, row


@get("/office/members/{of:str}/offers/{reference:str}", guards=[office])
async def edit_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_offer(of, reference)
    form, name = SpanForm(since=row.since, until=row.until), await offer.name_of(row)
    return await page(request, "members/office_offer_span", form=form, member=member, row=row, name=name)


@post("/office/members/{of:str}/offers/{reference:str}", guards=[office])
async def edit(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_offer(of, reference)
    form = SpanForm(await request.form())
    actor = (await viewer_of(request)).reference
    if form.validate():
        with form.refusals():
            await offer.change(row, member, since=form.since.data or "", until=form.until.data or "", actor=actor)
            return see_other(place(member), _("The changes are stored."))
    name = await offer.name_of(row)
    return await page(request, "members/office_offer_span", 422, form=form, member=member, row=row, name=name)


@post("/office/members/{of:str}/offers/{reference:str}/removal", guards=[office])
async def remove(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await known_offer(of, reference)
    await offer.remove(row, member, actor=(await viewer_of(request)).reference)
    return see_other(place(member), _("The entry has been removed."))


HANDLERS = [new_form, enter, edit_form, edit, remove]
