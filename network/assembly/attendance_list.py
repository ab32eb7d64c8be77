"""The attendance list as a court wants it: members, votes on the key date, who came by which right, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from network.assembly import delegate, floor, proxy, quorate
from network.assembly.floor import HERE, Turn
from network.assembly.tables.convocation import Delegate, Proxy
from network.assembly.tables.day import Presence
from network.assembly.tables.meeting import Assembly
from network.i18n import _, format_clock, format_day, format_names, ngettext
from network.members.tables import Organisation


@dataclass(frozen=True, slots=True)
class Entry:
    """One member. Before the assembly `who` is whoever was named to come."""

    number: int
    organisation: Organisation
    votes: int
    who: str
    right: str  # by which right: legal representative, authorised, proxy to another member
    spells: Sequence[Presence]
    represented: bool

    @property
    def times(self) -> str:
        return "; ".join(span(one) for one in self.spells)

    @property
    def member(self) -> str:
        seat = self.organisation.town
        return f"{self.organisation.name}, {seat}" if seat else self.organisation.name


@dataclass(frozen=True, slots=True)
class AttendanceList:
    entries: Sequence[Entry]
    turns: Sequence[Turn]
    total: int
    quorum: str  # whether there was one when it was opened

    @property
    def words(self) -> str:
        """How many were represented when it was opened."""
        if not self.turns:
            return ngettext("One vote altogether, of %(members)s members", "%(num)s votes altogether, of %(members)s "
                            "members", self.total, members=len(self.entries))  # fmt: skip
        first = self.turns[0]
        return _("When it was opened, %(votes)s of %(total)s votes of %(members)s members were represented.",
                 votes=first.votes, total=self.total, members=first.members)  # fmt: skip

    @property
    def later(self) -> str:
        """Every change of the votes represented."""
        told = [
            ngettext("from %(at)s one vote", "from %(at)s %(num)s votes", turn.votes, at=format_clock(turn.at))
            for turn in self.turns[1:]
        ]
        return _("Later: %(changes)s.", changes="; ".join(told)) if told else ""


async def list_of(row: Assembly) -> AttendanceList:
    seen, spells = await floor.floor_of(row), await floor.presences(row)
    delegates = await delegate.delegates_of(row)
    given = {one.giver.id: one for one in await proxy.proxies_of(row) if not one.revoked_at}
    entries = []
    for number, line in enumerate(seen.lines, 1):
        member = line.organisation
        mine = [one for one in spells if one.organisation == member.id]
        named, gave = delegates.get(member.id), given.get(member.id)
        who, right = told(mine, named, gave)
        holder = gave.holder.id if gave and gave.holder else None
        came = bool(mine) or (holder is not None and any(one.organisation == holder for one in spells))
        entries.append(Entry(number, member, line.holding.votes, who, right, mine, came))
    return AttendanceList(entries, await floor.over_time(row), seen.roll.total, await quorate.when_opened(row))


def told(mine: Sequence[Presence], named: Delegate | None, gave: Proxy | None) -> tuple[str, str]:
    if mine:
        return format_names(dict.fromkeys(one.name for one in mine)), by_right(mine, named)
    if gave:
        holder = gave.holder.name if gave.holder and gave.holder.id else gave.holder_name
        form = _(proxy.FORMS.get(gave.form, ""))
        return holder, _("proxy of %(day)s, %(form)s", day=format_day(gave.given_on), form=form)
    if named:
        return named.name, _(delegate.CAPACITIES.get(named.capacity, ""))
    return "", ""


def by_right(mine: Sequence[Presence], named: Delegate | None) -> str:
    """What is known of whoever came, if it is the one who was named."""
    if named is None or named.name not in {one.name for one in mine}:
        return ""
    right = _(delegate.CAPACITIES.get(named.capacity, ""))
    return _("%(right)s; the authorisation is here", right=right) if named.document else right


def span(one: Presence) -> str:
    until = format_clock(one.left_at) if one.left_at else _("end")
    place = _(HERE[one.place])
    where = f" ({place})" if one.place == "online" else ""
    why = f": {one.why_left}" if one.why_left else ""
    return f"{format_clock(one.came_at)}–{until}{where}{why}"


# --- as a list to keep -----------------------------------------------------------------------------------------------


def columns() -> list[str]:
    return [_("No."), _("Member"), _("Seat"), _("Votes"), _("Represented by"), _("By which right"), _("Time")]


def lines(found: AttendanceList) -> list[list[str | int]]:
    return [
        [one.number, one.organisation.name, one.organisation.town, one.votes, one.who, one.right, one.times]
        for one in found.entries
    ]
