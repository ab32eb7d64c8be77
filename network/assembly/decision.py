"""A vote on one wording: put, opened (who may cast which votes is fixed then), counted, and entered into the book."""

from datetime import date
from typing import Any

from network import clock
from network.assembly import attendance, open_vote, standing
from network.assembly.agenda import DECIDED, refuse_over, why_undecidable
from network.assembly.lateness import agreed_to
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.ruling import majority_for, rules_of
from network.assembly.standing import Standing
from network.assembly.tables.day import Assent, Ballot, Decision, Entitled, Remark
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind, Motion
from network.association.bylaws import first_day
from network.database import DB
from network.errors import Refused
from network.files import File
from network.i18n import N_, _
from network.members.tables import Organisation
from network.references import new_reference
from network.resolutions import book
from network.resolutions.counts import Count
from network.resolutions.majorities import Base, Consents, decide
from network.resolutions.majorities import Decision as Result
from network.resolutions.tables import Body, Kind, Outcome, Resolution

CHANGES_BYLAWS = (Kind.BYLAWS, Kind.PURPOSE)  # counts when the register has entered it (§ 71 I 1 BGB)
AS_ONE = Count(0, 0)  # nothing is split
WAYS = {"hands": N_("by show of hands"), "paper": N_("on paper"), "open": N_("openly, each at the own screen")}


# --- putting and opening ---------------------------------------------------------------------------------------------


async def put(
    row: Assembly,
    item: AgendaItem,
    *,
    title: str,
    wording: str,
    actor: str,
    way: str = "hands",
    motion: Motion | None = None,
    agreed: Count | None = None,
) -> Decision:
    """Write down what shall be voted on. Refused under an item on which nothing can be decided (§ 32 I 2 BGB), for
    a motion that came too late for more than a discussion, and for a late one while not enough have `agreed` to that.
    """
    if words := why_undecidable(item):
        raise Refused(words)
    if motion and motion.late == "discussion":
        raise Refused(_("This motion came after the deadline of the bylaws and can be discussed, not decided."))
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        if told := await agreed_to(held, item, agreed):
            await Remark(assembly=row.id, item=item.id, at=clock.now(), text=told, actor=actor).save()
        decision = Decision(
            reference=new_reference(), assembly=row.id, item=item.id, motion=motion.id if motion else None,
            kind=DECIDED[ItemKind(item.kind)], title=title, wording=wording, way=way, actor=actor,
        )  # fmt: skip
        await decision.save()
        await record(actor, N_("vote prepared"), thing(row), row.title, title)
    return decision


async def drop(row: Assembly, decision: Decision, *, actor: str) -> None:
    """It is not voted on after all. Refused once the vote has been opened."""
    async with DB.transaction():
        await taken(row)
        still = await fresh(decision)
        if still.opened_at:
            raise Refused(_("This vote has been opened already."))
        await still.remove()
        await record(actor, N_("vote dropped"), thing(row), row.title, decision.title)


async def begin(row: Assembly, decision: Decision, *, actor: str) -> Standing:
    """Open the vote; who leaves or comes afterwards changes nothing in it any more.

    Refused while the assembly has not been opened, without a quorum, while another vote is open, and a second time.
    """
    async with DB.transaction():
        held = await taken(row)
        still = await fresh(decision)
        if still.opened_at:
            raise Refused(_("This vote has been opened already."))
        await refuse_second_vote(held)
        rules = await rules_of(held)
        by_heads = majority_for(still.kind, rules).base == Base.EVERYBODY
        found = await standing.fix(held, vote_of(still), await item_of(still), rules, by_heads=by_heads)
        still.opened_at, still.rules_from = clock.now(), first_day(rules)
        await still.save()
        await record(actor, N_("vote opened"), thing(row), row.title, still.title)
    return found


