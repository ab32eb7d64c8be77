"""What belongs to an entry that goes over into another: what moves, what both have, what stands in the way.

What points at an entry is asked of Piccolo for all tables (rowkeeping), so that a table of tomorrow is not forgotten;
texts that name it are found by its reference, which is random and stands for nothing else.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from piccolo.table import Table

from network import clock
from network.i18n import _
from network.members.former import planned_among
from network.members.rooms import room
from network.members.tables import Function, FunctionKind, ImportChange, ImportLine, Membership, Merge, Organisation
from network.people.tables import Person, Publication, Session, SignInLink
from network.rowkeeping import (
    as_if_over,
    as_text,
    by_id,
    column_name,
    facts_in,
    keys_of,
    name_of,
    naming,
    pointing_at,
    row_from,
    same_but_for,
    table_of,
)

KINDS: dict[str, type[Table]] = {"organisation": Organisation, "person": Person}
ENDS = {name_of(Session), name_of(SignInLink)}  # whoever was signed in as the one that goes signs in again
OWN = {name_of(table) for table in (Merge, ImportChange, ImportLine)}  # what tells of the past stays as it is
FREE = ("id", "reference", "at", "actor", "said_by")  # two rows may differ in these and say the same
REACHED_AT = ("email", "phone")

Facts = dict[str, Any]
RowKey = tuple[str, int]  # table, number
Key = tuple[str, str, list[int], str, int, int]  # table, column, numbers of rows; which table, from which row to which
Memberships = tuple[list[Membership], list[Membership]]


@dataclass(frozen=True, slots=True)
class Swap:
    """One entry goes, another stays in its place: the two themselves, and each pair of their sites that is the same."""

    gone: Table
    kept: Table

    @property
    def table(self) -> str:
        return name_of(self.gone)


@dataclass(slots=True)
class Belongings:
    """Everything that hangs on the entry that goes, and on those of its sites that are the other's as well."""

    keys: list[Key] = field(default_factory=list)
    texts: list[tuple[str, str, str, list[int]]] = field(default_factory=list)  # table, column, text before "ref", rows
    twice: dict[RowKey, str] = field(default_factory=dict)  # both have it: the row as it is, which goes
    filled: dict[RowKey, tuple[str, str]] = field(
        default_factory=dict
    )  # a kept row, before and with what else is known
    memberships: Memberships = field(default_factory=lambda: ([], []))  # of both, in the same days
    in_the_way: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """Table → how many of its rows go over."""
        found: dict[str, set[int]] = {}
        for table, _column, ids, *_swap in self.keys:
            found.setdefault(table, set()).update(ids)
        for table, _column, _start, ids in self.texts:
            found.setdefault(table, set()).update(ids)
        return {table: len(ids) for table, ids in found.items()}

    @property
    def counts_twice(self) -> dict[str, int]:
        """Table → how many of its rows both have."""
        found: dict[str, int] = {}
        for table, _number in self.twice:
            found[table] = found.get(table, 0) + 1
        return found


async def of(kind: str, swaps: Sequence[Swap]) -> Belongings:
    """What would go over. The first of `swaps` are the two entries themselves."""
    told, kept, gone = Belongings(), swaps[0].kept, swaps[0].gone
    numbers = {(swap.table, number(swap.gone)): number(swap.kept) for swap in swaps}
    theirs: dict[str, list[Table]] = {}
    for key, (row, columns) in (await rows_at([swap.gone for swap in swaps])).items():
        if key in numbers:
            continue
        table, facts = key[0], as_if_over(row, numbers)
        if table in SAME and table not in theirs:
            theirs[table] = [one for one, _columns in (await rows_at([swap.kept for swap in swaps], table)).values()]
        double = next((one for one in theirs.get(table, ()) if SAME[table](facts, one.__dict__)), None)
        if (
            table == "publication"
            and (fact := facts["fact"]) in REACHED_AT
            and kept.__dict__[fact] != gone.__dict__[fact]
        ):
            double = None  # consent to show one address is none to show the other
        between = is_between_both(row, facts)
        if double is not None or (between and table in FORGOTTEN):
            await keep_once(told, key, row, double, facts)
        elif between or await collides(row, columns, numbers):
            await keep_apart(told, key, row)
        else:
            for column, of_table in columns:
                add_key(told, (table, column, of_table), row, numbers)
    for (name, column, start), ids in (await naming(kind, ref(gone), without=OWN | {name_of(gone)})).items():
        if rest := [one for one in ids if (name, one) not in told.twice]:
            told.texts.append((name, column, start, rest))
    await look_at_both(told, kind, kept, gone)
    return told


