"""The single transferable vote by the Scottish rules (The Scottish Local Government Elections Order 2011, Schedule 1,
rules 46 to 53; the same words as rules 45 to 52 of the Order of 2007): weighted inclusive Gregory, five decimals, cut
off.

Votes are whole numbers of hundred-thousandths, so that nothing is rounded but what the rules cut off. It is not
promised that one more vote never harms: no method that transfers votes of the excluded can (so no test asks for it).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from network.assembly.counting import lot
from network.assembly.counting.lot import Lot
from network.assembly.counting.ranked import Papers, Ranking
from network.assembly.counting.stages import ONE, Parcel, Purpose, Report, Stage, Tie, Turn
from network.errors import Refused
from network.i18n import _

Group = tuple[Ranking, int]  # a ranking and how many papers have it


class LotNeeded(Exception):  # noqa: N818  it is a question, not a fault
    def __init__(self, purpose: Purpose, among: frozenset[str]) -> None:
        super().__init__(purpose, among)
        self.purpose, self.among = purpose, among


@dataclass(slots=True)
class Counting:
    """The table on which the papers lie while they are counted."""

    seats: int
    quota: int
    order: tuple[str, ...]
    lots: Sequence[Lot]
    seed: str
    continuing: set[str]
    piles: dict[
        str, list[tuple[int, list[Group]]]
    ]  # of each candidate: the value that papers came with, and the papers
    votes: dict[str, int]
    elected: list[str] = field(default_factory=list)
    surpluses: list[str] = field(default_factory=list)  # elected, not yet transferred
    exhausted: int = 0
    lost: int = 0
    stages: list[Stage] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)


def count(papers: Papers, *, lots: Sequence[Lot] = (), seed: str = "") -> Report:
    """Fill the seats, stage by stage.

    Where the rules ask for a lot, one of `lots` between exactly these candidates is taken, else it is drawn from the
    `seed`; without either the count stops and says between whom (`needs_lot`). Refused when no paper ranks anybody.
    """
    table = laid_out(papers, lots, seed)
    needs_lot = None
    try:
        fill(table)
    except LotNeeded as question:
        needs_lot = (question.purpose, question.among)
    merged = papers.merged
    return Report(
        title=papers.title, candidates=table.order, seats=papers.seats, valid=sum(merged.values()) - merged.get((), 0),
        blank=merged.get((), 0), quota=table.quota, stages=tuple(table.stages), elected=tuple(table.elected),
        needs_lot=needs_lot,
    )  # fmt: skip


# --- the stages ------------------------------------------------------------------------------------------------------


def laid_out(papers: Papers, lots: Sequence[Lot], seed: str) -> Counting:
    """Papers in piles by their first preference, and the quota (rules 46, 47)."""
    piles: dict[str, list[tuple[int, list[Group]]]] = {one: [(ONE, [])] for one in papers.standing}
    for ranking, number in papers.merged.items():
        if ranking:
            piles[ranking[0]][0][1].append((ranking, number))
    votes = {one: ONE * sum(number for _ranking, number in pile[0][1]) for one, pile in piles.items()}
    if not sum(votes.values()):
        raise Refused(_("No paper ranks anybody who stands."))
    quota = (sum(votes.values()) // ONE // (papers.seats + 1) + 1) * ONE
    return Counting(
        seats=papers.seats, quota=quota, order=papers.standing, lots=lots, seed=seed,
        continuing=set(piles), piles=piles, votes=votes,
    )  # fmt: skip


def fill(table: Counting) -> None:
    finish_stage(table, Turn.FIRST)
    while len(table.elected) < table.seats and table.continuing:
        if table.surpluses:
            transfer_surplus(table)
        else:
            exclude(table)


def finish_stage(table: Counting, turn: Turn, of: str = "", parcels: Sequence[Parcel] = ()) -> None:
    """Whoever has the quota is elected (rule 48); when as many continue as seats are left, so are they (rule 53)."""
    reached = by_votes(table, [one for one in table.continuing if table.votes[one] >= table.quota])
    elect(table, reached)
    table.surpluses += [one for one in reached if table.votes[one] > table.quota]
    rest = by_votes(table, table.continuing) if len(table.continuing) <= table.seats - len(table.elected) else []
    elect(table, rest)
    table.stages.append(
        Stage(
            number=len(table.stages) + 1, turn=turn, of=of, parcels=tuple(parcels),
            votes=tuple(table.votes[one] for one in table.order), exhausted=table.exhausted, lost=table.lost,
            elected=tuple(reached + rest), ties=tuple(table.ties),
        )
    )  # fmt: skip
    table.ties.clear()


def elect(table: Counting, candidates: list[str]) -> None:
    table.elected += candidates
    table.continuing -= set(candidates)


def by_votes(table: Counting, candidates: Collection[str]) -> list[str]:
    return sorted(candidates, key=lambda one: (-table.votes[one], one))


def transfer_surplus(table: Counting) -> None:
    """The highest surplus first (rule 50); each paper goes on at surplus × value ÷ votes, cut off (rule 49 III)."""
    of = chosen(table, table.surpluses, Purpose.SURPLUS)
    table.surpluses.remove(of)
    surplus, credited = table.votes[of] - table.quota, table.votes[of]
    parcels = [
        parcel
        for value, groups in table.piles[of]
        for parcel in move(table, groups, value, value * surplus // credited)
    ]
    table.lost += surplus - sum(parcel.votes for parcel in parcels)
    table.votes[of] = table.quota
    finish_stage(table, Turn.SURPLUS, of, parcels)


def exclude(table: Counting) -> None:
    """The fewest votes go out, each paper on at the value that it came with (rule 51)."""
    of = chosen(table, table.continuing, Purpose.EXCLUSION)
    table.continuing.discard(of)
    parcels = [parcel for value, groups in table.piles[of] for parcel in move(table, groups, value, value)]
    table.votes[of] = 0
    finish_stage(table, Turn.EXCLUSION, of, parcels)


def move(table: Counting, groups: list[Group], value: int, new_value: int) -> list[Parcel]:
    """Sort papers that came with one value by their next available preference, and hand them on; "" is nobody."""
    sorted_papers: dict[str, list[Group]] = {}
    for group in groups:
        to = next((one for one in group[0] if one in table.continuing), "")
        sorted_papers.setdefault(to, []).append(group)
    parcels = []
    for to, moved in sorted(sorted_papers.items()):
        number = sum(number for _ranking, number in moved)
        parcels.append(Parcel(to=to, papers=number, value=value, new_value=new_value))
        if to:
            table.piles[to].append((new_value, moved))
            table.votes[to] += number * new_value
        else:
            table.exhausted += number * new_value
    return parcels


# --- equal votes -----------------------------------------------------------------------------------------------------


def chosen(table: Counting, candidates: Collection[str], purpose: Purpose) -> str:
    """The most votes for a surplus, the fewest for an exclusion.

    Equals are told apart by the most recent stage at which they were not equal, again and again among those still
    equal, and in the end by lot (rules 50 II, III, 52 II).
    """
    extreme = max if purpose == Purpose.SURPLUS else min
    border = extreme(table.votes[one] for one in candidates)
    equal = {one for one in candidates if table.votes[one] == border}
    for stage in reversed(table.stages):
        if len(equal) == 1:
            break
        then = {one: stage.votes[table.order.index(one)] for one in equal}
        border = extreme(then.values())
        left = {one for one in equal if then[one] == border}
        if len(left) < len(equal):
            table.ties.append(Tie(purpose, frozenset(equal), tuple(sorted(left)), stage=stage.number))
        equal = left
    return equal.pop() if len(equal) == 1 else by_lot(table, purpose, frozenset(equal))


def by_lot(table: Counting, purpose: Purpose, among: frozenset[str]) -> str:
    drawn = next((one for one in table.lots if one.among == among), None)
    if drawn is None and table.seed:
        drawn = lot.drawn_from(table.seed, among)
    if drawn is None:
        raise LotNeeded(purpose, among)
    table.ties.append(Tie(purpose, among, (drawn.drawn,), lot=drawn))
    return drawn.drawn
