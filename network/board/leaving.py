"""Terms end before their time: by resignation, removal, death, or because the next assembly has elected."""

from datetime import date

from network import clock
from network.activity import record
from network.board import settling
from network.board.ledger import ONE_DAY, Held
from network.board.tables import Beginning, Ending, Term
from network.board.term import taken
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_day

ENDED_OTHERWISE = (Ending.DEATH, Ending.EMPLOYMENT, Ending.OTHER)


async def resign(reference: str, *, received_on: date, effective_on: date, source: str = "", actor: str = "") -> None:
    """A resignation that was received; `effective_on` is the last day in office. From the next day the seat is vacant.

    Refused when it works backwards, lies ahead, or comes after the term has ended.
    """
    if received_on > clock.today():
        raise Refused(_("A resignation counts when it has been received; this day lies ahead."), "received_on")
    if effective_on < received_on:
        raise Refused(_("A resignation cannot take effect before it was received."), "effective_on")
    async with DB.transaction():
        term = await running(reference, effective_on, "effective_on")
        await end_with(term, effective_on, Ending.RESIGNATION, received_on=received_on, source=source)
        await told(term, N_("resignation received"), effective_on, actor)


async def remove(reference: str, *, decided_on: date, source: str, actor: str = "") -> None:
    """The assembly removes somebody (§ 27 (2) BGB): they act no more from that day on, and their last day is the one
    before (or the day itself, where they only began on it). `source` is the resolution.
    """
    if decided_on > clock.today():
        raise Refused(_("This day lies ahead. Please enter the removal when it has been decided."), "decided_on")
    async with DB.transaction():
        term = await running(reference, decided_on, "decided_on")
        await end_with(term, max(term.since, decided_on - ONE_DAY), Ending.REMOVAL, source=source)
        await told(term, N_("removed from the board"), decided_on, actor)


async def end(reference: str, *, on: date, by: str, source: str = "", actor: str = "") -> None:
    """Death, leaving the member organisation where the bylaws end the office with that, or something else: `on` is the
    last day in office.
    """
    if by not in ENDED_OTHERWISE:
        raise Refused(_("Please choose what ended the term."), "by")
    if by == Ending.DEATH and on > clock.today():
        raise Refused(_("This day lies ahead."), "on")
    async with DB.transaction():
        term = await running(reference, on, "on")
        book = await taken()
        if by == Ending.EMPLOYMENT and not book.bylaws_on(on).ends_with_employment:
            raise Refused(_("The bylaws let whoever leaves the member organisation stay on the board."), "by")
        await end_with(term, on, Ending(by), source=source)
        await told(term, N_("term ended"), on, actor)


async def end_co_options(*, on: date, source: str = "", actor: str = "") -> int:
    """An assembly was held on this day: whoever the board had taken in until then leaves with it, unless elected now
    (then the seat has been filled already). Returns how many.
    """
    async with DB.transaction():
        book = await taken()
        leaving = [
            one for one in book.terms
            if one.began_as == Beginning.CO_OPTED and one.since <= on and (one.last is None or one.last > on)
        ]  # fmt: skip
        for term in leaving:
            await end_with(term, on, Ending.SUCCESSION, source=source)
            await told(term, N_("left the board with the assembly"), on, actor)
        return len(leaving)


async def running(reference: str, day: date, field: str) -> Held:
    """The term, with the board's row taken. Refused unless it runs on the day and nothing has ended it."""
    book = await taken()
    term = book.known(reference)
    if term is None:
        raise Refused(_("This term is not known any more."))
    if term.ended_on:
        raise Refused(
            _("This term ends on %(day)s already. If that is wrong, please correct it.", day=format_day(term.ended_on))
        )
    if day < term.since:
        raise Refused(_("The term only begins on %(day)s.", day=format_day(term.since)), field)
    if term.last and term.last < day:
        raise Refused(_("The term ends before that, on %(day)s.", day=format_day(term.last)), field)
    return term


async def end_with(
    term: Held, last: date, by: Ending, *, source: str = "", received_on: date | None = None
) -> None:  # fmt: skip
    await Term.update(
        {Term.ended_on: last, Term.ended_by: by, Term.end_source: source, Term.received_on: received_on}
    ).where(Term.id == term.id)


async def told(term: Held, verb: str, day: date, actor: str) -> None:
    await settling.settle(actor)
    await record(actor, verb, term.thing, term.label, format_day(day))
