"""What an election came to enters the resolution book, with its arithmetic: each ballot that elects, and a failure."""

from collections.abc import Sequence
from typing import Any

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
    if any(line.elected for line in lines) and not row.rehearsal_of:
        told = elected_told(one, lines)
        await enter(of, one, lines, told, words=words, outcome=Outcome.ADOPTED, actor=actor)


async def nobody(row: Assembly, of: Election, *, actor: str) -> None:
    """An election that is closed without anybody elected stands in the book, too, with its last ballot."""
    last = await Round.objects().where(Round.election == of.id).order_by(Round.number, ascending=False).first()
    if last is None or row.rehearsal_of or await Acceptance.exists().where(Acceptance.election == of.id):
        return
    if not await in_book([last]):
        lines = await lines_of(last)
        await enter(of, last, lines, nobody_told(), outcome=Outcome.REJECTED, actor=actor)


def nobody_told() -> str:
    with speaking("de"):
        return _("Nobody was elected.")


def elected_told(one: Round, lines: Sequence[RoundCount]) -> str:
    names = [line.candidate.name for line in lines if line.elected]
    with speaking("de"):
        return _("Elected in ballot %(number)s: %(names)s.", number=one.number, names=format_names(names))


async def corrected(row: Assembly, of: Election, one: Round, reason: str, *, words: str = "", actor: str) -> str:
    """A ballot that stands in the book was counted wrongly; returns under which reference. "" where it does not."""
    lines, known = await lines_of(one), (await in_book([one])).get(one.reference)
    if known is None:
        await elected(row, of, one, words=words, actor=actor)
        return ""
    chosen = any(line.elected for line in lines)
    told, outcome = (elected_told(one, lines), Outcome.ADOPTED) if chosen else (nobody_told(), Outcome.REJECTED)
    await book.enter_instead(known, reason, actor=actor, outcome=outcome, **entry(of, one, lines, told, words))
    return str(known.reference)


async def enter(
    of: Election, one: Round, lines: Sequence[RoundCount], told: str, *, outcome: Outcome, actor: str, words: str = ""
) -> Resolution:
    return await book.enter(
        Body.ASSEMBLY, outcome=outcome, taken_at=one.counted_at or clock.now(), actor=actor,
        **entry(of, one, lines, told, words),
    )  # fmt: skip


def entry(of: Election, one: Round, lines: Sequence[RoundCount], told: str, words: str) -> dict[str, Any]:
    with speaking("de"):
        reckoned = words or (verdict.told(one, of, lines).words if one.mode != "transferable" else "")
        title = _("Election: %(title)s", title=of.title)[:300]
    counted = counts(one, lines)
    return {
        "kind": Kind.ELECTION, "title": title, "wording": f"{told}\n{reckoned}".strip(), "rules_from": of.rules_from,
        "represented": one.represented, "yes": counted.yes, "no": counted.no, "abstain": counted.abstain,
        "invalid": counted.invalid, "not_cast": counted.not_cast, "source": source_of(one),
    }  # fmt: skip


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
    """By the reference of the ballot: what stands in the book of it, of a corrected one what is in force."""
    sources = [source_of(one) for one in rounds]
    rows = await Resolution.objects().where(Resolution.source.is_in(sources)).order_by(Resolution.id) if sources else []
    return {row.source.removeprefix(SOURCE): row for row in rows}
