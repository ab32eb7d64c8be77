"""A tray of rows that wait to be sent: letters in one, what goes to many in the other. Both keep the same columns."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from mailing.smtp import Fate, Outcome
from network import clock
from network.database import DB, chunks, now_sql, on_sqlite
from network.settings import settings

# Eight attempts within two days; the first pause is what greylisting servers want.
PAUSES = [timedelta(minutes=minutes) for minutes in (5, 15, 60, 180, 360, 720, 1440)]


@dataclass(slots=True)
class Parcel:
    """One message in the courier's hands. Its bytes are made when its turn comes."""

    tray: "Tray"
    id: int
    attempts: int
    sender: str
    recipient: str
    message: Callable[[], Awaitable[bytes]]
    held_until: float = 0.0

    @property
    def key(self) -> tuple[str, int]:
        return self.tray.name, self.id


async def all_wanted(ids: Sequence[int]) -> set[int]:
    del ids
    return set()


@dataclass(frozen=True, eq=False)
class Tray:
    """`claim` leases up to so many due rows for an owner, in one statement.

    `unwanted` finds among leased rows the ones that shall not go after all.
    """

    table: Any
    claim: Callable[[str, int], Awaitable[list[Parcel]]]
    longest_answer: int
    unwanted: Callable[[Sequence[int]], Awaitable[set[int]]] = all_wanted

    @property
    def name(self) -> str:
        return str(self.table._meta.tablename)  # noqa: SLF001

    async def record(self, results: Sequence[tuple[Parcel, Outcome]]) -> None:
        """Write down a group of results: the settled ones in one statement."""
        final = [(p, o) for p, o in results if o.fate is not Fate.LATER or p.attempts >= len(PAUSES)]
        if final:
            await self.settle(final)
        for parcel, outcome in results:
            if outcome.fate is Fate.LATER and parcel.attempts < len(PAUSES):
                await self.put_off(parcel, outcome)

    async def settle(self, final: Sequence[tuple[Parcel, Outcome]]) -> None:
        """Runs thousands of times in a sending, hence past the query builder, which costs more than the write."""
        values: list[Any] = [clock.now()]
        for parcel, outcome in final:
            state = Fate.SENT if outcome.fate is Fate.SENT else Fate.FAILED
            values += [parcel.id, str(state), outcome.answer[: self.longest_answer]]
        rows = ", ".join(f"({integer(n)}, {text(n + 1)}, {text(n + 2)})" for n in range(2, 3 * len(final), 3))
        await run(
            f"UPDATE {self.name} SET state = v.column2, answer = v.column3, attempts = attempts + 1, "
            f"leased_until = NULL, leased_by = '', "
            f"sent_at = CASE v.column2 WHEN 'sent' THEN {mark(1)} ELSE sent_at END "
            f"FROM (VALUES {rows}) AS v WHERE {self.name}.id = v.column1",
            values,
        )

    async def put_off(self, parcel: Parcel, outcome: Outcome) -> None:
        table = self.table
        await table.update(
            {
                table.due_at: clock.now() + PAUSES[parcel.attempts],
                table.attempts: parcel.attempts + 1,
                table.answer: outcome.answer[: self.longest_answer],
                table.leased_until: None,
                table.leased_by: "",
            }
        ).where(table.id == parcel.id)

    async def renew(self, ids: Iterable[int]) -> None:
        for some in chunks(ids):
            await self.table.raw(
                f"UPDATE {self.name} SET leased_until = {now_sql(plus_seconds=settings().lease_seconds)} "
                f"WHERE id IN ({', '.join(map(str, some))})"
            )

    async def release(self, ids: Iterable[int], why: str = "") -> None:
        """Give rows back that were not tried; `why` is kept for the outbox page."""
        table = self.table
        values: dict[Any, Any] = {table.leased_until: None, table.leased_by: ""}
        if why:
            values[table.answer] = why[: self.longest_answer]
        for some in chunks(ids):
            await table.update(values).where(table.id.is_in(some))

    async def release_all_of(self, owner: str) -> None:
        """What a dead predecessor held; only for one that is alone on its database."""
        table = self.table
        values = {table.leased_until: None, table.leased_by: ""}
        await table.update(values).where((table.leased_by == owner) & (table.state == "queued"))


def mark(number: int) -> str:
    return "?" if on_sqlite() else f"${number}"


def integer(number: int) -> str:
    return mark(number) if on_sqlite() else f"{mark(number)}::integer"


def text(number: int) -> str:
    return mark(number) if on_sqlite() else f"{mark(number)}::text"


async def run(sql: str, values: list[Any]) -> None:
    await (DB._run_in_new_connection(sql, values) if on_sqlite() else DB._run_in_pool(sql, values))  # noqa: SLF001
