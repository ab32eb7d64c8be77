"""Several seats by one vote on a list as a whole; only where the bylaws say so (OLG Zweibrücken 3 W 41/13)."""

from collections.abc import Sequence
from dataclasses import dataclass

from network.errors import Refused
from network.i18n import _
from network.resolutions.counts import Count
from network.resolutions.majorities import SIMPLE, Decision, Majority, decide


@dataclass(frozen=True, slots=True)
class EnBloc:
    """All on the list or none of them."""

    listed: tuple[str, ...]
    decision: Decision

    @property
    def elected(self) -> tuple[str, ...]:
        return self.listed if self.decision.is_adopted else ()


def count(
    listed: Sequence[str], votes: Count, *, seats: int, represented: int, is_allowed: bool, majority: Majority = SIMPLE
) -> EnBloc:
    """Refused without the clause, for a list longer than the seats or with a name twice, and for votes that do not add
    up.
    """
    if not is_allowed:
        raise Refused(_("Electing several people by one vote needs a clause in the bylaws; yours have none."))
    if not listed or len(listed) > seats:
        raise Refused(_("The list has nobody on it, or more people than there are seats."))
    if len(set(listed)) < len(listed):
        raise Refused(_("Somebody is on the list twice."))
    return EnBloc(tuple(listed), decide(majority, votes, represented=represented))