async def refuse_second_vote(row: Assembly) -> None:
    running = (Decision.assembly == row.id) & (Decision.opened_at != None) & (Decision.decided_at == None)
    if other := await Decision.objects().get(running):
        raise Refused(_("The vote on “%(title)s” is still open.", title=other.title))


# --- open votes ------------------------------------------------------------------------------------------------------


async def cast(row: Assembly, decision: Decision, organisation: Organisation, choice: str, *, actor: str) -> int:
    """Cast all votes that a member's delegate holds, the own and those given, and say how many; the last word counts.

    Refused when the vote is not open, is not held in the software, or none of them may be cast, and for who is not
    there (any more): a proxy lives only while its holder is present.
    """
    async with DB.transaction():
        await taken(row)
        still = await fresh(decision)
        entries = await castable(row, still, organisation)
        for entry in entries:
            await keep(still, entry.organisation, choice, entry.votes, actor=actor)
    return sum(entry.votes for entry in entries)


async def castable(row: Assembly, still: Decision, organisation: Organisation) -> list[Entitled]:
    if still.way != "open" or not still.opened_at or still.decided_at:
        raise Refused(_("This vote is not open here."))
    entries = await standing.castable_by(vote_of(still), organisation)
    if not entries:
        raise Refused(_("%(member)s holds no votes in this decision.", member=organisation.name))
    if await attendance.there(row, organisation) is None:
        raise Refused(_("%(member)s is not there; votes are cast by who is present.", member=organisation.name))
    return entries


async def keep(
    still: Decision, organisation: int, choice: str, votes: int, *, actor: str, split: Count = AS_ONE
) -> None:
    """In place of what was cast for this member before."""
    await Ballot.delete().where((Ballot.decision == still.id) & (Ballot.organisation == organisation))
    await Ballot(
        decision=still.id, organisation=organisation, choice=choice, votes=votes, cast_at=clock.now(), actor=actor,
        yes=split.yes, no=split.no, abstain=split.abstain,
    ).save()  # fmt: skip


async def cast_so_far(decision: Decision) -> Count:
    """What has been cast openly; the rest is not cast."""
    found = await standing.of(vote_of(decision))
    return open_vote.summed(await open_vote.cast_in(decision), found.castable)


# --- counting --------------------------------------------------------------------------------------------------------


async def count(row: Assembly, decision: Decision, counted: Count, *, actor: str) -> Result:
    """Enter the counts, judge them by the rules of the day and write the decision into the book.

    Refused when they do not add up to the votes that could be cast, or have fewer of a kind than were cast
    openly; before the vote was opened, and a second time.
    """
    async with DB.transaction():
        held = await taken(row)
        still = await fresh(decision)
        if not still.opened_at:
            raise Refused(_("Please open the vote first; that fixes who may vote."))
        if still.decided_at:
            raise Refused(_("This vote has been counted already."))
        open_vote.refuse_fewer(await cast_so_far(still), counted)
        result = await judged(held, still, counted)
        still.yes, still.no, still.abstain = counted.yes, counted.no, counted.abstain
        still.invalid, still.not_cast = counted.invalid, counted.not_cast
        still.outcome, still.decided_at = result.outcome, clock.now()
        if not held.rehearsal_of:
            still.resolution = (await entered(still, result, actor)).reference
        await still.save()
        await record(actor, N_("vote counted"), thing(row), row.title, still.title)
    return result


async def judged(row: Assembly, decision: Decision, counted: Count) -> Result:
    """By the rules as they were known when it was opened."""
    majority = majority_for(decision.kind, await rules_of(row, taken_at=decision.opened_at))
    found = await standing.of(vote_of(decision))
    consents = await consents_of(decision) if majority.base == Base.EVERYBODY else Consents()
    return decide(
        majority, counted, represented=found.represented, banned=found.banned, total=found.total, consents=consents
    )


async def entered(decision: Decision, result: Result, actor: str) -> Resolution:
    return await book.enter(Body.ASSEMBLY, taken_at=clock.now(), actor=actor, **entry(decision, result))


