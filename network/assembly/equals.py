"""Who stands equal after the ballots so far: for places that are open still, and for a place in the run-off."""

from network.assembly import verdict
from network.assembly.counting import runoff
from network.assembly.counting.runoff import Contest
from network.assembly.entering import lines_of
from network.assembly.tables.elections import Election, Round

CONTESTED = ("one_vote", "run_off")  # a run-off between the two ahead may follow
BORDER = ("border_vote", "border_lot")  # who of the equals comes into it


async def for_places(of: Election, rounds: list[Round]) -> tuple[str, ...]:
    """References of those between whom a lot may fill the places at the border, one lot after the other."""
    tied, drawn = list(rounds), list[str]()
    while tied and tied[-1].mode == "lot":
        drawn.append(tied.pop().drawn)
    if not tied or tied[-1].outcome != "tie":
        return ()
    judged = verdict.told(tied[-1], of, await lines_of(tied[-1]))
    open_still = tied[-1].places - len(judged.elected) - len(drawn)
    return tuple(one for one in judged.tied if one not in drawn) if open_still > 0 else ()


async def contest(rounds: list[Round]) -> Contest | None:
    """Who comes into a run-off by the ballots so far; None where none was counted that one could follow."""
    first, later = list(rounds), list[Round]()
    while first and first[-1].mode in BORDER and first[-1].counted_at:
        later.insert(0, first.pop())
    if not first or first[-1].mode not in CONTESTED or not first[-1].counted_at:
        return None
    lines = await lines_of(first[-1])
    if len(lines) < runoff.TWO:
        return None
    found = runoff.contest(verdict.tally_of(first[-1], verdict.counted_in(first[-1], lines)))
    for one in later:
        found = await narrowed(found, one)
    return found


async def narrowed(found: Contest, one: Round) -> Contest:
    if one.mode == "border_lot":
        return runoff.drawn(found, one.drawn)
    lines = await lines_of(one)
    return runoff.voted(found, verdict.tally_of(one, verdict.counted_in(one, lines)))
