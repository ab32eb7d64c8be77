"""Who could cast which votes in one vote: fixed when that vote was opened, for as long as it is kept."""

from dataclasses import dataclass

from network import clock
from network.assembly import attendance, ban
from network.assembly.meeting import State, state_of
from network.assembly.roll import Holding, Roll
from network.assembly.ruling import quorums
from network.assembly.tables.day import Entitled
from network.assembly.tables.meeting import AgendaItem, Assembly
from network.association.tables import Bylaws
from network.database import rows
from network.errors import Refused
from network.i18n import _
from network.members.tables import Organisation

HERE = "(place <> '' OR holder IS NOT NULL)"


@dataclass(frozen=True, slots=True)
class Standing:
    """Votes; in a decision that all members have to agree to, each member is one."""

    represented: int
    banned: int
    members: int
    total: int

    @property
    def castable(self) -> int:
        return self.represented - self.banned


async def fix(row: Assembly, vote: str, item: AgendaItem, rules: Bylaws, *, by_heads: bool = False) -> Standing:
    """Keep who holds which votes now. Refused while the assembly is not open, without a quorum, and if nobody may vote.

    To be called with the assembly's row taken. `vote` is "decision:reference" or "round:reference".
    """
    if state_of(row) != State.RUNNING:
        raise Refused(_("Votes are taken while the assembly is open."))
    banned = {one.organisation.id for one in await ban.banned_from(item)}
    roll = await attendance.roll_at(row, clock.now(), banned=banned)
    refuse_without_quorum(row, roll, rules)
    if not roll.castable:
        raise Refused(_("There is nobody who may vote on this."))
    await Entitled.insert(*(entry(row, vote, one, by_heads=by_heads) for one in roll.holdings))
    return await of(vote)


def refuse_without_quorum(row: Assembly, roll: Roll, rules: Bylaws) -> None:
    for one in quorums(row, roll, rules):
        if not one.is_reached:
            raise Refused(one.words)


def entry(row: Assembly, vote: str, one: Holding, *, by_heads: bool) -> Entitled:
    return Entitled(
        assembly=row.id, vote=vote, organisation=one.member, holder=one.holder,
        place=one.place, votes=1 if by_heads else one.votes, banned=one.banned,
    )  # fmt: skip


async def entries(vote: str) -> list[Entitled]:
    return await rows(Entitled, "WHERE vote = {} ORDER BY id", vote)


async def of(vote: str) -> Standing:
    """Summed by the database: the minutes ask this of each vote of an assembly."""
    [found] = await Entitled.raw(
        f"SELECT COALESCE(SUM(CASE WHEN {HERE} THEN votes END), 0) AS represented, "
        f"COALESCE(SUM(CASE WHEN {HERE} AND banned THEN votes END), 0) AS banned, "
        f"COUNT(CASE WHEN {HERE} THEN 1 END) AS members, COALESCE(SUM(votes), 0) AS total "
        "FROM entitled WHERE vote = {}",
        vote,
    )
    return Standing(**{name: int(number) for name, number in found.items()})


async def castable_by(vote: str, organisation: Organisation) -> list[Entitled]:
    """The votes that this member's delegate holds: its own and those given to it."""
    found = [one for one in await entries(vote) if is_here(one) and not one.banned]
    return [one for one in found if (one.holder or one.organisation) == organisation.id]


async def away(vote: str) -> list[int]:
    """Who was not represented."""
    return [one.organisation for one in await entries(vote) if not is_here(one)]


async def banned_in(row: Assembly) -> dict[str, list[str]]:
    """Who was banned from which vote when it was opened, in words; lifting the ban later changes nothing in that."""
    found = await rows(Entitled, "WHERE assembly = {} AND banned ORDER BY id", row.id)
    ids = {one.organisation for one in found} | {one.holder for one in found if one.holder}
    known = await Organisation.objects().where(Organisation.id.is_in(list(ids))) if ids else []
    names = {one.id: one.name for one in known}
    own = {(one.vote, one.organisation) for one in found}
    told: dict[str, list[str]] = {}
    for one in found:
        by_proxy = (one.vote, one.holder) in own
        name = names[one.organisation]
        words = _("%(member)s, represented by %(holder)s,", member=name, holder=names[one.holder]) if by_proxy else name
        told.setdefault(one.vote, []).append(words)
    return told


def is_here(one: Entitled) -> bool:
    return bool(one.place) or one.holder is not None
