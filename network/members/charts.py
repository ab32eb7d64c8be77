"""The directory in figures over the years and over the country; each chart has its table."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from network.folding import folded
from network.i18n import _
from network.members.lands import land_name
from network.members.lens import Lens, lens_of
from network.members.selection import first_place
from network.members.tables import MembershipKind, Organisation

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


async def figures(day: date, lens: Lens | None = None) -> Figures:
    """What the directory shows under its list, as of the day."""
    lens = lens or await lens_of(day)
    return Figures(await sites_by_year(day, lens), await members_by_land(lens))


async def sites_by_year(day: date, lens: Lens) -> list[Bar]:
    """How many sites of the day's members were open at the end of each year since 1980; the last bar is the day itself.

    A training centre may be older than its membership. One whose opening nobody told counts since that membership.
    """
    rows = await Organisation.raw(
        f"SELECT s.opened_on, s.opened_year, s.closed_on, CASE WHEN s.opened_year IS NULL THEN m.since END AS since, "
        f"count(*) AS number FROM {lens.organisations} JOIN site s ON s.organisation = o.id WHERE {is_full(lens)} "
        "GROUP BY 1, 2, 3, 4"
    )
    ends = [date(year, 12, 31) for year in range(FIRST_YEAR, day.year)] + [day]
    more = [0] * (len(ends) + 1)  # than at the end before
    for row in rows:
        first, last = life(row)
        if first <= last:
            more[bisect_left(ends, first)] += int(row["number"])
            more[bisect_right(ends, last)] -= int(row["number"])
    return bars([(str(end.year), number) for end, number in zip(ends, accumulate(more), strict=False)])


def is_full(lens: Lens) -> str:
    return f"m.kind = '{MembershipKind.FULL}' AND {lens.is_member}"


def life(row: dict[str, Any]) -> tuple[date, date]:
    """The day on which a site opened, or the first of its year, and its last day."""
    known = date(row["opened_year"], 1, 1) if row["opened_year"] else day_of(row["since"])
    return day_of(row["opened_on"]) or known or date.min, day_of(row["closed_on"]) or date.max


def day_of(value: Any) -> date | None:
    """SQLite tells days as text when the query is ours."""
    return date.fromisoformat(value) if isinstance(value, str) else value


async def members_by_land(lens: Lens) -> list[Bar]:
    """Members by the Land of their seat, or of a site of theirs where no seat is known; most first."""
    rows = await Organisation.raw(
        f"SELECT {first_place(lens, 'land')} AS land, count(*) AS number "
        f"FROM {lens.organisations} WHERE {is_full(lens)} GROUP BY 1"
    )
    named = [(land_name(row["land"]) or _("no Land known"), int(row["number"])) for row in rows]
    return bars(sorted(named, key=lambda pair: (-pair[1], folded(pair[0]))))


def bars(figures: list[tuple[str, int]]) -> list[Bar]:
    longest = max((number for _label, number in figures), default=0) or 1
    return [Bar(label, number, number / longest) for label, number in figures]
