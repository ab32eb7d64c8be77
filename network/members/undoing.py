"""A stored spreadsheet taken back as a whole, for a day: every row as it was, or none of them."""

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from piccolo.table import Table

from network import clock
from network.activity import record
from network.database import DB, chunks, enter_all, marks, rows, save_all
from network.errors import Refused
from network.i18n import N_, _, ngettext
from network.members import directory, former
from network.members.tables import (
    Evidence,
    Function,
    Import,
    ImportChange,
    Membership,
    Offer,
    Organisation,
    ProviderStatus,
    Site,
)
from network.people.tables import Person, Role
from network.rowkeeping import as_text, by_id, column_name, facts_in, name_of, pointing_at, row_from, table_of

HOURS = 24
MOST_NAMES = 10
TABLES: dict[str, type[Table]] = {
    "held_function": Function,
    "offer": Offer,
    "evidence": Evidence,
    "provider_status": ProviderStatus,
    "site": Site,
    "membership": Membership,
    "organisation": Organisation,
    "person": Person,
}


@dataclass(slots=True)
class Trace:
    """What storing a spreadsheet is about to change, noted before it does."""

    load: int
    before: dict[tuple[str, int], str] = field(default_factory=dict)

    def note(self, changed: Collection[Table | None]) -> None:
        for row in changed:
            if row is not None:
                self.before.setdefault((name_of(row), row.__dict__["id"]), as_text(row))

    async def write(self, new: dict[str, list[int]]) -> None:
        """Enter a row for each row that was written; `new` are the ids of those that were not there before."""
        entered = {(table, number): "" for table, ids in new.items() for number in ids}
        for name, some in groupby(sorted((entered | self.before).items()), key=lambda one: one[0][0]):
            before = {number: text for (_name, number), text in some}
            now = await by_id(TABLES[name], before)
            await enter_all(await asyncio.to_thread(self.changes, name, before, now))

    def changes(self, name: str, before: dict[int, str], now: dict[int, Table]) -> list[ImportChange]:
        return [
            ImportChange(load=self.load, table=name, row=number, before=text, after=as_text(now[number]))
            for number, text in before.items()
        ]


@dataclass(slots=True)
class Undoing:
    """What taking a file back does: rows by what happens to them, and who stands in the way."""

    gone: dict[str, int] = field(default_factory=dict)  # table → new rows that go again
    restored: dict[str, int] = field(default_factory=dict)  # table → changed rows that become what they were
    in_the_way: list[str] = field(default_factory=list)  # names

    @property
    def rows(self) -> int:
        return sum(self.gone.values()) + sum(self.restored.values())


@dataclass(slots=True)
class Pair:
    """A written row: what was kept of it, and the row as it is now."""

    change: ImportChange
    row: Table | None

    @property
    def is_new(self) -> bool:
        return not self.change.before

    @property
    def touched(self) -> bool:
        """Somebody changed or removed it since."""
        if self.row is None:
            return True
        now = self.row.__dict__
        return any(now[name] != value for name, value in facts_in(type(self.row), self.change.after).items())


def until(load: Import) -> datetime | None:
    """The moment to which the file can be taken back; None when it cannot be any more, or never could."""
    if load.stored_at is None or load.undone_at is not None:
        return None
    end = load.stored_at + timedelta(hours=HOURS)
    return end if clock.now() < end else None


async def possible(load: Import) -> bool:
    return until(load) is not None and await ImportChange.exists().where(ImportChange.load == load.id)


async def preview(load: Import) -> Undoing:
    """What would happen now."""
    pairs = await written(load)
    return told(pairs, await names_in_the_way(pairs))


def told(pairs: list[Pair], in_the_way: list[str]) -> Undoing:
    found = Undoing(in_the_way=in_the_way)
    for pair in pairs:
        counted = found.gone if pair.is_new else found.restored
        counted[pair.change.table] = counted.get(pair.change.table, 0) + 1
    return found


async def undo(load: Import, *, actor: str = "") -> None:
    """Take back everything that the file entered and changed; its lines stay readable.

    Refused after a day, a second time, and with names when somebody has changed or used one of the rows since.
    """
    async with DB.transaction():
        await directory.hold()
        fresh = await Import.objects().get(Import.id == load.id)
        if fresh is None or not await possible(fresh):
            raise Refused(_("This file cannot be taken back any more."))
        pairs = await written(load)
        if names := await names_in_the_way(pairs):
            raise Refused(refusal(names))
        await take_back(pairs)
        await former.derive_planned(list(organisations_of(pairs)))
        await ImportChange.delete().where(ImportChange.load == load.id)
        load.undone_at = clock.now()
        await Import.update({Import.undone_at: load.undone_at}).where(Import.id == load.id)
        words = ngettext("%(num)s row as before", "%(num)s rows as before", len(pairs))
        await record(actor, N_("spreadsheet taken back"), f"import:{load.reference}", load.file_name, words)


