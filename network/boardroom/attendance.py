"""The day of a board meeting: opened, who is there from when to when, whether that is enough to decide, closed."""

from collections.abc import Sequence

from network import clock
from network.activity import record
from network.association.bylaws import bylaws_on
from network.association.clauses import fraction
from network.boardroom.invited import follow, invited_to
from network.boardroom.meeting import State, refuse_not_running, refuse_over, state_of, taken, thing, too_early
from network.boardroom.tables import BoardMeeting, BoardPresence, Invited
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, local
from network.resolutions import quorum
from network.resolutions.quorum import Quorum
from network.resolutions.shares import Share


async def begin(row: BoardMeeting, *, actor: str) -> None:
    """Open it; who is on the board on that day has a vote. Refused before its day, and unless people are invited."""
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        if state_of(held) == State.PLANNED:
            raise Refused(_("Nobody has been invited to this meeting yet."))
        if early := too_early(held):
            raise Refused(early)
        if held.opened_at:
            return
        rules = await bylaws_on(clock.today())
        held.opened_at, held.rules_from = clock.now(), rules.valid_from if rules.id else None
        await held.save()
        await follow(held)
        await record(actor, N_("board meeting opened"), thing(held), held.title)


async def come(row: BoardMeeting, who: Invited, *, actor: str, online: bool = False) -> None:
    """Is there from now on. Who is there already stays as entered. Refused unless the meeting is open."""
    async with DB.transaction():
        refuse_not_running(await taken(row))
        if await spell_of(who) is None:
            await BoardPresence(invited=who.id, online=online, came_at=clock.now()).save()
            await record(actor, N_("came to a board meeting"), thing(row), row.title, who.name)


async def go(row: BoardMeeting, who: Invited, *, actor: str) -> None:
    """Leaves now, and with that the vote. Who is not there stays as it is."""
    async with DB.transaction():
        refuse_not_running(await taken(row))
        if spell := await spell_of(who):
            spell.left_at = clock.now()
            await spell.save()
            await record(actor, N_("left a board meeting"), thing(row), row.title, who.name)


async def close(row: BoardMeeting, *, actor: str) -> None:
    """Nothing is decided after that; the minutes can be drafted."""
    async with DB.transaction():
        held = await taken(row)
        refuse_not_running(held)
        held.closed_at = clock.now()
        await held.save()
        await record(actor, N_("board meeting closed"), thing(held), held.title)


# --- who is there ----------------------------------------------------------------------------------------------------


async def spell_of(who: Invited) -> BoardPresence | None:
    return await BoardPresence.objects().get((BoardPresence.invited == who.id) & (BoardPresence.left_at == None))


async def spells_of(row: BoardMeeting) -> list[BoardPresence]:
    mine = BoardPresence.invited.meeting == row.id
    return await BoardPresence.objects().where(mine).order_by(BoardPresence.came_at).order_by(BoardPresence.id)


async def present(row: BoardMeeting) -> list[Invited]:
    """Who is there now, guests too."""
    here = {one.invited for one in await spells_of(row) if one.left_at is None}
    return [one for one in await invited_to(row) if one.id in here]


async def quorum_of(row: BoardMeeting) -> Quorum:
    """Of the members of the board, by the bylaws; without a rule anybody suffices (§ 28 with § 32 BGB)."""
    return reckoned(await share_of(row), await present(row), await invited_to(row))


async def share_of(row: BoardMeeting) -> Share | None:
    rules = await bylaws_on(row.rules_from or local(row.starts_at), known_at=row.opened_at)
    share = fraction(rules.board_quorum)
    return Share(share) if share else None


def reckoned(share: Share | None, here: Sequence[Invited], everybody: Sequence[Invited]) -> Quorum:
    voters = sum(one.has_vote for one in here)
    return quorum.quorum(share, present=voters, total=sum(one.has_vote for one in everybody))
