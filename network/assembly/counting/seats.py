"""Several seats by one paper: each voter names up to as many candidates as there are seats; only where the bylaws say
so.

With an absolute majority a candidate needs more than half of the valid papers, with a relative one the most votes
decide.
"""

from network.assembly.counting.outcome import Outcome, most_votes
from network.assembly.counting.tally import Tally
from network.errors import Refused
from network.i18n import _
from network.resolutions.shares import HALF


def absolute(tally: Tally, *, seats: int) -> Outcome:
    """Whoever has more than half, the most votes first; seats that nobody reached, or equals stand for, stay open."""
    refuse_other_papers(tally, seats)
    return most_votes(tally, seats, needed=HALF.needed(tally.valid))


def relative(tally: Tally, *, seats: int) -> Outcome:
    """The most votes; equals at the border are not elected: their seats are voted on again."""
    refuse_other_papers(tally, seats)
    return most_votes(tally, seats)


def refuse_other_papers(tally: Tally, seats: int) -> None:
    if seats < 1 or tally.most > seats:
        raise Refused(_("A paper may name at most as many candidates as there are seats."))
