"""Seats: which places the bylaws in force on a day put on the board.

A row comes into being when the bylaws first name its seat, and stays; whether it exists on a day is asked of them.
"""

from collections.abc import Iterable
from datetime import date

from network.association.bylaws import bylaws_on
from network.association.clauses import seats_of
from network.association.tables import Bylaws
from network.board.tables import Seat, SeatKind
from network.database import locked, rows
from network.references import new_reference

Place = tuple[str, int]  # the kind of a seat and its number among those of its kind
RANK = {kind.value: number for number, kind in enumerate(SeatKind)}


def places(bylaws: Bylaws) -> list[Place]:
    """The seats that these bylaws name, the chair first."""
    counts = seats_of(bylaws.board_seats)
    return [(kind, number) for kind in RANK for number in range(1, counts.get(kind, 0) + 1)]


async def seats_on(day: date) -> list[Seat]:
    """The seats of a day, the chair first."""
    return await rows_of(places(await bylaws_on(day)))


async def rows_of(wanted: Iterable[Place]) -> list[Seat]:
    """In this order; those that are asked for the first time are written down."""
    wanted = list(wanted)
    known = {(row.kind, row.position): row for row in await every()}
    if missing := [place for place in wanted if place not in known]:
        fresh = [Seat(reference=new_reference(), kind=kind, position=position) for kind, position in missing]
        await Seat.insert(*fresh).on_conflict(action="DO NOTHING", target=(Seat.kind, Seat.position))
        known = {(row.kind, row.position): row for row in await every()}
    return [known[place] for place in wanted]


async def every() -> list[Seat]:
    return sorted(await rows(Seat, "ORDER BY id"), key=rank)


def rank(row: Seat) -> tuple[int, int]:
    return order((row.kind, row.position))


def order(place: Place) -> tuple[int, int]:
    """The chair first."""
    return RANK[place[0]], place[1]


async def by_reference(reference: str) -> Seat | None:
    return await Seat.objects().get(Seat.reference == reference)


async def take_board() -> None:
    """The board's own row first: of two who fill a seat at the same moment, the second sees what the first did."""
    first = await rows(Seat, "ORDER BY id LIMIT 1")
    if first:
        await locked(Seat, first[0].id, Seat.changes)
