"""What usually stands on an agenda, offered to be ticked; elections where terms of the board end."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from network.assembly import agenda
from network.assembly.tables.meeting import Assembly, ItemKind
from network.association.reckoning import months_after
from network.board import ledger
from network.board.ledger import Held, Sitting
from network.board.seat import places
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
    """What is ticked to begin with; the board's election where a seat is vacant then, or becomes so soon after."""
    due = bool(await vacant(day) or await ending(day))
    return [key for key, usual in ITEMS.items() if usual.ticked or (key == "election" and due)]


async def ending(day: date) -> list[Held]:
    """Of the seats that the bylaws name, the last known terms that end before the assembly of this day or soon after
    it, be it early; the first to end comes first.
    """
    book = await ledger.read_if_any()
    if book is None:
        return []
    limit = months_after(day, SOON)
    known = [of_seat[-1] for place in places(book.bylaws_on(day)) if (of_seat := book.of_seat(place))]
    ends = [(end, one) for one in known if (end := one.ended_on or one.until) and end <= limit]
    return [one for _end, one in sorted(ends, key=lambda pair: pair[0])]


async def vacant(day: date) -> list[Sitting]:
    """Seats that nobody holds on the day; none where no term was ever entered."""
    book = await ledger.read_if_any()
    return book.board(day).vacant if book else []


async def lay_out(row: Assembly, keys: Collection[str], *, actor: str) -> None:
    """Put what was ticked on the agenda, in both languages and in its usual order."""
    for key, usual in ITEMS.items():
        if key in keys:
            with speaking("de"):
                title = _(usual.title)
            await agenda.add(row, usual.kind, title, title_en=usual.title, actor=actor)
