"""Who sits on the board and has left the member organisation, where the bylaws end the office with that."""

from datetime import date

from network.board.ledger import Held, Ledger
from network.database import marks
from network.members.tables import Function


async def found(book: Ledger, day: date) -> list[Held]:
    """Had functions in member organisations, and has none on the day. Nobody's office ends by that alone: only a
    person can say whether it was so.
    """
    board = book.board(day)
    holders = board.holders if board.bylaws.ends_with_employment else []
    if not holders:
        return []
    ids = [one.person_id for one in holders]
    rows = await Function.raw(f"SELECT person, since, until FROM held_function WHERE person IN ({marks(ids)})", *ids)
    known = {row["person"] for row in rows}
    still = {
        row["person"]
        for row in rows
        if (row["since"] is None or row["since"] <= day) and (row["until"] is None or row["until"] >= day)
    }
    return [one for one in holders if one.person_id in known - still]
