"""Proposals of members: the office decides, the member may think better of it."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.errors import Refused
from network.i18n import _
from network.members import organisation
from network.people.viewer import office, representative, viewer_of
from network.representing import proposal
from network.representing.forms.own import DecisionForm
from network.representing.meaning import parts
from network.representing.proposal import Told
from network.representing.tables import Proposal
from network.representing.views.own import own, place
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
LIST = "/office/members/proposals"


async def known(reference: str) -> Proposal:
    found = await proposal.by_reference(reference)
    if found is None:
        raise NotFoundException
    return found


@get(LIST, guards=[office])
async def proposals(request: Req) -> Response[Any]:
    waiting, done = await proposal.open_ones(), await proposal.decided()
    return await page(request, "representing/proposals", waiting=waiting, done=done)


@get(LIST + "/{reference:str}", guards=[office])
async def proposal_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    told = await proposal.told(await known(reference))
    form = DecisionForm(seen=told.current_key, moved_on=told.on or clock.today())
    return await proposal_shown(request, told, form)


async def proposal_shown(request: Req, told: Told, form: DecisionForm, status: int = 200) -> Response[Any]:
    alike = await organisation.named_alike(told.organisation, parts(told.row)[0]) if told.row.field == "name" else ""
    return await page(request, "representing/proposal", status, told=told, form=form, alike=alike)


@post(LIST + "/{reference:str}", guards=[office])
async def decide(request: Req, reference: FromPath[str]) -> Response[Any]:
    row, typed = await known(reference), await request.form()
    form = DecisionForm(typed)
    actor = (await viewer_of(request)).reference
    if form.validate():
        with form.refusals():
            if "decline" in typed:
                await proposal.decline(row, form.reason.data or "", actor=actor)
                return see_other(LIST, _("Declined. Whoever proposed it gets a letter with your reason."))
            if form.what.data != "always" and form.moved_on.raw_data and not form.moved_on.data:
                raise Refused(_("Please say from which day on it counts."), "moved_on")
            on, always = form.moved_on.data or clock.today(), form.what.data == "always"
            await proposal.accept(
                row, seen=form.seen.data or "", on=on, always=always, is_another=form.is_another.data, actor=actor
            )
            return see_other(LIST, _("Accepted. Whoever proposed it gets a letter."))
    told = await proposal.told(await known(reference))
    form.seen.data = told.current_key
    return await proposal_shown(request, told, form, 422)


@post("/mine/{of:str}/proposals/{reference:str}/withdrawal", guards=[representative])
async def withdraw(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    row, found = await own(request, of), await known(reference)
    if found.organisation != row.id:
        raise NotFoundException
    try:
        await proposal.withdraw(found, actor=(await viewer_of(request)).reference)
    except Refused as no:
        return see_other(place(row), no.words, warning=True)
    return see_other(place(row), _("The proposal is withdrawn."))


handlers = [proposals, proposal_page, decide, withdraw]
