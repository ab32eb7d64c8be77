"""The public directory of those who offer under § 60 SGB IX, or are on the way to it, and want to be found."""

from typing import Any

from litestar import Request, Response, get

from network import clock
from network.catalogue import entry
from network.catalogue.tables import EntryKind
from network.catalogue.terms import term
from network.i18n import _
from network.members import provider
from network.members.forms.office import ProviderFilter
from network.members.lands import land_name
from network.web.guards import anyone
from network.web.pages import page

Req = Request[Any, Any, Any]


@get("/members/providers", guards=[anyone], exclude_from_csrf=True)
async def providers_page(request: Req) -> Response[Any]:
    """Members or not: whoever agreed to be listed and has not ended."""
    form = ProviderFilter(request.query_params)
    form.validate()
    asked = {name: "" if form[name].errors else form[name].data or "" for name in ("land", "scope", "offered_in")}
    terms = {one.code: one for one in await entry.of_kind(EntryKind.TERM)}
    return await page(
        request,
        "members/providers",
        cached=True,
        filter=form,
        is_filtered=any(asked.values()),
        found=await provider.listed(clock.today(), **asked),
        words={status: _(words) for status, words in provider.STATUSES.items()},
        places={place: _(words) for place, words in provider.OFFERED_IN.items()},
        scope=lambda code: term(terms.get(code)) or code,
        land_name=land_name,
    )
