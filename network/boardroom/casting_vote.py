"""The casting vote: where the bylaws say so, that of the board's chair decides when the votes are equal (§ 28 BGB)."""

from collections.abc import Sequence

from network.association.bylaws import bylaws_on
from network.board import ledger
from network.board.tables import SeatKind
from network.boardroom.tables import BoardMeeting, Invited
from network.i18n import local


async def holder(row: BoardMeeting, voting: Sequence[Invited]) -> Invited | None:
    """The chair, of those who may vote now. None where the bylaws are silent, and while the chair is away or banned:
    then a tie is no majority.
    """
    if not (await bylaws_on(row.rules_from or local(row.starts_at))).casting_vote:
        return None
    holders = (await ledger.read()).board(local(row.starts_at)).holders
    chairs = {one.person_id for one in holders if one.kind == SeatKind.CHAIR}
    return next((one for one in voting if one.person in chairs), None)
