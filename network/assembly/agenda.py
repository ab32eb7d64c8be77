"""The agenda: what is on it in which order, and on what the assembly may decide at all."""

from collections.abc import Sequence
from typing import Any

from network.assembly.meeting import State, state_of, taken, thing
from network.assembly.noted import record
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, locale
from network.references import new_reference
from network.resolutions.tables import Kind

WORDS = {
    ItemKind.FORMAL: N_("Formalities"),
    ItemKind.REPORT: N_("Report"),
    ItemKind.DISCUSSION: N_("Discussion"),
    ItemKind.RESOLUTION: N_("Resolution"),
    ItemKind.DISCHARGE: N_("Discharge of the board"),
    ItemKind.BYLAWS: N_("Change of the bylaws"),
    ItemKind.PURPOSE: N_("Change of the purpose"),
    ItemKind.DISSOLUTION: N_("Dissolution"),
    ItemKind.VIRTUAL: N_("Permission of virtual assemblies"),
    ItemKind.REMOVAL: N_("Removal from office"),
    ItemKind.CONTRIBUTIONS: N_("Contributions"),
    ItemKind.ELECTION: N_("Election"),
    ItemKind.ANY_OTHER: N_("Any other business"),
}
DECIDED = {  # what is decided under an item of this kind; under the others nothing is
    ItemKind.RESOLUTION: Kind.ORDINARY,
    ItemKind.DISCHARGE: Kind.DISCHARGE,
    ItemKind.BYLAWS: Kind.BYLAWS,
    ItemKind.PURPOSE: Kind.PURPOSE,
    ItemKind.DISSOLUTION: Kind.DISSOLUTION,
    ItemKind.VIRTUAL: Kind.VIRTUAL,
    ItemKind.REMOVAL: Kind.REMOVAL,
    ItemKind.CONTRIBUTIONS: Kind.CONTRIBUTIONS,
    ItemKind.ELECTION: Kind.ELECTION,
}

MEANING = {  # in a sentence, for whoever writes the agenda
    ItemKind.FORMAL: N_("Opening, who is there, the agenda itself. Nothing of substance is decided."),
    ItemKind.REPORT: N_("Somebody reports, members ask. Nothing is decided."),
    ItemKind.DISCUSSION: N_("Members talk about it. Nothing is decided."),
    ItemKind.RESOLUTION: N_("The members decide, usually with more yes than no."),
    ItemKind.DISCHARGE: N_(
        "The members approve of the board's work of a year. Who is discharged does not vote (§ 34 BGB)."
    ),
    ItemKind.BYLAWS: N_(
        "The members change the bylaws, by law with three quarters. Old and new text go with the invitation."
    ),
    ItemKind.PURPOSE: N_("Another purpose needs all members, the absent ones in writing (§ 33 (1) BGB)."),
    ItemKind.DISSOLUTION: N_("The association ends, by law with three quarters (§ 41 BGB)."),
    ItemKind.VIRTUAL: N_("The members allow assemblies to come to be online only (§ 32 (2) BGB)."),
    ItemKind.REMOVAL: N_("The members remove somebody from office (§ 27 (2) BGB)."),
    ItemKind.CONTRIBUTIONS: N_("The members decide what is to be paid."),
    ItemKind.ELECTION: N_("The members elect; candidates and ballots are prepared on the page of the elections."),
    ItemKind.ANY_OTHER: N_("Everything else. Nothing can be decided here (§ 32 (1) BGB)."),
}
ANNOUNCED = {"kind", "title_de", "title_en", "text"}


