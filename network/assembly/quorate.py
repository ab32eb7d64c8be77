"""Whether there was a quorum when something was opened and when it was counted, as the minutes and pages tell it."""

from dataclasses import dataclass
from datetime import datetime

from network.assembly import attendance
from network.assembly.ruling import quorums, rules_of
from network.assembly.tables.meeting import Assembly
from network.i18n import _
from network.resolutions.quorum import Quorum


async def asked_for(row: Assembly, moment: datetime, *, opened_at: datetime | None = None) -> list[tuple[str, Quorum]]:
    """What the bylaws ask for and how it stood then, members first; of a vote by the rules it was opened under."""
    members, votes = quorums(row, await attendance.roll_at(row, moment), await rules_of(row, taken_at=opened_at))
    return [(what, one) for what, one in ((_("Members"), members), (_("Votes"), votes)) if one.share]


async def when_opened(row: Assembly) -> str:
    """Of the assembly; "" while it is not open."""
    if not row.opened_at:
        return ""
    told = " ".join(f"{what}: {one.words}" for what, one in await asked_for(row, row.opened_at))
    return told or _("The bylaws ask for no quorum.")


@dataclass(frozen=True, slots=True)
class AtCount:
    """How it stood when a vote was counted, which was opened with a quorum."""

    words: str
    is_lost: bool


async def at_count(row: Assembly, opened_at: datetime, moment: datetime) -> AtCount | None:
    """None where the bylaws ask for no quorum.

    A vote that lost its quorum can be counted all the same: whether it counts is not the software's to say, but the
    result tells it.
    """
    asked = await asked_for(row, moment, opened_at=opened_at)
    missing = [f"{what}: {one.words}" for what, one in asked if not one.is_reached]
    if missing:
        first = _("When it was opened there was a quorum; when it was counted there was none any more.")
        return AtCount(" ".join([first, *missing]), is_lost=True)
    return AtCount(_("There was a quorum when it was counted."), is_lost=False) if asked else None
