"""What assemblies hold about one person: told with the reason why it stays, and erased where nothing asks for it."""

from collections.abc import Sequence
from typing import Any

from piccolo.columns import Column

from mailing.addresses import address_key
from network import clock
from network.activity import record
from network.assembly import kept
from network.assembly.tables.afterwards import Objection, Signature
from network.assembly.tables.convocation import Delegate, Dispatch
from network.assembly.tables.day import Guest, Presence
from network.assembly.tables.elections import Candidate
from network.assembly.tables.meeting import Assembly
from network.database import in_any_case
from network.folding import search_key
from network.i18n import N_, _, format_day, format_moment
from network.people.privacy import those
from network.people.viewer import Viewer
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import Kind

MOST = 40
REAL = Assembly.select(Assembly.id).where(Assembly.rehearsal_of == None)


async def known_as(words: Sequence[str]) -> list[Trace]:
    """Candidates and delegates with an address, of real assemblies; whoever has an entry is found by that."""
    candidates = await Candidate.objects(Candidate.election).where((Candidate.email != "") & (Candidate.person == None))
    delegates = await Delegate.objects().where((Delegate.email != "") & (Delegate.person == None))
    told = [(one, _("Candidate: %(title)s", title=one.election.title)) for one in candidates]
    found: list[tuple[Any, str]] = [*told, *((one, _("Casts the votes of a member")) for one in delegates)]
    traces = {
        f"address:{one.email}": Trace(f"address:{one.email}", one.name, where, one.email)
        for one, where in found
        if all(word in search_key(one.name, one.email) for word in words)
    }
    return list(traces.values())[:MOST]


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    return [*await as_candidate(subject), *await as_delegate(subject), *await in_letters(subject),
            *await in_person(subject)]  # fmt: skip


# --- told ------------------------------------------------------------------------------------------------------------


async def as_candidate(subject: Subject) -> list[Held]:
    told = []
    for one in await candidacies(subject):
        row = one.election.assembly
        facts = [
            (_("Election"), f"{one.election.title} ({row.title})"), (_("Name"), one.name),
            (_("E-mail address"), one.email), (_("Proposed by"), one.proposed_by),
            (_("Agreed on"), format_moment(one.consented_at) if one.consented_at else _("has not agreed")),
            (_("About the candidate"), one.about),
        ]  # fmt: skip
        stays = _("Stands for an election that has not been held; whoever stands down first can be erased.")
        told.append(Held(kept.CANDIDATES, known(facts), stays=stays if still_stands(one) else ""))
    return told


async def as_delegate(subject: Subject) -> list[Held]:
    stays = _("Who cast whose votes stands in the attendance list and the minutes (§ 58 no. 4 BGB); the name stays.")
    told = []
    for one in await delegations(subject):
        facts = [
            (_("Assembly"), f"{one.assembly.title}, {format_day(one.assembly.starts_at)}"),
            (_("Member"), one.organisation.name),
            (_("Name"), one.name),
            (_("E-mail address"), one.email),
        ]
        told.append(Held(kept.AUTHORISATIONS, known(facts), stays=stays))
    return told


async def in_letters(subject: Subject) -> list[Held]:
    stays = _("Proves that a member was convened, as long as the assembly can be contested (§ 32 (1) BGB).")
    return [
        Held(kept.LETTERS, known([(format_day(one.made_at), one.assembly.title), (_("Name"), one.name),
                                  (_("E-mail address"), one.address)]), stays=stays)
        for one in await by_address(Dispatch, Dispatch.address, subject, Dispatch.assembly)
    ]  # fmt: skip


async def in_person(subject: Subject) -> list[Held]:
    """Whoever came, was a guest or signed is known by name alone: of the names that are asked for."""
    names = [name for name in {subject.name, *(one.name for one in await those(subject))} if name]
    if not names:
        return []
    stays = _("Attendance list and minutes are kept for good (§ 58 no. 4 BGB).")
    came: list[Any] = await Presence.objects(Presence.assembly).where(
        Presence.name.is_in(names) & Presence.assembly.is_in(REAL)
    )
    guests = await Guest.objects(Guest.assembly).where(Guest.name.is_in(names) & Guest.assembly.is_in(REAL))
    told = [
        Held(kept.ATTENDANCE, known([(format_day(one.came_at), one.assembly.title), (_("Name"), one.name)]),
             stays=stays)
        for one in [*came, *guests]
    ]  # fmt: skip
    signed = await Signature.objects(Signature.minutes).where(Signature.name.is_in(names))
    rows = await Assembly.objects().where((Assembly.rehearsal_of == None) & Assembly.id.is_in(
        [one.minutes.assembly for one in signed])) if signed else []  # fmt: skip
    told += [
        Held(kept.MINUTES, [(format_day(row.starts_at), row.title), (_("Name"), one.name)], stays=stays)
        for row in rows for one in signed if one.minutes.assembly == row.id
    ]  # fmt: skip
    return [*told, *await objected(subject, names, stays)]


