"""The proof of dispatch: for each member every try with its result, and who has not been reached."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from network.assembly import dispatch, timing
from network.assembly.dispatch import ARRIVED, LOST, NOT_INVITING, Line
from network.assembly.recipients import Recipient, recipients
from network.assembly.ruling import rules_of
from network.assembly.tables.convocation import Channel, Dispatch
from network.assembly.tables.meeting import Assembly
from network.assembly.timing import Clock
from network.database import marks
from network.i18n import _, format_names, local, ngettext
from network.members.tables import Membership, Organisation

NAMED = 3  # members in a heading


@dataclass(frozen=True, slots=True)
class Proven:
    """One member: what was tried, whether the latest news has reached it, and whether in time."""

    id: int
    reference: str
    name: str
    guest: bool
    lines: Sequence[Line]
    to: Recipient | None  # None: not a member on the day any more
    clock: Clock

    @property
    def own(self) -> list[Line]:
        """What went to the member itself with the latest news."""
        what = self.lines[-1].row.what if self.lines else ""
        return [line for line in self.lines if line.row.what == what and not line.row.copy]

    @property
    def to_post(self) -> list[Line]:
        return [line for line in self.lines if line.state == "to_post"]

    @property
    def reached(self) -> bool:
        return any(line.state in ARRIVED for line in self.own)

    @property
    def lost(self) -> bool:
        """Every try to reach the member itself failed: somebody has to find another way."""
        return bool(self.own) and all(line.state in LOST for line in self.own)

    @property
    def by_copy(self) -> bool:
        """Somebody who acts for it has it, though the member's own address did not take it."""
        return self.lost and any(line.state in ARRIVED for line in self.lines if line.row.copy)

    @property
    def waiting(self) -> bool:
        return not self.reached and not self.lost and bool(self.lines)

    @property
    def order(self) -> int:
        """What needs somebody comes first."""
        return ["bad", "warn", "ok"].index(self.kind)

    @property
    def late(self) -> list[Line]:
        """Invitations that left after the last safe day of their way."""
        return [
            line for line in self.lines
            if line.row.what == "invitation" and line.left_on
            and not self.clock.of("post" if line.row.channel == Channel.POST else "email").is_kept_by(line.left_on)
        ]  # fmt: skip

    @property
    def too_late(self) -> bool:
        """No try arrived in time."""
        late = self.late
        invited = [line for line in self.lines if line.row.what == "invitation" and line.state in ARRIVED]
        return bool(invited) and all(line in late for line in invited)

    @property
    def kind(self) -> str:
        if self.lost or not self.lines:
            return "bad"
        if self.too_late:
            return "bad"
        return "ok" if self.reached else "warn"

    @property
    def words(self) -> str:
        if not self.lines:
            return _("not invited yet")
        if self.lost:
            return _("only a copy arrived") if self.by_copy else _("not reached")
        if self.too_late:
            return _("too late")
        return _("reached") if self.reached else _("under way")


@dataclass(frozen=True, slots=True)
class Proof:
    members: Sequence[Proven]

    @property
    def lost(self) -> list[Proven]:
        return [one for one in self.members if one.lost]

    @property
    def uninvited(self) -> list[Proven]:
        """Who became a member since, or was forgotten."""
        return [one for one in self.members if not one.lines]

    @property
    def by_need(self) -> list[Proven]:
        return sorted(self.members, key=lambda one: one.order)

    @property
    def to_post(self) -> list[Line]:
        return [line for one in self.members for line in one.to_post]

    @property
    def complete(self) -> bool:
        """Every member of the day was reached: only then it proves anything."""
        return bool(self.members) and all(one.reached for one in self.members if one.to)

    @property
    def reached(self) -> int:
        return sum(one.reached for one in self.members)

    @property
    def words(self) -> str:
        """What is the matter, in a sentence."""
        missing = [*self.lost, *self.uninvited]
        if missing:
            return ngettext(
                "%(names)s has not been reached", "%(num)s members have not been reached: %(names)s", len(missing),
                names=some_names(missing),
            )  # fmt: skip
        if self.reached == len(self.members):
            return ngettext("The one member is reached", "All %(num)s members are reached", len(self.members))
        return _("%(reached)s of %(members)s members are reached", reached=self.reached, members=len(self.members))


