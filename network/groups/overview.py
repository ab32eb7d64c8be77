"""All groups on a day, each with who chairs it and how many take part for how many organisations."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from network.groups import group as groups
from network.groups import seats
from network.groups.seats import Seat
from network.groups.tables import Part, WorkingGroup


@dataclass(frozen=True, slots=True)
class Listed:
    """A group with its seats that had not ended before the day."""

    row: WorkingGroup
    held: list[Seat]
    running: list[Seat]  # of those the ones that count on the day
    day: date

    @property
    def people(self) -> int:
        return len(self.running)

    @property
    def members(self) -> int:
        """How many take part in it; guests' organisations are not counted."""
        return len({one.organisation_id for one in self.running if one.part != Part.GUEST})

    @property
    def chair(self) -> Seat | None:
        return seats.chair_of(self.running, self.day)

    @property
    def coming_chair(self) -> Seat | None:
        """Entered to begin later, where nobody chairs."""
        coming = [one for one in self.held if one.part == Part.CHAIR and one.first > self.day and one.runs(one.first)]
        return min(coming, key=lambda one: one.first, default=None)

    @property
    def runs(self) -> bool:
        return groups.runs(self.row, self.day)

    @property
    def is_over(self) -> bool:
        return self.row.ended_on is not None and self.row.ended_on < self.day


async def of_day(day: date) -> list[Listed]:
    """Those that run on the day, by name, then those that begin later, then those that have ended."""
    by_group: dict[int, list[Seat]] = defaultdict(list)
    for one in await seats.on_or_after(day):
        by_group[one.group_id].append(one)
    found = [Listed(row, by_group[row.id], seats.on(by_group[row.id], day), day) for row in await groups.every()]
    return sorted(found, key=lambda one: (not one.runs, one.is_over))
