"""Two entries that look like one and are two: said by somebody on a day, until told otherwise."""

from piccolo.table import Table

from network import clock
from network.activity import record
from network.database import DB, chunks, marks, rows
from network.errors import Refused
from network.i18n import N_, _
from network.members.tables import KeptApart, Organisation
from network.people.tables import Person
from network.references import new_reference
from network.rowkeeping import name_of

KINDS: dict[str, type[Table]] = {"organisation": Organisation, "person": Person}


async def keep(kind: str, one: tuple[str, str], other: tuple[str, str], *, actor: str) -> KeptApart:
    """`one` and `other`: reference and name. They are not offered as duplicates any more; saying so twice is once.

    Refused for one and the same entry.
    """
    (mine, name), (theirs, other_name) = sorted([one, other])
    if mine == theirs:
        raise Refused(_("This is one and the same entry."))
    async with DB.transaction():
        if known := await between(kind, mine, theirs):
            return known
        row = KeptApart(
            reference=new_reference(), kind=kind, one=mine, other=theirs, actor=actor, said_at=clock.now()
        )  # fmt: skip
        await row.save()
        await record(actor, N_("said to be two"), f"{kind}:{mine}", name, other_name)
    return row


async def take_back(reference: str, *, actor: str) -> bool:
    """They may be one after all: they are offered again. False where nobody said so any more."""
    async with DB.transaction():
        open_ = (KeptApart.reference == reference) & (KeptApart.ended_at == None)
        told = await KeptApart.update({KeptApart.ended_at: clock.now()}).where(open_).returning(
            KeptApart.kind, KeptApart.one
        )  # fmt: skip
        for row in told:
            await record(actor, N_("may be one after all"), f"{row['kind']}:{row['one']}")
    return bool(told)


async def between(kind: str, one: str, other: str) -> KeptApart | None:
    mine, theirs = sorted([one, other])
    found = await rows(
        KeptApart, "WHERE kind = {} AND one IN ({}, {}) AND other IN ({}, {}) AND ended_at IS NULL",
        kind, mine, theirs, mine, theirs,
    )  # fmt: skip
    return found[0] if found and mine != theirs else None


async def all_of(kind: str) -> list[KeptApart]:
    """What is said today, the latest first."""
    return await rows(KeptApart, "WHERE kind = {} AND ended_at IS NULL ORDER BY said_at DESC, id DESC", kind)


async def pairs_of(kind: str) -> set[tuple[int, int]]:
    """The pairs of which somebody said so, by the numbers of the entries, the smaller first."""
    said = await all_of(kind)
    numbers = await numbers_of(kind, {reference for row in said for reference in (row.one, row.other)})
    both = [(numbers.get(row.one, 0), numbers.get(row.other, 0)) for row in said]
    return {(min(two), max(two)) for two in both}


async def numbers_of(kind: str, references: set[str]) -> dict[str, int]:
    table = KINDS[kind]
    found: dict[str, int] = {}
    for some in chunks(references):
        told = await table.raw(
            f'SELECT id, reference FROM "{name_of(table)}" WHERE reference IN ({marks(some)})', *some
        )
        found |= {row["reference"]: row["id"] for row in told}
    return found
