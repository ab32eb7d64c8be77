"""The count of a vote is corrected: the book gets the right one, and what followed from the wrong one is taken back."""

from network.assembly import correction, decision, open_vote, ousting, protocol
from network.assembly.decision import CHANGES_BYLAWS, counted_in, vote_of
from network.assembly.meeting import taken
from network.assembly.tables.day import Decision
from network.assembly.tables.meeting import Assembly
from network.association import bylaws
from network.database import DB
from network.errors import Refused
from network.i18n import _, format_names, local, speaking
from network.resolutions import book
from network.resolutions.counts import Count
from network.resolutions.majorities import Decision as Result
from network.resolutions.tables import Kind, Outcome


async def correct(row: Assembly, of: Decision, counted: Count, *, reason: str, actor: str) -> Result:
    """Put the announced count right, as long as nobody has signed the minutes.

    The wrong one stays in the book, in force no longer. A change of the bylaws that turns out to be rejected takes the
    version along that waits for the register, and an application that has not left the house. Refused without a
    reason, when the numbers do not add up or are the same, and while something has followed that is taken back
    elsewhere first: terms that ended, an assembly planned without a room, an application that the court has.
    """
    async with DB.transaction():
        held = await taken(row)
        still = await decision.fresh(of)
        await correction.refuse_late(held, reason)
        if not still.decided_at:
            raise Refused(_("This vote has not been counted yet."))
        correction.refuse_same(same=counted_in(still) == counted)
        open_vote.refuse_fewer(await decision.cast_so_far(still), counted)
        with speaking("de"):
            announced = await protocol.vote_told(held, still)
        result = await decision.judged(held, still, counted)
        if result.outcome != still.outcome:
            await take_back(held, still, result.outcome, actor)
        still.yes, still.no, still.abstain = counted.yes, counted.no, counted.abstain
        still.invalid, still.not_cast, still.outcome = counted.invalid, counted.not_cast, result.outcome
        before, still.resolution = still.resolution, await entered(still, result, reason, actor)
        await still.save()
        await correction.keep(
            held, vote_of(still), title=still.title, announced=announced, resolution=before, reason=reason, actor=actor
        )
    return result


async def entered(of: Decision, result: Result, reason: str, actor: str) -> str:
    """Its new reference in the book; "" in a rehearsal, which has none."""
    known = await book.by_reference(of.resolution) if of.resolution else None
    if known is None:
        return ""
    heard = await decision.consents_of(of)
    row = await book.enter_instead(
        known, reason.strip(), actor=actor, agreed_later=heard.yes, declined_later=heard.no,
        **decision.entry(of, result),
    )  # fmt: skip
    permitted = Assembly.authorised_by == known.reference
    await Assembly.update({Assembly.authorised_by: row.reference}).where(permitted)
    return str(row.reference)


# --- what followed ---------------------------------------------------------------------------------------------------


async def take_back(row: Assembly, of: Decision, outcome: Outcome, actor: str) -> None:
    if outcome != Outcome.ADOPTED:
        await refuse_removed(of)
        await refuse_permitted(of)
    if of.kind in CHANGES_BYLAWS:
        await correction.take_back_application(row, actor=actor)
        if outcome != Outcome.ADOPTED:
            await give_up_bylaws(row, of, actor)


async def refuse_removed(of: Decision) -> None:
    removed = await ousting.removed_by(of) if of.kind == Kind.REMOVAL else []
    if removed:
        raise Refused(
            _("By this decision the term of %(names)s ended. Please correct the end of the term first, in the room of "
              "the board.", names=format_names(one.who for one in removed))
        )  # fmt: skip


async def refuse_permitted(of: Decision) -> None:
    if of.kind != Kind.VIRTUAL or not of.resolution:
        return
    planned = (Assembly.authorised_by == of.resolution) & (Assembly.cancelled_at == None)
    if other := await Assembly.objects().get(planned):
        raise Refused(
            _("“%(title)s” is planned without a room because of this decision. Please plan a place for it first, or "
              "call it off.", title=other.title)
        )  # fmt: skip


async def give_up_bylaws(row: Assembly, of: Decision, actor: str) -> None:
    """The version that waits for the register goes. Refused where other decisions of this day stand in it, too."""
    waiting = await bylaws.awaited()
    if waiting is None or of.decided_at is None or waiting.adopted_on != local(of.decided_at):
        return
    others = [one for one in await decision.decisions_of(row) if one.id != of.id and one.kind in CHANGES_BYLAWS]
    if any(one.outcome == Outcome.ADOPTED for one in others):
        raise Refused(
            _("The version of the bylaws that waits for the register holds other changes of this day, too. Please take "
              "it back first, and enter it anew without this change afterwards.")
        )  # fmt: skip
    await bylaws.give_up(actor)