async def add(row: Assembly, kind: ItemKind, title: str, *, actor: str, text: str = "", **facts: Any) -> AgendaItem:
    """Put an item at the end, before "any other business". Refused once the assembly is closed or called off.

    After the invitation has gone out it stands behind all others and is not announced: it can be talked about, not
    decided (§ 32 I 2 BGB).
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        before = await items_of(row)
        number = len(before) + 1
        if before and before[-1].kind == ItemKind.ANY_OTHER and not held.convened_at:
            number = before[-1].number
            await AgendaItem.update({AgendaItem.number: number + 1}).where(AgendaItem.id == before[-1].id)
        item = AgendaItem(
            reference=new_reference(), assembly=row.id, number=number, kind=kind, title_de=title, text=text, **facts
        )
        await item.save()
        await record(actor, N_("agenda item added"), thing(row), row.title, title)
    return item


async def change(row: Assembly, item: AgendaItem, *, actor: str, **facts: Any) -> None:
    """Put an item right. What went out to the members keeps its kind, title and wording (§ 32 I 2 BGB)."""
    async with DB.transaction():
        refuse_over(await taken(row))
        still = await fresh(row, item)
        different = {name: value for name, value in facts.items() if getattr(still, name) != value}
        if is_told(still) and different.keys() & ANNOUNCED:
            raise Refused(_("This item went out to the members: its kind, title and wording stay (§ 32 I 2 BGB)."))
        if different:
            columns = {getattr(AgendaItem, name): value for name, value in different.items()}
            await AgendaItem.update(columns).where(AgendaItem.id == still.id)
            await record(actor, N_("agenda item changed"), thing(row), row.title, still.title_de)


async def remove(row: Assembly, item: AgendaItem, *, actor: str) -> None:
    """Take an item off, with its papers. Refused once it went out to the members: they decide on that."""
    async with DB.transaction():
        refuse_over(await taken(row))
        still = await fresh(row, item)
        if is_told(still):
            raise Refused(_("This item went out to the members. The assembly itself can take it off the agenda."))
        await still.remove()
        for number, one in enumerate(await items_of(row), start=1):
            await AgendaItem.update({AgendaItem.number: number}).where(AgendaItem.id == one.id)
        await record(actor, N_("agenda item removed"), thing(row), row.title, still.title_de)


async def move(row: Assembly, item: AgendaItem, *, up: bool, actor: str) -> None:
    """One place up or down; at the end of the list nothing happens."""
    order = [one.reference for one in await items_of(row)]
    here = order.index(item.reference)
    there = here + (-1 if up else 1)
    if 0 <= there < len(order):
        order[here], order[there] = order[there], order[here]
        await reorder(row, order, actor=actor)


async def reorder(row: Assembly, wanted: Sequence[str], *, actor: str) -> None:
    """Number the items in this order of references. Refused after the invitation, and when one is missing."""
    async with DB.transaction():
        held = await taken(row)
        if held.convened_at:
            raise Refused(_("The agenda went out with the invitation; its numbers stay as they are."))
        items = {item.reference: item for item in await items_of(row)}
        if set(wanted) != set(items):
            raise Refused(_("The agenda has changed meanwhile. Please look at it once more."))
        for number, reference in enumerate(wanted, start=1):
            await AgendaItem.update({AgendaItem.number: number}).where(AgendaItem.id == items[reference].id)
        await record(actor, N_("agenda put in order"), thing(row), row.title)


async def fresh(row: Assembly, item: AgendaItem) -> AgendaItem:
    still = await item_by_reference(row, item.reference)
    if still is None:
        raise Refused(_("The agenda has changed meanwhile. Please look at it once more."))
    return still


async def items_of(row: Assembly) -> list[AgendaItem]:
    mine = AgendaItem.assembly == row.id
    return await AgendaItem.objects().where(mine).order_by(AgendaItem.number).order_by(AgendaItem.id)


async def item_by_reference(row: Assembly, reference: str) -> AgendaItem | None:
    mine = (AgendaItem.assembly == row.id) & (AgendaItem.reference == reference)
    return await AgendaItem.objects().get(mine)


def title_of(item: AgendaItem) -> str:
    """In the language being spoken; what has no English title is called as it is in German."""
    return str((item.title_en if locale() == "en" else "") or item.title_de)


def is_told(item: AgendaItem) -> bool:
    """Whether the members know of it, be it for discussion only."""
    return bool(item.announced_at or item.told_at)


def why_undecidable(item: AgendaItem) -> str:
    """Why nothing can be decided under an item, naming the law; "" where it can."""
    if item.kind not in DECIDED:
        return _(
            "Nothing is decided under this item (§ 32 I 2 BGB: what is decided has to be named in the invitation)."
        )
    if item.announced_at is None:
        return _("This item did not stand in the invitation, so nothing can be decided on it (§ 32 I 2 BGB).")
    return ""


def refuse_over(row: Assembly) -> None:
    state = state_of(row)
    if state == State.OVER:
        raise Refused(_("This assembly is closed."))
    if state == State.CANCELLED:
        raise Refused(_("This assembly has been called off."))
