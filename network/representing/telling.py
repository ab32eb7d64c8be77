"""What members tell of § 60 SGB IX and of their offers: stored at once, or proposed where papers have to be seen."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.database import DB
from network.errors import Refused
from network.i18n import _
from network.members import offer, provider
from network.members.tables import Organisation, Site
from network.representing import meaning, proposal
from network.representing.proposal import actor_of
from network.representing.rules import FIELDS, PAPER_DAYS, STATUS

OWN = ("offered_in", "scopes", "listed_on")  # nobody needs to look at a paper for these


@dataclass(slots=True)
class Outcome:
    """How many facts were changed at once, and what the office was asked about, in words."""

    changed: int = 0
    asked: list[str] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.changed + len(self.asked)


async def of_provider(owner: Organisation, facts: Mapping[str, Any], *, why: str = "", by: str) -> Outcome:
    """`facts`: those of `members.provider`, and `status` with its first day `since`; what is not there stays.

    Refused where another status has no day, and where somebody wants to be listed of whom no status is known.
    """
    status = facts.get("status") or ""
    if status and status != await meaning.current(owner, STATUS) and facts.get("since") is None:
        raise Refused(_("Please enter the day from which this is so."), "since")
    if facts.get("listed_on") and status and not await provider.history(owner):
        raise Refused(_("You can be listed as soon as the office has agreed to the status."), "listed")
    own = {name: facts[name] for name in OWN if name in facts}
    found = Outcome(sum(getattr(owner, name) != value for name, value in own.items()))
    wanted = [(STATUS, status, facts.get("since"))]
    wanted += [(name, str(facts[name] or ""), None) for name in PAPER_DAYS if name in facts]
    async with DB.transaction():
        await provider.change(owner, actor=actor_of(by), **own)
        for name, value, on in wanted:
            if await proposal.propose(owner, name, value, why=why, on=on, by=by):
                found.asked.append(_(FIELDS[name]))
    return found


@dataclass(frozen=True, slots=True)
class Offered:
    """What somebody ticked for a place: "kind/code" of what is offered, and of what stood ticked before."""

    chosen: Collection[str]
    were: Collection[str]
    since: str = ""  # of what is new, roughly


async def of_offers(owner: Organisation, site: Site | None, told: Offered, *, by: str) -> int:
    """How many offers are new or ended."""
    terms, were = await named(told.chosen), await named(told.were)
    return await offer.choose(owner, terms, were, site=site, since=told.since, actor=actor_of(by))


async def named(keys: Collection[str]) -> list[Entry]:
    return [row for row in (await entry.by_id()).values() if key(row) in keys]


def key(row: Entry) -> str:
    return f"{EntryKind(row.kind).value}/{row.code}"


async def chosen_at(owner: Organisation, day: date) -> dict[int | None, list[Entry]]:
    """By site (None: the whole organisation): the terms that are offered there on the day."""
    found: dict[int | None, list[Entry]] = {}
    for one in await offer.offered([owner.id], day):
        found.setdefault(one.site, []).append(one.entry)
    return found
