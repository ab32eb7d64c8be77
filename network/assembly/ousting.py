"""A removal that the members decided ends a term (§ 27 (2) BGB): the decision names who, and the term remembers it."""

from collections.abc import Sequence
from datetime import date

from network.assembly import announced
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.tables.day import Decision
from network.assembly.tables.meeting import Assembly
from network.board import leaving, ledger
from network.board.ledger import Held
from network.board.tables import Ending
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_names, local
from network.resolutions.tables import Kind, Outcome


async def carry_out(row: Assembly, decision: Decision, terms: Sequence[str], *, actor: str) -> list[Held]:
    """These terms end with the decision. The board needs no reason for it to be removed, unless the bylaws ask for one.

    Refused for another decision than an adopted removal, in a rehearsal, for nobody, and for who is not in office.
    """
    if decision.kind != Kind.REMOVAL or decision.outcome != Outcome.ADOPTED or decision.decided_at is None:
        raise Refused(_("Only an adopted decision to remove somebody ends a term (§ 27 (2) BGB)."))
    if row.rehearsal_of:
        raise Refused(_("This is a rehearsal: no term ends."))
    if not terms:
        raise Refused(_("Please say who was removed."), "terms")
    day = local(decision.decided_at)
    async with DB.transaction():
        await taken(row)
        known = {one.reference: one for one in await in_office(day)}
        if any(one not in known for one in terms):
            raise Refused(_("One of them is not in office any more."), "terms")
        for one in terms:
            await leaving.remove(one, decided_on=day, source=source_of(decision), actor=actor)
        names = format_names(known[one].who for one in terms)
        await record(actor, N_("removal from the board carried out"), thing(row), row.title, names)
    return [known[one] for one in terms]


async def in_office(day: date) -> list[Held]:
    return (await ledger.read()).board(day).holders


async def removed_by(decision: Decision) -> list[Held]:
    terms = (await ledger.read()).terms
    earlier = {f"resolution:{one.resolution}" for one in await announced.before(f"decision:{decision.reference}")}
    sources = {source_of(decision), *earlier}
    return [one for one in terms if one.ended_by == Ending.REMOVAL and one.end_source in sources]


def source_of(decision: Decision) -> str:
    return f"resolution:{decision.resolution}"
