"""Who works here: everybody with a role, today or once, and what each role is for."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from piccolo.columns.combination import And, Or, Where, WhereRaw

from network import clock
from network.board import ledger
from network.database import DB
from network.errors import Refused
from network.events.tables import Event
from network.folding import folded
from network.i18n import _, format_day, locale
from network.members import function
from network.members.asking import Known
from network.members.tables import Organisation
from network.people import person, roles
from network.people.tables import Person, Role, RoleKind
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Found

MOST_FOUND = 10
GRANTED_BY_HAND = {RoleKind.OFFICE, RoleKind.EVENT_TEAM, RoleKind.ADMIN, RoleKind.MEMBER_REPRESENTATIVE}
Condition = Where | WhereRaw | And | Or


@dataclass(frozen=True, slots=True)
class Held:
    """A role that somebody holds or held."""

    id: int
    kind: str
    words: str
    of: str  # the name of the thing, "" for the whole house
    since: date
    until: date | None

    @property
    def by_hand(self) -> bool:
        """Others go with an office and end with it."""
        return self.kind in GRANTED_BY_HAND

    @property
    def runs(self) -> bool:
        return self.until is None or self.until >= clock.today()

    @property
    def days(self) -> str:
        """Such as "seit 1.1.2026, bis 31.12.2028"."""
        day = format_day(self.since)
        first = _("since %(day)s", day=day) if self.since <= clock.today() else _("from %(day)s", day=day)
        last = _("until %(day)s", day=format_day(self.until)) if self.until else ""
        return f"{first}, {last}" if last else first


@dataclass(frozen=True, slots=True)
class Member:
    """A person with the roles of now and of once."""

    person: Person
    held: list[Held] = field(default_factory=list)

    @property
    def now(self) -> list[Held]:
        return [one for one in self.held if one.runs]

    @property
    def once(self) -> list[Held]:
        return [one for one in self.held if not one.runs]


async def team() -> list[Member]:
    """Everybody who has or had a role, by name; three queries whatever their number."""
    rows = await Role.objects().order_by(Role.since)
    if not rows:
        return []
    people = await Person.objects().where(Person.id.is_in(list({row.person for row in rows}))).order_by(Person.sorting)
    names = await names_of({row.of for row in rows if row.of})
    return [Member(one, [held(row, names) for row in rows if row.person == one.id]) for one in people]


async def roles_of(one: Person) -> Member:
    rows = await Role.objects().where(Role.person == one.id).order_by(Role.since)
    names = await names_of({row.of for row in rows if row.of})
    return Member(one, [held(row, names) for row in rows])


def held(row: Role, names: dict[str, str]) -> Held:
    return Held(row.id, row.kind, _(roles.WORDS[RoleKind(row.kind)]), names.get(row.of, row.of), row.since, row.until)


async def names_of(references: Iterable[str]) -> dict[str, str]:
    """What a role may be of: an organisation, an event, a term on the board."""
    wanted = list(references)
    if not wanted:
        return {}
    organisations = await Organisation.select(Organisation.reference, Organisation.name).where(
        Organisation.reference.is_in(wanted)
    )
    events = await Event.select(Event.reference, Event.title_de, Event.title_en).where(Event.reference.is_in(wanted))
    english = locale() == "en"
    named = {row["reference"]: row["name"] for row in organisations} | {
        row["reference"]: (row["title_en"] if english else "") or row["title_de"] for row in events
    }
    if set(wanted) <= named.keys():
        return named
    return named | {one.reference: one.title for one in (await ledger.read()).terms}


async def found(viewer: Viewer, text: str) -> list[Found]:
    """People of the house by name or address, for the search."""
    if not viewer.is_office:
        return []
    wanted: Condition = Person.id > 0
    for word in folded(text).split()[:8]:
        wanted &= Person.search.like(f"%{word}%")
    rows = await Person.objects().where(wanted).order_by(Person.sorting).limit(MOST_FOUND)
    houses = await function.houses_of([row.id for row in rows])  # not the address: reading that is noted
    return [
        Found(_("Person"), row.name, url(f"/office/people/{row.reference}"), houses.get(row.id, "")) for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Grant:
    """Which roles to give: for how long, and of which thing where a role is of one."""

    kinds: list[str]
    event: str = ""  # the event team's; without one it is there for all
    member: str = ""  # whom a representative represents
    since: date | None = None
    until: date | None = None

    def of(self, kind: RoleKind) -> str:
        return {RoleKind.EVENT_TEAM: self.event, RoleKind.MEMBER_REPRESENTATIVE: self.member}.get(kind, "")


async def admit(
    name: str, email: str, grant: Grant, *, known_by: Known | None = None, same_as: str = "", actor: str
) -> Person:
    """Enter a person with roles. Whoever is known gets them in addition, once it is said that it is the same person.

    Refused with a question (`same_as`) when the address belongs to another name, or somebody has the name.
    """
    known_by = known_by or Known()
    if RoleKind.MEMBER_REPRESENTATIVE in grant.kinds and not grant.member:
        raise Refused(_("Please choose the member."), "member")
    async with DB.transaction():
        one = await person.found_or_entered(
            name, email, namesakes=known_by.namesakes, offered=known_by.holder, same_as=same_as, actor=actor
        )
        for kind in map(RoleKind, grant.kinds):
            await roles.grant(one, kind, grant.of(kind), since=grant.since, until=grant.until, actor=actor)
    return one


async def told(name: str, email: str, grant: Grant) -> str:
    """Who got which role, by the name under which the address is known."""
    one = await person.person_at(email)
    assert one
    names = await names_of({of for kind in map(RoleKind, grant.kinds) if (of := grant.of(kind))})
    parts = []
    for kind in map(RoleKind, grant.kinds):
        role, of = _(roles.WORDS[kind]), grant.of(kind)
        parts.append(f"{role}: {names.get(of, of)}" if of else role)
    words = _("%(name)s has: %(roles)s.", name=one.name, roles=", ".join(parts))
    if one.name == name:
        return words
    return _("The address %(email)s belongs to %(name)s.", email=one.email, name=one.name) + " " + words


async def events_ahead() -> dict[str, str]:
    """Which a role may be of, by reference."""
    ahead = (Event.ends_at > clock.now()) & (Event.cancelled_at == None)
    events = await Event.select(Event.reference).where(ahead).order_by(Event.starts_at)
    named = await names_of([row["reference"] for row in events])
    return {row["reference"]: named[row["reference"]] for row in events}


async def end_role(role_id: int, *, actor: str) -> Person:
    """End a role, of the whole house or of a thing."""
    async with DB.transaction():
        row = await Role.objects().get(Role.id == role_id)
        if row is None:
            raise Refused(_("This role is not known any more."))
        if row.kind not in GRANTED_BY_HAND:
            raise Refused(_("This role goes with an office: it ends with that, by itself."))
        one = await Person.objects().get(Person.id == row.person)
        assert one
        await roles.end(one, RoleKind(row.kind), row.of, actor=actor)
    return one
