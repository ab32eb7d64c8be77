"""The map of the sites, with the list as its equal; alone, for the pages of others."""

from typing import Any

from litestar import Request, Response, get

from network.members import atlas, directory
from network.members.lands import land_name
from network.members.tables import MembershipKind
from network.members.views.choosing import choice_of, wider
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
    choice = await choice_of(request)
    choice.chosen.pop("near", None)  # a map shows by itself what is near
    found = await directory.listed(choice.selection, size=0)
    full = [member for member in found if member.kind == MembershipKind.FULL]  # as counted; guests stand in the list
    members = await directory.meant_sites(full, choice.selection)
    sites = [
        site | {"member": member.name, "url": choice.shown.url(f"/members/{member.reference}")}
        for member in members
        for site in member.sites
    ]
    return {
        "as_of": choice.shown,
        "choice": choice,
        "filter": choice.form,
        "query": choice.query,
        "counts": await directory.counts(choice.selection.day),
        "site_count": len(sites),
        "marks": atlas.marks(sites),
        "elsewhere": [site for site in sites if not atlas.is_inside(site)],
        "wider": [] if sites else await wider(choice, "/members/map"),
        "map": atlas,
        "land_name": land_name,
    }
