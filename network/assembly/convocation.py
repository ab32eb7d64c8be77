"""Convening: who is written to by which way, whether that is in time, and the one deed that does it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mailing.letters import Enclosure
from mailing.outbox import Address
from network import clock
from network.assembly import agenda, dispatch, paper, printing, proof, standing_proxy, timing
from network.assembly.deadlines import Way
from network.assembly.letters import Told
from network.assembly.meeting import State, state_of, taken, thing
from network.assembly.noted import record
from network.assembly.recipients import Recipient, recipients
from network.assembly.ruling import rules_of
from network.assembly.tables.convocation import Dispatch
from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
from network.assembly.taking_part import refuse_incomplete
from network.assembly.timing import Clock
from network.association.reckoning import key_day
from network.database import DB
from network.errors import Refused
from network.files import keep
from network.i18n import N_, _, format_day, format_names, local, ngettext
from network.references import new_reference

COMPARED = {ItemKind.BYLAWS, ItemKind.PURPOSE}  # what nobody can judge without old and new text


@dataclass(frozen=True, slots=True)
class Plan:
    """What will go to whom, before it goes."""

    to: Sequence[Recipient]
    late: Sequence[tuple[Recipient, Clock]]  # whom it does not reach in time any more, each by its own date
    until: Clock | None = None  # for all of them, as every page tells it

    @property
    def by_email(self) -> list[Recipient]:
        return [one for one in self.to if one.way == Way.EMAIL]

    @property
    def by_post(self) -> list[Recipient]:
        return [one for one in self.to if one.way == Way.POST]

    @property
    def guests(self) -> list[Recipient]:
        return [one for one in self.to if one.guest]

    @property
    def copies(self) -> int:
        return sum(len(one.copies) for one in self.to)

    @property
    def votes(self) -> int:
        return sum(one.votes for one in self.to)

    @property
    def late_words(self) -> str:
        """By which day it should have been, and which rule says so."""
        if not self.late or self.until is None:
            return ""
        first = min(self.until.of(one.way).day for one, _clock in self.late)
        if len(self.late) == len(self.to):
            words = _("The invitation comes too late for all members; the last safe day was %(day)s.",
                      day=format_day(first))  # fmt: skip
        else:
            words = ngettext(
                "The invitation comes too late for one member (%(names)s); the last safe day was %(day)s.",
                "The invitation comes too late for %(num)s members (%(names)s); the last safe day was %(day)s.",
                len(self.late), names=format_names(one.name for one, _clock in self.late), day=format_day(first),
            )  # fmt: skip
        rule = _("Decisions of an assembly that was convened too late can be void (§ 32 (1) BGB, § 58 no. 4 BGB).")
        return f"{words} {rule}"


async def plan_for(row: Assembly, day: date | None = None) -> Plan:
    """`day`: the one on which it would go out; today."""
    to = await recipients(row)
    clocks = await proof.clocks_of(row, to)
    when = day or clock.today()
    late = [(one, clocks[one.land]) for one in to if not clocks[one.land].of(one.way).is_kept_by(when)]
    return Plan(to, [pair for pair in late if not pair[0].guest], await timing.clock_of(row))


async def why_not(row: Assembly) -> str:
    """Why it cannot be convened yet, whatever the day; "" when it can."""
    state = state_of(row)
    if state == State.CANCELLED:
        return _("This assembly has been called off.")
    if state != State.PLANNED:
        return _("The members have been convened to this assembly.")
    items = await agenda.items_of(row)
    if not items:
        return _("Nothing stands on the agenda. What it does not name cannot be decided (§ 32 (1) BGB).")
    papers = await paper.papers_of(row)
    bare = next((one for one in items if one.kind in COMPARED and not papers.get(one.id)), None)
    if bare:
        return _(
            "“%(title)s” changes the bylaws: members need the old and the new text to judge it (§ 32 (1) BGB). "
            "Please add it to the agenda item.",
            title=bare.title_de,
        )
    return ""


async def convene(row: Assembly, *, actor: str, late_because: str = "", copies: bool = True) -> str:
    """Invite all members, each by its way; returns the batch that went out.

    The agenda is announced by it (§ 32 I 2 BGB), the key date and the version of the bylaws are fixed, and proxies that
    hold until they are withdrawn go over (standing_proxy). Refused when something is missing, and when it is too late
    for anybody, unless a reason is given (`late_because`), which the proof and the minutes tell. In a rehearsal nothing
    leaves the house.
    """
    async with DB.transaction():
        held = await taken(row)
        if words := await why_not(held):
            raise Refused(words)
        await refuse_incomplete(held.to_dict())
        planned = await plan_for(held)
        if not planned.to:
            raise Refused(_("There are no members to be invited."))
        if planned.late and not late_because.strip():
            raise Refused(planned.late_words, "late_because")
        rules, now = await rules_of(held), clock.now()
        held.convened_at, held.convened_by = now, actor
        held.key_date = key_day(local(held.starts_at), rules)
        held.rules_from = rules.valid_from if rules.id else None
        held.late_because = late_because.strip() if planned.late else ""
        await AgendaItem.update({AgendaItem.announced_at: now}).where(AgendaItem.assembly == held.id)
        told = await told_about(held)
        held.invitation = await kept(told)
        await held.save()
        await standing_proxy.carry_over(held, actor=actor)
        batch = await to_everybody(held, planned.to, "invitation", told, actor=actor, copies=copies)
        await record(actor, N_("assembly convened"), thing(held), held.title, sent_words(planned))
    return batch


def sent_words(planned: Plan) -> str:
    letters = ngettext("one e-mail", "%(num)s e-mails", len(planned.by_email))
    envelopes = ngettext("one envelope", "%(num)s envelopes", len(planned.by_post))
    return f"{letters}, {envelopes}"


async def told_about(row: Assembly, *, bare: bool = False) -> Told:
    """The invitation itself as a document goes with each letter, in its language; not when `bare`."""
    motions = await timing.motions_of(row)
    key_date = row.key_date or key_day(local(row.starts_at), await rules_of(row))
    items = [one for one in await agenda.items_of(row) if agenda.is_told(one) or not row.convened_at]
    told = Told(
        items=items, papers=await paper.papers_of(row), key_date=key_date,
        motions_until=row.motions_until or (motions.day if motions else None),
    )  # fmt: skip
    if bare:
        return told
    documents = {language: await printing.invitation(row, told, language) for language in ("de", "en")}
    return Told(
        items=told.items, papers=told.papers, key_date=told.key_date, motions_until=told.motions_until,
        enclosures={
            language: Enclosure(printing.file_name(row, language), "application/pdf", content)
            for language, content in documents.items()
        },
    )  # fmt: skip


async def kept(told: Told) -> int:
    """The invitation as it went out, for the proof and the register."""
    german = told.enclosures["de"]
    return (await keep(german.name, german.media_type, german.content)).id


async def to_everybody(
    row: Assembly, to: Sequence[Recipient], what: str, told: Told, *, actor: str, copies: bool = True
) -> str:
    batch = new_reference()
    for one in to:
        await dispatch.send(row, one, what, batch=batch, actor=actor, told=told)
        for contact in one.copies if copies else ():
            await dispatch.send(
                row, one, what, batch=batch, actor=actor, told=told, copy=True, locale=contact.locale,
                reader=Address(contact.name, contact.email),
            )  # fmt: skip
    return batch


async def again(row: Assembly, member: int, *, name: str, email: str, by_post: bool, actor: str) -> Dispatch:
    """Another try to reach one member, at another address or by post: a row of its own, the first one stays.

    Also the first one for who became a member after the invitation. Refused while nobody has been convened.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_nobody_convened(held)
        found = next((one for one in await recipients(held) if one.id == member), None)
        if found is None:
            raise Refused(_("This organisation is not a member on the day of the assembly."))
        if by_post and len(found.envelope) < 3:  # noqa: PLR2004  name, street, town
            raise Refused(_("No postal address of %(name)s is known.", name=found.name), "by_post")
        to = by_way(found, by_post=by_post)
        made = await dispatch.send(
            held, to, "invitation", batch=new_reference(), actor=actor, told=await told_about(held),
            reader=None if by_post else Address(name or found.name, email),
        )  # fmt: skip
        await record(actor, N_("invitation sent again"), thing(held), held.title, found.name)
    return made


def by_way(to: Recipient, *, by_post: bool) -> Recipient:
    facts = {name: getattr(to, name) for name in Recipient.__dataclass_fields__}
    return Recipient(**facts | {"way": Way.POST if by_post else Way.EMAIL})


def refuse_nobody_convened(row: Assembly) -> None:
    if not row.convened_at:
        raise Refused(_("This assembly has not been convened yet."))
    if state_of(row) in (State.OVER, State.CANCELLED):
        raise Refused(_("This assembly is over."))