def entry(decision: Decision, result: Result) -> dict[str, Any]:
    """What the book tells of it."""
    counted = result.count
    return {
        "kind": Kind(decision.kind), "title": decision.title, "wording": decision.wording, "outcome": result.outcome,
        "rules_from": decision.rules_from, "rules_known_at": decision.opened_at, "represented": result.represented,
        "banned": result.banned, "yes": counted.yes, "no": counted.no, "abstain": counted.abstain,
        "invalid": counted.invalid, "not_cast": counted.not_cast, "source": vote_of(decision),
        "total": result.base + result.banned if result.majority.base == Base.EVERYBODY else None,
    }  # fmt: skip


def counted_in(decision: Decision) -> Count:
    return Count(
        decision.yes or 0, decision.no or 0, decision.abstain or 0, decision.invalid or 0, decision.not_cast or 0
    )


# --- absent members --------------------------------------------------------------------------------------------------


async def assent(
    row: Assembly,
    decision: Decision,
    organisation: Organisation,
    *,
    agrees: bool,
    received_on: date,
    said_by: str,
    actor: str,
    document: File | None = None,
) -> Result:
    """An absent member says in text form whether it agrees to another purpose (§ 33 I 2 BGB).

    Refused when the decision is not pending, and for who was there, had no vote or has answered already.
    """
    async with DB.transaction():
        held = await taken(row)
        still = await fresh(decision)
        if still.outcome != Outcome.PENDING:
            raise Refused(_("This decision does not wait for anybody."))
        if organisation.id not in {one.id for one in await unheard(still)}:
            words = _("%(member)s was there, has answered already or has no vote.", member=organisation.name)
            raise Refused(words, "organisation")
        await Assent(
            decision=still.id, organisation=organisation.id, agrees=agrees, received_on=received_on, said_by=said_by,
            document=document.id if document else None, entered_at=clock.now(), actor=actor,
        ).save()  # fmt: skip
        result = await judged(held, still, counted_in(still))
        if result.outcome != Outcome.PENDING:
            await Decision.update({Decision.outcome: result.outcome}).where(Decision.id == still.id)
            if known := await book.by_reference(still.resolution):
                heard = await consents_of(still)
                await book.settle(known, result.outcome, actor=actor, agreed_later=heard.yes, declined_later=heard.no)
        await record(actor, N_("absent member answered"), thing(row), row.title, organisation.name)
    return result


async def unheard(decision: Decision) -> list[Organisation]:
    """Members who were not represented and have not answered."""
    away = await standing.away(vote_of(decision))
    answered = {one["organisation"] for one in await Assent.select(Assent.organisation).where(
        Assent.decision == decision.id
    )}  # fmt: skip
    left = [member for member in away if member not in answered]
    known = Organisation.objects().where(Organisation.id.is_in(left)).order_by(Organisation.sorting)
    return await known if left else []


async def consents_of(decision: Decision) -> Consents:
    answers = await Assent.select(Assent.agrees).where(Assent.decision == decision.id)
    yes = sum(bool(one["agrees"]) for one in answers)
    return Consents(yes, len(answers) - yes)


# --- finding ---------------------------------------------------------------------------------------------------------


async def decisions_of(row: Assembly) -> list[Decision]:
    return await Decision.objects().where(Decision.assembly == row.id).order_by(Decision.id)


async def by_reference(row: Assembly, reference: str) -> Decision | None:
    return await Decision.objects().get((Decision.assembly == row.id) & (Decision.reference == reference))


async def fresh(decision: Decision) -> Decision:
    still = await Decision.objects().get(Decision.id == decision.id)
    if still is None:
        raise Refused(_("This vote was dropped a moment ago."))
    return still


async def item_of(decision: Decision) -> AgendaItem:
    item = await AgendaItem.objects().get(AgendaItem.id == decision.item)
    assert item
    return item


def vote_of(decision: Decision) -> str:
    return f"decision:{decision.reference}"
