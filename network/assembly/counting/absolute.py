"""Several candidates for one seat, one vote each: elected is who has more than half of the valid votes.

Abstentions and invalid papers are no valid votes (BGHZ 83, 35; BGH V ZR 324/17).
"""

from network.assembly.counting.outcome import Outcome, most_votes
from network.assembly.counting.tally import Tally
from network.resolutions.shares import HALF


def count(tally: Tally) -> Outcome:
    """Nobody is elected while nobody has more than half: another round, or a run-off where the bylaws allow one."""
    return most_votes(tally, seats=1, needed=HALF.needed(tally.valid))
