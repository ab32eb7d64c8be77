"""Who represents the association on a day, alone or together (§ 26 BGB), and how that stands in the Impressum."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from network.association.profile import Represented
from network.board import ledger
from network.board.ledger import Board, Held, Ledger
from network.board.tables import SeatKind
from network.i18n import LOCALES, _, format_names, ngettext, speaking

ALL_OF_THEM = 12  # so many ways are told one by one


@dataclass(frozen=True, slots=True)
class Representation:
    """`needed`: so many have to act together. `able`: enough of them are in office."""

    mode: str  # as the bylaws name it: "majority", "two", "chair_and_one", "single"
    seats: int
    needed: int
    holders: tuple[Held, ...]
    able: bool

    @property
    def ways(self) -> list[tuple[Held, ...]]:
        """Everybody who can act together; the fewest that are enough."""
        if not self.able:
            return []
        together = combinations(self.holders, self.needed)
        if self.mode == "chair_and_one":
            return [way for way in together if way[0].kind == SeatKind.CHAIR]
        return list(together)

    @property
    def words(self) -> str:
        """In a sentence, such as "Any two of the three members of the board represent the association together."."""
        if not self.holders:
            return _("Nobody represents the association: there is no board (§ 29 BGB).")
        names = format_names(one.who for one in self.holders)
        if not self.able:
            return self.why_not(names)
        if self.mode == "chair_and_one" and self.needed > 1:
            return _("%(chair)s represents the association together with one more member of the board.",
                     chair=self.holders[0].who)  # fmt: skip
        if self.needed == 1:
            return self.alone(names)
        if self.needed == len(self.holders):
            return _("%(names)s represent the association together.", names=names)
        return _("Any %(needed)s of the %(holders)s members of the board represent the association together.",
                 needed=counted(self.needed), holders=counted(len(self.holders)))  # fmt: skip

    def alone(self, names: str) -> str:
        if len(self.holders) == 1:
            return _("%(name)s represents the association alone.", name=names)
        return _("Each member of the board represents the association alone.")

    def why_not(self, names: str) -> str:
        if self.mode == "chair_and_one" and self.holders[0].kind != SeatKind.CHAIR:
            return _("Nobody can represent the association: the chair has to act, and there is none (§ 29 BGB).")
        return ngettext(
            "Nobody can represent the association: %(needed)s have to act together, and only %(names)s is in office "
            "(§ 29 BGB).",
            "Nobody can represent the association: %(needed)s have to act together, and only %(names)s are in office "
            "(§ 29 BGB).",
            len(self.holders),
            needed=counted(self.needed),
            names=names,
        )


def counted(number: int) -> str:
    words = {1: _("one"), 2: _("two"), 3: _("three"), 4: _("four"), 5: _("five"), 6: _("six"), 7: _("seven")}
    return words.get(number, str(number))


def of_board(board: Board) -> Representation:
    """By the bylaws of the day. The majority is that of the seats: a board that lacks somebody needs as many."""
    mode, holders = board.bylaws.representation, tuple(board.holders)
    needed = {"majority": board.seats // 2 + 1, "two": 2, "chair_and_one": 2, "single": 1}[mode]
    needed = min(needed, max(board.seats, 1))
    able = len(holders) >= needed
    if mode == "chair_and_one":
        able = able and any(one.kind == SeatKind.CHAIR for one in holders)
    return Representation(mode, board.seats, needed, holders, able)


def lost_ahead(book: Ledger, board: Board) -> tuple[date, Representation] | None:
    """The first day from which on nobody can act, as somebody goes before the regular end; None while nobody does."""
    for day in sorted({one.last + ledger.ONE_DAY for one in board.holders if one.ended_on and one.last}):
        acting = of_board(book.board(day))
        if not acting.able:
            return day, acting
    return None


async def on(day: date) -> Representation:
    return of_board((await ledger.read()).board(day))


async def in_imprint(day: date) -> Represented | None:
    """For the association's profile: in both languages. None while no term has begun, so that what is typed counts."""
    book = await ledger.read_if_any()
    if book is None or not any(one.since <= day for one in book.terms):
        return None
    board = book.board(day)
    names, how = {}, {}
    for language in LOCALES:
        with speaking(language):
            names[language] = tuple(f"{one.who} ({one.title})" for one in board.holders) or (_("nobody at present"),)
            how[language] = of_board(board).words
    return Represented(names, how)
