"""Votes on the day: put, opened, counted; who is banned; what absent members say afterwards."""

from typing import Any

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.assembly import (
    agenda,
    announced,
    ban,
    concerned,
    correction,
    decision,
    floor,
    meeting,
    motion,
    open_vote,
    ousting,
    quorate,
    standing,
)
from network.assembly.forms.day import AssentForm, BanForm, CountForm, LateVoteForm, VoteForm
from network.assembly.quorate import AtCount
from network.assembly.rules import may_lead
from network.assembly.ruling import majority_for, rule_for, rules_of
from network.assembly.tables.day import Decision
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.assembly.views.day import known
from network.assembly.views.this_assembly import PLACE, Req, item_of, led, place, seen
from network.association import rulebook
from network.errors import Refused
from network.i18n import _, format_names
from network.people.viewer import assembly_room
from network.resolutions import book
from network.resolutions.tables import Kind, Outcome
from network.web.forms import Form
from network.web.once import once
from network.web.pages import page, see_other

ITEM = f"{PLACE}/{{reference:str}}/day/items/{{item:str}}"
VOTE = f"{PLACE}/{{reference:str}}/votes/{{vote:str}}"


# --- put -------------------------------------------------------------------------------------------------------------


@get(f"{ITEM}/vote", guards=[assembly_room])
async def vote_form(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    _viewer, row = await led(request, reference)
    found = await item_of(row, item)
    if words := agenda.why_undecidable(found):
        return see_other(f"{place(row)}/day", words, warning=True)
    form = (await form_for(found))(title=found.title_de, wording=found.text)
    return await putting(request, row, found, form)


async def form_for(item: AgendaItem) -> type[VoteForm]:
    return LateVoteForm if await motion.came_late(item) else VoteForm


@post(f"{ITEM}/vote", guards=[assembly_room])
async def put(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    found = await item_of(row, item)
    form = (await form_for(found))(await request.form())

    async def deed() -> str:
        made = await decision.put(
            row, found, title=form.title.data or "", wording=form.wording.data or "", way=form.way.data,
            agreed=form.agreed if isinstance(form, LateVoteForm) else None, actor=viewer.reference,
        )  # fmt: skip
        return at(row, made)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed))
    return await putting(request, row, found, form, 422)


async def putting(request: Req, row: Assembly, item: AgendaItem, form: Form, status: int = 200) -> Response[Any]:
    rules = await rules_of(row)
    told = rulebook.explain(rule_for(agenda.DECIDED[ItemKind(item.kind)]), rules)
    return await page(request, "assembly/vote_form", status, row=row, item=item, form=form, told=told,
                      late=rulebook.explain("late_motions", rules) if await motion.came_late(item) else None,
                      title_of=agenda.title_of, **await banned_by_law(row, item))  # fmt: skip


async def banned_by_law(row: Assembly, item: AgendaItem) -> dict[str, Any]:
    """Whom a vote under this item should not ask."""
    return {
        "concerned": await concerned.proposed(row, item), "is_discharge": item.kind == ItemKind.DISCHARGE,
        "bans": f"{place(row)}/day/items/{item.reference}/bans/concerned",
    }  # fmt: skip


# --- one vote --------------------------------------------------------------------------------------------------------


@get(VOTE, guards=[assembly_room])
async def vote_page(request: Req, reference: FromPath[str], vote: FromPath[str]) -> Response[Any]:
    _viewer, row = await seen(request, reference)
    found = await vote_of(row, vote)
    start = await decision.cast_so_far(found) if found.way == "open" and found.opened_at else None
    form = CountForm(**{name: getattr(start, name) for name in ("yes", "no", "abstain", "not_cast")} if start else {})
    return await shown(request, row, found, form)


