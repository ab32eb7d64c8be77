"""What storing a line of a spreadsheet does, and what of the directory it is laid beside."""

from dataclasses import dataclass, field
from typing import Any

from network.members.headings import COLUMNS
from network.members.mentioned import Described, Mention
from network.members.question import Answer
from network.members.reading import Reading
from network.members.tables import Membership, Organisation, ProviderStatus, Site


@dataclass(slots=True)
class Change:
    """One fact: what the directory has, and what the file says."""

    column: str
    before: Any
    after: Any


@dataclass(slots=True)
class Outcome:
    """A line and what storing it does."""

    reading: Reading
    member: "MemberPlan | None" = None
    site: Site | None = None  # None with a site in the reading: a new one
    leads: bool = False  # the line at which the member's own changes are shown
    changes: list[Change] = field(default_factory=list)
    mentioned: list[Mention] = field(default_factory=list)  # of the site
    answers: list[Answer] = field(default_factory=list)  # to the question who is meant

    @property
    def problems(self) -> dict[str, str]:
        return self.reading.problems

    @property
    def kind(self) -> str:
        """new, changed or same."""
        new_member = self.leads and self.member is not None and self.member.row is None
        if (self.reading.site is not None and self.site is None) or (self.reading.site is None and new_member):
            return "new"
        return "changed" if new_member or self.told else "same"

    @property
    def told(self) -> list[Change | Mention]:
        """All that becomes different with this line, in the order of the columns."""
        found: list[Change | Mention] = [*self.changes, *self.mentioned]
        if self.leads and self.member:
            found += [*self.member.changes, *self.member.mentioned]
        return sorted(found, key=lambda one: list(COLUMNS).index(one.column))


@dataclass(slots=True)
class MemberPlan:
    """A member of the file: all its lines taken together, and the organisation that it is in the directory."""

    first_line: int
    facts: dict[str, Any] = field(default_factory=dict)
    told_in: dict[str, int] = field(default_factory=dict)  # fact → the line that told it first
    row: Organisation | None = None
    membership: Membership | None = None
    joins: bool = False
    changes: list[Change] = field(default_factory=list)
    mentioned: list[Mention] = field(default_factory=list)  # of the whole organisation
    taken: set[str] = field(default_factory=set)  # sites that lines of this member stand for already
    is_another: bool = False  # than the one that has its name, as somebody said


@dataclass(slots=True)
class Known:
    """The directory as it is, by everything a line may be recognised by."""

    by_id: dict[int, Organisation] = field(default_factory=dict)
    by_key: dict[str, list[int]] = field(default_factory=dict)
    by_number: dict[str, int] = field(default_factory=dict)  # by folding.number_key
    memberships: dict[int, list[Membership]] = field(default_factory=dict)
    sites: dict[int, list[Site]] = field(default_factory=dict)
    by_code: dict[str, Site] = field(default_factory=dict)
    described: Described = field(default_factory=Described)
    steps: dict[int, list[ProviderStatus]] = field(default_factory=dict)  # of § 60 SGB IX
