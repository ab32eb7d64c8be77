"""A minority demands an assembly with purpose and reasons (§ 37 BGB): supporters, the board's clock, its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from network import clock
from network.assembly import agenda, meeting
from network.assembly.meeting import State, state_of
from network.assembly.noted import record
from network.assembly.recipients import members_on
from network.assembly.tables.afterwards import Demand, Supporter
from network.assembly.tables.meeting import Assembly, ItemKind
from network.association.bylaws import bylaws_on
from network.association.clauses import fraction
from network.association.profile import known_profile
from network.association.reckoning import REASONABLE_DAYS
from network.database import DB, locked
from network.errors import Refused
from network.files import File
from network.i18n import N_, _, format_day, ngettext
from network.members.tables import MembershipKind, Organisation
from network.references import new_reference
from network.resolutions.shares import Share

STATES = {
    "gathering": ("info", N_("members are signing, not handed over yet")),
    "collecting": ("info", N_("supporters are missing")),
    "open": ("warn", N_("the board has to convene")),
    "planned": ("ok", N_("an assembly is planned")),
    "refused": ("bad", N_("refused by the board")),
    "court": ("bad", N_("the court let the members convene")),
    "withdrawn": ("", N_("withdrawn")),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A demand with its supporters and what follows from them."""

    row: Demand
    supporters: Sequence[Supporter]

    @property
    def reached_on(self) -> date | None:
        """The day on which enough members stood behind it, and the board's clock began."""
        days = sorted(max(one.since, self.row.received_on) for one in self.supporters)
        return days[self.row.needed - 1] if self.is_enough else None

    @property
    def act_by(self) -> date | None:
        """The law says no number of days; two weeks without a day of the assembly are what a court has to be shown."""
        return self.reached_on + timedelta(days=REASONABLE_DAYS) if self.reached_on else None

    @property
    def is_enough(self) -> bool:
        return len(self.supporters) >= self.row.needed

    @property
    def state(self) -> str:
        if is_gathering(self.row):
            return "gathering"
        if self.row.assembly:
            return "planned"
        if self.row.court_on:
            return "court"
        if self.row.refused_on:
            return "refused"
        if self.row.closed_at:
            return "withdrawn"
        return "open" if self.reached_on else "collecting"

    @property
    def words(self) -> str:
        return ngettext("%(have)s of one supporter needed, of %(members)s members",
                        "%(have)s of %(num)s supporters needed, of %(members)s members", self.row.needed,
                        have=len(self.supporters), members=self.row.members)  # fmt: skip


# --- received --------------------------------------------------------------------------------------------------------


async def receive(
    *,
    purpose: str,
    reasons: str,
    received_on: date,
    supporters: Sequence[Organisation],
    actor: str,
    document: File | None = None,
) -> Demand:
    """Enter what members demand in writing; how many are needed follows from the bylaws of that day, or from the law's
    tenth (§ 37 I BGB).

    Refused without purpose or reasons, for a day ahead, and for a supporter that is no full member on that day.
    """
    if not purpose.strip():
        raise Refused(_("A demand names its purpose (§ 37 (1) BGB)."), "purpose")
    if not reasons.strip():
        raise Refused(_("A demand gives its reasons (§ 37 (1) BGB)."), "reasons")
    refuse_ahead(received_on, "received_on")
    members = await full_members(received_on)
    made = Demand(
        reference=new_reference(), purpose=purpose.strip(), reasons=reasons.strip(), received_on=received_on,
        needed=await needed_of(len(members), received_on), members=len(members),
        document=document.id if document else None, actor=actor,
    )  # fmt: skip
    async with DB.transaction():
        await made.save()
        for one in supporters:
            refuse_stranger(one, members, received_on)
            await Supporter(demand=made.id, organisation=one.id, since=received_on).save()
        await record(actor, N_("demand of a minority received"), thing(made), made.purpose[:300])
    return made


async def full_members(day: date) -> set[int]:
    found = await members_on(day)
    return {member for member, kind in found.items() if kind == MembershipKind.FULL}


async def needed_of(members: int, day: date) -> int:
    share = fraction((await bylaws_on(day)).minority)
    assert share
    return Share(share).needed(members)


def refuse_ahead(day: date, field: str) -> None:
    if day > clock.today():
        raise Refused(_("This day lies ahead. Please enter it when it has happened."), field)


def refuse_stranger(one: Organisation, members: set[int], day: date) -> None:
    if one.id not in members:
        raise Refused(
            _("%(member)s was no full member on %(day)s; only members count (§ 37 (1) BGB).", member=one.name,
              day=format_day(day)),
            "supporters",
        )  # fmt: skip


async def support(demand: Demand, member: Organisation, *, since: date, actor: str) -> None:
    """One more member stands behind it. Refused a second time, for a day ahead, and once it has an end."""
    refuse_ahead(since, "since")
    async with DB.transaction():
        still = await open_one(demand)
        refuse_stranger(member, await full_members(since), since)
        if await Supporter.exists().where((Supporter.demand == still.id) & (Supporter.organisation == member.id)):
            raise Refused(_("%(member)s supports it already.", member=member.name), "member")
        await Supporter(demand=still.id, organisation=member.id, since=since).save()
        await record(actor, N_("demand of a minority supported"), thing(still), still.purpose[:300], member.name)


