"""What happened in a meeting so far, item by item: for the page of the day, the page afterwards, and the minutes."""

from dataclasses import dataclass, field

from network.boardroom import conflict, decision, task
from network.boardroom.tables import BoardDecision, BoardMeeting, BoardTask, Conflict
from network.resolutions import book
from network.resolutions.tables import Resolution


@dataclass(frozen=True, slots=True)
class Decided:
    row: BoardDecision
    number: str  # in the resolution book
    words: str  # the arithmetic


@dataclass(frozen=True, slots=True)
class Happened:
    conflicts: list[Conflict] = field(default_factory=list)
    decisions: list[Decided] = field(default_factory=list)
    tasks: list[BoardTask] = field(default_factory=list)


async def of_meeting(row: BoardMeeting) -> dict[int, Happened]:
    """By item; an item of which nothing is told is not named."""
    found: dict[int, Happened] = {}
    for one in await conflict.of_meeting(row):
        found.setdefault(one.item, Happened()).conflicts.append(one)
    decisions = await decision.of_meeting(row)
    numbers = await numbers_of(decisions)
    for made in decisions:
        told = Decided(made, numbers.get(made.resolution, ""), await decision.words_of(row, made))
        found.setdefault(made.item, Happened()).decisions.append(told)
    for given in await task.of_meeting(row):
        found.setdefault(given.item, Happened()).tasks.append(given)
    return found


async def numbers_of(decisions: list[BoardDecision]) -> dict[str, str]:
    references = [one.resolution for one in decisions]
    rows = await Resolution.objects().where(Resolution.reference.is_in(references)) if references else []
    return {one.reference: book.number_of(one) for one in rows}
