"""The legal clock of one assembly, by the bylaws of its day: until when to send, post and move, and how it stands."""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from network import clock
from network.assembly.deadlines import Anchor, Way, inviting, moving
from network.assembly.reckoning import Deadline, Period, Turn, Unit
from network.assembly.ruling import rules_of
from network.assembly.tables.meeting import Assembly
from network.association.profile import known_profile
from network.association.reckoning import REASONABLE_DAYS
from network.association.tables import Bylaws
from network.i18n import _, local, ngettext
from network.members.tables import Membership
from network.members.votes import voting

NEAR = 7  # days before the last safe one: from then on it is said loudly


class Standing(StrEnum):
    AHEAD = "ahead"
    NEAR = "near"
    LAST = "last"
    LATE = "late"


KINDS = {Standing.AHEAD: "ok", Standing.NEAR: "warn", Standing.LAST: "warn", Standing.LATE: "bad"}


@dataclass(frozen=True, slots=True)
class Clock:
    """Both last safe days for everybody, and that of receipt; `fixed` is False where the bylaws set no period."""

    post: Deadline
    email: Deadline
    period: Period
    anchor: Anchor
    fixed: bool

    @property
    def receipt(self) -> date | None:
        """The last safe day of receipt; None where the period begins with dispatch."""
        found = [step.day for step in self.email.steps if step.turn in (Turn.RECEIVED, Turn.MOVED_BACK)]
        return found[-1] if found and self.anchor == Anchor.RECEIPT else None

    def of(self, way: str) -> Deadline:
        return self.post if way == Way.POST else self.email

    def standing(self, way: str, day: date | None = None) -> Standing:
        left = (self.of(way).day - (day or clock.today())).days
        if left < 0:
            return Standing.LATE
        if left == 0:
            return Standing.LAST
        return Standing.NEAR if left <= NEAR else Standing.AHEAD

    def words(self, way: str, day: date | None = None) -> str:
        """Such as "12 days left", "today is the last day" or "3 days too late"."""
        left = (self.of(way).day - (day or clock.today())).days
        if left < 0:
            return ngettext("%(num)s day too late", "%(num)s days too late", -left)
        return _("today is the last day") if left == 0 else ngettext("%(num)s day left", "%(num)s days left", left)


async def clock_of(row: Assembly) -> Clock:
    """For all members at once: of each way the last safe day of the member whose own comes first."""
    rules, home = await rules_of(row), await home_of(row)
    each = [reckoned(row, rules, home, land) for land in await lands_of(row, rules)] or [reckoned(row, rules, home, "")]
    post, email = (min((one.of(way) for one in each), key=lambda until: until.day) for way in (Way.POST, Way.EMAIL))
    return replace(each[0], post=post, email=email)


async def lands_of(row: Assembly, rules: Bylaws) -> list[str]:
    """Where those are who have a vote on the day."""
    day, kinds = local(row.starts_at), ", ".join(f"'{kind}'" for kind in voting(rules))
    found = await Membership.raw(
        "SELECT DISTINCT o.land FROM membership m JOIN organisation o ON o.id = m.organisation "
        f"WHERE m.kind IN ({kinds}) AND m.since <= {{}} AND (m.until IS NULL OR m.until >= {{}}) ORDER BY o.land",
        day, day,
    )  # fmt: skip
    return [one["land"] for one in found]


def reckoned(row: Assembly, rules: Bylaws, home: str, land: str) -> Clock:
    """For a member in this Land; where it is not known (""), a working day is one in all sixteen."""
    meeting, period, anchor = local(row.starts_at), period_of(rules), Anchor(rules.convening_anchor)
    post, email = (
        inviting(meeting, period, way=way, home=home, recipients=(land,) if land else (), anchor=anchor)
        for way in (Way.POST, Way.EMAIL)
    )  # fmt: skip
    return Clock(post, email, period, anchor, fixed=bool(rules.convening_period))


def period_of(rules: Bylaws) -> Period:
    """Where the bylaws set none it has to be reasonable; two weeks are taken for that (DOMAIN 3.1)."""
    if not rules.convening_period:
        return Period(REASONABLE_DAYS, Unit.DAYS)
    return Period(rules.convening_period, Unit(rules.convening_unit))


async def motions_of(row: Assembly) -> Deadline | None:
    """The last day for motions by the bylaws; None where they set no deadline."""
    rules = await rules_of(row)
    if not rules.motion_days:
        return None
    return moving(local(row.starts_at), Period(rules.motion_days, Unit.DAYS), home=await home_of(row))


async def home_of(row: Assembly) -> str:
    """The Land of the association's seat; of the assembly, where that is not known. "" means all sixteen."""
    return (await known_profile()).land or row.land
