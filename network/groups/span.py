"""From which day to which a seat in a group counts: pure functions over days.

A seat is that of a member: it ends with the membership, whatever is written about it, and goes on if the notice is
taken back. So it is reckoned for each day anew, like votes, and right even when no job has run.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from network.groups.tables import Ending

ONE_DAY = timedelta(days=1)
Days = tuple[date, date | None]  # a first and a last day; None: no end is known


@dataclass(frozen=True, slots=True)
class Span:
    """`last` lies before `first` where a seat never counted, as the member only joined later and has left."""

    first: date
    last: date | None
    ended_by: Ending = Ending.NONE

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or self.last >= day)

    def overlaps(self, other: "Span") -> bool:
        return (self.last is None or self.last >= other.first) and (other.last is None or other.last >= self.first)


def unbroken(memberships: Iterable[Days]) -> list[Days]:
    """One after the other without a day between, as of a guest who is made a full member, they are one."""
    runs: list[Days] = []
    for since, until in sorted(memberships, key=lambda days: days[0]):
        if runs and (last := runs[-1][1]) and last + ONE_DAY >= since:
            runs[-1] = runs[-1][0], until if until is None else max(until, last)
        elif not runs or runs[-1][1] is not None:
            runs.append((since, until))
    return runs


def membership_at(since: date, runs: Iterable[Days]) -> Days | None:
    """The membership that a seat hangs on: the one running on its first day, or else the next that begins."""
    return next((run for run in runs if run[1] is None or run[1] >= since), None)


def reckoned(written: Span, *, runs: Iterable[Days] | None, group_ended_on: date | None) -> Span:
    """What is written of a seat within the life of its group and, of whom it needs one (`runs`), of the membership."""
    first, last, ended_by = written.first, written.last, written.ended_by
    if group_ended_on and (last is None or group_ended_on < last):
        last, ended_by = group_ended_on, Ending.GROUP
    if runs is None:
        return Span(first, last, ended_by)
    run = membership_at(first, runs)
    if run is None:
        return Span(first, first - ONE_DAY, Ending.MEMBERSHIP)
    begun, until = run
    if until and (last is None or until < last):
        last, ended_by = until, Ending.MEMBERSHIP
    return Span(max(first, begun), last, ended_by)
