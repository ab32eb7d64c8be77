"""Who may do what with the board, and what its terms must not do."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from network import clock
from network.association.tables import Bylaws
from network.board.ledger import Held, Ledger
from network.board.seat import Place, places
from network.board.tables import Seat, Term
from network.board.words import seat_name
from network.errors import Refused
from network.i18n import _, format_day, ngettext
from network.people.tables import Person
from network.people.viewer import Viewer


def may_edit(viewer: Viewer) -> bool:
    """The office enters what the assembly and the board decided (DOMAIN 6)."""
    return viewer.is_office


def may_show(viewer: Viewer, person: Person) -> bool:
    """How somebody is shown in public (picture, title) is said by the person, or by the office that was told."""
    return viewer.is_office or (viewer.on_board and viewer.person_id == person.id)


def refuse_future(accepted_on: date) -> None:
    if accepted_on > clock.today():
        raise Refused(
            _("A term begins with the acceptance, and this day lies ahead. Please enter it when it has happened."),
            "accepted_on",
        )


def refuse_unnamed(seat: Seat, bylaws: Bylaws, day: date) -> None:
    if (seat.kind, seat.position) not in places(bylaws):
        name = seat_name(seat.kind, seat.position, 2 if seat.position > 1 else 1)
        raise Refused(
            _("The bylaws in force on %(day)s name no seat “%(seat)s”.", day=format_day(day), seat=name), "seat"
        )


def refuse_too_often(person: Person, again: int, bylaws: Bylaws) -> None:
    if bylaws.reelection_most and again > bylaws.reelection_most:
        raise Refused(
            ngettext(
                "The bylaws allow one re-election in a row, and %(name)s has had it.",
                "The bylaws allow %(num)s re-elections in a row, and %(name)s has had them.",
                bylaws.reelection_most,
                name=person.name,
            ),
            "name",
        )


def refuse_backwards(row: Term) -> None:
    for name in ("until", "ended_on"):
        day = getattr(row, name)
        if day and day < row.since:
            raise Refused(_("The end lies before the beginning"), name)


def refuse_overlap(book: Ledger, row: Term, place: Place) -> None:
    """Of the same seat, by the days that are written: in holdover somebody is only until another one begins."""
    for one in book.of_seat(place):
        if one.id != row.id and not is_before(row, one) and not is_before(one, row):
            raise Refused(
                _("Two terms cannot overlap on one seat: the bylaws name it once (§ 26 (1), § 27 (1) BGB), and "
                  "%(name)s holds it: %(days)s.",
                  name=one.who, days=one.span),
                "since",
            )  # fmt: skip


def refuse_entered_for_later(later: Sequence[Held], until: date | None) -> None:
    """Whoever has been entered to begin on another day keeps it: a term that is over before then is in nobody's way."""
    for one in later:
        if until and until < one.since:
            continue
        told = {"name": one.who, "day": format_day(one.since)}
        raise Refused(
            _("%(name)s has been entered for this seat from %(day)s on, and by the bylaws this term would run until "
              "%(until)s: two terms cannot overlap on one seat (§ 26 (1), § 27 (1) BGB). Please end or strike out the "
              "later term first, in the room of the board.", until=format_day(until), **told) if until else
            _("%(name)s has been entered for this seat from %(day)s on, and by the bylaws this term would run until "
              "somebody else is elected: two terms cannot overlap on one seat (§ 26 (1), § 27 (1) BGB). Please end or "
              "strike out the later term first, in the room of the board.", **told), "seat"
        )  # fmt: skip


def is_before(one: Any, other: Any) -> bool:
    """One ends before the other begins: by its end, or its regular end."""
    last = one.ended_on or one.until
    return last is not None and bool(last < other.since)


def refuse_two_seats(book: Ledger, row: Term, person: Person) -> None:
    """One person has one seat, by the days that are written; whoever begins on another leaves what was held over."""
    for one in book.of_person(person.id):
        if one.seat != row.seat and not is_before(row, one) and not is_before(one, row):
            raise Refused(
                _("%(name)s holds another seat in these days (%(seat)s, %(days)s).",
                  name=one.who, seat=one.title, days=one.span),
                "name",
            )  # fmt: skip
