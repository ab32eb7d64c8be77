"""The ballots of an election: opened, counted, drawn by lot, and for ranked papers the report of the count."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.assembly import ballot, candidate, election, ranked_ballot
from network.assembly.counting import blt, stages
from network.assembly.forms.elections import BallotForm, LotForm, counting_form
from network.assembly.rules import may_lead
from network.assembly.tables.elections import Election, Round
from network.assembly.tables.meeting import Assembly
from network.assembly.verdict import YES_NO
from network.assembly.views.elections import HERE, at, drawing, known, shown, standing_as, told
from network.assembly.views.this_assembly import Req, led, seen
from network.errors import Refused
from network.i18n import _
from network.people.viewer import assembly_room
from network.web import sheets
from network.web.pages import download, page, see_other

BALLOT = f"{HERE}/ballots/{{one:str}}"


@post(f"{HERE}/ballots", guards=[assembly_room])
async def begin(request: Req, reference: FromPath[str], of: FromPath[str]) -> Response[Any]:
    """Any mode and anybody who was proposed may be sent, by a page from before: the no says why."""
    viewer, row = await led(request, reference)
    found, form = await known(row, of), BallotForm(await request.form())
    proposed = {one.reference: one for one in await candidate.candidates_of(found)}
    form.offer(list(election.MODES), {reference: one.name for reference, one in proposed.items()})
    if form.validate():
        with form.refusals():
            chosen = [proposed[one] for one in form.candidates.data or []]
            await ballot.begin(row, found, form.mode.data, chosen, way=form.way.data, actor=viewer.reference)
            return see_other(at(row, found))
    return await shown(request, row, found, form, 422)


@get(BALLOT, guards=[assembly_room])
async def ballot_page(request: Req, reference: FromPath[str], of: FromPath[str], one: FromPath[str]) -> Response[Any]:
    _viewer, row = await seen(request, reference)
    found = await known(row, of)
    this = await round_of(found, one)
    return await counting(request, row, found, this, counting_form(this.mode, await ballot.lines_of(this)))


@post(BALLOT, guards=[assembly_room])
async def count(request: Req, reference: FromPath[str], of: FromPath[str], one: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    found = await known(row, of)
    this = await round_of(found, one)
    typed = await request.form()
    form = counting_form(this.mode, await ballot.lines_of(this), typed, represented=this.represented)
    if form.validate():
        with form.refusals():
            if this.mode == "transferable":
                report = await count_ranked(row, this, form, typed, viewer.reference)
                if report.needs_lot:
                    return await counting(request, row, found, this, form, status=422, report=report)
            else:
                given = form.counted if this.mode in YES_NO else form.counted_for()
                await ballot.count(row, this, given, actor=viewer.reference)
            return see_other(at(row, found))
    return await counting(request, row, found, await ballot.fresh(this), form, status=422)


async def count_ranked(row: Assembly, one: Round, form: Any, typed: Any, actor: str) -> stages.Report:
    return await ranked_ballot.count(row, one, await papers(form), **beside_papers(form, typed), actor=actor)


async def papers(form: Any) -> bytes:
    upload = form.file.data
    content = bytes(await upload.read()) if upload and not isinstance(upload, str) else b""
    if not content:
        raise Refused(_("Please choose the file with the papers."), "file")
    return content


def beside_papers(form: Any, typed: Any) -> dict[str, Any]:
    """With every lot of this count so far: it begins anew with each file, and the form takes them along."""
    lines = "\n".join([form.drawn.data or "", str(typed.get("lots", ""))]).splitlines()
    form.drawn.data = "\n".join(line for line in lines if line.strip())
    lots = ranked_ballot.lots_in(form.drawn.data)
    return {"invalid": form.invalid.data or 0, "not_cast": form.not_cast.data or 0, "lots": lots}


async def counting(
    request: Req, row: Assembly, of: Election, one: Round, form: Any, *, status: int = 200, report: Any = None
) -> Response[Any]:
    viewer, _row = await seen(request, row.reference)
    kept = await ranked_ballot.report_of(one)
    return await page(
        request, "assembly/ballot", status, row=row, of=of, one=one, form=form, told=await told(one),
        report=kept or report, table=stages.table(kept) if kept else [], modes=election.MODES, yes_no=YES_NO,
        said=[stages.stage_words(kept, stage) for stage in kept.stages] if kept else [],
        may_lead=may_lead(viewer, row),
    )  # fmt: skip


@get(f"{BALLOT}/report.csv", guards=[assembly_room])
async def report_csv(request: Req, reference: FromPath[str], of: FromPath[str], one: FromPath[str]) -> Response[Any]:
    _viewer, row = await seen(request, reference)
    report = await ranked_ballot.report_of(await round_of(await known(row, of), one))
    if report is None:
        raise NotFoundException
    columns, *rows = stages.table(report)
    return await sheets.sheet("csv", _("Count"), columns, rows)


@get(f"{BALLOT}/papers.blt", guards=[assembly_room])
async def papers_blt(request: Req, reference: FromPath[str], of: FromPath[str], one: FromPath[str]) -> Response[Any]:
    """The ranked papers as they were counted, for another counting program."""
    _viewer, row = await seen(request, reference)
    papers = await ranked_ballot.papers_of(await round_of(await known(row, of), one))
    if papers is None:
        raise NotFoundException
    return download(blt.write(papers), "text/plain", _("Papers") + ".blt")


@post(f"{HERE}/lots", guards=[assembly_room])
async def draw(request: Req, reference: FromPath[str], of: FromPath[str]) -> Response[Any]:
    """What was drawn by hand between equals, and by whom."""
    viewer, row = await led(request, reference)
    found = await known(row, of)
    form = await drawing(row, found, LotForm(await request.form()))
    if form.validate():
        with form.refusals():
            one = await standing_as(found, form.drawn.data)
            await ballot.draw(row, found, one, by=form.by.data or "", actor=viewer.reference)
            return see_other(at(row, found))
    return await shown(request, row, found, form, 422)


async def round_of(of: Election, reference: str) -> Round:
    found = await ballot.by_reference(of, reference)
    if found is None:
        raise NotFoundException
    return found


handlers = [begin, ballot_page, count, report_csv, papers_blt, draw]
