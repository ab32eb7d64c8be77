"""One candidate for one seat: elected by more yes than no (§ 32 I 3 BGB; DOMAIN 3.3)."""

from network.resolutions.counts import Count
from network.resolutions.majorities import SIMPLE, Decision, Majority, decide


def count(votes: Count, *, represented: int, majority: Majority = SIMPLE) -> Decision:
    """A tie elects nobody. Refused when the votes do not add up. The candidate may vote: § 34 BGB is not about
    elections.
    """
    return decide(majority, votes, represented=represented)
