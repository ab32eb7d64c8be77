"""All terms as a list to keep."""

from datetime import date
from typing import Any

from network.board import words
from network.board.ledger import Ledger, Standing
from network.i18n import N_, _

COLUMNS = (
    N_("Seat"), N_("Title"), N_("Name"), N_("First day"), N_("Regular end"), N_("Last day in office"),
    N_("How it began"), N_("Accepted on"), N_("Decided by"), N_("How it ended"), N_("Resignation received on"),
    N_("Ended by decision"), N_("Honorary"), N_("State"),
)  # fmt: skip
STANDINGS = {
    Standing.COMING: N_("begins later"),
    Standing.RUNNING: N_("in office"),
    Standing.HOLDOVER: N_("in office beyond the term"),
    Standing.OVER: N_("over"),
}


def columns() -> list[str]:
    return [_(name) for name in COLUMNS]


def lines(book: Ledger, day: date) -> list[list[Any]]:
    """A line for each term, by seat and then by time."""
    kinds = [kind for kind, _position in {one.place for one in book.terms}]
    return [
        [
            words.seat_name(one.kind, one.position, kinds.count(one.kind)), one.title, one.who, one.since, one.until,
            one.last, words.beginning(one.began_as), one.accepted_on, one.decided_by,
            words.ending(one.ended_by) if one.ended_on or one.standing(day) == Standing.OVER else "", one.received_on,
            one.end_source, _("yes") if one.honorary else _("no"), _(STANDINGS[one.standing(day)]),
        ]
        for one in book.terms
    ]  # fmt: skip