def some_names(those: Sequence[Proven | Recipient], count: int = 0) -> str:
    """Three by name, the others counted: it stands in headings and on Today. `count` where not all are at hand."""
    names = [one.name for one in those[:NAMED]]
    if rest := max(len(those), count) - len(names):
        names.append(ngettext("%(num)s more", "%(num)s more", rest))
    return format_names(names)


async def proof_of(row: Assembly, only: Sequence[int] | None = None) -> Proof:
    """Members of the day, and whoever was invited before leaving; each with its own legal clock. With `only` of these
    organisations.
    """
    found: dict[int, list[Line]] = defaultdict(list)
    for line in await dispatch.lines_of(row, to=only):
        found[line.row.organisation].append(line)
    known = await recipients(row) if only is None else await recipients_among(row, only)
    clocks = await clocks_of(row, known)
    anywhere = await timing.clock_of(row)
    gone = [one for one in found if one not in {to.id for to in known}]
    names = {
        one["id"]: one for one in await Organisation.select(
            Organisation.id, Organisation.reference, Organisation.name
        ).where(Organisation.id.is_in(gone))
    } if gone else {}  # fmt: skip
    return Proof([
        *(Proven(to.id, to.reference, to.name, to.guest, found[to.id], to, clocks[to.land]) for to in known),
        *(Proven(one, names[one]["reference"], names[one]["name"], False, found[one], None, anywhere) for one in gone),
    ])  # fmt: skip


async def recipients_among(row: Assembly, only: Sequence[int]) -> list[Recipient]:
    members = await Membership.raw(
        f"SELECT m.organisation FROM membership m WHERE {MEMBERS} AND m.organisation IN ({marks(only or [0])})",
        *on_the_day(row),
        *(only or [0]),
    )
    those = [one["organisation"] for one in members]
    return await recipients(row, also=those) if those else []


MEMBERS = "m.since <= {} AND (m.until IS NULL OR m.until >= {})"
INVITING = "d.what NOT IN ({})".format(", ".join(f"'{what}'" for what in NOT_INVITING))
MISSED = (
    "SELECT DISTINCT d.organisation FROM dispatch d LEFT JOIN letter l ON l.reference = d.letter AND d.letter <> '' "
    f"WHERE d.assembly = {{}} AND {INVITING} AND (d.returned_at IS NOT NULL OR l.state IN ('failed', 'withdrawn') "
    "OR (d.channel = 'post' AND d.posted_on IS NULL))"
)
UNINVITED = (
    f"FROM membership m JOIN organisation o ON o.id = m.organisation WHERE {MEMBERS} AND NOT EXISTS "
    f"(SELECT 1 FROM dispatch d WHERE d.assembly = {{}} AND d.organisation = o.id AND {INVITING})"
)


def on_the_day(row: Assembly) -> tuple[date, date]:
    return local(row.starts_at), local(row.starts_at)


async def wanting(row: Assembly) -> tuple[Proof, int]:
    """The proof of those alone who may need somebody, and how many were not invited, of whom it names the first: for
    Today, which must not take longer the more members there are.
    """
    missed = [one["organisation"] for one in await Dispatch.raw(MISSED, row.id)]
    values = [*on_the_day(row), row.id]
    [told] = await Membership.raw(f"SELECT count(*) AS number {UNINVITED}", *values)
    first = await Membership.raw(
        f"SELECT o.id {UNINVITED} ORDER BY m.kind = 'guest', o.sorting, o.id LIMIT {NAMED}", *values
    )
    return await proof_of(row, [*missed, *(one["id"] for one in first)]), int(told["number"])


async def clocks_of(row: Assembly, known: Sequence[Recipient]) -> dict[str, Clock]:
    """By Land: each member's own date."""
    rules, home = await rules_of(row), await timing.home_of(row)
    return {land: timing.reckoned(row, rules, home, land) for land in {one.land for one in known}}
