"""Moving house: everything from one database into another, between SQLite and PostgreSQL in both directions.

Rows go in pages, in the order of their keys, each page whole or not at all; a move that was interrupted goes on where
it stopped. The source is only read, as of one moment.
"""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from network.errors import Refused
from network.locks import take_lock
from network.upkeep.ends import End, lay_out, path_of, shown, snapshot, steps_of, writable
from network.upkeep.misfits import misfits
from network.upkeep.schema import steps_known
from network.upkeep.sheets import Seal, Sheet, migrations, sheets

MARK = "unfinished_move"
ROWS_OF_A_PAGE = 500
BYTES_OF_A_PAGE = 8 * 1024 * 1024

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Compared:
    table: str
    source: tuple[int, str]  # rows and checksum
    target: tuple[int, str]

    @property
    def equal(self) -> bool:
        return self.source == self.target


async def move(source_url: str, target_url: str, say: Say) -> list[Compared]:
    """The whole move from the terminal; Refused says what stands against it."""
    if not target_url.startswith(("sqlite:", "postgresql:", "postgres:")):
        raise Refused("--to wants sqlite:/path/of/file or postgresql://user:password@host/database.")
    if shown(source_url) == shown(target_url):
        raise Refused("That is where the data are already.")
    locks = [alone_on(url) for url in (source_url, target_url)]
    try:
        if source_url.startswith("sqlite:") and not path_of(source_url).exists():
            raise Refused(f"There is no {path_of(source_url)}.")
        async with snapshot(source_url) as source:
            await nobody_else_on(source)
            return await carry(source, target_url, say, name=shown(source_url))
    finally:
        for lock in locks:
            if lock:
                lock.close()


def alone_on(url: str) -> Any:
    """An embedded database must not be served meanwhile, nor begin to be."""
    if url.startswith("sqlite:") and not path_of(url).parent.is_dir():
        raise Refused(f"There is no folder {path_of(url).parent}.")
    lock, running_at = take_lock(url)
    if running_at:
        raise Refused(f"{shown(url)} is being served ({running_at}). Stop it first: what is written now would be lost.")
    return lock


