"""The kinds of clauses that bylaws are made of: how each is read, what nobody can mean, how it is told."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from network.errors import Refused
from network.i18n import N_, _, format_names, format_number, ngettext

MOST_VOTES = 99
MOST_SEATS = 60
FINEST = 10_000  # two places of a percentage; the column holds no longer fraction
MORE_YES, ALL = "more_yes", "all"  # of a majority: yes more than no; every member
SHARE = re.compile(r"^(\d{1,4})\s*/\s*(\d{1,4})$")
PERCENT = re.compile(r"^(\d{1,3})(?:[.,](\d{1,4}))?\s*%$")
SHARES = {
    Fraction(1, 2): N_("half"),
    Fraction(1, 3): N_("one third"),
    Fraction(2, 3): N_("two thirds"),
    Fraction(1, 4): N_("one quarter"),
    Fraction(3, 4): N_("three quarters"),
    Fraction(1, 5): N_("one fifth"),
    Fraction(4, 5): N_("four fifths"),
    Fraction(1, 10): N_("one tenth"),
    Fraction(9, 10): N_("nine tenths"),
}
SEATS = {
    "chair": N_("chair"),
    "deputy": N_("deputy chair"),
    "treasurer": N_("treasurer"),
    "secretary": N_("secretary"),
    "member": N_("further board member"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One thing that bylaws can say, kept in the column of that name.

    `silent` is what counts as long as they do not say it. `only` names the answers to the rule's first clause with
    which this one means anything. `read` takes what was typed or given, and refuses (field = name) what nobody can
    mean; `say` tells it in words.
    """

    name: str
    silent: Any
    label: str = ""  # "" where the rule's title says it
    hint: str = ""
    only: tuple[Any, ...] = ()

    def means_something(self, chosen: Any) -> bool:
        """With this answer to the rule's first clause."""
        return not self.only or chosen in self.only


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Clause):
    words: dict[str, str]

    def read(self, value: Any) -> str:
        if value not in self.words:
            raise Refused(_("Please choose one of the entries."), self.name)
        return str(value)

    def say(self, value: Any) -> str:
        return _(self.words[value])


