"""A rehearsal: the whole assembly is played on a copy from which nothing leaves the house, and thrown away."""

from typing import Any

from piccolo.table import Table

from network.activity import record
from network.assembly.meeting import State, of_reality, state_of, taken, thing
from network.assembly.tables.convocation import Delegate, Proxy, Suspension
from network.assembly.tables.day import Decision, VoteBan
from network.assembly.tables.elections import Candidate, Election
from network.assembly.tables.meeting import AgendaItem, Assembly, Motion, Paper
from network.database import DB
from network.errors import Refused
from network.files import File
from network.i18n import LOCALES, N_, _, speaking
from network.references import new_reference

Copies = dict[int, int]  # the row of the copy, by the one it was made from
NOT_OPENED: dict[str, Any] = {"begun_at": None, "ended_at": None, "said": ""}
NOT_ASKED: dict[str, Any] = {"digest": "", "asked_at": None}  # the link in the letter belongs to the real candidate


async def begin(row: Assembly, *, actor: str) -> Assembly:
    """Copy the assembly with everything that is prepared for it, and return the copy; an older one is thrown away.

    Refused for a rehearsal itself, and once the real assembly has been opened or called off.
    """
    async with DB.transaction():
        held = await taken(row)
        if held.rehearsal_of:
            raise Refused(_("This is a rehearsal already."))
        if state_of(held) not in (State.PLANNED, State.CONVENED):
            raise Refused(_("An assembly is rehearsed before it takes place."))
        await clear(held)
        made = await copied(held, actor)
        await record(actor, N_("rehearsal begun"), thing(held), held.title)
    return made


async def throw_away(row: Assembly, *, actor: str) -> None:
    """All of the rehearsal goes in one transaction, its files too; pressed twice it is gone already.

    Refused for a real assembly.
    """
    if not row.rehearsal_of:
        raise Refused(_("This is no rehearsal."))
    async with DB.transaction():
        real = await taken(await of_reality(row))
        still = await Assembly.objects().get(Assembly.id == row.id)
        if still is None:
            return
        await remove(still)
        await record(actor, N_("rehearsal thrown away"), thing(real), real.title)


async def clear(row: Assembly) -> None:
    """Part of a deed: what was rehearsed is over when the real assembly begins, is called off or given up."""
    for old in await Assembly.objects().where(Assembly.rehearsal_of == row.id):
        await remove(old)


async def running(row: Assembly) -> Assembly | None:
    """The rehearsal of an assembly, while there is one."""
    return await Assembly.objects().get(Assembly.rehearsal_of == row.id)


def title_of(row: Assembly) -> str:
    """In the language of whoever reads it; what is stored is German, as the papers are."""
    plain = row.title
    for language in LOCALES:
        with speaking(language):
            plain = plain.removeprefix(_("Rehearsal: %(title)s", title=""))
    return _("Rehearsal: %(title)s", title=plain)


# --- copying ---------------------------------------------------------------------------------------------------------


async def copied(row: Assembly, actor: str) -> Assembly:
    with speaking("de"):
        title = _("Rehearsal: %(title)s", title=row.title)[:200]  # so each paper that it prints is marked, too
    begun = {"title": title, "rehearsal_of": row.id, "invitation": None, "sequence": 0, "turns": 0, "actor": actor}
    made = Assembly(**facts_of(row) | begun)
    await made.save()
    here = {"assembly": made.id}
    items = await copy(AgendaItem, AgendaItem.assembly == row.id, **here | NOT_OPENED)
    await copy(Paper, Paper.item.assembly == row.id, item=items)
    motions = await copy(Motion, Motion.assembly == row.id, item=items, **here)
    undone = (Decision.assembly == row.id) & (Decision.opened_at == None)
    await copy(Decision, undone, item=items, motion=motions, **here)
    await copy(VoteBan, VoteBan.item.assembly == row.id, item=items)
    elections = await copy(Election, Election.assembly == row.id, item=items, **here)
    await copy(Candidate, Candidate.election.assembly == row.id, election=elections, **NOT_ASKED)
    for table in (Delegate, Proxy, Suspension):
        await copy(table, table.assembly == row.id, **here)
    return made


async def copy(table: type[Table], those: Any, **other: Any) -> Copies:
    """Copy rows; `other` are values of their own, or for a key the rows that its own were copied to."""
    made: Copies = {}
    for old in await table.objects().where(those).order_by(table._meta.primary_key):  # noqa: SLF001  Piccolo's own way
        facts = facts_of(old)
        for name, value in other.items():
            facts[name] = value.get(facts[name]) if isinstance(value, dict) else value
        new = table(**facts)
        await new.save()
        made[old.to_dict()["id"]] = new.to_dict()["id"]
    return made


def facts_of(row: Table) -> dict[str, Any]:
    """Everything but its own identity."""
    facts = {name: value for name, value in row.to_dict().items() if name != "id"}
    return facts | {"reference": new_reference()} if "reference" in facts else facts


# --- throwing away ---------------------------------------------------------------------------------------------------


async def remove(row: Assembly) -> None:
    """The copy with all its rows; files go that nothing else points to. To be called in a transaction."""
    before = await files_pointed_to(of_assemblies=True)
    await row.remove()
    gone = before - await files_pointed_to(of_assemblies=True)
    if gone:
        await File.delete().where(File.id.is_in([*(gone - await files_pointed_to(of_assemblies=False))] or [0]))


async def files_pointed_to(*, of_assemblies: bool) -> set[int]:
    """Files that rows of assemblies point to, or rows of all others."""
    found: set[int] = set()
    for key in File._meta.foreign_key_references:  # noqa: SLF001  Piccolo's own list
        table = key._meta.table  # noqa: SLF001
        if table.__module__.startswith("network.assembly.") == of_assemblies:
            rows = await table.select(key).where(key != None).distinct()
            found |= {row[key._meta.name] for row in rows}  # noqa: SLF001
    return found
