"""Rows that go by a day: how many are due, when the next begins to be, and the oldest portion of them gone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from piccolo.columns import Column, Timestamptz
from piccolo.query.functions.aggregate import Count
from piccolo.table import Table

from network.clock import end_of
from network.i18n import local
from network.web.kinds import Portion

PORTION = 200


@dataclass(frozen=True, slots=True)
class Dated:
    """`began` is a day or a moment of the rows of `table`, or of the row that they belong to.

    Only rows with `still` count: those that say something yet. `emptied` is written over them; without it they go.
    """

    table: type[Table]
    began: Column
    still: Any = None
    emptied: dict[Any, Any] | None = None

    async def due(self, limit: date) -> int:
        row = await self.table.select(Count()).where(self.over(limit)).first()
        return int(row["count"]) if row else 0

    async def next_after(self, limit: date) -> date | None:
        later = self.began >= end_of(limit) if self.is_moment else self.began > limit
        found = self.table.select(self.began.as_alias("began")).where(self.among(later)).order_by(self.began)
        row = await found.first()
        return day_of(row["began"]) if row else None

    async def forget(self, limit: date) -> Portion:
        key = self.table._meta.primary_key  # noqa: SLF001  Piccolo's own way
        oldest = self.table.select(key.as_alias("id")).where(self.over(limit)).order_by(self.began, key).limit(PORTION)
        ids = [row["id"] for row in await oldest]
        if not ids:
            return Portion()
        those = key.is_in(ids)
        if self.emptied is None:
            gone = await self.table.delete().where(those).returning(key)
        else:
            gone = await self.table.update(self.emptied).where(those).returning(key)
        return Portion(len(gone))

    def over(self, limit: date) -> Any:
        return self.among(self.began < end_of(limit) if self.is_moment else self.began <= limit)

    def among(self, those: Any) -> Any:
        return those if self.still is None else self.still & those

    @property
    def is_moment(self) -> bool:
        return isinstance(self.began, Timestamptz)


def day_of(began: date | datetime) -> date:
    return local(began) if isinstance(began, datetime) else began
