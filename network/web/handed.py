"""What slices hand up to the office's frame: things that are due, things found, and what is held about a person."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mailing.addresses import address_key
from network.i18n import _, ngettext
from network.web.kinds import Kind


@dataclass(frozen=True, slots=True)
class Due:
    """One line of Today: what needs somebody, until when, why, and the one button."""

    title: str
    url: str  # in the language being spoken
    day: date | None = None  # None: open, without a date
    kind: str = "info"  # warn, info, ok, bad: the mark
    state: str = ""  # the words beside the mark
    reason: str = ""
    action: str = ""
    action_url: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One hit of the search."""

    kind: str  # translated: "Member", "Event", "Person"
    title: str
    url: str
    line: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A card on Today, drawn by the slice's own template."""

    template: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """A place where somebody stands who may be the one that is looked for. Traces with one key are one and the same.

    A key is "person:reference", "address:…" for whatever stands under an e-mail address, or that of a single row
    without an address ("attendee:reference").
    """

    key: str
    name: str
    where: str = ""  # translated: "Place at 2. Austauschforum, 18 October 2027"
    email: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose data is asked for: all that somebody of the office picked as this one person."""

    name: str = ""
    emails: tuple[str, ...] = ()
    people: tuple[tuple[int, str], ...] = ()  # of the house: id and reference
    rows: tuple[str, ...] = ()  # keys of single rows

    @property
    def email(self) -> str:
        return self.emails[0] if self.emails else ""

    @property
    def keys(self) -> frozenset[str]:
        """As addresses are compared."""
        return frozenset(address_key(email) for email in self.emails)

    @property
    def person_ids(self) -> list[int]:
        return [number for number, _reference in self.people]

    @property
    def references(self) -> list[str]:
        return [reference for _number, reference in self.people]

    def picked(self, kind: str) -> list[str]:
        """The single rows of one kind: "attendee:abc" is "abc"."""
        return [key.removeprefix(f"{kind}:") for key in self.rows if key.startswith(f"{kind}:")]

    def __bool__(self) -> bool:
        return bool(self.emails or self.people or self.rows)


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is held about somebody; `stays` says why an erasure leaves it, "" where it goes."""

    kind: Kind
    facts: list[tuple[str, str]] = field(default_factory=list)
    named: str = ""  # translated, where the kind's own title says too little
    stays: str = ""
    until: date | None = None  # to when it stays; without one for as long as `stays` tells
    basis: str = ""  # why it is held, and how long: filled in when it is shown
    each: bool = False  # every fact is a thing of this kind, such as a letter, and not a part of one

    @property
    def room(self) -> str:
        return _(self.kind.room)

    @property
    def which(self) -> str:
        """What it is told apart by: its first fact; of several things the first, and how many more there are."""
        first = self.facts[0][1] if self.facts else ""
        rest = len(self.facts) - 1 if self.each else 0
        if rest < 1:
            return first
        return ngettext("%(first)s, and one more", "%(first)s, and %(num)s more", rest, first=first)

    @property
    def title(self) -> str:
        return self.named or _(self.kind.title)


@dataclass(frozen=True, slots=True)
class Privacy:
    """What a slice knows of persons: found by words, told, erased, and each kind of it with its time.

    `known_as` is handed folded words that all have to be there; `erase` the subject and the actor, inside the deed's
    transaction.
    """

    known_as: Callable[[Sequence[str]], Awaitable[list[Trace]]]
    held_about: Callable[[Any, Subject], Awaitable[list[Held]]]
    erase: Callable[[Subject, str], Awaitable[None]]
    kinds: Sequence[Kind] = ()


Waiting = Callable[[Any], Awaitable[int]]  # handed a Viewer: how many things in this room need somebody
DueOn = Callable[[Any, date], Awaitable[list[Due]]]
Finds = Callable[[Any, str], Awaitable[list[Found]]]
Cards = Callable[[Any], Awaitable[list[Card]]]
Beside = Callable[[Any, str], Awaitable[list[Card]]]  # handed a Viewer and the thing's reference


@dataclass(frozen=True, slots=True)
class HandedUp:
    """Everything the slices hand up, as app.py lists it."""

    waiting: Mapping[str, Sequence[Waiting]] = field(default_factory=dict)  # by the room's path
    due: Sequence[DueOn] = ()
    found: Sequence[Finds] = ()
    cards: Sequence[Cards] = ()
    privacy: Sequence[Privacy] = ()  # in the order in which their data is erased
    beside: Mapping[str, Sequence[Beside]] = field(default_factory=dict)  # by kind: "organisation", "term"
