"""What people are in an organisation or at its sites: appointed, put right, ended; told as of any day.

A day has one voting delegate of an organisation at most. Of everything else there may be several: two people lead a
site together, and one person may hold several functions at once.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from network import clock
from network.activity import record
from network.database import DB, marks
from network.errors import Refused
from network.i18n import N_, _, format_day
from network.members import site as sites
from network.members.organisation import take
from network.members.tables import Function, FunctionKind, Organisation, Site
from network.people import person as persons
from network.people import publication
from network.people.tables import Person
from network.plausible import refuse_implausible
from network.references import new_reference

WORDS = {
    FunctionKind.DIRECTOR: N_("Management"),
    FunctionKind.VOTING_DELEGATE: N_("Voting delegate"),
    FunctionKind.CONTRIBUTIONS: N_("Contact for contributions"),
    FunctionKind.SITE_MANAGER: N_("Site manager"),
    FunctionKind.QUALITY: N_("Contact for quality"),
    FunctionKind.CONTACT: N_("Contact"),
}
ALONE = {FunctionKind.VOTING_DELEGATE}
PUBLIC = {FunctionKind.DIRECTOR, FunctionKind.SITE_MANAGER, FunctionKind.QUALITY, FunctionKind.CONTACT}
COLUMNS = (
    "SELECT f.reference, f.kind, f.title, f.since, f.until, p.id AS person_id, p.reference AS person, "
    "p.title AS person_title, p.name, p.email, p.phone, s.reference AS site, s.name AS site_name, s.town AS site_town, "
    "o.reference AS organisation, o.name AS organisation_name FROM held_function f JOIN person p ON p.id = f.person "
    "JOIN organisation o ON o.id = f.organisation LEFT JOIN site s ON s.id = f.site WHERE "
)


@dataclass(frozen=True, slots=True)
class Held:
    """A function as pages tell it; `shown` are the person's facts that may stand in public, and since when."""

    reference: str
    kind: str
    title: str
    since: date | None
    until: date | None
    person_id: int
    person: str
    person_title: str
    name: str
    email: str
    phone: str
    site: str
    site_name: str
    site_town: str
    organisation: str
    organisation_name: str
    shown: dict[str, date] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return _(WORDS[FunctionKind(self.kind)])

    @property
    def what(self) -> str:
        """The function, as it is called there, and where."""
        named = f"{self.words} ({self.title})" if self.title and self.title != self.words else self.words
        return f"{named}, {self.place}" if self.site else named

    @property
    def place(self) -> str:
        return self.site_name or self.site_town

    @property
    def who(self) -> str:
        return f"{self.person_title} {self.name}".strip()

    @property
    def private(self) -> bool:
        """Has an address or a number that was not given to the public."""
        return bool((self.email and "email" not in self.shown) or (self.phone and "phone" not in self.shown))

    def in_public_eyes(self) -> "Held":
        """Without the addresses and numbers that the person did not give to the public."""
        seen = {fact: getattr(self, fact) if fact in self.shown else "" for fact in ("email", "phone")}
        return replace(self, email=seen["email"], phone=seen["phone"])

    def runs(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or self.until >= day)

    @property
    def days(self) -> str:
        """Such as "since 1 January 2026, until 31 December 2028"."""
        first = ""
        if self.since:
            day = format_day(self.since)
            first = _("since %(day)s", day=day) if self.since <= clock.today() else _("from %(day)s", day=day)
        last = _("until %(day)s", day=format_day(self.until)) if self.until else ""
        return ", ".join(part for part in (first, last) if part)


async def appoint(
    organisation: Organisation,
    person: Person,
    kind: str,
    *,
    site: Site | None = None,
    title: str = "",
    since: date | None = None,
    until: date | None = None,
    in_place: bool = False,
    actor: str = "",
) -> Function:
    """Give a function from a day on (None: nobody knows since when) to its last day, if any.

    `in_place` of whoever holds it, where only one may: their last day is the day before. Refused without it, when the
    same person holds the same already, and when the site is missing or closed.
    """
    row = Function(
        reference=new_reference(), person=person.id, organisation=organisation.id, site=site.id if site else None,
        kind=FunctionKind(kind), title=title, since=since, until=until,
    )  # fmt: skip
    refuse_implausible(since=since, until=until)
    async with DB.transaction():
        await take(organisation)
        await persons.take(person)
        refuse_wrong_place(row, site)
        if in_place and row.kind in ALONE:
            await make_room(row)
        await refuse_overlap(row)
        await row.save()
        await record(actor, N_("function given"), thing(organisation), organisation.name, told(row, site))
    return row


