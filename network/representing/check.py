"""The yearly "Is this still right?": a letter with a link for each member, two reminders, and who has not answered."""

import base64
import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from mailing.outbox import Address
from network import clock
from network.activity import WORKER, record
from network.database import DB, among, first_row
from network.errors import Refused
from network.i18n import N_, _
from network.members import directory
from network.members.function import thing
from network.members.organisation import take
from network.members.selection import Selection
from network.members.tables import FunctionKind, Organisation
from network.people.tables import RoleKind
from network.references import fingerprint
from network.representing import letters
from network.representing.tables import DataCheck
from network.settings import settings

FIRST_REMINDER, SECOND_REMINDER = timedelta(days=14), timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Asked:
    """A member in a year's round; without a row it has not been asked, without an address it cannot be."""

    organisation: Organisation
    to: Address | None
    via: str  # who that is, in words
    row: DataCheck | None = None

    @property
    def answered(self) -> bool:
        return bool(self.row and self.row.confirmed_at)


async def round_of(year: int) -> list[Asked]:
    """All members of today, with the address that a letter would go to and the row of this year."""
    rows = {row.organisation: row for row in await DataCheck.objects().where(DataCheck.year == year)}
    listed = await directory.listed(Selection(), size=0)
    every = await members([one.id for one in listed])
    reached = await reached_all(every)
    return [Asked(member, *reached[member.id], rows.get(member.id)) for member in every]


async def members(ids: Collection[int]) -> list[Organisation]:
    if not ids:
        return []
    return await Organisation.objects().where(Organisation.id.is_in(list(ids))).order_by(Organisation.sorting)


async def reached_at(row: Organisation) -> tuple[Address | None, str]:
    """A representative, else whom the organisation named as contact, else its own address."""
    return (await reached_all([row]))[row.id]


async def reached_all(members: Collection[Organisation]) -> dict[int, tuple[Address | None, str]]:
    """The same of all these, in two questions however many they are."""
    here, ids = among("o.id", [row.id for row in members])
    today = clock.today()
    runs = "{0}.since <= {{}} AND ({0}.until IS NULL OR {0}.until >= {{}})"
    spoken = await Organisation.raw(
        "SELECT o.id, p.name, p.email FROM role r JOIN person p ON p.id = r.person "
        "JOIN organisation o ON o.reference = r.of "
        f"WHERE r.kind = {{}} AND p.email <> '' AND {runs.format('r')} AND {here} ORDER BY r.since DESC, r.id DESC",
        RoleKind.MEMBER_REPRESENTATIVE,
        today,
        today,
        ids,
    )
    named = await Organisation.raw(
        "SELECT o.id, p.name, p.email FROM held_function f JOIN person p ON p.id = f.person JOIN organisation o "
        "ON o.id = f.organisation WHERE f.kind = {} AND p.email <> '' AND (f.since IS NULL OR f.since <= {}) "
        f"AND (f.until IS NULL OR f.until >= {{}}) AND {here} ORDER BY p.sorting DESC, f.id DESC",
        FunctionKind.CONTACT,
        today,
        today,
        ids,
    )
    found: dict[int, tuple[Address | None, str]] = {
        row.id: (Address("", row.email), _("the organisation's address")) if row.email else (None, "")
        for row in members
    }
    found |= {row["id"]: (Address(row["name"], row["email"]), _("contact")) for row in named}  # the first comes last
    return found | {row["id"]: (Address(row["name"], row["email"]), _("represents the member")) for row in spoken}


async def start(year: int, *, actor: str) -> int:
    """Ask every member that has an address and was not asked this year; returns how many letters that makes.

    Begun again it asks only whoever came in, or got an address, since. Refused for any other year than this one.
    """
    if year != clock.today().year:
        raise Refused(_("The link in these letters works until the year ends: only this year's round can begin."))
    sent = 0
    async with DB.transaction():
        for one in await round_of(year):
            if one.to and one.row is None and await ask(one.organisation, one.to, year):
                sent += 1
        if sent:
            await record(actor, N_("yearly question sent"), "checks:", str(year), str(sent))
    return sent


