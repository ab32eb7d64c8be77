"""Members gather a minority's demand in their own rooms: one begins it, others sign, and it is handed over (§ 37 BGB).

Until then it is theirs: whoever signed can take that back, and neither office nor board does anything about it.
"""

from network import clock
from network.assembly.demand import (
    Case,
    case_of,
    cases,
    full_members,
    is_gathering,
    needed_of,
    refuse_stranger,
    thing,
)
from network.assembly.noted import record
from network.assembly.tables.afterwards import Demand, Supporter
from network.database import DB, locked
from network.errors import Refused
from network.i18n import N_, _
from network.members.tables import Organisation
from network.references import new_reference


async def begin(member: Organisation, *, purpose: str, reasons: str, actor: str) -> Demand:
    """A member writes what it demands and why, and is the first to sign. Refused for who is no full member today."""
    if not purpose.strip():
        raise Refused(_("A demand names its purpose (§ 37 (1) BGB)."), "purpose")
    if not reasons.strip():
        raise Refused(_("A demand gives its reasons (§ 37 (1) BGB)."), "reasons")
    today = clock.today()
    members = await full_members(today)
    refuse_stranger(member, members, today)
    made = Demand(
        reference=new_reference(), purpose=purpose.strip(), reasons=reasons.strip(), received_on=today,
        initiator=member.id, needed=await needed_of(len(members), today), members=len(members), actor=actor,
    )  # fmt: skip
    async with DB.transaction():
        await made.save()
        await Supporter(demand=made.id, organisation=member.id, since=today).save()
        await record(actor, N_("demand of a minority begun"), thing(made), made.purpose[:300], member.name)
    return made


async def sign(demand: Demand, member: Organisation, *, actor: str) -> None:
    """One more member stands behind it. Refused a second time, for who is no full member, and once handed over."""
    async with DB.transaction():
        still = await open_one(demand)
        refuse_stranger(member, await full_members(clock.today()), clock.today())
        if await signed(still, member):
            raise Refused(_("%(member)s supports it already.", member=member.name))
        await Supporter(demand=still.id, organisation=member.id, since=clock.today()).save()
        await record(actor, N_("demand of a minority supported"), thing(still), still.purpose[:300], member.name)


async def take_back(demand: Demand, member: Organisation, *, actor: str) -> None:
    """A member does not stand behind it any more. Whoever began it gives it up instead."""
    async with DB.transaction():
        still = await open_one(demand)
        if still.initiator == member.id:
            raise Refused(_("You began this demand; it ends when you give it up."))
        await Supporter.delete().where((Supporter.demand == still.id) & (Supporter.organisation == member.id))
        await record(actor, N_("support of a demand withdrawn"), thing(still), still.purpose[:300], member.name)


async def hand_over(demand: Demand, member: Organisation, *, actor: str) -> None:
    """It goes to the board, and its clock begins. The share is counted against the members of this day.

    Refused for another member than who began it, and while too few stand behind it.
    """
    async with DB.transaction():
        still = await own_one(demand, member)
        case = await case_of(still)
        if not case.is_enough:
            raise Refused(
                _("Too few members stand behind it: %(words)s (§ 37 (1) BGB).", words=case.words)
            )  # fmt: skip
        standing = [one.id for one in case.supporters]
        await Supporter.delete().where((Supporter.demand == still.id) & Supporter.id.not_in(standing))
        still.received_on, still.handed_over_at = clock.today(), clock.now()
        await still.save()
        await record(actor, N_("demand of a minority handed over"), thing(still), still.purpose[:300], case.words)


async def give_up(demand: Demand, member: Organisation, *, actor: str) -> None:
    """Whoever began it does not go on with it."""
    async with DB.transaction():
        still = await own_one(demand, member)
        still.closed_at = clock.now()
        await still.save()
        await record(actor, N_("demand of a minority withdrawn"), thing(still), still.purpose[:300], member.name)


async def own_one(demand: Demand, member: Organisation) -> Demand:
    still = await open_one(demand)
    if still.initiator != member.id:
        raise Refused(_("Only the member that began this demand can do that."))
    return still


async def open_one(demand: Demand) -> Demand:
    """As it is now, held; refused once it was handed over or given up."""
    still = await locked(Demand, demand.id, Demand.turns)
    if not is_gathering(still):
        raise Refused(_("This demand has been handed over or given up; nobody signs it here any more."))
    return still


# --- finding ---------------------------------------------------------------------------------------------------------


async def signed(demand: Demand, member: Organisation) -> bool:
    mine = (Supporter.demand == demand.id) & (Supporter.organisation == member.id)
    return bool(await Supporter.exists().where(mine))


async def shown_to(member: Organisation) -> list[Case]:
    """What members sign at the moment, and what this one signed or began, whatever became of it; the latest first."""
    return [
        one for one in await cases()
        if is_gathering(one.row) or one.row.initiator == member.id
        or any(by.organisation.id == member.id for by in one.supporters)
    ]  # fmt: skip
