"""Who takes part in which group for whom: read with the memberships, and told as of any day."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from network import clock
from network.database import among
from network.groups import words
from network.groups.span import Days, Span, reckoned, unbroken
from network.groups.tables import Ending, Part, Participation, WorkingGroup
from network.i18n import _, format_day, locale
from network.members.tables import Membership, Organisation
from network.people.tables import Person

COLUMNS = (
    "SELECT s.id, s.reference, s.part, s.since, s.until, s.ended_by, s.note, s.person AS person_id, "
    "p.reference AS person, p.title, p.name, p.sorting, p.email, s.organisation AS organisation_id, "
    "o.reference AS organisation, o.name AS organisation_name, g.id AS group_id, g.reference AS working_group, "
    "g.name_de, g.name_en, g.ended_on FROM group_participation s JOIN working_group g ON g.id = s.working_group "
    "LEFT JOIN person p ON p.id = s.person LEFT JOIN organisation o ON o.id = s.organisation WHERE "
)
ORDER = list(Part)


class Standing(StrEnum):
    COMING = "coming"
    RUNNING = "running"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Seat:
    """A participation as pages tell it. `first` and `last` are the days on which it counts."""

    id: int
    reference: str
    part: str
    span: Span
    written: Span
    note: str
    person_id: int | None
    person: str  # its reference, "" where the name was erased
    who: str
    sorting: str
    email: str
    organisation_id: int | None
    organisation: str
    organisation_name: str
    group_id: int
    group: str  # its reference
    group_name: str

    @property
    def first(self) -> date:
        return self.span.first

    @property
    def last(self) -> date | None:
        return self.span.last

    @property
    def part_words(self) -> str:
        return words.part(self.part)

    @property
    def by_membership(self) -> bool:
        return self.span.ended_by == Ending.MEMBERSHIP

    def runs(self, day: date) -> bool:
        return self.span.holds(day)

    def standing(self, day: date) -> Standing:
        if self.last and self.last < day:
            return Standing.OVER
        return Standing.COMING if self.first > day else Standing.RUNNING

    @property
    def days(self) -> str:
        return words.span(self.first, self.last, clock.today())

    @property
    def ends(self) -> str:
        """Such as "ends on 31 December 2028 with the membership"; "" without an end that is known."""
        if self.last is None:
            return ""
        day = format_day(self.last)
        if self.ends_with:
            return _("ends on %(day)s %(why)s", day=day, why=self.ends_with)
        return _("ends on %(day)s", day=day)

    @property
    def ends_with(self) -> str:
        """Such as "with the membership"; "" where it ends by itself."""
        return words.ending(self.span.ended_by) if self.span.ended_by in (Ending.MEMBERSHIP, Ending.GROUP) else ""

    @property
    def why_over(self) -> str:
        return ", ".join(part for part in (words.ending(self.span.ended_by), self.note) if part)


async def of_group(group: WorkingGroup) -> list[Seat]:
    return await listed("s.working_group = {}", group.id)


async def of_organisation(organisation: Organisation) -> list[Seat]:
    return await listed("s.organisation = {}", organisation.id)


async def of_person(person: Person) -> list[Seat]:
    return await listed("s.person = {}", person.id)


async def on_or_after(day: date) -> list[Seat]:
    """Of all groups, without what is written to have ended before the day: that only grows."""
    return await listed("(s.until IS NULL OR s.until >= {})", day)


async def by_reference(group: WorkingGroup, reference: str) -> Seat | None:
    found = await listed("s.working_group = {} AND s.reference = {}", group.id, reference)
    return found[0] if found else None


async def listed(wanted: str, *values: Any) -> list[Seat]:
    """By part, then by name; those whose name was erased last."""
    rows = await Participation.raw(f"{COLUMNS}{wanted}", *values)
    runs = await memberships_of({row["organisation_id"] for row in rows if row["organisation_id"]})
    return in_order(told(row, runs) for row in rows)


def told(row: dict[str, Any], runs: dict[int, list[Days]]) -> Seat:
    written = Span(row["since"], row["until"], Ending(row["ended_by"]))
    english = row["name_en"] if locale() == "en" else ""
    return Seat(
        id=row["id"],
        reference=row["reference"],
        part=row["part"],
        span=counted(written, row["part"], runs.get(row["organisation_id"], []), row["ended_on"]),
        written=written,
        note=row["note"],
        person_id=row["person_id"],
        person=row["person"] or "",
        who=f"{row['title']} {row['name']}".strip() if row["person"] else _("name erased"),
        sorting=row["sorting"] or "",
        email=row["email"] or "",
        organisation_id=row["organisation_id"],
        organisation=row["organisation"] or "",
        organisation_name=row["organisation_name"] or "",
        group_id=row["group_id"],
        group=row["working_group"],
        group_name=english or row["name_de"],
    )


def counted(written: Span, part: str, runs: Sequence[Days], group_ended_on: date | None) -> Span:
    """Guests need no membership; for everybody else it bounds the seat."""
    return reckoned(written, runs=None if part == Part.GUEST else runs, group_ended_on=group_ended_on)


async def memberships_of(organisations: Iterable[int]) -> dict[int, list[Days]]:
    """By organisation, each time as a member without a gap."""
    numbers = list(organisations)
    if not numbers:
        return {}
    whose, value = among("organisation", numbers)
    found: dict[int, list[Days]] = defaultdict(list)
    for row in await Membership.raw(f"SELECT organisation, since, until FROM membership WHERE {whose}", value):
        found[row["organisation"]].append((row["since"], row["until"]))
    return {organisation: unbroken(days) for organisation, days in found.items()}


def in_order(found: Iterable[Seat]) -> list[Seat]:
    return sorted(found, key=lambda one: (ORDER.index(Part(one.part)), not one.person, one.sorting, one.first, one.id))


def on(found: Iterable[Seat], day: date) -> list[Seat]:
    return [one for one in found if one.runs(day)]


def before(found: Iterable[Seat], day: date) -> list[Seat]:
    """Those that had ended by the day, the latest first."""
    over = [one for one in found if one.standing(day) == Standing.OVER]
    return sorted(over, key=lambda one: (one.last or day, one.id), reverse=True)


def chair_of(found: Iterable[Seat], day: date) -> Seat | None:
    return next((one for one in found if one.part == Part.CHAIR and one.runs(day)), None)
