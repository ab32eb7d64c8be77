"""The signed minutes go to all members, each by its way; from then on the time for objections runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mailing.letters import Enclosure
from network import clock
from network.assembly import dispatch, printing, timing
from network.assembly.convocation import to_everybody
from network.assembly.deadlines import Way, objecting
from network.assembly.dispatch import ARRIVED, LOST, Line
from network.assembly.letters import Told
from network.assembly.meeting import taken, thing
from network.assembly.minutes import fresh, versions
from network.assembly.noted import record
from network.assembly.recipients import Recipient, recipients
from network.assembly.reckoning import Deadline, Period, Unit
from network.assembly.ruling import rules_of
from network.assembly.tables.afterwards import Minutes
from network.assembly.tables.convocation import Dispatch
from network.assembly.tables.meeting import Assembly
from network.database import DB
from network.errors import Refused
from network.files import File
from network.i18n import N_, _, ngettext, speaking
from network.members.tables import Organisation


@dataclass(frozen=True, slots=True)
class Addressed:
    reference: str
    name: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of the minutes on their way: the member and its try in each line, the copies among them."""

    lines: Sequence[tuple[Addressed, Line]]

    @property
    def to_members(self) -> list[tuple[Addressed, Line]]:
        return [(one, line) for one, line in self.lines if not line.row.copy]

    @property
    def lost(self) -> list[tuple[Addressed, Line]]:
        """Whom no try reached, with the last one."""
        reached = {line.row.organisation for _one, line in self.to_members if line.state not in LOST}
        last = {line.row.organisation: (one, line) for one, line in self.to_members}
        return [pair for organisation, pair in last.items() if organisation not in reached]

    @property
    def to_post(self) -> list[Line]:
        return [line for _one, line in self.lines if line.state == "to_post"]

    @property
    def words(self) -> str:
        members = {line.row.organisation for _one, line in self.to_members}
        reached = {line.row.organisation for _one, line in self.to_members if line.state in ARRIVED}
        return ngettext("%(reached)s of one member reached", "%(reached)s of %(num)s members reached", len(members),
                        reached=len(reached))  # fmt: skip


async def send(row: Assembly, *, actor: str, copies: bool = True) -> str:
    """Send the latest minutes to everybody who was a member on the day; returns the batch that went out.

    The period for objections begins, as the bylaws of the day have it. Refused before everybody has signed, and a
    second time for the same version.
    """
    async with DB.transaction():
        held = await taken(row)
        still = await signed_version(held)
        if still.sent_at:
            raise Refused(_("These minutes have been sent already."))
        to = await recipients(held)
        still.sent_at, still.objections_until = clock.now(), await last_day(held, to, clock.today())
        await still.save()
        told = await told_about(held, still)
        batch = await to_everybody(held, to, dispatch.MINUTES, told, actor=actor, copies=copies)
        await record(actor, N_("minutes sent"), thing(held), held.title, str(len(to)))
    return batch


async def signed_version(row: Assembly) -> Minutes:
    found = next(iter(await versions(row)), None)
    if found is None or not found.signed_at:
        raise Refused(_("Only signed minutes are sent; somebody's signature is missing still (§ 58 no. 4 BGB)."))
    return found


async def told_about(row: Assembly, minutes: Minutes) -> Told:
    """The signed document goes with each e-mail, in the language of the minutes."""
    file = await File.objects().get(File.id == minutes.document)
    assert file
    with speaking("de"):
        enclosure = Enclosure(printing.named(_("Minutes of the assembly"), row.title), file.media_type, file.content)
    return Told(enclosures={"de": enclosure, "en": enclosure}, objections_until=minutes.objections_until)


async def again(row: Assembly, member: int, *, actor: str) -> Dispatch:
    """Once more to one member, by post: its e-mail did not arrive. The period runs on for the others as it did."""
    async with DB.transaction():
        held = await taken(row)
        sent = await sent_version(held)
        to = next((one for one in await recipients(held) if one.id == member), None)
        if sent is None or to is None:
            raise Refused(_("The minutes have not been sent to this member."))
        if len(to.envelope) < 3:  # noqa: PLR2004  name, street, town
            raise Refused(_("No postal address of %(name)s is known.", name=to.name))
        facts = {name: getattr(to, name) for name in Recipient.__dataclass_fields__} | {"way": Way.POST}
        told = Told(objections_until=sent.objections_until)
        made = await dispatch.send(held, Recipient(**facts), dispatch.MINUTES, batch="", actor=actor, told=told)
        await record(actor, N_("minutes sent"), thing(held), held.title, to.name)
    return made


async def posted(row: Assembly, *, on: date, actor: str) -> int:
    """All letters with minutes went on this day; where that is later than they were written, the period ends later."""
    async with DB.transaction():
        number = await dispatch.post_all(row, on=on, actor=actor, stack="minutes")
        sent = await sent_version(row)
        if number and sent and sent.objections_until:
            until = await last_day(row, await by_post(row), on)
            if until and until > sent.objections_until:
                await Minutes.update({Minutes.objections_until: until}).where(Minutes.id == sent.id)
    return number


async def by_post(row: Assembly) -> list[Recipient]:
    return [one for one in await recipients(row) if one.way == Way.POST]


# --- the period ------------------------------------------------------------------------------------------------------


async def last_day(row: Assembly, to: Sequence[Recipient], sent: date) -> date | None:
    """The last day for objections of whoever has the longest; None where the bylaws set no period."""
    found = await deadlines(row, to, sent)
    return max(one.day for one in found) if found else None


async def deadlines(row: Assembly, to: Sequence[Recipient], sent: date) -> list[Deadline]:
    """For each way and Land, the longest first: the day of receipt does not count (§ 187 (1) BGB)."""
    days = (await rules_of(row)).objection_days
    if not days:
        return []
    home, period = await timing.home_of(row), Period(days, Unit.DAYS)
    ways = sorted({(one.way, one.land) for one in to})
    found = [objecting(sent, period, way=Way(way), home=home, recipients=(land,) if land else ()) for way, land in ways]
    return sorted(found, key=lambda one: one.day, reverse=True)


# --- finding ---------------------------------------------------------------------------------------------------------


async def sent_version(row: Assembly) -> Minutes | None:
    """The latest that went to the members; the next one may be a draft still."""
    found = next((one for one in await versions(row) if one.sent_at), None)
    return await fresh(found) if found else None


async def last_signed(row: Assembly) -> Minutes | None:
    """The latest version that was signed."""
    return next((one for one in await versions(row) if one.signed_at), None)


async def delivery_of(row: Assembly) -> Delivery:
    lines = await dispatch.lines_of(row, stack="minutes")
    ids = list({line.row.organisation for line in lines})
    facts = (Organisation.id, Organisation.reference, Organisation.name)
    known = await Organisation.select(*facts).where(Organisation.id.is_in(ids)) if ids else []
    to = {one["id"]: Addressed(one["reference"], one["name"]) for one in known}
    return Delivery([(to[line.row.organisation], line) for line in lines])


async def document_of(minutes: Minutes) -> File | None:
    return await File.objects().get(File.id == minutes.document) if minutes.document else None