async def nobody_else_on(source: End) -> None:
    if source.url.startswith("sqlite:"):
        return
    others = await source.ask(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    if others[0][0]:
        raise Refused(
            f"{others[0][0]} other connections to {shown(source.url)} are open. Stop servers and workers first: "
            "what is written now would be lost."
        )


async def carry(source: End, target_url: str, say: Say, *, name: str) -> list[Compared]:
    """Copy everything and compare. `name` tells an interrupted move from this source from any other."""
    await is_up_to_date(source)
    if not target_url.startswith("sqlite:") and (found := await misfits(source)):
        raise Refused("PostgreSQL would not take these; nothing was moved.\n  " + "\n  ".join(found))
    async with writable(target_url) as target:
        begun = await is_ours(target, name)
    if not begun:
        say("Making the tables …")
        await lay_out(target_url)
    async with writable(target_url) as target:
        if begun:
            say("An earlier move from here was interrupted; it goes on.")
        else:
            await target.tell(f"CREATE TABLE {MARK} (source TEXT)", f"INSERT INTO {MARK} VALUES ({quoted(name)})")
        compared = await copy_and_compare(source, target, say)
        if begun and not all(one.equal for one in compared):
            say("The source has changed since; everything is copied anew.")
            await target.tell(*(f'DELETE FROM "{sheet.name}"' for sheet in reversed(sheets())))
            compared = await copy_and_compare(source, target, say)
        if all(one.equal for one in compared):
            await finish(source, target)
            compared.append(await compare(source, target, migrations()))
    return compared


async def is_up_to_date(source: End) -> None:
    known, ran = steps_known(), await steps_of(source)
    if ran - known:
        raise Refused(f"{shown(source.url)} belongs to a newer version of Verbund than this one.")
    if known - ran:
        raise Refused(f"{shown(source.url)} is of an earlier version: run `python -m network migrate` on it first.")


async def is_ours(target: End, name: str) -> bool:
    """Whether an interrupted move from this source is there; Refused if there is anything else."""
    there = await target.tables()
    if MARK in there:
        marked = (await target.ask(f"SELECT source FROM {MARK}"))[0][0]
        if marked != name:
            raise Refused(f"{shown(target.url)} holds an unfinished move from {marked}. Empty it first.")
        return True
    if strange := there - {sheet.name for sheet in sheets()} - {migrations().name}:
        raise Refused(f"{shown(target.url)} is not empty: it has tables of something else ({min(strange)}).")
    for sheet in sheets():
        if sheet.name in there and await target.ask(f'SELECT 1 FROM "{sheet.name}" LIMIT 1'):
            raise Refused(f"{shown(target.url)} is not empty: there are rows in {sheet.name}. Nothing was changed.")
    return False


async def copy_and_compare(source: End, target: End, say: Say) -> list[Compared]:
    for sheet in sheets():
        await copy(source, target, sheet, say)
    say("Comparing …")
    return [await compare(source, target, sheet) for sheet in sheets()]


async def copy(source: End, target: End, sheet: Sheet, say: Say) -> None:
    own = sheet.own
    done = (await target.ask(f'SELECT coalesce(max("id"), 0), count(*) FROM "{sheet.name}"'))[0]
    rows = 0
    async for page in pages(source, sheet, after=done[0]):
        untied = [tuple(None if place in own else value for place, value in enumerate(row)) for row in page]
        await target.store(sheet, untied if own else page)
        rows += len(page)
    for place in own:
        async for page in pages(source, sheet):
            pairs = [(row[sheet.key_at], row[place]) for row in page if row[place] is not None]
            await target.tie(sheet, sheet.fields[place].name, pairs)
    if rows or done[1]:
        say(f"  {sheet.name:18} {done[1] + rows:9,}")


async def pages(end: End, sheet: Sheet, *, after: int = 0) -> AsyncIterator[list[tuple[Any, ...]]]:
    """All rows in the order of their keys, so many at a time that memory stays flat."""
    while (last := await last_of_page(end, sheet, after)) > after:
        yield await end.rows(sheet, f'WHERE "id" > {after} AND "id" <= {last} ORDER BY "id"')
        after = last


async def last_of_page(end: End, sheet: Sheet, after: int) -> int:
    weighed = await end.ask(
        f'SELECT "id", {sheet.weight} FROM "{sheet.name}" WHERE "id" > {after} ORDER BY "id" LIMIT {ROWS_OF_A_PAGE}'
    )
    last, carried = after, 0
    for key, weight in weighed:
        carried += weight
        if last > after and carried > BYTES_OF_A_PAGE:
            break
        last = key
    return last


async def compare(source: End, target: End, sheet: Sheet) -> Compared:
    return Compared(sheet.name, await sealed(source, sheet), await sealed(target, sheet))


async def sealed(end: End, sheet: Sheet) -> tuple[int, str]:
    seal = Seal()
    async for page in pages(end, sheet):
        for row in page:
            seal.add(row)
    return seal.rows, seal.digest


async def finish(source: End, target: End) -> None:
    """What says that it is whole: the same migrations, the next keys, and no mark any more."""
    steps = migrations()
    await target.tell(f'DELETE FROM "{steps.name}"')
    await copy(source, target, steps, lambda _words: None)
    await target.settle([*sheets(), steps])
    await target.tell(f"DROP TABLE {MARK}")


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def as_table(compared: list[Compared]) -> str:
    """Counts and checksums of both sides, a line each."""
    lines = [f"  {'table':18} {'rows':>9}  {'source':12}  {'target':12}"]
    lines += [
        f"  {one.table:18} {one.target[0]:9,}  {one.source[1][:12]}  {one.target[1][:12]}"
        f"  {'equal' if one.equal else f'DIFFERENT ({one.source[0]:,} rows in the source)'}"
        for one in compared
    ]
    return "\n".join(lines)
