"""The call for candidates: the office opens it, members propose, and each candidate is asked by letter to agree."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from mailing.outbox import Address
from network import clock
from network.assembly import candidate, dispatch, letters
from network.assembly.agenda import refuse_over
from network.assembly.convocation import Plan, by_way
from network.assembly.deadlines import Way
from network.assembly.election import elections_of
from network.assembly.letters import Told
from network.assembly.meeting import State, state_of, taken, thing
from network.assembly.noted import record
from network.assembly.recipients import Recipient, recipients
from network.assembly.tables.elections import Candidate, Election
from network.assembly.tables.meeting import Assembly
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_day, local
from network.members.tables import Organisation
from network.people.tables import Person
from network.references import fingerprint, new_reference, new_token

LINES = 3  # of an envelope: name, street, town


async def open_(row: Assembly, until: date, *, actor: str) -> Sequence[Recipient]:
    """Ask the members for candidates until the end of a day, by e-mail or by post; returns whom.

    Members see the day of the assembly from then on. Asked again, the day moves and everybody is told once more.
    Refused without an open election, for a day that is over, and for one after the assembly has begun.
    """
    async with DB.transaction():
        held = await taken(row)
        refuse_over(held)
        ones = [one for one in await elections_of(held) if not one.closed_at]
        if not ones:
            raise Refused(_("No election is prepared; please say first what is elected."))
        if until < clock.today():
            raise Refused(_("This day is over already."), "until")
        if state_of(held) == State.RUNNING or until >= local(held.starts_at):
            raise Refused(_("The call ends before the day of the assembly; there candidates are proposed in the room."),
                          "until")  # fmt: skip
        values: dict[Any, Any] = {
            Election.called_at: clock.now(),
            Election.candidates_until: clock.berlin(until, time(23, 59, 59)),
            Election.reminded_at: None,
        }
        await Election.update(values).where(Election.id.is_in([one.id for one in ones]))
        if not held.shown_at:
            await Assembly.update({Assembly.shown_at: clock.now()}).where(Assembly.id == held.id)
        told = (await plan_for(held)).to
        await write(held, told, dispatch.CALL, Told(elections=ones, candidates_until=until), actor=actor)
        await record(actor, N_("call for candidates opened"), thing(held), held.title, format_day(until))
    return told


async def remind(row: Assembly, *, actor: str) -> Sequence[Recipient]:
    """Once, before the last day: write to whoever has not proposed anybody; returns whom.

    Refused while no call is open, a second time, and when everybody has proposed somebody.
    """
    async with DB.transaction():
        held = await taken(row)
        ones = [one for one in await elections_of(held) if is_open(one)]
        if not ones:
            raise Refused(_("No call for candidates is open."))
        if reminded := next((one.reminded_at for one in ones if one.reminded_at), None):
            raise Refused(_("The members were reminded on %(day)s already.", day=format_day(reminded)))
        told = (await plan_of_reminder(held, ones)).to
        if not told:
            raise Refused(_("Every member has proposed somebody."))
        values: dict[Any, Any] = {Election.reminded_at: clock.now()}
        await Election.update(values).where(Election.id.is_in([one.id for one in ones]))
        until = max(local(one.candidates_until) for one in ones if one.candidates_until)
        await write(held, told, dispatch.REMINDER, Told(elections=ones, candidates_until=until), actor=actor)
        await record(actor, N_("members reminded of the call for candidates"), thing(held), held.title, str(len(told)))
    return told


async def write(row: Assembly, to: Sequence[Recipient], what: str, told: Told, *, actor: str) -> None:
    batch = new_reference()
    for one in to:
        await dispatch.send(row, one, what, batch=batch, actor=actor, told=told)


# --- to whom ---------------------------------------------------------------------------------------------------------


async def plan_for(row: Assembly) -> Plan:
    """All members with a vote: by e-mail where one is known and they do not want post, else by post."""
    return Plan([one for one in await members_by_way(row) if is_reachable(one)], [])


async def plan_of_reminder(row: Assembly, ones: Sequence[Election]) -> Plan:
    """Of those whoever has not proposed anybody in this call."""
    theirs = Candidate.select(Candidate.proposer).where(
        Candidate.election.is_in([one.id for one in ones] or [0]) & (Candidate.proposer != None)
    )
    answered = {one["proposer"] for one in await theirs}
    return Plan([one for one in (await plan_for(row)).to if one.id not in answered], [])


async def members_by_way(row: Assembly) -> list[Recipient]:
    return [
        by_way(one, by_post=not one.email or one.why_post == "wanted") for one in await recipients(row) if not one.guest
    ]


def is_reachable(one: Recipient) -> bool:
    return one.way == Way.EMAIL or len(one.envelope) >= LINES


async def unreached(row: Assembly) -> list[Recipient]:
    """Members of whom neither an e-mail address nor a postal one is known."""
    return [one for one in await members_by_way(row) if not is_reachable(one)]


def is_open(of: Election) -> bool:
    return bool(of.candidates_until and of.candidates_until >= clock.now() and not of.closed_at)


# --- members propose -------------------------------------------------------------------------------------------------


async def propose(
    row: Assembly,
    of: Election,
    *,
    by: Organisation,
    name: str,
    email: str,
    actor: str,
    works_here: bool = False,
    locale: str = "de",
) -> Candidate:
    """A member proposes somebody, who is asked by letter. Refused once the call is over, and for who cannot stand."""
    async with DB.transaction():
        held = await taken(row)
        if not is_open(await candidate.still_open(of)):
            raise Refused(_("The call for candidates is over. In the assembly candidates can still be proposed."))
        made = await candidate.propose(
            held, of, name=name, email=email, proposed_by=by.name, proposer=by, locale=locale,
            actor=actor, organisation=by if works_here else None,
        )  # fmt: skip
        await ask(held, of, made, actor=actor)
    return made


async def ask(row: Assembly, of: Election, one: Candidate, *, actor: str) -> None:
    """Write to a candidate, with the link by which they agree or decline; an older link ends by that.

    Refused without an address, and for who has agreed or stands no more.
    """
    async with DB.transaction():
        held = await taken(row)
        still = await candidate.by_reference(of, one.reference)
        if still is None or still.consented_at or still.withdrawn_at:
            raise Refused(_("%(name)s has answered already.", name=one.name))
        someone = await Person.objects().get(Person.id == still.person) if still.person else None
        email = still.email or (someone.email if someone else "")
        if not email:
            raise Refused(_("No e-mail address of %(name)s is known.", name=still.name))
        token = new_token()
        values: dict[Any, Any] = {Candidate.digest: fingerprint(token), Candidate.asked_at: clock.now()}
        await Candidate.update(values).where(Candidate.id == still.id)
        if not held.rehearsal_of:
            await letters.candidate_asked(held, of, still, Address(still.name, email), token)
        await record(actor, N_("candidate asked"), thing(held), held.title, of.title)


# --- the candidate answers -------------------------------------------------------------------------------------------


async def by_token(token: str) -> tuple[Assembly, Election, Candidate] | None:
    """What the link in a letter is about; a rehearsal has none."""
    one = await Candidate.objects(Candidate.election).get(Candidate.digest == fingerprint(token))
    row = await Assembly.objects().get(Assembly.id == one.election.assembly) if one else None
    return (row, one.election, one) if one and row and not row.rehearsal_of else None


async def agree(row: Assembly, of: Election, one: Candidate, *, about: str) -> None:
    """By the link in the letter, with a few words about themselves; said again, the words are changed.

    Whoever was not known to the house is entered as a person, as a seat on the board needs one.
    """
    async with DB.transaction():
        await candidate.consent(row, of, one, how="link", actor="")
        await Candidate.update({Candidate.about: about}).where(Candidate.id == one.id)


async def decline(row: Assembly, of: Election, one: Candidate) -> None:
    """They do not stand, or not any more."""
    await candidate.withdraw(row, of, one, actor="")
