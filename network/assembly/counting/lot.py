"""The lot between equals: drawn by hand and entered, or drawn from a word that was written down before; never silently.

Only where the bylaws say so (OLG München 31 Wx 81/07), or where the rules of a count name it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import sha256

from network.errors import Refused
from network.i18n import _

TWO = 2


@dataclass(frozen=True, slots=True)
class Lot:
    """`seed` is the word that it was drawn from, "" when it was drawn by hand."""

    among: frozenset[str]
    drawn: str
    seed: str = ""


def entered(among: Collection[str], drawn: str) -> Lot:
    """What was drawn by hand. Refused for fewer than two, and for somebody who was not among them."""
    refuse_no_lot(among)
    if drawn not in among:
        raise Refused(_("Whoever is drawn must be one of those who stand equal."), "drawn")
    return Lot(frozenset(among), drawn)


def drawn_from(seed: str, among: Collection[str]) -> Lot:
    """Anybody can draw it again: the smallest SHA-256 of "seed, line feed, candidate" in UTF-8. Refused without a
    seed.
    """
    refuse_no_lot(among)
    if not seed.strip():
        raise Refused(_("Please write down the word that the lot is drawn from before drawing."), "seed")
    drawn = min(among, key=lambda one: (sha256(f"{seed}\n{one}".encode()).digest(), one))
    return Lot(frozenset(among), drawn, seed)


def refuse_no_lot(among: Collection[str]) -> None:
    if len(set(among)) < TWO:
        raise Refused(_("A lot is drawn between at least two."), "among")
