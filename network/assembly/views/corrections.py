"""An announced count is put right: a form with its numbers as they were announced, and why they were wrong."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from network.assembly import ballot, ballot_correction, election, vote_correction
from network.assembly.counting import stages
from network.assembly.forms.day import CountCorrection
from network.assembly.forms.elections import correction_form
from network.assembly.tables.day import Decision
from network.assembly.tables.elections import Election, Round
from network.assembly.tables.meeting import Assembly
from network.assembly.verdict import LOTS, YES_NO
from network.assembly.views import elections, votes
from network.assembly.views.ballots import BALLOT, beside_papers, papers, round_of
from network.assembly.views.elections import standing_as
from network.assembly.views.this_assembly import Req, led
from network.assembly.views.votes import VOTE, vote_of
from network.i18n import _
from network.people.viewer import assembly_room
from network.web.forms import Form
from network.web.pages import page, see_other

OF_VOTE, OF_BALLOT = f"{VOTE}/correction", f"{BALLOT}/correction"


# --- of a vote -------------------------------------------------------------------------------------------------------


@get(OF_VOTE, guards=[assembly_room])
async def vote_form(request: Req, reference: FromPath[str], vote: FromPath[str]) -> Response[Any]:
    _viewer, row = await led(request, reference)
    found = await vote_of(row, vote)
    start = {name: getattr(found, name) for name in ("yes", "no", "abstain", "invalid", "not_cast")}
    return await correcting_vote(request, row, found, CountCorrection(**start))


@post(OF_VOTE, guards=[assembly_room])
async def correct_vote(request: Req, reference: FromPath[str], vote: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    found, form = await vote_of(row, vote), CountCorrection(await request.form())
    if form.validate():
        with form.refusals():
            await vote_correction.correct(
                row, found, form.count, reason=form.reason.data or "", actor=viewer.reference
            )  # fmt: skip
            return see_other(votes.at(row, found), _("The count is corrected."))
    return await correcting_vote(request, row, found, form, 422)


async def correcting_vote(request: Req, row: Assembly, found: Decision, form: Form, status: int = 200) -> Response[Any]:
    return await page(
        request, "assembly/vote_correction", status, row=row, title=found.title, form=form, back=votes.at(row, found)
    )


# --- of a ballot -----------------------------------------------------------------------------------------------------


@get(OF_BALLOT, guards=[assembly_room])
async def ballot_form(request: Req, reference: FromPath[str], of: FromPath[str], one: FromPath[str]) -> Response[Any]:
    _viewer, row = await led(request, reference)
    found = await elections.known(row, of)
    this = await round_of(found, one)
    return await correcting_ballot(request, row, found, this, correction_form(this, await ballot.lines_of(this)))


@post(OF_BALLOT, guards=[assembly_room])
async def correct_ballot(
    request: Req, reference: FromPath[str], of: FromPath[str], one: FromPath[str]
) -> Response[Any]:  # fmt: skip
    viewer, row = await led(request, reference)
    found, typed = await elections.known(row, of), await request.form()
    this = await round_of(found, one)
    form = correction_form(this, await ballot.lines_of(this), typed)
    report = None
    if form.validate():
        with form.refusals():
            papers_read = await beside(form, typed) if this.mode == "transferable" else {}
            report = await corrected(row, this, form, papers_read, viewer.reference)
            if not (report and report.needs_lot):
                return see_other(elections.at(row, found), _("The count is corrected."))
    return await correcting_ballot(request, row, found, this, form, status=422, report=report)


async def beside(form: Any, typed: Any) -> dict[str, Any]:
    return {"content": await papers(form), **beside_papers(form, typed)}


async def corrected(row: Assembly, one: Round, form: Any, ranked: dict[str, Any], actor: str) -> stages.Report | None:
    """By the mode of the ballot; the report of ranked papers, which may ask for a lot first."""
    reason = form.reason.data or ""
    if ranked:
        return await ballot_correction.correct_ranked(row, one, **ranked, reason=reason, actor=actor)
    if one.mode in LOTS:
        drawn = await standing_as(await ballot.election_of(one), form.drawn.data)
        await ballot_correction.correct_lot(row, one, drawn, by=form.by.data or "", reason=reason, actor=actor)
    else:
        counted = form.counted if one.mode in YES_NO else form.counted_for()
        await ballot_correction.correct(row, one, counted, reason=reason, actor=actor)
    return None


async def correcting_ballot(
    request: Req, row: Assembly, of: Election, one: Round, form: Any, *, status: int = 200, report: Any = None
) -> Response[Any]:
    return await page(
        request, "assembly/ballot_correction", status, row=row, of=of, one=one, form=form, report=report,
        modes=election.MODES, yes_no=YES_NO, lines=await ballot.lines_of(one), back=elections.at(row, of),
    )  # fmt: skip


handlers = [vote_form, correct_vote, ballot_form, correct_ballot]