async def correct(
    row: Function,
    organisation: Organisation,
    *,
    site: Site | None,
    title: str,
    since: date | None,
    until: date | None,
    actor: str = "",
) -> bool:
    """Put right what was entered of a function; whether anything became different."""
    site_id = site.id if site else None
    if (row.site, row.title, row.since, row.until) == (site_id, title, since, until):
        return False
    refuse_implausible(since=None if row.since == since else since, until=None if row.until == until else until)
    row.site, row.title, row.since, row.until = site_id, title, since, until
    async with DB.transaction():
        await take(organisation)
        refuse_wrong_place(row, site)
        await refuse_overlap(row)
        await row.save()
        await record(actor, N_("function corrected"), thing(organisation), organisation.name, told(row, site))
    return True


async def end(row: Function, organisation: Organisation, *, until: date, actor: str = "") -> None:
    """`until` is the last day; it stays known who held the function. Refused when it lies before the first."""
    refuse_implausible(until=until)
    if row.since and until < row.since:
        raise Refused(_("The function only began on %(day)s.", day=format_day(row.since)), "until")
    async with DB.transaction():
        await take(organisation)
        await Function.update({Function.until: until}).where(Function.id == row.id)
        words = ", ".join([_(WORDS[FunctionKind(row.kind)]), format_day(until)])
        await record(actor, N_("function ended"), thing(organisation), organisation.name, words)


async def remove(row: Function, organisation: Organisation, *, actor: str = "") -> None:
    """It never was so: the row goes, what happened stays in the activity."""
    async with DB.transaction():
        await take(organisation)
        await Function.delete().where(Function.id == row.id)
        await record(
            actor,
            N_("function entered by mistake removed"),
            thing(organisation),
            organisation.name,
            _(WORDS[FunctionKind(row.kind)]),
        )


async def make_room(row: Function) -> None:
    last = (row.since or clock.today()) - timedelta(days=1)
    row.since = row.since or clock.today()
    for other in await rivals(row):
        if other.since is None or other.since <= last:
            await Function.update({Function.until: last}).where(Function.id == other.id)


async def rivals(row: Function) -> list[Function]:
    """Rows of the same function that would run at the same time."""
    same = (Function.organisation == row.organisation) & (Function.kind == row.kind)
    others = await Function.objects().where(same & (Function.reference != row.reference))
    return [other for other in others if overlap(row, other)]


def overlap(one: Function, other: Function) -> bool:
    begins_before = one.until is None or other.since is None or other.since <= one.until
    ends_after = other.until is None or one.since is None or other.until >= one.since
    return begins_before and ends_after


async def refuse_overlap(row: Function) -> None:
    for other in await rivals(row):
        if other.person == row.person and other.site == row.site:
            raise Refused(_("This person holds this function in these days already."), "kind")
        if row.kind in ALONE:
            holder = await Person.objects().get(Person.id == other.person)
            assert holder
            raise Refused(
                _("There is one voting delegate at a time, and in these days it is %(name)s.", name=holder.name), "kind"
            )


def refuse_wrong_place(row: Function, site: Site | None) -> None:
    if row.until and row.since and row.until < row.since:
        raise Refused(_("The end lies before the beginning"), "until")
    if site is None and row.kind == FunctionKind.SITE_MANAGER:
        raise Refused(_("Please choose the site."), "site")
    if site and row.kind in ALONE:
        raise Refused(_("The voting delegate speaks for the whole organisation. Please choose no site."), "site")
    if site and site.closed_on and (row.since or clock.today()) > site.closed_on:
        raise Refused(_("This site closed on %(day)s.", day=format_day(site.closed_on)), "site")


async def holding(organisation: Organisation, day: date) -> list[Held]:
    """Who is what in this organisation on a day, or will be from a later one."""
    return await listed("f.organisation = {} AND (f.until IS NULL OR f.until >= {})", organisation.id, day)


async def held_before(organisation: Organisation, day: date) -> list[Held]:
    """Whose function had ended by then, the latest first."""
    past = await listed("f.organisation = {} AND f.until < {}", organisation.id, day)
    return sorted(past, key=lambda one: one.until or day, reverse=True)


