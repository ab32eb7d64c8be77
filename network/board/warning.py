"""That terms end is told 9, 6 and 3 months ahead: on Today, and once each in a letter to the office and the chair."""

from dataclasses import dataclass
from datetime import date

from network import clock
from network.activity import WORKER, record
from network.association.reckoning import months_after
from network.board import ledger as ledgers
from network.board import letters
from network.board.ledger import ELECTED, Held, Ledger
from network.board.seat import take_board
from network.board.tables import Warned
from network.database import DB, marks, rows
from network.i18n import N_

STAGES = (9, 6, 3)  # months before the last regular day


@dataclass(frozen=True, slots=True)
class Ending:
    """Terms that end on the same day, without a successor so far; `months`: the stage that has been reached."""

    until: date
    months: int
    terms: list[Held]
    holdover: bool


def days(until: date) -> dict[int, date]:
    """When is told, by the months ahead."""
    return {months: months_after(until, -months) for months in STAGES}


def stage(until: date, day: date) -> int | None:
    """The last one that the day has reached; None before the first, and when the term is over."""
    reached = [months for months, told in days(until).items() if told <= day <= until]
    return min(reached, default=None)


def endings(book: Ledger, day: date) -> list[Ending]:
    """The earliest first."""
    found: dict[date, list[Held]] = {}
    for term in book.terms:
        goes_on = term.holds(day) and term.ended_on is None and book.follower(term) is None
        if goes_on and term.until and term.began_as in ELECTED and stage(term.until, day):
            found.setdefault(term.until, []).append(term)
    return [
        Ending(until, reached, terms, book.bylaws_on(until).holdover)
        for until, terms in sorted(found.items())
        if (reached := stage(until, day))
    ]


async def warn() -> None:
    """Daily: a letter for each stage that was reached since; of several at once only the last is written."""
    async with DB.transaction():
        await take_board()
        book = await ledgers.read()
        for one in endings(book, clock.today()):
            known = await told([term.id for term in one.terms])
            fresh = [term for term in one.terms if (term.id, one.months) not in known]
            if not fresh:
                continue
            await Warned.insert(
                *(
                    Warned(term=term.id, months=months, sent_at=clock.now())
                    for term in fresh
                    for months in STAGES
                    if months >= one.months and (term.id, months) not in known
                )
            )
            await letters.term_ends(book, one.until, fresh, holdover=one.holdover)
            for term in fresh:
                await record(WORKER, N_("end of a term told ahead"), term.thing, term.label, str(one.months))


async def told(ids: list[int]) -> set[tuple[int, int]]:
    found = await rows(Warned, f"WHERE term IN ({marks(ids)})", *ids)
    return {(row.term, row.months) for row in found}
