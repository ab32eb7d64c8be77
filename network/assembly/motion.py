"""Motions: what members want decided, in time or too late by the bylaws, and what becomes of each."""

from dataclasses import dataclass
from datetime import date, datetime

from mailing.outbox import Address
from network import clock
from network.assembly import agenda, letters, timing
from network.assembly.agenda import refuse_over
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.reckoning import Deadline
from network.assembly.ruling import rules_of
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind, Motion
from network.database import DB
from network.errors import Refused
from network.files import File
from network.i18n import N_, _, format_day, local
from network.members.tables import Organisation
from network.references import new_reference

# Nobody can be surprised with these: they stand in the invitation, or are only talked about (§ 32 I 2 BGB).
NEVER_LATE = {ItemKind.BYLAWS, ItemKind.PURPOSE, ItemKind.DISSOLUTION, ItemKind.ELECTION, ItemKind.REMOVAL}
KINDS = {
    ItemKind.RESOLUTION: N_("a resolution"),
    ItemKind.DISCUSSION: N_("a discussion"),
    ItemKind.BYLAWS: N_("a change of the bylaws"),
    ItemKind.CONTRIBUTIONS: N_("contributions"),
    ItemKind.REMOVAL: N_("a removal from office"),
}


@dataclass(frozen=True, slots=True)
class Gate:
    """Until when motions come in time. `set_by_board` is a day of its own; without both there is no deadline."""

    deadline: Deadline | None
    set_by_board: date | None

    @property
    def day(self) -> date | None:
        return self.set_by_board or (self.deadline.day if self.deadline else None)

    def keeps_out(self, day: date) -> bool:
        """Too late. What comes after the safe day, but before the counted one has ended, is in time all the same."""
        last = self.set_by_board or (self.deadline.counted if self.deadline else None)
        return last is not None and day > last


async def gate_of(row: Assembly) -> Gate:
    return Gate(await timing.motions_of(row), row.motions_until)


async def lateness(row: Assembly, kind: str, day: date) -> str:
    """What the bylaws do with a motion received on this day: "" in time, "discussion" or "majority"."""
    if not (await gate_of(row)).keeps_out(day):
        return ""
    return "discussion" if kind in NEVER_LATE else str((await rules_of(row)).late_motions)


# --- the deeds -------------------------------------------------------------------------------------------------------


async def hand_in(
    row: Assembly,
    organisation: Organisation,
    *,
    kind: str,
    title: str,
    wording: str,
    actor: str,
    reasons: str = "",
    received_at: datetime | None = None,
    document: File | None = None,
    reader: Address | None = None,
    locale: str = "de",
) -> Motion:
    """Take a motion in; whether it is late follows from when it was received. `reader` gets it confirmed by letter.

    Refused for a moment ahead, and once the assembly is closed or called off.
    """
    moment = received_at or clock.now()
    if moment > clock.now():
        raise Refused(_("This day lies ahead. Please enter it when it has happened."), "received_on")
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        motion = Motion(
            reference=new_reference(), assembly=row.id, organisation=organisation.id, mover=organisation.name,
            kind=kind, title=title, wording=wording, reasons=reasons, document=document.id if document else None,
            received_at=moment, late=await lateness(held, kind, local(moment)), actor=actor,
        )  # fmt: skip
        await motion.save()
        if reader and reader.email and not held.rehearsal_of:
            await letters.motion_answered(held, motion, reader, what="motion_received", locale=locale)
        await record(actor, N_("motion received"), thing(row), row.title, f"{organisation.name}: {title}")
    return motion


async def accept(
    row: Assembly, motion: Motion, *, actor: str, reader: Address | None = None, locale: str = "de"
) -> AgendaItem:
    """Put it on the agenda. Before the invitation it is announced with it; afterwards a supplement tells the members.

    One that came too late to be decided becomes a discussion. Refused when it has been answered or withdrawn.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        still = await open_one(motion)
        kind = ItemKind.DISCUSSION if still.late == "discussion" else ItemKind(still.kind)
        item = await agenda.add(held, kind, still.title, text=still.wording, speaker=still.mover, actor=actor)
        still.item, still.accepted_at = item.id, clock.now()
        await still.save()
        if reader and reader.email and not held.rehearsal_of:
            await letters.motion_answered(held, still, reader, what="motion_accepted", locale=locale)
        await record(actor, N_("motion accepted"), thing(row), row.title, still.title)
    return item


async def decline(
    row: Assembly, motion: Motion, *, reason: str, actor: str, reader: Address | None = None, locale: str = "de"
) -> None:
    """It does not come onto the agenda; the mover reads why. Refused without a reason, and once it is answered."""
    if not reason.strip():
        raise Refused(_("Please say why: the member reads it."), "reason")
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        still = await open_one(motion)
        still.declined_at, still.reason = clock.now(), reason
        await still.save()
        if reader and reader.email and not held.rehearsal_of:
            await letters.motion_answered(held, still, reader, what="motion_declined", locale=locale)
        await record(actor, N_("motion declined"), thing(row), row.title, still.title)


async def withdraw(row: Assembly, motion: Motion, *, actor: str) -> None:
    """The mover takes it back, while nobody has answered it."""
    async with DB.transaction():
        refuse_over(await taken(row))
        still = await open_one(motion)
        still.withdrawn_at = clock.now()
        await still.save()
        await record(actor, N_("motion withdrawn"), thing(row), row.title, still.title)


async def open_one(motion: Motion) -> Motion:
    """As it is now, with the assembly's row taken."""
    still = await Motion.objects().get(Motion.id == motion.id)
    if still is None or state_of(still) != "open":
        raise Refused(_("This motion has been answered or withdrawn already."))
    return still


# --- finding ---------------------------------------------------------------------------------------------------------

STATES = {
    "open": ("warn", N_("to be answered")),
    "accepted": ("ok", N_("on the agenda")),
    "declined": ("", N_("declined")),
    "withdrawn": ("", N_("withdrawn")),
}
LATE = {"discussion": N_("too late: for discussion only"), "majority": N_("too late: decided if enough agree to it")}


def state_of(row: Motion) -> str:
    if row.withdrawn_at:
        return "withdrawn"
    if row.declined_at:
        return "declined"
    return "accepted" if row.accepted_at else "open"


async def motions_of(row: Assembly) -> list[Motion]:
    return await Motion.objects().where(Motion.assembly == row.id).order_by(Motion.received_at).order_by(Motion.id)


async def by_reference(row: Assembly, reference: str) -> Motion | None:
    return await Motion.objects().get((Motion.assembly == row.id) & (Motion.reference == reference))


async def decidable(row: Assembly, items: list[AgendaItem]) -> set[int]:
    """Items added since the invitation that can be decided once all members have been told, however late that is:
    from motions that kept the bylaws' own deadline, or that the bylaws let be decided nevertheless.
    """
    if not (await gate_of(row)).day:
        return set()
    wanted = {item.id: item for item in items}
    found = [one for one in await motions_of(row) if one.item in wanted and one.late != "discussion"]
    return {one.item for one in found if one.kind not in NEVER_LATE}


async def came_late(item: AgendaItem) -> bool:
    """The item is a motion that is decided only if enough agree to that first."""
    return bool(await Motion.exists().where((Motion.item == item.id) & (Motion.late == "majority")))


def received_words(row: Motion) -> str:
    return _("received on %(day)s", day=format_day(row.received_at))
