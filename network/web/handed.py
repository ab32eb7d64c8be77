"""What slices hand up to the office's frame: things that are due, things found, and what is held about a person."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mailing.addresses import address_key


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
class Subject:
    """Whose data is asked for: an address, and the person of the house who has it, if there is one."""

    email: str = ""
    name: str = ""
    person_id: int = 0
    reference: str = ""

    @property
    def key(self) -> str:
        return address_key(self.email)


@dataclass(frozen=True, slots=True)
class Held:
    """One thing that is held about somebody; `stays` says why an erasure leaves it, "" where it goes."""

    room: str  # translated, as all of it
    title: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    basis: str = ""  # why it is held, and how long
    stays: str = ""


@dataclass(frozen=True, slots=True)
class Privacy:
    """What a slice knows of persons. `erase` is handed the subject and the actor, inside the deed's transaction."""

    known_as: Callable[[str], Awaitable[list[Subject]]]
    held_about: Callable[[Any, Subject], Awaitable[list[Held]]]
    erase: Callable[[Subject, str], Awaitable[None]]


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
    beside: Mapping[str, Sequence[Beside]] = field(default_factory=dict)  # by kind: "organisation"
