"""Who is invited to a meeting of the board: everybody on it, and the managing director as a guest; what they answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from network import clock
from network.activity import record
from network.board import appointment, ledger
from network.board.tables import AppointmentKind
from network.boardroom.meeting import refuse_over, taken, thing
from network.boardroom.tables import BoardMeeting, Invited
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_names, local, speaking
from network.references import new_reference

ANSWERS = {"coming": N_("comes"), "excused": N_("excused")}


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who belongs to a meeting of this day, before a row tells so."""

    person: int
    name: str
    office: str
    email: str
    locale: str
    has_vote: bool
    answer: str = ""


async def on(day: date) -> list[Guest]:
    """The board of the day, by seat, and whoever manages the association then; who is both is of the board."""
    with speaking("de"):  # the minutes are German
        holders = (await ledger.read()).board(day).holders
        board = [Guest(one.person_id, one.who, one.title, one.email, one.locale, has_vote=True) for one in holders]
        known = {one.person for one in board}
        guests = [
            Guest(one.person.id, one.who, one.title, one.person.email, one.person.locale, has_vote=False)
            for one in await appointment.running(day)
            if one.row.kind == AppointmentKind.MANAGING_DIRECTOR and one.person.id not in known
        ]
    return [*board, *guests]


async def follow(row: BoardMeeting) -> list[Invited]:
    """Bring the rows up to the board of the day: who came since gets one, who left the board has no vote any more.

    Part of a deed that has taken the meeting.
    """
    wanted, rows = await on(local(row.starts_at)), {one.person: one for one in await invited_to(row)}
    voters = {one.person for one in wanted if one.has_vote}
    for one in wanted:
        if one.person not in rows:
            await Invited(
                reference=new_reference(), meeting=row.id, person=one.person, name=one.name, office=one.office,
                email=one.email, locale=one.locale, has_vote=one.has_vote,
            ).save()  # fmt: skip
        elif rows[one.person].has_vote != one.has_vote or rows[one.person].email != one.email:
            facts = {Invited.has_vote: one.has_vote, Invited.email: one.email}
            await Invited.update(facts).where(Invited.id == rows[one.person].id)  # type: ignore[arg-type]
    gone = [known.id for person, known in rows.items() if known.has_vote and person not in voters]
    if gone:
        await Invited.update({Invited.has_vote: False}).where(Invited.id.is_in(gone))
    return await invited_to(row)


def refuse_unreached(guests: Sequence[Guest]) -> None:
    """All of the board have to be invited: what is decided without telling one of them is void (§§ 28, 32 BGB)."""
    board = [one for one in guests if one.has_vote]
    if not board:
        raise Refused(_("There is nobody on the board on that day who could be invited."))
    if missing := [one.name for one in board if not one.email]:
        raise Refused(
            _("Everybody on the board has to be invited. Please enter an e-mail address for %(names)s.",
              names=format_names(missing))
        )  # fmt: skip


async def answer(row: BoardMeeting, person: int, said: str, *, actor: str) -> None:
    """Comes or is excused; the last word counts. Refused for who is not invited, and once it is closed or off."""
    async with DB.transaction():
        refuse_over(await taken(row))
        mine = (Invited.meeting == row.id) & (Invited.person == person)
        values = {Invited.answer: said, Invited.answered_at: clock.now()}
        if said not in ANSWERS or not await Invited.exists().where(mine):
            raise Refused(_("You are not invited to this meeting."))
        await Invited.update(values).where(mine)  # type: ignore[arg-type]  # Piccolo's dict is of Column
        await record(actor, N_("invitation of the board answered"), thing(row), row.title, _(ANSWERS[said]))


async def invited_to(row: BoardMeeting) -> list[Invited]:
    """The board first, as it was invited."""
    mine = Invited.meeting == row.id
    return await Invited.objects().where(mine).order_by(Invited.has_vote, ascending=False).order_by(Invited.id)


async def mine_in(row: BoardMeeting, person: int) -> Invited | None:
    return await Invited.objects().get((Invited.meeting == row.id) & (Invited.person == person)) if person else None
