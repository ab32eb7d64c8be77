"""What the bylaws ask of an assembly: when there is a quorum, and (resolutions.ruling) which majority."""

from datetime import datetime

from network.assembly.roll import Roll
from network.assembly.tables.meeting import Assembly
from network.association import bylaws
from network.association.clauses import fraction
from network.association.tables import Bylaws
from network.i18n import local
from network.resolutions.quorum import Quorum, quorum
from network.resolutions.ruling import majority_for, rule_for
from network.resolutions.shares import Share

__all__ = ["majority_for", "quorums", "rule_for", "rules_of"]


async def rules_of(row: Assembly, *, taken_at: datetime | None = None) -> Bylaws:
    """Those in force on the day of the assembly, whatever is decided on it.

    As they were known when a vote was `taken_at` or else when the assembly closed: nothing that the office enters or
    puts right afterwards changes what was decided.
    """
    return await bylaws.bylaws_on(local(row.starts_at), known_at=taken_at or row.closed_at)


def quorums(row: Assembly, roll: Roll, rules: Bylaws) -> tuple[Quorum, Quorum]:
    """Of members and of votes; each is reached where the bylaws ask for none, also of a second assembly."""
    members, votes = fraction(rules.quorum_members), fraction(rules.quorum_votes)
    waived = bool(row.second_of) and rules.second_meeting
    return (
        quorum(Share(members) if members else None, present=roll.members, total=len(roll.holdings), waived=waived),
        quorum(Share(votes) if votes else None, present=roll.represented, total=roll.total, waived=waived),
    )
