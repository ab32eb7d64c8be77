"""How far somebody is with § 60 SGB IX: dated steps, the two papers that count, what is offered where.

No formal recognition is needed (§ 60 (2) no. 1). Two things open the door: the employment agency's approval for entry
procedure and vocational training, and the agreement with the authority for integration assistance. Each has its day.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from network.activity import record
from network.database import DB, chunks, marks, rows
from network.errors import Refused
from network.files import File, Paper, keep_document
from network.i18n import N_, _
from network.members.function import thing
from network.members.organisation import take
from network.members.tables import Organisation, ProviderStatus
from network.plausible import refuse_implausible

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


async def enter(
    organisation: Organisation,
    status: str,
    *,
    since: date,
    was: date | None = None,
    note: str = "",
    document: Paper | None = None,
    actor: str = "",
) -> None:
    """The status from this day on; the one that began on `was`, if any, is put right.

    `document` is the paper that shows it, a PDF, JPEG or PNG; another one takes the place of the one before, and
    without one that stays. Refused if it is none of these, if the status was the same before, and where another step
    begins on this day: that one would be lost.
    """
    refuse_implausible(since=since)
    async with DB.transaction():
        await take(organisation)
        if was != since and (other := await step_of(organisation, since)):
            refuse_second(other)
        row = (await step_of(organisation, was) if was else None) or ProviderStatus(organisation=organisation.id)
        row.status, row.since, row.note = status, since, note
        refuse_twice_in_a_row(row, await history(organisation))
        before = row.document
        if document:
            row.document = (await keep_document(*document)).id
        await row.save()
        if document and before:
            await File.delete().where(File.id == before)
        await record(actor, N_("provider status entered"), thing(organisation), organisation.name, _(STATUSES[status]))


async def remove(organisation: Organisation, since: date, *, actor: str = "") -> None:
    """The step of this day was a mistake; its paper goes, too."""
    async with DB.transaction():
        await take(organisation)
        row = await step_of(organisation, since)
        await ProviderStatus.delete().where(
            (ProviderStatus.organisation == organisation.id) & (ProviderStatus.since == since)
        )
        if row and row.document:
            await File.delete().where(File.id == row.document)
        await record(actor, N_("provider status removed"), thing(organisation), organisation.name)


async def step_of(organisation: Organisation, since: date) -> ProviderStatus | None:
    """The step that begins on this day."""
    here = (ProviderStatus.organisation == organisation.id) & (ProviderStatus.since == since)
    return await ProviderStatus.objects().get(here)


async def paper_of(row: ProviderStatus) -> File | None:
    return await File.objects().get(File.id == row.document) if row.document else None


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
        await take(organisation)
        for name in changed:
            setattr(organisation, name, facts[name])
        await Organisation.update({name: facts[name] for name in changed}).where(Organisation.id == organisation.id)
        detail = ", ".join(changed)
        await record(actor, N_("provider facts changed"), thing(organisation), organisation.name, detail)


async def history(organisation: Organisation) -> list[ProviderStatus]:
    """All steps, the first first."""
    return await rows(ProviderStatus, "WHERE organisation = {} ORDER BY since, id", organisation.id)


@dataclass(frozen=True, slots=True)
class Listing:
    """What stands in public of a provider who agreed to it: how far it is on a day, and what it offers where."""

    status: str
    since: date
    offered_in: str
    scopes: tuple[str, ...]

    @property
    def status_words(self) -> str:
        return _(STATUSES[self.status])

    @property
    def offered_words(self) -> str:
        return _(OFFERED_IN[self.offered_in]) if self.offered_in else ""


async def listings(organisation_ids: Iterable[int], day: date) -> dict[int, Listing]:
    """By organisation: those who agreed to be found in public, by this day and still, and had not ended on it."""
    found: dict[int, Listing] = {}
    for ids in chunks(organisation_ids):
        theirs = await rows(Organisation, f"WHERE listed_on <= {{}} AND id IN ({marks(ids)})", day, *ids)
        if not theirs:
            continue
        steps: dict[int, list[ProviderStatus]] = defaultdict(list)
        for step in await rows(ProviderStatus, f"WHERE organisation IN ({marks(ids)}) ORDER BY since, id", *ids):
            steps[step.organisation].append(step)
        for row in theirs:
            now = on(steps[row.id], day)
            if now and now.status != "ended":
                found[row.id] = Listing(now.status, now.since, row.offered_in, tuple(row.scopes.split()))
    return found


def on(steps: list[ProviderStatus], day: date) -> ProviderStatus | None:
    """The status that held on the day."""
    begun = [step for step in steps if step.since <= day]
    return begun[-1] if begun else None


def refuse_second(other: ProviderStatus) -> None:
    raise Refused(
        _(
            "Another step begins on this day: “%(status)s”. Put that one right, or choose another day.",
            status=_(STATUSES[other.status]),
        ),
        "since",
    )


def refuse_twice_in_a_row(row: ProviderStatus, steps: list[ProviderStatus]) -> None:
    others = [step for step in steps if step.id != row.id]
    before = on(others, row.since)
    if before and before.status == row.status:
        raise Refused(_("That is how far it has been since then."), "status")
