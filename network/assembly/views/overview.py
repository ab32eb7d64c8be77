"""All assemblies, and the page of one: how it stands, its legal clock, its agenda, and where everything else is."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from network import clock
from network.assembly import agenda, meeting, moving, paper, timing
from network.assembly.proof import proof_of
from network.assembly.rules import may_approve, may_lead, may_prepare, may_see
from network.assembly.ruling import rules_of
from network.assembly.tables.meeting import Assembly
from network.assembly.views.this_assembly import PLACE, Req, seen
from network.association import rulebook
from network.members.lands import land_name
from network.people.viewer import assembly_room, viewer_of
from network.web.pages import page

MARKS = {
    meeting.State.PLANNED: "info",
    meeting.State.CONVENED: "ok",
    meeting.State.RUNNING: "warn",
    meeting.State.OVER: "",
    meeting.State.CANCELLED: "bad",
}


@get(PLACE, guards=[assembly_room])
async def assemblies_page(request: Req) -> Response[Any]:
    viewer = await viewer_of(request)
    rows = [row for row in await meeting.every() if may_see(viewer, row)]
    ahead = [row for row in rows if meeting.state_of(row) not in (meeting.State.OVER, meeting.State.CANCELLED)]
    return await page(
        request,
        "assembly/assemblies",
        ahead=list(reversed(ahead)),
        before=[row for row in rows if row not in ahead],
        may_prepare=may_prepare(viewer),
        state=state_words,
        clocks={row.id: await timing.clock_of(row) for row in ahead if not row.convened_at},
        kinds=timing.KINDS,
    )


def state_words(row: Assembly) -> tuple[str, str]:
    """Its mark and its state in words."""
    state = meeting.state_of(row)
    return MARKS[state], meeting.WORDS[state]


@get(f"{PLACE}/{{reference:str}}", guards=[assembly_room])
async def assembly_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, row = await seen(request, reference)
    rules = await rules_of(row)
    return await page(
        request,
        "assembly/assembly",
        row=row,
        may_lead=may_lead(viewer, row),
        state=state_words(row),
        modes=meeting.MODES,
        second=meeting.SECOND,
        land_name=land_name,
        today=clock.today(),
        clock=await timing.clock_of(row),
        kinds=timing.KINDS,
        motions_until=await timing.motions_of(row),
        told=[rulebook.explain(name, rules) for name in ("convening_period", "convening_form", "motion_days")],
        items=await agenda.items_of(row),
        words=agenda.WORDS,
        title_of=agenda.title_of,
        papers=await paper.papers_of(row),
        proof=await proof_of(row) if row.convened_at else None,
        waiting=await moving.waiting_items(row),
        movable=meeting.state_of(row) == meeting.State.CONVENED,
        may_prepare=may_prepare(viewer),
        may_approve=may_approve(viewer),
    )


handlers = [assemblies_page, assembly_page]