async def of_person(person: Person) -> list[Held]:
    """Everything a person is and was, the latest first."""
    rows = await listed("f.person = {}", person.id)
    return sorted(rows, key=lambda one: one.until or date.max, reverse=True)


async def in_public(organisation: Organisation, day: date, places: Mapping[str, str] | None = None) -> list[Held]:
    """Who was what on a day, as far as they agreed to be shown; voting and contributions are nobody else's business.

    `places` are the day's sites with what they were called. Addresses and numbers are those of today, as no others are
    kept: of whoever does not hold the function any more, only what it was and the name are told.
    """
    running = [one for one in await holding(organisation, day) if one.kind in PUBLIC and one.runs(day)]
    shown = await publication.shown_then_and_now({one.person_id for one in running}, day)
    told = [
        replace(
            one, shown=of_today(shown.get(one.person_id, {}), one),
            site_name=(places or {}).get(one.site, one.site_name),
        )
        for one in running
    ]  # fmt: skip
    return [one for one in told if one.shown]


def of_today(shown: dict[str, date], one: Held) -> dict[str, date]:
    return shown if one.runs(clock.today()) else {fact: since for fact, since in shown.items() if fact == "name"}


async def shown_on(people: list[Held], day: date) -> list[Held]:
    """The same, each with the facts that stood in public on this day: for the office alone."""
    shown = await publication.shown_of({one.person_id for one in people}, day)
    return [replace(one, shown=shown.get(one.person_id, {})) for one in people]


async def delegate_of(organisation: Organisation, day: date) -> Held | None:
    found = await holding(organisation, day)
    return next((one for one in found if one.kind == FunctionKind.VOTING_DELEGATE and one.runs(day)), None)


async def listed(wanted: str, *values: Any) -> list[Held]:
    """In the order of the kinds, then by name."""
    rows = await Function.raw(f"{COLUMNS}{wanted} ORDER BY p.sorting, f.id", *values)
    shown = await publication.shown_of({row["person_id"] for row in rows}, clock.today())
    found = [
        Held(**{name: fact(name, value) for name, value in row.items()}, shown=shown.get(row["person_id"], {}))
        for row in rows
    ]
    order = list(FunctionKind)
    return sorted(found, key=lambda one: order.index(FunctionKind(one.kind)))


def fact(name: str, value: Any) -> Any:
    return "" if value is None and name.startswith("site") else value


async def by_reference(organisation: Organisation, reference: str) -> Function | None:
    mine = (Function.reference == reference) & (Function.organisation == organisation.id)
    return await Function.objects().get(mine)


async def people_of(organisation: Organisation, day: date | None = None) -> list[Person]:
    """Everybody who has or had a function here; with a day, who has one then or later."""
    mine: Any = Function.organisation == organisation.id
    if day:
        mine &= (Function.until == None) | (Function.until >= day)
    ids = list({row["person"] for row in await Function.select(Function.person).where(mine)})
    return await Person.objects().where(Person.id.is_in(ids)).order_by(Person.sorting) if ids else []


async def houses_of(people: Collection[int]) -> dict[int, str]:
    """By person: the organisations that they have to do with today, in a line."""
    if not people:
        return {}
    today = clock.today()
    rows = await Function.raw(
        "SELECT DISTINCT f.person, o.name, o.sorting FROM held_function f JOIN organisation o ON o.id = f.organisation "
        f"WHERE f.person IN ({marks(people)}) AND (f.since IS NULL OR f.since <= {{}}) "
        "AND (f.until IS NULL OR f.until >= {}) ORDER BY o.sorting",
        *people,
        today,
        today,
    )
    houses: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        houses[row["person"]].append(row["name"])
    return {one: ", ".join(names) for one, names in houses.items()}


def told(row: Function, site: Site | None) -> str:
    words = _(WORDS[FunctionKind(row.kind)])
    return f"{words}, {sites.label(site)}" if site else words


def thing(organisation: Organisation) -> str:
    return f"organisation:{organisation.reference}"


def named(kinds: Sequence[str] = ()) -> dict[str, str]:
    """The kinds of functions in the language being spoken."""
    return {kind.value: _(words) for kind, words in WORDS.items() if not kinds or kind in kinds}
