"""What has to be seen to when the board changes: the register, the bank, the lobby register, lists and keys.

Which things those are follows from the terms; a row only remembers that one of them was asked for and is done.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from network import clock
from network.activity import record
from network.board import ledger as ledgers
from network.board.ledger import ONE_DAY, Held, Ledger
from network.board.tables import Beginning, Duty
from network.database import DB, marks, rows
from network.i18n import N_, _
from network.references import new_reference

BEGIN, END = "begin", "end"
# Days after the change. § 67 BGB and § 3 LobbyRG say "at once".
DUE_DAYS = {"lobby_register": 0, "keys": 0, "register": 7, "bank": 7, "lists": 7}
ALONE = ("keys", "lists")  # of whoever goes while a successor comes: the rest is seen to with the successor
LOOK_BACK = timedelta(days=31)  # what changed longer ago was entered afterwards
WORDS = {
    (BEGIN, "register"): N_(
        "Apply at the register of associations, the signatures certified by a notary (§§ 67, 77 BGB)"
    ),
    (END, "register"): N_("Tell the register of associations, the signatures certified by a notary (§§ 67, 77 BGB)"),
    (BEGIN, "bank"): N_("Bank: power to sign for whoever is new"),
    (END, "bank"): N_("Bank: end the power to sign"),
    (BEGIN, "lobby_register"): N_(
        "Lobby register: name whoever is new, at once (§ 3 LobbyRG), if you are entered there"
    ),
    (END, "lobby_register"): N_("Lobby register: take the name out, at once (§ 3 LobbyRG), if you are entered there"),
    (BEGIN, "lists"): N_("Lists of addresses, letterhead and whatever else names the board"),
    (END, "lists"): N_("Take the name off lists of addresses, letterhead and whatever else names the board"),
    (BEGIN, "keys"): N_("Hand over keys, files and passwords"),
    (END, "keys"): N_("Get keys, files and passwords back"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody came or went, and what there is to do about it."""

    term: Held
    occasion: str
    duties: list[Duty]

    @property
    def day(self) -> date:
        """The first day on which it was so, or will be."""
        return self.term.since if self.occasion == BEGIN else (self.term.last or self.term.since) + ONE_DAY

    @property
    def open(self) -> list[Duty]:
        return [one for one in self.duties if one.done_on is None]

    @property
    def words(self) -> str:
        if self.occasion == BEGIN:
            return _("%(name)s takes office", name=self.term.who)
        return _("%(name)s leaves the board", name=self.term.who)


def words(row: Duty) -> str:
    return _(WORDS[row.occasion, row.kind])


async def follow(book: Ledger) -> None:
    """Write down what became due by the terms, and forget what no longer is; part of each deed, and done daily."""
    asked = {(term.id, occasion, kind): due for term, occasion, kind, due in wanted(book, clock.today())}
    known = {(row.term, row.occasion, row.kind): row for row in await rows(Duty, "")}
    fresh = [
        Duty(reference=new_reference(), term=term, occasion=occasion, kind=kind, due_on=due)
        for (term, occasion, kind), due in asked.items()
        if (term, occasion, kind) not in known
    ]
    if fresh:
        await Duty.insert(*fresh).on_conflict(action="DO NOTHING", target=(Duty.term, Duty.occasion, Duty.kind))
    today = clock.today()
    for key, row in known.items():
        if key in asked and row.done_on is None and row.due_on != asked[key]:
            await Duty.update({Duty.due_on: asked[key]}).where(Duty.id == row.id)
        elif key not in asked and row.done_on is None and is_moot(book.by_id(row.term), row, today):
            await Duty.delete().where(Duty.id == row.id)


def is_moot(term: Held, row: Duty, today: date) -> bool:
    """Nothing happened after all; what only became old stays to be done."""
    if row.occasion == BEGIN:
        return term.since > today - LOOK_BACK
    return term.last is None or term.last >= today - LOOK_BACK


def wanted(book: Ledger, today: date) -> Iterable[tuple[Held, str, str, date]]:
    """What has to be done about which term, and by when."""
    for term in book.terms:
        if term.began_as not in (Beginning.RE_ELECTED, Beginning.ENTERED) and term.since >= today - LOOK_BACK:
            yield from ((term, BEGIN, kind, term.since + timedelta(days=days)) for kind, days in DUE_DAYS.items())
        if leaves(book, term, today):
            first = (term.last or term.since) + ONE_DAY
            after = book.follower(term)
            kinds = ALONE if after and after.since == first else tuple(DUE_DAYS)
            yield from ((term, END, kind, first + timedelta(days=DUE_DAYS[kind])) for kind in kinds)


def leaves(book: Ledger, term: Held, today: date) -> bool:
    """It is known that somebody goes, or they went lately; whoever goes on in the same office does neither."""
    if term.last is None or term.last < today - LOOK_BACK or (term.ended_on is None and term.last >= today):
        return False
    next_day = term.last + ONE_DAY
    return not any(one.kind == term.kind and one.holds(next_day) for one in book.of_person(term.person_id))


async def tick(row: Duty, *, done: bool, actor: str) -> None:
    """It is done, or is not after all."""
    async with DB.transaction():
        day, who = (clock.today(), actor) if done else (None, "")
        await Duty.update({Duty.done_on: day, Duty.done_by: who}).where(Duty.id == row.id)
        book = await ledgers.read()
        verb = N_("seen to after a change of the board") if done else N_("to be seen to after all")
        term = book.by_id(row.term)
        await record(actor, verb, term.thing, term.label, words(row))


async def by_reference(reference: str) -> Duty | None:
    return await Duty.objects().get(Duty.reference == reference)


async def to_tell(kind: str) -> list[Duty]:
    """Those of one kind that are not done, for whoever sees to it."""
    return await rows(Duty, "WHERE kind = {} AND done_on IS NULL ORDER BY due_on, id", kind)


async def changes(book: Ledger, *, of: Iterable[Held] | None = None) -> list[Change]:
    """Those with something left to do, the oldest first; with `of`, all of these terms."""
    wanted_ids = [one.id for one in of] if of is not None else None
    if wanted_ids == []:
        return []
    where = f"WHERE term IN ({marks(wanted_ids)}) " if wanted_ids else ""
    found: dict[tuple[int, str], list[Duty]] = {}
    for row in await rows(Duty, f"{where}ORDER BY due_on, id", *(wanted_ids or [])):
        found.setdefault((row.term, row.occasion), []).append(row)
    told = [Change(book.by_id(term), occasion, duties) for (term, occasion), duties in found.items()]
    if wanted_ids is None:
        told = [one for one in told if one.open]
    return sorted(told, key=lambda one: (one.day, one.term.id))