async def leave(demand: Demand, member: Organisation, *, actor: str) -> None:
    """A member does not stand behind it any more."""
    async with DB.transaction():
        still = await open_one(demand)
        await Supporter.delete().where((Supporter.demand == still.id) & (Supporter.organisation == member.id))
        await record(actor, N_("support of a demand withdrawn"), thing(still), still.purpose[:300], member.name)


# --- what becomes of it ----------------------------------------------------------------------------------------------


async def plan(demand: Demand, *, starts_at: datetime, actor: str) -> Assembly:
    """The board follows it: an assembly of its own, with the purpose on its agenda. Nobody is invited yet."""
    async with DB.transaction():
        still = await held(demand)
        refuse_planned(still)
        association = await known_profile()
        row = await meeting.plan(
            title=_("Extraordinary general assembly"), starts_at=starts_at, occasion="minority",
            town=association.town, land=association.land, actor=actor,
        )  # fmt: skip
        await follow(still, row, actor)
    return row


async def put_on(demand: Demand, row: Assembly, *, actor: str) -> None:
    """The board follows it in an assembly that is planned already. Refused for one that is over or called off."""
    async with DB.transaction():
        still = await held(demand)
        refuse_planned(still)
        if state_of(row) not in (State.PLANNED, State.CONVENED) or row.rehearsal_of:
            raise Refused(_("This assembly is over."), "assembly")
        await follow(still, row, actor)


async def follow(still: Demand, row: Assembly, actor: str) -> None:
    title = still.purpose.splitlines()[0][:300]
    await agenda.add(row, ItemKind.RESOLUTION, title, text=still.purpose, actor=actor)
    still.assembly, still.closed_at = row.id, clock.now()
    await still.save()
    await record(actor, N_("demand of a minority followed"), thing(still), still.purpose[:300], row.title)


async def refuse(demand: Demand, *, on: date, why: str, actor: str) -> None:
    """The board does not follow it, with its reason. Supporters may turn to the court then (§ 37 II BGB)."""
    if not why.strip():
        raise Refused(_("Please write why the board does not follow it."), "why")
    refuse_ahead(on, "on")
    async with DB.transaction():
        still = await open_one(demand)
        still.refused_on, still.outcome, still.closed_at = on, why.strip(), clock.now()
        await still.save()
        await record(actor, N_("demand of a minority refused"), thing(still), still.purpose[:300], format_day(on))


async def authorise(demand: Demand, *, on: date, court: str, actor: str) -> None:
    """The court lets the members convene themselves (§ 37 II BGB). Refused while too few stand behind the demand."""
    refuse_ahead(on, "on")
    async with DB.transaction():
        still = await held(demand)
        refuse_planned(still)
        if (await case_of(still)).reached_on is None:
            raise Refused(_("Too few members stand behind it for the court to let them convene (§ 37 (2) BGB)."))
        still.court_on, still.court, still.closed_at = on, court, clock.now()
        await still.save()
        await record(actor, N_("court let a minority convene"), thing(still), still.purpose[:300], court)


async def withdraw(demand: Demand, *, why: str, actor: str) -> None:
    async with DB.transaction():
        still = await open_one(demand)
        still.outcome, still.closed_at = why.strip(), clock.now()
        await still.save()
        await record(actor, N_("demand of a minority withdrawn"), thing(still), still.purpose[:300])


async def held(demand: Demand) -> Demand:
    """Refused while members still sign it: until it is handed over it is theirs alone (gathering)."""
    still = await locked(Demand, demand.id, Demand.turns)
    if is_gathering(still):
        raise Refused(_("The members have not handed this demand over yet."))
    return still


async def open_one(demand: Demand) -> Demand:
    still = await held(demand)
    if still.closed_at:
        raise Refused(_("This demand has come to its end."))
    return still


def refuse_planned(still: Demand) -> None:
    if still.assembly:
        raise Refused(_("An assembly is planned already because of it."))


# --- finding ---------------------------------------------------------------------------------------------------------


async def cases() -> list[Case]:
    """The latest first, in two questions."""
    rows = await Demand.objects().order_by(Demand.received_on, ascending=False).order_by(Demand.id, ascending=False)
    found = await Supporter.objects(Supporter.organisation).order_by(Supporter.since).order_by(Supporter.id)
    return [await counted(row, [one for one in found if one.demand == row.id]) for row in rows]


async def case_of(row: Demand) -> Case:
    mine = Supporter.demand == row.id
    found = await Supporter.objects(Supporter.organisation).where(mine).order_by(Supporter.since).order_by(Supporter.id)
    return await counted(row, found)


async def counted(row: Demand, supporters: Sequence[Supporter]) -> Case:
    """While members sign, those count who are full members today, against how many there are today."""
    if not is_gathering(row):
        return Case(row, supporters)
    today = clock.today()
    members = await full_members(today)
    row.members, row.needed = len(members), await needed_of(len(members), today)
    return Case(row, [one for one in supporters if one.organisation.id in members])


def is_gathering(row: Demand) -> bool:
    return row.initiator is not None and row.handed_over_at is None and row.closed_at is None


async def by_reference(reference: str) -> Demand | None:
    return await Demand.objects().get(Demand.reference == reference)


def thing(row: Demand) -> str:
    return f"demand:{row.reference}"
