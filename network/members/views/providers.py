"""The public directory of those who offer under § 60 SGB IX, or are on the way to it, and want to be found."""

from typing import Any

from litestar import Request, Response, get

from network.catalogue.tables import EntryKind
from network.catalogue.terms import term
from network.members import directory, offer, provider
from network.members.described import by_kind
from network.members.lands import land_name
from network.members.views.choosing import choice_of, wider
from network.web.guards import anyone
from network.web.pages import number_of, page

Req = Request[Any, Any, Any]
SIZE = 30
PLACE = "/members/providers"


@get(PLACE, guards=[anyone], exclude_from_csrf=True)
async def providers_page(request: Req) -> Response[Any]:
    """Members or not: whoever agreed to be listed and had not ended on the day."""
    choice = await choice_of(request, "listed")
    selection, shown = choice.selection, choice.shown
    pages = max(1, -(-choice.count // SIZE))
    number = min(number_of(request), pages)
    found = await directory.meant_sites(await directory.listed(selection, page=number, size=SIZE), selection)
    ids = [row.id for row in found]
    abbreviations = {row.code: row for row in choice.terms.values() if row.kind == EntryKind.TERM}
    offers = await offer.offered(ids, shown.day)
    return await page(
        request,
        "members/providers",
        cached=True,
        as_of=shown,
        choice=choice,
        filter=choice.form,
        found=found,
        wider=[] if found else await wider(choice, PLACE),
        listings=await provider.listings(ids, shown.day),
        offers_of=lambda row: by_kind(one for one in offers if one.organisation == row.id),
        scope=lambda code: term(abbreviations.get(code)) or code,
        term=term,
        number=number,
        pages=pages,
        page_url=lambda number: choice.address(PLACE, page=number),
        land_name=land_name,
    )