@dataclass(frozen=True, slots=True, kw_only=True)
class Yes(Clause):
    """Yes or no; what that means is told in `yes` and `no`."""

    yes: str = N_("yes")
    no: str = N_("no")

    def read(self, value: Any) -> bool:
        if value in (True, "yes"):
            return True
        if value in (False, "no"):
            return False
        raise Refused(_("Please choose one of the entries."), self.name)

    def say(self, value: Any) -> str:
        return _(self.yes if value else self.no)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole(Clause):
    """A whole number from `least` to `most`; `count` says it with its noun, `zero` what 0 means."""

    least: int = 0
    most: int
    count: Callable[[int], str]
    zero: str = ""

    def read(self, value: Any) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            between = _("Please enter a number from %(least)s to %(most)s.", least=self.least, most=self.most)
            raise Refused(between, self.name)
        return value

    def say(self, value: Any) -> str:
        return _(self.zero) if self.zero and not value else self.count(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share(Clause):
    """A share of the members or votes: "3/4", "75 %"; 0 is none. Kept in lowest terms, "" where there is none."""

    told: str  # with %(share)s in it
    none: str = ""

    def read(self, value: Any) -> str:
        share = share_of(value, self.name)
        if share == 0 and not self.none:
            raise Refused(_("Please enter a share like 3/4 or 75 %."), self.name)
        return str(share) if share else ""

    def say(self, value: Any) -> str:
        share = fraction(value)
        return _(self.told, share=share_in_words(share)) if share else _(self.none)


@dataclass(frozen=True, slots=True, kw_only=True)
class Majority(Clause):
    """How many must agree: more yes than no ("more_yes", also typed as 1/2), a share of yes and no, or "all" members.

    At least the share has to agree, hence half would let a tie win, which nobody means; less is no majority.
    """

    unanimous: bool = False

    def read(self, value: Any) -> str:
        word = " ".join(str(value).lower().split())
        if word in (MORE_YES, *WORDS_FOR_MORE_YES):
            return MORE_YES
        if self.unanimous and word in (ALL, *WORDS_FOR_ALL):
            return ALL
        share = share_of(value, self.name)
        if share < Fraction(1, 2):
            raise Refused(_("Less than half of the votes is no majority."), self.name)
        return MORE_YES if share == Fraction(1, 2) else str(share)

    def say(self, value: Any) -> str:
        if value == MORE_YES:
            return _("more yes than no")
        if value == ALL:
            return _("all members, also those who are absent")
        return _("at least %(share)s of the votes cast", share=share_in_words(fraction(value) or Fraction(1)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Classes(Clause):
    def read(self, value: Any) -> str:
        text = " ".join(str(value or "").split())
        classes_of(text)
        return text

    def say(self, value: Any) -> str:
        return classes_in_words(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seats(Clause):
    """The board: how many of each kind of seat."""

    def read(self, value: Any) -> str:
        """Given as a text or as numbers by kind."""
        pairs = value if isinstance(value, dict) else seats_of(str(value))
        seats = {kind: int(pairs.get(kind) or 0) for kind in SEATS}
        if not 1 <= sum(seats.values()) <= MOST_SEATS or min(seats.values()) < 0:
            raise Refused(
                _("There must be a board (§ 26 (1) BGB): please give it from 1 to %(most)s seats.", most=MOST_SEATS),
                self.name,
            )
        return " ".join(f"{kind}={number}" for kind, number in seats.items() if number)

    def say(self, value: Any) -> str:
        return format_names(seat_in_words(kind, number) for kind, number in seats_of(value).items() if number)


Kind = Choice | Yes | Whole | Share | Majority | Classes | Seats

# What people type for a majority that is no share.
WORDS_FOR_MORE_YES = ("more yes than no", "simple", "mehr ja als nein", "einfach", "einfache mehrheit")
WORDS_FOR_ALL = ("all members", "alle mitglieder", "alle", "einstimmig")


# --- texts and what they mean ----------------------------------------------------------------------------------------


def fraction(text: str) -> Fraction | None:
    """What a stored share means: "3/4"; "all" is the whole; None for "" (none) and "more_yes", which is no share."""
    if text in ("", MORE_YES):
        return None
    return Fraction(1) if text == ALL else Fraction(text)


def share_of(typed: Any, field: str = "") -> Fraction:
    """From 0 to 1, as people write it: 3/4, 75 %, 66,67 %, 0, 1. Anything else is refused."""
    text = str(typed).strip()
    found: Fraction | None = None
    if match := SHARE.match(text):
        found = Fraction(int(match[1]), int(match[2])) if int(match[2]) else None
    elif match := PERCENT.match(text):
        found = Fraction(f"{match[1]}.{match[2] or 0}") / 100
    elif text in ("0", "1"):
        found = Fraction(text)
    if found is None or not 0 <= found <= 1 or found.denominator > FINEST:
        raise Refused(_("Please enter a share like 3/4 or 75 %."), field)
    return found


def share_in_words(share: Fraction) -> str:
    if share in SHARES:
        return _(SHARES[share])
    percent = share * 100
    return str(share) if 100 % percent.denominator else _("%(number)s %%", number=format_number(float(percent)))


def seats_of(text: str) -> dict[str, int]:
    """Such as "chair=1 deputy=2" as numbers by kind, in the order of their rank. Anything else is refused."""
    try:
        found = {kind: int(number) for kind, number in (part.split("=") for part in text.split())}
    except ValueError:
        found = {"": 0}
    if not found.keys() <= SEATS.keys():
        raise Refused(_("Please write the board's seats like “chair=1 deputy=2”."), "board_seats")
    return {kind: found[kind] for kind in SEATS if kind in found}


def seat_in_words(kind: str, number: int) -> str:
    title = _(SEATS[kind])
    return title if number == 1 else _("%(number)s × %(seat)s", number=number, seat=title)


def classes_of(text: str) -> list[tuple[int, int]]:
    """Such as "1=1 2=2 4=3" as pairs: votes from so many sites on. Anything else is refused (field "vote_classes")."""
    try:
        pairs = [(int(least), int(number)) for least, number in (part.split("=") for part in text.split())]
    except ValueError:
        pairs = []
    rising = all(one[0] < two[0] and one[1] < two[1] for one, two in pairwise(pairs))
    if not pairs or not rising or pairs[0][0] not in (0, 1) or not 1 <= pairs[0][1] <= pairs[-1][1] <= MOST_VOTES:
        raise Refused(_("Please write the classes like “1=1 2=2 4=3”, beginning with 1 and rising."), "vote_classes")
    return pairs


def classes_in_words(text: str) -> str:
    """Such as "1 vote from one site on, 2 votes from 2 sites on"."""
    parts = []
    for least, number in classes_of(text):
        told = ngettext("%(num)s vote", "%(num)s votes", number)
        parts.append(ngettext("%(votes)s from one site on", "%(votes)s from %(num)s sites on", least, votes=told))
    return ", ".join(parts)
