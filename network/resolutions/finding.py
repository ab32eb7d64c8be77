"""The book searched: by body, year, kind, outcome and words; the latest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from piccolo.columns.combination import WhereRaw

from network.folding import folded
from network.resolutions.tables import Body, Resolution


@dataclass(frozen=True, slots=True)
class Choice:
    """What is looked for: "" and 0 are anything; of `bodies` alone whatever else is chosen."""

    bodies: Sequence[Body] = tuple(Body)
    body: str = ""
    year: int = 0
    kind: str = ""
    outcome: str = ""
    text: str = ""

    @property
    def where(self) -> Any:
        wanted: Any = Resolution.body.is_in([one.value for one in self.bodies])
        for column, value in (
            (Resolution.body, self.body),
            (Resolution.year, self.year),
            (Resolution.kind, self.kind),
            (Resolution.outcome, self.outcome),
        ):
            if value:
                wanted &= column == value
        for word in folded(self.text).split():
            wanted &= WhereRaw("search LIKE {} ESCAPE '\\'", f"%{literally(word)}%")
        return wanted


def literally(word: str) -> str:
    """Its own percent and underline signs mean themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


async def count(choice: Choice) -> int:
    return int(await Resolution.count().where(choice.where))


async def listed(choice: Choice, *, page: int = 1, size: int = 25) -> list[Resolution]:
    """One page; `size` 0 is all of them."""
    found = Resolution.objects().where(choice.where).order_by(Resolution.taken_at, Resolution.id, ascending=False)
    return await (found.limit(size).offset((page - 1) * size) if size else found)


async def years(bodies: Sequence[Body]) -> list[int]:
    """In which something was decided, the latest first."""
    rows = await (
        Resolution.select(Resolution.year).distinct().where(Resolution.body.is_in([one.value for one in bodies]))
        .order_by(Resolution.year, ascending=False)
    )  # fmt: skip
    return [row["year"] for row in rows]


REPLACED = Resolution.select(Resolution.replaces).where(Resolution.replaces != None)
IN_FORCE = Resolution.id.not_in(REPLACED)


async def corrected_among(rows: Sequence[Resolution]) -> dict[int, Resolution]:
    """By the row that was counted wrongly: the one that stands in its place."""
    ids = [row.id for row in rows]
    later = Resolution.replaces.is_in(ids or [0]) & (Resolution.corrects_because != "")
    return {row.replaces: row for row in await Resolution.objects().where(later)}


async def replaced_by(row: Resolution) -> list[Resolution]:
    """Later ones that took its place."""
    return await Resolution.objects().where(Resolution.replaces == row.id).order_by(Resolution.id)


async def replaced(row: Resolution) -> Resolution | None:
    """The earlier one whose place it took."""
    return await Resolution.objects().get(Resolution.id == row.replaces) if row.replaces else None
