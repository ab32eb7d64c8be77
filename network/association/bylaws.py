"""The bylaws (Satzung), version by version: each counts from the day on which the register entered it (§ 71 BGB)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from network import clock
from network.activity import record
from network.association import profile, rulebook
from network.association.tables import Association, Bylaws
from network.database import DB, first_row, locked, rows
from network.errors import Refused
from network.files import keep_document
from network.i18n import N_, _, format_day

STANDS = "awaited_since IS NULL AND replaced_at IS NULL"
STOOD = (
    "awaited_since IS NULL AND (entered_at IS NULL OR entered_at <= {}) AND (replaced_at IS NULL OR replaced_at > {})"
)

Paper = tuple[str, bytes]  # what the document is called, and what is in it


async def bylaws_on(day: date, *, known_at: datetime | None = None) -> Bylaws:
    """The version in force on a day; before the first known version that one, and without any what most bylaws say.

    `known_at` is when something was decided: what the office put right or entered afterwards changes nothing in it.
    """
    return in_force(await versions(known_at), day)


def in_force(known: Sequence[Bylaws], day: date) -> Bylaws:
    """The same of versions that have been read, the latest first."""
    begun = (one for one in known if one.valid_from <= day)
    return next(begun, None) or next(reversed(known), None) or Bylaws(valid_from=day, spoken="")


def first_day(row: Bylaws) -> date | None:
    """What decisions remember the version by that they were taken under; None while no bylaws are entered."""
    return row.valid_from if isinstance(row.id, int) else None  # before it is stored Piccolo's default stands there


async def versions(known_at: datetime | None = None) -> list[Bylaws]:
    """The latest first; those that lie ahead among them, not what waits for the register. `known_at`: as of then."""
    if known_at is None:
        return await rows(Bylaws, f"WHERE {STANDS} ORDER BY valid_from DESC, id DESC")
    return await rows(Bylaws, f"WHERE {STOOD} ORDER BY valid_from DESC, id DESC", known_at, known_at)


async def version_of(day: date) -> Bylaws | None:
    """The one that begins on this day."""
    return await first_row(Bylaws, f"WHERE valid_from = {{}} AND {STANDS}", day)


async def awaited() -> Bylaws | None:
    """What the assembly decided and the register has not entered: it counts on no day (§ 71 I 1 BGB)."""
    return await first_row(Bylaws, "WHERE awaited_since IS NOT NULL ORDER BY id DESC")


async def enact(
    actor: str,
    *,
    valid_from: date,
    adopted_on: date | None = None,
    document: Paper | None = None,
    note: str = "",
    instead_of: date | None = None,
    **said: Any,
) -> Bylaws:
    """Write down what the bylaws say from a day on, which may lie ahead; what `said` does not name is left to the law.

    The same day again puts that version right, and `instead_of` names one that shall begin on another day. Refused is
    what the law leaves to no bylaws, with its paragraph, and a paper that is no PDF.
    """
    values = rulebook.written(said)
    if adopted_on and adopted_on > valid_from:
        raise Refused(_("Bylaws are adopted first and count afterwards (§ 71 BGB)."), "adopted_on")
    await refuse_before_founding(valid_from)
    async with DB.transaction():
        await take()
        if instead_of and instead_of != valid_from and await version_of(valid_from):
            raise Refused(_("There is a version of this day already."), "valid_from")
        known = await version_of(instead_of or valid_from)
        detail = told(known, Bylaws(**values), valid_from)
        verb = N_("bylaws put right") if known else N_("bylaws entered")
        row = known or Bylaws()
        if known:
            await keep_as_it_was(known)
        for name, value in (values | {"valid_from": valid_from, "adopted_on": adopted_on, "note": note}).items():
            setattr(row, name, value)
        row.entered_at = clock.now()
        if document:
            row.document = await kept(document)
        await row.save()
        await record(actor, verb, "bylaws:", detail=detail)
    return row


async def refuse_before_founding(valid_from: date) -> None:
    known = await profile.profile()
    if known and known.founded_on and valid_from < known.founded_on:
        raise Refused(
            _("The association was founded on %(day)s; it had no bylaws before.", day=format_day(known.founded_on)),
            "valid_from",
        )


async def keep_as_it_was(row: Bylaws) -> None:
    """What was decided under a version stays decided under it, whatever is put right in it later."""
    facts = row.to_dict()
    del facts["id"]
    await Bylaws(**facts | {"replaced_at": clock.now()}).save()


def told(before: Bylaws | None, after: Bylaws, valid_from: date) -> str:
    """For the activity: which version, and what was put right in it."""
    changes = rulebook.changes(before, after) if before else []
    return ": ".join([format_day(valid_from), *([", ".join(_(one.rule.title) for one in changes)] if changes else [])])


async def adopt(actor: str, *, adopted_on: date, document: Paper | None = None, note: str = "", **said: Any) -> Bylaws:
    """Write down what the bylaws will say once the register has entered it; again puts it right.

    Refused is what the law leaves to no bylaws, a day ahead, and a paper that is no PDF.
    """
    values = rulebook.written(said)
    if adopted_on > clock.today():
        raise Refused(_("This day lies ahead. Please enter it when it has happened."), "adopted_on")
    async with DB.transaction():
        await take()
        row = await awaited() or Bylaws(awaited_since=clock.now())
        about = {"valid_from": adopted_on, "adopted_on": adopted_on, "note": note}
        for name, value in (values | about).items():
            setattr(row, name, value)
        if document:
            row.document = await kept(document)
        await row.save()
        await record(actor, N_("bylaws adopted, to be registered"), "bylaws:", detail=format_day(adopted_on))
    return row


async def register(actor: str, on: date) -> Bylaws | None:
    """The register entered what was adopted: it counts from this day. None where nothing waits.

    Refused for a day ahead, before the adoption, and on which another version begins.
    """
    if on > clock.today():
        raise Refused(_("This day lies ahead. Please enter it when it has happened."), "on")
    async with DB.transaction():
        await take()
        row = await awaited()
        if row is None:
            return None
        if row.adopted_on and on < row.adopted_on:
            raise Refused(_("Bylaws are adopted first and count afterwards (§ 71 BGB)."), "on")
        if await version_of(on):
            raise Refused(_("There is a version of this day already."), "on")
        row.valid_from, row.awaited_since, row.entered_at = on, None, clock.now()
        await row.save()
        await record(actor, N_("bylaws registered"), "bylaws:", detail=format_day(on))
    return row


async def give_up(actor: str) -> None:
    """What waits for the register is taken back, as if it had never been entered."""
    async with DB.transaction():
        await take()
        if row := await awaited():
            await row.remove()
            await record(actor, N_("planned bylaws withdrawn"), "bylaws:", detail=format_day(row.valid_from))


async def withdraw(actor: str, day: date) -> None:
    """Take a version back that lies ahead, as if it had never been entered; refused when it is in force."""
    async with DB.transaction():
        await take()
        row = await version_of(day)
        if row is None:
            return
        if row.valid_from <= clock.today():
            raise Refused(_("These bylaws have been in force; enter the next version instead."))
        row.replaced_at = clock.now()
        await row.save()
        await record(actor, N_("planned bylaws withdrawn"), "bylaws:", detail=format_day(day))


async def show(actor: str) -> None:
    """Tell the rules that concern members on the website (decided once, for all versions to come)."""
    await profile.change(actor, N_("bylaws shown on the website"), bylaws_shown_at=clock.now())


async def hide(actor: str) -> None:
    await profile.change(actor, N_("bylaws taken off the website"), bylaws_shown_at=None)


async def take() -> None:
    """One at a time: two who enter the same day would make two versions of it (decisions/0003)."""
    if association := await first_row(Association, ""):
        await locked(Association, association.id, Association.turns)


async def kept(document: Paper) -> int:
    name, content = document
    if not content.startswith(b"%PDF-"):
        raise Refused(_("%(file)s is no PDF.", file=name[-80:]), "document")
    return (await keep_document(name, content)).id
