"""Rows of any table kept as text, to be put back as they were; and all that points at a row, asked of Piccolo."""

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from piccolo.columns import Column, ForeignKey, Varchar
from piccolo.conf.apps import Finder
from piccolo.constraints import Unique
from piccolo.table import Table

from network.database import DB, chunks, loaded, marks, place, rows

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


async def put_back(row: Table) -> None:
    """Enter a row that was removed, with the number that it had. The number must be free."""
    columns = [column._meta for column in row._meta.columns]
    names = ", ".join(f'"{column.db_column_name}"' for column in columns)
    places = ", ".join(place(number) for number in range(1, len(columns) + 1))
    sql = f'INSERT INTO "{row._meta.tablename}" ({names}) VALUES ({places})'
    values = [tuple(row.__dict__[column.name] for column in columns)]
    await DB.current_transaction.get().connection.executemany(sql, values)


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
    for name, table in all_tables().items():
        columns = [] if name in without else [one for one in table._meta.columns if isinstance(one, Varchar)]
        wide = [one for one in columns if (one.length or 0) >= len(reference)]
        for column in wide:
            for start in ("", f"{kind}:"):
                told = await table.raw(
                    f'SELECT id FROM "{name}" WHERE "{column._meta.db_column_name}" = {{}} ORDER BY id',
                    start + reference,
                )
                if told:
                    found[name, column._meta.name, start] = [row["id"] for row in told]
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
    for constraint in row._meta.constraints:
        names = constraint._meta.params.get("columns", []) if isinstance(constraint, Unique) else []
        if column in names:
            wanted = {name: number if name == column else row.__dict__[name] for name in names}
            where = " AND ".join(
                f'"{row._meta.get_column_by_name(name)._meta.db_column_name}" = {{}}' for name in names
            )
            told = await type(row).raw(f'SELECT id FROM "{row._meta.tablename}" WHERE {where}', *wanted.values())
            if told:
                return True
    return False
