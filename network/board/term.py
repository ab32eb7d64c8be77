"""Terms begin: by an election that was accepted, by the board itself, by a court, or as they are known from before.

A day has one holder of a seat at most. Whoever is entered while somebody else holds the seat begins when that ends.
"""

from collections.abc import Sequence
from datetime import date

from network import clock
from network.activity import record
from network.association.reckoning import months_after
from network.association.tables import Bylaws
from network.board import ledger as ledgers
from network.board import rules, settling
from network.board.ledger import ELECTED, ONE_DAY, Held, Ledger
from network.board.seat import take_board
from network.board.tables import Beginning, Ending, Seat, Term
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_day
from network.people.tables import Person
from network.references import new_reference

EARLIEST_MONTHS = 12  # before the seat becomes free
GIVES_WAY = {Beginning.CO_OPTED, Beginning.APPOINTED_BY_COURT}  # to whoever is elected, whatever day was foreseen


async def take_office(
    seat: Seat,
    person: Person,
    *,
    accepted_on: date,
    source: str = "",
    by_election: bool = False,
    begins_on: date | None = None,
    gives_up: bool = False,
    honorary: bool = True,
    actor: str = "",
) -> Term:
    """Somebody was elected to this seat and accepts. `source` is the election's public reference, or words.

    The term begins with the acceptance (or on `begins_on`, a later day that was decided), never before whoever holds
    the seat has left it: a successor who is entered early does not act early. Whoever only stays until somebody is
    elected (holdover, co-opted, appointed by a court, without a set term) goes at once. It runs for the months of the
    bylaws in force (§§ 187, 188 BGB); a by-election only for the rest of the term where the bylaws say so.

    `gives_up` another seat that the person holds. Refused without it; also when the acceptance lies ahead, the bylaws
    know no such seat, the seat is held for more than a year, the term would run into that of a successor who has been
    entered already, or re-election has its limit.
    """
    rules.refuse_future(accepted_on)
    async with DB.transaction():
        book = await taken()
        mine = book.of_seat((seat.kind, seat.position))
        earliest = max(accepted_on, begins_on or accepted_on)
        since = first_day([one for one in mine if one.since <= earliest], earliest)
        until = last_regular(book, seat, since, at_once=since == accepted_on, by_election=by_election)
        rules.refuse_entered_for_later([one for one in mine if one.since > earliest], until)
        bylaws = book.bylaws_on(since)
        rules.refuse_unnamed(seat, bylaws, since)
        again = held_before(book, person, seat, since)
        rules.refuse_too_often(person, again, bylaws)
        await give_up(book, person, seat, since, allowed=gives_up, actor=actor)
        await make_room([one for one in mine if one.since <= earliest], since)
        row = Term(
            reference=new_reference(), seat=seat.id, person=person.id, since=since, accepted_on=accepted_on,
            until=until, began_as=how(by_election=by_election, again=again), source=source, honorary=honorary,
        )  # fmt: skip
        return await begun(row, N_("took office"), actor)


async def co_opt(
    seat: Seat, person: Person, *, accepted_on: date, source: str = "", until: date | None = None,
    honorary: bool = True, actor: str = "",
) -> Term:  # fmt: skip
    """The board itself fills a vacant seat until the next assembly, whose day is `until` where it is known.

    Never for longer than the rest of the term. Refused when the bylaws do not allow it, or the seat is not vacant.
    """
    rules.refuse_future(accepted_on)
    async with DB.transaction():
        book = await taken()
        bylaws = book.bylaws_on(accepted_on)
        if not bylaws.co_option:
            raise Refused(_("The bylaws do not let the board fill a seat itself: only the assembly elects (§ 27 BGB)."))
        known = [day for day in (until, rest_of_term(book, seat, accepted_on)) if day]
        row = Term(
            reference=new_reference(), seat=seat.id, person=person.id, since=accepted_on, accepted_on=accepted_on,
            until=min(known, default=None), began_as=Beginning.CO_OPTED, source=source, honorary=honorary,
        )  # fmt: skip
        await fill_vacancy(book, seat, person, row, bylaws)
        return await begun(row, N_("taken into the board until the next assembly"), actor)


