"""A vote or a ballot that was opened by mistake is broken off before anything is counted, and the minutes say why."""

from network import clock
from network.assembly import ballot, decision, open_vote
from network.assembly.agenda import refuse_over
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.protocol import moment
from network.assembly.tables.day import Ballot, Decision, Entitled, Remark
from network.assembly.tables.elections import Round
from network.assembly.tables.meeting import Assembly
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_clock, ngettext, speaking


async def of_vote(row: Assembly, vote: Decision, *, reason: str, actor: str) -> None:
    """It is prepared again as if it had never been opened; what was cast openly is gone. The book knows nothing of it.

    Refused without a reason (field "reason"), for a vote that is not open, once it was counted, and after the assembly.
    """
    async with DB.transaction():
        held, still = await taken(row), await decision.fresh(vote)
        refuse_no_reason(reason)
        refuse_over(held)
        if not still.opened_at or still.decided_at:
            raise Refused(_("This vote is not open: what was counted is corrected, not broken off."))
        with speaking("de"):
            told = _("The vote on “%(title)s”, opened at %(at)s, was broken off before it was counted: %(reason)s",
                     title=still.title, at=format_clock(still.opened_at), reason=reason)  # fmt: skip
            told += await cast_words(still)
        await Ballot.delete().where(Ballot.decision == still.id)
        await Entitled.delete().where(Entitled.vote == decision.vote_of(still))
        still.opened_at, still.rules_from = None, None
        await still.save()
        await tell(held, still.item, told, actor)
        await record(actor, N_("vote broken off"), thing(row), row.title, still.title)


async def of_ballot(row: Assembly, one: Round, *, reason: str, actor: str) -> None:
    """The same with a ballot of an election: another one may be opened in its place."""
    async with DB.transaction():
        held = await taken(row)
        still = await Round.objects().get(Round.id == one.id)
        refuse_no_reason(reason)
        refuse_over(held)
        if still is None or still.counted_at:
            raise Refused(_("This ballot is not open: what was counted is corrected, not broken off."))
        of = await ballot.election_of(still)
        with speaking("de"):
            told = _("Ballot %(number)s of “%(title)s”, opened at %(at)s, was broken off before it was counted: "
                     "%(reason)s", number=still.number, title=of.title, at=moment(still.opened_at),
                     reason=reason)  # fmt: skip
        await Entitled.delete().where(Entitled.vote == ballot.vote_of(still))
        await Round.delete().where(Round.id == still.id)
        await tell(held, of.item, told, actor)
        await record(actor, N_("ballot broken off"), thing(row), row.title, of.title)


def refuse_no_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Please say why."), "reason")


async def cast_words(vote: Decision) -> str:
    many = sum(one.votes for one in await open_vote.cast_in(vote))
    if not many:
        return ""
    words = ngettext(
        "One vote had been cast openly and does not count.",
        "%(num)s votes had been cast openly and do not count.", many,
    )  # fmt: skip
    return f" {words}"


async def tell(row: Assembly, item: int, text: str, actor: str) -> None:
    """The minutes are German."""
    await Remark(assembly=row.id, item=item, at=clock.now(), text=text, actor=actor).save()
