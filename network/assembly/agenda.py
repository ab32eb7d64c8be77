"""The agenda: what is on it in which order, and on what the assembly may decide at all."""

from collections.abc import Sequence
from typing import Any

from network.activity import record
from network.assembly.meeting import State, state_of, taken, thing
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _
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


async def add(row: Assembly, kind: ItemKind, title: str, *, actor: str, text: str = "", **facts: Any) -> AgendaItem:
    """Put an item at the end. Refused once the assembly is closed or called off.

    After the invitation has gone out it is not announced: it can be talked about, not decided (§ 32 I 2 BGB).
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        last = await AgendaItem.count().where(AgendaItem.assembly == row.id)
        item = AgendaItem(
            reference=new_reference(), assembly=row.id, number=last + 1, kind=kind, title_de=title, text=text, **facts
        )
        await item.save()
        await record(actor, N_("agenda item added"), thing(row), row.title, title)
    return item


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


async def items_of(row: Assembly) -> list[AgendaItem]:
    mine = AgendaItem.assembly == row.id
    return await AgendaItem.objects().where(mine).order_by(AgendaItem.number).order_by(AgendaItem.id)


async def item_by_reference(row: Assembly, reference: str) -> AgendaItem | None:
    mine = (AgendaItem.assembly == row.id) & (AgendaItem.reference == reference)
    return await AgendaItem.objects().get(mine)


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
