"""Who may not vote on an item, and why (§ 34 BGB): the member's own votes, and those it holds for others."""

from network import clock
from network.assembly.agenda import refuse_over
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.tables.day import Decision, VoteBan
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _
from network.members.tables import Organisation

REASONS = {
    "contract": N_("a contract with this member is decided on"),
    "litigation": N_("a lawsuit with this member is decided on"),
    "discharge": N_("its own discharge is decided on"),
}


async def impose(
    row: Assembly, item: AgendaItem, organisation: Organisation, *, why: str, actor: str, note: str = ""
) -> None:
    """Its votes leave the base of what is decided under this item from now on. Refused while a vote on it is open."""
    async with DB.transaction():
        refuse_over(await taken(row))
        await refuse_open_vote(item)
        if await standing(item, organisation):
            raise Refused(_("%(member)s is banned from this item already.", member=organisation.name), "organisation")
        await VoteBan(
            item=item.id, organisation=organisation.id, why=why, note=note, since=clock.now(), actor=actor
        ).save()
        await record(
            actor, N_("vote ban imposed"), thing(row), row.title, ": ".join((organisation.name, _(REASONS[why])))
        )


async def lift(row: Assembly, item: AgendaItem, organisation: Organisation, *, actor: str) -> None:
    """It may vote on the item again. Refused while a vote on it is open."""
    async with DB.transaction():
        refuse_over(await taken(row))
        await refuse_open_vote(item)
        if ban := await standing(item, organisation):
            ban.lifted_at = clock.now()
            await ban.save()
            await record(actor, N_("vote ban lifted"), thing(row), row.title, organisation.name)


async def standing(item: AgendaItem, organisation: Organisation) -> VoteBan | None:
    mine = (VoteBan.item == item.id) & (VoteBan.organisation == organisation.id)
    return await VoteBan.objects().get(mine & (VoteBan.lifted_at == None))


async def banned_from(item: AgendaItem) -> list[VoteBan]:
    bans = (VoteBan.item == item.id) & (VoteBan.lifted_at == None)
    return await VoteBan.objects(VoteBan.organisation).where(bans).order_by(VoteBan.since)


async def bans_of(row: Assembly) -> dict[int, list[VoteBan]]:
    """By item, in one question however long the agenda is."""
    bans = (VoteBan.item.assembly == row.id) & (VoteBan.lifted_at == None)
    found: dict[int, list[VoteBan]] = {}
    for one in await VoteBan.objects(VoteBan.organisation).where(bans).order_by(VoteBan.since):
        found.setdefault(one.item, []).append(one)
    return found


async def refuse_open_vote(item: AgendaItem) -> None:
    open_ones = (Decision.item == item.id) & (Decision.opened_at != None) & (Decision.decided_at == None)
    if await Decision.exists().where(open_ones):
        raise Refused(_("A vote on this item is open; who may vote was fixed when it was opened."))
