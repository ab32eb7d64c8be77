"""What shows that an organisation or a site works on a legal basis: by whom, from when, until when, with the paper."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from network import clock
from network.activity import record
from network.catalogue import entry
from network.catalogue.tables import Entry
from network.database import DB, marks, rows
from network.errors import Refused
from network.files import File, Paper, keep_document, names_of
from network.i18n import N_, _, format_day
from network.members.function import thing
from network.members.organisation import take
from network.members.site import label
from network.members.tables import Evidence, Organisation, Site
from network.references import new_reference

# A new notice from an authority takes weeks to months: half a year ahead one asks for it, a quarter ahead it is urgent.
SOON_MONTHS, URGENT_MONTHS = 6, 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of evidence as pages tell it on a day."""

    row: Evidence
    basis: Entry
    now: Entry  # the basis, or what came after it where that has ended by the day
    site: Site | None
    state: str  # "later", "valid", "soon", "urgent", "outdated" (its basis no longer applies), "expired", "renewed"
    document: str = ""  # what the paper is called

    @property
    def basis_name(self) -> str:
        return entry.name_of(self.basis)

    def covers(self, day: date) -> bool:
        begun = self.row.valid_from is None or self.row.valid_from <= day
        return begun and (self.row.valid_until is None or self.row.valid_until >= day)

    @property
    def place(self) -> str:
        return label(self.site) if self.site else _("the whole organisation")


async def enter(
    organisation: Organisation,
    basis: Entry,
    *,
    site: Site | None = None,
    document: Paper | File | None = None,
    actor: str = "",
    **facts: Any,
) -> Evidence:
    """Enter evidence; `facts`: issuer, sign, valid_from, valid_until, note. The paper is a PDF, JPEG or PNG, or kept
    already.

    Refused if it ends before it begins, for days on which its basis did not apply, or if the paper is none of these.
    Later evidence on the same basis (or what came after it) for the same place renews this one.
    """
    row = Evidence(
        reference=new_reference(), organisation=organisation.id, site=site.id if site else None, basis=basis.id, **facts
    )
    refuse_backwards(row.valid_from, row.valid_until)
    refuse_outside(basis, row.valid_from, row.valid_until)
    async with DB.transaction():
        await take(organisation)
        if document:
            row.document = (await kept(document)).id
        await row.save()
        await record(actor, N_("evidence entered"), thing(organisation), organisation.name, told(basis, site))
    return row


async def change(
    row: Evidence,
    organisation: Organisation,
    basis: Entry,
    *,
    site: Site | None = None,
    document: Paper | File | None = None,
    actor: str = "",
    **facts: Any,
) -> None:
    """Put it right; another paper takes the place of the one before."""
    row.basis, row.site = basis.id, site.id if site else None
    for name, value in facts.items():
        setattr(row, name, value)
    refuse_backwards(row.valid_from, row.valid_until)
    refuse_outside(basis, row.valid_from, row.valid_until)
    async with DB.transaction():
        await take(organisation)
        before = row.document
        if document:
            row.document = (await kept(document)).id
        await row.save()
        if document and before:
            await File.delete().where(File.id == before)
        await record(actor, N_("evidence changed"), thing(organisation), organisation.name, told(basis, site))


async def kept(document: Paper | File) -> File:
    return document if isinstance(document, File) else await keep_document(*document)


async def remove(row: Evidence, organisation: Organisation, *, actor: str = "") -> None:
    """It was entered by mistake; its paper goes, too."""
    async with DB.transaction():
        await take(organisation)
        await Evidence.delete().where(Evidence.id == row.id)
        if row.document:
            await File.delete().where(File.id == row.document)
        basis = (await entry.by_id())[row.basis]
        await record(actor, N_("evidence removed"), thing(organisation), organisation.name, told(basis, None))


async def of(organisation: Organisation, day: date) -> list[Shown]:
    """All evidence of an organisation, what needs somebody first, what is renewed last.

    On a past day it is that which had begun by then: whether the rest was in the office yet, nobody knows.
    """
    found = await of_all([organisation.id])
    if day < clock.today():
        found = [row for row in found if row.valid_from is None or row.valid_from <= day]
    shown = await as_shown(found, day)
    return sorted(shown, key=lambda one: (one.state == "renewed", one.row.valid_until or date.max, one.row.id))


async def of_all(ids: list[int]) -> list[Evidence]:
    return await rows(Evidence, f"WHERE organisation IN ({marks(ids)})", *ids)


