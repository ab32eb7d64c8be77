"""Delegates: who casts a member's votes in an assembly, by its own authorisation (§§ 26, 164 BGB); no proxy."""

from network import clock
from network.assembly.agenda import refuse_over
from network.assembly.attendance import entitled
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.tables.convocation import Delegate
from network.assembly.tables.meeting import Assembly
from network.database import DB
from network.errors import Refused
from network.files import File
from network.i18n import N_, _, local
from network.members import function
from network.members.tables import Organisation
from network.people.tables import Person
from network.references import new_reference

CAPACITIES = {
    "legal": N_("legal representative"),
    "delegate": N_("authorised by the member"),
}


async def name(
    row: Assembly,
    organisation: Organisation,
    *,
    who: str,
    email: str,
    capacity: str,
    actor: str,
    document: File | None = None,
) -> Delegate:
    """From now on this is who casts the member's votes; whoever was named before is not any more.

    Refused for who has no vote, and once the assembly is closed or called off.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        if organisation.id not in await entitled(held):
            raise Refused(_("%(member)s has no vote in this assembly.", member=organisation.name))
        known = await Person.objects().get(Person.email == email) if email else None
        await end_of(held, organisation)
        made = Delegate(
            reference=new_reference(), assembly=row.id, organisation=organisation.id, name=who, email=email,
            person=known.id if known and known.name == who else None, capacity=capacity,
            document=document.id if document else None, named_at=clock.now(), actor=actor,
        )  # fmt: skip
        await made.save()
        await record(actor, N_("delegate named"), thing(row), row.title, organisation.name)
    return made


async def withdraw(row: Assembly, organisation: Organisation, *, actor: str) -> None:
    """Nobody is named any more."""
    async with DB.transaction():
        refuse_over(await taken(row))
        if await end_of(row, organisation):
            await record(actor, N_("delegate withdrawn"), thing(row), row.title, organisation.name)


async def end_of(row: Assembly, organisation: Organisation) -> bool:
    running = (Delegate.assembly == row.id) & (Delegate.organisation == organisation.id)
    gone = await Delegate.update({Delegate.withdrawn_at: clock.now()}).where(
        running & (Delegate.withdrawn_at == None)
    ).returning(Delegate.id)  # fmt: skip
    return bool(gone)


async def delegates_of(row: Assembly) -> dict[int, Delegate]:
    """By organisation: who is named now."""
    running = (Delegate.assembly == row.id) & (Delegate.withdrawn_at == None)
    return {one.organisation: one for one in await Delegate.objects().where(running).order_by(Delegate.id)}


async def suggested(row: Assembly, organisation: Organisation) -> tuple[str, str]:
    """Name and address of whoever usually votes for it."""
    held = await function.delegate_of(organisation, local(row.starts_at))
    return (held.who, held.email) if held else ("", "")
