"""Voting openly at the own screen: whoever represents a member that is there casts its votes, and those given to it."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import ServerSentEvent

from network.assembly import attendance, decision, floor, meeting, open_vote, split_vote, standing
from network.assembly.course import current_item
from network.assembly.tables.meeting import Assembly
from network.assembly.views.day import known
from network.assembly.views.screen import events
from network.assembly.views.this_assembly import PLACE, Req, led, place
from network.errors import Refused
from network.i18n import _, ngettext
from network.members.tables import Organisation
from network.people.viewer import Viewer, assembly_room, representative, viewer_of
from network.web.pages import page, see_other

HERE = "/mine/{of:str}/assemblies/{reference:str}/vote"
IN_PLACE = f"{PLACE}/{{reference:str}}/day/members/{{member:str}}/vote"


@get(HERE, guards=[representative])
async def ballot_paper(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    _viewer, member, row = await mine(request, of, reference)
    return await paper(request, row, member, f"/mine/{of}/assemblies/{reference}/vote")


@post(HERE, guards=[representative])
async def cast(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    viewer, member, row = await mine(request, of, reference)
    return await taken(request, row, member, f"/mine/{of}/assemblies/{reference}/vote", viewer.reference)


@get(f"{HERE}/changes", guards=[representative])
async def changes(request: Req, of: FromPath[str], reference: FromPath[str]) -> ServerSentEvent:
    """As the screen for the room has it, for a page of the member's own."""
    _viewer, _member, row = await mine(request, of, reference)
    return events(request, row)


@get(IN_PLACE, guards=[assembly_room])
async def ballot_paper_in_place(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    """In a rehearsal whoever plays it votes in the place of the members; never in a real one."""
    _viewer, row = await rehearsed(request, reference)
    return await paper(request, row, await known(member), f"{place(row)}/day/members/{member}/vote")


@post(IN_PLACE, guards=[assembly_room])
async def cast_in_place(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    viewer, row = await rehearsed(request, reference)
    here = f"{place(row)}/day/members/{member}/vote"
    return await taken(request, row, await known(member), here, viewer.reference)


async def paper(request: Req, row: Assembly, member: Organisation, here: str) -> Response[Any]:
    vote = await floor.open_decision(row)
    open_here = vote if vote and vote.way == "open" else None
    present = open_here and await attendance.there(row, member)
    held = await standing.castable_by(decision.vote_of(open_here), member) if open_here and present else []
    cast = await open_vote.cast_by(member, open_here) if open_here else None
    last = None if open_here else await floor.last_decision(row, await current_item(row))
    return await page(
        request,
        "assembly/ballot_paper",
        row=row,
        member=member,
        vote=open_here,
        cast=open_vote.in_words(cast) if cast else "",
        here=here,
        votes=sum(one.votes for one in held),
        may_split=await split_vote.may_split(row, open_here, member) if open_here else False,
        last=last,
        result=await decision.judged(row, last, decision.counted_in(last)) if last else None,
        openly=await open_vote.told_of(last) if last else [],
        choices=open_vote.CHOICES,
        state=meeting.state_of(row),
    )


async def taken(request: Req, row: Assembly, member: Organisation, here: str, actor: str) -> Response[Any]:
    typed = await request.form()
    vote = await decision.by_reference(row, str(typed.get("vote", "")))
    choice = str(typed.get("choice", ""))
    if vote is None or choice not in open_vote.CHOICES:
        return see_other(here, _("Please choose one of the answers."), warning=True)
    try:
        number = await decision.cast(row, vote, member, choice, actor=actor)
    except Refused as no:
        return see_other(here, no.words, warning=True)
    words = ngettext("One vote is cast: %(choice)s.", "%(num)s votes are cast: %(choice)s.", number,
                     choice=_(open_vote.CHOICES[choice]))  # fmt: skip
    return see_other(here, words)


async def rehearsed(request: Req, reference: str) -> tuple[Viewer, Assembly]:
    viewer, row = await led(request, reference)
    if not row.rehearsal_of:
        raise NotFoundException
    return viewer, row


async def mine(request: Req, of: str, reference: str) -> tuple[Viewer, Organisation, Assembly]:
    """The own member and an assembly that was convened."""
    viewer, member = await viewer_of(request), await known(of)
    row = await meeting.by_reference(reference)
    if of not in viewer.represented or row is None or row.rehearsal_of or row.convened_at is None:
        raise NotFoundException
    return viewer, member, row


handlers = [ballot_paper, cast, changes, ballot_paper_in_place, cast_in_place]
