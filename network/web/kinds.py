"""Kinds of data about persons: why the house keeps them, on which ground, how long, and how they go (Art. 5, 30 GDPR).

A slice hands up its kinds together with what it holds about one person (web.handed.Privacy). The file for a person, the
deletion calendar, the yearly run and the record of processing all speak from here.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Term:
    """How long something is kept once its time has begun; `least` to `most` is what the law leaves to the association.

    Years are reckoned from the end of the year in which the time began (§ 199 I BGB).
    """

    number: int
    unit: str  # "days", "months", "years"
    least: int = 0
    most: int = 0  # 0: the law, a promise or the installation leaves no choice

    @property
    def is_choice(self) -> bool:
        return self.most > 0


@dataclass(frozen=True, slots=True)
class Portion:
    """What went in one go: how many, and the thing they hung on where they had one in common ("event:…")."""

    number: int = 0
    thing: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Back:
    """What stays although its time is over, how many, and why; `until` where that has an end."""

    number: int
    why: str  # translated
    until: date | None = None


async def nothing_held_back() -> list[Back]:
    return []


@dataclass(frozen=True, slots=True)
class Forgetting:
    """How a kind goes. A day is always the one on which the time of a row began: the event's, the end of a function."""

    term: Term
    after: str  # msgid: "after the event"
    counted: Callable[[int], str]  # "143 registrations"
    verb: str  # what the activity says of it; its detail is the number
    due: Callable[[date], Awaitable[int]]  # how many are still here whose time began on this day or before
    next_after: Callable[[date], Awaitable[date | None]]  # the first later day on which the time of any began
    forget: Callable[[date], Awaitable[Portion]] | None = None  # a portion of those; None: the slice's own job does it
    yearly: bool = False  # unless the association decides otherwise: waits for the yearly run and its approval
    held_back: Callable[[], Awaitable[list[Back]]] = nothing_held_back


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of data; all texts are msgids marked with N_."""

    key: str  # "events.guests": what a decision about its time is filed under
    room: str
    title: str
    whose: str
    what: str
    purpose: str
    ground: str
    recipients: str = ""
    source: str = ""  # why just so long
    lasts: str = ""  # where no time runs: until when, in words
    then: str = ""  # what stays afterwards
    forgetting: Forgetting | None = None


def distinct(kinds: Iterable[Kind]) -> list[Kind]:
    """Each key once; of two the one with its time, as a slice above may know more of a kind than the one below."""
    found: dict[str, Kind] = {}
    for kind in kinds:
        if kind.key not in found or kind.forgetting:
            found[kind.key] = kind
    return list(found.values())
