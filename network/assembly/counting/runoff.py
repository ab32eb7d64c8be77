"""A second ballot between the two with the most votes of the first; only where the bylaws say so."""

from dataclasses import dataclass

from network.assembly.counting.outcome import Outcome, most_votes
from network.assembly.counting.tally import Tally
from network.errors import Refused
from network.i18n import _
from network.resolutions.shares import HALF

TWO = 2


@dataclass(frozen=True, slots=True)
class Contest:
    """Who stands in the run-off. `tied` stand equal for the `places` that `certain` leaves: another ballot or a lot
    decides.
    """

    certain: tuple[str, ...]
    tied: tuple[str, ...] = ()

    @property
    def places(self) -> int:
        return TWO - len(self.certain)


def contest(first: Tally) -> Contest:
    """The two highest. Refused for fewer than two candidates."""
    if len(first.votes) < TWO:
        raise Refused(_("A run-off needs two candidates."))
    return highest(first, TWO)


def highest(given: Tally, places: int, certain: tuple[str, ...] = ()) -> Contest:
    """Beside who is `certain`: those with the most votes, as far as the border leaves no equals."""
    border = given.ranked[places - 1][1]
    at_least = tuple(name for name, number in given.ranked if number >= border)
    if len(at_least) == places:
        return Contest(certain=certain + at_least)
    above = tuple(name for name, number in given.ranked if number > border)
    return Contest(certain=certain + above, tied=at_least[len(above) :])


def voted(before: Contest, given: Tally) -> Contest:
    """After a ballot between the equals: the most votes come in, and who is equal again waits for another one."""
    return highest(given, before.places, before.certain)


def drawn(before: Contest, name: str) -> Contest:
    """After a lot between the equals."""
    certain = (*before.certain, name)
    left = tuple(one for one in before.tied if one != name)
    return Contest(certain, left if len(certain) < TWO else ())


def count(tally: Tally) -> Outcome:
    """Elected is who has more votes; 7 to 7 elects nobody: another ballot or a lot decides.

    Refused unless there are exactly two candidates.
    """
    if len(tally.votes) != TWO:
        raise Refused(_("A run-off is between two candidates."))
    needed, given = HALF.needed(tally.valid), set(dict(tally.votes).values())
    if len(given) == 1 and given != {0}:
        return Outcome(tally, seats=1, tied=tally.candidates, needed=needed)
    return most_votes(tally, seats=1, needed=needed)
