"""A decision in a meeting of the board: each present member one vote, more yes than no (§ 28 with § 32 I 3 BGB)."""

from collections.abc import Sequence

from network import clock
from network.activity import record
from network.association.bylaws import bylaws_on
from network.boardroom import attendance, casting_vote, conflict
from network.boardroom.agenda import fresh
from network.boardroom.invited import invited_to
from network.boardroom.meeting import refuse_not_running, taken, thing
from network.boardroom.tables import BoardDecision, BoardItem, BoardMeeting, Invited, ItemKind
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_names, local
from network.references import new_reference
from network.resolutions import book, majorities
from network.resolutions.counts import Count
from network.resolutions.majorities import Decision
from network.resolutions.ruling import majority_in
from network.resolutions.tables import Body, Kind


async def decide(
    row: BoardMeeting, item: BoardItem, *, title: str, wording: str, yes: int, no: int, abstain: int = 0,
    casting: str = "", agreed: bool = False, actor: str,
) -> BoardDecision:  # fmt: skip
    """Enter the counts; the result is reckoned and stands in the resolution book at once.

    Refused while the meeting is not open, without a quorum, when the counts do not add up to the votes of those who are
    there and may vote (§ 34 BGB), and on what the invitation did not name, unless all are there and have `agreed`.
    Where the bylaws let the chair's vote decide a tie, `casting` says how it went, and a tie without that is refused.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_not_running(held)
        item = await fresh(held, item.reference)
        here = [one for one in await attendance.present(held) if one.has_vote]
        quorum = await attendance.quorum_of(held)
        if not here or not quorum.is_reached:
            raise Refused(quorum.words)
        unannounced = item.announced_at is None or item.kind == ItemKind.ANY_OTHER
        if unannounced:
            await refuse_surprise(held, here, agreed=agreed)
        banned = await without_vote(item, here)
        if len(banned) == len(here):
            raise Refused(_("Nobody who is here may vote on this (§ 34 BGB)."))
        chair = await casting_vote.holder(held, [one for one in here if one not in banned])
        if chair and yes == no > 0 and not casting:
            raise Refused(
                _("The votes are equal, and by the bylaws that of the chair decides. Please say how %(name)s voted.",
                  name=chair.name), "casting",
            )  # fmt: skip
        casting = casting if chair else ""
        result = await reckoned(held, Count(yes, no, abstain), len(here), len(banned), casting)
        made = BoardDecision(
            reference=new_reference(), item=item.id, title=title, wording=wording, represented=len(here),
            banned=len(banned), yes=yes, no=no, abstain=abstain,
            casting=result.casting, outcome=result.outcome, unannounced=unannounced,
            decided_at=clock.now(), actor=actor,
        )  # fmt: skip
        entry = await book.enter(
            Body.BOARD, kind=Kind.ORDINARY, title=title, wording=wording, outcome=result.outcome,
            taken_at=made.decided_at, actor=actor, rules_from=held.rules_from, rules_known_at=held.opened_at,
            represented=len(here), banned=len(banned), yes=yes, no=no, abstain=abstain, casting=result.casting,
            source=f"board_decision:{made.reference}",
        )  # fmt: skip
        made.resolution = entry.reference
        await made.save()
        await record(actor, N_("decided in a board meeting"), thing(held), held.title, title)
    return made


async def refuse_surprise(row: BoardMeeting, here: Sequence[Invited], *, agreed: bool) -> None:
    missing = [one.name for one in await invited_to(row) if one.has_vote and one.id not in {there.id for there in here}]
    law = _("This did not stand in the invitation (§§ 28, 32 (1) BGB).")
    if missing:
        raise Refused(
            " ".join([law, _("It can only be decided if all of the board are here: %(names)s are missing.",
                             names=format_names(missing))])
            if len(missing) > 1
            else " ".join([law, _("It can only be decided if all of the board are here: %(name)s is missing.",
                                  name=missing[0])])
        )  # fmt: skip
    if not agreed:
        raise Refused(" ".join([law, _("Please tick that all are here and agree to deciding on it.")]), "agreed")


async def without_vote(item: BoardItem, here: Sequence[Invited]) -> list[Invited]:
    return [one for one in here if await conflict.standing(item, one)]


async def reckoned(row: BoardMeeting, count: Count, represented: int, banned: int, casting: str = "") -> Decision:
    rules = await bylaws_on(row.rules_from or local(row.starts_at), known_at=row.opened_at)
    majority = majority_in(Body.BOARD, Kind.ORDINARY, in_writing=False, rules=rules)
    return majorities.decide(majority, count, represented=represented, banned=banned, casting=casting)


async def words_of(row: BoardMeeting, one: BoardDecision) -> str:
    """The arithmetic, told again from its counts."""
    count = Count(one.yes, one.no, one.abstain)
    return (await reckoned(row, count, one.represented, one.banned, one.casting)).words


async def of_meeting(row: BoardMeeting) -> list[BoardDecision]:
    return await BoardDecision.objects().where(BoardDecision.item.meeting == row.id).order_by(BoardDecision.id)


async def meeting_of(resolution: str) -> tuple[BoardMeeting, BoardItem] | None:
    """Where a resolution of the book was taken."""
    made = await BoardDecision.objects().get(BoardDecision.resolution == resolution)
    item = await BoardItem.objects().get(BoardItem.id == made.item) if made else None
    row = await BoardMeeting.objects().get(BoardMeeting.id == item.meeting) if item else None
    return (row, item) if row and item else None
