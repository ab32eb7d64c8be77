"""Who reads a list: the states that follow from a reader's dates, and the choice of readers for an issue."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from piccolo.columns.combination import And, Or, Where, WhereRaw

from mailing.tables import Subscriber

UNSTATED = "none"  # chosen in an audience: readers who did not tell

Condition = Where | WhereRaw | And | Or


class State(StrEnum):
    PENDING = "pending"
    CONFIRMED = "confirmed"
    BOUNCED = "bounced"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Audience:
    """Which readers: empty means everybody."""

    statuses: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()

    @property
    def is_everybody(self) -> bool:
        return not (self.statuses or self.lands)


def state_of(subscriber: Subscriber) -> State:
    if subscriber.left_at:
        return State.LEFT
    if subscriber.confirmed_at is None:
        return State.PENDING
    return State.BOUNCED if subscriber.bounced_at else State.CONFIRMED


def in_state(state: State) -> Condition:
    """The same as a condition."""
    if state is State.LEFT:
        return Subscriber.left_at != None
    if state is State.PENDING:
        return (Subscriber.left_at == None) & (Subscriber.confirmed_at == None)
    bounced = Subscriber.bounced_at != None if state is State.BOUNCED else Subscriber.bounced_at == None
    return (Subscriber.left_at == None) & (Subscriber.confirmed_at != None) & bounced


def reading(mailing_list_id: int, audience: Audience) -> Condition:
    """Who gets an issue: confirmed, not left, not bounced, and of the audience."""
    chosen = in_state(State.CONFIRMED) & (Subscriber.list == mailing_list_id)
    for column, values in ((Subscriber.provider_status, audience.statuses), (Subscriber.land, audience.lands)):
        if values:
            chosen = chosen & column.is_in(told(values))
    return chosen


def readers_sql(mailing_list_id: int, audience: Audience) -> tuple[str, list[Any]]:
    """The same as the second half of an INSERT … SELECT: id, email, name, key, locale; {} stands for a value."""
    parts = ["list = {}", "confirmed_at IS NOT NULL", "left_at IS NULL", "bounced_at IS NULL"]
    values: list[Any] = [mailing_list_id]
    for column, chosen in (("provider_status", audience.statuses), ("land", audience.lands)):
        if chosen:
            parts.append(f"{column} IN ({', '.join(['{}'] * len(chosen))})")
            values += told(chosen)
    return f"SELECT id, email, name, key, locale FROM subscriber WHERE {' AND '.join(parts)}", values


def told(values: Sequence[str]) -> list[str]:
    return ["" if value == UNSTATED else value for value in values]


async def count(mailing_list_id: int, audience: Audience | None = None) -> int:
    return await Subscriber.count().where(reading(mailing_list_id, audience or Audience()))


async def counts(mailing_list_id: int) -> dict[State, int]:
    """How many are in each state, in one query."""
    rows = await Subscriber.raw(
        "SELECT CASE WHEN left_at IS NOT NULL THEN 'left' WHEN confirmed_at IS NULL THEN 'pending' "
        "WHEN bounced_at IS NOT NULL THEN 'bounced' ELSE 'confirmed' END AS state, COUNT(*) AS number "
        "FROM subscriber WHERE list = {} GROUP BY 1",
        mailing_list_id,
    )
    found = {row["state"]: int(row["number"]) for row in rows}
    return {state: found.get(state, 0) for state in State}
