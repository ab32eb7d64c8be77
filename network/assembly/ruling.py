"""What the bylaws ask of an assembly: which majority a kind of decision needs, and when there is a quorum."""

from network.assembly.roll import Roll
from network.assembly.tables.meeting import Assembly
from network.association import bylaws
from network.association.clauses import fraction
from network.association.tables import Bylaws
from network.i18n import local
from network.resolutions.majorities import Majority, majority_of
from network.resolutions.quorum import Quorum, quorum
from network.resolutions.shares import Share
from network.resolutions.tables import Kind

RULES = {Kind.BYLAWS: "majority_bylaws", Kind.PURPOSE: "majority_purpose", Kind.DISSOLUTION: "majority_dissolution"}


async def rules_of(row: Assembly) -> Bylaws:
    """Those in force on the day of the assembly, whatever is decided on it."""
    return await bylaws.bylaws_on(local(row.starts_at))


def rule_for(kind: str) -> str:
    """The name of the rule (rulebook) that says which majority this kind of decision needs."""
    return RULES.get(Kind(kind), "majority_ordinary")


def majority_for(kind: str, rules: Bylaws) -> Majority:
    return majority_of(getattr(rules, rule_for(kind)))


def quorums(roll: Roll, rules: Bylaws) -> tuple[Quorum, Quorum]:
    """Of members and of votes; each is reached where the bylaws ask for none."""
    members, votes = fraction(rules.quorum_members), fraction(rules.quorum_votes)
    return (
        quorum(Share(members) if members else None, present=roll.members, total=len(roll.holdings)),
        quorum(Share(votes) if votes else None, present=roll.represented, total=roll.total),
    )
