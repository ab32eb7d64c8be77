"""The directory to take along: sheets with chosen columns, as of a day, read in portions so that memory stays flat."""

from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from piccolo.table import Table

from network import activity, clock
from network.activity import looked_at_all
from network.association.profile import known_profile
from network.catalogue import entry
from network.database import chunks, marks, rows
from network.i18n import _, format_day
from network.members import directory, evidence, function, offer, votes
from network.members.directory import Listed
from network.members.extracts import PUBLIC, SHEETS
from network.members.function import Held
from network.members.headings import BASIC
from network.members.portion import AS_OF, Column, Line, Portion, Sheet, grouped
from network.members.selection import Selection
from network.members.tables import Membership, Organisation, ProviderStatus
from network.people.viewer import Viewer
from network.web.sheets import Leaf, Value, csv_stream, workbook

Row = TypeVar("Row", bound=Table)
SIZE = 100  # organisations that are read, told and forgotten again together
LIST = "list"
See = Callable[[Held], Awaitable[Held]]  # of somebody what whoever looks may read
Chosen = dict[str, list[str]]  # sheet → columns
KNOWN = SHEETS | {PUBLIC.name: PUBLIC}


@dataclass(frozen=True, slots=True)
class Eyes:
    """Who takes the directory along. That the office reads what is not public is noted with each organisation."""

    office: bool = False
    actor: str = ""
    see: See | None = None


def eyes_of(viewer: Viewer, see: See | None = None) -> Eyes:
    return Eyes(viewer.is_office, viewer.reference, see)


def columns_of(name: str, *, office: bool) -> dict[str, Column]:
    """What a sheet can tell, in its order; some of it is the office's alone."""
    return {key: column for key, column in KNOWN[name].columns().items() if office or not column.office}


def chosen(sheets: Collection[str], ticked: Collection[str], *, office: bool, day: date) -> Chosen:
    """Sheet → columns, both in their own order. `ticked` are columns, "name" of a list or "people.name" of another.

    Nothing that is known means the list with the usual columns, and all of the others'. Of another day than today
    every line says which.
    """
    wanted = [name for name in KNOWN if name in sheets] or [LIST]
    found = {}
    for name in wanted:
        known = columns_of(name, office=office)
        prefix = "" if name in (LIST, PUBLIC.name) else f"{name}."
        names = [key for key in known if f"{prefix}{key}" in ticked] or usual(name, known)
        found[name] = [key for key in names if key != AS_OF] + ([AS_OF] if day != clock.today() else [])
    return found


def usual(name: str, known: Iterable[str]) -> list[str]:
    return list(BASIC) if name == LIST else [key for key in known if key != AS_OF]


def leaves(wanted: Chosen, *, office: bool) -> list[Leaf]:
    return [
        Leaf(_(KNOWN[name].title), [_(columns_of(name, office=office)[key].words) for key in keys])
        for name, keys in wanted.items()
    ]


@dataclass(frozen=True, slots=True)
class Offer:
    """A sheet in a form: its columns, and which of them are ticked."""

    name: str
    title: str
    columns: dict[str, str]  # as in the address → in words
    ticked: list[str]
    is_chosen: bool


def offers(sheets: Collection[str], ticked: Collection[str], *, office: bool) -> list[Offer]:
    """Every sheet but the list, with all columns ticked unless some are."""
    found = []
    for name, sheet in SHEETS.items():
        if name != LIST:
            known = columns_of(name, office=office)
            told = {f"{name}.{key}": _(one.words) for key, one in known.items() if key != AS_OF}
            wanted = [key for key in told if key in ticked] or list(told)
            found.append(Offer(name, _(sheet.title), told, wanted, name in sheets or not sheets))
    return found


async def taken_along(kind: str, selection: Selection, wanted: Chosen, eyes: Eyes, words: str) -> Any:
    """The answer to "as XLSX" with all sheets that are wanted, or to "as CSV" with the first of them."""
    if kind == "csv":
        wanted = dict([next(iter(wanted.items()))])
    ids = await directory.in_order(selection)
    pages, parts = leaves(wanted, office=eyes.office), portions(ids, selection, wanted, eyes)
    named = words if len(wanted) > 1 or LIST in wanted or PUBLIC.name in wanted else pages[0].title
    if kind == "csv":
        return await csv_stream(file_name(named, selection.day), pages[0], parts)
    first, *rest = about(selection, len(ids), (await known_profile()).full_name)
    last = Leaf(_("About this file"), [str(cell) for cell in first])
    return await workbook(file_name(named, selection.day), [*pages, last], with_about(parts, rest, len(pages)))


def file_name(words: str, day: date) -> str:
    """Such as "Mitglieder 2027-09-05": which day it tells of is seen before it is opened."""
    return f"{words} {day.isoformat()}"


def about(selection: Selection, count: int, association: str) -> list[list[Value]]:
    """A last sheet that says what the others are."""
    return [
        [_("Association"), association],
        [_("As of"), selection.day],
        [_("Organisations"), count],
        [_("Written on"), clock.now()],
        [_("In words"), _("The directory as it was on %(day)s.", day=format_day(selection.day))],
    ]


