"""Votes that rest while a member owes contributions, where the bylaws say so (§§ 25, 38 BGB)."""

from network import clock
from network.assembly.agenda import refuse_over
from network.assembly.meeting import State, state_of, taken, thing
from network.assembly.noted import record
from network.assembly.ruling import rules_of
from network.assembly.tables.convocation import Suspension
from network.assembly.tables.meeting import Assembly
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _
from network.members.tables import Organisation


async def suspend(row: Assembly, organisation: Organisation, *, note: str, actor: str) -> None:
    """Its votes rest from now on. Refused where the bylaws say nothing of it, without a reason, and while the assembly
    takes place.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_fixed(held)
        if not (await rules_of(held)).arrears_suspend:
            raise Refused(
                _("By the bylaws members keep their vote also while they owe contributions (§§ 25, 38 BGB)."), "member"
            )
        if not note.strip():
            raise Refused(_("Please say what is owed."), "note")
        if not await Suspension.exists().where(standing(held) & (Suspension.organisation == organisation.id)):
            await Suspension(
                assembly=row.id, organisation=organisation.id, note=note, since=clock.now(), actor=actor
            ).save()
            await record(actor, N_("vote suspended"), thing(row), row.title, organisation.name)


async def lift(row: Assembly, organisation: Organisation, *, actor: str) -> None:
    """It has paid."""
    async with DB.transaction():
        held = await taken(row)
        refuse_fixed(held)
        gone = await Suspension.update({Suspension.lifted_at: clock.now()}).where(
            standing(held) & (Suspension.organisation == organisation.id)
        ).returning(Suspension.id)  # fmt: skip
        if gone:
            await record(actor, N_("vote no longer suspended"), thing(row), row.title, organisation.name)


def refuse_fixed(row: Assembly) -> None:
    refuse_over(row)
    if state_of(row) == State.RUNNING:
        raise Refused(_("This assembly is taking place."))


def standing(row: Assembly):  # type: ignore[no-untyped-def]  # noqa: ANN201  Piccolo's condition
    return (Suspension.assembly == row.id) & (Suspension.lifted_at == None)


async def suspended(row: Assembly) -> dict[int, str]:
    """By organisation: what it owes."""
    found = await Suspension.select(Suspension.organisation, Suspension.note).where(standing(row))
    return {one["organisation"]: one["note"] for one in found}
