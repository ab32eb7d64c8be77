"""Rows of any table kept as text, to be put back as they were; and all that points at a row, asked of Piccolo."""

import json
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from piccolo.columns import Column, ForeignKey, Varchar
from piccolo.conf.apps import Finder
from piccolo.constraints import Unique
from piccolo.table import Table

from network.database import chunks, loaded, marks, rows

Row = TypeVar("Row", bound=Table)


@cache
def all_tables() -> dict[str, type[Table]]:
    """Every table of the house by its name in the database."""
    return {table._meta.tablename: table for table in Finder().get_table_classes()}


def keys_to(table: type[Table]) -> Iterator[ForeignKey[Any]]:
    """The columns of all tables that point at rows of this one."""
    for other in all_tables().values():
        for column in other._meta.foreign_key_columns:
            if column._foreign_key_meta.resolved_references is table:
                yield column


def table_of(column: Column) -> type[Table]:
    return column._meta.table


def name_of(table: Table | type[Table]) -> str:
    return table._meta.tablename


def column_name(column: Column) -> str:
    return column._meta.name


def as_text(row: Table) -> str:
    """All columns of a row as JSON."""
    facts = {column._meta.name: row.__dict__[column._meta.name] for column in row._meta.columns}
    return json.dumps(facts, default=lambda value: value.isoformat())


def facts_in(table: type[Table], text: str) -> dict[str, Any]:
    """What `as_text` wrote, days and moments as such; columns that are younger than the text are left out."""
    told = json.loads(text)
    columns = {column._meta.name: column for column in table._meta.columns}
    return {name: understood(columns[name], value) for name, value in told.items() if name in columns}


def understood(column: Column, value: Any) -> Any:
    if isinstance(value, str) and column.value_type is datetime:
        return datetime.fromisoformat(value)
    if isinstance(value, str) and column.value_type is date:
        return date.fromisoformat(value)
    return value


async def by_id(table: type[Row], ids: Collection[int]) -> dict[int, Row]:
    found: dict[int, Row] = {}
    for some in chunks(ids):
        for row in await rows(table, f"WHERE id IN ({marks(some)})", *some):
            found[row.__dict__["id"]] = row
    return found


def row_from(table: type[Row], text: str) -> Row:
    """The row as it was; a column that did not exist then has its default."""
    row = table(_ignore_missing=True)
    return loaded(table, {column._meta.name: row.__dict__.get(column._meta.name) for column in table._meta.columns}
                  | facts_in(table, text))  # fmt: skip


def as_if_over(row: Table, numbers: Mapping[tuple[str, int], int]) -> dict[str, Any]:
    """A row's facts with its keys led elsewhere. `numbers`: (table, number) → the number in whose place it stands."""
    facts = dict(row.__dict__)
    for name, target in keys_of(row):
        facts[name] = numbers.get((target, facts[name]), facts[name])
    return facts


def keys_of(row: Table) -> list[tuple[str, str]]:
    """The columns that point elsewhere, each with the table to which it leads."""
    keys = row._meta.foreign_key_columns
    return [(key._meta.name, name_of(key._foreign_key_meta.resolved_references)) for key in keys]


async def put_back(row: Table) -> int:
    """Enter a row that was removed; returns the number that it had, or another where that has been given away.

    (SQLite gives the number of the last row to the next one when that row has gone.)
    """
    taken = await by_id(type(row), [row.__dict__["id"]])
    columns = [one._meta for one in row._meta.columns if not (taken and one is row._meta.primary_key)]
    names = ", ".join(f'"{column.db_column_name}"' for column in columns)
    values = [row.__dict__[column.name] for column in columns]
    told = await row.raw(
        f'INSERT INTO "{row._meta.tablename}" ({names}) VALUES ({marks(values)}) RETURNING id', *values
    )
    return int(told[0]["id"])


