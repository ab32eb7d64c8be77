"""Reading the outbox: every letter, why it was written, what became of it, and sending it again."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from piccolo.columns.combination import And, Or, Where, WhereRaw

from mailing.outbox import failing, raw_source
from mailing.tables import Letter, LetterState
from network.errors import Refused
from network.i18n import N_, _, ngettext
from network.people.viewer import Viewer
from network.settings import settings
from network.web.addresses import url
from network.web.handed import Due

SIZE = 25
STATES = {
    LetterState.HELD: (N_("held"), "info"),
    LetterState.QUEUED: (N_("waiting to be sent"), "info"),
    LetterState.SENT: (N_("sent"), "ok"),
    LetterState.FAILED: (N_("not delivered"), "bad"),
    LetterState.WITHDRAWN: (N_("withdrawn"), ""),
}
KINDS = {
    "assembly/invitation": N_("Invitation to the assembly"),
    "assembly/supplement": N_("Supplement to the agenda"),
    "assembly/change": N_("Assembly moved"),
    "assembly/cancellation": N_("Assembly called off"),
    "assembly/minutes": N_("Minutes of the assembly"),
    "assembly/objection": N_("Objection decided"),
    "assembly/candidates_called": N_("Call for candidates"),
    "assembly/candidates_reminder": N_("Call for candidates, reminder"),
    "assembly/candidate_asked": N_("Candidate asked"),
    "assembly/motion_received": N_("Motion received"),
    "assembly/motion_accepted": N_("Motion on the agenda"),
    "assembly/motion_declined": N_("Motion declined"),
    "events/overview": N_("Overview for whoever registers"),
    "events/seat_confirmed": N_("Seat confirmed"),
    "events/waiting": N_("Place on the waiting list"),
    "events/moved_up": N_("Moved up from the waiting list"),
    "events/attendee_cancelled": N_("Cancellation confirmed"),
    "events/attendee_replaced": N_("Somebody else comes instead"),
    "events/event_changed": N_("Event changed"),
    "events/event_cancelled": N_("Event cancelled"),
    "people/sign_in_link": N_("Sign-in link"),
    "people/address_changed": N_("Address changed"),
    "boardroom/invitation": N_("Invitation to a meeting of the board"),
    "boardroom/change": N_("Change of a meeting of the board"),
    "boardroom/minutes": N_("Minutes of the board"),
    "boardroom/cancellation": N_("Meeting of the board called off"),
    "circulars/asked": N_("Decision in writing"),
    "circulars/decided": N_("Result of a decision in writing"),
    "circulars/withdrawn": N_("Decision in writing withdrawn"),
    "representing/invited": N_("Invitation to represent a member"),
    "representing/proposal_accepted": N_("Proposal accepted"),
    "representing/proposal_declined": N_("Proposal declined"),
    "representing/still_right": N_("Yearly question to a member"),
    "representing/still_right_again": N_("Reminder of the yearly question"),
    "newsletter/please_confirm": N_("Request to confirm"),
    "admission/please_confirm": N_("Application to confirm"),
    "admission/received": N_("Application received"),
    "admission/accepted": N_("Application accepted"),
    "admission/declined": N_("Application declined"),
    "admission/welcome": N_("Welcome to a new member"),
    "board/term_ends": N_("The board's term ends"),
    "members/notice_confirmed": N_("Notice confirmed"),
    "members/notice_taken_back": N_("Notice taken back"),
    "members/full_member": N_("Guest becomes a full member"),
    "newsletter/already_reading": N_("Already on the list"),
}
MASK = "•••••"
Condition = Where | WhereRaw | And | Or
# The list needs neither texts nor attachments.
SHORT = [Letter.reference, Letter.subject, Letter.to_name, Letter.to_email, Letter.template, Letter.state,
         Letter.about, Letter.written_at]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    letters: list[dict[str, Any]]
    count: int
    page: int
    pages: int


async def letters(*, text: str = "", state: str = "", template: str = "", number: int = 1) -> Page:
    """One page of the outbox, the latest first."""
    wanted = chosen(text, state, template)
    count = await Letter.count().where(wanted)
    pages = max(1, -(-count // SIZE))
    number = min(max(1, number), pages)
    rows = await (
        Letter.select(*SHORT)
        .where(wanted)
        .order_by(Letter.written_at, Letter.id, ascending=False)
        .limit(SIZE)
        .offset((number - 1) * SIZE)
    )
    return Page(rows, count, number, pages)


def chosen(text: str, state: str, template: str) -> Condition:
    wanted: Condition = Letter.id > 0
    if state:
        wanted &= Letter.state == state
    if template:
        wanted &= Letter.template == template
    if text:
        part = "%" + text.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
        wanted &= WhereRaw("(LOWER(to_email) LIKE {} ESCAPE '\\' OR LOWER(to_name) LIKE {} ESCAPE '\\')", part, part)
    return wanted


async def letter(reference: str) -> Letter | None:
    return await Letter.objects().get(Letter.reference == reference)


async def templates() -> dict[str, str]:
    """The kinds of letters there are, to choose from."""
    rows = await Letter.select(Letter.template).group_by(Letter.template)
    return dict(sorted(((row["template"], kind(row["template"])) for row in rows), key=lambda pair: pair[1]))


def heading(numbers: Mapping[str, int]) -> str:
    """What is the matter with all letters; the worst first."""
    lost, waiting = numbers[LetterState.FAILED], numbers[LetterState.QUEUED] + numbers[LetterState.HELD]
    if lost:
        return ngettext("One letter does not arrive", "%(num)s letters do not arrive", lost)
    if waiting:
        return ngettext("One letter is waiting", "%(num)s letters are waiting", waiting)
    return _("All letters are delivered") if numbers[LetterState.SENT] else _("Outbox")


def kind(template: str) -> str:
    return _(KINDS[template]) if template in KINDS else template


def masked(text: str, letter: Letter) -> str:
    """Personal links open a door for whoever knows them: nobody reads them here, except in the demo.

    Calendar entries break their lines anywhere, in the middle of a secret, too.
    """
    for secret in secrets_of(letter):
        text = re.sub(r"(?:\r?\n[ \t])?".join(map(re.escape, secret)), MASK, text)
    return text


def secrets_of(letter: Letter) -> Iterable[str]:
    return () if settings().demo else json.loads(letter.secrets)


def shown_source(letter: Letter) -> bytes:
    """The message as it travels, without what is secret. Refused for an address that no mail server takes."""
    try:
        return raw_source(without_secrets(letter))
    except ValueError as error:
        raise Refused(_("This letter cannot be written as an e-mail: %(reason)s", reason=error)) from error


def without_secrets(letter: Letter) -> Letter:
    """A copy for reading, never to be stored."""
    hidden = {"text": masked(letter.text, letter), "calendar": masked(letter.calendar, letter)}
    return Letter(**letter.to_dict() | hidden)


def without_addresses(answer: str) -> str:
    """What a mail server said; whom it names is read in the outbox, where that is noted."""
    return re.sub(r"<?[^\s<>:,;]+@[^\s<>:,;]+>?", "…", answer)


async def due(viewer: Viewer, day: date) -> list[Due]:
    """Letters that somebody has to look at: one line for all of them, with the latest answer."""
    del day
    if not viewer.is_office or not (letters_ := await failing()):
        return []
    state = LetterState.FAILED if letters_[0].state == LetterState.FAILED else LetterState.QUEUED
    address = url(f"/office/outbox?state={state}")
    return [
        Due(
            title=ngettext("One letter was not delivered", "%(num)s letters were not delivered", len(letters_)),
            url=address,
            kind="bad",
            state=_("not delivered"),
            reason=_("The latest answer: %(answer)s", answer=without_addresses(letters_[0].answer))
            if letters_[0].answer
            else _("The mail server has not taken them for half an hour."),
            action=_("Look"),
            action_url=address,
        )
    ]
