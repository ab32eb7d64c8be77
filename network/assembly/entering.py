"""What an election came to enters the resolution book, with its arithmetic: each ballot that elects, and a failure."""

from collections.abc import Sequence

from network import clock
from network.assembly import verdict
from network.assembly.tables.elections import Acceptance, Election, Round, RoundCount
from network.assembly.tables.meeting import Assembly
from network.i18n import _, format_names, speaking
from network.resolutions import book
from network.resolutions.counts import Count
from network.resolutions.tables import Body, Kind, Outcome, Resolution

SOURCE = "round:"
OF_ONE = ("one_vote", "run_off", "relative")  # each vote is for one of them


async def elected(row: Assembly, of: Election, one: Round, *, words: str = "", actor: str) -> None:
    """A counted ballot that elected somebody gets the next number of the book; in a rehearsal nothing does.

    `words` are the arithmetic where it is reckoned elsewhere (ranked papers). The book speaks German.
    """
    lines = await lines_of(one)
    names = [line.candidate.name for line in lines if line.elected]
    if names and not row.rehearsal_of:
        with speaking("de"):
            told = _("Elected in ballot %(number)s: %(names)s.", number=one.number, names=format_names(names))
        await enter(of, one, lines, told, words=words, outcome=Outcome.ADOPTED, actor=actor)


async def nobody(row: Assembly, of: Election, *, actor: str) -> None:
    """An election that is closed without anybody elected stands in the book, too, with its last ballot."""
    last = await Round.objects().where(Round.election == of.id).order_by(Round.number, ascending=False).first()
    if last is None or row.rehearsal_of or await Acceptance.exists().where(Acceptance.election == of.id):
        return
    with speaking("de"):
        told = _("Nobody was elected.")
    await enter(of, last, await lines_of(last), told, outcome=Outcome.REJECTED, actor=actor)


async def enter(
    of: Election, one: Round, lines: Sequence[RoundCount], told: str, *, outcome: Outcome, actor: str, words: str = ""
) -> Resolution:
    with speaking("de"):
        reckoned = words or (verdict.told(one, of, lines).words if one.mode != "transferable" else "")
        title = _("Election: %(title)s", title=of.title)[:300]
    counted = counts(one, lines)
    return await book.enter(
        Body.ASSEMBLY, kind=Kind.ELECTION, title=title, wording=f"{told}\n{reckoned}".strip(), outcome=outcome,
        taken_at=one.counted_at or clock.now(), actor=actor, rules_from=of.rules_from, represented=one.represented,
        yes=counted.yes, no=counted.no, abstain=counted.abstain, invalid=counted.invalid, not_cast=counted.not_cast,
        source=source_of(one),
    )  # fmt: skip


def counts(one: Round, lines: Sequence[RoundCount]) -> Count:
    """As the book counts: votes for who is elected and for the others; of papers with several names the valid ones."""
    rest = one.abstain or 0, one.invalid or 0, one.not_cast or 0
    if one.mode in verdict.YES_NO:
        return Count(lines[0].yes or 0, lines[0].no or 0, *rest)
    if one.mode in OF_ONE:
        yes = sum(line.yes or 0 for line in lines if line.elected)
        return Count(yes, sum(line.yes or 0 for line in lines) - yes, *rest)
    return Count(max(0, one.represented - sum(rest)), 0, *rest)


async def lines_of(one: Round) -> list[RoundCount]:
    return await RoundCount.objects(RoundCount.candidate).where(RoundCount.round == one.id).order_by(RoundCount.id)


def source_of(one: Round) -> str:
    return f"{SOURCE}{one.reference}"


async def in_book(rounds: Sequence[Round]) -> dict[str, Resolution]:
    """By the reference of the ballot: what stands in the book of it."""
    sources = [source_of(one) for one in rounds]
    rows = await Resolution.objects().where(Resolution.source.is_in(sources)) if sources else []
    return {row.source.removeprefix(SOURCE): row for row in rows}
