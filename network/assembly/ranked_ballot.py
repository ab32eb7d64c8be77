"""Ranked papers: they come as a BLT file and are counted by the Scottish rules, each time with the same report."""

from collections.abc import Sequence

from network import clock
from network.assembly import ballot, entering
from network.assembly.acceptance import ask
from network.assembly.counting import blt, lot, stv
from network.assembly.counting.lot import Lot
from network.assembly.counting.ranked import Papers
from network.assembly.counting.stages import ONE, Report
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.tables.elections import Candidate, Round, RoundCount
from network.assembly.tables.meeting import Assembly
from network.database import DB
from network.errors import Refused
from network.files import File, keep
from network.i18n import N_, _
from network.resolutions.counts import add_up

DRAWN = "\t"  # between those who were equal and the one drawn, in Round.drawn


async def count(
    row: Assembly,
    one: Round,
    content: bytes,
    *,
    actor: str,
    invalid: int = 0,
    not_cast: int = 0,
    lots: Sequence[Lot] = (),
) -> Report:
    """Count the papers of a file; whoever is elected is asked to accept.

    Refused (field "file") for another election's candidates or places, and when papers do not add up to the votes
    represented. Where the rules ask for a lot that is not among `lots`, nothing is stored, and the report says between
    whom (`needs_lot`).
    """
    async with DB.transaction():
        held = await taken(row)
        still = await ballot.fresh(one)
        if still.counted_at:
            raise Refused(_("This ballot has been counted already."))
        lines = await ballot.lines_of(still)
        report, told = reckoned(still, lines, content, lots, invalid=invalid, not_cast=not_cast)
        if report.needs_lot:
            return report
        still.counted_at = clock.now()
        await store(still, report, content, lots, invalid=invalid, not_cast=not_cast)
        for who in (line.candidate for line in lines if line.candidate.name in report.elected):
            await ask(await ballot.election_of(still), who, actor=actor)
        of = await ballot.election_of(still)
        await entering.elected(held, of, still, words=told, actor=actor)
        await record(actor, N_("ballot counted"), thing(row), row.title, of.title)
    return report


def reckoned(
    one: Round, lines: Sequence[RoundCount], content: bytes, lots: Sequence[Lot], *, invalid: int, not_cast: int
) -> tuple[Report, str]:
    """The report of the papers, and how they add up."""
    papers = blt.read(content)
    refuse_others(papers, one, [line.candidate for line in lines])
    report = stv.count(papers, lots=lots)
    told = _("%(valid)s that rank somebody + %(blank)s blank + %(invalid)s invalid + %(not_cast)s not cast",
             valid=report.valid, blank=report.blank, invalid=invalid, not_cast=not_cast)  # fmt: skip
    add_up((report.valid, report.blank, invalid, not_cast), one.represented, told)
    return report, told


def refuse_others(papers: Papers, one: Round, candidates: Sequence[Candidate]) -> None:
    names = {candidate.name for candidate in candidates}
    if set(papers.standing) != names:
        strange = ", ".join(sorted(set(papers.standing) ^ names))
        raise Refused(_("The file and this ballot do not have the same candidates: %(names)s.", names=strange), "file")
    if papers.seats != one.places:
        raise Refused(_("The file fills %(seats)s places, this ballot %(places)s.", seats=papers.seats,
                        places=one.places), "file")  # fmt: skip


async def store(
    one: Round, report: Report, content: bytes, lots: Sequence[Lot], *, invalid: int, not_cast: int
) -> None:
    kept = await keep("stimmen.blt", "text/plain", content)
    one.ballots, one.drawn = kept.id, written(lots, report.candidates)
    one.abstain, one.invalid, one.not_cast = report.blank, invalid, not_cast
    one.outcome = "elected" if report.elected else "none"
    await one.save()
    for line in await ballot.lines_of(one):
        line.yes = report.stages[0].votes[report.candidates.index(line.candidate.name)] // ONE
        line.elected = line.candidate.name in report.elected
        await line.save()


def written(lots: Sequence[Lot], names: Sequence[str]) -> str:
    """By the candidates' numbers in the file: names of many equals would not fit."""
    number = {name: str(place) for place, name in enumerate(names, start=1)}
    ours = [one for one in lots if one.among <= set(names)]
    return "\n".join(DRAWN.join(number[name] for name in [*sorted(one.among), one.drawn]) for one in ours)


def lots_in(text: str, names: Sequence[str] = ()) -> list[Lot]:
    """As they were typed, by names; or with `names` as they are kept, by numbers (or names, by older versions)."""
    number = {str(place): name for place, name in enumerate(names, start=1)}
    lines = ([number.get(one, one) for one in line.split(DRAWN)] for line in text.splitlines())
    return [lot.entered(those[:-1], those[-1]) for those in lines]


async def report_of(one: Round) -> Report | None:
    """Counted again from the file as it is kept; None while there is none."""
    papers = await papers_of(one)
    return stv.count(papers, lots=lots_in(one.drawn, papers.standing)) if papers else None


async def papers_of(one: Round) -> Papers | None:
    """As they were counted; None before that."""
    file = await File.objects().get(File.id == one.ballots) if one.ballots else None
    return blt.read(file.content) if file else None