async def ask(owner: Organisation, to: Address, year: int) -> bool:
    """False when another hand was quicker."""
    token = token_of(owner, year)
    row = DataCheck(organisation=owner.id, year=year, digest=fingerprint(token), email=to.email, asked_at=clock.now())
    fresh = await DataCheck.insert(row).on_conflict(action="DO NOTHING", target=DataCheck.digest)
    if fresh:
        await letters.still_right(row, owner, to, token, reminder=False)
    return bool(fresh)


def token_of(owner: Organisation, year: int) -> str:
    """The same in the letter and its reminders, so that each of them opens the page; nobody else can work it out."""
    secret = hmac.new(settings().secret_key.encode(), f"data-check:{owner.reference}:{year}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(secret.digest()[:18]).decode()


async def opened_by(token: str) -> tuple[DataCheck, Organisation] | None:
    """The question that this link belongs to, until its year has ended."""
    row = await first_row(DataCheck, "WHERE digest = {}", fingerprint(token))
    if row is None or row.year != clock.today().year:
        return None
    owner = await Organisation.objects().get(Organisation.id == row.organisation)
    return (row, owner) if owner else None


async def confirm(row: DataCheck, owner: Organisation, *, by: str, corrections: int) -> None:
    """All is right, or was put right just now; said again later in the year, the last time counts."""
    values: dict[Any, Any] = {
        DataCheck.confirmed_at: clock.now(),
        DataCheck.confirmed_by: by,
        DataCheck.corrections: DataCheck.corrections + corrections,
    }
    async with DB.transaction():
        await DataCheck.update(values).where(DataCheck.id == row.id)
        await record("", N_("details confirmed by the member"), thing(owner), owner.name)


async def remind_due() -> None:
    """Daily: a first reminder after 14 days, a second after 21."""
    today = clock.today()
    for one in await round_of(today.year):
        if one.row and one.to and not one.answered and is_due(one.row):
            await remind(one, actor=WORKER)


def is_due(row: DataCheck) -> bool:
    waited = clock.now() - row.asked_at
    if row.reminded_at is None:
        return waited >= FIRST_REMINDER
    return waited >= SECOND_REMINDER and row.reminded_again_at is None and row.reminded_at < clock.ago(days=1)


async def remind(one: Asked, *, actor: str) -> None:
    """Write once more, to the address that is right today. Refused for whoever answered, or had a letter today."""
    if one.row is None or one.to is None:
        raise Refused(_("There is no address to write to."))
    async with DB.transaction():
        await take(one.organisation)
        row = await DataCheck.objects().get(DataCheck.id == one.row.id)
        assert row
        if row.confirmed_at:
            raise Refused(_("This member has answered."))
        if last_letter(row) > clock.ago(hours=20):
            raise Refused(_("The last letter is not a day old."))
        column = DataCheck.reminded_again_at if row.reminded_at else DataCheck.reminded_at
        token = token_of(one.organisation, row.year)  # another one only where the house has got a new secret key
        values: dict[Any, Any] = {
            column: clock.now(),
            DataCheck.email: one.to.email,
            DataCheck.digest: fingerprint(token),
        }
        await DataCheck.update(values).where(DataCheck.id == row.id)
        await letters.still_right(row, one.organisation, one.to, token, reminder=True)
        await record(actor, N_("reminded of the yearly question"), thing(one.organisation), one.organisation.name)


def last_letter(row: DataCheck) -> Any:
    return row.reminded_again_at or row.reminded_at or row.asked_at


async def latest_of(owner: Organisation) -> DataCheck | None:
    """The last question to this member."""
    return await (
        DataCheck.objects().where(DataCheck.organisation == owner.id).order_by(DataCheck.year, ascending=False).first()
    )


async def confirmed_on(owner: Organisation) -> date | None:
    """When the member last said that all is right."""
    row = await (
        DataCheck.objects()
        .where((DataCheck.organisation == owner.id) & DataCheck.confirmed_at.is_not_null())
        .order_by(DataCheck.year, ascending=False)
        .first()
    )
    return row.confirmed_at.astimezone(clock.BERLIN).date() if row else None


async def members_named(references: Collection[str]) -> list[Organisation]:
    rows = await Organisation.select(Organisation.id).where(Organisation.reference.is_in(list(references)))
    return await members([row["id"] for row in rows])
