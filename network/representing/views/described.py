"""What the own organisation is and offers: its profile, its offers, and how far it is with § 60 SGB IX."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.i18n import _, ngettext
from network.members import offer, organisation, provider
from network.members.tables import Offer, Organisation
from network.people.viewer import representative, viewer_of
from network.representing import telling
from network.representing.forms.described import OfferForm, ProfileForm, ProviderForm, SpanForm
from network.representing.forms.own import facts_of
from network.representing.views.own import own, place, said_of
from network.representing.views.people import open_sites
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
PROFILE = ("founded", "target_group", "about_de", "about_en")
PROVIDER = ("approved_on", "agreed_on", "offered_in")


# --- profile ---------------------------------------------------------------------------------------------------------


@get("/mine/{of:str}/profile", guards=[representative])
async def profile_form(request: Req, of: FromPath[str]) -> Response[Any]:
    row = await own(request, of)
    types = await types_for(row)
    form = ProfileForm(**profile_values(row, types))
    form.offer_types(types)
    return await page(request, "representing/profile", form=form, member=row)


def profile_values(row: Organisation, types: list[Entry]) -> dict[str, Any]:
    kind = next((one.reference for one in types if one.id == row.facility_type), "")
    return {name: getattr(row, name) for name in PROFILE} | {"facility_type": kind}


async def types_for(row: Organisation) -> list[Entry]:
    """The types of facility that apply today, and the one it has, though it may have ended."""
    every, today = await entry.of_kind(EntryKind.FACILITY_TYPE), clock.today()
    return [one for one in every if entry.applies(one, today) or one.id == row.facility_type]


def profile_facts(values: dict[str, Any], types: list[Entry]) -> dict[str, Any]:
    chosen = next((one.id for one in types if one.reference == values["facility_type"]), None)
    return facts_of(values) | {"facility_type": chosen}


@post("/mine/{of:str}/profile", guards=[representative])
async def profile(request: Req, of: FromPath[str]) -> Response[Any]:
    row = await own(request, of)
    form, types = ProfileForm(await request.form()), await types_for(row)
    form.offer_types(types)
    if form.validate():
        with form.refusals():
            actor = (await viewer_of(request)).reference
            await organisation.change(row, actor=actor, **profile_facts(form.values, types))
            return see_other(place(row), _("The changes are stored."))
    return await page(request, "representing/profile", 422, form=form, member=row)


# --- offers ----------------------------------------------------------------------------------------------------------


@get("/mine/{of:str}/offers/new", guards=[representative])
async def offers_form(request: Req, of: FromPath[str]) -> Response[Any]:
    row = await own(request, of)
    form = OfferForm(site=request.query_params.get("site", ""))
    await fill(form, row)
    return await page(request, "representing/offers", form=form, member=row)


async def fill(form: OfferForm, row: Organisation) -> None:
    today = clock.today()
    form.services.offer(entry.names(await entry.of_kind(EntryKind.SERVICE, today)))
    form.fields.offer(entry.names(await entry.of_kind(EntryKind.FIELD, today)))
    form.offer_sites(await open_sites(row))


@post("/mine/{of:str}/offers/new", guards=[representative])
async def enter_offers(request: Req, of: FromPath[str]) -> Response[Any]:
    row, form = await own(request, of), OfferForm(await request.form())
    await fill(form, row)
    actor = (await viewer_of(request)).reference
    wanted = {f"service/{code}" for code in form.services.data or ()}
    wanted |= {f"field/{code}" for code in form.fields.data or ()}
    new = 0

    async def deed() -> str:
        nonlocal new
        at = next((one for one in await open_sites(row) if one.reference == form.site.data), None)
        since, until = form.since.data or "", form.until.data or ""
        terms = await telling.named(wanted)
        new = await offer.enter(row, terms, site=at, since=since, until=until, actor=actor)
        return place(row)

    if form.validate():
        if not wanted:
            form.services.errors = [_("Please choose at least one service or field.")]
        else:
            with form.refusals():
                there = await once(form.form_token.data or "", deed)
                return see_other(there, ngettext("One offer entered.", "%(num)s offers entered.", new))
    return await page(request, "representing/offers", 422, form=form, member=row)


async def own_offer(request: Req, of: str, reference: str) -> tuple[Organisation, Offer]:
    row = await own(request, of)
    found = await offer.by_reference(row, reference)
    if found is None:
        raise NotFoundException
    return row, found


@get("/mine/{of:str}/offers/{reference:str}", guards=[representative])
async def span_form(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, found = await own_offer(request, of, reference)
    return await span_page(request, SpanForm(since=found.since, until=found.until), row, found)


async def span_page(request: Req, form: SpanForm, row: Organisation, found: Offer, status: int = 200) -> Response[Any]:
    name = await offer.name_of(found)
    return await page(request, "representing/offer", status, form=form, member=row, row=found, name=name)


@post("/mine/{of:str}/offers/{reference:str}", guards=[representative])
async def span(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, found = await own_offer(request, of, reference)
    form = SpanForm(await request.form())
    if form.validate():
        with form.refusals():
            actor = (await viewer_of(request)).reference
            await offer.change(found, row, since=form.since.data or "", until=form.until.data or "", actor=actor)
            return see_other(place(row), _("The changes are stored."))
    return await span_page(request, form, row, found, 422)


@post("/mine/{of:str}/offers/{reference:str}/removal", guards=[representative])
async def remove_offer(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, found = await own_offer(request, of, reference)
    await offer.remove(found, row, actor=(await viewer_of(request)).reference)
    return see_other(place(row), _("The entry has been removed."))


# --- § 60 SGB IX -----------------------------------------------------------------------------------------------------


@get("/mine/{of:str}/provider", guards=[representative])
async def provider_form(request: Req, of: FromPath[str]) -> Response[Any]:
    row = await own(request, of)
    form = ProviderForm(**await provider_values(row))
    form.scopes.offer(entry.names(await scope_terms()))
    return await page(request, "representing/provider", form=form, member=row)


async def provider_values(row: Organisation) -> dict[str, Any]:
    step = provider.on(await provider.history(row), clock.today())
    shown = {name: getattr(row, name) for name in PROVIDER}
    listed = row.listed_on is not None
    return shown | {"status": step.status if step else "", "scopes": row.scopes.split(), "listed": listed}


async def scope_terms() -> list[Entry]:
    terms = {one.code: one for one in await entry.of_kind(EntryKind.TERM)}
    return [terms[code] for code in provider.SCOPES if code in terms]


def provider_facts(values: dict[str, Any], row: Organisation) -> dict[str, Any]:
    """The day on which it was agreed to be listed stays, as long as that holds."""
    chosen = [code for code in provider.SCOPES if code in (values["scopes"] or [])]
    return {
        "status": values["status"],
        "since": values["since"],
        "approved_on": values["approved_on"],
        "agreed_on": values["agreed_on"],
        "offered_in": values["offered_in"],
        "scopes": " ".join(chosen),
        "listed_on": (row.listed_on or clock.today()) if values["listed"] else None,
    }


@post("/mine/{of:str}/provider", guards=[representative])
async def provider_told(request: Req, of: FromPath[str]) -> Response[Any]:
    row, form = await own(request, of), ProviderForm(await request.form())
    form.scopes.offer(entry.names(await scope_terms()))
    if form.validate():
        with form.refusals():
            facts, by = provider_facts(form.values, row), (await viewer_of(request)).reference
            found = await telling.of_provider(row, facts, why=form.why.data or "", by=by)
            return see_other(place(row), said_of(found.asked))
    return await page(request, "representing/provider", 422, form=form, member=row)


handlers = [
    profile_form,
    profile,
    offers_form,
    enter_offers,
    span_form,
    span,
    remove_offer,
    provider_form,
    provider_told,
]
