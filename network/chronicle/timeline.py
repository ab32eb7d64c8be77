"""The association's history as the rows tell it: founding, who joined and left, sites, boards, and milestones."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from network import roughly
from network.association.profile import profile
from network.board import ledger
from network.chronicle import milestone
from network.i18n import _, format_day, locale, ngettext
from network.members.lens import Lens, lens_of
from network.members.selection import collated
from network.members.tables import MembershipKind, Organisation

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry: `when` in words where more than the year is known; `text` is Markdown."""

    sorting: date
    title: str
    when: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    language: str = ""  # of title and text, where it is not the one being spoken


class Span(NamedTuple):
    """A full membership, from its first to its last day."""

    organisation: int
    name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Year:
    number: int
    moments: list[Moment]


async def told(day: date) -> list[Year]:
    """The whole history up to a day, oldest first, in the names and towns of that day."""
    lens = await lens_of(day)
    moments = [*await founded(day), *await opened(lens), *await joined_and_left(lens)]
    moments += [*await boards(day), *await written(day)]
    moments.sort(key=lambda moment: moment.sorting)
    return [Year(number, list(those)) for number, those in groupby(moments, key=lambda moment: moment.sorting.year)]


async def founded(day: date) -> list[Moment]:
    association = await profile()
    if association is None or association.founded_on is None or association.founded_on > day:
        return []
    title = _("%(name)s is founded", name=association.full_name)
    return [Moment(association.founded_on, title, format_day(association.founded_on))]


async def joined_and_left(lens: Lens) -> list[Moment]:
    """Who became a full member and who had left by the day, a moment a year; guests are no members yet.

    Whoever comes again is told again, so that the numbers add up to the members of the day.
    """
    rows = await Organisation.raw(
        f"SELECT o.id, {lens.own('name')} AS name, f.since, f.until FROM {lens.organisations} "
        f"JOIN membership f ON f.organisation = o.id AND f.kind = '{MembershipKind.FULL}' AND f.since <= {lens.sql} "
        f"ORDER BY {collated(lens.own('sorting'))}, o.id, f.since"
    )
    spans = [Span(row["id"], row["name"], day_of(row["since"]), day_of(row["until"])) for row in rows]
    begun = {(one.organisation, one.since) for one in spans}
    ended = {(one.organisation, one.until + DAY) for one in spans if one.until}
    came = group((one.since.year, one.name) for one in spans if (one.organisation, one.since) not in ended)
    went = group(
        (one.until.year, one.name)
        for one in spans
        if one.until and one.until < lens.day and (one.organisation, one.until + DAY) not in begun
    )
    return [
        Moment(date(year, 12, 30), ngettext("%(num)s member joins", "%(num)s members join", len(names)), names=names)
        for year, names in came
    ] + [
        Moment(date(year, 12, 31), ngettext("%(num)s member leaves", "%(num)s members leave", len(names)), names=names)
        for year, names in went
    ]


async def opened(lens: Lens) -> list[Moment]:
    """Sites of organisations that are or were full members, a moment a year."""
    members = f"SELECT organisation FROM membership WHERE kind = '{MembershipKind.FULL}' AND since <= {lens.sql}"
    begun = f"s.opened_year <= {lens.day.year} AND (s.opened_on IS NULL OR s.opened_on <= {lens.sql})"
    rows = await Organisation.raw(
        f"SELECT s.opened_year, {lens.placed('town')} AS town, {lens.own('name')} AS name FROM {lens.organisations} "
        f"JOIN {lens.joined_sites('s.organisation = o.id')} WHERE o.id IN ({members}) AND {begun} "
        f"ORDER BY {collated('s.sorting')}, s.id"
    )
    told = ((row["opened_year"], f"{row['town']} ({row['name']})") for row in rows)
    return [
        Moment(date(year, 12, 31), ngettext("%(num)s site opens", "%(num)s sites open", len(names)), names=names)
        for year, names in group(told)
    ]


def day_of(value: Any) -> Any:
    """SQLite tells days as text when the query is ours."""
    return date.fromisoformat(value) if isinstance(value, str) else value


async def boards(day: date) -> list[Moment]:
    """Who took office on the board, a moment for each day."""
    begun = [one for one in (await ledger.read()).terms if one.since <= day]
    by_day = group_by_day((one.since, f"{one.who} ({one.title})") for one in begun)
    return [
        Moment(
            since,
            ngettext(
                "%(num)s person takes a seat on the board", "%(num)s people take their seats on the board", len(names)
            ),
            format_day(since),
            names=names,
        )
        for since, names in by_day
    ]


async def written(day: date) -> list[Moment]:
    rows = [row for row in await milestone.every() if row.published_at and row.sorting <= day]
    english = locale() == "en"
    return [
        Moment(
            row.sorting,
            (row.title_en if english else "") or row.title_de,
            "" if row.day == str(row.sorting.year) else roughly.say(row.day),
            (row.text_en if english else "") or row.text_de,
            language="de" if english and not row.title_en else "",
        )
        for row in rows
    ]


def group_by_day(pairs: Iterable[tuple[date, str]]) -> list[tuple[date, tuple[str, ...]]]:
    found: dict[date, list[str]] = defaultdict(list)
    for day, name in pairs:
        found[day].append(name)
    return [(day, tuple(names)) for day, names in sorted(found.items())]


def group(pairs: Iterable[tuple[int, str]]) -> list[tuple[int, tuple[str, ...]]]:
    found: dict[int, list[str]] = defaultdict(list)
    for year, name in pairs:
        found[year].append(name)
    return [(year, tuple(names)) for year, names in sorted(found.items())]
