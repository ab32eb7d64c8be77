"""Who is asked in writing, with how many votes and by which address: as of a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mailing.outbox import Address
from network.association.tables import Bylaws
from network.board import ledger
from network.board.tables import SeatKind
from network.errors import Refused
from network.i18n import _, format_names
from network.members import function, votes
from network.members.tables import FunctionKind, Organisation
from network.representing.check import reached_at
from network.resolutions.tables import Body


@dataclass(frozen=True, slots=True)
class Asked:
    """`key` tells it in forms: "person:reference", "organisation:reference"."""

    key: str
    name: str
    to: Address | None
    locale: str = "de"
    votes: int = 1
    person: int | None = None
    organisation: int | None = None
    casting: bool = False  # the chair's, whose vote decides a tie


async def voters(body: Body, day: date, rules: Bylaws) -> list[Asked]:
    return await board(day, rules) if body == Body.BOARD else await members(day, rules)


async def board(day: date, rules: Bylaws) -> list[Asked]:
    """Whoever is in office on the day, each one vote; the chair's is the casting one where the bylaws say so."""
    holders = (await ledger.read()).board(day).holders
    return [
        Asked(f"person:{one.person}", one.who, Address(one.name, one.email) if one.email else None, one.locale,
              person=one.person_id, casting=rules.casting_vote and one.kind == SeatKind.CHAIR)
        for one in holders
    ]  # fmt: skip


async def members(day: date, rules: Bylaws) -> list[Asked]:
    """Each member with a vote; the letter goes to its voting delegate, else to whoever represents it here."""
    found = await votes.votes_on(day, rules)
    if not found:
        return []
    rows = await Organisation.objects().where(Organisation.id.is_in([*found])).order_by(Organisation.sorting)
    return [
        Asked(f"organisation:{row.reference}", row.name, await speaker(row, day), votes=found[row.id],
              organisation=row.id)
        for row in rows
    ]  # fmt: skip


async def speaker(row: Organisation, day: date) -> Address | None:
    for held in await function.holding(row, day):
        if held.kind == FunctionKind.VOTING_DELEGATE and held.email and held.runs(day):
            return Address(held.name, held.email)
    to, _via = await reached_at(row)
    return to


def refuse_unreached(asked: Sequence[Asked]) -> None:
    """All have to be asked: a decision of which somebody was not told is none."""
    if not asked:
        raise Refused(_("There is nobody who could be asked."))
    if missing := [one.name for one in asked if one.to is None]:
        raise Refused(
            _("Everybody with a vote has to be asked. Please enter an e-mail address for %(names)s.",
              names=format_names(missing))
        )  # fmt: skip
