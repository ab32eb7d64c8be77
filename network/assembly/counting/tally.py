"""What a ballot gave: votes by candidate, and what became of all other votes, which add up before anything follows."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from network.errors import Refused
from network.i18n import _, ngettext
from network.resolutions.counts import MOST_VOTES, abstentions, add_up


@dataclass(frozen=True, slots=True)
class Ballot:
    """One paper: whom it names, and how many votes it carries. Naming nobody is an abstention."""

    names: frozenset[str]
    weight: int = 1


@dataclass(frozen=True, slots=True)
class Tally:
    """`votes` by candidate, in the order of their names. `valid` papers name at least one and at most `most`
    candidates.
    """

    votes: tuple[tuple[str, int], ...]
    valid: int
    abstain: int = 0
    invalid: int = 0
    not_cast: int = 0
    most: int = 1

    @property
    def candidates(self) -> tuple[str, ...]:
        return tuple(name for name, _number in self.votes)

    @property
    def ranked(self) -> tuple[tuple[str, int], ...]:
        """The most votes first; equals in the order of their names."""
        return tuple(sorted(self.votes, key=lambda pair: (-pair[1], pair[0])))

    def votes_for(self, candidate: str) -> int:
        return dict(self.votes)[candidate]


def tally(
    votes: Mapping[str, int],
    *,
    represented: int,
    abstain: int = 0,
    invalid: int = 0,
    not_cast: int = 0,
    most: int = 1,
    valid: int | None = None,
) -> Tally:
    """What was counted on paper or by hands. `valid` is how many papers name somebody, needed where each may name
    several.

    Refused when papers do not add up to the votes represented, and when candidates have more or fewer votes than that
    many papers can give.
    """
    names_somebody = sum(votes.values()) if valid is None else valid
    told = _(
        "%(valid)s valid + %(abstentions)s + %(invalid)s invalid + %(not_cast)s not cast = %(total)s",
        valid=names_somebody, abstentions=abstentions(abstain), invalid=invalid, not_cast=not_cast,
        total=names_somebody + abstain + invalid + not_cast,
    )  # fmt: skip
    refuse_no_choice(votes, most)
    add_up((names_somebody, abstain, invalid, not_cast), represented, told)
    refuse_impossible(votes, names_somebody, most)
    return Tally(
        votes=tuple(sorted(votes.items())), valid=names_somebody, abstain=abstain, invalid=invalid, not_cast=not_cast,
        most=most,
    )  # fmt: skip


def tally_of(ballots: Iterable[Ballot], candidates: Collection[str], *, represented: int, most: int = 1) -> Tally:
    """The same from papers: too many names or a strange one make a paper invalid, none at all an abstention."""
    votes = Counter(dict.fromkeys(candidates, 0))
    valid = abstain = invalid = 0
    for ballot in ballots:
        if not ballot.names:
            abstain += ballot.weight
        elif len(ballot.names) > most or not ballot.names <= votes.keys():
            invalid += ballot.weight
        else:
            valid += ballot.weight
            votes.update(dict.fromkeys(ballot.names, ballot.weight))
    return tally(
        votes, represented=represented, abstain=abstain, invalid=invalid, most=most, valid=valid,
        not_cast=represented - valid - abstain - invalid,
    )  # fmt: skip


def refuse_no_choice(votes: Mapping[str, int], most: int) -> None:
    if not votes:
        raise Refused(_("Nobody is a candidate."))
    if most < 1:
        raise Refused(_("A paper names at least one candidate."))


def refuse_impossible(votes: Mapping[str, int], valid: int, most: int) -> None:
    if min(votes.values()) < 0 or max(votes.values()) > min(valid, MOST_VOTES):
        raise Refused(_("Nobody can have fewer votes than none or more than there are valid papers."))
    given = sum(votes.values())
    if not valid <= given <= valid * most:
        raise Refused(
            ngettext(
                "%(valid)s valid papers with one name each give no %(given)s votes.",
                "%(valid)s valid papers with one to %(num)s names each give no %(given)s votes.",
                most, valid=valid, given=given,
            )
        )  # fmt: skip
