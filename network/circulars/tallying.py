"""What the answers to a decision in writing come to."""

from collections.abc import Sequence

from network.association.bylaws import bylaws_on
from network.association.tables import Bylaws
from network.circulars.tables import Choice, Circular, Voter
from network.resolutions.counts import Count
from network.resolutions.majorities import Base, Decision, Majority, decide
from network.resolutions.ruling import majority_in
from network.resolutions.tables import Body


async def rules_of(row: Circular) -> Bylaws:
    return await bylaws_on(row.rules_day, known_at=row.sent_at)


def majority_of(row: Circular, rules: Bylaws) -> Majority:
    return majority_in(Body(row.body), row.kind, in_writing=True, rules=rules)


def by_heads(majority: Majority) -> bool:
    """Where all have to agree, a member is one, however many votes it has."""
    return majority.base == Base.EVERYBODY


def tally(majority: Majority, voters: Sequence[Voter]) -> Decision:
    """An objection to deciding in writing is no yes and no vote either, as little as silence."""
    may = [one for one in voters if not one.banned]
    represented, banned = sum(one.votes for one in voters), sum(one.votes for one in voters if one.banned)
    yes = sum(one.votes for one in may if one.choice == Choice.YES)
    no = sum(one.votes for one in may if one.choice == Choice.NO)
    counted = Count(yes, no, not_cast=represented - banned - yes - no)
    return decide(majority, counted, represented=represented, banned=banned, total=represented,
                  casting=cast_by_the_chair(may))  # fmt: skip


def cast_by_the_chair(may: Sequence[Voter]) -> str:
    """How the chair voted, where the bylaws let that decide a tie."""
    return next((one.choice for one in may if one.casting and one.choice in (Choice.YES, Choice.NO)), "")
