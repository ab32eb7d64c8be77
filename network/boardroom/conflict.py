"""Who has no vote on an item of a board meeting, and why (§ 34 with § 28 BGB): that vote leaves the base."""

from network import clock
from network.activity import record
from network.boardroom.meeting import refuse_not_running, refuse_over, taken, thing
from network.boardroom.tables import BoardItem, BoardMeeting, Conflict, Invited
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _

REASONS = {
    "contract": N_("A contract with this person is decided on (§ 34 BGB)"),
    "litigation": N_("A lawsuit with this person is decided on (§ 34 BGB)"),
    "declared": N_("The person declares a conflict of interest and does not vote"),
}


async def note(row: BoardMeeting, item: BoardItem, who: Invited, *, why: str, actor: str) -> None:
    """From now on this vote leaves the base of what is decided under the item.

    Refused while the meeting is not open, for a guest, who has no vote anyway, and for who has none already.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_not_running(held)
        if not who.has_vote:
            raise Refused(_("%(name)s has no vote on the board.", name=who.name), "who")
        if why not in REASONS:
            raise Refused(_("Please choose one of the entries."), "why")
        if await standing(item, who):
            raise Refused(_("%(name)s has no vote on this item already.", name=who.name), "who")
        await Conflict(item=item.id, invited=who.id, why=why, since=clock.now(), actor=actor).save()
        await record(actor, N_("conflict of interest noted"), thing(row), row.title, who.name)


async def lift(row: BoardMeeting, item: BoardItem, who: Invited, *, actor: str) -> None:
    """It was none; what was decided meanwhile stays as it was counted."""
    async with DB.transaction():
        refuse_over(await taken(row))
        if found := await standing(item, who):
            found.lifted_at = clock.now()
            await found.save()
            await record(actor, N_("conflict of interest taken back"), thing(row), row.title, who.name)


async def standing(item: BoardItem, who: Invited) -> Conflict | None:
    mine = (Conflict.item == item.id) & (Conflict.invited == who.id) & (Conflict.lifted_at == None)
    return await Conflict.objects().get(mine)


async def of_meeting(row: BoardMeeting) -> list[Conflict]:
    """Those that stand, with who has them."""
    mine = (Conflict.item.meeting == row.id) & (Conflict.lifted_at == None)
    return await Conflict.objects(Conflict.invited).where(mine).order_by(Conflict.id)
