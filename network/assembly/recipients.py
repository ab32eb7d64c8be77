"""Whom an assembly concerns: who is a member on its day, how each is reached, and by which way it wants letters."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from network import clock
from network.assembly.deadlines import Way
from network.assembly.ruling import rules_of
from network.assembly.tables.meeting import Assembly
from network.association.reckoning import key_day
from network.association.tables import Bylaws
from network.database import marks, rows
from network.i18n import N_, _, local
from network.members import votes
from network.members.tables import Function, FunctionKind, Membership, MembershipKind, Organisation
from network.people.tables import Role, RoleKind

SPEAKERS = (FunctionKind.VOTING_DELEGATE, FunctionKind.DIRECTOR)  # who gets a member's mail where it has no address
WHY_POST = {
    "rules": N_("the bylaws want a letter"),
    "wanted": N_("wants letters by post"),
    "no_address": N_("no e-mail address is known"),
}


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody who acts for a member, with an address."""

    name: str
    email: str
    locale: str
    why: str  # a FunctionKind, or "representative"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A member and how it is invited. Guest members are invited too, without a vote: they may come and listen, many
    bylaws say so, and whoever is made a full member before the day must not learn of the assembly too late.
    """

    id: int
    reference: str
    name: str
    guest: bool
    votes: int
    land: str
    way: str
    why_post: str
    email: str
    locale: str
    attention: str  # who reads it there
    envelope: tuple[str, ...]
    contacts: tuple[Contact, ...] = field(default=())

    @property
    def copies(self) -> list[Contact]:
        """Who else acts for it, at other addresses."""
        known = {self.email.lower()} if self.way == Way.EMAIL else set()
        found = []
        for one in self.contacts:
            if one.email and one.email.lower() not in known:
                known.add(one.email.lower())
                found.append(one)
        return found

    @property
    def why(self) -> str:
        return _(WHY_POST[self.why_post]) if self.why_post else ""


async def recipients(row: Assembly, *, also: Collection[int] = ()) -> list[Recipient]:
    """Everybody who is a member on the day of the assembly, guests last; who leaves before is not.

    With `also` these organisations alone, whether or not they are members: they had been invited.
    """
    day, rules = local(row.starts_at), await rules_of(row)
    members = dict.fromkeys(also, str(MembershipKind.GUEST)) if also else await members_on(day)
    if not members:
        return []
    counted = await (
        votes.votes_of_all(also, key_day(day, rules), rules) if also else votes.votes_on(key_day(day, rules), rules)
    )
    known = {one.id: one for one in await rows(Organisation, f"WHERE id IN ({marks(members)})", *members)}
    contacts = await contacts_of(known.values())
    found = [
        recipient(known[one], members[one], counted.get(one, 0), contacts[one], rules) for one in members
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.guest, known[one.id].sorting, one.id))


async def members_on(day: date) -> dict[int, str]:
    """By organisation: which kind of membership it has on this day."""
    found = await Membership.select(Membership.organisation, Membership.kind).where(
        (Membership.since <= day) & ((Membership.until == None) | (Membership.until >= day))
    )
    return {one["organisation"]: one["kind"] for one in found}


def recipient(
    row: Organisation, kind: str, number: int, contacts: list[Contact], rules: Bylaws
) -> Recipient:  # fmt: skip
    first = contacts[0] if contacts else None
    reader = next((one for one in contacts if one.email), None)
    email = row.email or (reader.email if reader else "")
    why = why_post(row, email, rules)
    return Recipient(
        id=row.id, reference=row.reference, name=row.name,
        guest=kind == MembershipKind.GUEST and not number, votes=number, land=row.land,
        way=Way.POST if why else Way.EMAIL, why_post=why, email=email,
        locale=next((one.locale for one in contacts if one.email == email), "de"),
        attention=first.name if first and first.why in SPEAKERS else "",
        envelope=envelope(row, first.name if first and first.why in SPEAKERS else ""), contacts=tuple(contacts),
    )  # fmt: skip


def why_post(row: Organisation, email: str, rules: Bylaws) -> str:
    if rules.convening_form == "post":
        return "rules"
    if row.by_post_since and row.by_post_since <= clock.today():
        return "wanted"
    return "" if email else "no_address"


def envelope(row: Organisation, attention: str) -> tuple[str, ...]:
    lines = (row.name, attention, row.street, f"{row.postal_code} {row.town}".strip())
    return tuple(line for line in lines if line)


async def contacts_of(members: Collection[Organisation]) -> dict[int, list[Contact]]:
    """By organisation: voting delegate, management, then whoever represents it here; nobody twice."""
    found: dict[int, list[Contact]] = defaultdict(list)
    ids, today = {one.reference: one.id for one in members}, clock.today()
    if not ids:
        return found
    told: list[dict[str, Any]] = await Function.raw(
        "SELECT f.organisation, f.kind, p.title, p.name, p.email, p.locale FROM held_function f "
        f"JOIN person p ON p.id = f.person WHERE f.organisation IN ({marks(ids)}) AND f.kind IN ({marks(SPEAKERS)}) "
        "AND (f.since IS NULL OR f.since <= {}) AND (f.until IS NULL OR f.until >= {}) ORDER BY p.sorting",
        *ids.values(), *SPEAKERS, today, today,
    )  # fmt: skip
    told.sort(key=lambda one: SPEAKERS.index(FunctionKind(one["kind"])))
    told += await Role.raw(
        'SELECT r."of" AS reference, p.title, p.name, p.email, p.locale FROM role r JOIN person p ON p.id = r.person '
        f'WHERE r.kind = {{}} AND r."of" IN ({marks(ids)}) AND r.since <= {{}} '
        "AND (r.until IS NULL OR r.until >= {}) ORDER BY p.sorting",
        RoleKind.MEMBER_REPRESENTATIVE, *ids, today, today,
    )  # fmt: skip
    for one in told:
        member = one["organisation"] if "organisation" in one else ids[one["reference"]]
        name = f"{one['title']} {one['name']}".strip()
        if all((name, one["email"]) != (other.name, other.email) for other in found[member]):
            found[member].append(Contact(name, one["email"], one["locale"], one.get("kind", "representative")))
    return found
