"""Approval voting: each voter names all whom they approve of, and the most approvals decide; only by the bylaws."""

from network.assembly.counting.outcome import Outcome, most_votes
from network.assembly.counting.tally import Tally
from network.errors import Refused
from network.i18n import _


def count(tally: Tally, *, seats: int) -> Outcome:
    """Equals at the border are not elected: another ballot or a lot decides. Refused unless a paper may name
    everybody.
    """
    if seats < 1 or tally.most < len(tally.votes):
        raise Refused(_("When approving, a paper may name every candidate."))
    return most_votes(tally, seats)
