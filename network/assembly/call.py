"""The call for candidates: the office opens it, members propose, and each candidate is asked by letter to agree."""

from datetime import date, time
from typing import Any

from mailing.outbox import Address
from network import clock
from network.assembly import candidate, letters
from network.assembly.agenda import refuse_over
from network.assembly.election import elections_of
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
from network.references import fingerprint, new_token


async def open_(row: Assembly, until: date, *, actor: str) -> list[Recipient]:
    """Ask the members for candidates until the end of a day; returns whom a letter went to.

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
        }
        await Election.update(values).where(Election.id.is_in([one.id for one in ones]))
        if not held.shown_at:
            await Assembly.update({Assembly.shown_at: clock.now()}).where(Assembly.id == held.id)
        told = [one for one in await recipients(held) if one.email and not one.guest]
        if not held.rehearsal_of:
            for one in told:
                await letters.candidates_called(held, ones, one, until)
        await record(actor, N_("call for candidates opened"), thing(held), held.title, format_day(until))
    return told


async def without_address(row: Assembly) -> list[Recipient]:
    """Members whom no letter of the call can reach."""
    return [one for one in await recipients(row) if not one.email and not one.guest]


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
            held, of, name=name, email=email, proposed_by=by.name, locale=locale, actor=actor,
            organisation=by if works_here else None,
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
