"""The count of a ballot is corrected: who was elected wrongly is so no more, and who was truly is asked to accept."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import replace

from network.assembly import ballot, correction, entering, protocol, ranked_ballot, verdict
from network.assembly.acceptance import ask
from network.assembly.ballot import vote_of
from network.assembly.counting import lot, runoff
from network.assembly.counting.lot import Lot
from network.assembly.counting.stages import Report
from network.assembly.equals import CONTESTED
from network.assembly.meeting import taken
from network.assembly.tables.day import Entitled
from network.assembly.tables.elections import Acceptance, Candidate, Election, Round, RoundCount
from network.assembly.tables.meeting import Assembly
from network.assembly.verdict import Counted, Judged
from network.board import ledger
from network.database import DB
from network.errors import Refused
from network.files import File
from network.i18n import _, format_day, speaking


async def correct(row: Assembly, one: Round, counted: Counted, *, reason: str, actor: str) -> Judged:
    """Put the announced count right, as long as nobody has signed the minutes.

    Whoever is elected no more loses the place, and a later ballot that is still open goes. Refused without a reason,
    when the numbers do not add up or are the same, while a term on the board has begun by it, and when another ballot
    was counted that would not have been held.
    """
    async with DB.transaction():
        held, still, of, lines = await beginning(row, one, reason)
        correction.refuse_same(same=plain(verdict.counted_in(still, lines)) == plain(counted))
        found = verdict.judge(still, of, verdict.names_in(lines), counted)
        if what_follows(still, of, lines, counted) != what_follows(still, of, lines, verdict.counted_in(still, lines)):
            await refuse_followed(of, still)

        async def keep() -> None:
            still.abstain, still.invalid, still.not_cast = counted.abstain, counted.invalid, counted.not_cast
            still.outcome = found.outcome
            await still.save()
            for line in lines:
                await ballot.keep(line, counted, elected=line.candidate.reference in found.elected)

        await put_right(held, of, still, found.elected, keep, reason=reason, actor=actor)
    return found


async def correct_lot(row: Assembly, one: Round, drawn: Candidate, *, by: str, reason: str, actor: str) -> None:
    """Another name was drawn, or another hand drew it. Refused for somebody who was not among the equals."""
    async with DB.transaction():
        held, still, of, lines = await beginning(row, one, reason)
        correction.refuse_same(same=(still.drawn, still.drawn_by) == (drawn.reference, by))
        entered = lot.entered([line.candidate.reference for line in lines], drawn.reference)
        if entered.drawn != still.drawn:
            await refuse_followed(of, still)
        chosen = [entered.drawn] if still.mode == "lot" else []

        async def keep() -> None:
            still.drawn, still.drawn_by = entered.drawn, by
            await still.save()
            for line in lines:
                line.elected = line.candidate.reference in chosen
                await line.save()

        await put_right(held, of, still, chosen, keep, reason=reason, actor=actor)


async def correct_ranked(
    row: Assembly, one: Round, content: bytes, *, reason: str, actor: str, invalid: int = 0, not_cast: int = 0,
    lots: Sequence[Lot] = (),
) -> Report:  # fmt: skip
    """The same with ranked papers: another file, counted anew. Where it needs a lot nothing is stored."""
    async with DB.transaction():
        held, still, of, lines = await beginning(row, one, reason)
        report, told = ranked_ballot.reckoned(still, lines, content, lots, invalid=invalid, not_cast=not_cast)
        if report.needs_lot:
            return report
        chosen = [line.candidate.reference for line in lines if line.candidate.name in report.elected]
        if set(chosen) != elected_in(lines):
            await refuse_followed(of, still)

        wrong = still.ballots

        async def keep() -> None:
            await File.delete().where(File.id == wrong)
            await ranked_ballot.store(still, report, content, lots, invalid=invalid, not_cast=not_cast)

        await put_right(held, of, still, chosen, keep, words=told, reason=reason, actor=actor)
    return report


Taken = tuple[Assembly, Round, Election, list[RoundCount]]


async def beginning(row: Assembly, one: Round, reason: str) -> Taken:
    held = await taken(row)
    still = await ballot.fresh(one)
    await correction.refuse_late(held, reason)
    if not still.counted_at:
        raise Refused(_("This ballot has not been counted yet."))
    return held, still, await ballot.election_of(still), await ballot.lines_of(still)


async def put_right(
    row: Assembly, of: Election, one: Round, chosen: Collection[str], keep: Callable[[], Awaitable[None]], *,
    reason: str, actor: str, words: str = "",
) -> None:  # fmt: skip
    with speaking("de"):
        announced = await protocol.round_told(one)
    lines = await ballot.lines_of(one)
    before = elected_in(lines)
    if before != set(chosen):
        await correction.take_back_application(row, actor=actor)
    for line in lines:
        if line.candidate.reference in before - set(chosen):
            await take_back(of, line.candidate)
    await keep()
    for line in lines:
        if line.candidate.reference in set(chosen) - before:
            await ask(of, line.candidate, actor=actor)
    stood = await entering.corrected(row, of, one, reason.strip(), words=words, actor=actor)
    await correction.keep(
        row, vote_of(one), title=of.title, announced=announced, resolution=stood, reason=reason, actor=actor
    )


def elected_in(lines: Sequence[RoundCount]) -> set[str]:
    return {line.candidate.reference for line in lines if line.elected}


def plain(counted: Counted) -> Counted:
    """How many papers there were follows from the rest."""
    return replace(counted, papers=None)


# --- what followed ---------------------------------------------------------------------------------------------------


async def take_back(of: Election, who: Candidate) -> None:
    """They were not elected after all. Refused while the term runs that began with their acceptance."""
    mine = (Acceptance.election == of.id) & (Acceptance.candidate == who.id)
    answer = await Acceptance.objects().get(mine)
    term = (await ledger.read()).known(answer.term) if answer and answer.term else None
    if term:
        raise Refused(
            _("%(name)s has accepted, and a term on the board begins by that on %(day)s. Please strike out this term "
              "first, in the room of the board.", name=who.name, day=format_day(term.since))
        )  # fmt: skip
    await Acceptance.delete().where(mine)


def what_follows(one: Round, of: Election, lines: Sequence[RoundCount], counted: Counted) -> tuple[object, ...]:
    """Who is elected, who stands equal, and who may stand in a run-off."""
    judged = verdict.judge(one, of, verdict.names_in(lines), counted)
    ahead = None
    if one.mode in CONTESTED and len(lines) >= runoff.TWO:
        ahead = runoff.contest(verdict.tally_of(one, counted))
    if one.mode == "border_vote":
        ahead = runoff.highest(verdict.tally_of(one, counted), one.places)
    return set(judged.elected), set(judged.tied), ahead


async def refuse_followed(of: Election, one: Round) -> None:
    """A ballot held on this result. One that is still open goes; what was counted is no typing error any more."""
    for later in await ballot.rounds_of(of):
        if later.number <= one.number:
            continue
        if later.counted_at:
            raise Refused(
                _("Ballot %(number)s was held on this result and has been counted. A correction that changes the "
                  "result would undo it: please prepare a new election of this place.", number=later.number)
            )  # fmt: skip
        await Entitled.delete().where(Entitled.vote == vote_of(later))
        await Round.delete().where(Round.id == later.id)