def is_open(site: Site, day: date) -> bool:
    return site.closed_on is None or site.closed_on >= day


async def as_shown(found: list[Evidence], day: date) -> list[Shown]:
    """Whatever belongs to these, in the same few questions however many they are."""
    if not found:
        return []
    terms, at = await entry.by_id(), defaultdict(list)
    for row in found:
        at[row.organisation, row.site].append(row)
    owners = {row.organisation for row in found}
    sites = {row.id: row for row in await rows(Site, f"WHERE organisation IN ({marks(owners)})", *owners)}
    names = await names_of(row.document for row in found if row.document)
    return [
        Shown(
            row, terms[row.basis], basis_on(terms[row.basis], terms, day), sites.get(row.site),
            state_of(row, for_the_place(row, at), terms, day), names.get(row.document, ""),
        )
        for row in found
    ]  # fmt: skip


def for_the_place(row: Evidence, at: dict[tuple[int, int | None], list[Evidence]]) -> list[Evidence]:
    """What may renew it: for the same site, or for the whole organisation."""
    whole = at.get((row.organisation, None), []) if row.site else []
    return at[row.organisation, row.site] + whole


def basis_on(basis: Entry, terms: dict[int, Entry], day: date) -> Entry:
    """The first of the chain that applies on the day; where none does, the last."""
    steps = entry.chain(basis, terms)
    return next((step for step in steps if step.until is None or step.until >= day), steps[-1])


def state_of(row: Evidence, every: list[Evidence], terms: dict[int, Entry], day: date) -> str:
    if row.valid_from and row.valid_from > day:
        return "later"
    if any(renews(other, row, terms) for other in every):
        return "renewed"
    if row.valid_until and row.valid_until < day:
        return "expired"
    if (last := terms[row.basis].until) and last < day:
        return "outdated"
    if row.valid_until and row.valid_until <= months_after(day, URGENT_MONTHS):
        return "urgent"
    return "soon" if row.valid_until and row.valid_until <= months_after(day, SOON_MONTHS) else "valid"


def renews(other: Evidence, row: Evidence, terms: dict[int, Entry]) -> bool:
    """For the same place (or the whole organisation): on what came after its basis, or on the same one for longer.

    What has no end is renewed only on another basis. A paper on an old law is no paper on the new one, however long it
    says it is valid: § 56 SGB XII (old version) ended, and § 60 SGB IX asks for an agreement of its own.
    """
    after = [step.id for step in entry.chain(terms[row.basis], terms)[1:]]
    longer = row.valid_until is not None and (other.valid_until is None or other.valid_until > row.valid_until)
    renewed = other.basis in after or (other.basis == row.basis and longer)
    return other.id != row.id and renewed and other.site in (row.site, None)


def months_after(day: date, months: int) -> date:
    """The same day some months later, or the last of that month."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    after = date(first.year + (first.month == 12), first.month % 12 + 1, 1)  # noqa: PLR2004  December
    return first.replace(day=min(day.day, (after - first).days))


def day_after(row: Evidence) -> date | None:
    """From when what renews it goes on."""
    return row.valid_until + timedelta(days=1) if row.valid_until else None


async def by_reference(reference: str) -> Evidence | None:
    return await Evidence.objects().get(Evidence.reference == reference)


async def paper_of(row: Evidence) -> File | None:
    return await File.objects().get(File.id == row.document) if row.document else None


def refuse_backwards(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise Refused(_("It begins on %(day)s; it cannot end before.", day=format_day(first)), "valid_until")


def refuse_outside(basis: Entry, first: date | None, last: date | None) -> None:
    """No authority recognises anything by a law that is over, or by one that does not apply yet."""
    if words := outside(basis, first, last):
        raise Refused(words, "valid_from" if first and basis.until and first > basis.until else "valid_until")


def outside(basis: Entry, first: date | None, last: date | None) -> str:
    """Why this basis cannot be shown in these days; "" if there is a day on which it can."""
    if first and basis.until and first > basis.until:
        return _(
            "%(basis)s applied until %(day)s only; evidence on it cannot begin later.",
            basis=entry.name_of(basis),
            day=format_day(basis.until),
        )
    if last and basis.since and last < basis.since:
        return _(
            "%(basis)s applies from %(day)s on; evidence on it cannot end before.",
            basis=entry.name_of(basis),
            day=format_day(basis.since),
        )
    return ""


def told(basis: Entry, site: Site | None) -> str:
    return f"{basis.name_de} ({label(site)})" if site else basis.name_de
