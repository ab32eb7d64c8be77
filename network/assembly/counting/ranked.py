"""Papers on which voters rank candidates: who stands, how many seats, and each ranking with the number of papers that
have it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from network.errors import Refused
from network.i18n import _
from network.resolutions.counts import MOST_VOTES

MOST_CANDIDATES = 200
Ranking = tuple[str, ...]  # the most preferred first


@dataclass(frozen=True, slots=True)
class Papers:
    """Refused: no seat, nobody or more than 200 standing, a name twice or empty, a ranking of strangers or with a
    repeat.
    """

    candidates: tuple[str, ...]
    seats: int
    rankings: tuple[tuple[int, Ranking], ...]  # how many papers, and the ranking
    withdrawn: frozenset[str] = field(default=frozenset())
    title: str = ""

    def __post_init__(self) -> None:
        if not 1 <= len(self.candidates) <= MOST_CANDIDATES or not 1 <= self.seats <= MOST_CANDIDATES:
            raise Refused(_("There must be 1 to %(most)s candidates and seats.", most=MOST_CANDIDATES))
        known = set(self.candidates)
        if len(known) < len(self.candidates):
            raise Refused(_("Two candidates have the same name."))
        if not all(name.strip() and name.isprintable() for name in known):
            raise Refused(_("A candidate has no name, or one that cannot be read."))
        if not self.withdrawn <= known:
            raise Refused(_("Somebody who withdrew is not a candidate."))
        if not all(1 <= number <= MOST_VOTES for number, _ranking in self.rankings):
            raise Refused(_("A ranking is on at least one paper."))
        if not all(len(set(ranking)) == len(ranking) and known.issuperset(ranking) for _n, ranking in self.rankings):
            raise Refused(_("A paper ranks somebody twice, or somebody who is not a candidate."))

    @property
    def standing(self) -> tuple[str, ...]:
        return tuple(name for name in self.candidates if name not in self.withdrawn)

    @property
    def merged(self) -> dict[Ranking, int]:
        """How many papers have each ranking of those who stand; () are papers that rank none of them."""
        merged: Counter[Ranking] = Counter()
        gone = self.withdrawn
        for number, ranking in self.rankings:
            merged[tuple(one for one in ranking if one not in gone) if gone else ranking] += number
        return dict(merged)


def papers(
    candidates: Sequence[str],
    seats: int,
    rankings: Iterable[Ranking],
    *,
    withdrawn: Iterable[str] = (),
    title: str = "",
) -> Papers:
    """From one ranking a paper."""
    counted = Counter(rankings)
    return Papers(
        candidates=tuple(candidates),
        seats=seats,
        rankings=tuple((number, ranking) for ranking, number in sorted(counted.items())),
        withdrawn=frozenset(withdrawn),
        title=title,
    )