@post(f"{VOTE}/opening", guards=[assembly_room])
async def begin(request: Req, reference: FromPath[str], vote: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    found = await vote_of(row, vote)
    try:
        await decision.begin(row, found, actor=viewer.reference)
    except Refused as no:
        return see_other(at(row, found), no.words, warning=True)
    return see_other(at(row, found))


@post(VOTE, guards=[assembly_room])
async def count(request: Req, reference: FromPath[str], vote: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    found, form = await vote_of(row, vote), CountForm(await request.form())
    if form.validate():
        with form.refusals():
            await decision.count(row, found, form.count, actor=viewer.reference)
            return see_other(at(row, found))
    return await shown(request, row, found, form, 422)


@post(f"{VOTE}/removal", guards=[assembly_room])
async def drop(request: Req, reference: FromPath[str], vote: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    try:
        await decision.drop(row, await vote_of(row, vote), actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/day", no.words, warning=True)
    return see_other(f"{place(row)}/day", _("This is not voted on."))


@post(f"{VOTE}/answers", guards=[assembly_room])
async def answer(request: Req, reference: FromPath[str], vote: FromPath[str]) -> Response[Any]:
    """What an absent member says about another purpose."""
    viewer, row = await led(request, reference)
    found = await vote_of(row, vote)
    form = await assenting(found, await request.form())
    if form.validate():
        assert form.received_on.data
        with form.refusals():
            await decision.assent(
                row, found, await known(form.organisation.data), agrees=form.agrees.data == "yes",
                received_on=form.received_on.data, said_by=form.said_by.data or "", actor=viewer.reference,
            )  # fmt: skip
            return see_other(at(row, found))
    return await shown(request, row, found, CountForm(), 422, assent=form)


async def assenting(found: Decision, typed: Any = None) -> AssentForm:
    form = AssentForm(typed)
    form.organisation.choices = [(one.reference, one.name) for one in await decision.unheard(found)]
    return form


async def shown(
    request: Req, row: Assembly, found: Decision, form: Form, status: int = 200, *, assent: AssentForm | None = None
) -> Response[Any]:
    viewer, _row = await seen(request, row.reference)
    found = await decision.fresh(found)
    result = await decision.judged(row, found, decision.counted_in(found)) if found.decided_at else None
    waits, rules = found.outcome == "pending", await rules_of(row, taken_at=found.opened_at)
    return await page(
        request,
        "assembly/vote",
        status,
        row=row,
        vote=found,
        form=assent or form,
        counting=form,
        assent=(assent or await assenting(found)) if waits else None,
        unheard=await decision.unheard(found) if waits else [],
        state=meeting.state_of(row),
        standing=await standing.of(decision.vote_of(found)) if found.opened_at else None,
        cast=await decision.cast_so_far(found) if found.way == "open" and found.opened_at else None,
        cast_words=open_vote.numbers,
        openly=await open_vote.told_of(found),
        result=result,
        quorum=await quorum_of(row, found),
        told=rulebook.explain(rule_for(found.kind), rules),
        by_heads=majority_for(found.kind, rules).base == "everybody",
        resolution=await book.by_reference(found.resolution) if found.resolution else None,
        number_of=book.number_of,
        ways=decision.WAYS,
        removes=found.kind == Kind.REMOVAL and found.outcome == Outcome.ADOPTED and not row.rehearsal_of,
        removed=await ousting.removed_by(found) if found.kind == Kind.REMOVAL else [],
        corrected=await announced.before(decision.vote_of(found)),
        may_correct=bool(result) and may_lead(viewer, row) and await correction.is_open(row),
        may_lead=may_lead(viewer, row),
        **({} if found.opened_at else await banned_by_law(row, await decision.item_of(found))),
    )


async def quorum_of(row: Assembly, found: Decision) -> AtCount | None:
    if found.opened_at is None:
        return None
    return await quorate.at_count(row, found.opened_at, found.decided_at or clock.now())


# --- banned ----------------------------------------------------------------------------------------------------------


@get(f"{ITEM}/bans", guards=[assembly_room])
async def ban_form(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    _viewer, row = await led(request, reference)
    return await banning(request, row, await item_of(row, item), await with_members(row, BanForm()))


@post(f"{ITEM}/bans", guards=[assembly_room])
async def impose(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    found, form = await item_of(row, item), await with_members(row, BanForm(await request.form()))
    if form.validate():
        with form.refusals():
            who = await known(form.organisation.data)
            await ban.impose(row, found, who, why=form.why.data, note=form.note.data or "", actor=viewer.reference)
            return see_other(f"{place(row)}/day", _("%(member)s does not vote on this item.", member=who.name))
    return await banning(request, row, found, form, 422)


@post(f"{ITEM}/bans/concerned", guards=[assembly_room])
async def ban_concerned(request: Req, reference: FromPath[str], item: FromPath[str]) -> Response[Any]:
    """On the discharge: whoever of the board speaks for a member."""
    viewer, row = await led(request, reference)
    try:
        names = await concerned.ban_all(row, await item_of(row, item), actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/day", no.words, warning=True)
    return see_other(f"{place(row)}/day", _("Banned from this vote: %(names)s.", names=format_names(names)))


@post(f"{ITEM}/bans/{{member:str}}/end", guards=[assembly_room])
async def lift(request: Req, reference: FromPath[str], item: FromPath[str], member: FromPath[str]) -> Response[Any]:
    viewer, row = await led(request, reference)
    try:
        await ban.lift(row, await item_of(row, item), await known(member), actor=viewer.reference)
    except Refused as no:
        return see_other(f"{place(row)}/day", no.words, warning=True)
    return see_other(f"{place(row)}/day")


async def with_members(row: Assembly, form: BanForm) -> BanForm:
    lines = (await floor.floor_of(row)).lines
    form.organisation.choices = [(line.organisation.reference, line.organisation.name) for line in lines]
    return form


async def banning(request: Req, row: Assembly, item: AgendaItem, form: Form, status: int = 200) -> Response[Any]:
    return await page(request, "assembly/ban", status, row=row, item=item, form=form, title_of=agenda.title_of)


async def vote_of(row: Assembly, reference: str) -> Decision:
    found = await decision.by_reference(row, reference)
    if found is None:
        raise NotFoundException
    return found


def at(row: Assembly, found: Decision) -> str:
    return f"{place(row)}/votes/{found.reference}"


handlers = [vote_form, put, vote_page, begin, count, drop, answer, ban_form, impose, ban_concerned, lift]
