"""The attendance list: as a page, to be printed and signed, and as a list to keep."""

from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.activity import taken_along
from network.assembly import attendance_list, printing
from network.assembly.meeting import thing
from network.assembly.views.this_assembly import PLACE, Req, seen
from network.i18n import _
from network.people.viewer import assembly_room
from network.web.pages import download, page
from network.web.sheets import sheet

HERE = f"{PLACE}/{{reference:str}}/attendance-list"


@get(HERE, guards=[assembly_room])
async def list_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await seen(request, reference)
    return await page(request, "assembly/attendance_list", row=row, found=await attendance_list.list_of(row))


@get(f"{HERE}/pdf", guards=[assembly_room])
async def list_pdf(request: Req, reference: FromPath[str]) -> Response[bytes]:
    """In German, as the minutes: before the assembly with lines to sign on."""
    viewer, row = await seen(request, reference)
    content = await printing.attendance(row)
    found = await attendance_list.list_of(row)
    await taken_along(viewer.reference, thing(row), row.title, len(found.entries))
    return download(content, "application/pdf", printing.named(_("Attendance list"), row.title))


@get(f"{HERE}/as/{{kind:str}}", guards=[assembly_room])
async def list_sheet(request: Req, reference: FromPath[str], kind: FromPath[str]) -> Response[bytes]:
    viewer, row = await seen(request, reference)
    if kind not in ("xlsx", "csv"):
        raise NotFoundException
    found = await attendance_list.list_of(row)
    await taken_along(viewer.reference, thing(row), row.title, len(found.entries))
    name = printing.named(_("Attendance list"), row.title).removesuffix(".pdf")
    return await sheet(kind, name, attendance_list.columns(), attendance_list.lines(found))


handlers = [list_page, list_pdf, list_sheet]
