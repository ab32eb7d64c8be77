"""Two entries of one organisation, or of one person, joined into one: looked at before, and undone exactly.

What points at an entry is asked of Piccolo for all tables (rowkeeping), so that a table of tomorrow is not forgotten;
texts that name it are found by its reference, which is random and stands for nothing else.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from piccolo.table import Table

from mailing.addresses import address_key
from network import clock
from network.activity import record
from network.database import DB, save_all
from network.errors import Refused
from network.folding import search_key, sort_key
from network.i18n import N_, _
from network.members import directory, organisation
from network.members.tables import Function, FunctionKind, Membership, Merge, Organisation, Relation
from network.people.tables import Person, Session, SignInLink
from network.references import new_reference
from network.rowkeeping import (
    all_tables,
    as_text,
    by_id,
    column_name,
    facts_in,
    name_of,
    naming,
    point,
    pointing_at,
    put_back,
    remove,
    row_from,
    same_but_for,
    say,
    table_of,
)

KINDS: dict[str, type[Table]] = {"organisation": Organisation, "person": Person}
FACTS = {
    "organisation": (*organisation.FACTS, "legal_form", "founded", "target_group", "about_de", "about_en"),
    "person": ("name", "title", "email", "phone"),
}
ENDS = {name_of(Session), name_of(SignInLink)}  # whoever was signed in as the one that goes signs in again
OWN = {name_of(Merge), "import_change", "import_line"}  # what tells of the past stays as it is


@dataclass(slots=True)
class Moving:
    """Everything that hangs on the entry that goes."""

    keys: list[tuple[str, str, list[int]]] = field(default_factory=list)  # table, column, ids of rows
    texts: list[tuple[str, str, str, list[int]]] = field(default_factory=list)  # table, column, text before "ref", ids
    twice: list[tuple[str, str]] = field(default_factory=list)  # table, row: both have it, the one that goes loses it
    in_the_way: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Table → how many of its rows go over."""
        found: dict[str, int] = {}
        for table, _column, ids in self.keys:
            found[table] = found.get(table, 0) + len(ids)
        for table, _column, _start, ids in self.texts:
            found[table] = found.get(table, 0) + len(ids)
        return found


async def preview(kind: str, kept: Table, gone: Table) -> Moving:
    """What would go over, what both have, and what stands in the way."""
    moving = Moving()
    for column, ids in await pointing_at(KINDS[kind], [number(gone)]):
        name = name_of(table_of(column))
        if name in ENDS:
            continue
        rows = await by_id(table_of(column), ids)
        doubled = [row for row in rows.values() if await is_double(kind, column_name(column), row, kept, gone)]
        moving.twice += [(name, as_text(row)) for row in doubled if (name, as_text(row)) not in moving.twice]
        for row in doubled:
            if await pointing_at(type(row), [number(row)]):
                moving.in_the_way.append(
                    _("Both have the same in “%(table)s”, and other entries hang on it.", table=name)
                )
        rest = [one for one in ids if one not in {number(row) for row in doubled}]
        if rest:
            moving.keys.append((name, column_name(column), rest))
    for (name, column_, start), ids in (await naming(kind, reference(gone), without=OWN | {name_of(gone)})).items():
        moving.texts.append((name, column_, start, ids))
    moving.in_the_way += await in_the_way(kind, kept, gone)
    return moving


async def is_double(kind: str, column: str, row: Table, kept: Table, gone: Table) -> bool:
    """The kept one has the same: the database allows it once, or it would be told twice."""
    if await same_but_for(row, column, number(kept)):
        return True
    if isinstance(row, Membership) and kind == "organisation":
        others = await Membership.objects().where(Membership.organisation == number(kept))
        return any(overlap(row, other) for other in others)
    if isinstance(row, Function):
        same = (Function.kind == row.kind) & (getattr(Function, column) == number(kept))
        other = "person" if column == "organisation" else "organisation"
        held = await Function.objects().where(same & (getattr(Function, other) == row.__dict__[other]))
        return any(one.site == row.site and overlap(row, one) for one in held)
    return isinstance(row, Relation) and {row.organisation, row.other} <= {number(kept), number(gone)}


def overlap(one: Membership | Function, other: Membership | Function) -> bool:
    begins = one.until is None or other.since is None or other.since <= one.until
    return begins and (other.until is None or one.since is None or other.until >= one.since)


async def in_the_way(kind: str, kept: Table, gone: Table) -> list[str]:
    if number(kept) == number(gone):
        return [_("This is one and the same entry.")]
    if kind == "organisation":
        mine, theirs = [
            await Function.objects().where(
                (Function.organisation == number(row)) & (Function.kind == FunctionKind.VOTING_DELEGATE)
            )
            for row in (kept, gone)
        ]
        if any(one.person != other.person and overlap(one, other) for one in mine for other in theirs):
            return [_("Both have a voting delegate in the same days. Please end one of them first.")]
    return []


