"""The life of a membership, step by step: what was decided when, by whom and why; and what happens on the day."""

from dataclasses import dataclass
from datetime import date, timedelta

from network import clock
from network.activity import WORKER, record
from network.database import DB
from network.files import File
from network.i18n import N_, _, format_day
from network.members.membership import end_roles, history, just_before, thing
from network.members.organisation import take
from network.members.tables import EventKind, Membership, MembershipEvent, MembershipKind, Organisation
from network.people import sign_in
from network.people.tables import Person, Role

LOOK_BACK = timedelta(days=31)  # what ended longer ago was entered afterwards, from a spreadsheet
FAREWELL = timedelta(days=14)
WORDS = {
    EventKind.GUEST: N_("Admitted as a guest member from %(day)s on"),
    EventKind.FULL: N_("Admitted as a full member from %(day)s on"),
    EventKind.NOTICE: N_("Notice received; the membership ends on %(day)s"),
    EventKind.OWN_NOTICE: N_("The member gave notice itself; the membership ends on %(day)s"),
    EventKind.SEEN: N_("The office has read the notice"),
    EventKind.STAYED: N_("The notice was taken back; the membership goes on"),
    EventKind.BECAME_FULL: N_("Became a full member"),
    EventKind.LEFT: N_("Left the association"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline."""

    day: date
    words: str
    said_by: str = ""
    why: str = ""
    entered_by: str = ""
    document: str = ""  # its reference
    document_name: str = ""
    kind: str = ""  # EventKind; "" where no event tells of it

    @property
    def is_of_member(self) -> bool:
        """The member's own words, which it may read again; reasons of the office and the board are theirs."""
        return self.kind in (EventKind.NOTICE, EventKind.OWN_NOTICE, EventKind.STAYED)


async def note(
    organisation: Organisation,
    kind: EventKind,
    *,
    on: date,
    effective_on: date | None = None,
    said_by: str = "",
    why: str = "",
    document: File | None = None,
    actor: str = "",
) -> MembershipEvent:
    """Write a step down, in the transaction of the deed; steps are never changed."""
    row = MembershipEvent(
        organisation=organisation.id, kind=kind, on=on, effective_on=effective_on, said_by=said_by, why=why,
        document=document.id if document else None, actor=actor, at=clock.now(),
    )  # fmt: skip
    await row.save()
    return row


# --- the timeline ----------------------------------------------------------------------------------------------------


async def timeline(organisation: Organisation) -> list[Step]:
    """The latest first. Memberships that were entered without their steps tell at least when they began and ended."""
    events = await MembershipEvent.objects(MembershipEvent.document).where(
        MembershipEvent.organisation == organisation.id
    )
    names = await names_of({event.actor for event in events})
    steps = [(event.on, event.id, told(event, names)) for event in events]
    marked: set[tuple[str, date | None]] = {(event.kind, event.effective_on) for event in events}
    marked |= {(EventKind.BECAME_FULL, event.effective_on) for event in events if begins_at_once(event)}
    steps += [(step.day, 0, step) for step in plain_steps(await history(organisation), marked)]
    return [step for _day, _id, step in sorted(steps, key=lambda one: one[:2], reverse=True)]


def begins_at_once(event: MembershipEvent) -> bool:
    """Decided on its first day: one line says both."""
    return event.kind in (EventKind.GUEST, EventKind.FULL) and event.on == event.effective_on


def told(event: MembershipEvent, names: dict[str, str]) -> Step:
    words = _(WORDS[EventKind(event.kind)])
    file = event.document if isinstance(event.document, File) and event.document.id else None
    return Step(
        day=event.on,
        words=words % {"day": format_day(event.effective_on)} if event.effective_on and "%(day)s" in words else words,
        said_by=event.said_by,
        why=event.why,
        entered_by=names.get(event.actor, ""),
        document=file.reference if file else "",
        document_name=file.name if file else "",
        kind=event.kind,
    )


def plain_steps(rows: list[Membership], marked: set[tuple[str, date | None]]) -> list[Step]:
    """Beginnings and ends that no event tells of."""
    steps = []
    following = {row.since for row in rows}
    for row in rows:
        if row.since <= clock.today() and (EventKind.BECAME_FULL, row.since) not in marked:
            guest = row.kind == MembershipKind.GUEST
            steps.append(Step(row.since, _("Guest member from this day on") if guest else _("Member from this day on")))
        over = row.until and row.until < clock.today() and row.until + timedelta(days=1) not in following
        if row.until and over and (EventKind.LEFT, row.until) not in marked:
            steps.append(Step(row.until, _("Last day of the membership")))
    return steps


async def names_of(actors: set[str]) -> dict[str, str]:
    people = [actor for actor in actors if actor not in ("", WORKER)]
    rows = await Person.select(Person.reference, Person.name).where(Person.reference.is_in(people)) if people else []
    return {row["reference"]: row["name"] for row in rows} | {WORKER: _("by itself")}


# --- on the day ------------------------------------------------------------------------------------------------------


async def mark_days() -> None:
    """Daily: write down who left and who became a full member. What asks by date has changed by itself already."""
    today = clock.today()
    gone = (Membership.until >= today - LOOK_BACK) & (Membership.until < today)
    for row in await Membership.objects(Membership.organisation).where(gone):
        if not await goes_on(row):
            await say_goodbye(row)
    begun = (Membership.kind == MembershipKind.FULL) & (Membership.since >= today - LOOK_BACK)
    for row in await Membership.objects(Membership.organisation).where(begun & (Membership.since <= today)):
        if await was_guest(row):
            await welcome(row)


async def goes_on(row: Membership) -> bool:
    theirs = Membership.organisation == row.organisation.id
    return bool(await Membership.exists().where(theirs & (Membership.since == row.until + timedelta(days=1))))


async def was_guest(row: Membership) -> bool:
    before = await just_before(Membership(organisation=row.organisation.id, since=row.since))
    return before is not None and before.kind == MembershipKind.GUEST


async def say_goodbye(row: Membership) -> None:
    """Once for each membership that ended; whoever has nothing left to do in the house is signed out."""
    organisation, until = row.organisation, row.until
    async with DB.transaction():
        await take(organisation)
        if await is_marked(organisation, EventKind.LEFT, until):
            return
        await end_roles(organisation, until)
        for role in await Role.objects().where((Role.of == organisation.reference) & (Role.until == until)):
            await sign_in.sign_out_without_roles(role.person)
        await note(organisation, EventKind.LEFT, on=until + timedelta(days=1), effective_on=until, actor=WORKER)
        await record(WORKER, N_("left the association"), thing(organisation), organisation.name, format_day(until))


async def welcome(row: Membership) -> None:
    organisation, since = row.organisation, row.since
    async with DB.transaction():
        await take(organisation)
        if await is_marked(organisation, EventKind.BECAME_FULL, since):
            return
        await note(organisation, EventKind.BECAME_FULL, on=since, effective_on=since, actor=WORKER)
        await record(WORKER, N_("became a full member"), thing(organisation), organisation.name, format_day(since))


async def is_marked(organisation: Organisation, kind: EventKind, day: date) -> bool:
    theirs = (MembershipEvent.organisation == organisation.id) & (MembershipEvent.kind == kind)
    return bool(await MembershipEvent.exists().where(theirs & (MembershipEvent.effective_on == day)))


async def notice_was_given(organisation: Organisation, until: date, day: date) -> bool:
    """Whether by the day it was known that the membership ends with `until`."""
    notice = (MembershipEvent.organisation == organisation.id) & (MembershipEvent.kind == EventKind.NOTICE)
    by_then = (MembershipEvent.effective_on == until) & (MembershipEvent.on <= day)
    return bool(await MembershipEvent.exists().where(notice & by_then))


async def farewells(day: date) -> list[MembershipEvent]:
    """Who has left within two weeks."""
    left = (
        (MembershipEvent.kind == EventKind.LEFT) & (MembershipEvent.on > day - FAREWELL) & (MembershipEvent.on <= day)
    )
    return await MembershipEvent.objects(MembershipEvent.organisation).where(left).order_by(MembershipEvent.on)
