"""What is kept of people who are nothing any more in any house: their number for a month, their entry for a year."""

from dataclasses import replace
from datetime import date
from functools import cache

from network.clock import end_of
from network.database import marks, references_to
from network.i18n import N_, local, ngettext
from network.members.tables import Function, FunctionKind, Merge
from network.people.privacy import ENTRY, OWN, let_go
from network.people.tables import Person
from network.web.kinds import Back, Forgetting, Kind, Portion, Term

HISTORY = (FunctionKind.VOTING_DELEGATE,)  # who voted for a member stands in minutes that are kept for good
KINDS = [kind.value for kind in HISTORY]
PORTION = 50

HOLDING = ["held_function", "role"]  # tables with person and until: as long as one runs, somebody is something
HAS_NUMBER = "p.phone <> ''"


def also_holds(table: str) -> None:
    """Somebody is something by a row of this upper slice's table, too, which its privacy module says."""
    if table not in HOLDING:
        HOLDING.append(table)


def is_over() -> str:
    """Whose last function, role and seat ended on a day or before; who never had any, since when they are known."""
    runs = "NOT EXISTS (SELECT 1 FROM {} h WHERE h.person = p.id AND (h.until IS NULL OR h.until > {{}}))"
    return " AND ".join([*(runs.format(table) for table in HOLDING), "p.since < {}"])


def last_days() -> str:
    """Their last days, where all of them have one."""
    held = " UNION ALL ".join(f"SELECT person, until FROM {table}" for table in HOLDING)
    return (
        f"SELECT u.person AS person, MAX(u.until) AS last FROM ({held}) u "
        "WHERE u.person IS NOT NULL GROUP BY u.person HAVING COUNT(*) = COUNT(u.until)"
    )


@cache
def has_entry() -> str:
    """Of whom more is kept than the name that history tells: all that points at a person who has been let go."""
    voted = (
        f"EXISTS (SELECT 1 FROM held_function h WHERE h.person = p.id AND h.kind IN ({', '.join(map(repr, KINDS))}))"
    )
    places = {(one._meta.table._meta.tablename, one._meta.db_column_name) for one in references_to(Person)}  # noqa: SLF001
    others = sorted((table, column) for table, column in places if table not in {*OWN, "held_function"})
    told = [voted, *(f'EXISTS (SELECT 1 FROM "{t}" x WHERE x."{column}" = p.id)' for t, column in others)]
    return f"(p.email <> '' OR p.phone <> '' OR p.title <> '' OR NOT ({' OR '.join(told)}))"


async def numbers_left(limit: date) -> int:
    return await count(HAS_NUMBER, limit)


async def entries_left(limit: date) -> int:
    return await count(has_entry(), limit)


async def count(what: str, limit: date) -> int:
    found = await Person.raw(f"SELECT COUNT(*) AS number FROM person p WHERE {is_over()} AND {what}", *over(limit))
    return int(found[0]["number"])


def over(limit: date) -> tuple[object, ...]:
    return *[limit] * len(HOLDING), end_of(limit)


async def next_number(limit: date) -> date | None:
    return await next_end(HAS_NUMBER, limit)


async def next_entry(limit: date) -> date | None:
    return await next_end(has_entry(), limit)


async def next_end(what: str, limit: date) -> date | None:
    """The first later day that was, or will be, somebody's last; or since when they are known who never began."""
    ended: list[date] = []
    for table in HOLDING:
        ended += [
            row["until"]
            for row in await Person.raw(
                f"SELECT h.until AS until FROM {table} h WHERE h.until = (SELECT MIN(x.last) FROM "
                f"({last_days()}) x JOIN person p ON p.id = x.person WHERE x.last > {{}} AND {what}) LIMIT 1",
                limit,
            )
        ]
    known = await Person.raw(
        "SELECT p.since AS since FROM person p WHERE "
        + "".join(f"NOT EXISTS (SELECT 1 FROM {table} h WHERE h.person = p.id) AND " for table in HOLDING)
        + f"p.since >= {{}} AND {what} ORDER BY p.since LIMIT 1",
        end_of(limit),
    )
    days = [*ended, *(local(row["since"]) for row in known)]
    return min(days) if days else None


