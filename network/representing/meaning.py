"""What a proposal means, field by field: what stands there today, how people read it, and how it is made true."""

from datetime import date

from network import clock
from network.errors import Refused
from network.files import File
from network.i18n import _, format_day
from network.members import function, moving, organisation, provider
from network.members.tables import FunctionKind, Organisation
from network.people import person
from network.people.person import person_by_reference
from network.representing import proof
from network.representing.rules import DELEGATE, EVIDENCE, PAPER_DAYS, PROTECTED, REMARK, STATUS
from network.representing.tables import Proposal


async def current(row: Organisation, field: str, new: str = "") -> str:
    """What stands there today, in the shape in which it is proposed; of evidence what `new` would take the place of."""
    if field in PROTECTED:
        return str(getattr(row, field))
    if field in PAPER_DAYS:
        return str(getattr(row, field) or "")
    if field == EVIDENCE:
        return await proof.current(row, new)
    if field == STATUS:
        step = provider.on(await provider.history(row), clock.today())
        return step.status if step else ""
    holder = await function.delegate_of(row, clock.today()) if field == DELEGATE else None
    return holder.person if holder else ""


async def make_true(row: Organisation, proposal: Proposal, actor: str, *, is_another: bool = False) -> None:
    """By the very verb that the office uses."""
    new, on = parts(proposal)
    if proposal.field == "name" and not is_another:
        await organisation.refuse_name_of_another(row, new)
    if proposal.field == "name" and on:
        await moving.rename(row, new, on=on, actor=actor)
    elif proposal.field in PROTECTED:
        await organisation.change(row, actor=actor, **{proposal.field: new})
    elif proposal.field in PAPER_DAYS:
        await provider.change(row, actor=actor, **{proposal.field: date.fromisoformat(new) if new else None})
    elif proposal.field == STATUS:
        since = on or clock.today()
        await provider.enter(row, new, since=since, was=since, actor=actor)
    elif proposal.field == EVIDENCE:
        paper = await File.objects().get(File.id == proposal.document) if proposal.document else None
        await proof.enter(row, new, paper, actor=actor)
    elif proposal.field == DELEGATE:
        await appoint(row, new, on or clock.today(), actor)


async def appoint(row: Organisation, reference: str, first: date, actor: str) -> None:
    someone = await person_by_reference(reference)
    if someone is None:
        raise Refused(_("The person proposed is not known any more."))
    await function.appoint(row, someone, FunctionKind.VOTING_DELEGATE, since=first, in_place=True, actor=actor)


def parts(row: Proposal) -> tuple[str, date | None]:
    """What is proposed, and the first day where one goes with it."""
    if row.field in (REMARK, EVIDENCE):
        return row.new, None
    value, _line, day = row.new.partition("\n")
    return value, date.fromisoformat(day) if day else None


def with_day(value: str, on: date | None) -> str:
    """As `parts` reads it."""
    return f"{value}\n{on}" if on else value


async def words_of(row: Proposal) -> str:
    """What is proposed, as people read it."""
    value, on = parts(row)
    words = await in_words(row.field, value)
    return _("%(name)s, from %(day)s on", name=words, day=format_day(on)) if on else words


async def in_words(field: str, value: str) -> str:
    if field == EVIDENCE:
        return await proof.in_words(value)
    if field in PAPER_DAYS:
        return format_day(date.fromisoformat(value)) if value else _("none")
    if field == STATUS and value:
        return _(provider.STATUSES[value])
    if field != DELEGATE or not value:
        return value
    someone = await person_by_reference(value)
    return person.full_name(someone) if someone else _("a person since deleted")
