"""Some organisations with all that is known of them, and what a column of a sheet tells of one line."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.i18n import N_, _
from network.members import listwords, provider
from network.members.directory import Listed
from network.members.evidence import Shown
from network.members.function import Held
from network.members.offer import Offered
from network.members.tables import Membership, Organisation, ProviderStatus
from network.web.sheets import Value

T = TypeVar("T")
K = TypeVar("K")
AS_OF = "as_of"
KINDS = {"full": N_("Full member"), "guest": N_("Guest member, without a vote"), "": N_("no member")}
OFFER_KINDS = {EntryKind.SERVICE: N_("Service"), EntryKind.FIELD: N_("Occupational field")}
AT_HAND = ("valid", "soon", "urgent", "outdated", "expired")  # of evidence: begun, and nothing renews it


@dataclass(slots=True)
class Portion:
    """Some organisations of the list with everything that the columns need of them."""

    day: date
    found: list[Listed]
    rows: dict[int, Organisation] = field(default_factory=dict)
    terms: dict[int, Entry] = field(default_factory=dict)
    offers: dict[int, list[Offered]] = field(default_factory=dict)
    evidence: dict[int, list[Shown]] = field(default_factory=dict)
    people: dict[int, list[Held]] = field(default_factory=dict)
    memberships: dict[int, list[Membership]] = field(default_factory=dict)
    steps: dict[int, list[ProviderStatus]] = field(default_factory=dict)
    votes: dict[int, int] = field(default_factory=dict)

    def own(self, line: "Line") -> Organisation:
        return self.rows[line.row.id]

    def step(self, line: "Line") -> ProviderStatus | None:
        return provider.on(sorted(self.steps.get(line.row.id, []), key=lambda one: (one.since, one.id)), self.day)

    def offered(self, line: "Line", site: int | None, kind: EntryKind) -> list[Offered]:
        here = self.offers.get(line.row.id, [])
        return [one for one in here if one.site == site and one.entry.kind == kind and one.runs(self.day)]

    def shown(self, line: "Line", site: int | None) -> list[Shown]:
        here = self.evidence.get(line.row.id, [])
        return [one for one in here if one.row.site == site and one.state in AT_HAND]


@dataclass(frozen=True, slots=True)
class Line:
    """What a row of a sheet is about: an organisation, perhaps one of its sites, and one thing more."""

    row: Listed
    site: dict[str, Any] = field(default_factory=dict)
    one: Any = None


@dataclass(frozen=True, slots=True)
class Column:
    words: str
    tell: Callable[[Portion, Line], Value]
    needs: str = ""  # what `exporting.read` has to look up
    of_site: bool = False
    office: bool = False  # nobody else may read it
    private: bool = False  # that somebody read it is noted


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    title: str
    columns: Callable[[], dict[str, Column]]
    lines: Callable[[Portion, Listed], Iterator[Line]]
    needs: str = ""


def grouped(items: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    found: dict[K, list[T]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found


# --- what columns tell -----------------------------------------------------------------------------------------------


def fact(name: str) -> Callable[[Portion, Line], Value]:
    return lambda _portion, line: getattr(line.row, name)


def own(name: str) -> Callable[[Portion, Line], Value]:
    return lambda portion, line: getattr(portion.own(line), name)


def of_one(name: str) -> Callable[[Portion, Line], Value]:
    return lambda _portion, line: getattr(line.one, name)


def of_site(name: str) -> Callable[[Portion, Line], Value]:
    return lambda _portion, line: line.site.get(name)


def opened(_portion: Portion, line: Line) -> Value:
    """The day where it is known."""
    return line.site.get("opened_on") or line.site.get("opened_year")


def place(_portion: Portion, line: Line) -> Value:
    """Nothing stands for the whole organisation."""
    name, town = str(line.site.get("name", "")), str(line.site.get("town", ""))
    return f"{name}, {town}" if name and town not in name else name or town


def facility_type(portion: Portion, line: Line) -> Value:
    kind = portion.terms.get(portion.own(line).facility_type or 0)
    return entry.name_of(kind) if kind else ""


def offers(kind: EntryKind, *, at_site: bool = False) -> Callable[[Portion, Line], Value]:
    def tell(portion: Portion, line: Line) -> Value:
        found = (
            portion.offered(line, line.site.get("id") if at_site else None, kind) if line.site or not at_site else []
        )
        return listwords.joined(listwords.spanned(one.name, one.span) for one in found)

    return tell


def papers(tell_one: Callable[[Shown], Value], *, at_site: bool = False) -> Callable[[Portion, Line], Value]:
    """The same fact of each piece of evidence there, in one cell."""

    def tell(portion: Portion, line: Line) -> Value:
        found = portion.shown(line, line.site.get("id") if at_site else None) if line.site or not at_site else []
        return listwords.joined_beside([tell_one(one) for one in found])

    return tell


def public_bases(portion: Portion, line: Line) -> Value:
    """On what is worked in a place, as far as valid evidence shows it; of the papers themselves nothing is public."""
    here = line.site.get("id") if line.site else None
    covered = [one for one in portion.evidence.get(line.row.id, []) if one.row.site == here and one.covers(portion.day)]
    return listwords.joined(dict.fromkeys(one.basis_name for one in covered))


def holders(kind: str) -> Callable[[Portion, Line], Value]:
    return lambda portion, line: listwords.joined(
        held.who for held in portion.people.get(line.row.id, []) if held.kind == kind
    )


def consent(name: str) -> Callable[[Portion, Line], Value]:
    return lambda _portion, line: line.one.shown.get(name)


def on_day(portion: Portion, line: Line) -> Value:
    del line
    return portion.day


def until_day(name: str) -> Callable[[Portion, Line], Value]:
    """A fact with a day, as far as it had come by then."""

    def tell(portion: Portion, line: Line) -> Value:
        day = getattr(portion.own(line), name)
        return day if day and day <= portion.day else None

    return tell


def status(portion: Portion, line: Line) -> Value:
    step = portion.step(line)
    return _(provider.STATUSES[step.status]) if step else ""


def status_since(portion: Portion, line: Line) -> Value:
    step = portion.step(line)
    return step.since if step else None


def offered_in(portion: Portion, line: Line) -> Value:
    where = portion.own(line).offered_in
    return _(provider.OFFERED_IN[where]) if where else ""
