"""Whoever leaves the board while it decides in writing counts no more: all of the board of that time have to agree."""

from collections.abc import Sequence

from network import clock
from network.board import ledger
from network.circulars.tables import Circular, Voter
from network.i18n import local
from network.resolutions.tables import Body


async def still(row: Circular, everybody: Sequence[Voter]) -> list[Voter]:
    """Those of the board who are in office when it is decided (§ 28, § 32 III BGB); of members everybody."""
    if row.body != Body.BOARD:
        return list(everybody)
    day = local(row.decided_at) if row.decided_at else clock.today()
    board = {one.person_id for one in (await ledger.read()).board(day).holders}
    return [one for one in everybody if one.person is None or one.person in board]
