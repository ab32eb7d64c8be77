"""The association as pages and letters need it: read often, changed seldom, kept for a second."""

import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mailing import calendar, outbox
from mailing.letters import CalendarPart, Sender
from mailing.outbox import Address
from mailing.tables import Letter
from network import clock
from network.activity import record
from network.association.tables import Association
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _, locale, speaking
from network.web.addresses import link


@dataclass(frozen=True, slots=True)
class Represented:
    """Who represents the association on a day, by language: with their offices, and in a sentence how."""

    names: Mapping[str, tuple[str, ...]]
    how: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Profile:
    full_name: str
    short_name: str
    legal_form: str
    street: str
    postal_code: str
    town: str
    land: str
    email: str
    phone: str
    register_court: str
    register_number: str
    vat_id: str
    founded_on: date | None
    represented_by: str
    editor: str
    sender_name: str
    sender_email: str
    reply_to: str
    accent: str
    logo_reference: str
    claim_de: str
    claim_en: str
    about_de: str
    about_en: str
    bylaws_shown_at: datetime | None
    privacy_contact: str
    processors: str
    board: Represented | None = None  # in place of `represented_by`, once the board's terms are entered

    @property
    def logo_url(self) -> str | None:
        return f"/logo/{self.logo_reference}" if self.logo_reference else None

    @property
    def represented_lines(self) -> tuple[str, ...]:
        """With their offices: from the board of today, else as they were typed."""
        return self.board.names[locale()] if self.board else tuple(filter(None, self.represented_by.split("\n")))

    @property
    def representatives(self) -> str:
        return " · ".join(self.represented_lines)

    @property
    def typed_in_german(self) -> str:
        """What stands in German among the lines of the Impressum, whatever language is spoken."""
        return "" if self.board else self.representatives

    @property
    def representation(self) -> str:
        """Who acts alone or together, in a sentence; "" where only names were typed."""
        return self.board.how[locale()] if self.board else ""

    @property
    def imprint_lines(self) -> list[str]:
        """The legal facts of § 5 DDG, a line each, in the language being spoken."""
        lines = [
            self.full_name,
            ", ".join(part for part in (self.street, f"{self.postal_code} {self.town}".strip()) if part),
            _("Represented by: %(names)s", names=self.representatives) if self.representatives else "",
            f"{self.register_court}, {self.register_number}" if self.register_number else "",
            _("VAT ID: %(number)s", number=self.vat_id) if self.vat_id else "",
            " · ".join(part for part in (self.email, self.phone) if part),
        ]
        return [line for line in lines if line]

    @property
    def sender(self) -> Sender:
        return Sender(
            name=self.sender_name or self.short_name,
            email=self.sender_email or self.email,
            reply_to=self.reply_to,
            footer_de=self.footer("de"),
            footer_en=self.footer("en"),
        )

    def footer(self, language: str) -> str:
        """Under every letter: who writes, and where the Impressum and the privacy notice stand."""
        with speaking(language):
            privacy = _("Privacy")
            links = [f"Impressum: {link('/imprint')}", f"{privacy}: {link('/privacy')}"]
            return "\n".join([*self.imprint_lines, *links])


_kept: tuple[float, date, Profile | None] = (0.0, date.min, None)
_changes = 0
_board: list[Callable[[date], Awaitable[Represented | None]]] = []


def ask_board(ask: Callable[[date], Awaitable[Represented | None]]) -> None:
    """From now on who represents the association is asked of an upper slice (worker.py hands it down)."""
    _board[:] = [ask]


async def profile() -> Profile | None:
    """None until the association has been set up. At midnight the memory of it ends: who represents it may change."""
    global _kept  # noqa: PLW0603  one association, one memory of it
    (until, day, known), changes, today = _kept, _changes, clock.today()
    if known is not None and time.monotonic() < until and day == today:
        return known
    row = await Association.select(
        *Association.all_columns(exclude=[Association.logo]), Association.logo.reference
    ).first()
    board = await _board[0](today) if row and _board else None
    known = Profile(**facts(row), board=board) if row else None
    if changes == _changes:  # else it may be what stood there before
        _kept = (time.monotonic() + 1.0, today, known)
    return known


def facts(row: dict[str, Any]) -> dict[str, Any]:
    names = Profile.__dataclass_fields__
    return {name: row[name] for name in names if name in row} | {"logo_reference": row["logo.reference"] or ""}


def forget() -> None:
    """After a change, and between tests."""
    global _kept, _changes  # noqa: PLW0603
    _kept = (0.0, date.min, None)
    _changes += 1


async def known_profile() -> Profile:
    """For deeds that cannot be done before the association has a name."""
    found = await profile()
    if found is None:
        raise Refused(_("The association has not been set up yet."))
    return found


async def post(template: str, to: Address, **options: Any) -> Letter:
    """Write a letter on the association's letterhead; see mailing.outbox.post."""
    association = await known_profile()
    return await outbox.post(template, to, association.sender, association=association, link=link, **options)


async def calendar_part(method: str, to: Address, **facts: Any) -> CalendarPart:
    """The calendar entry of one person, "REQUEST" or "CANCEL"; `facts` are those of an Entry."""
    sender = (await known_profile()).sender
    entry = calendar.Entry(
        organiser_name=sender.name, organiser_email=sender.email, changed_at=clock.now(), **facts
    )  # fmt: skip
    draw = calendar.cancellation if method == "CANCEL" else calendar.invitation
    return CalendarPart(method, draw(entry, to.name, to.email))


async def set_up(*, full_name: str, short_name: str, email: str, **more: Any) -> Association:
    """The first deed of an installation; refused when there is an association already."""
    async with DB.transaction():
        if await Association.exists():
            raise Refused(_("This installation already serves an association."))
        row = Association(full_name=full_name, short_name=short_name, email=email, set_up_at=clock.now(), **more)
        await row.save()
        await record("", N_("association set up"), "association:", short_name)
    forget()
    return row


async def change(actor: str, verb: str = N_("association's details changed"), **values: Any) -> None:
    """Change what the association says of itself; pages and letters follow at once."""
    async with DB.transaction():
        await Association.update({getattr(Association, name): value for name, value in values.items()}, force=True)
        await record(actor, verb, "association:", detail=", ".join(sorted(values)))
    forget()
