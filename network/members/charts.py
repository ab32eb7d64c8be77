"""The directory in figures over the years and over the country; each chart has its table."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import Any

from network.database import on_sqlite
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
class YearBar:
    """Sites at the end of a year: of the members of that day, and of organisations that became members later."""

    label: str
    number: int
    later: int
    share: float  # both are shares of the longest bar
    later_share: float


@dataclass(frozen=True, slots=True)
class Figures:
    years: list[YearBar]
    lands: list[Bar]

    @property
    def most(self) -> int:
        """What the longest bar of the years says."""
        return max(bar.number + bar.later for bar in self.years)


async def figures(day: date, lens: Lens | None = None) -> Figures:
    """What the directory shows under its list, as of the day."""
    lens = lens or await lens_of(day)
    return Figures(await sites_by_year(lens), await members_by_land(lens))


async def sites_by_year(lens: Lens) -> list[YearBar]:
    """At the end of each year since 1980 what the directory of that day counts; the last bar is the lens's day itself.

    Beside it the sites of organisations that were no members yet and were by the day. A site whose opening nobody told
    is not among those: it counts with the membership.
    """
    count = max(0, lens.day.year - FIRST_YEAR)
    held, now = await held_sites(lens, count)
    later = await sites_before(lens, count)
    told = [*zip(held, later, strict=True), (now, 0)]
    longest = max(number + more for number, more in told) or 1
    years = [*range(FIRST_YEAR, FIRST_YEAR + count), lens.day.year]
    return [
        YearBar(str(year), number, more, number / longest, more / longest)
        for year, (number, more) in zip(years, told, strict=True)
    ]


async def held_sites(lens: Lens, count: int) -> tuple[list[int], int]:
    """The members' sites at the end of each of `count` years, and on the day itself."""
    until = f"(m.until IS NULL OR m.until >= {lens.sql})"
    rows = await Organisation.raw(
        f"SELECT s.opened_year AS opened, {last_year('s.closed_on')} AS closed, {year_of('m.since')} AS since, "
        f"{last_year('m.until')} AS until, CASE WHEN {lens.is_open} AND {until} THEN 1 ELSE 0 END AS now, "
        f"count(*) AS number FROM membership m JOIN site s ON s.organisation = m.organisation "
        f"WHERE m.kind = '{MembershipKind.FULL}' AND m.since <= {lens.sql} GROUP BY 1, 2, 3, 4, 5"
    )
    spans = ((max(row["opened"] or 0, row["since"]), earlier(row["closed"], row["until"]), row) for row in rows)
    return running(spans, count), sum(int(row["number"]) for row in rows if row["now"])


async def sites_before(lens: Lens, count: int) -> list[int]:
    """The sites at the end of each year of those who became members after it, by the day."""
    first = (
        f"SELECT organisation, min(since) AS since FROM membership WHERE kind = '{MembershipKind.FULL}' "
        f"AND since <= {lens.sql} GROUP BY organisation"
    )
    rows = await Organisation.raw(
        f"SELECT s.opened_year AS opened, {last_year('s.closed_on')} AS closed, {year_of('m.since')} - 1 AS until, "
        f"count(*) AS number FROM ({first}) m JOIN site s ON s.organisation = m.organisation "
        "WHERE s.opened_year IS NOT NULL GROUP BY 1, 2, 3"
    )
    return running(((row["opened"], earlier(row["closed"], row["until"]), row) for row in rows), count)


def running(spans: Iterable[tuple[int, int, dict[str, Any]]], count: int) -> list[int]:
    """How many there are in each year, from the first and the last year of each."""
    more = [0] * (count + 1)  # than in the year before
    for first, last, row in spans:
        begin, end = (min(max(year - FIRST_YEAR, 0), count) for year in (first, last + 1))
        if begin < end:
            more[begin] += int(row["number"])
            more[end] -= int(row["number"])
    return list(accumulate(more[:count]))


def earlier(one: int | None, other: int | None) -> int:
    return min(date.max.year if one is None else one, date.max.year if other is None else other)


def year_of(column: str) -> str:
    return (
        f"CAST(strftime('%Y', {column}) AS integer)" if on_sqlite() else f"CAST(extract(year FROM {column}) AS integer)"
    )


def last_year(column: str) -> str:
    """Of a last day the last year whose end it saw."""
    day_after = f"{column}, '+1 day'" if on_sqlite() else f"{column} + 1"
    return f"{year_of(day_after)} - 1"


def is_full(lens: Lens) -> str:
    return f"m.kind = '{MembershipKind.FULL}' AND {lens.is_member}"


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
