"""Votes cast openly, each at the own screen: everybody sees how, and no count takes them away."""

from collections.abc import Sequence

from network.assembly.tables.day import Ballot, Decision
from network.errors import Refused
from network.i18n import N_, _, format_names
from network.members.tables import Organisation
from network.resolutions.counts import Count, abstentions

CHOICES = {"yes": N_("yes"), "no": N_("no"), "abstain": N_("abstention")}
SPLIT = "split"  # some of a member's votes one way and some another


async def cast_in(decision: Decision) -> list[Ballot]:
    """With the members, by their names."""
    mine = Ballot.objects(Ballot.organisation).where(Ballot.decision == decision.id)
    return await mine.order_by(Ballot.organisation.sorting)


async def cast_by(member: Organisation, decision: Decision) -> Ballot | None:
    return await Ballot.objects().get((Ballot.decision == decision.id) & (Ballot.organisation == member.id))


def summed(ballots: Sequence[Ballot], castable: int) -> Count:
    """The rest of what can be cast is not cast."""
    given = {choice: sum(votes_for(choice, one) for one in ballots) for choice in CHOICES}
    return Count(given["yes"], given["no"], given["abstain"], not_cast=castable - sum(given.values()))


def refuse_fewer(cast: Count, counted: Count) -> None:
    """Votes by hand or on paper may come on top; none that was cast at a screen gets lost or becomes another."""
    if counted.yes >= cast.yes and counted.no >= cast.no and counted.abstain >= cast.abstain:
        return
    raise Refused(
        _(
            "Cast openly were %(cast)s; a result cannot have fewer. You entered %(counted)s.",
            cast=numbers(cast), counted=numbers(counted),
        )
    )  # fmt: skip


def numbers(of: Count) -> str:
    return _("%(yes)s yes, %(no)s no, %(abstentions)s", yes=of.yes, no=of.no, abstentions=abstentions(of.abstain))


def who_voted_how(ballots: Sequence[Ballot]) -> list[tuple[str, str]]:
    """Each choice that somebody made, in words, with the members and their votes."""
    told = {
        choice: [f"{one.organisation.name} ({votes})" for one in ballots if (votes := votes_for(choice, one))]
        for choice in CHOICES
    }
    return [(_(CHOICES[choice]), format_names(names)) for choice, names in told.items() if names]


async def told_of(decision: Decision) -> list[tuple[str, str]]:
    """Who voted how, once the result is announced; [] where nobody cast openly."""
    if decision.way != "open" or decision.decided_at is None:
        return []
    return who_voted_how(await cast_in(decision))


def in_words(one: Ballot) -> str:
    """What one member cast."""
    if one.choice == SPLIT:
        return numbers(Count(one.yes, one.no, one.abstain))
    return _(CHOICES[one.choice])


def votes_for(choice: str, one: Ballot) -> int:
    if one.choice == SPLIT:
        return int(getattr(one, choice))
    return one.votes if one.choice == choice else 0
