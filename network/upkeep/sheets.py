"""What a database of the house consists of: every table with its columns, parents before their children."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from piccolo.apps.migrations.tables import Migration
from piccolo.columns import (
    Boolean,
    Bytea,
    Column,
    Date,
    DoublePrecision,
    ForeignKey,
    Integer,
    Serial,
    Text,
    Timestamp,
    Timestamptz,
    Varchar,
)
from piccolo.table import Table, sort_table_classes

from mailing.piccolo_app import APP_CONFIG as MAILING
from network.piccolo_app import APP_CONFIG as NETWORK


def moment(stored: str) -> datetime:
    read = datetime.fromisoformat(stored)
    return read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)


def octets(stored: bytes | str) -> bytes:
    return stored.encode() if isinstance(stored, str) else stored  # SQLite's DEFAULT '' is a text


def as_it_is(stored: Any) -> Any:
    return stored


# How a value that SQLite stores becomes what PostgreSQL's driver gives and takes.
READ: dict[type[Column], Callable[[Any], Any]] = {
    Serial: as_it_is,
    Integer: as_it_is,
    ForeignKey: as_it_is,
    Varchar: as_it_is,
    Text: as_it_is,
    DoublePrecision: float,
    Boolean: bool,
    Bytea: octets,
    Date: date.fromisoformat,
    Timestamp: datetime.fromisoformat,
    Timestamptz: moment,
}


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    kind: type[Column]
    length: int = 0
    to: str = ""  # the table it points to


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    fields: tuple[Field, ...]

    @property
    def names(self) -> str:
        return ", ".join(f'"{field.name}"' for field in self.fields)

    @property
    def key_at(self) -> int:
        return [field.name for field in self.fields].index("id")

    @property
    def own(self) -> list[int]:
        """Where it points to rows of its own: those can be tied only when all rows are there."""
        return [place for place, field in enumerate(self.fields) if field.to == self.name]

    @property
    def weight(self) -> str:
        """How many bytes a row carries beside its words."""
        heavy = [f'coalesce(length("{field.name}"), 0)' for field in self.fields if field.kind is Bytea]
        return " + ".join(heavy) or "0"

    def read(self, stored: tuple[Any, ...]) -> tuple[Any, ...]:
        """A row as SQLite stores it, in Python's types."""
        return tuple(
            None if value is None else READ[field.kind](value) for field, value in zip(self.fields, stored, strict=True)
        )


@cache
def sheets() -> tuple[Sheet, ...]:
    classes = sort_table_classes([*MAILING.table_classes, *NETWORK.table_classes])
    return tuple(sheet(table) for table in classes)


@cache
def migrations() -> Sheet:
    """Piccolo's own table, which says how far a database's schema is."""
    return sheet(Migration)


def sheet(table: type[Table]) -> Sheet:
    return Sheet(table._meta.tablename, tuple(field(column) for column in table._meta.columns))


def field(column: Column) -> Field:
    to = column._foreign_key_meta.resolved_references._meta.tablename if isinstance(column, ForeignKey) else ""
    length = column.length or 0 if isinstance(column, Varchar) else 0
    return Field(column._meta.db_column_name, type(column), length, to)


class Seal:
    """Count and checksum of rows in the order of their keys, the same whichever database they lie in."""

    def __init__(self) -> None:
        self.rows = 0
        self._sum = hashlib.sha256()

    def add(self, row: tuple[Any, ...]) -> None:
        self.rows += 1
        self._sum.update(json.dumps([plain(value) for value in row], ensure_ascii=False).encode() + b"\n")

    @property
    def digest(self) -> str:
        return self._sum.hexdigest()


def plain(value: Any) -> Any:
    """One way to write a value down, in JSON's types."""
    if isinstance(value, datetime):
        return (value.astimezone(UTC) if value.tzinfo else value).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes {hashlib.sha256(value).hexdigest()}"
    return value
