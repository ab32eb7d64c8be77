"""One try to reach one member: written as a letter or for an envelope, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from piccolo.columns.combination import And

from mailing.outbox import Address
from mailing.tables import Letter, LetterState
from network import clock
from network.assembly import letters
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.recipients import Recipient
from network.assembly.tables.convocation import Channel, Dispatch
from network.assembly.tables.meeting import Assembly
from network.database import DB
from network.errors import Refused
from network.files import File
from network.i18n import N_, _, format_day, format_moment
from network.references import fingerprint, new_reference, new_token

WHAT = {
    "invitation": N_("Invitation"),
    "supplement": N_("Supplement"),
    "change": N_("Change"),
    "cancellation": N_("Cancellation"),
    "minutes": N_("Minutes of the assembly"),
    "candidates_called": N_("Call for candidates"),
    "candidates_reminder": N_("Call for candidates, reminder"),
}
MINUTES, CALL, REMINDER = "minutes", "candidates_called", "candidates_reminder"
APART = {"minutes": (MINUTES,), "call": (CALL, REMINDER)}  # with a stack of envelopes and results of their own
NOT_INVITING = [what for stack in APART.values() for what in stack]
CHANNELS = {Channel.EMAIL: N_("by e-mail"), Channel.POST: N_("by post"), Channel.HANDED: N_("handed over")}
STATES = {  # the mark, and the words
    "rehearsal": ("", N_("rehearsal: not sent")),
    "held": ("warn", N_("held: no mail server is set up")),
    "waiting": ("info", N_("waiting to be sent")),
    "sent": ("ok", N_("sent")),
    "failed": ("bad", N_("not delivered")),
    "withdrawn": ("bad", N_("withdrawn before it left")),
    "to_post": ("warn", N_("to be posted")),
    "posted": ("ok", N_("posted")),
    "returned": ("bad", N_("came back")),
    "received": ("ok", N_("received")),
}
ARRIVED = {"sent", "posted", "received"}
LOST = {"failed", "withdrawn", "returned"}


@dataclass(frozen=True, slots=True)
class Line:
    """A try as pages and the proof show it."""

    row: Dispatch
    state: str
    at: datetime | date | None  # when it was sent, posted, received or came back
    answer: str = ""  # of the mail server, or why it came back

    @property
    def kind(self) -> str:
        return STATES[self.state][0]

    @property
    def words(self) -> str:
        return _(STATES[self.state][1])

    @property
    def when(self) -> str:
        if self.at is None:
            return ""
        return format_moment(self.at) if isinstance(self.at, datetime) else format_day(self.at)

    @property
    def what(self) -> str:
        what = _(WHAT.get(self.row.what, self.row.what))
        return _("%(what)s (copy)", what=what) if self.row.copy else what

    @property
    def channel(self) -> str:
        return _(CHANNELS[Channel(self.row.channel)])

    @property
    def left_on(self) -> date | None:
        """The day on which it was on its way, as far as that is known."""
        if self.row.channel == Channel.POST:
            return self.row.posted_on
        if self.row.channel == Channel.HANDED:
            return self.row.received_on
        return (
            self.at.astimezone(clock.BERLIN).date() if self.state == "sent" and isinstance(self.at, datetime) else None
        )


# --- sending ---------------------------------------------------------------------------------------------------------


async def send(
    row: Assembly,
    to: Recipient,
    what: str,
    *,
    batch: str,
    actor: str,
    told: letters.Told,
    reader: Address | None = None,
    locale: str = "",
    copy: bool = False,
) -> Dispatch:
    """Write to one member by its way, in the deed's transaction; `reader` is another address than the member's own.

    By post the words are kept for printing. In a rehearsal nothing is written to the outbox.
    """
    by_post = to.way == Channel.POST and reader is None
    address = reader or Address(to.name, to.email)
    token, language = new_token(), locale or to.locale
    dispatch = Dispatch(
        reference=new_reference(), assembly=row.id, organisation=to.id, what=what, batch=batch, copy=copy,
        channel=Channel.POST if by_post else Channel.EMAIL, name=to.name if by_post else address.name,
        address="\n".join(to.envelope) if by_post else address.email, locale=language,
        digest=fingerprint(token), made_at=clock.now(), actor=actor,
    )  # fmt: skip
    if by_post or row.rehearsal_of:
        written = await letters.written(row, to, what, told, token=token, locale=language)
        dispatch.subject, dispatch.text = written.subject[:500], written.text
    else:
        letter = await letters.post(row, to, what, told, token=token, to_address=address, locale=language)
        dispatch.letter = letter.reference
    await dispatch.save()
    return dispatch


# --- what became of it -----------------------------------------------------------------------------------------------


async def lines_of(row: Assembly, *, stack: str = "", to: Sequence[int] | None = None) -> list[Line]:
    """All tries to invite, or those of another stack (APART), in the order in which they were made; two queries
    however many there are. With `to` those of these organisations alone.
    """
    these = sent_of(row, stack)
    if to is not None:
        these = And(these, Dispatch.organisation.is_in(list(to) or [0]))
    found = await Dispatch.objects().where(these).order_by(Dispatch.made_at).order_by(Dispatch.id)
    return await told_of(found, rehearsal=bool(row.rehearsal_of))


def sent_of(row: Assembly, stack: str = "") -> And:
    """What invites, or what has a stack of envelopes of its own."""
    these = Dispatch.what.is_in(list(APART[stack])) if stack else Dispatch.what.not_in(NOT_INVITING)
    return And(Dispatch.assembly == row.id, these)


async def to_print(row: Assembly, stack: str = "") -> list[Dispatch]:
    """Those that wait to be posted; once all are, all there were."""
    mine = sent_of(row, stack) & (Dispatch.channel == Channel.POST)
    found = await Dispatch.objects().where(mine).order_by(Dispatch.name).order_by(Dispatch.id)
    return [one for one in found if not one.posted_on] or found


async def count_to_post(row: Assembly, stack: str = "") -> int:
    waiting = sent_of(row, stack) & (Dispatch.channel == Channel.POST) & (Dispatch.posted_on == None)
    return await Dispatch.count().where(waiting & (Dispatch.returned_at == None))


async def told_of(found: Sequence[Dispatch], *, rehearsal: bool = False) -> list[Line]:
    sent = await letters_of(one.letter for one in found)
    return [line_of(one, sent.get(one.letter), rehearsal=rehearsal) for one in found]


async def letters_of(references: Iterable[str]) -> dict[str, dict[str, Any]]:
    wanted = [one for one in references if one]
    if not wanted:
        return {}
    facts = [Letter.reference, Letter.state, Letter.sent_at, Letter.answer]
    return {one["reference"]: one for one in await Letter.select(*facts).where(Letter.reference.is_in(wanted))}


def line_of(row: Dispatch, letter: dict[str, Any] | None, *, rehearsal: bool) -> Line:
    """The office's word counts more than the mail server's: what was accepted may have come back."""
    if row.returned_at:
        return Line(row, "returned", row.returned_at, row.returned_because)
    if row.received_on:
        return Line(row, "received", row.received_on)
    if rehearsal:
        return Line(row, "rehearsal", None)
    if row.channel == Channel.POST:
        return Line(row, "posted" if row.posted_on else "to_post", row.posted_on)
    return line_of_letter(row, letter)


def line_of_letter(row: Dispatch, letter: dict[str, Any] | None) -> Line:
    states = {
        LetterState.SENT: "sent",
        LetterState.FAILED: "failed",
        LetterState.WITHDRAWN: "withdrawn",
        LetterState.HELD: "held",
        LetterState.QUEUED: "waiting",
    }
    if letter is None:
        return Line(row, "withdrawn", None)
    return Line(row, states[LetterState(letter["state"])], letter["sent_at"], letter["answer"])


# --- what the office notes -------------------------------------------------------------------------------------------


async def note(
    row: Assembly,
    dispatch: Dispatch,
    *,
    actor: str,
    posted_on: date | None = None,
    received_on: date | None = None,
    came_back: bool = False,
    because: str = "",
    document: File | None = None,
) -> None:
    """What is known of a letter after it was written: posted, received, came back. Refused for days ahead."""
    for name, day in (("posted_on", posted_on), ("received_on", received_on)):
        if day and day > clock.today():
            raise Refused(_("This day lies ahead. Please enter it when it has happened."), name)
        if day and day < dispatch.made_at.astimezone(clock.BERLIN).date():
            raise Refused(_("The letter was only written on %(day)s.", day=format_day(dispatch.made_at)), name)
    if posted_on and dispatch.channel != Channel.POST:
        raise Refused(_("This went by e-mail; the mail server's answer says when it was sent."), "posted_on")
    async with DB.transaction():
        await taken(row)
        dispatch.posted_on, dispatch.received_on = posted_on, received_on
        if came_back != bool(dispatch.returned_at):
            dispatch.returned_at = clock.now() if came_back else None
        dispatch.returned_because = because if came_back else ""
        if document:
            dispatch.document = document.id
        await dispatch.save()
        await record(actor, N_("dispatch noted"), thing(row), row.title, dispatch.name)


async def post_all(row: Assembly, *, on: date, actor: str, stack: str = "") -> int:
    """All letters that wait to be posted went on this day; how many they were."""
    if on > clock.today():
        raise Refused(_("This day lies ahead. Please enter it when it has happened."), "on")
    async with DB.transaction():
        await taken(row)
        waiting = sent_of(row, stack) & (Dispatch.channel == Channel.POST) & (Dispatch.posted_on == None)
        gone = await Dispatch.update({Dispatch.posted_on: on}).where(
            waiting & (Dispatch.returned_at == None)
        ).returning(Dispatch.id)  # fmt: skip
        if gone:
            await record(actor, N_("letters posted"), thing(row), row.title, f"{len(gone)}, {format_day(on)}")
    return len(gone)


async def hand_over(
    row: Assembly, to: Recipient, *, name: str, on: date, actor: str, document: File | None = None
) -> None:
    """Given into somebody's hands on this day."""
    if on > clock.today():
        raise Refused(_("This day lies ahead. Please enter it when it has happened."), "on")
    async with DB.transaction():
        await taken(row)
        await Dispatch(
            reference=new_reference(), assembly=row.id, organisation=to.id, channel=Channel.HANDED, name=name,
            made_at=clock.now(), received_on=on, document=document.id if document else None, actor=actor,
        ).save()  # fmt: skip
        await record(actor, N_("invitation handed over"), thing(row), row.title, to.name)


async def by_reference(row: Assembly, reference: str) -> Dispatch | None:
    return await Dispatch.objects().get((Dispatch.assembly == row.id) & (Dispatch.reference == reference))


async def opened_by(token: str) -> Dispatch | None:
    """The invitation whose letter this token stands in."""
    return await Dispatch.objects().get(Dispatch.digest == fingerprint(token)) if token else None
