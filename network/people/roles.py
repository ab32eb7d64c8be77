"""Roles are dated rows: granted by the slice that owns the thing, ended by the same."""

from datetime import date, timedelta

from network import clock
from network.activity import record
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _
from network.people.person import take
from network.people.tables import Person, Role, RoleKind

WORDS = {
    RoleKind.OFFICE: N_("Office"),
    RoleKind.EVENT_TEAM: N_("Event team"),
    RoleKind.ADMIN: N_("Administration"),
    RoleKind.MEMBER_REPRESENTATIVE: N_("Represents a member"),
    RoleKind.BOARD_MEMBER: N_("Member of the board"),
    RoleKind.ELECTION_OFFICER: N_("Election officer"),
}


async def grant(
    person: Person,
    kind: RoleKind,
    of: str = "",
    *,
    since: date | None = None,
    until: date | None = None,
    actor: str = "",
) -> None:
    """Give a role from a day on (today) to its last day, if any; a role that runs already is left as it is."""
    first = since or clock.today()
    if until and until < first:
        raise Refused(_("The end lies before the beginning"), "until")
    async with DB.transaction():
        await take(person)
        if await Role.exists().where(running(person, kind, of) & ((Role.since <= first) | (Role.until == None))):
            return
        await Role(person=person.id, kind=kind, of=of, since=first, until=until).save()
        await record(actor, N_("role granted"), f"person:{person.reference}", person.name, kind)


async def end(person: Person, kind: RoleKind, of: str = "", *, actor: str = "") -> None:
    """The role's last day was yesterday: it is gone at once, and the row tells that it was.

    Refused when nobody would be left to look after settings and roles.
    """
    async with DB.transaction():
        if kind == RoleKind.ADMIN and not await others_administer(person):
            raise Refused(_("Somebody has to look after the settings: give this role to another person first."))
        ended = await (
            Role.update({Role.until: clock.today() - timedelta(days=1)})
            .where(running(person, kind, of))
            .returning(Role.id)
        )
        if ended:
            await record(actor, N_("role ended"), f"person:{person.reference}", person.name, kind)


async def move(row: Role, *, since: date, until: date | None) -> None:
    """Other days for a role that goes with a thing, as that thing's own rows say them; its deed tells of it."""
    await Role.update({Role.since: since, Role.until: until}).where(Role.id == row.id)


async def take_back(row: Role) -> None:
    """The thing that the role went with never was; its deed tells of it."""
    await Role.delete().where(Role.id == row.id)


async def run_out(person: Person, kind: RoleKind, of: str = "", *, until: date, actor: str = "") -> None:
    """The role runs to this day, its last; one that is to begin later never begins."""
    mine = (Role.person == person.id) & (Role.kind == kind) & (Role.of == of)
    async with DB.transaction():
        await Role.delete().where(mine & (Role.since > until))
        ended = await (
            Role.update({Role.until: until})
            .where(mine & ((Role.until == None) | (Role.until > until)))
            .returning(Role.id)
        )
        if ended:
            await record(actor, N_("role ended"), f"person:{person.reference}", person.name, kind)


async def holds(person: Person, kind: RoleKind, of: str = "") -> bool:
    """Today, or from a later day on."""
    return bool(await Role.exists().where(running(person, kind, of)))


def running(person: Person, kind: RoleKind, of: str):  # type: ignore[no-untyped-def]  # noqa: ANN201  Piccolo's condition
    mine = (Role.person == person.id) & (Role.kind == kind) & (Role.of == of)
    return mine & ((Role.until == None) | (Role.until >= clock.today()))


async def others_administer(person: Person) -> bool:
    """Takes the rows first: of two who end each other's role at the same moment, the second is refused."""
    rows = await (
        Role.update({Role.of: ""})
        .where((Role.kind == RoleKind.ADMIN) & (Role.of == "") & (Role.until == None))
        .returning(Role.person)
    )
    return any(row["person"] != person.id for row in rows)