async def merge(
    kind: str, kept: Table, gone: Table, *, chosen: Mapping[str, Any] | None = None, actor: str = ""
) -> Merge:
    """Make one of two: everything that led to `gone` leads to `kept`, which gets the `chosen` facts; `gone` goes.

    Refused with words while something stands in the way. What was moved is kept, so that `undo` puts it back.
    """
    async with DB.transaction():
        await directory.hold()
        kept, gone = await fresh(kind, kept), await fresh(kind, gone)
        moving = await preview(kind, kept, gone)
        if moving.in_the_way:
            raise Refused(" ".join(moving.in_the_way))
        before = as_text(kept)
        for name, text in moving.twice:
            await remove(all_tables()[name], facts_in(all_tables()[name], text)["id"])
        for name, column, ids in moving.keys:
            await point(all_tables()[name], column, ids, number(kept))
        for name, column, start, ids in moving.texts:
            await say(all_tables()[name], column, ids, start + reference(kept))
        if kind == "person":
            await Session.delete().where(Session.person == number(gone))
            await SignInLink.delete().where(SignInLink.person == number(gone))
        if left := await pointing_at(KINDS[kind], [number(gone)]):
            raise RuntimeError(f"still pointed at by {sorted(name_of(table_of(column)) for column, _ids in left)}")
        await remove(KINDS[kind], number(gone))
        await take_facts(kind, kept, chosen or {})
        row = Merge(
            reference=new_reference(), kind=kind, kept=reference(kept), gone=reference(gone),
            gone_name=called(gone), actor=actor, merged_at=clock.now(),
            moved=json.dumps({
                "gone": as_text(gone), "before": before, "after": as_text(kept), "twice": moving.twice,
                "keys": moving.keys, "texts": moving.texts,
            }),
        )  # fmt: skip
        await row.save()
        await record(actor, N_("entries merged"), f"{kind}:{reference(kept)}", called(kept), called(gone))
    return row


async def take_facts(kind: str, kept: Table, chosen: Mapping[str, Any]) -> None:
    for fact, value in chosen.items():
        if fact in FACTS[kind]:
            setattr(kept, fact, value)
    derive(kept)
    await save_all([kept])


def derive(row: Table) -> None:
    if isinstance(row, Organisation):
        organisation.derive(row)
    elif isinstance(row, Person):
        row.email_key = address_key(row.email) or None
        row.search, row.sorting = search_key(row.name, row.email)[:700], sort_key(row.name)


async def undo(row: Merge, *, actor: str = "") -> None:
    """Two entries again, each with what it had. Refused with words, and nothing done, when something stands in the way.

    What came to the kept one since stays with it; what was removed since stays removed.
    """
    async with DB.transaction():
        await directory.hold()
        told = json.loads(row.moved)
        table = KINDS[row.kind]
        done = await Merge.update({Merge.undone_at: clock.now()}).where(
            (Merge.id == row.id) & (Merge.undone_at == None)
        ).returning(Merge.id)  # fmt: skip
        if not done:
            raise Refused(_("This was taken apart already."))
        kept = await one_of(row.kind, row.kept)
        if kept is None:
            raise Refused(_("The entry that was kept has itself been merged since. Please take that apart first."))
        refuse_changed(row.kind, kept, told)
        was = row_from(table, told["gone"])
        back = await by_id(table, [number(was)])
        if back:
            raise Refused(_("The place of the entry that went is taken. It cannot come back."))
        await save_all([row_from(table, told["before"])])
        await put_back(was)
        await bring_back(told, kept, was)
        await record(actor, N_("merge taken apart"), f"{row.kind}:{row.kept}", called(kept), row.gone_name)


def refuse_changed(kind: str, kept: Table, told: dict[str, Any]) -> None:
    """Only what the merge itself changed has to be as it left it."""
    before, after = facts_in(KINDS[kind], told["before"]), facts_in(KINDS[kind], told["after"])
    now = kept.__dict__
    if changed := [fact for fact in after if now[fact] != after[fact]]:
        raise Refused(
            _("%(name)s has been changed since (%(fields)s). Nothing was taken apart.",
              name=before.get("name", ""), fields=", ".join(sorted(changed)))
        )  # fmt: skip


async def bring_back(told: dict[str, Any], kept: Table, was: Table) -> None:
    for table_name, column, ids in told["keys"]:
        table = all_tables()[table_name]
        rows = await by_id(table, ids)
        if any(row.__dict__[column] != number(kept) for row in rows.values()):
            raise Refused(_("Something that went over has been given to somebody else since. Nothing was taken apart."))
        await point(table, column, list(rows), number(was))
    for table_name, column, start, ids in told["texts"]:
        rows = await by_id(all_tables()[table_name], ids)
        same = [one for one, row in rows.items() if row.__dict__[column] == start + reference(kept)]
        await say(all_tables()[table_name], column, same, start + reference(was))
    for table_name, text in told["twice"]:
        await put_back(row_from(all_tables()[table_name], text))


async def fresh(kind: str, row: Table) -> Table:
    found = await one_of(kind, reference(row))
    if found is None:
        raise Refused(_("One of the two is gone already."))
    return found


async def one_of(kind: str, ref: str) -> Any:
    table: Any = KINDS[kind]
    return await table.objects().get(table.reference == ref)


async def kept_instead(kind: str, ref: str) -> str:
    """The reference to which links to a merged entry lead, through as many merges as there were; "" for none."""
    found = ""
    for _step in range(20):
        row = await Merge.objects().get(
            (Merge.kind == kind) & (Merge.gone == (found or ref)) & (Merge.undone_at == None)
        )
        if row is None:
            break
        found = row.kept
    return found


async def latest(kind: str, ref: str) -> list[Merge]:
    """What was merged into an entry, the last first."""
    mine = (Merge.kind == kind) & (Merge.kept == ref) & (Merge.undone_at == None)
    return await Merge.objects().where(mine).order_by(Merge.merged_at, ascending=False)


def number(row: Table) -> int:
    return int(row.__dict__["id"])


def reference(row: Table) -> str:
    return str(row.__dict__["reference"])


def called(row: Table) -> str:
    return str(row.__dict__["name"])
