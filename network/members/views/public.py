"""The public directory: today's members with their sites, readable without a map."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.members import charts, directory, function, guessing
from network.members.described import described
from network.members.directory import Selection
from network.members.former import organisation_on
from network.members.forms.choosing import DirectoryFilter
from network.members.lands import land_name
from network.members.membership import membership_on
from network.members.organisation import by_reference
from network.members.whereabouts import near_postal_code
from network.people.viewer import viewer_of
from network.web.asof import AsOf, as_of
from network.web.guards import anyone
from network.web.pages import number_of, page

Req = Request[Any, Any, Any]
SIZE = 30


@get("/members", guards=[anyone], exclude_from_csrf=True)
async def directory_page(request: Req) -> Response[Any]:
    form = DirectoryFilter(request.query_params)
    form.validate()
    text = "" if form.q.errors else form.q.data or ""
    land = "" if form.land.errors else form.land.data or ""
    shown = await public_day(request)
    selection = Selection(day=shown.day, text=text, land=land, people="" if shown.other else "public")
    count = await directory.count(selection)
    if text and not count and (meant := await guessing.meant(selection)):
        selection = replace(selection, text=meant)
        count = await directory.count(selection)
    pages = max(1, -(-count // SIZE))
    number = min(number_of(request), pages)
    found = await directory.with_sites(
        await directory.listed(selection, page=number, size=SIZE), shown.day, selection.lens
    )
    near = "" if form.near.errors else form.near.data or ""
    point = near_postal_code(near) if near else None
    query = urlencode({name: value for name, value in (("q", text), ("land", land), ("near", near)) if value})
    return await page(
        request,
        "members/members",
        cached=True,
        as_of=shown,
        filter=form,
        is_filtered=bool(query),
        typed=text,
        meant=selection.text,
        near=await directory.nearest(selection, point, SIZE) if point else [],
        found=[(row, directory.matching_sites(row, selection.text, land)) for row in found],
        count=count,
        counts=await directory.counts(selection.day),
        number=number,
        pages=pages,
        page_url=lambda number: shown.url(f"/members?{query}&page={number}" if query else f"/members?page={number}"),
        land_name=land_name,
        figures=None if query or number > 1 or shown.other else await charts.figures(selection.day),
    )


async def public_day(request: Req) -> AsOf:
    """Visitors look back; what is agreed and has not come yet (who leaves, who moves) is the office's to know."""
    ahead = (await viewer_of(request)).is_office
    return as_of(request, latest=None if ahead else clock.today())


def site_label(site: dict[str, Any]) -> str:
    """What a site is called in a list that shows its town anyway."""
    return str(site["name"] or site["town"])


@get("/members/{reference:str}", guards=[anyone], exclude_from_csrf=True)
async def member_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Only members have a public page: of the day that is asked for, or at least today's."""
    row = await by_reference(reference)
    shown = await public_day(request)
    running = await membership_on(row, shown.day) if row else None
    if row is None or (running is None and await membership_on(row, clock.today()) is None):
        raise NotFoundException
    sites = await directory.sites_of([row.id], shown.day) if running else {}
    return await page(
        request,
        "members/member",
        cached=True,
        as_of=shown,
        member=await organisation_on(row, shown.day),
        membership=running,
        sites=sites.get(row.id, []),
        people=[] if shown.other else await function.in_public(row, shown.day),  # who has gone is nobody's business
        land_name=land_name,
        site_label=site_label,
        **await described(row, shown.day),
    )
