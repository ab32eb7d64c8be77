"""Splitting a member's own votes in an open vote: three numbers on a page that stays as it is."""

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from network.assembly import decision, floor, open_vote, split_vote
from network.assembly.forms.day import SplitForm
from network.assembly.tables.day import Decision
from network.assembly.tables.meeting import Assembly
from network.assembly.views.casting import HERE, IN_PLACE, mine, rehearsed
from network.assembly.views.day import known
from network.assembly.views.this_assembly import Req, place
from network.errors import Refused
from network.i18n import _, ngettext
from network.members.tables import Organisation
from network.people.viewer import assembly_room, representative
from network.web.pages import page, see_other


@get(f"{HERE}/split", guards=[representative])
async def split_paper(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    _viewer, member, row = await mine(request, of, reference)
    return await paper(request, row, member, f"/mine/{of}/assemblies/{reference}/vote")


@post(f"{HERE}/split", guards=[representative])
async def split(request: Req, of: FromPath[str], reference: FromPath[str]) -> Response[Any]:
    viewer, member, row = await mine(request, of, reference)
    return await taken(request, row, member, f"/mine/{of}/assemblies/{reference}/vote", viewer.reference)


@get(f"{IN_PLACE}/split", guards=[assembly_room])
async def split_paper_in_place(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    """In a rehearsal, as with the votes that are not split."""
    _viewer, row = await rehearsed(request, reference)
    return await paper(request, row, await known(member), f"{place(row)}/day/members/{member}/vote")


@post(f"{IN_PLACE}/split", guards=[assembly_room])
async def split_in_place(request: Req, reference: FromPath[str], member: FromPath[str]) -> Response[Any]:
    viewer, row = await rehearsed(request, reference)
    here = f"{place(row)}/day/members/{member}/vote"
    return await taken(request, row, await known(member), here, viewer.reference)


async def paper(request: Req, row: Assembly, member: Organisation, here: str) -> Response[Any]:
    vote = await floor.open_decision(row)
    if vote is None or vote.way != "open" or not await split_vote.may_split(row, vote, member):
        return see_other(here)
    cast = await open_vote.cast_by(member, vote)
    start = {name: getattr(cast, name) for name in open_vote.CHOICES} if cast and cast.choice == open_vote.SPLIT else {}
    return await shown(request, row, member, vote, here=here, form=SplitForm(**start))


async def taken(request: Req, row: Assembly, member: Organisation, here: str, actor: str) -> Response[Any]:
    typed = await request.form()
    vote, form = await decision.by_reference(row, str(typed.get("vote", ""))), SplitForm(typed)
    if vote is None:
        return see_other(here, _("This vote is not open here."), warning=True)
    if form.validate():
        try:
            number = await split_vote.cast(row, vote, member, form.count, actor=actor)
        except Refused as no:
            if not no.field:
                return see_other(here, no.words, warning=True)
            form.form_errors = [*form.form_errors, no.words]
        else:
            words = ngettext("One vote is cast: %(choice)s.", "%(num)s votes are cast: %(choice)s.", number,
                             choice=open_vote.numbers(form.count))  # fmt: skip
            return see_other(here, words)
    return await shown(request, row, member, vote, here=here, form=form, status=422)


async def shown(
    request: Req, row: Assembly, member: Organisation, vote: Decision, *, here: str, form: SplitForm, status: int = 200
) -> Response[Any]:
    own = await split_vote.own_votes(row, vote, member)
    return await page(
        request, "assembly/split_vote", status, row=row, member=member, vote=vote, here=here, form=form, own=own,
        more=await split_vote.holds_for_others(vote, member),
    )  # fmt: skip


handlers = [split_paper, split, split_paper_in_place, split_in_place]