async def appoint_by_court(
    seat: Seat, person: Person, *, accepted_on: date, source: str, until: date | None = None, actor: str = ""
) -> Term:
    """The court appoints somebody to a vacant seat until the gap is closed (§ 29 BGB); `source` is its file number."""
    rules.refuse_future(accepted_on)
    async with DB.transaction():
        book = await taken()
        row = Term(
            reference=new_reference(), seat=seat.id, person=person.id, since=accepted_on, accepted_on=accepted_on,
            until=until, began_as=Beginning.APPOINTED_BY_COURT, source=source, honorary=False,
        )  # fmt: skip
        await fill_vacancy(book, seat, person, row, book.bylaws_on(accepted_on))
        return await begun(row, N_("appointed by the court"), actor)


async def enter(
    seat: Seat,
    person: Person,
    *,
    since: date,
    until: date | None,
    began_as: str = Beginning.ENTERED,
    ended_on: date | None = None,
    ended_by: str = Ending.NONE,
    source: str = "",
    honorary: bool = True,
    actor: str = "",
) -> Term:
    """Write down a term from before this software, as it is known. Refused when two overlap on one seat."""
    row = Term(
        reference=new_reference(), seat=seat.id, person=person.id, since=since, until=until, began_as=began_as,
        ended_on=ended_on, ended_by=ended_by if ended_on else Ending.NONE, source=source, honorary=honorary,
    )  # fmt: skip
    rules.refuse_backwards(row)
    if since > clock.today():
        raise Refused(_("This day lies ahead. A term that has not begun is entered with its election."), "since")
    async with DB.transaction():
        book = await taken()
        rules.refuse_overlap(book, row, (seat.kind, seat.position))
        rules.refuse_two_seats(book, row, person)
        return await begun(row, N_("term entered"), actor)


async def begun(row: Term, verb: str, actor: str) -> Term:
    """Store it, with its activity row, the role that goes with it, and what has to be seen to."""
    await row.save()
    book = await settling.settle(actor)
    term = book.by_id(row.id)
    await record(actor, verb, term.thing, term.label, format_day(term.since))
    return row


async def taken() -> Ledger:
    """The board's row first, then what is written about it (decisions/0003)."""
    await take_board()
    return await ledgers.read()


# --- from when to when -----------------------------------------------------------------------------------------------


def first_day(mine: Sequence[Held], earliest: date) -> date:
    """Not before the seat is free; whoever gives way holds nobody up."""
    since = earliest
    for one in mine:
        if gives_way(one):
            since = max(since, one.since + ONE_DAY)
        elif (last := one.ended_on or one.until) and last >= since:
            if last > months_after(earliest, EARLIEST_MONTHS):
                raise Refused(
                    _("%(name)s holds this seat until %(day)s. A successor is entered a year ahead at most; if the "
                      "term ends earlier, please enter that first.", name=one.who, day=format_day(last)),
                    "seat",
                )  # fmt: skip
            since = last + ONE_DAY
    return since


def gives_way(one: Held) -> bool:
    return one.ended_on is None and (one.until is None or one.began_as in GIVES_WAY)


async def make_room(mine: Sequence[Held], since: date) -> None:
    """Whoever only held the seat until somebody was elected leaves it the day before."""
    for one in mine:
        if gives_way(one) and (one.until is None or one.until >= since):
            await ended(one, since - ONE_DAY, Ending.SUCCESSION)


