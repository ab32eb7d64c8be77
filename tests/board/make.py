"""A board for tests: bylaws with one chair and two deputies, three people, and seats by name."""

from datetime import date, time
from typing import Any

from network import clock
from network.association import bylaws
from network.board import ledger, seat, term
from network.board.tables import Seat, Term
from network.people import person
from network.people.tables import Person

THREE = {"board_seats": "chair=1 deputy=2", "term_months": 36, "holdover": True, "representation": "majority"}
CHAIR, FIRST, SECOND = ("chair", 1), ("deputy", 1), ("deputy", 2)
ELECTED = date(2027, 6, 11)


def on(day: date) -> Any:
    """Nine o'clock in Berlin."""
    return clock.set_to(clock.berlin(day, time(9)))


async def rules(valid_from: date = date(1995, 5, 12), **said: Any) -> None:
    await bylaws.enact("", valid_from=valid_from, **(THREE | said))


async def somebody(name: str, title: str = "") -> Person:
    return await person.enter(name, f"{name.rsplit(maxsplit=1)[-1].lower()}@example.org", title=title)


async def the_seat(place: tuple[str, int]) -> Seat:
    [row] = await seat.rows_of([place])
    return row


async def elected(place: tuple[str, int], who: Person | str, accepted_on: date, **more: Any) -> Term:
    """Takes office on a day; the clock stands there meanwhile."""
    someone = await somebody(who) if isinstance(who, str) else who
    with on(max(accepted_on, clock.today()) if clock.is_set() else accepted_on):
        return await term.take_office(await the_seat(place), someone, accepted_on=accepted_on, **more)


async def three(accepted_on: date = ELECTED) -> dict[str, Term]:
    """Henrike chairs, Tarek and Ruta are deputies."""
    return {
        "Henrike": await elected(CHAIR, "Henrike Vossberg", accepted_on),
        "Tarek": await elected(FIRST, "Tarek Linnemann", accepted_on),
        "Ruta": await elected(SECOND, await somebody("Ruta Kaspereit", "Dr."), accepted_on),
    }


async def board_on(day: date) -> dict[str, str]:
    """By seat, who holds it: "Henrike Vossberg", with "*" in holdover."""
    board = (await ledger.read()).board(day)
    held = {one.id for one in board.held_over}
    return {
        f"{one.kind} {one.position}": one.holder.name + ("*" if one.holder.id in held else "") if one.holder else ""
        for one in board.sittings
    }
