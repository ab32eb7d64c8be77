"""The directory in figures over the years and over the country; each chart has its table."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from network.folding import folded
from network.i18n import _
from network.members import directory
from network.members.directory import Selection
from network.members.lands import land_name
from network.members.tables import Membership, MembershipKind, Site

FIRST_YEAR = 1980


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a chart; `share` of the longest bar, 0 to 1."""

    label: str
    number: int
    share: float


@dataclass(frozen=True, slots=True)
class Figures:
    years: list[Bar]
    lands: list[Bar]


async def figures(day: date) -> Figures:
    """What the directory shows under its list."""
    return Figures(await sites_by_year(day), await members_by_land(day))


async def sites_by_year(day: date) -> list[Bar]:
    """How many sites of the day's members were open at the end of each year since 1980; the last bar is the day itself.

    A training centre may be older than its membership. One whose opening nobody told counts since that membership.
    """
    running = await (
        Membership.select(Membership.organisation, Membership.since)
        .where((Membership.since <= day) & (Membership.kind == MembershipKind.FULL))
        .where((Membership.until == None) | (Membership.until >= day))
    )
    joined = {row["organisation"]: row["since"].year for row in running}
    rows = await Site.select(Site.organisation, Site.opened_year, Site.closed_on)
    lives = [life(row, joined[row["organisation"]]) for row in rows if row["organisation"] in joined]
    ends = [date(year, 12, 31) for year in range(FIRST_YEAR, day.year)] + [day]
    return bars([(str(end.year), sum(since <= end.year and end <= until for since, until in lives)) for end in ends])


def life(row: dict[str, Any], joined: int) -> tuple[int, date]:
    """The year in which a site opened, and its last day."""
    return row["opened_year"] or joined, row["closed_on"] or date.max


async def members_by_land(day: date) -> list[Bar]:
    """Members by the Land of their seat, or of their first site where no seat is known; most first."""
    listed = await directory.listed(Selection(day=day), size=0)
    members = await directory.with_sites([row for row in listed if row.kind == MembershipKind.FULL], day)
    counted = Counter(next(iter(member.places("land")), "") for member in members)
    named = [(land_name(land) or _("no Land known"), number) for land, number in counted.items()]
    return bars(sorted(named, key=lambda pair: (-pair[1], folded(pair[0]))))


def bars(figures: list[tuple[str, int]]) -> list[Bar]:
    longest = max((number for _label, number in figures), default=0) or 1
    return [Bar(label, number, number / longest) for label, number in figures]
