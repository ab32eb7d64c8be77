"""The map of the sites, with the list as its equal; alone, for the pages of others."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get

from network.members import atlas, directory
from network.members.directory import Selection
from network.members.forms.choosing import DirectoryFilter
from network.members.lands import land_name
from network.members.tables import MembershipKind
from network.members.views.public import public_day
from network.web.addresses import link
from network.web.guards import anyone
from network.web.headers import POLICY, POLICY_NAME
from network.web.pages import page

Req = Request[Any, Any, Any]
EVERYWHERE = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")


@get("/members/map", guards=[anyone], exclude_from_csrf=True)
async def map_page(request: Req) -> Response[Any]:
    """Marks are numbered from north to south, and so is the list beside them."""
    values = await chosen(request)
    return await page(
        request,
        "members/map",
        cached=True,
        embed_url=link(f"/members/map/alone?{values['query']}" if values["query"] else "/members/map/alone"),
        **values,
    )


@get("/members/map/alone", guards=[anyone], exclude_from_csrf=True)
async def map_alone(request: Req) -> Response[Any]:
    """The one page that others may show within theirs: no form, no cookie, its links lead out of the frame."""
    response = await page(request, "members/map_alone", cached=True, **await chosen(request))
    response.headers[POLICY_NAME.decode()] = EVERYWHERE
    return response


async def chosen(request: Req) -> dict[str, Any]:
    """The sites that the address asks for, as marks; those that nobody can place stand apart."""
    form = DirectoryFilter(request.query_params)
    form.validate()
    text = "" if form.q.errors else form.q.data or ""
    land = "" if form.land.errors else form.land.data or ""
    shown = await public_day(request)
    selection = Selection(day=shown.day, text=text, land=land)
    found = await directory.listed(selection, size=0)
    full = [member for member in found if member.kind == MembershipKind.FULL]  # as counted; guests stand in the list
    members = await directory.with_sites(full, selection.day)
    sites = [
        site | {"member": member.name, "url": shown.url(f"/members/{member.reference}")}
        for member in members
        for site in directory.matching_sites(member, text, land)
    ]
    return {
        "as_of": shown,
        "filter": form,
        "query": urlencode({name: value for name, value in (("q", text), ("land", land)) if value}),
        "counts": await directory.counts(selection.day),
        "site_count": len(sites),
        "marks": atlas.marks(sites),
        "elsewhere": [site for site in sites if not atlas.is_inside(site)],
        "map": atlas,
        "land_name": land_name,
    }
