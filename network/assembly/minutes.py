"""Minutes: drafted from what happened, edited, signed by whom the bylaws name, and then never changed."""

from datetime import date
from typing import Any

from network import clock, documents
from network.assembly import announced
from network.assembly.meeting import taken, thing
from network.assembly.noted import record
from network.assembly.protocol import drafted
from network.assembly.ruling import rules_of
from network.assembly.tables.afterwards import Minutes, Signature
from network.assembly.tables.meeting import Assembly
from network.association.profile import known_profile
from network.database import DB
from network.errors import Refused
from network.files import keep
from network.i18n import N_, _, format_day, format_weekday, local, speaking
from network.web.addresses import link

CAPACITIES = {
    "chair": N_("Chair of the meeting"),
    "minute_taker": N_("Minute taker"),
    "election_officer": N_("Election officer"),
}


async def draft(row: Assembly, *, actor: str) -> Minutes:
    """The first version, or the next one after a signed one; an unsigned draft is written anew from what happened.

    Refused while the assembly is not closed.
    """
    async with DB.transaction():
        held = await taken(row)
        if not held.closed_at:
            raise Refused(_("The minutes are drafted when the assembly is closed."))
        last = await latest(held)
        if last is None or last.signed_at:
            last = Minutes(
                reference=reference_of(held, last), assembly=held.id, version=last.version + 1 if last else 1,
                drafted_at=clock.now(), text="",
            )  # fmt: skip
        last.text, last.drafted_at, last.edited_at = await drafted(held), clock.now(), None
        await last.save()
        await name_signers(held, last)
        await record(actor, N_("minutes drafted"), thing(row), row.title)
    return last


def reference_of(row: Assembly, last: Minutes | None) -> str:
    """Random as the assembly's, and told apart by the version."""
    return f"{row.reference[:12]}-{(last.version if last else 0) + 1}"


async def name_signers(row: Assembly, minutes: Minutes) -> None:
    """Whom the bylaws of the day name (§ 58 no. 4 BGB leaves it to them)."""
    await Signature.delete().where(Signature.minutes == minutes.id)
    names = {"chair": row.chair, "minute_taker": row.minute_taker, "election_officer": row.election_officer}
    for capacity in (await rules_of(row)).minutes_signed_by.split():
        await Signature(minutes=minutes.id, capacity=capacity, name=names.get(capacity, "")).save()


async def edit(row: Assembly, minutes: Minutes, text: str, *, actor: str) -> None:
    """Refused once somebody has signed: what they signed stays."""
    async with DB.transaction():
        await taken(row)
        still = await fresh(minutes)
        if await signed_by(still):
            raise Refused(_("Somebody has signed already; a change is a new version."))
        still.text, still.edited_at, still.edited_by = text, clock.now(), actor
        await still.save()
        await record(actor, N_("minutes edited"), thing(row), row.title)


async def sign(row: Assembly, minutes: Minutes, capacity: str, on: date, *, actor: str) -> None:
    """Write down that somebody signed on paper; with the last signature the minutes are kept as a PDF."""
    if on > clock.today():
        raise Refused(_("This day has not come yet."), "on")
    async with DB.transaction():
        held = await taken(row)
        if on < local(held.opened_at or held.starts_at):
            raise Refused(_("Nobody can sign before the assembly took place."), "on")
        still = await fresh(minutes)
        if await is_outdated(held, still):
            raise Refused(_("A count was corrected after this was written. Please draft or edit the minutes first."))
        mine = (Signature.minutes == still.id) & (Signature.capacity == capacity) & (Signature.signed_on == None)
        await Signature.update({Signature.signed_on: on, Signature.actor: actor}).where(mine)
        await record(actor, N_("minutes signed"), thing(row), row.title, _(CAPACITIES[capacity]))
        if still.signed_at is None and all(one.signed_on for one in await signatures_of(still)):
            file = await keep(_("minutes of the assembly") + ".pdf", "application/pdf", await pdf(held, still))
            still.signed_at, still.document = clock.now(), file.id
            await still.save()


async def is_outdated(row: Assembly, minutes: Minutes) -> bool:
    """A count was corrected after the text was last touched."""
    last, written = await announced.last_of(row), minutes.edited_at or minutes.drafted_at
    return bool(last and last.at > written and not minutes.signed_at)


async def pdf(row: Assembly, minutes: Minutes) -> bytes:
    """Tagged (PDF/UA); a draft says that it is one."""
    association = await known_profile()
    with speaking("de"):
        values: dict[str, Any] = {
            "language": "de",
            "title": _("Minutes: %(title)s", title=row.title),
            "byline": format_weekday(row.starts_at),
            "draft": "" if minutes.signed_at or await all_signed(minutes) else _("Draft"),
            "body": documents.blocks(minutes.text),
            "signatures": [
                [one.name, _(CAPACITIES[one.capacity]), format_day(one.signed_on) if one.signed_on else ""]
                for one in await signatures_of(minutes)
            ],
            "association": association.full_name,
            "address": link(f"/office/assemblies/{row.reference}/minutes"),
            "imprint": association.footer("de").split("\n"),
        }
    return await documents.pdf("minutes", values)


async def all_signed(minutes: Minutes) -> bool:
    return all(one.signed_on for one in await signatures_of(minutes))


async def signed_by(minutes: Minutes) -> list[Signature]:
    return [one for one in await signatures_of(minutes) if one.signed_on]


async def signatures_of(minutes: Minutes) -> list[Signature]:
    return await Signature.objects().where(Signature.minutes == minutes.id).order_by(Signature.id)


async def latest(row: Assembly) -> Minutes | None:
    mine = Minutes.assembly == row.id
    return await Minutes.objects().where(mine).order_by(Minutes.version, ascending=False).first()


async def versions(row: Assembly) -> list[Minutes]:
    mine = Minutes.assembly == row.id
    return await Minutes.objects().where(mine).order_by(Minutes.version, ascending=False)


async def fresh(minutes: Minutes) -> Minutes:
    still = await Minutes.objects().get(Minutes.id == minutes.id)
    assert still
    return still
