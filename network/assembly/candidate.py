"""Who stands for election: proposed by somebody, and nobody without the own consent."""

from typing import Any

from network import clock
from network.assembly.agenda import refuse_over
from network.assembly.eligibility import why_not
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.tables.elections import Acceptance, Candidate, Election, RoundCount
from network.assembly.tables.meeting import Assembly
from network.database import DB
from network.errors import Refused
from network.files import File
from network.folding import folded
from network.i18n import N_, _
from network.members.tables import Organisation
from network.people import person as people
from network.people.tables import Person
from network.references import new_reference

CONSENTED = {
    "present": N_("said so in the assembly"),
    "written": N_("in writing"),
    "link": N_("by the link in the letter"),
}


async def propose(
    row: Assembly,
    election: Election,
    *,
    name: str,
    actor: str,
    person: Person | None = None,
    organisation: Organisation | None = None,
    email: str = "",
    locale: str = "de",
    proposed_by: str = "",
    proposer: Organisation | None = None,
    about: str = "",
) -> Candidate:
    """Somebody is proposed; with the own consent they stand. Seats on the board need a person, or an address to ask.

    Refused when the election is over, for who may not stand by the bylaws (eligibility), and for who has been proposed
    already (field "name").
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        await still_open(election)
        of_member = organisation.id if organisation else None
        if words := await why_not(held, election, name=name, person=person, organisation=of_member):
            raise Refused(words, "name")
        if election.seats and person is None and not email and not held.rehearsal_of:
            raise Refused(_("Please choose the person who shall hold the seat."), "name")
        if any(same(one, name, person) for one in await candidates_of(election)):
            raise Refused(_("%(name)s has been proposed already.", name=name), "name")
        candidate = Candidate(
            reference=new_reference(), election=election.id, person=person.id if person else None,
            organisation=of_member, name=name, email=email, locale=locale, proposed_by=proposed_by,
            proposer=proposer.id if proposer else None, about=about, entered_at=clock.now(),
            position=await Candidate.count().where(Candidate.election == election.id),
            actor=actor,
        )  # fmt: skip
        await candidate.save()
        await record(actor, N_("candidate proposed"), thing(row), row.title, election.title)
    return candidate


def same(one: Candidate, name: str, person: Person | None) -> bool:
    if one.withdrawn_at:
        return False
    return one.person == person.id if person else folded(one.name) == folded(name)


async def consent(
    row: Assembly, election: Election, candidate: Candidate, *, how: str, actor: str, document: File | None = None
) -> None:
    """They agree to stand; said twice it is written down once. Refused when the election is over."""
    async with DB.transaction():
        held, of = await taken(row), await still_open(election)
        someone = await known_person(held, of, candidate, actor)
        still = (Candidate.id == candidate.id) & (Candidate.consented_at == None) & (Candidate.withdrawn_at == None)
        values: dict[Any, Any] = {
            Candidate.consented_at: clock.now(),
            Candidate.consented_how: how,
            Candidate.document: document.id if document else None,
        }
        if someone:
            values[Candidate.person] = someone.id
        if await Candidate.update(values).where(still).returning(Candidate.id):
            await record(actor, N_("candidate agreed to stand"), thing(row), row.title, election.title)


async def known_person(row: Assembly, of: Election, one: Candidate, actor: str) -> Person | None:
    """Who agrees to stand for a seat is a person of the house. Refused when the address is somebody else's."""
    if one.person or not of.seats or not one.email or row.rehearsal_of:
        return None
    someone = await people.found_or_entered(one.name, one.email, actor=actor)
    if words := await why_not(row, of, name=one.name, person=someone, organisation=one.organisation):
        raise Refused(words)
    return someone


async def withdraw(row: Assembly, election: Election, candidate: Candidate, *, actor: str) -> None:
    """They do not stand any more. Refused while a ballot with their name on it is open, and for who was elected."""
    async with DB.transaction():
        await taken(row)
        await still_open(election)
        if await Acceptance.exists().where(Acceptance.candidate == candidate.id):
            raise Refused(
                _("%(name)s was elected. Who does not want the office declines the election, and resigns after having "
                  "accepted it (§ 27 BGB).", name=candidate.name)
            )  # fmt: skip
        mine = RoundCount.candidate == candidate.id
        running = await RoundCount.exists().where(mine & (RoundCount.round.counted_at == None))
        if running:
            raise Refused(_("A ballot with this name on it is open."))
        still = (Candidate.id == candidate.id) & (Candidate.withdrawn_at == None)
        if await Candidate.update({Candidate.withdrawn_at: clock.now()}).where(still).returning(Candidate.id):
            await record(actor, N_("candidate stands down"), thing(row), row.title, election.title)


async def still_open(election: Election) -> Election:
    """As it is now, with the assembly's row taken; refused when it is over."""
    still = await Election.objects().get(Election.id == election.id)
    if still is None or still.closed_at:
        raise Refused(_("This election is over."))
    return still


async def candidates_of(election: Election) -> list[Candidate]:
    """All who were proposed, in the order of their names on the paper."""
    mine = Candidate.election == election.id
    return await Candidate.objects().where(mine).order_by(Candidate.position).order_by(Candidate.id)


async def standing_for(election: Election) -> list[Candidate]:
    """Who can be voted for: consented and not withdrawn."""
    return [one for one in await candidates_of(election) if one.consented_at and not one.withdrawn_at]


async def by_reference(election: Election, reference: str) -> Candidate | None:
    return await Candidate.objects().get((Candidate.election == election.id) & (Candidate.reference == reference))