def refusal(names: list[str]) -> str:
    told_names = ", ".join(names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
    return _(
        "Nothing was taken back: since then somebody has changed or used what the file brought of %(names)s.",
        names=told_names,
    )


async def written(load: Import) -> list[Pair]:
    """What belongs to others before them, as they go."""
    changes = await rows(ImportChange, "WHERE load = {} ORDER BY id", load.id)
    pairs = []
    for name, table in TABLES.items():
        mine = [change for change in changes if change.table == name]
        now = await by_id(table, [change.row for change in mine])
        pairs += [Pair(change, now.get(change.row)) for change in mine]
    return pairs


async def take_back(pairs: list[Pair]) -> None:
    for name, table in TABLES.items():
        mine = [pair for pair in pairs if pair.change.table == name]
        for some in chunks([pair.change.row for pair in mine if pair.is_new]):
            await table.raw(f'DELETE FROM "{name}" WHERE id IN ({marks(some)})', *some)
        await save_all([row_from(table, pair.change.before) for pair in mine if not pair.is_new])


async def names_in_the_way(pairs: list[Pair]) -> list[str]:
    """The organisations and people of rows that were changed since, and of new ones that something else hangs on."""
    touched = [pair for pair in pairs if pair.touched]
    people = {pair.change.row for pair in touched if pair.change.table == "person"}
    ids = organisations_of(touched) | await used(pairs, "organisation") | await used(pairs, "site")
    found = [*await names_of(Organisation, ids), *await names_of(Person, people | await used(pairs, "person"))]
    missing = [str(facts_in(TABLES[pair.change.table], pair.change.after)["name"]) for pair in pairs
               if pair.row is None and pair.change.table in ("organisation", "person")]  # fmt: skip
    return found + missing


async def names_of(table: type[Organisation | Person], ids: Collection[int]) -> list[str]:
    found: list[str] = []
    for some in chunks(ids):
        found += [row.name for row in await rows(table, f"WHERE id IN ({marks(some)}) ORDER BY sorting", *some)]
    return found


def organisations_of(pairs: Collection[Pair]) -> set[int]:
    return {organisation_of(pair) for pair in pairs if pair.change.table != "person"}


def organisation_of(pair: Pair) -> int:
    if pair.change.table == "organisation":
        return pair.change.row
    number: int = facts_in(TABLES[pair.change.table], pair.change.after)["organisation"]
    return number


async def used(pairs: list[Pair], table: str) -> set[int]:
    """Of new rows that rows point at which the file did not bring, and of houses that somebody speaks for: the
    numbers of the organisations, or of the people.
    """
    own = {(pair.change.table, pair.change.row) for pair in pairs if pair.is_new}
    mine = [pair for pair in pairs if pair.is_new and pair.change.table == table]
    owner = {pair.change.row: pair.change.row if table == "person" else organisation_of(pair) for pair in mine}
    found = set()
    for column, pointing in await pointing_at(TABLES[table], list(owner)):
        others = [number for number in pointing if (name_of(table_of(column)), number) not in own]
        for row in (await by_id(table_of(column), others)).values():
            found.add(owner[row.__dict__[column_name(column)]])
    return found | (await spoken_for(mine) if table == "organisation" else set())


async def spoken_for(pairs: list[Pair]) -> set[int]:
    by_reference = {facts_in(Organisation, pair.change.after)["reference"]: pair.change.row for pair in pairs}
    found = set()
    for some in chunks(by_reference):
        told_of = await Role.raw(f'SELECT "of" FROM role WHERE "of" IN ({marks(some)})', *some)
        found |= {by_reference[row["of"]] for row in told_of}
    return found


async def running() -> list[Import]:
    """Files that can still be taken back, the newest first."""
    recent = (Import.stored_at > clock.ago(hours=HOURS)) & (Import.undone_at == None)
    found = await Import.objects().where(recent).order_by(Import.stored_at, ascending=False)
    return [load for load in found if await possible(load)]


async def forget_old() -> None:
    """What was there before is kept for that day alone."""
    over = Import.select(Import.id).where(Import.stored_at < clock.ago(hours=HOURS))
    for some in chunks([row["id"] for row in await over]):
        await ImportChange.delete().where(ImportChange.load.is_in(some))
