"""Letters about the board: to the office and to whoever chairs it."""

from collections.abc import Sequence
from datetime import date

from mailing.addresses import address_key
from mailing.outbox import Address
from network import clock
from network.association.profile import known_profile, post
from network.board.ledger import Held, Ledger
from network.board.tables import SeatKind
from network.people.tables import Person, Role, RoleKind


async def term_ends(book: Ledger, until: date, terms: Sequence[Held], *, holdover: bool) -> None:
    """Whose term ends on which day, and what has to be done before."""
    today = clock.today()
    for to, locale in await readers(book, today):
        await post(
            "board/term_ends", to, locale=locale, about=terms[0].thing, reader=to, until=until, terms=terms,
            holdover=holdover, months=months_between(today, until),
        )  # fmt: skip


def months_between(first: date, last: date) -> int:
    """Whole months, rounded up: nine are nine also when the letter goes out a day late."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return max(1, months + (last.day > first.day))


async def readers(book: Ledger, day: date) -> list[tuple[Address, str]]:
    """The office (its people, else the association's own address) and the chair (else the whole board), each once."""
    working = (Role.kind == RoleKind.OFFICE) & (Role.of == "") & (Role.since <= day)
    ids = Role.select(Role.person).where(working & ((Role.until == None) | (Role.until >= day)))
    people = await Person.objects().where(Person.id.is_in(ids)).order_by(Person.sorting)
    office = [(Address(one.name, one.email), one.locale) for one in people if one.email]
    if not office:
        association = await known_profile()
        office = [(Address(association.short_name, association.email), "de")]
    holders = book.board(day).holders
    chairs = [one for one in holders if one.kind == SeatKind.CHAIR] or holders
    every = [*office, *((Address(one.name, one.email), one.locale) for one in chairs if one.email)]
    return list({address_key(to.email): (to, locale) for to, locale in reversed(every)}.values())[::-1]
