"""Being a member: from one day to another, one membership at a time."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from piccolo.columns import Column

from network import clock
from network.activity import record
from network.database import DB, marks
from network.errors import Refused
from network.folding import number_key, organisation_key
from network.i18n import N_, _, format_day
from network.members.organisation import by_id, change, enter, known, take
from network.members.question import ANOTHER
from network.members.tables import Membership, MembershipKind, Organisation
from network.people.tables import Role
from network.plausible import refuse_implausible

AS_ENTERED = "entered"


async def admit(
    name: str,
    *,
    since: date | None = None,
    number: str = "",
    kind: str = MembershipKind.FULL,
    into: Organisation | None = None,
    meant: str = "",
    actor: str = "",
    **facts: str,
) -> Organisation:
    """Take in a new member. `into`, or whoever is known by this name, becomes the member, without a second entry.

    What is typed counts. `meant` may be AS_ENTERED: then it fills only what is unknown; or ANOTHER of the same name:
    then it gets an entry of its own. Refused when it is a member then.
    """
    async with DB.transaction():
        organisation = None if meant == ANOTHER else into or await known(organisation_key(name))
        if organisation is None:
            organisation = await enter(name, actor=actor, **facts)
        else:
            if await membership_on(organisation, since or clock.today()):
                raise Refused(_("%(name)s is a member already.", name=organisation.name), "name")
            told = {fact: value for fact, value in facts.items() if value}
            if meant == AS_ENTERED:
                told = {fact: value for fact, value in told.items() if not getattr(organisation, fact)}
            elif organisation.key == organisation_key(name)[:200]:  # else it was known by a name that it had before
                told["name"] = name
            await change(organisation, actor=actor, **told)
        await join(organisation, since=since, number=number, kind=kind, actor=actor)
    return organisation


async def join(
    organisation: Organisation,
    *,
    since: date | None = None,
    until: date | None = None,
    number: str = "",
    kind: str = MembershipKind.FULL,
    actor: str = "",
) -> Membership:
    """Become a member from a day on (today). Refused if a membership runs into it or somebody has the number."""
    row = Membership(organisation=organisation.id, number=number, since=since or clock.today(), until=until, kind=kind)
    refuse_implausible(since=row.since, until=until)
    async with DB.transaction():
        await take(organisation)
        await refuse_overlap(row)
        await refuse_number_of_another(row)
        await row.save()
        verb = N_("became a guest member") if kind == MembershipKind.GUEST else N_("became a member")
        await record(actor, verb, thing(organisation), organisation.name, format_day(row.since))
    return row


async def correct(
    row: Membership, organisation: Organisation, *, since: date, number: str, kind: str = "", actor: str = ""
) -> None:
    """Put right what was entered: the member's number, the first day, or whether it is a guest."""
    kind = kind or row.kind
    if (row.since, row.number, row.kind) == (since, number, kind):
        return
    if row.since != since:
        refuse_implausible(since=since)
    row.since, row.number, row.kind = since, number, kind
    async with DB.transaction():
        await take(organisation)
        await refuse_overlap(row)
        await refuse_number_of_another(row)
        await row.save()
        await record(actor, N_("membership corrected"), thing(organisation), organisation.name)


async def resign(organisation: Organisation, *, until: date, actor: str = "") -> None:
    """End the membership; `until` is its last day. The roles that people have in it end on the same day.

    Whoever goes before having become a full member stays a guest until then; from when it would have been one is kept
    for `stay`. A notice is `notice.receive`.
    """
    refuse_implausible(until=until)
    async with DB.transaction():
        await take(organisation)
        row = await open_ended(organisation)
        if row is None:
            raise Refused(_("%(name)s is not a member.", name=organisation.name))
        full_from = None
        if until < row.since and (before := await just_before(row)):
            await Membership.delete().where(Membership.id == row.id)
            row, full_from = before, row.since
        if until < row.since:
            raise Refused(_("The membership only began on %(day)s.", day=format_day(row.since)), "until")
        ended: dict[Column | str, Any] = {Membership.until: until, Membership.full_from: full_from}
        await Membership.update(ended).where(Membership.id == row.id)
        await end_roles(organisation, until)
        await record(actor, N_("membership ended"), thing(organisation), organisation.name, format_day(until))


async def stay(organisation: Organisation, *, actor: str = "") -> None:
    """Take an end back that has not come yet; a full membership that was decided before begins on its day again."""
    async with DB.transaction():
        await take(organisation)
        row = await open_ended(organisation)
        if row is None or row.until is None:
            raise Refused(_("There is no end to take back."))
        await go_on(row)
        await Role.update({Role.until: None}).where((Role.of == organisation.reference) & (Role.until == row.until))
        await record(actor, N_("end of membership taken back"), thing(organisation), organisation.name)


async def go_on(row: Membership) -> None:
    until = row.full_from - timedelta(days=1) if row.full_from else None
    await Membership.update({Membership.until: until, Membership.full_from: None}).where(Membership.id == row.id)
    if row.full_from:
        await Membership(
            organisation=row.organisation, number=row.number, since=row.full_from, kind=MembershipKind.FULL
        ).save()


async def end_roles(organisation: Organisation, until: date) -> None:
    """What people may do for the organisation ends with this day, and what was to begin later never begins."""
    theirs = Role.of == organisation.reference
    await Role.delete().where(theirs & (Role.since > until))
    await Role.update({Role.until: until}).where(theirs & ((Role.until == None) | (Role.until > until)))


async def open_ended(organisation: Organisation) -> Membership | None:
    """The last membership, if it runs today or begins later."""
    rows = await history(organisation)
    return rows[-1] if rows and (rows[-1].until is None or rows[-1].until >= clock.today()) else None


async def just_before(row: Membership) -> Membership | None:
    """The time as a guest that this membership follows without a gap."""
    return await (
        Membership.objects()
        .where((Membership.organisation == row.organisation) & (Membership.until == row.since - timedelta(days=1)))
        .first()
    )


async def membership_on(organisation: Organisation, day: date) -> Membership | None:
    return await (
        Membership.objects()
        .where((Membership.organisation == organisation.id) & (Membership.since <= day))
        .where((Membership.until == None) | (Membership.until >= day))
        .first()
    )


async def members_among(organisations: Collection[int]) -> set[int]:
    """Those of these organisations, by number, that are members today, as guests or in full."""
    if not organisations:
        return set()
    today = clock.today()
    found = await Membership.raw(
        f"SELECT organisation FROM membership WHERE organisation IN ({marks(organisations)}) AND since <= {{}} "
        "AND (until IS NULL OR until >= {})",
        *organisations,
        today,
        today,
    )
    return {row["organisation"] for row in found}


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
    numbered = await Membership.select(Membership.number, Membership.organisation).where(
        (Membership.number != "") & (Membership.organisation != row.organisation)
    )
    holder = next(
        (one["organisation"] for one in numbered if number_key(one["number"]) == number_key(row.number)), None
    )
    if holder:
        name = (await by_id([holder]))[holder].name
        raise Refused(_("%(name)s has the number %(number)s already.", name=name, number=row.number), "number")


def day_after(day: date) -> date:
    return day + timedelta(days=1)


def thing(organisation: Organisation) -> str:
    return f"organisation:{organisation.reference}"
