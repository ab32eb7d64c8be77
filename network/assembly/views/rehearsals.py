"""The rehearsal of an assembly: begun, begun anew and thrown away, from the assembly's page and from the copy."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.assembly import meeting, rehearsal
from network.assembly.meeting import State
from network.assembly.views.this_assembly import PLACE, Req, led, place
from network.errors import Refused
from network.i18n import _
from network.people.viewer import assembly_room
from network.web.pages import page, see_other

HERE = f"{PLACE}/{{reference:str}}/rehearsal"


@get(HERE, guards=[assembly_room])
async def rehearsal_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    _viewer, row = await led(request, reference)
    real = await meeting.of_reality(row)
    return await page(
        request, "assembly/rehearsal", row=row, real=real, copy=await rehearsal.running(real),
        may_begin=meeting.state_of(real) in (State.PLANNED, State.CONVENED),
    )  # fmt: skip


@post(HERE, guards=[assembly_room])
async def begin(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    try:
        made = await rehearsal.begin(await meeting.of_reality(row), actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/rehearsal", no.words, warning=True)
    return see_other(place(made), _("The rehearsal has begun, on a copy of its own."))


@post(f"{HERE}/end", guards=[assembly_room])
async def throw_away(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    copy = row if row.rehearsal_of else await rehearsal.running(row)
    if copy is None:
        raise NotFoundException
    real = await meeting.of_reality(row)
    await rehearsal.throw_away(copy, actor=viewer.reference)
    return see_other(place(real), _("The rehearsal is thrown away; nothing of it is left."))


handlers = [rehearsal_page, begin, throw_away]
