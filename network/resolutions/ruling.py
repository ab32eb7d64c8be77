"""What the bylaws ask of a decision: by its kind, by whose it is, and by whether it was taken without a meeting."""

from network.association.clauses import ALL
from network.association.tables import Bylaws
from network.resolutions.majorities import CHANGE_OF_PURPOSE, SIMPLE, Majority, majority_of
from network.resolutions.tables import Body, Kind

RULES = {Kind.BYLAWS: "majority_bylaws", Kind.PURPOSE: "majority_purpose", Kind.DISSOLUTION: "majority_dissolution"}
IN_WRITING, CASTING_VOTE = "written_resolution", "casting_vote"
CIRCULAR = "circular:"  # how the source of what was decided in writing begins
ALL_AGREE = CHANGE_OF_PURPOSE  # § 32 III BGB: the same arithmetic


def rule_for(kind: str) -> str:
    """The name of the rule (rulebook) that says which majority the members need for this kind of decision."""
    return RULES.get(Kind(kind), "majority_ordinary")


def majority_for(kind: str, rules: Bylaws) -> Majority:
    return majority_of(getattr(rules, rule_for(kind)))


def rules_asked(body: Body, kind: str, *, in_writing: bool, rules: Bylaws) -> tuple[str, ...]:
    """The rules (rulebook) that the majority comes from; none for the board in a meeting: § 28 with § 32 I 3 BGB,
    unless the bylaws give its chair a casting vote.
    """
    asked = (IN_WRITING,) if in_writing else ()
    if in_writing and rules.written_resolution == ALL:
        return asked
    if body == Body.BOARD:
        return (*asked, CASTING_VOTE) if rules.casting_vote else asked
    return (*asked, rule_for(kind))


def majority_in(body: Body, kind: str, *, in_writing: bool, rules: Bylaws) -> Majority:
    """Without a meeting all have to agree in text form (§ 32 III, § 28 BGB), unless the bylaws let a majority do.

    The board decides by heads with more yes than no (§ 28, § 32 I 3 BGB), the members as the bylaws say for the kind.
    """
    if in_writing and rules.written_resolution == ALL:
        return ALL_AGREE
    return SIMPLE if body == Body.BOARD else majority_for(kind, rules)
