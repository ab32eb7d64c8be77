"""Who is there: members come and go, in the room and online, and with them the votes that they hold."""

from collections.abc import Collection
from datetime import datetime

from network import clock
from network.assembly.agenda import refuse_over
from network.assembly.meeting import State, state_of, taken, thing, too_early
from network.assembly.noted import record
from network.assembly.roll import Given, Roll, Spell, roll
from network.assembly.ruling import rules_of
from network.assembly.tables.convocation import Proxy, Suspension
from network.assembly.tables.day import Entitled, Presence, VoteBan
from network.assembly.tables.meeting import AgendaItem, Assembly, Mode
from network.database import DB, rows
from network.errors import Refused
from network.i18n import N_, _, local
from network.members import votes
from network.members.tables import Organisation
from network.references import new_reference

PLACES = {"room": N_("in the room"), "online": N_("online")}


async def come(
    row: Assembly, organisation: Organisation, *, name: str, actor: str, place: str = "room", at: datetime | None = None
) -> Presence:
    """A member is there from now on, with who came for it.

    Refused when it has no vote and so belongs with the guests, when it is there already, online where the assembly is
    in the room alone and the other way round, and when the assembly is not convened or is over.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_closed_door(held)
        refuse_place(held, place)
        if organisation.id not in await entitled(held):
            words = _("%(member)s has no vote on this day and is entered as a guest.", member=organisation.name)
            raise Refused(words, "organisation")
        if await there(row, organisation):
            raise Refused(_("%(member)s is there already.", member=organisation.name), "organisation")
        spell = Presence(
            reference=new_reference(), assembly=row.id, organisation=organisation.id, name=name, place=place,
            came_at=at or clock.now(), actor=actor,
        )  # fmt: skip
        await spell.save()
        await record(actor, N_("member came"), thing(row), row.title, organisation.name)
    return spell


async def go(row: Assembly, organisation: Organisation, *, actor: str, why: str = "") -> None:
    """It leaves now, and with it the votes given to it; who had left already stays as it was."""
    async with DB.transaction():
        refuse_over(await taken(row))
        spell = await there(row, organisation)
        if spell is None:
            return
        spell.left_at, spell.why_left = clock.now(), why
        await spell.save()
        await record(actor, N_("member left"), thing(row), row.title, organisation.name)


async def there(row: Assembly, organisation: Organisation) -> Presence | None:
    mine = (Presence.assembly == row.id) & (Presence.organisation == organisation.id)
    return await Presence.objects().get(mine & (Presence.left_at == None))


def refuse_closed_door(row: Assembly) -> None:
    refuse_over(row)
    if state_of(row) == State.PLANNED:
        raise Refused(_("This assembly has not been convened yet."))
    if early := too_early(row):
        raise Refused(early)


def refuse_place(row: Assembly, place: str) -> None:
    if place == "online" and row.mode == Mode.IN_PERSON:
        raise Refused(
            _("This assembly is in the room alone; the invitation names no way to take part online."), "place"
        )
    if place == "room" and row.mode == Mode.VIRTUAL:
        raise Refused(_("This assembly is online only; there is no room."), "place")


# --- the roll --------------------------------------------------------------------------------------------------------


async def entitled(row: Assembly) -> dict[int, int]:
    """How many votes each member has: by its sites on the key date, and only who is a member on the day itself.

    Whose votes rest because of arrears is not among them.
    """
    counted, resting = await counted_votes(row), await resting_votes(row)
    return {member: number for member, number in counted.items() if member not in resting}


async def counted_votes(row: Assembly) -> dict[int, int]:
    """The same, those that rest included; of an assembly that is over as they were when it closed."""
    if row.closed_at and (kept := await Entitled.objects().where(Entitled.vote == thing(row)).order_by(Entitled.id)):
        return {one.organisation: one.votes for one in kept}
    day, rules = local(row.starts_at), await rules_of(row)
    counted = await votes.votes_on(row.key_date or day, rules)
    still = counted if row.key_date in (None, day) else await votes.votes_on(day, rules)
    return {member: number for member, number in counted.items() if member in still}


async def keep_votes(row: Assembly) -> None:
    """When it closes: what becomes of sites, members and bylaws later changes its attendance list no more."""
    counted = await counted_votes(row)
    if counted:
        await Entitled.insert(*(
            Entitled(assembly=row.id, vote=thing(row), organisation=member, votes=number)
            for member, number in counted.items()
        ))  # fmt: skip


async def resting_votes(row: Assembly) -> set[int]:
    standing = (Suspension.assembly == row.id) & (Suspension.lifted_at == None)
    return {one["organisation"] for one in await Suspension.select(Suspension.organisation).where(standing)}


async def spells_of(row: Assembly) -> list[Spell]:
    found = await rows(Presence, "WHERE assembly = {} ORDER BY came_at, id", row.id)
    return [Spell(one.organisation, one.came_at, one.left_at, one.place) for one in found]


async def proxies_of(row: Assembly) -> list[Given]:
    given = await Proxy.objects().where((Proxy.assembly == row.id) & (Proxy.holder != None)).order_by(Proxy.entered_at)
    return [Given(one.giver, one.holder, one.entered_at, one.revoked_at) for one in given]


async def banned_from(item: AgendaItem) -> set[int]:
    bans = (VoteBan.item == item.id) & (VoteBan.lifted_at == None)
    return {ban["organisation"] for ban in await VoteBan.select(VoteBan.organisation).where(bans)}


async def roll_at(row: Assembly, moment: datetime | None = None, *, banned: Collection[int] = ()) -> Roll:
    """Who holds which votes now, or held then."""
    return roll(await entitled(row), await spells_of(row), await proxies_of(row), moment or clock.now(), banned=banned)