async def objected(subject: Subject, names: Sequence[str], stays: str) -> list[Held]:
    """Objections to minutes that somebody raised in a member's room, or that name them."""
    theirs: Any = Objection.said_by.is_in(list(names))
    if subject.references:
        theirs |= Objection.actor.is_in(subject.references) & Objection.said_by.like(f"{subject.name}, %")
    with_assembly: list[Any] = [Objection.minutes, Objection.minutes.assembly]
    found = await Objection.objects(*with_assembly).where(theirs)
    return [
        Held(
            kept.MINUTES, [(format_day(one.received_at), one.minutes.assembly.title), (_("Objection"), one.text)],
            stays=stays,
        )
        for one in found if not one.minutes.assembly.rehearsal_of
    ]  # fmt: skip


def known(facts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in facts if value]


# --- erased ----------------------------------------------------------------------------------------------------------


async def erase(subject: Subject, actor: str) -> None:
    """Addresses and lines of candidates, and addresses of delegates whose assembly is over. Names of history stay."""
    going = [one.id for one in await candidacies(subject) if not still_stands(one)]
    await kept.unwrite(going)
    over = [one.id for one in await delegations(subject) if one.email and one.assembly.starts_at < clock.now()]
    if over:
        await Delegate.update({Delegate.email: ""}).where(Delegate.id.is_in(over))
    if number := len(going) + len(over):
        thing = f"person:{subject.references[0]}" if subject.references else "assembly:"
        await record(actor, N_("details of a candidate or delegate erased"), thing, detail=str(number))


def still_stands(one: Candidate) -> bool:
    row = one.election.assembly
    return bool(one.consented_at and not one.withdrawn_at and not row.closed_at and not row.cancelled_at)


# --- finding ---------------------------------------------------------------------------------------------------------


async def candidacies(subject: Subject) -> list[Candidate]:
    return await by_person_or_address(Candidate, subject, Candidate.election, Candidate.election.assembly)


async def delegations(subject: Subject) -> list[Delegate]:
    return await by_person_or_address(Delegate, subject, Delegate.assembly, Delegate.organisation)


async def by_person_or_address(table: Any, subject: Subject, *more: Any) -> list[Any]:
    found = await ids_at(table, table.email, subject)
    if subject.person_ids:
        found |= {one.id for one in await table.objects().where(table.person.is_in(subject.person_ids))}
    return await real(table, found, *more)


async def by_address(table: Any, column: Column, subject: Subject, *more: Any) -> list[Any]:
    return await real(table, await ids_at(table, column, subject), *more)


async def ids_at(table: Any, column: Column, subject: Subject) -> set[int]:
    found, name = set(), column._meta.name  # noqa: SLF001  Piccolo's own way
    for email in subject.emails:
        rows = await table.objects().where(in_any_case(column, email))
        found |= {one.id for one in rows if address_key(getattr(one, name)) in subject.keys}
    return found


async def real(table: Any, ids: set[int], *more: Any) -> list[Any]:
    """With what they belong to; those of rehearsals are copies and go with them."""
    rows = await table.objects(*more).where(table.id.is_in(sorted(ids))).order_by(table.id) if ids else []
    return [one for one in rows if not assembly_of(one).rehearsal_of]


def assembly_of(one: Any) -> Assembly:
    found: Assembly = one.election.assembly if isinstance(one, Candidate) else one.assembly
    return found


KINDS: Sequence[Kind] = (kept.LETTERS, kept.AUTHORISATIONS, kept.CANDIDATES, kept.ATTENDANCE, kept.MINUTES)
PRIVACY = Privacy(known_as, held_about, erase, KINDS)