async def portions(
    ids: Sequence[int], selection: Selection, wanted: Chosen, eyes: Eyes
) -> AsyncIterator[list[list[list[Value]]]]:
    """The rows of each sheet, some organisations at a time."""
    known = {name: columns_of(name, office=eyes.office) for name in wanted}
    columns = {name: [known[name][key] for key in keys] for name, keys in wanted.items()}
    needs = {KNOWN[name].needs for name in wanted} | {one.needs for some in columns.values() for one in some}
    is_private = any(one.private for some in columns.values() for one in some)
    read_of = Counted()
    for some in chunks(ids, SIZE):
        portion = await read(await directory.these(some, selection), selection, needs, eyes.see)
        if is_private and eyes.office:
            people = (held for those in portion.people.values() for held in those)
            read_of.add(await note_reading(people, eyes.actor))
        yield [list(rows_of(KNOWN[name], portion, some)) for name, some in columns.items()]
    await note_taking(read_of, eyes.actor)


def rows_of(sheet: Sheet, portion: Portion, columns: Sequence[Column]) -> Iterator[list[Value]]:
    yield from ([column.tell(portion, line) for column in columns] for line in lines(sheet, portion, columns))


async def with_about(
    parts: AsyncIterator[list[list[list[Value]]]], rows: list[list[Value]], sheets: int
) -> AsyncIterator[list[list[list[Value]]]]:
    """Once the rows of the sheet that says what the others are, then the portions of those."""
    yield [*([] for _sheet in range(sheets)), rows]
    async for portion in parts:
        yield [*portion, []]


def lines(sheet: Sheet, portion: Portion, columns: Sequence[Column]) -> Iterable[Line]:
    """In the list a line for each site, or for the member where no column tells of sites or it has none."""
    for row in portion.found:
        if sheet.name == LIST and not any(column.of_site for column in columns):
            yield Line(row)
        else:
            yield from sheet.lines(portion, row)


async def read(found: list[Listed], selection: Selection, needs: AbstractSet[str], see: See | None) -> Portion:
    """What the columns need of these organisations, in a few questions however many they are."""
    portion = Portion(selection.day, found)
    ids = [row.id for row in found]
    if needs & {"sites", "offers", "evidence"}:
        await directory.with_sites(found, selection.day, selection.lens)
    if "organisations" in needs:
        portion.rows = {row.id: row for row in await of_organisations(Organisation, "id", ids)}
    if needs & {"organisations", "offers", "evidence"}:
        portion.terms = await entry.by_id()
    if "offers" in needs:
        portion.offers = grouped(await offer.offered(ids), lambda one: one.organisation)
    if "evidence" in needs:
        shown = await evidence.as_shown(await evidence.of_all(ids), selection.day) if ids else []
        portion.evidence = grouped(shown, lambda one: one.row.organisation)
    if "people" in needs:
        portion.people = await holding(found, selection.day, see)
    if "memberships" in needs:
        found_ones = await of_organisations(Membership, "organisation", ids)
        portion.memberships = grouped(found_ones, lambda one: one.organisation)
    if "provider" in needs:
        steps = await of_organisations(ProviderStatus, "organisation", ids)
        portion.steps = grouped(steps, lambda one: one.organisation)
    if "votes" in needs:
        portion.votes = await votes.votes_of_all(ids, selection.day)
    return portion


async def of_organisations(table: type[Row], column: str, ids: Sequence[int]) -> list[Row]:
    found: list[Row] = []
    for some in chunks(ids):
        found += await rows(table, f"WHERE {column} IN ({marks(some)}) ORDER BY id", *some)
    return found


async def holding(found: Sequence[Listed], day: date, see: See | None = None) -> dict[int, list[Held]]:
    """By organisation: who is what on the day, with the facts that stood in public on it."""
    by_reference, ids = {row.reference: row.id for row in found}, [row.id for row in found]
    people: list[Held] = []
    for some in chunks(ids):
        held = await function.listed(f"f.organisation IN ({marks(some)})", *some)
        people += await as_seen([one for one in held if one.runs(day)], day)
    seen = [await see(one) for one in people] if see else people
    return grouped(seen, lambda one: by_reference[one.organisation])


async def as_seen(people: list[Held], day: date) -> list[Held]:
    """With the facts that stood in public on the day; `function.listed` tells those of today."""
    return await function.shown_on(people, day) if day != clock.today() else people


async def note_reading(people: Iterable[Held], actor: str) -> set[int]:
    """With each organisation of which private addresses or numbers are read; returns of which people they are."""
    private = [held for held in people if held.private]
    await looked_at_all(actor, {f"organisation:{held.organisation}": held.organisation_name for held in private})
    return {held.person_id for held in private}


class Counted:
    """How many different people there were: a bit for each, as a set of 60,000 numbers takes six megabytes."""

    def __init__(self) -> None:
        self.bits = bytearray()

    def add(self, people: Iterable[int]) -> None:
        for number in people:
            place, bit = divmod(number, 8)
            if place >= len(self.bits):
                self.bits.extend(bytes(place + 1 - len(self.bits)))
            self.bits[place] |= 1 << bit

    def __len__(self) -> int:
        return sum(byte.bit_count() for byte in self.bits)


async def note_taking(people: Counted, actor: str) -> None:
    """Each time a file leaves, with the number of people of whom something private is in it."""
    if number := len(people):
        await activity.taken_along(actor, "members:", _("Members"), number)
