"""A spreadsheet on its way into the directory: read, checked line by line, mended, and stored as a whole."""

import asyncio
import gc
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from network import clock
from network.activity import record
from network.catalogue import entry
from network.database import DB, enter_all, rows
from network.errors import Refused
from network.folding import number_key, organisation_key
from network.i18n import N_, _, ngettext
from network.members import directory, staff, staffing, undoing
from network.members.comparing import Wanted, compare, known, wanted_by
from network.members.headings import column_name
from network.members.mentions import Terms
from network.members.outcome import MemberPlan, Outcome
from network.members.question import ANOTHER
from network.members.reading import Reading, understood
from network.members.sheet import OF_SHEET, Line, Sheet, clean, read_sheet, spoken
from network.members.staff import Staffing
from network.members.storing import put_away
from network.members.tables import Import, ImportLine
from network.plausible import refuse_implausible
from network.references import new_reference
from network.web.fields import one_line

WHO = ("number", "name")  # may be told of a line though the file has no column for them
KEEP_STORED_DAYS, KEEP_OPEN_DAYS = 30, 90
MOST_UNKNOWN = 20


@dataclass(slots=True)
class Check:
    """The lines as they would go in now."""

    outcomes: Sequence[Outcome | Staffing]
    left_out: list[tuple[int, dict[str, str]]]  # number and cells

    @property
    def needy(self) -> list[Outcome | Staffing]:
        return [outcome for outcome in self.outcomes if outcome.problems]

    @property
    def ready(self) -> int:
        return len(self.outcomes) - len(self.needy)

    @property
    def kinds(self) -> Counter[str]:
        """How many of the ready lines are new, changed or the same."""
        return Counter(outcome.kind for outcome in self.outcomes if not outcome.problems)

    @property
    def sheets(self) -> dict[int, int]:
        """Of several sheets of a workbook, number (0: the first that was read) → how many lines of it go in."""
        found = Counter(outcome.reading.number // OF_SHEET for outcome in self.outcomes)
        return dict(found) if len(found) > 1 else {}

    @property
    def unknown(self) -> list[str]:
        """Terms that no catalogue has, each once."""
        return list(dict.fromkeys(word for outcome in self.outcomes for word in outcome.reading.unknown))

    @property
    def undated(self) -> list[MemberPlan]:
        """Members that come in and of whom no line says since when: it is asked, never invented."""
        plans = [outcome.member for outcome in self.outcomes if outcome.leads and outcome.member]
        return [plan for plan in plans if plan.joins and "since" not in plan.facts]


async def read(file_name: str, content: bytes, actor: str = "") -> Import:
    """Read a file and keep its lines; the directory stays as it is. Refused with a reason if it cannot be read."""
    return await keep(file_name, await parsed(content), actor)


async def parsed(content: bytes) -> Sheet:
    """Takes seconds for a large file: to be done before anybody holds a transaction."""
    with without_collecting():
        return await asyncio.to_thread(read_sheet, content)


async def keep(file_name: str, found: Sheet, actor: str = "") -> Import:
    async with DB.transaction():
        load = Import(
            reference=new_reference(),
            file_name=(one_line(file_name) or _("Table"))[-200:],
            actor=actor,
            read_at=clock.now(),
            told_columns=" ".join(found.columns),
            ignored_columns=", ".join(found.unknown)[:500],
            remarks="\n".join(found.remarks),
        )
        await load.save()
        await enter_all(await asyncio.to_thread(import_lines, load.id, found.lines))
        await record(actor, N_("spreadsheet read"), f"import:{load.reference}", load.file_name)
    return load


def import_lines(load: int, lines: list[Line]) -> list[ImportLine]:
    return [ImportLine(load=load, number=line.number, cells=json.dumps(line.cells)) for line in lines]


@contextmanager
def without_collecting() -> Iterator[None]:
    """With so many rows in hand, Python's search for forgotten circles would stop the house for a third of a second."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


async def check(load: Import) -> Check:
    """Every line understood and laid beside the directory as it is now."""
    with without_collecting():
        return await compared(load)


async def compared(load: Import) -> Check:
    lines = await asyncio.to_thread(opened, await rows(ImportLine, "WHERE load = {} ORDER BY number", load.id))
    going = [(number, cells) for number, cells, goes_in in lines if goes_in]
    outcomes: Sequence[Outcome | Staffing] = (
        await staff.checked(going, columns_in(load)) if of_people(load) else await checked(going, columns_in(load))
    )
    return Check(outcomes, [(number, cells) for number, cells, goes_in in lines if not goes_in])


def opened(lines: list[ImportLine]) -> list[tuple[int, dict[str, str], bool]]:
    return [(line.number, cells_in(line), line.left_out_at is None) for line in lines]


async def checked(lines: list[tuple[int, dict[str, str]]], columns: list[str]) -> list[Outcome]:
    """In a thread what only thinks: thousands of lines take seconds."""
    terms = Terms((await entry.by_id()).values())

    def read_all() -> tuple[list[Reading], Wanted]:
        readings = [read_line(number, cells, columns, terms) for number, cells in lines]
        return readings, wanted_by(readings)

    readings, wanted = await asyncio.to_thread(read_all)
    return await asyncio.to_thread(compare, readings, await known(wanted))


def read_line(number: int, cells: dict[str, str], columns: list[str], terms: Terms) -> Reading:
    told = understood(
        number, {name: text for name, text in cells.items() if name in columns or name in WHO}, columns, terms
    )
    told.another = ANOTHER in cells
    return told


async def cells_of(load: Import, numbers: list[int]) -> dict[int, dict[str, str]]:
    """The text of some lines, as it stands in the file or was mended."""
    if not numbers:
        return {}
    mine = (ImportLine.load == load.id) & ImportLine.number.is_in(numbers)
    return {line.number: cells_in(line) for line in await ImportLine.objects().where(mine)}


def cells_in(line: ImportLine) -> dict[str, str]:
    return dict(json.loads(line.cells))


async def mend(load: Import, number: int, cells: dict[str, str]) -> None:
    """Put other text into a line's cells; blank ones are emptied."""
    async with DB.transaction():
        line = await open_line(load, number)
        before = cells_in(line)
        told = before | {name: clean(text) for name, text in cells.items()}
        if any(told.get(name, "") != before.get(name, "") for name in ("number", "name")):
            told |= {ANOTHER: cells.get(ANOTHER, "")}  # it was said of another name or number
        line.cells = json.dumps({name: text for name, text in told.items() if text})
        await line.save()


async def answer(load: Import, number: int, key: str) -> None:
    """Who is meant, said of all lines of the file that name the same one in the same way."""
    async with DB.transaction():
        asked = next((one for one in (await check(load)).needy if one.reading.number == number), None)
        given = next((one for one in asked.answers if one.key == key), None) if asked else None
        if asked is None or given is None:
            raise Refused(_("This line has changed since. Please look at it once more."))
        for one in await same_said(load, asked):
            await mend(load, one, given.cells)


async def same_said(load: Import, asked: Outcome | Staffing) -> list[int]:
    """The lines of the same number and name."""

    def said(facts: dict[str, Any]) -> tuple[str, str]:
        return number_key(facts.get("number", "")), organisation_key(facts.get("name", ""))

    lines = await rows(ImportLine, "WHERE load = {} ORDER BY number", load.id)
    return [line.number for line in lines if said(cells_in(line)) == said(asked.reading.member)]


async def leave_out(load: Import, number: int) -> None:
    """This line will not be stored."""
    async with DB.transaction():
        line = await open_line(load, number)
        line.left_out_at = clock.now()
        await line.save()


async def leave_out_sheet(load: Import, sheet: int) -> None:
    """No line of this sheet of the workbook will be stored (0: of the first that was read)."""
    async with DB.transaction():
        await refuse_stored(load)
        start = sheet * OF_SHEET
        mine = (ImportLine.load == load.id) & (ImportLine.number >= start) & (ImportLine.number < start + OF_SHEET)
        await ImportLine.update({ImportLine.left_out_at: clock.now()}).where(mine)


async def leave_out_column(load: Import, name: str) -> None:
    """What stands in this column is not read; the lines go in without it."""
    async with DB.transaction():
        await refuse_stored(load)
        left = [column for column in columns_in(load) if column != name]
        ignored = ", ".join(part for part in (load.ignored_columns, column_name(name, columns_in(load))) if part)[:500]
        await Import.update({Import.told_columns: " ".join(left), Import.ignored_columns: ignored}).where(
            Import.id == load.id
        )


def columns_in(load: Import) -> list[str]:
    """What the file speaks of; files from before 0.2.0 kept it elsewhere."""
    return (load.told_columns or load.columns).split()


def of_people(load: Import) -> bool:
    """It tells of people and their functions alone (staffsheet)."""
    return "person" in columns_in(load)


async def take_back(load: Import, number: int) -> None:
    """A line that was left out goes in after all."""
    async with DB.transaction():
        line = await open_line(load, number)
        line.left_out_at = None
        await line.save()


async def open_line(load: Import, number: int) -> ImportLine:
    await refuse_stored(load)
    line = await ImportLine.objects().get((ImportLine.load == load.id) & (ImportLine.number == number))
    if line is None:
        raise Refused(_("The file has no line %(line)s.", line=spoken(number)))
    return line


async def refuse_stored(load: Import) -> None:
    if not await Import.exists().where((Import.id == load.id) & (Import.stored_at == None)):
        raise Refused(_("This file has been stored or given up already."))


async def store(load: Import, *, since: date | None = None, actor: str = "") -> Import:
    """Put all lines into the directory, or none. Refused while a line needs somebody, and a second time.

    `since` is the first day of new members for whom the file tells none.
    """
    with without_collecting():
        async with DB.transaction():
            await take_in(load, since, actor)
    return load


async def take_in(load: Import, since: date | None, actor: str) -> None:
    mine = Import.update({Import.stored_at: clock.now()}).where((Import.id == load.id) & (Import.stored_at == None))
    if not await mine.returning(Import.id):
        raise Refused(_("This file has been stored or given up already."))
    await directory.hold()
    found = await compared(load)
    if found.needy:
        raise Refused(summary(found))
    if not found.outcomes:
        raise Refused(_("No line is left to be stored."))
    begin(found.undated, since)
    kinds = found.kinds  # before: afterwards every line is as the directory has it
    if of_people(load):
        await staffing.put_away([one for one in found.outcomes if isinstance(one, Staffing)], load=load.id, actor=actor)
    else:
        await put_away([one for one in found.outcomes if isinstance(one, Outcome)], load=load.id, actor=actor)
    load.created, load.changed, load.unchanged = kinds["new"], kinds["changed"], kinds["same"]
    load.stored_at = clock.now()
    await load.save()
    await record(actor, N_("spreadsheet stored"), f"import:{load.reference}", load.file_name, result(load))


def begin(undated: list[MemberPlan], since: date | None) -> None:
    """Give the day to those who have none."""
    if undated and since is None:
        raise Refused(undated_words(len(undated)), "since")
    refuse_implausible(since=since)
    for plan in undated:
        assert since
        over = plan.membership.until if plan.membership else None
        if since > plan.facts.get("until", since) or (over and since <= over):
            name = plan.facts.get("name") or (plan.row.name if plan.row else "")
            words = _("This day does not fit %(name)s; please write its first day into the file.", name=name)
            raise Refused(words, "since")
        plan.facts["since"] = since


def undated_words(number: int) -> str:
    return ngettext(
        "The file does not say since when one new member belongs to you; please enter the day.",
        "The file does not say since when %(num)s new members belong to you; please enter the day.",
        number,
    )


async def give_up(load: Import, *, actor: str = "") -> None:
    """Throw the file away; the directory stays as it is."""
    async with DB.transaction():
        await refuse_stored(load)
        await Import.delete().where(Import.id == load.id)
        await record(actor, N_("spreadsheet given up"), f"import:{load.reference}", load.file_name)


async def by_reference(reference: str) -> Import | None:
    return await Import.objects().get(Import.reference == reference)


async def waiting() -> list[Import]:
    """Files that were read and neither stored nor given up, the newest first."""
    return await Import.objects().where(Import.stored_at == None).order_by(Import.read_at, ascending=False)


async def forget_old() -> None:
    """Daily: what was stored is in the directory; what nobody came back to is given up."""
    await undoing.forget_old()
    await Import.delete().where((Import.stored_at != None) & (Import.stored_at < clock.ago(days=KEEP_STORED_DAYS)))
    await Import.delete().where((Import.stored_at == None) & (Import.read_at < clock.ago(days=KEEP_OPEN_DAYS)))


async def from_terminal(path: Path, since: date | None = None) -> str:
    """Read and store a file in one go; returns what happened. Refused with every line that needs somebody."""
    try:
        content = await asyncio.to_thread(path.read_bytes)
    except OSError as error:
        raise Refused(_("The file %(file)s cannot be read.", file=path.name)) from error
    read_in = await parsed(content)
    async with DB.transaction():
        load = await keep(path.name, read_in)
        found = await check(load)
        told = [summary(found), *told_aside(load, found)]
        if found.needy:
            lines = [sentence for outcome in found.needy for sentence in sentences(outcome)]
            raise Refused("\n".join([*told, *lines, _("Nothing was stored.")]))
        await store(load, since=since)
    counts = await directory.counts()
    return "\n".join([*told, result(load), directory.in_words(counts)])


def summary(found: Check) -> str:
    """Such as "21 Zeilen bereit, 2 brauchen Sie."."""
    ready = ngettext("%(num)s line is ready", "%(num)s lines are ready", found.ready)
    if not found.needy:
        return ready + "."
    return ready + ", " + ngettext("%(num)s needs you", "%(num)s need you", len(found.needy)) + "."


def sentences(outcome: Outcome | Staffing) -> list[str]:
    """Such as "Zeile 14: PLZ fehlt."."""
    number = spoken(outcome.reading.number)
    return [_("Line %(line)s: %(problem)s.", line=number, problem=words) for words in outcome.problems.values()]


def result(load: Import) -> str:
    """Such as "0 neu, 0 geändert, 23 unverändert."."""
    return _(
        "%(created)s new, %(changed)s changed, %(unchanged)s unchanged.",
        created=load.created,
        changed=load.changed,
        unchanged=load.unchanged,
    )


def told_aside(load: Import, found: Check | None = None) -> list[str]:
    """What the file holds and the directory does not take."""
    told = load.remarks.split("\n") if load.remarks else []
    if found and found.unknown:
        words = ", ".join(found.unknown[:MOST_UNKNOWN]) + (" …" if len(found.unknown) > MOST_UNKNOWN else "")
        told.append(_("In no catalogue, and therefore not read: %(words)s.", words=words))
    if load.ignored_columns:
        told.append(_("These columns were not read: %(columns)s.", columns=load.ignored_columns))
    return told
