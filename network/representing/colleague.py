"""Representatives of a member: the office names the first, and they name and relieve their colleagues."""

from network import clock
from network.activity import record
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _
from network.members.function import thing
from network.members.membership import coming, membership_on
from network.members.organisation import take
from network.members.tables import Organisation
from network.people import person, roles
from network.people.tables import Person, Role, RoleKind
from network.representing import letters

KIND = RoleKind.MEMBER_REPRESENTATIVE


async def invite(
    row: Organisation, name: str, email: str, *, offered: Person | None = None, same_as: str = "", actor: str
) -> Person:
    """Let a colleague act for the own organisation, as long as it is a member; a letter tells them how to sign in.

    Refused without an address, when it is known under another name (whose, is asked only of whoever is `offered`, until
    `same_as` says so), and for an organisation that is no member.
    """
    async with DB.transaction():
        running = await membership_on(row, clock.today()) or await coming(row)
        if running is None:
            raise Refused(_("%(name)s is not a member.", name=row.name))
        someone = await person.found_or_entered(name, email, offered=offered, same_as=same_as, actor=actor)
        if someone.id in {one.id for one in await representatives(row)}:
            raise Refused(_("%(name)s represents you already.", name=someone.name), "email")
        await roles.grant(someone, KIND, row.reference, until=running.until, actor=actor)
        await record(actor, N_("representative invited"), thing(row), row.name)
        await letters.invited(someone, row)
    return someone


async def relieve(row: Organisation, reference: str, *, actor: str) -> Person:
    """End a colleague's role at once. Refused for the last one: then nobody could act for the organisation."""
    async with DB.transaction():
        await take(row)
        those = await representatives(row)
        someone = next((one for one in those if one.reference == reference), None)
        if someone is None:
            raise Refused(_("This person does not represent you any more."))
        if len(those) == 1:
            raise Refused(_("Somebody has to act for your organisation. Please invite another person first."))
        await roles.end(someone, KIND, row.reference, actor=actor)
        await record(actor, N_("representative relieved"), thing(row), row.name)
    return someone


async def representatives(row: Organisation) -> list[Person]:
    """Today's, who has been it longest first."""
    today = clock.today()
    running = (Role.since <= today) & ((Role.until == None) | (Role.until >= today))
    held = await (
        Role.select(Role.person)
        .where((Role.kind == KIND) & (Role.of == row.reference) & running)
        .order_by(Role.since)
        .order_by(Role.id)
    )
    ids = list(dict.fromkeys(one["person"] for one in held))
    found = await Person.objects().where(Person.id.is_in(ids)) if ids else []
    return sorted(found, key=lambda one: ids.index(one.id))
