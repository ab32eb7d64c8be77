"""The public directory: today's members with their sites, readable without a map."""

from dataclasses import replace
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.i18n import _
from network.members import charts, contacts, directory, exporting, facets, function, gazetteer, provider, vcards
from network.members.described import described
from network.members.extracts import PUBLIC
from network.members.former import organisation_on
from network.members.lands import land_name
from network.members.membership import membership_on
from network.members.organisation import by_reference
from network.members.portion import AS_OF
from network.members.views.choosing import choice_of, public_day, wider
from network.members.whereabouts import of_postal_code
from network.web.addresses import url
from network.web.guards import anyone
from network.web.limits import count_attempt, origin_of
from network.web.pages import download, number_of, page, stream

Req = Request[Any, Any, Any]
SIZE = 30


@get("/members", guards=[anyone], exclude_from_csrf=True)
async def directory_page(request: Req) -> Response[Any]:
    choice = await choice_of(request)
    selection, shown = choice.selection, choice.shown
    pages = max(1, -(-choice.count // SIZE))
    number = min(number_of(request), pages)
    found = await directory.meant_sites(await directory.listed(selection, page=number, size=SIZE), selection)
    near = choice.chosen.get("near", "")
    point = of_postal_code(near) if near else None
    plain = not choice.query and number == 1
    return await page(
        request,
        "members/members",
        cached=True,
        as_of=shown,
        choice=choice,
        filter=choice.form,
        near=await gazetteer.nearest(selection, point, SIZE) if point else [],
        found=found,
        hits=facets.in_words(await facets.hits(selection)) if choice.words else "",
        wider=[] if found else await wider(choice, "/members"),
        listings=await provider.listings([row.id for row in found], shown.day),
        outside=await directory.count(replace(selection, standing="listed_outside", people="")) if choice.words else 0,
        counts=await directory.counts(selection.day),
        number=number,
        pages=pages,
        page_url=lambda number: choice.address("/members", page=number),
        land_name=land_name,
        figures=await charts.figures(shown.day, selection.lens) if plain else None,
    )


def site_label(site: dict[str, Any]) -> str:
    """What a site is called in a list that shows its town anyway."""
    return str(site["name"] or site["town"])


@get("/members/as/{kind:str}", guards=[anyone])
async def public_file(request: Req, kind: FromPath[str]) -> Response[Any]:
    """What the list shows, as a file: only what stands on the public pages. People agreed to those, not to a list."""
    if kind not in ("xlsx", "csv", "vcf"):
        raise NotFoundException
    await count_attempt("directory-file", origin_of(request), most=60, minutes=15)
    choice = await choice_of(request)
    day = choice.shown.certain
    if kind == "vcf":
        name = exporting.file_name(_("Members"), day)
        return await stream(vcards.files(contacts.in_public(choice.selection), clock.now()), vcards.TYPE, f"{name}.vcf")
    ticked = request.query_params.getall("columns", [])
    wanted = exporting.chosen([PUBLIC.name], ticked, office=False, day=day)
    return await exporting.taken_along(kind, choice.selection, wanted, exporting.Eyes(), _("Members"))


@get("/members/export", guards=[anyone])
async def export_form(request: Req) -> Response[Any]:
    """Which columns of what stands in public; the choice of the list goes along."""
    choice = await choice_of(request)
    told = {key: _(one.words) for key, one in exporting.columns_of(PUBLIC.name, office=False).items() if key != AS_OF}
    ticked = [name for name in request.query_params.getall("columns", []) if name in told]
    kept = {name: value for name, value in choice.chosen.items() if name != "near"}
    return await page(
        request,
        "members/export",
        as_of=choice.shown,
        choice=choice,
        kept=kept | ({"on": choice.shown.day.isoformat()} if choice.shown.other else {}),
        columns=told,
        chosen=ticked or list(told),
        file=lambda kind: url(f"/members/as/{kind}"),
    )


@get("/members/{reference:str}/vcf", guards=[anyone])
async def member_cards(request: Req, reference: FromPath[str]) -> Response[bytes]:
    """What the member's page shows today, for an address book: of people what they agreed to, and their name."""
    row, today = await by_reference(reference), clock.today()
    if row is None or await membership_on(row, today) is None:
        raise NotFoundException
    await count_attempt("directory-file", origin_of(request), most=60, minutes=15)
    people = [one.in_public_eyes() for one in await function.in_public(row, today) if "name" in one.shown]
    found = contacts.of_one(row, (await directory.sites_of([row.id], today)).get(row.id, []), people)
    return download(vcards.cards(found, clock.now()), vcards.TYPE, f"{exporting.file_name(row.name, today)}.vcf")


@get("/members/{reference:str}", guards=[anyone], exclude_from_csrf=True)
async def member_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Only members have a public page: of the day that is asked for, or at least today's."""
    row = await by_reference(reference)
    shown = await public_day(request)
    running = await membership_on(row, shown.day) if row else None
    if row is None or (running is None and await membership_on(row, clock.today()) is None):
        raise NotFoundException
    sites = (await directory.sites_of([row.id], shown.day)).get(row.id, []) if running else []
    return await page(
        request,
        "members/member",
        cached=True,
        as_of=shown,
        member=await organisation_on(row, shown.day),
        membership=running,
        sites=sites,
        people=await function.in_public(row, shown.day, {site["reference"]: site_label(site) for site in sites}),
        listing=(await provider.listings([row.id], shown.day)).get(row.id),
        land_name=land_name,
        site_label=site_label,
        **await described(row, shown.day),
    )
