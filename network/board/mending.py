"""What was entered wrongly is put right, with the reason; what never was is struck out."""

from datetime import date

from network import clock
from network.activity import record
from network.board import rules, settling
from network.board.ledger import Held
from network.board.tables import Ending, Term
from network.board.term import taken
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, format_day
from network.people.tables import Person

FACTS = ("since", "until", "accepted_on", "began_as", "source", "honorary", "received_on", "ended_on", "ended_by",
         "end_source")  # fmt: skip


async def correct(reference: str, *, reason: str, actor: str = "", **facts: object) -> list[str]:
    """Put facts of a term right (FACTS); returns those that became different. The reason stays in the activity.

    Refused without a reason, and when the term would overlap another one.
    """
    refuse_unexplained(reason)
    async with DB.transaction():
        book = await taken()
        row = await Term.objects().get(Term.reference == reference)
        term = book.known(reference)
        if row is None or term is None:
            raise Refused(_("This term is not known any more."))
        changed = {name: value for name, value in facts.items() if name in FACTS and getattr(row, name) != value}
        if not changed:
            return []
        for name, value in changed.items():
            setattr(row, name, value)
        put_in_order(row)
        person = await Person.objects().get(Person.id == term.person_id)
        assert person
        rules.refuse_backwards(row)
        rules.refuse_overlap(book, row, term.place)
        rules.refuse_two_seats(book, row, person)
        await row.save()
        await settling.settle(actor)
        await record(actor, N_("term corrected"), term.thing, term.label, what_became(changed, reason))
    return sorted(changed)


def put_in_order(row: Term) -> None:
    """An end has a day and a cause, or neither."""
    if row.ended_on is None:
        row.ended_by, row.received_on, row.end_source = Ending.NONE, None, ""
    elif not row.ended_by:
        row.ended_by = Ending.OTHER
    if row.ended_by != Ending.RESIGNATION:
        row.received_on = None
    if row.since > clock.today() and row.accepted_on is None:
        raise Refused(_("A term that lies ahead begins with an acceptance; please enter its day."), "accepted_on")


def what_became(changed: dict[str, object], reason: str) -> str:
    parts = [
        f"{name}: {format_day(value) if isinstance(value, date) else value or '–'}" for name, value in changed.items()
    ]
    return "; ".join([*parts, reason])


async def strike_out(reference: str, *, reason: str, actor: str = "") -> None:
    """The term never was: its row goes, with the role and whatever was to be seen to; what happened stays told."""
    refuse_unexplained(reason)
    async with DB.transaction():
        term: Held | None = (await taken()).known(reference)
        if term is None:
            return
        await Term.delete().where(Term.id == term.id)
        await settling.settle(actor)
        await record(actor, N_("term struck out"), "board:", term.label, reason)


def refuse_unexplained(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Please say why."), "reason")
