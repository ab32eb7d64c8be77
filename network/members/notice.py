"""A member gives notice: when it takes effect by the bylaws, in words, and what is written down and confirmed."""

from dataclasses import dataclass
from datetime import date

from network import clock
from network.association.bylaws import bylaws_on
from network.association.reckoning import effective_exit, latest_receipt, missed_exit
from network.association.tables import Bylaws
from network.association.wording import notice_in_words
from network.database import DB, rows
from network.errors import Refused
from network.files import File, keep_document
from network.i18n import _, format_day
from network.members import letters, life
from network.members.membership import open_ended, resign, stay
from network.members.organisation import take
from network.members.rules import may_give_notice
from network.members.tables import EventKind, MembershipEvent, Organisation
from network.people.viewer import Viewer

Upload = tuple[str, bytes]  # what the letter is called, and what is in it


@dataclass(frozen=True, slots=True)
class Reckoning:
    """What the bylaws make of a notice received on a day."""

    received: date
    until: date
    missed: date | None
    rules: Bylaws

    @property
    def words(self) -> str:
        """The arithmetic, for the office before it stores and for the member in the confirmation."""
        rule = _("By the bylaws the notice period is %(notice)s.", notice=notice_in_words(self.rules))
        received, until = format_day(self.received), format_day(self.until)
        if self.missed is None:
            took = _("Received on %(received)s, the notice takes effect on %(until)s.", received=received, until=until)
            return f"{rule} {took}"
        latest = format_day(latest_receipt(self.missed, self.rules))
        late = _(
            "Received on %(received)s, the notice is too late for %(missed)s: for that it had to be here by "
            "%(latest)s. It takes effect on %(until)s.",
            received=received, missed=format_day(self.missed), latest=latest, until=until,
        )  # fmt: skip
        return f"{rule} {late}"


async def reckon(received: date) -> Reckoning:
    """By the bylaws in force on the day of receipt."""
    rules = await bylaws_on(received)
    return Reckoning(received, effective_exit(received, rules), missed_exit(received, rules), rules)


async def receive(
    organisation: Organisation,
    *,
    received: date,
    said_by: str,
    until: date | None = None,
    why: str = "",
    document: File | None = None,
    kind: EventKind = EventKind.NOTICE,
    actor: str = "",
) -> int:
    """Write a notice down, end the membership on the day the bylaws give, and confirm it by letter.

    `until` is another last day that both have agreed upon; without a reason it is refused. Returns how many letters go.
    """
    reckoned = await reckon(received)
    refuse_impossible(reckoned, until, why)
    last = until or reckoned.until
    async with DB.transaction():
        await take(organisation)
        row = await open_ended(organisation)
        if row and row.until:
            raise Refused(_("The membership already ends on %(day)s. Take that back first.", day=format_day(row.until)))
        await resign(organisation, until=last, actor=actor)
        await life.note(
            organisation, kind, on=received, effective_on=last, said_by=said_by, why=why,
            document=document, actor=actor,
        )  # fmt: skip
        declared = (said_by, why) if kind == EventKind.OWN_NOTICE else None
        return await letters.notice_confirmed(organisation, reckoned, last, why, declared)


async def give(
    organisation: Organisation, viewer: Viewer, *, said_by: str, seen: date, document: Upload | None = None
) -> int:
    """The member gives notice itself, in text form: `said_by` is who says so. It is received at once.

    Refused to whoever may not speak for the member, when the day would be another than the one that was `seen`, and
    without the signed letter where the bylaws want one (a copy will do, § 127 (2) BGB). Returns how many letters go.
    """
    reckoned = await reckon(clock.today())
    if not await may_give_notice(viewer, organisation):
        raise Refused(_("Only the management or the voting delegate gives notice for a member."))
    if reckoned.until != seen:
        raise Refused(_("The day has changed since you opened the page. Please read once more from when it counts."))
    if reckoned.rules.notice_form == "written" and document is None:
        raise Refused(_("The bylaws want the notice in writing: please add the signed letter."), "document")
    async with DB.transaction():
        file = await keep_document(*document) if document else None
        return await receive(
            organisation, received=reckoned.received, said_by=said_by, why=declaration(organisation, reckoned),
            document=file, kind=EventKind.OWN_NOTICE, actor=viewer.reference,
        )  # fmt: skip


async def confirmed_to(organisation: Organisation) -> list[str]:
    """The addresses to which a confirmation would go now."""
    return [to.email for to, _locale in await letters.readers(organisation)]


def declaration(organisation: Organisation, reckoned: Reckoning) -> str:
    """What is declared, kept with the step as it was read."""
    return _(
        "%(name)s hereby gives notice of its membership to the next possible day, %(day)s. I am authorised to declare "
        "this.",
        name=organisation.name, day=format_day(reckoned.until),
    )  # fmt: skip


async def unread(organisation: Organisation | None = None) -> list[MembershipEvent]:
    """Notices that members gave themselves and the office has not read, nor taken back; the first first."""
    return await rows(
        MembershipEvent,
        "WHERE kind = 'own_notice' AND {} IN (0, organisation) AND NOT EXISTS (SELECT 1 FROM membership_event later "
        "WHERE later.organisation = membership_event.organisation AND later.id > membership_event.id "
        "AND later.kind IN ('seen', 'stayed')) ORDER BY id",
        organisation.id if organisation else 0,
    )


async def mark_read(organisation: Organisation, *, actor: str) -> None:
    """The office has read it. It counts from its receipt in any case; nothing happens when there is none to read."""
    async with DB.transaction():
        await take(organisation)
        if await unread(organisation):
            await life.note(organisation, EventKind.SEEN, on=clock.today(), actor=actor)


def refuse_impossible(reckoned: Reckoning, until: date | None, why: str) -> None:
    if reckoned.received > clock.today():
        raise Refused(_("This day has not come yet."), "received")
    if until and until != reckoned.until and not why:
        raise Refused(_("Please say why another day was agreed upon."), "why")


async def take_back(organisation: Organisation, *, said_by: str = "", why: str = "", actor: str = "") -> int:
    """The membership goes on as if no notice had been given. Refused when it has ended. Returns how many letters go."""
    async with DB.transaction():
        await take(organisation)
        row = await open_ended(organisation)
        await stay(organisation, actor=actor)
        await life.note(
            organisation, EventKind.STAYED, on=clock.today(), effective_on=row.until if row else None, said_by=said_by,
            why=why, actor=actor,
        )  # fmt: skip
        return await letters.notice_taken_back(organisation)
