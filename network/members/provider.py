"""How far somebody is with § 60 SGB IX: dated steps, the two papers that count, what is offered where.

No formal recognition is needed (§ 60 (2) no. 1). Two things open the door: the employment agency's approval for entry
procedure and vocational training, and the agreement with the authority for integration assistance. Each has its day.
"""

from collections import defaultdict
from datetime import date
from typing import Any

from network.activity import record
from network.database import DB, chunks, marks, rows
from network.errors import Refused
from network.i18n import N_, _
from network.members.directory import collated
from network.members.function import take, thing
from network.members.tables import Organisation, ProviderStatus

STATUSES = {
    "interested": N_("interested"),
    "preparing": N_("in preparation"),
    "applied": N_("applied for"),
    "operating": N_("in operation"),
    "ended": N_("ended"),
}
OFFERED_IN = {"company": N_("in companies"), "rooms": N_("in own rooms"), "both": N_("in companies and own rooms")}
SCOPES = ("EV", "BBB", "AB")  # terms of the catalogue, which explains them
FACTS = ("approved_on", "agreed_on", "offered_in", "scopes", "listed_on")


async def enter(organisation: Organisation, status: str, *, since: date, note: str = "", actor: str = "") -> None:
    """The status from this day on; one typed for the same day is put right."""
    async with DB.transaction():
        await take(organisation)
        same_day = (ProviderStatus.organisation == organisation.id) & (ProviderStatus.since == since)
        row = await ProviderStatus.objects().get(same_day) or ProviderStatus(organisation=organisation.id, since=since)
        row.status, row.note = status, note
        refuse_twice_in_a_row(row, await history(organisation))
        await row.save()
        await record(actor, N_("provider status entered"), thing(organisation), organisation.name, _(STATUSES[status]))


async def remove(organisation: Organisation, since: date, *, actor: str = "") -> None:
    """The step of this day was a mistake."""
    async with DB.transaction():
        await ProviderStatus.delete().where(
            (ProviderStatus.organisation == organisation.id) & (ProviderStatus.since == since)
        )
        await record(actor, N_("provider status removed"), thing(organisation), organisation.name)


async def change(organisation: Organisation, *, actor: str = "", **facts: Any) -> None:
    """`facts`: approved_on, agreed_on (days), offered_in, scopes ("EV BBB"), listed_on (the day it was agreed to).

    Refused where it is listed in public though nobody knows how far it is.
    """
    if facts.get("listed_on") and not await history(organisation):
        raise Refused(_("First enter how far it is."), "listed")
    changed = [name for name, value in facts.items() if getattr(organisation, name) != value]
    if not changed:
        return
    async with DB.transaction():
        for name in changed:
            setattr(organisation, name, facts[name])
        await Organisation.update({name: facts[name] for name in changed}).where(Organisation.id == organisation.id)
        detail = ", ".join(changed)
        await record(actor, N_("provider facts changed"), thing(organisation), organisation.name, detail)


async def history(organisation: Organisation) -> list[ProviderStatus]:
    """All steps, the first first."""
    return await rows(ProviderStatus, "WHERE organisation = {} ORDER BY since, id", organisation.id)


async def listed(
    day: date, *, land: str = "", scope: str = "", offered_in: str = ""
) -> list[tuple[Organisation, ProviderStatus]]:
    """Who agreed to be found in public and has not ended, by name; how far each is on the day."""
    found = await rows(Organisation, f"WHERE listed_on <= {{}} ORDER BY {collated('sorting')}, id", day)
    theirs: dict[int, list[ProviderStatus]] = defaultdict(list)
    for ids in chunks(row.id for row in found):
        for step in await rows(ProviderStatus, f"WHERE organisation IN ({marks(ids)}) ORDER BY since, id", *ids):
            theirs[step.organisation].append(step)
    told = [(row, on(theirs[row.id], day)) for row in found if not land or row.land == land]
    wanted = [(row, step) for row, step in told if fits(row, scope, offered_in)]
    return [(row, step) for row, step in wanted if step and step.status != "ended"]


def fits(row: Organisation, scope: str, offered_in: str) -> bool:
    """Who offers both in companies and in own rooms is found by either."""
    return (not scope or scope in row.scopes.split()) and (not offered_in or row.offered_in in (offered_in, "both"))


def on(steps: list[ProviderStatus], day: date) -> ProviderStatus | None:
    """The status that held on the day."""
    begun = [step for step in steps if step.since <= day]
    return begun[-1] if begun else None


def refuse_twice_in_a_row(row: ProviderStatus, steps: list[ProviderStatus]) -> None:
    others = [step for step in steps if step.since != row.since]
    before = on(others, row.since)
    if before and before.status == row.status:
        raise Refused(_("That is how far it has been since then."), "status")
