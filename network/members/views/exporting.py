"""The office's list of members as a file: which columns, and which kind of file."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.i18n import _
from network.members import directory, exporting, vcards
from network.members.views.listing import KEPT, LIST, selection_of
from network.people.viewer import office, viewer_of
from network.web.addresses import url
from network.web.asof import as_of, day_of
from network.web.pages import download, page
from network.web.sheets import sheet

Req = Request[Any, Any, Any]


@get("/office/members/as/{kind:str}", guards=[office])
async def member_sheet(request: Req, kind: FromPath[str]) -> Response[bytes]:
    """What the list shows: with the usual columns a file that can be read in again; as vCards with all its people."""
    _form, selection = await selection_of(request, day_of(request))
    if kind == "vcf":
        found = await exporting.contacts(await viewer_of(request), selection)
        return download(vcards.cards(found, clock.now()), vcards.TYPE, _("Members") + ".vcf")
    if kind not in ("xlsx", "csv"):
        raise NotFoundException
    names = exporting.chosen(request.query_params.getall("columns", []))
    told = exporting.columns()
    return await sheet(kind, _("Members"), [told[name] for name in names], await exporting.table(selection, names))


@get("/office/members/export", guards=[office])
async def export_form(request: Req) -> Response[Any]:
    """Which columns; the choice and the list's filter stay in the address."""
    shown = as_of(request)
    _form, selection = await selection_of(request, shown.day)
    kept = {name: value for name, value in request.query_params.items() if name in KEPT and value}
    told, names = exporting.columns(), exporting.chosen(request.query_params.getall("columns", []))
    return await page(
        request,
        "members/office_export",
        as_of=shown,
        count=await directory.count(selection),
        kept=kept | ({"on": shown.day.isoformat()} if shown.other else {}),
        usual={name: told[name] for name in exporting.USUAL},
        further={name: words for name, words in told.items() if name not in exporting.USUAL},
        chosen=names,
        file=lambda kind: url(f"{LIST}/as/{kind}"),
    )