async def rows_at(entries: Sequence[Table], only: str = "") -> dict[RowKey, tuple[Table, list[tuple[str, str]]]]:
    """The rows that point at one of these, each with the columns that do and the tables to which they lead."""
    found: dict[RowKey, tuple[Table, list[tuple[str, str]]]] = {}
    for entry in entries:
        for column, ids in await pointing_at(type(entry), [entry.__dict__["id"]]):
            name = name_of(table_of(column))
            if name in ENDS or (only and name != only):
                continue
            for number, row in (await by_id(table_of(column), ids)).items():
                found.setdefault((name, number), (row, []))[1].append((column_name(column), name_of(entry)))
    return found


async def collides(row: Table, columns: Sequence[tuple[str, str]], numbers: Mapping[RowKey, int]) -> bool:
    """The database allows it once, and the kept one has it."""
    for column, of_table in columns:
        if await same_but_for(row, column, numbers[of_table, row.__dict__[column]]):
            return True
    return False


async def keep_apart(told: Belongings, key: RowKey, row: Table) -> None:
    """Of some things one each year is enough; of others both are history, and so both stay what they were."""
    if key[0] in FORGOTTEN:
        await keep_once(told, key, row, None, {})
    elif (words := both_have(key[0])) not in told.in_the_way:
        told.in_the_way.append(words)


def both_have(table: str) -> str:
    return _(
        "Both have a part of their own in “%(room)s”. That stays as it was, and so they stay two.", room=room(table)
    )


async def keep_once(told: Belongings, key: RowKey, row: Table, double: Table | None, facts: Facts) -> None:
    """The row goes; what only it knows is added to the one that stays."""
    told.twice[key] = as_text(row)
    if await pointing_at(type(row), [key[1]]):
        told.in_the_way.append(_("Both have the same in “%(room)s”, and other entries hang on it.", room=room(key[0])))
    if double is None:
        return
    mine = key[0], double.__dict__["id"]
    before, so_far = told.filled.get(mine) or (as_text(double), as_text(double))
    now = facts_in(type(double), so_far)
    more = {
        name: value for name, value in facts.items() if name in now and now[name] in (None, "") and name not in FREE
    }
    more |= SPANS[key[0]](now, facts) if key[0] in SPANS else {}
    if any(now[name] != value for name, value in more.items()):
        told.filled[mine] = before, as_text(row_from(type(double), as_text(changed(double, now | more))))


def changed(row: Table, facts: Facts) -> Table:
    copied = row_from(type(row), as_text(row))
    copied.__dict__.update({name: value for name, value in facts.items() if name in copied.__dict__})
    return copied


def add_key(told: Belongings, where: tuple[str, str, str], row: Table, numbers: Mapping[RowKey, int]) -> None:
    table, column, of_table = where
    before = row.__dict__[column]
    known = next((one for one in told.keys if (*one[:2], one[4]) == (table, column, before)), None)
    if known:
        known[2].append(number(row))
    else:
        told.keys.append((table, column, [row.__dict__["id"]], of_table, before, numbers[of_table, before]))


# --- what says the same ----------------------------------------------------------------------------------------------


def agree(*names: str) -> Callable[[Facts, Facts], bool]:
    """Rows say the same that agree in these, and in which nothing else contradicts."""

    def same(mine: Facts, theirs: Facts) -> bool:
        return all(mine[name] == theirs[name] for name in names)

    return same


def same_papers(mine: Facts, theirs: Facts) -> bool:
    """Two documents are two pieces of evidence."""
    facts = ("organisation", "site", "basis", "sign", "valid_from", "valid_until")
    return agree(*facts)(mine, theirs) and None in (mine["document"], theirs["document"])


def overlap(one: Facts, other: Facts, first: str = "since", last: str = "until") -> bool:
    begins = one[last] is None or other[first] is None or other[first] <= one[last]
    return begins and (other[last] is None or one[first] is None or other[last] >= one[first])


def same_function(mine: Facts, theirs: Facts) -> bool:
    return agree("person", "organisation", "site", "kind")(mine, theirs) and overlap(mine, theirs)


def same_consent(mine: Facts, theirs: Facts) -> bool:
    return agree("person", "fact")(mine, theirs) and overlap(mine, theirs, "given_on", "withdrawn_on")


def same_membership(mine: Facts, theirs: Facts) -> bool:
    """Of other memberships in the same days somebody has to say which one is right."""
    same = agree("organisation", "since", "until", "kind")(mine, theirs)
    return same and (not mine["number"] or not theirs["number"] or mine["number"] == theirs["number"])


