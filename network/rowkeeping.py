"""Rows of any table kept as text, to be put back as they were; and all that points at a row, asked of Piccolo."""

import json
from collections.abc import Collection, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

from piccolo.columns import Column, ForeignKey
from piccolo.conf.apps import Finder
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


async def pointing_at(table: type[Table], ids: Collection[int]) -> dict[ForeignKey[Any], list[int]]:
    """Column → the ids of the rows in which it points at one of these."""
    found: dict[ForeignKey[Any], list[int]] = {}
    for column in keys_to(table):
        for some in chunks(ids):
            told = await table_of(column).raw(
                f'SELECT id FROM "{table_of(column)._meta.tablename}" '
                f'WHERE "{column._meta.db_column_name}" IN ({marks(some)}) ORDER BY id',
                *some,
            )
            if told:
                found.setdefault(column, []).extend(row["id"] for row in told)
    return found
