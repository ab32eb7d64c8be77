"""What members would like changed and may not change alone: proposed, then accepted or declined by the office."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from network import clock
from network.activity import record
from network.database import DB
from network.errors import Refused
from network.files import File, names_of
from network.i18n import N_, _
from network.members.function import thing
from network.members.organisation import take
from network.members.tables import Organisation
from network.people.person import person_by_reference
from network.people.tables import Person
from network.references import new_reference
from network.representing import letters, proof
from network.representing.meaning import current, in_words, make_true, parts, with_day, words_of
from network.representing.rules import DATED, EVIDENCE, FIELDS, PAPER_DAYS, REMARK
from network.representing.tables import Proposal

REPLACED = N_("replaced by a newer proposal")
WITHDRAWN = N_("withdrawn by the member")
OWN_REASONS = (REPLACED, WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Told:
    """A proposal in words. `overtaken`: what it would change has changed since, to `current`."""

    row: Proposal
    organisation: Organisation
    field: str
    old: str
    new: str
    current: str
    current_key: str
    maker: str
    overtaken: bool
    decided_at: datetime | None
    document: str = ""  # what the paper that goes with it is called

    @property
    def is_dated(self) -> bool:
        """A first day goes with it."""
        return self.row.field in DATED

    @property
    def on(self) -> date | None:
        return parts(self.row)[1]

    @property
    def is_open(self) -> bool:
        return self.decided_at is None

    @property
    def reason(self) -> str:
        return _(self.row.reason) if self.row.reason in OWN_REASONS else self.row.reason


async def propose(
    row: Organisation,
    field: str,
    new: str,
    *,
    why: str = "",
    on: date | None = None,
    document: File | None = None,
    by: str,
) -> Proposal | None:
    """Ask the office for a change; None where it is so already. An open proposal for the same field gives way to it.

    `by` is a person's reference, or "check:<year>" for an answer to the yearly question. Of a voting delegate `new` is
    a person's reference, of evidence what `proof.told` gives. `on` is the first day of a new name, delegate or status;
    without it the name was wrong. `document` is the paper that shows it.
    """
    async with DB.transaction():
        await take(row)
        old = await current(row, field, new)
        if document is None and (new == old or (not new and field not in PAPER_DAYS)):
            return None
        await give_way(row, field, new)
        found = Proposal(
            reference=new_reference(), organisation=row.id, thing=thing(row), field=field, old=old,
            new=with_day(new, on), why=why, document=document.id if document else None,
            made_by=by, made_at=clock.now(),
        )  # fmt: skip
        await found.save()
        await record(actor_of(by), N_("change proposed"), thing(row), row.name, _(FIELDS[field]))
    return found


async def give_way(row: Organisation, field: str, new: str) -> None:
    """Several remarks stand beside each other, and so do pieces of evidence for different places."""
    if field == REMARK:
        return
    earlier = await Proposal.objects().where((Proposal.organisation == row.id) & (Proposal.field == field) & waiting())
    for one in earlier:
        if field != EVIDENCE or proof.same_place(one.new, new):
            await close(one, {Proposal.declined_at: clock.now(), Proposal.reason: REPLACED})


async def close(proposal: Proposal, values: dict[Any, Any]) -> None:
    """It does not come true: the paper that was sent with it is not kept."""
    await Proposal.update(values).where(Proposal.id == proposal.id)
    if proposal.document:
        await File.delete().where(File.id == proposal.document)


async def accept(
    proposal: Proposal,
    *,
    seen: str,
    on: date | None = None,
    always: bool = False,
    is_another: bool = False,
    actor: str,
) -> None:
    """Make the change that was proposed, by the very verb that the office uses; the proposer gets a letter.

    `on` is the first day where the office knows another one than was proposed; `always`: it was only written wrongly,
    and the past changes with it. Refused when it was decided already, when what it changes is not what the office had
    `seen` any more, and with the name that somebody else has, unless it `is_another` of that name.
    """
    async with DB.transaction():
        row, still = await taken(proposal)
        if await current(row, still.field, still.new) != seen:
            raise Refused(_("This was changed a moment ago. Please look at the proposal once more."))
        if still.field in DATED:
            new, proposed = parts(still)
            still.new = with_day(new, None if always else on or proposed)
        await make_true(row, still, actor, is_another=is_another)
        values: dict[Any, Any] = {
            Proposal.accepted_at: clock.now(),
            Proposal.decided_by: actor,
            Proposal.new: still.new,
        }
        await Proposal.update(values).where(Proposal.id == still.id)
        await record(actor, N_("proposal accepted"), thing(row), row.name, _(FIELDS[still.field]))
        await letters.decided(still, row, await words_of(still), accepted=True, reason="")


async def decline(proposal: Proposal, reason: str, *, actor: str) -> None:
    """Leave all as it is, and tell the proposer why. Refused without a reason, and when it was decided already."""
    if not reason:
        raise Refused(_("Please say why; the member reads it."), "reason")
    async with DB.transaction():
        row, still = await taken(proposal)
        values: dict[Any, Any] = {
            Proposal.declined_at: clock.now(),
            Proposal.decided_by: actor,
            Proposal.reason: reason,
        }
        await close(still, values)
        await record(actor, N_("proposal declined"), thing(row), row.name, _(FIELDS[still.field]))
        await letters.decided(still, row, await words_of(still), accepted=False, reason=reason)


async def withdraw(proposal: Proposal, *, actor: str) -> None:
    """The member thinks better of it. Refused when it was decided already."""
    async with DB.transaction():
        row, still = await taken(proposal)
        await close(still, {Proposal.declined_at: clock.now(), Proposal.reason: WITHDRAWN})
        await record(actor, N_("proposal withdrawn"), thing(row), row.name, _(FIELDS[still.field]))


async def taken(proposal: Proposal) -> tuple[Organisation, Proposal]:
    """The organisation's row first, then the proposal as it stands: of two decisions the second is refused."""
    row = await Organisation.objects().get(Organisation.id == proposal.organisation)
    assert row
    await take(row)
    row = await Organisation.objects().get(Organisation.id == proposal.organisation)
    still = await Proposal.objects().get((Proposal.id == proposal.id) & waiting())
    if row is None or still is None:
        raise Refused(_("This proposal has been decided already."))
    return row, still