def last_regular(book: Ledger, seat: Seat, since: date, *, at_once: bool, by_election: bool) -> date | None:
    """The last day of a term that begins on `since`; `at_once`: with an acceptance in the course of that day.

    Such a day does not count (§ 187 I BGB), and the term ends with the day of its number (§ 188 II): 15 March 2024 and
    three years make 15 March 2027. A term that begins with its day (§ 187 II) ends with the day before.
    """
    bylaws = book.bylaws_on(since)
    if by_election and bylaws.by_election == "rest" and (rest := rest_of_term(book, seat, since)):
        return rest
    if not bylaws.term_months:
        return None
    end = months_after(since, bylaws.term_months)
    if at_once or end.day != since.day:  # the month is shorter: then its last day it is (§ 188 III)
        return end
    return end - ONE_DAY


def rest_of_term(book: Ledger, seat: Seat, day: date) -> date | None:
    """Until when whoever was elected to this seat before would have held it; else as the rest of the board does."""
    before = [one for one in book.of_seat((seat.kind, seat.position)) if one.began_as in ELECTED and one.since <= day]
    if before and before[-1].until and before[-1].until >= day:
        return before[-1].until
    others = [one.until for one in book.terms if one.began_as in ELECTED and one.holds(day) and one.until]
    return max((until for until in others if until >= day), default=None) if not before else None


async def left_before_time(seats: Sequence[Seat], day: date) -> dict[str, date]:
    """By the seat's reference: until when the term would run of whoever was elected to it and left, or will have left.

    Only where the bylaws let who is elected in between take over no more than the rest of it.
    """
    book = await ledgers.read()
    if book.bylaws_on(day).by_election != "rest":
        return {}
    return {row.reference: last for row in seats if (last := unserved(book, row, day))}


def unserved(book: Ledger, seat: Seat, day: date) -> date | None:
    before = [one for one in book.of_seat((seat.kind, seat.position)) if one.began_as in ELECTED and one.since <= day]
    if not before or before[-1].ended_on is None or before[-1].until is None:
        return None
    since = max(day, before[-1].ended_on + ONE_DAY)
    return before[-1].until if before[-1].until >= since else None


# --- what goes with it ----------------------------------------------------------------------------------------------


def held_before(book: Ledger, person: Person, seat: Seat, since: date) -> int:
    """How many terms in the same office the person has behind them that follow one another up to this day."""
    before = [one for one in book.of_person(person.id) if one.kind == seat.kind and one.since < since]
    count, day = 0, since
    for one in sorted(before, key=lambda one: one.since, reverse=True):
        if one.last and one.last < day - ONE_DAY:
            break
        count, day = count + 1, one.since
    return count


def how(*, by_election: bool, again: int) -> Beginning:
    if by_election:
        return Beginning.BY_ELECTION
    return Beginning.RE_ELECTED if again else Beginning.ELECTED


async def give_up(book: Ledger, person: Person, seat: Seat, since: date, *, allowed: bool, actor: str) -> None:
    """One person has one seat. Whoever is only still in office leaves it without being asked (ledger.last_day)."""
    for one in book.of_person(person.id):
        last = one.ended_on or one.until
        if one.seat == seat.id or (last and last < since):
            continue
        if one.since >= since or not allowed:
            raise Refused(
                _("%(name)s holds another seat (%(seat)s). One person cannot hold two; please end that term first.",
                  name=one.who, seat=one.title),
                "name",
            )  # fmt: skip
        await ended(one, since - ONE_DAY, Ending.OTHER_SEAT)
        await record(actor, N_("left a seat for another"), one.thing, one.label, format_day(since - ONE_DAY))


async def fill_vacancy(book: Ledger, seat: Seat, person: Person, row: Term, bylaws: Bylaws) -> None:
    rules.refuse_unnamed(seat, bylaws, row.since)
    rules.refuse_backwards(row)
    holder = next((one for one in book.of_seat((seat.kind, seat.position)) if one.holds(row.since)), None)
    if holder:
        raise Refused(_("This seat is not vacant: %(name)s holds it.", name=holder.who), "seat")
    rules.refuse_overlap(book, row, (seat.kind, seat.position))
    rules.refuse_two_seats(book, row, person)


async def ended(one: Held, last: date, by: Ending) -> None:
    await Term.update({Term.ended_on: last, Term.ended_by: by}).where(Term.id == one.id)
