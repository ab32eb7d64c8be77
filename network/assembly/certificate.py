"""The certificate of the number of members, which the board gives to the register court when it asks (§ 72 BGB)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from network import clock, documents
from network.assembly import printing
from network.assembly.recipients import members_on
from network.association.profile import known_profile
from network.board import representation
from network.errors import Refused
from network.i18n import _, format_day, ngettext, speaking
from network.members.tables import MembershipKind

FEWEST = 3  # below that the court takes the association's legal personality away (§ 73 BGB)


@dataclass(frozen=True, slots=True)
class Numbers:
    """Computed from the memberships of a day; `guests` are told beside, they are no members by law."""

    day: date
    members: int
    guests: int

    @property
    def too_few(self) -> bool:
        return self.members < FEWEST

    @property
    def words(self) -> str:
        return ngettext("On %(day)s the association had one member.", "On %(day)s the association had %(num)s members.",
                        self.members, day=format_day(self.day))  # fmt: skip

    @property
    def guest_words(self) -> str:
        if not self.guests:
            return ""
        return ngettext("One guest member without membership rights is not counted.",
                        "%(num)s guest members without membership rights are not counted.", self.guests)  # fmt: skip


async def numbers_on(day: date) -> Numbers:
    """Refused for a day ahead: nobody can certify what has not come."""
    if day > clock.today():
        raise Refused(_("This day lies ahead; only what has been can be certified."), "on")
    kinds = [*(await members_on(day)).values()]
    full = sum(kind == MembershipKind.FULL for kind in kinds)
    return Numbers(day, full, len(kinds) - full)


async def pdf(day: date) -> bytes:
    """In German, for the court; with a line for each of the board who may sign."""
    association, found = await known_profile(), await numbers_on(day)
    with speaking("de"):
        signing = await representation.on(clock.today())
        values = {
            "language": "de",
            "title": _("Certificate of the number of members (§ 72 BGB)"),
            "association": association.full_name,
            "address": printing.address_of(association),
            "imprint": association.footer("de").split("\n"),
            "told": told(association.register_court, association.register_number, association.full_name, found),
            "dated": ", ".join(part for part in (association.town, format_day(clock.today())) if part),
            "needed": signing.words,
            "signers": [[one.who, one.title] for one in signing.holders],
        }
    return await documents.pdf("certificate", values)


def told(court: str, number: str, name: str, found: Numbers) -> Sequence[str]:
    words = [
        _("To the register of associations: %(court)s", court=court or "…"),
        _("%(name)s, register number %(number)s", name=name, number=number or "…"),
        _("As its board we certify:"), found.words, found.guest_words,
    ]  # fmt: skip
    return [one for one in words if one]
