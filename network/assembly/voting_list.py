"""The voting list: who has how many votes on the key date, who casts them, and what that promises for the quorum."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from network.assembly import attendance, delegate, proxy, suspension
from network.assembly.roll import Holding, Roll
from network.assembly.ruling import quorums, rules_of
from network.assembly.tables.convocation import Delegate, Proxy
from network.assembly.tables.meeting import Assembly
from network.association.tables import Bylaws
from network.database import marks, rows
from network.i18n import _
from network.members.tables import Organisation
from network.resolutions.quorum import Quorum
from network.resolutions.shares import percent

CONTROL = Fraction(1, 4)  # more than this of the votes: the transparency register asks who controls it (§ 3 GwG)


@dataclass(frozen=True, slots=True)
class Voter:
    """One member. `proxy` is the one it gave, `holds` how many it holds."""

    organisation: Organisation
    votes: int
    share: Fraction
    delegate: Delegate | None
    proxy: Proxy | None
    holds: int
    suspended: str | None  # what it owes, where its votes rest

    @property
    def is_announced(self) -> bool:
        """Somebody is expected to cast its votes."""
        return self.suspended is None and (self.delegate is not None or self.proxy is not None)

    @property
    def is_large(self) -> bool:
        return self.share > CONTROL

    @property
    def percent(self) -> str:
        return percent(self.share, CONTROL)

    @property
    def held_by(self) -> str:
        if self.proxy is None:
            return ""
        return self.proxy.holder.name if self.proxy.holder and self.proxy.holder.id else str(self.proxy.holder_name)


@dataclass(frozen=True, slots=True)
class VotingList:
    voters: Sequence[Voter]
    total: int
    rules: Bylaws
    forecast: tuple[Quorum, Quorum]  # of members and of votes, if all come who were announced

    @property
    def large(self) -> list[Voter]:
        return [one for one in self.voters if one.is_large]

    @property
    def announced(self) -> int:
        return sum(one.votes for one in self.voters if one.is_announced)

    @property
    def classes(self) -> list[tuple[int, int]]:
        """Votes of each, and how many members have as many; the most first."""
        numbers = sorted({one.votes for one in self.voters}, reverse=True)
        return [(number, sum(one.votes == number for one in self.voters)) for number in numbers]


async def list_of(row: Assembly) -> VotingList:
    counted, resting = await attendance.counted_votes(row), await suspension.suspended(row)
    known = (
        {one.id: one for one in await rows(Organisation, f"WHERE id IN ({marks(counted)})", *counted)}
        if counted
        else {}
    )
    delegates = await delegate.delegates_of(row)
    given = [one for one in await proxy.proxies_of(row) if one.revoked_at is None]
    by_giver = {one.giver.id: one for one in given}
    held = [one.holder.id for one in given if one.holder and one.holder.id]
    total = sum(number for member, number in counted.items() if member not in resting)
    voters = [
        Voter(
            known[member], number, Fraction(0 if member in resting else number, total or 1), delegates.get(member),
            by_giver.get(member), held.count(member), resting.get(member),
        )
        for member, number in sorted(counted.items(), key=lambda pair: known[pair[0]].sorting)
    ]  # fmt: skip
    rules = await rules_of(row)
    return VotingList(voters, total, rules, quorums(row, expected(voters), rules))


def expected(voters: Sequence[Voter]) -> Roll:
    """The roll as it would be if everybody came who was announced; a proxy comes only with its holder."""
    own = {one.organisation.id for one in voters if one.delegate and one.suspended is None}
    holdings = []
    for one in voters:
        if one.suspended is not None:
            continue
        holder = one.proxy.holder.id if one.proxy and one.proxy.holder else None
        there = one.organisation.id in own
        by_proxy = holder if not there and holder in own else None
        holdings.append(
            Holding(member=one.organisation.id, votes=one.votes, place="room" if there else "", holder=by_proxy)
        )
    return Roll(tuple(holdings))


def large_words(one: Voter) -> str:
    return _(
        "%(member)s holds %(percent)s of the votes. Please check whether a natural person controls it; that has to be "
        "told to the transparency register (§§ 3, 20 GwG).",
        member=one.organisation.name, percent=one.percent,
    )  # fmt: skip