async def told(row: Proposal) -> Told:
    owner = await Organisation.objects().get(Organisation.id == row.organisation)
    assert owner
    now = await current(owner, row.field, row.new)
    papers = await names_of([row.document] if row.document else [])
    maker = await maker_of(row)
    return Told(
        row=row,
        organisation=owner,
        field=_(FIELDS[row.field]),
        old=await in_words(row.field, row.old),
        new=await words_of(row),
        current=await in_words(row.field, now),
        current_key=now,
        maker=maker.name if maker else _("Answer to the yearly question"),
        overtaken=now != row.old,
        decided_at=row.accepted_at or row.declined_at,
        document=papers.get(row.document, ""),
    )


async def maker_of(row: Proposal) -> Person | None:
    return await person_by_reference(row.made_by)


async def paper_of(row: Proposal) -> File | None:
    return await File.objects().get(File.id == row.document) if row.document else None


async def open_ones(row: Organisation | None = None) -> list[Told]:
    """Waiting for the office, the oldest first."""
    wanted = waiting() & (Proposal.organisation == row.id) if row else waiting()
    return [await told(one) for one in await Proposal.objects().where(wanted).order_by(Proposal.made_at)]


async def decided(row: Organisation | None = None, *, most: int = 30) -> list[Told]:
    """The last decisions, the latest first."""
    done = (Proposal.accepted_at != None) | (Proposal.declined_at != None)
    wanted = done & (Proposal.organisation == row.id) if row else done
    rows = await Proposal.objects().where(wanted).order_by(Proposal.made_at, ascending=False).limit(most)
    return [await told(one) for one in rows]


async def count_open() -> int:
    return await Proposal.count().where(waiting())


async def by_reference(reference: str) -> Proposal | None:
    return await Proposal.objects().get(Proposal.reference == reference)


def waiting() -> Any:
    return (Proposal.accepted_at == None) & (Proposal.declined_at == None)


def actor_of(by: str) -> str:
    """The yearly question is answered without signing in."""
    return "" if ":" in by else by
