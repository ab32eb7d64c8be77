"""Guest members: without a vote for the time that the bylaws set, then full members, if somebody decides so."""

from dataclasses import dataclass
from datetime import date, timedelta

from network import clock
from network.activity import record
from network.association.bylaws import bylaws_on, in_force, versions
from network.association.reckoning import guest_until
from network.database import DB
from network.errors import Refused
from network.files import File
from network.i18n import N_, _, format_day
from network.members import letters, life
from network.members.membership import membership_on, open_ended, thing
from network.members.organisation import by_id, take
from network.members.tables import EventKind, Membership, MembershipKind, Organisation
from network.plausible import refuse_implausible

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Ending:
    """A guest member whose set time ends soon or has ended; until somebody decides it stays a guest."""

    organisation: Organisation
    until: date


async def set_time(row: Membership) -> date | None:
    """The last day of the time that the bylaws set, by the version in force when it began; None without guests."""
    return guest_until(row.since, await bylaws_on(row.since))


async def ending(day: date) -> list[Ending]:
    """Guests about whom somebody has to decide, three months before their time ends, and afterwards."""
    guests = await Membership.select(Membership.organisation, Membership.since).where(
        (Membership.kind == MembershipKind.GUEST) & (Membership.since <= day) & (Membership.until == None)
    )
    known = await versions()
    times = {since: guest_until(since, in_force(known, since)) for since in {row["since"] for row in guests}}
    ends = [(until, row["organisation"]) for row in guests if (until := times[row["since"]]) and until - SOON <= day]
    theirs = await by_id([one for _until, one in ends])
    return [Ending(theirs[one], until) for until, one in sorted(ends)]


async def make_full(
    organisation: Organisation,
    *,
    since: date,
    said_by: str = "",
    why: str = "",
    document: File | None = None,
    actor: str = "",
) -> int:
    """From `since` on it is a full member with a vote; the time as a guest ends the day before. Returns letters sent.

    Refused when it is no guest then, and when a later step has been decided.
    """
    refuse_implausible(since=since)
    async with DB.transaction():
        await take(organisation)
        row = await membership_on(organisation, since)
        last = await open_ended(organisation)
        if row is None or row.kind != MembershipKind.GUEST or last is None or last.id != row.id or row.until:
            raise Refused(_("%(name)s is no guest member on this day.", name=organisation.name), "since")
        if since == row.since:
            await Membership.update({Membership.kind: MembershipKind.FULL}).where(Membership.id == row.id)
        else:
            await Membership.update({Membership.until: since - timedelta(days=1)}).where(Membership.id == row.id)
            await Membership(
                organisation=organisation.id, number=row.number, since=since, kind=MembershipKind.FULL
            ).save()
        await life.note(
            organisation, EventKind.FULL, on=clock.today(), effective_on=since, said_by=said_by, why=why,
            document=document, actor=actor,
        )  # fmt: skip
        await record(actor, N_("full membership decided"), thing(organisation), organisation.name, format_day(since))
        return await letters.full_member(organisation, since)
