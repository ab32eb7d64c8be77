"""Entries of the directory that an applicant may be: known from a forum, from before, or a member already."""

from dataclasses import dataclass

from network.admission.steps import Standing, standings
from network.admission.tables import Application
from network.folding import folded, organisation_key
from network.i18n import _
from network.members import duplicates, organisation
from network.members.likeness import host_of
from network.members.membership import members_among
from network.members.tables import Organisation
from network.rowkeeping import by_id

MOST = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry, what speaks for it, and whether it is the one that has this very name."""

    entry: Organisation
    why: list[str]
    is_member: bool
    is_named_so: bool

    @property
    def line(self) -> str:
        place = f"{self.entry.postal_code} {self.entry.town}".strip()
        return " · ".join(part for part in (self.entry.name, place, *self.why) if part)


async def of(row: Application) -> list[Alike]:
    """The one of this name, or that had it, first; then the likeliest."""
    known = await organisation.known(organisation_key(row.name))
    facts = {name: getattr(row, name) for name in ("street", "postal_code", "website")}
    pairs = await duplicates.like(row.name, phone=row.contact_phone, **facts)
    why = {known.id: [_("same name")]} if known else {}
    words = duplicates.words()
    why |= {pair.other: [words[reason] for reason in pair.why] for pair in pairs[:MOST]}
    rows = await by_id(Organisation, list(why))
    members = await members_among(list(rows))
    return [
        Alike(rows[number], reasons, number in members, bool(known and known.id == number))
        for number, reasons in why.items()
    ]


async def applications(row: Application) -> list[Standing]:
    """Others that are under way and may be the same, sent twice: of the same name, contact or website."""
    if row.closed_at:
        return []
    return [
        one
        for one in await standings(is_open=True)
        if one.application.id != row.id and marks(one.application) & marks(row)
    ]


def marks(row: Application) -> set[str]:
    return {f"name {organisation_key(row.name)}", f"contact {folded(row.contact_email)}", host_of(row.website)} - {""}


async def choices(row: Application) -> dict[str, str]:
    """Which entry becomes the member, by reference: the one of this name, another, or a new one ("")."""
    found = await of(row)
    open_ones = {one.entry.reference: one.line for one in found if one.is_named_so or not one.is_member}
    if not open_ones or any(one.is_named_so for one in found):
        return open_ones
    return {"": _("None of them: a new entry")} | open_ones
