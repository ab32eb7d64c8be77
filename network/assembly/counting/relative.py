"""Several candidates for one seat, one vote each: the most votes decide; only where the bylaws say so."""

from network.assembly.counting.outcome import Outcome, most_votes
from network.assembly.counting.tally import Tally


def count(tally: Tally) -> Outcome:
    """A tie for the most votes elects nobody and names the equals; somebody without any vote is not elected."""
    return most_votes(tally, seats=1)