def same_seat(mine: Facts, theirs: Facts) -> bool:
    return agree("working_group", "person", "organisation", "part")(mine, theirs) and overlap(mine, theirs)


SAME: dict[str, Callable[[Facts, Facts], bool]] = {
    "membership": same_membership,
    "membership_event": agree("organisation", "kind", "on", "effective_on"),
    "held_function": same_function,
    "relation": agree("organisation", "kind", "other", "other_name"),
    "offer": agree("organisation", "site", "entry"),
    "evidence": same_papers,
    "provider_status": agree("organisation", "since"),
    "former_name": agree("organisation", "until"),
    "former_address": agree("organisation", "site", "until"),
    "publication": same_consent,
    "role": agree("person", "kind", "of", "since", "until"),
    "register_data": agree("person"),
    "group_participation": same_seat,
}
FORGOTTEN = {"relation", "data_check", "saved_filter"}  # the kept one's is enough


def both_days(now: Facts, more: Facts) -> Facts:
    """From the first known day of both to the last; what runs still runs on."""
    known = [day for day in (now["since"], more["since"]) if day]
    ends = [now["until"], more["until"]]
    return {"since": min(known) if known else None, "until": None if None in ends else max(ends)}


def both_consents(now: Facts, more: Facts) -> Facts:
    """Whoever withdrew it anywhere has withdrawn it."""
    ends = [day for day in (now["withdrawn_on"], more["withdrawn_on"]) if day]
    return {"given_on": min(now["given_on"], more["given_on"]), "withdrawn_on": max(ends) if ends else None}


SPANS: dict[str, Callable[[Facts, Facts], Facts]] = {
    "held_function": both_days,
    "publication": both_consents,
    "group_participation": both_days,
}


def is_between_both(row: Table, facts: Facts) -> bool:
    """What one was to the other it cannot be to itself."""
    return any(
        target == other_target and row.__dict__[name] != row.__dict__[other] and facts[name] == facts[other] is not None
        for (name, target), (other, other_target) in combinations(keys_of(row), 2)
    )


# --- both side by side -----------------------------------------------------------------------------------------------


async def look_at_both(told: Belongings, kind: str, kept: Table, gone: Table) -> None:
    if ref(kept) == ref(gone):
        told.in_the_way.append(_("This is one and the same entry."))
    elif kind == "organisation":
        told.memberships = await in_the_same_days(told, kept, gone)
        told.in_the_way += await two_delegates(kept, gone)
        told.in_the_way += [
            _(
                "A new name or address of %(name)s is planned. Please take it back first, or wait for its day.",
                name=one.name,
            )
            for one in await planned_among([number(kept), number(gone)])
        ]


async def in_the_same_days(told: Belongings, kept: Table, gone: Table) -> Memberships:
    """The memberships of both of which only those of one can be right."""
    mine, theirs = [
        await Membership.objects().where(Membership.organisation == number(row)).order_by(Membership.since)
        for row in (kept, gone)
    ]
    open_ = [one for one in theirs if (name_of(one), one.id) not in told.twice]
    return (
        [one for one in mine if any(overlap(one.__dict__, other.__dict__) for other in open_)],
        [one for one in open_ if any(overlap(one.__dict__, other.__dict__) for other in mine)],
    )


async def two_delegates(kept: Table, gone: Table) -> list[str]:
    mine, theirs = [
        await Function.objects().where(
            (Function.organisation == number(row)) & (Function.kind == FunctionKind.VOTING_DELEGATE)
        )
        for row in (kept, gone)
    ]
    if any(one.person != other.person and overlap(one.__dict__, other.__dict__) for one in mine for other in theirs):
        return [_("Both have a voting delegate in the same days. Please end one of them first.")]
    return []


async def consents_that_end(kept: Table, gone: Table, chosen: Mapping[str, Any]) -> list[Publication]:
    """Who let one address or number be shown has not agreed to the other: such consents end with the merge."""
    return [
        row
        for fact in REACHED_AT
        for entry in (kept, gone)
        if entry.__dict__[fact] != chosen.get(fact, kept.__dict__[fact])
        for row in await running_consents(entry, fact)
    ]


async def running_consents(person: Table, fact: str) -> list[Publication]:
    mine = (Publication.person == number(person)) & (Publication.fact == fact)
    running = (Publication.withdrawn_on == None) | (Publication.withdrawn_on > clock.today())
    return await Publication.objects().where(mine & running)


def number(row: Table) -> int:
    return int(row.__dict__["id"])


def ref(row: Table) -> str:
    return str(row.__dict__["reference"])
