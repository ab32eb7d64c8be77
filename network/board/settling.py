"""What follows from the terms beyond themselves: the roles of their holders, and what has to be seen to."""

from datetime import timedelta

from network import clock
from network.activity import WORKER
from network.association import profile
from network.board import duty, portrait
from network.board import ledger as ledgers
from network.board.ledger import Ledger
from network.board.seat import take_board
from network.database import DB, after_commit, rows
from network.people import roles
from network.people.tables import Person, Role, RoleKind

PICTURE_STAYS = timedelta(days=31)  # after somebody left, should that be put right


async def settle(actor: str) -> Ledger:
    """Part of each deed, after its rows are written: in its transaction, and with the board's row taken.

    The Impressum of the next page is that of the new board.
    """
    after_commit(profile.forget)
    after_commit(ledgers.forget)
    book = await ledgers.read()
    await follow_roles(book, actor)
    await duty.follow(book)
    return book


async def settle_daily() -> None:
    """Daily: what nobody's deed brings about, as an end that came by itself or bylaws that have come into force."""
    async with DB.transaction():
        await take_board()
        book = await settle(WORKER)
        since = clock.today() - PICTURE_STAYS
        await portrait.let_go_of_former({one.person_id for one in book.terms if one.last is None or one.last >= since})


async def follow_roles(book: Ledger, actor: str) -> None:
    """A role runs exactly as long as its term: it begins and ends by itself, and goes on in holdover."""
    known = {row.of: row for row in await rows(Role, "WHERE kind = {}", RoleKind.BOARD_MEMBER)}
    for term in book.terms:
        role = known.pop(term.reference, None)
        if role is None and (term.last is None or term.last >= clock.today()):
            person = await Person.objects().get(Person.id == term.person_id)
            assert person
            await roles.grant(
                person, RoleKind.BOARD_MEMBER, term.reference, since=term.since, until=term.last, actor=actor
            )
        elif role and (role.since, role.until) != (term.since, term.last):
            await roles.move(role, since=term.since, until=term.last)
    for gone in known.values():
        await roles.take_back(gone)
