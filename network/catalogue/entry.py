"""An entry of a catalogue: entered, changed, ended with what comes after it. What was never changes with it."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from network.activity import record
from network.catalogue.tables import Entry, EntryKind
from network.database import DB, rows
from network.errors import Refused
from network.folding import folded, sort_key
from network.i18n import N_, _, format_day, locale
from network.references import new_reference

FACTS = ("name_de", "name_en", "text_de", "text_en", "since")
LONGEST_CODE = 40


async def enter(kind: str, *, name_de: str, actor: str = "", **facts: Any) -> Entry:
    """Enter a term at the end of its catalogue; its code, by which addresses know it, follows from its name.

    `facts`: name_en, text_de, text_en, since. Refused if the catalogue has the name already.
    """
    async with DB.transaction():
        known = await of_kind(kind)
        refuse_name_of_another(name_de, known)
        last = max((row.position for row in known), default=0)
        row = Entry(
            reference=new_reference(), kind=EntryKind(kind), code=free_code(name_de, known), name_de=name_de,
            position=last + 1, **facts,
        )  # fmt: skip
        await row.save()
        await record(actor, N_("catalogue entry added"), f"entry:{row.reference}", name_de)
    return row


async def change(row: Entry, *, actor: str = "", **facts: Any) -> list[str]:
    """Correct what is said of a term; returns the names of what became different."""
    changed = [name for name, value in facts.items() if getattr(row, name) != value]
    if not changed:
        return []
    async with DB.transaction():
        for name in changed:
            setattr(row, name, facts[name])
        others = [one for one in await of_kind(row.kind) if one.id != row.id]
        refuse_name_of_another(row.name_de, others)
        refuse_ended_before_begun(row, "since")
        await row.save()
        await record(actor, N_("catalogue entry changed"), f"entry:{row.reference}", row.name_de, ", ".join(changed))
    return changed


async def end(row: Entry, *, until: date, successor: Entry | None = None, actor: str = "") -> None:
    """The term is not chosen any more after `until`, its last day; what was entered with it stays.

    `successor` is what applies after it; refused if that is of another kind, or leads back to this one.
    """
    row.until = until
    refuse_ended_before_begun(row, "until")
    async with DB.transaction():
        await refuse_circle(row, successor)
        row.successor = successor.id if successor else None
        await row.save()
        after = successor.name_de if successor else ""
        await record(actor, N_("catalogue entry ended"), f"entry:{row.reference}", row.name_de, after)


async def go_on(row: Entry, *, actor: str = "") -> None:
    """The term applies after all."""
    async with DB.transaction():
        await Entry.update({Entry.until: None, Entry.successor: None}).where(Entry.id == row.id)
        await record(actor, N_("catalogue entry goes on"), f"entry:{row.reference}", row.name_de)


async def by_reference(reference: str) -> Entry | None:
    return await Entry.objects().get(Entry.reference == reference)


async def of_kind(kind: str, day: date | None = None) -> list[Entry]:
    """The terms of a catalogue in their order; with a day only those that apply on it."""
    found = await rows(Entry, "WHERE kind = {} ORDER BY position, id", kind)
    found.sort(key=lambda row: (row.position, sort_key(name_of(row))))
    return found if day is None else [row for row in found if applies(row, day)]


async def by_id() -> dict[int, Entry]:
    """All terms: there are few, and pages show many of them."""
    return {row.id: row for row in await rows(Entry, "ORDER BY kind, position, id")}


def applies(row: Entry, day: date) -> bool:
    return (row.since is None or row.since <= day) and (row.until is None or day <= row.until)


def name_of(row: Entry) -> str:
    """In the reader's language; where nobody wrote the English, the German."""
    return row.name_en or row.name_de if locale() == "en" else row.name_de


def names(terms: Iterable[Entry]) -> dict[str, str]:
    """Code → name, for what can be ticked."""
    return {row.code: name_of(row) for row in terms}


def text_of(row: Entry) -> str:
    return row.text_en or row.text_de if locale() == "en" else row.text_de


def chain(row: Entry, known: dict[int, Entry]) -> list[Entry]:
    """The term, what came after it, and so on; the last applies instead of an ended one."""
    found = [row]
    while (after := known.get(found[-1].successor or 0)) and all(after.id != one.id for one in found):
        found.append(after)
    return found


def free_code(name: str, known: Iterable[Entry]) -> str:
    taken = {row.code for row in known}
    code = "-".join(re.findall(r"[a-z0-9]+", folded(name)))[: LONGEST_CODE - 4].strip("-") or "term"
    return next(one for one in (code, *(f"{code}-{n}" for n in range(2, 999))) if one not in taken)


def refuse_name_of_another(name: str, others: Iterable[Entry]) -> None:
    if not name:
        raise Refused(_("Please enter the name."), "name_de")
    if any(folded(row.name_de) == folded(name) for row in others):
        raise Refused(_("“%(name)s” is in this catalogue already.", name=name), "name_de")


def refuse_ended_before_begun(row: Entry, field: str) -> None:
    if row.since and row.until and row.until < row.since:
        raise Refused(_("It applies from %(day)s on; it cannot end before.", day=format_day(row.since)), field)


async def refuse_circle(row: Entry, successor: Entry | None) -> None:
    if successor is None:
        return
    if successor.kind != row.kind:
        raise Refused(_("The successor has to stand in the same catalogue."), "successor")
    if row.id in [one.id for one in chain(successor, await by_id())]:
        raise Refused(_("“%(name)s” was itself replaced by this one.", name=name_of(successor)), "successor")
