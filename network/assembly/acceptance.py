"""Whoever was elected accepts, and the term begins; or declines, and the place is open again."""

from datetime import datetime

from network import clock
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.tables.elections import Acceptance, Candidate, Election
from network.assembly.tables.meeting import Assembly
from network.board import term
from network.board.tables import Seat
from network.database import DB
from network.errors import Refused
from network.files import File
from network.i18n import N_, _, format_names, local
from network.people.tables import Person

HOW = {"present": N_("present, in the assembly"), "written": N_("in writing")}


async def ask(of: Election, who: Candidate, *, actor: str) -> None:
    """Keep that somebody was elected and has not answered, in the transaction of the count."""
    await Acceptance(election=of.id, candidate=who.id, seat=await next_seat(of), actor=actor).save()


async def next_seat(of: Election) -> str:
    """The first of the board's seats of this election that nobody elected holds; "" where it fills none."""
    rows = await Acceptance.select(Acceptance.seat).where(
        (Acceptance.election == of.id) & (Acceptance.declined_at == None)
    )
    gone = {one["seat"] for one in rows}
    return next((seat for seat in of.seats.split() if seat not in gone), "")


async def accept(
    row: Assembly,
    of: Election,
    who: Candidate,
    *,
    actor: str,
    how: str = "present",
    at: datetime | None = None,
    document: File | None = None,
) -> None:
    """They accept, and their term on the board begins (DOMAIN 3.3); in a rehearsal it does not.

    Refused for who was not elected or has answered already, when others have taken all places, and for a moment that
    has not come.
    """
    moment = at or clock.now()
    if moment > clock.now():
        raise Refused(_("This moment has not come yet."), "at")
    async with DB.transaction():
        held = await taken(row)
        answer = await unanswered(of, who)
        await refuse_full(of)
        answer.accepted_at, answer.how = moment, how
        answer.document = document.id if document else None
        if answer.seat and not held.rehearsal_of:
            answer.term = await begin_term(of, who, answer.seat, moment, actor)
        await answer.save()
        await record(actor, N_("election accepted"), thing(row), row.title, of.title)


async def refuse_full(of: Election) -> None:
    accepted = [one for one in await acceptances_of(of) if one.accepted_at]
    if len(accepted) >= of.number:
        names = format_names(one.candidate.name for one in accepted)
        raise Refused(_("All places of this election are filled (accepted: %(names)s).", names=names))


async def begin_term(of: Election, who: Candidate, seat: str, moment: datetime, actor: str) -> str:
    place, person = (
        await Seat.objects().get(Seat.reference == seat),
        await Person.objects().get(Person.id == who.person),
    )
    if place is None or person is None:
        raise Refused(_("The person or the seat is not known any more."))
    begun = await term.take_office(
        place, person, accepted_on=local(moment), source=f"election:{of.reference}", by_election=of.by_election,
        gives_up=True, actor=actor,
    )  # fmt: skip
    return str(begun.reference)


async def decline(row: Assembly, of: Election, who: Candidate, *, actor: str) -> None:
    """They do not accept; the place is open again, and they stand for it no more."""
    async with DB.transaction():
        await taken(row)
        answer = await unanswered(of, who)
        answer.declined_at = clock.now()
        await answer.save()
        await record(actor, N_("election declined"), thing(row), row.title, of.title)


async def unanswered(of: Election, who: Candidate) -> Acceptance:
    mine = (Acceptance.election == of.id) & (Acceptance.candidate == who.id)
    answer = await Acceptance.objects().get(mine)
    if answer is None:
        raise Refused(_("%(name)s was not elected.", name=who.name))
    if answer.accepted_at or answer.declined_at:
        raise Refused(_("%(name)s has answered already.", name=who.name))
    return answer


async def acceptances_of(of: Election) -> list[Acceptance]:
    return await Acceptance.objects(Acceptance.candidate).where(Acceptance.election == of.id).order_by(Acceptance.id)
