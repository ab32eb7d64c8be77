"""The roll: who holds which votes at a moment, by who is there, whom proxies were given, and who is banned.

Pure over plain values. Votes themselves are counted on the key date (`entitled`); what changes in the room is who can
cast them. A proxy lives only while its holder is there, and gives way to a giver who comes.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Spell:
    """A member was there from one moment (included) to another (not included); `left` None: still is."""

    member: int
    came: datetime
    left: datetime | None = None
    place: str = "room"

    def covers(self, moment: datetime) -> bool:
        return self.came <= moment and (self.left is None or moment < self.left)


@dataclass(frozen=True, slots=True)
class Given:
    """A proxy to another member, alive between these moments. Somebody else who holds one is there for the giver."""

    giver: int
    holder: int
    since: datetime
    until: datetime | None = None

    def covers(self, moment: datetime) -> bool:
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True, slots=True)
class Holding:
    """One member's votes, and who can cast them: itself, or by proxy another; nobody where both are away.

    Banned are a member's own votes, and those it would cast for others.
    """

    member: int
    votes: int
    place: str = ""  # "room", "online"; "" where it is not there itself
    holder: int | None = None  # by proxy
    banned: bool = False

    @property
    def is_represented(self) -> bool:
        return bool(self.place) or self.holder is not None

    @property
    def can_be_cast(self) -> bool:
        return self.is_represented and not self.banned


@dataclass(frozen=True, slots=True)
class Roll:
    holdings: tuple[Holding, ...]

    @property
    def total(self) -> int:
        """All votes there are, here or not."""
        return sum(one.votes for one in self.holdings)

    @property
    def represented(self) -> int:
        return sum(one.votes for one in self.holdings if one.is_represented)

    @property
    def banned(self) -> int:
        """Represented, but not to be cast (§ 34 BGB): they leave the base."""
        return sum(one.votes for one in self.holdings if one.is_represented and one.banned)

    @property
    def castable(self) -> int:
        return self.represented - self.banned

    @property
    def members(self) -> int:
        """How many members are represented."""
        return sum(one.is_represented for one in self.holdings)

    def votes(self, place: str) -> int:
        """Of those who are there themselves, in the "room" or "online"."""
        return sum(one.votes for one in self.holdings if one.place == place)

    @property
    def by_proxy(self) -> int:
        return sum(one.votes for one in self.holdings if one.holder is not None)

    def held_by(self, member: int) -> tuple[Holding, ...]:
        """What one delegate can cast: the own member's votes, and those given."""
        mine = (one for one in self.holdings if one.holder == member or (one.member == member and one.place))
        return tuple(one for one in mine if one.can_be_cast)


def roll(
    entitled: Mapping[int, int],
    spells: Iterable[Spell],
    proxies: Iterable[Given],
    moment: datetime,
    *,
    banned: Collection[int] = (),
) -> Roll:
    """Who holds which votes at this moment; who is not `entitled` has none, whoever is there for it."""
    there = {one.member: one.place for one in spells if one.covers(moment)}
    given = {one.giver: one.holder for one in proxies if one.covers(moment) and one.holder in there}
    holders = {member: given[member] for member in given if member not in there}
    return Roll(tuple(
        Holding(
            member=member, votes=votes, place=there.get(member, ""), holder=holders.get(member),
            banned=member in banned or holders.get(member) in banned,
        )
        for member, votes in entitled.items()
    ))  # fmt: skip


def changes(spells: Iterable[Spell], proxies: Iterable[Given]) -> list[datetime]:
    """The moments at which the roll may have changed, in order."""
    there = {moment for one in spells for moment in (one.came, one.left) if moment}
    return sorted(there | {moment for one in proxies for moment in (one.since, one.until) if moment})
