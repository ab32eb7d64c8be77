"""The association's history as the rows tell it: founding, who joined, which sites opened, the office's milestones."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from network import roughly
from network.association.profile import profile
from network.chronicle import milestone
from network.i18n import _, format_day, locale, ngettext
from network.members.tables import Membership, Site


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry: `when` in words where more than the year is known; `text` is Markdown."""

    sorting: date
    title: str
    when: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    language: str = ""  # of title and text, where it is not the one being spoken


@dataclass(frozen=True, slots=True)
class Year:
    number: int
    moments: list[Moment]


async def told(day: date) -> list[Year]:
    """The whole history up to a day, oldest first."""
    moments = [*await founded(), *await joined(day), *await opened(day), *await written(day)]
    moments.sort(key=lambda moment: moment.sorting)
    return [Year(number, list(those)) for number, those in groupby(moments, key=lambda moment: moment.sorting.year)]


async def founded() -> list[Moment]:
    association = await profile()
    if association is None or association.founded_on is None:
        return []
    title = _("%(name)s is founded", name=association.full_name)
    return [Moment(association.founded_on, title, format_day(association.founded_on))]


async def joined(day: date) -> list[Moment]:
    """Whoever became a member, a moment a year; a guest who is made a full member joined once."""
    rows = await (
        Membership.select(Membership.organisation, Membership.since, Membership.organisation.name.as_alias("name"))
        .where(Membership.since <= day)
        .order_by(Membership.since)
        .order_by(Membership.organisation.sorting)
    )
    first = {row["organisation"]: row for row in reversed(rows)}
    by_year = group((row["since"].year, row["name"]) for row in rows if first[row["organisation"]] is row)
    return [
        Moment(date(year, 12, 30), ngettext("%(num)s member joins", "%(num)s members join", len(names)), names=names)
        for year, names in by_year
    ]


async def opened(day: date) -> list[Moment]:
    """Sites of organisations that are or were members, a moment a year."""
    members = Membership.select(Membership.organisation).where(Membership.since <= day)
    ever = {row["organisation"] for row in await members}
    rows = await (
        Site.select(Site.town, Site.opened_year, Site.organisation, Site.organisation.name.as_alias("name"))
        .where(Site.opened_year <= day.year)
        .order_by(Site.sorting)
    )
    told = ((row["opened_year"], f"{row['town']} ({row['name']})") for row in rows if row["organisation"] in ever)
    return [
        Moment(date(year, 12, 31), ngettext("%(num)s site opens", "%(num)s sites open", len(names)), names=names)
        for year, names in group(told)
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


def group(pairs: Iterable[tuple[int, str]]) -> list[tuple[int, tuple[str, ...]]]:
    found: dict[int, list[str]] = defaultdict(list)
    for year, name in pairs:
        found[year].append(name)
    return [(year, tuple(names)) for year, names in sorted(found.items())]
