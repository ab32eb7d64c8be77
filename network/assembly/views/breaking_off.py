"""What was opened by mistake is broken off on a page of its own, with the reason."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from network.assembly import breaking_off
from network.assembly.forms.day import BreakingOffForm
from network.assembly.tables.meeting import Assembly
from network.assembly.views import elections, votes
from network.assembly.views.ballots import BALLOT, round_of
from network.assembly.views.this_assembly import Req, led
from network.assembly.views.votes import VOTE, vote_of
from network.i18n import _
from network.people.viewer import assembly_room
from network.web.forms import Form
from network.web.pages import page, see_other

OF_VOTE, OF_BALLOT = f"{VOTE}/breaking-off", f"{BALLOT}/breaking-off"


@get(OF_VOTE, guards=[assembly_room])
async def vote_form(request: Req, reference: FromPath[str], vote: FromPath[str]) -> Response[Any]:
    _viewer, row = await led(request, reference)
    found = await vote_of(row, vote)
    return await asking(request, row, found.title, votes.at(row, found), BreakingOffForm())


@post(OF_VOTE, guards=[assembly_room])
async def break_off_vote(request: Req, reference: FromPath[str], vote: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    found, form = await vote_of(row, vote), BreakingOffForm(await request.form())
    if form.validate():
        with form.refusals():
            await breaking_off.of_vote(row, found, reason=form.reason.data or "", actor=viewer.reference)
            return see_other(votes.at(row, found), _("The vote is broken off."))
    return await asking(request, row, found.title, votes.at(row, found), form, status=422)


@get(OF_BALLOT, guards=[assembly_room])
async def ballot_form(request: Req, reference: FromPath[str], of: FromPath[str], one: FromPath[str]) -> Response[Any]:
    _viewer, row = await led(request, reference)
    found = await elections.known(row, of)
    await round_of(found, one)
    return await asking(request, row, found.title, elections.at(row, found), BreakingOffForm())


@post(OF_BALLOT, guards=[assembly_room])
async def break_off_ballot(
    request: Req, reference: FromPath[str], of: FromPath[str], one: FromPath[str]
) -> Response[Any]:
    viewer, row = await led(request, reference)
    found, form = await elections.known(row, of), BreakingOffForm(await request.form())
    this = await round_of(found, one)
    if form.validate():
        with form.refusals():
            await breaking_off.of_ballot(row, this, reason=form.reason.data or "", actor=viewer.reference)
            return see_other(elections.at(row, found), _("The ballot is broken off."))
    return await asking(request, row, found.title, elections.at(row, found), form, status=422)


async def asking(request: Req, row: Assembly, title: str, back: str, form: Form, *, status: int = 200) -> Response[Any]:
    return await page(request, "assembly/breaking_off", status, row=row, title=title, back=back, form=form)


handlers = [vote_form, break_off_vote, ballot_form, break_off_ballot]
