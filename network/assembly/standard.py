"""What usually stands on an agenda, offered to be ticked; elections where terms of the board end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from network.assembly import agenda
from network.assembly.tables.meeting import Assembly, ItemKind
from network.association.reckoning import months_after
from network.board.tables import Ending, Term
from network.i18n import N_, _, speaking

SOON = 6  # months after an assembly: what ends by then is elected now, as the next one comes too late


@dataclass(frozen=True, slots=True)
class Usual:
    kind: ItemKind
    title: str
    ticked: bool = True


ITEMS = {
    "opening": Usual(ItemKind.FORMAL, N_("Opening, presence and quorum, agenda")),
    "report": Usual(ItemKind.REPORT, N_("Report of the board")),
    "accounts": Usual(ItemKind.REPORT, N_("Annual accounts and report of the auditors")),
    "discharge": Usual(ItemKind.DISCHARGE, N_("Discharge of the board")),
    "budget": Usual(ItemKind.RESOLUTION, N_("Budget")),
    "contributions": Usual(ItemKind.CONTRIBUTIONS, N_("Contributions"), ticked=False),
    "election": Usual(ItemKind.ELECTION, N_("Election of the board"), ticked=False),
    "auditors": Usual(ItemKind.ELECTION, N_("Election of the auditors"), ticked=False),
    "bylaws": Usual(ItemKind.BYLAWS, N_("Change of the bylaws"), ticked=False),
    "other": Usual(ItemKind.ANY_OTHER, N_("Any other business")),
}


async def ticked(day: date) -> list[str]:
    """What is ticked to begin with; the board's election where terms end by then or soon after."""
    due = bool(await ending(day))
    return [key for key, usual in ITEMS.items() if usual.ticked or (key == "election" and due)]


async def ending(day: date) -> list[Term]:
    """Terms of the board whose regular end lies before the assembly of this day, or soon after it."""
    near = (Term.until != None) & (Term.until <= months_after(day, SOON)) & (Term.ended_by == Ending.NONE)
    found = await Term.objects(Term.person).where(near).order_by(Term.until)
    later = {one["seat"] for one in await Term.select(Term.seat).where(Term.since > day)}
    latest = {one.seat: one for one in found}
    return [one for one in found if latest[one.seat].id == one.id and one.seat not in later]


async def lay_out(row: Assembly, keys: Collection[str], *, actor: str) -> None:
    """Put what was ticked on the agenda, in both languages and in its usual order."""
    for key, usual in ITEMS.items():
        if key in keys:
            with speaking("de"):
                title = _(usual.title)
            await agenda.add(row, usual.kind, title, title_en=usual.title, actor=actor)
