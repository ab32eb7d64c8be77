"""What members say against the minutes: within the period of the bylaws, decided once, shown with its answer."""

from datetime import datetime

from mailing.outbox import Address
from network import clock
from network.assembly import letters
from network.assembly.delivery import sent_version
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.recipients import members_on, recipients
from network.assembly.tables.afterwards import Minutes, Objection
from network.assembly.tables.meeting import Assembly
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_day, local
from network.members.tables import Organisation
from network.references import new_reference

STATES = {
    "open": ("warn", N_("waits for an answer")),
    "upheld": ("ok", N_("upheld")),
    "dismissed": ("", N_("not upheld")),
}


async def raise_(
    row: Assembly,
    organisation: Organisation,
    text: str,
    *,
    actor: str,
    said_by: str = "",
    received_at: datetime | None = None,
) -> Objection:
    """A member objects to the minutes that it got; `received_at` is now unless the office enters what came by post.

    Refused before they were sent, after the period of the bylaws, for a day ahead, and for who was no member.
    """
    moment = received_at or clock.now()
    if moment > clock.now():
        raise Refused(_("This day lies ahead."), "received_on")
    async with DB.transaction():
        held = await taken(row)
        sent = await sent_version(held)
        if sent is None or sent.sent_at is None:
            raise Refused(_("The minutes have not been sent yet."))
        if local(moment) < local(sent.sent_at):
            raise Refused(_("The minutes were only sent on %(day)s.", day=format_day(sent.sent_at)), "received_on")
        refuse_late(sent, moment)
        if organisation.id not in await members_on(local(held.starts_at)):
            raise Refused(_("This organisation was not a member on the day of the assembly."), "member")
        made = Objection(
            reference=new_reference(), minutes=sent.id, organisation=organisation.id, said_by=said_by, text=text,
            received_at=moment, actor=actor,
        )  # fmt: skip
        await made.save()
        await record(actor, N_("objection to the minutes received"), thing(held), held.title, organisation.name)
    return made


def refuse_late(sent: Minutes, moment: datetime) -> None:
    if sent.objections_until and local(moment) > sent.objections_until:
        raise Refused(
            _("The period of the bylaws for objections to the minutes ended on %(day)s (§ 25 BGB).",
              day=format_day(sent.objections_until)),
            "received_on",
        )  # fmt: skip


async def decide(row: Assembly, objection: Objection, *, upheld: bool, answer: str, actor: str) -> None:
    """Say once whether the minutes are put right, and why; the member reads it by letter.

    Upheld it changes nothing by itself: what was signed stays, and a new version is drafted.
    """
    if not answer.strip():
        raise Refused(_("Please write why, in a sentence that the member will read."), "answer")
    async with DB.transaction():
        held = await taken(row)
        still = await Objection.objects().get(Objection.id == objection.id)
        if still is None or still.answered_at:
            raise Refused(_("This objection has been decided already."))
        still.upheld, still.answer, still.answered_at = upheld, answer.strip(), clock.now()
        await still.save()
        to = next((one for one in await recipients(held) if one.id == still.organisation), None)
        if to and to.email and not held.rehearsal_of:
            await letters.objection_decided(held, still, Address(to.name, to.email), locale=to.locale)
        how = _(STATES[state_of(still)][1])
        await record(actor, N_("objection to the minutes decided"), thing(held), held.title, how)


def state_of(objection: Objection) -> str:
    if objection.answered_at is None:
        return "open"
    return "upheld" if objection.upheld else "dismissed"


async def objections_of(row: Assembly) -> list[Objection]:
    """To all versions that were sent, in the order in which they came, each with its member."""
    mine = Objection.minutes.assembly == row.id
    return await Objection.objects(Objection.organisation).where(mine).order_by(Objection.received_at)


async def by_reference(row: Assembly, reference: str) -> Objection | None:
    mine = (Objection.minutes.assembly == row.id) & (Objection.reference == reference)
    return await Objection.objects(Objection.organisation).get(mine)


def is_open(sent: Minutes) -> bool:
    """Whether objections come in time today."""
    return sent.objections_until is None or clock.today() <= sent.objections_until
