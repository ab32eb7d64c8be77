"""An index of what is searched in, by three letters each, kept by the database itself (decisions/0013).

SQLite has one as a table of its own (FTS5), PostgreSQL as an extension that is shipped with it (pg_trgm). Where neither
is to be had each row is looked at, which finds the same and takes longer.
"""

from collections.abc import Sequence
from typing import Any

from network.database import on_sqlite
from network.people.tables import Person

SEARCHED = ("organisation", "site", "person")  # by their column `search`
SHORTEST = 3
POSTGRES = """
DO $$ BEGIN
    CREATE EXTENSION IF NOT EXISTS pg_trgm;
    {indexes}
EXCEPTION WHEN insufficient_privilege OR undefined_file OR feature_not_supported OR undefined_object THEN
    RAISE NOTICE 'searches read every row, as the extension pg_trgm cannot be had';
END $$
"""
GIN = 'CREATE INDEX IF NOT EXISTS "{table}_trigrams" ON "{table}" USING gin ("search" gin_trgm_ops);'
FORGET = "DELETE FROM {table}_trigrams WHERE rowid = old.id;"
LEARN = "INSERT OR REPLACE INTO {table}_trigrams (rowid, search) VALUES (new.id, new.search);"
OTHER = "WHEN old.search <> new.search"
SQLITE = (
    "DROP TABLE IF EXISTS {table}_trigrams",
    "DROP TRIGGER IF EXISTS {table}_trigrams_new",
    "DROP TRIGGER IF EXISTS {table}_trigrams_gone",
    "DROP TRIGGER IF EXISTS {table}_trigrams_other",
    "CREATE VIRTUAL TABLE {table}_trigrams USING fts5(search, tokenize=trigram)",
    "INSERT INTO {table}_trigrams (rowid, search) SELECT id, search FROM {table}",
    f"CREATE TRIGGER {{table}}_trigrams_new AFTER INSERT ON {{table}} BEGIN {LEARN} END",
    f"CREATE TRIGGER {{table}}_trigrams_gone AFTER DELETE ON {{table}} BEGIN {FORGET} END",
    f"CREATE TRIGGER {{table}}_trigrams_other AFTER UPDATE OF search ON {{table}} {OTHER} BEGIN {FORGET} {LEARN} END",
)
PARTS = ("", "_new", "_gone", "_other")  # a migration that makes a table anew loses its triggers

Question = tuple[str, list[Any]]  # SQL and its values
_known: list[bool] = []  # whether this process has found it in the embedded database


async def lay_out() -> None:
    """After the migrations, in their transaction: make what is not there, anew where a part is missing."""
    if not on_sqlite():
        await Person.raw(POSTGRES.format(indexes="\n    ".join(GIN.format(table=name) for name in SEARCHED)))
    elif await can_be_made() and not await is_there():
        for name in SEARCHED:
            for statement in SQLITE:
                await Person.raw(statement.format(table=name))
    _known.clear()


async def can_be_made() -> bool:
    """SQLite may be built without it, and knows three letters since 3.34."""
    [told] = await Person.raw("SELECT sqlite_version() AS version, sqlite_compileoption_used('ENABLE_FTS5') AS fts5")
    return bool(told["fts5"]) and tuple(map(int, told["version"].split(".")[:2])) >= (3, 34)


async def is_there() -> bool:
    named = [f"'{table}_trigrams{part}'" for table in SEARCHED for part in PARTS]
    [told] = await Person.raw(f"SELECT count(*) AS number FROM sqlite_master WHERE name IN ({', '.join(named)})")
    return int(told["number"]) == len(named)


async def look() -> None:
    """To be awaited once before `rows_with`; the answer is kept."""
    if not _known and on_sqlite():
        _known.append(await is_there())


def is_short(words: Sequence[str]) -> bool:
    return any(len(word) < SHORTEST for word in words)


def rows_with(table: str, words: Sequence[str]) -> Question:
    """Whose `search` has one of these words in it."""
    if on_sqlite() and _known == [True] and not is_short(words):
        quoted = (word.replace('"', '""') for word in words)
        return f"SELECT rowid FROM {table}_trigrams WHERE {table}_trigrams MATCH {{}}", [
            " OR ".join(f'"{word}"' for word in quoted)
        ]
    found = " OR ".join(["search LIKE {}"] * len(words))
    return f"SELECT id FROM {table} WHERE {found}", [f"%{word}%" for word in words]


async def tidy() -> None:
    """Once a day: what was deleted leaves the index of the embedded database for good, and it becomes one piece."""
    if on_sqlite() and await is_there():
        for table in SEARCHED:
            name = f"{table}_trigrams"
            await Person.raw(f"INSERT INTO {name} ({name}) SELECT 'optimize'")  # not within the loop: sqlite.ENTERS