async def stands_in_the_way(row: Table) -> tuple[str, Table | None]:
    """Why a row cannot be put back: "taken" with the row that has what only one may have, "missing", or "".

    "missing": something it points to has been removed.
    """
    for names in alone_in(type(row)):
        wanted = {name: row.__dict__[name] for name in names}
        if None not in wanted.values() and (found := await first_with(type(row), wanted)):
            return "taken", found
    for column in row._meta.foreign_key_columns:
        number = row.__dict__[column._meta.name]
        target = column._foreign_key_meta.resolved_references
        if number is not None and not await by_id(target, [number]):
            return "missing", None
    return "", None


def alone_in(table: type[Table]) -> Iterator[list[str]]:
    """The columns that the database allows once, each by itself or several together; the primary key is no matter."""
    for column in table._meta.columns:
        if column._meta.unique and not column._meta.primary_key:
            yield [column._meta.name]
    for constraint in table._meta.constraints:
        if isinstance(constraint, Unique):
            yield list(constraint._meta.params.get("columns", []))


async def first_with(table: type[Row], wanted: dict[str, Any]) -> Row | None:
    where = " AND ".join(f'"{table._meta.get_column_by_name(name)._meta.db_column_name}" = {{}}' for name in wanted)
    found = await rows(table, f"WHERE {where} LIMIT 1", *wanted.values())
    return found[0] if found else None


async def pointing_at(table: type[Table], ids: Collection[int]) -> list[tuple[ForeignKey[Any], list[int]]]:
    """Columns, and the ids of the rows in which each points at one of these.

    (Columns make no keys of a dict: any two are equal.)
    """
    found: list[tuple[ForeignKey[Any], list[int]]] = []
    for column in keys_to(table):
        for some in chunks(ids):
            told = await table_of(column).raw(
                f'SELECT id FROM "{table_of(column)._meta.tablename}" '
                f'WHERE "{column._meta.db_column_name}" IN ({marks(some)}) ORDER BY id',
                *some,
            )
            if told:
                found.append((column, [row["id"] for row in told]))
    return found


async def naming(kind: str, reference: str, *, without: Collection[str]) -> dict[tuple[str, str, str], list[int]]:
    """(Table, column, what stands before the reference) → the ids of rows that name a thing in a text.

    A reference stands alone or after its kind: "organisation:…". Found in every text of limited length.
    """
    found: dict[tuple[str, str, str], list[int]] = {}
    wanted = [reference, f"{kind}:{reference}"]
    for name, table in all_tables().items():
        texts = [
            one._meta for one in table._meta.columns if isinstance(one, Varchar) and (one.length or 0) >= len(reference)
        ]
        columns = [] if name in without else texts
        if not columns:
            continue
        told = ", ".join(f'"{column.db_column_name}"' for column in columns)
        where = " OR ".join(f'"{column.db_column_name}" IN ({marks(wanted)})' for column in columns)
        query = f'SELECT id, {told} FROM "{name}" WHERE {where} ORDER BY id'
        for row in await table.raw(query, *wanted * len(columns)):
            for column in columns:
                if (text := row[column.db_column_name]) in wanted:
                    found.setdefault((name, column.name, text.removesuffix(reference)), []).append(row["id"])
    return found


async def point(table: type[Table], column: str, ids: Collection[int], number: int) -> None:
    """Let these rows point at another one."""
    await say(table, column, ids, number)


async def say(table: type[Table], column: str, ids: Collection[int], value: str | int) -> None:
    """Write the same into a column of these rows."""
    stored = table._meta.get_column_by_name(column)._meta.db_column_name
    for some in chunks(ids):
        sql = f'UPDATE "{table._meta.tablename}" SET "{stored}" = {{}} WHERE id IN ({marks(some)})'
        await table.raw(sql, value, *some)


async def remove(table: type[Table], number: int) -> None:
    await table.raw(f'DELETE FROM "{table._meta.tablename}" WHERE id = {{}}', number)


async def same_but_for(row: Table, column: str, number: int) -> bool:
    """Would the row collide with another if this column held the number: what the database allows once."""
    for names in alone_in(type(row)):
        if column in names and await first_with(
            type(row), {name: row.__dict__[name] for name in names} | {column: number}
        ):
            return True
    return False
