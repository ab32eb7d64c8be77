"""The office's list of members as a file: which sheets, which columns, and which kind of file."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.i18n import _
from network.members import contacts, directory, exporting, vcards
from network.members.headings import BASIC
from network.members.portion import AS_OF
from network.members.views.listing import KEPT, LIST, selection_of
from network.people.viewer import office, viewer_of
from network.web.addresses import url
from network.web.asof import as_of, day_of
from network.web.pages import page, stream

Req = Request[Any, Any, Any]


@get("/office/members/as/{kind:str}", guards=[office])
async def member_sheet(request: Req, kind: FromPath[str]) -> Response[Any]:
    """What the list shows: with the usual columns a file that can be read in again; as vCards with all its people."""
    _form, selection = await selection_of(request, day_of(request))
    viewer = await viewer_of(request)
    if kind == "vcf":
        name = exporting.file_name(_("Members"), selection.day)
        files = vcards.files(contacts.contacts(viewer, selection), clock.now())
        return await stream(files, vcards.TYPE, f"{name}.vcf")
    if kind not in ("xlsx", "csv"):
        raise NotFoundException
    asked = (request.query_params.getall(name, []) for name in ("sheet", "columns"))
    wanted = exporting.chosen(*asked, office=True, day=selection.day)
    return await exporting.taken_along(kind, selection, wanted, exporting.eyes_of(viewer), _("Members"))


@get("/office/members/export", guards=[office])
async def export_form(request: Req) -> Response[Any]:
    """Which columns; the choice and the list's filter stay in the address."""
    shown = as_of(request)
    _form, selection = await selection_of(request, shown.day)
    kept = {name: value for name, value in request.query_params.items() if name in KEPT and value}
    told = {key: _(one.words) for key, one in exporting.columns_of(exporting.LIST, office=True).items()}
    sheets, ticked = (request.query_params.getall(name, []) for name in ("sheet", "columns"))
    names = exporting.chosen([], ticked, office=True, day=clock.today())
    return await page(
        request,
        "members/office_export",
        as_of=shown,
        count=await directory.count(selection),
        kept=kept | ({"on": shown.day.isoformat()} if shown.other else {}),
        usual={name: told[name] for name in BASIC},
        further={name: words for name, words in told.items() if name not in (*BASIC, AS_OF)},
        chosen=names[exporting.LIST],
        sheets=exporting.offers(sheets, ticked, office=True),
        file=lambda kind: url(f"{LIST}/as/{kind}"),
    )