async def forget_numbers(limit: date) -> Portion:
    """The number was the one in the house they were in: it goes, and the rest of the entry stays for a year."""
    ids = await chosen(HAS_NUMBER, limit)
    if ids:
        await Person.update({Person.phone: ""}).where(Person.id.is_in(ids))
    return Portion(len(ids))


async def forget_entries(limit: date) -> Portion:
    """Functions, roles and the entry; the name stays where the association's history tells it."""
    ids = await chosen(has_entry(), limit)
    if ids:
        gone = Function.person.is_in(ids) & Function.kind.not_in([kind.value for kind in HISTORY])
        await Function.delete().where(gone)
        for one in await Person.objects().where(Person.id.is_in(ids)).order_by(Person.id):
            await forget_merges(one)
            await let_go(one)
    return Portion(len(ids))


async def forget_merges(person: Person) -> None:
    """What was kept of entries that became this one, to take them apart again."""
    kept = [person.reference]
    while kept:
        mine = (Merge.kind == "person") & Merge.kept.is_in(kept)
        kept = [row["gone"] for row in await Merge.delete().where(mine).returning(Merge.gone)]


async def chosen(what: str, limit: date) -> list[int]:
    found = await Person.raw(
        f"SELECT p.id AS id FROM person p WHERE {is_over()} AND {what} ORDER BY p.id LIMIT {PORTION}", *over(limit)
    )
    return [row["id"] for row in found]


async def names_in_history() -> list[Back]:
    """Who voted for a member and is nothing any more: the name stays."""
    kinds = [kind.value for kind in HISTORY]
    found = await Person.raw(
        "SELECT COUNT(*) AS number FROM person p WHERE p.email = '' AND EXISTS (SELECT 1 FROM held_function h "
        f"WHERE h.person = p.id AND h.kind IN ({marks(kinds)}))",
        *kinds,
    )
    number = int(found[0]["number"])
    why = ngettext(
        "%(num)s name stays: who voted for a member belongs to the association's history",
        "%(num)s names stay: who voted for a member belongs to the association's history",
        number,
    )
    return [Back(number, why)] if number else []


PEOPLE = replace(
    ENTRY,
    forgetting=Forgetting(
        term=Term(12, "months", least=1, most=36),
        after=N_("after the last function, role and seat in a group"),
        counted=lambda number: ngettext("%(num)s person", "%(num)s persons", number),
        verb=N_("people without function forgotten"),
        due=entries_left,
        next_after=next_entry,
        forget=forget_entries,
        yearly=True,
        held_back=names_in_history,
    ),
)
NUMBERS = Kind(
    key="members.numbers",
    room=N_("People and roles"),
    title=N_("Telephone numbers of people"),
    whose=ENTRY.whose,
    what=N_("Telephone number"),
    purpose=ENTRY.purpose,
    ground=ENTRY.ground,
    recipients=ENTRY.recipients,
    source=N_("The number belongs to the work; a month, so that a mistake can be put right"),
    forgetting=Forgetting(
        term=Term(30, "days", least=0, most=365),
        after=N_("after the last function, role and seat in a group"),
        counted=lambda number: ngettext("%(num)s telephone number", "%(num)s telephone numbers", number),
        verb=N_("telephone numbers forgotten"),
        due=numbers_left,
        next_after=next_number,
        forget=forget_numbers,
    ),
)
VOTERS = Kind(
    key="members.history",
    room=N_("Members"),
    title=N_("Who voted and who decided"),
    whose=N_("Voting delegates; people named in the steps of a membership"),
    what=N_("Name, function, days"),
    purpose=N_("So that decisions can be understood and proved"),
    ground=N_("Art. 6 (1) f GDPR"),
    recipients=N_("The members"),
    lasts=N_("For good: the association's history"),
)
ORGANISATIONS = Kind(
    key="members.organisations",
    room=N_("Members"),
    title=N_("Organisations and sites"),
    whose=N_("Organisations; it concerns a person where somebody works alone"),
    what=N_("Name, address, e-mail address, telephone number, website"),
    purpose=N_("To keep the directory"),
    ground=N_("Art. 6 (1) b and f GDPR"),
    recipients=N_("The public: members stand in the directory"),
    lasts=N_("As long as the directory tells of it, also of the past"),
)
