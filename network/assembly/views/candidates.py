"""Candidates: proposed by members, asked by letter; each answers behind a link of its own."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from network.assembly import call, candidate, election
from network.assembly.forms.candidates import CandidacyForm, ProposalForm
from network.assembly.tables.elections import Candidate, Election
from network.assembly.tables.meeting import Assembly
from network.assembly.views.elections import at, known, standing_as
from network.assembly.views.mine import ONE, own_assembly, place
from network.assembly.views.this_assembly import PLACE, Req, led, of_letters
from network.errors import Refused
from network.i18n import _, locale
from network.members.tables import Organisation
from network.people.viewer import assembly_room, representative, viewer_of
from network.web.guards import anyone
from network.web.limits import count_attempt, origin_of
from network.web.once import once
from network.web.pages import page, see_other

ASKING = f"{PLACE}/{{reference:str}}/elections/{{of:str}}/candidates/{{who:str}}/letter"
LINK = "/candidacy/{token:str}"


# --- the office asks -------------------------------------------------------------------------------------------------


@post(ASKING, guards=[assembly_room])
async def ask(request: Req, reference: FromPath[str], of: FromPath[str], who: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    found = await known(row, of)
    one = await standing_as(found, who)
    try:
        await call.ask(row, found, one, actor=viewer.reference)
    except Refused as no:
        return see_other(at(row, found), no.words, warning=True)
    return see_other(at(row, found), of_letters(row, _("%(name)s gets a letter.", name=one.name)))


# --- members propose -------------------------------------------------------------------------------------------------


@get(f"{ONE}/candidates", guards=[representative])
async def candidates_page(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    return await listed(request, member, row, ProposalForm())


async def listed(
    request: Req, member: Organisation, row: Assembly, form: ProposalForm, status: int = 200
) -> Response[Any]:  # fmt: skip
    """Members read who stands; of who has been proposed and has not agreed only how many."""
    elections = await election.elections_of(row)
    everybody = {one.id: await candidate.candidates_of(one) for one in elections}
    form.offer({one.reference: one.title for one in elections if call.is_open(one)})
    return await page(
        request, "assembly/mine_candidates", status, row=row, member=member, form=form, elections=elections,
        standing={key: [one for one in ones if stands(one)] for key, ones in everybody.items()},
        asked={key: sum(not one.consented_at and not one.withdrawn_at for one in ones)
               for key, ones in everybody.items()},
        back=place(member, row), is_open=call.is_open,
    )  # fmt: skip


def stands(one: Candidate) -> bool:
    return bool(one.consented_at and not one.withdrawn_at)


@post(f"{ONE}/candidates", guards=[representative])
async def propose(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    member, row = await own_assembly(request, of, reference)
    form, actor = ProposalForm(await request.form()), (await viewer_of(request)).reference
    elections = {one.reference: one for one in await election.elections_of(row)}
    form.offer({one.reference: one.title for one in elections.values() if call.is_open(one)})

    async def deed() -> str:
        await call.propose(
            row, elections[form.election.data], by=member, name=form.name.data or "", email=form.email.data or "",
            works_here=bool(form.works_here.data), locale=locale(), actor=actor,
        )  # fmt: skip
        return f"{place(member, row)}/candidates"

    if form.validate():
        with form.refusals():
            there = await once(form.form_token.data or "", deed)
            return see_other(there, _("The candidate gets a letter and stands as soon as they agree."))
    return await listed(request, member, row, form, 422)


# --- behind the link -------------------------------------------------------------------------------------------------


@get(LINK, guards=[anyone])
async def candidacy(request: Req, token: FromPath[str]) -> Response[Any]:
    found = await call.by_token(token)
    if found is None:
        return await page(request, "circulars/link_gone", 410)
    one = found[2]
    return await asked(request, found, CandidacyForm(choice="agree" if one.consented_at else "", about=one.about))


async def asked(
    request: Req, found: tuple[Assembly, Election, Candidate], form: CandidacyForm, status: int = 200
) -> Response[Any]:  # fmt: skip
    row, of, one = found
    return await page(
        request, "assembly/candidacy", status, row=row, of=of, one=one, form=form,
        open=not of.closed_at and not row.closed_at and not row.cancelled_at and not one.withdrawn_at,
    )  # fmt: skip


@post(LINK, guards=[anyone])
async def answer(request: Req, token: FromPath[str]) -> Response[Any]:
    await count_attempt("candidacy", origin_of(request), most=60, minutes=15)
    found = await call.by_token(token)
    if found is None:
        return await page(request, "circulars/link_gone", 410)
    (row, of, one), form = found, CandidacyForm(await request.form())

    async def deed() -> str:
        if form.choice.data == "agree":
            await call.agree(row, of, one, about=form.about.data or "")
        else:
            await call.decline(row, of, one)
        return f"/candidacy/{token}"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("Thank you, your answer is stored."))
    return await asked(request, found, form, 422)


handlers = [ask, candidates_page, propose, candidacy, answer]
