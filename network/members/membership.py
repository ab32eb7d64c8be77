"""Being a member: from one day to another, one membership at a time."""

from datetime import date

from network import clock
from network.activity import record
from network.database import DB
from network.errors import Refused
from network.folding import organisation_key
from network.i18n import N_, _, format_day
from network.members.organisation import change, enter, known
from network.members.tables import Membership, Organisation
from network.people.tables import Role, RoleKind


async def admit(
    name: str, *, since: date | None = None, number: str = "", actor: str = "", **facts: str
) -> Organisation:
    """Take in a new member. A guest of forums that is known by this name becomes the member, without a second entry."""
    async with DB.transaction():
        organisation = await known(organisation_key(name))
        if organisation is None:
            organisation = await enter(name, actor=actor, **facts)
        else:
            if await membership_on(organisation, since or clock.today()):
                raise Refused(_("%(name)s is a member already.", name=organisation.name), "name")
            await change(organisation, actor=actor, name=name, **{k: v for k, v in facts.items() if v})
        await join(organisation, since=since, number=number, actor=actor)
    return organisation


async def join(
    organisation: Organisation,
    *,
    since: date | None = None,
    until: date | None = None,
    number: str = "",
    actor: str = "",
) -> Membership:
    """Become a member from a day on (today). Refused if a membership runs into it or somebody has the number."""
    row = Membership(organisation=organisation.id, number=number, since=since or clock.today(), until=until)
    async with DB.transaction():
        await refuse_overlap(row)
        await refuse_number_of_another(row)
        await row.save()
        await record(actor, N_("became a member"), thing(organisation), organisation.name, format_day(row.since))
    return row


async def correct(row: Membership, organisation: Organisation, *, since: date, number: str, actor: str = "") -> None:
    """Put right what was entered: the member's number or the first day."""
    if (row.since, row.number) == (since, number):
        return
    row.since, row.number = since, number
    async with DB.transaction():
        await refuse_overlap(row)
        await refuse_number_of_another(row)
        await row.save()
        await record(actor, N_("membership corrected"), thing(organisation), organisation.name)


async def resign(organisation: Organisation, *, until: date, actor: str = "") -> None:
    """End the running membership; `until` is its last day. Its representatives' roles end on the same day."""
    async with DB.transaction():
        row = await membership_on(organisation, clock.today()) or await coming(organisation)
        if row is None:
            raise Refused(_("%(name)s is not a member.", name=organisation.name))
        if until < row.since:
            raise Refused(_("The membership only began on %(day)s.", day=format_day(row.since)), "until")
        await Membership.update({Membership.until: until}).where(Membership.id == row.id)
        longer = (Role.until == None) | (Role.until > until)
        await Role.update({Role.until: until}).where(representing(organisation) & longer)
        await record(actor, N_("membership ended"), thing(organisation), organisation.name, format_day(until))


async def stay(organisation: Organisation, *, actor: str = "") -> None:
    """Take an end back that has not come yet."""
    async with DB.transaction():
        row = await membership_on(organisation, clock.today())
        if row is None or row.until is None:
            raise Refused(_("There is no end to take back."))
        await Membership.update({Membership.until: None}).where(Membership.id == row.id)
        await Role.update({Role.until: None}).where(representing(organisation) & (Role.until == row.until))
        await record(actor, N_("end of membership taken back"), thing(organisation), organisation.name)


async def membership_on(organisation: Organisation, day: date) -> Membership | None:
    return await (
        Membership.objects()
        .where((Membership.organisation == organisation.id) & (Membership.since <= day))
        .where((Membership.until == None) | (Membership.until >= day))
        .first()
    )


async def coming(organisation: Organisation) -> Membership | None:
    """The membership that has been agreed and begins later."""
    return await (
        Membership.objects()
        .where((Membership.organisation == organisation.id) & (Membership.since > clock.today()))
        .first()
    )


async def history(organisation: Organisation) -> list[Membership]:
    return await Membership.objects().where(Membership.organisation == organisation.id).order_by(Membership.since)


async def refuse_overlap(row: Membership) -> None:
    for other in await Membership.objects().where(Membership.organisation == row.organisation):
        begins_before = row.until is None or other.since <= row.until
        ends_after = other.until is None or other.until >= row.since
        if other.id != row.id and begins_before and ends_after:
            raise Refused(_("A membership since %(day)s stands in the way.", day=format_day(other.since)), "since")


async def refuse_number_of_another(row: Membership) -> None:
    if not row.number:
        return
    taken = await (
        Membership.select(Membership.organisation._.name)
        .where((Membership.number == row.number) & (Membership.organisation != row.organisation))
        .first()
    )
    if taken:
        name = taken["organisation.name"]
        raise Refused(_("%(name)s has the number %(number)s already.", name=name, number=row.number), "number")


def representing(organisation: Organisation):  # type: ignore[no-untyped-def]  # noqa: ANN201  Piccolo's combination of conditions
    return (Role.kind == RoleKind.MEMBER_REPRESENTATIVE) & (Role.of == organisation.reference)


def thing(organisation: Organisation) -> str:
    return f"organisation:{organisation.reference}"
