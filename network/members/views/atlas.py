"""The map of the sites, with the list as its equal; alone, for the pages of others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get

from network.members import atlas, directory, gazetteer
from network.members.atlas import LARGEST, MOST_LISTED, Frame, Mark
from network.members.lands import land_name
from network.members.views.choosing import Choice, choice_of, wider
from network.web.addresses import link
from network.web.guards import anyone
from network.web.headers import POLICY, POLICY_NAME
from network.web.pages import number_of, page

Req = Request[Any, Any, Any]
Spot = dict[str, Any]
EVERYWHERE = POLICY.replace("frame-ancestors 'none'", "frame-ancestors *")
MAP = "/members/map"


@get(MAP, guards=[anyone], exclude_from_csrf=True)
async def map_page(request: Req) -> Response[Any]:
    """Marks are numbered from north to south, and so is the list beside them."""
    values = await chosen(request)
    return await page(
        request,
        "members/map",
        cached=True,
        embed_url=link(f"{MAP}/alone?{values['query']}" if values["query"] else f"{MAP}/alone"),
        **values,
    )


@get(f"{MAP}/alone", guards=[anyone], exclude_from_csrf=True)
async def map_alone(request: Req) -> Response[Any]:
    """The one page that others may show within theirs: no form, no cookie, its links lead out of the frame."""
    response = await page(request, "members/map_alone", cached=True, **await chosen(request))
    response.headers[POLICY_NAME.decode()] = EVERYWHERE
    return response


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of the map and its list is on this page.

    Of very many sites an overview, whose marks lead to enlarged parts instead of to lines of the list. Where no part
    can be smaller, the list and its marks go page by page.
    """

    marks: list[Mark]
    listed: list[Spot]
    is_overview: bool
    number: int = 1
    pages: int = 1


def laid_out(placed: Sequence[Spot], frame: Frame, wanted: int) -> Sheet:
    if len(placed) > MOST_LISTED and frame.zoom < LARGEST:
        marks = atlas.overview(placed, frame)
        return Sheet(marks, [mark.sites[0] for mark in marks if len(mark.sites) == 1], is_overview=True)
    pages = max(1, -(-len(placed) // MOST_LISTED))
    number = min(wanted, pages)
    listed = list(placed[(number - 1) * MOST_LISTED : number * MOST_LISTED])
    return Sheet(atlas.marks(listed, frame), listed, is_overview=False, number=number, pages=pages)


async def chosen(request: Req) -> dict[str, Any]:
    """The sites that the address asks for, as marks; those that nobody can place stand apart."""
    choice, frame = await choice_of(request), atlas.frame_of(request.query_params.get("part", ""))
    choice.chosen.pop("near", None)  # a map shows by itself what is near
    spots = await gazetteer.spots(choice.selection, frame)
    placed = [spot for spot in spots if atlas.is_inside(spot, frame)]
    elsewhere = [spot for spot in spots if not atlas.is_inside(spot, frame)] if len(placed) < len(spots) else []
    sheet = laid_out(placed, frame, number_of(request))
    return {
        "as_of": choice.shown,
        "choice": choice,
        "filter": choice.form,
        "query": choice.query,
        "counts": await directory.counts(choice.selection.day),
        "site_count": len(spots),
        "wider": [] if spots else await wider(choice, MAP),
        "frame": frame,
        "map": atlas,
        "in_short": directory.in_short,
        "land_name": land_name,
        "elsewhere": elsewhere[:MOST_LISTED],
        "unlisted": max(0, len(elsewhere) - MOST_LISTED),
        "told": await told(choice, [*sheet.listed, *elsewhere[:MOST_LISTED]]),
        **links(sheet, choice, frame),
    }


async def told(choice: Choice, spots: Sequence[Spot]) -> dict[int, dict[str, Any]]:
    found = await gazetteer.told(choice.selection, [spot["id"] for spot in spots])
    return {number: one | {"url": choice.shown.url(f"/members/{one['reference']}")} for number, one in found.items()}


def links(sheet: Sheet, choice: Choice, frame: Frame) -> dict[str, Any]:
    """The sheet, and where its marks and pages lead."""

    def address(part: Frame, **more: Any) -> str:
        return choice.address(MAP, **({} if part.is_whole else {"part": part.words}), **more)

    return {
        "marks": sheet.marks,
        "is_overview": sheet.is_overview,
        "part_url": lambda mark: address(mark.part) if sheet.is_overview and len(mark.sites) > 1 else "",
        "whole_url": address(atlas.COUNTRY),
        "number": sheet.number,
        "pages": sheet.pages,
        "page_url": lambda number: address(frame, page=number),
    }
