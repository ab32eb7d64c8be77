"""What an organisation offers, as a whole or at one of its sites: services and fields, since roughly when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from network import clock, roughly
from network.activity import record
from network.catalogue import entry
from network.catalogue.tables import Entry, EntryKind
from network.database import DB, chunks, marks, rows
from network.errors import Refused
from network.i18n import N_, _
from network.members.function import thing
from network.members.organisation import take
from network.members.site import label
from network.members.tables import Offer, Organisation, Site
from network.references import new_reference

KINDS = (EntryKind.SERVICE, EntryKind.FIELD)


@dataclass(frozen=True, slots=True)
class Offered:
    """An offer with its term, as pages tell it."""

    reference: str
    organisation: int
    site: int | None
    entry: Entry
    since: str
    until: str

    @property
    def name(self) -> str:
        return entry.name_of(self.entry)

    @property
    def span(self) -> str:
        return roughly.span(self.since, self.until)

    def runs(self, day: date) -> bool:
        """May have run on the day, as roughly as its bounds are known."""
        return roughly.runs_on(day, self.since, self.until)


async def enter(
    organisation: Organisation,
    terms: Collection[Entry],
    *,
    site: Site | None = None,
    since: str = "",
    until: str = "",
    actor: str = "",
) -> int:
    """Enter several offers at once; what is offered there already stays as it is. Returns how many are new.

    `since` and `until` as network.roughly stores them. Refused if the end lies before the beginning.
    """
    async with DB.transaction():
        await take(organisation)
        there = {row.entry for row in await Offer.objects().where(at(organisation, site)) if not row.until}
        new = [term for term in terms if term.id not in there]
        for term in new:
            row = Offer(
                reference=new_reference(), organisation=organisation.id, site=site.id if site else None, entry=term.id
            )
            span(row, since, until)
            await row.save()
        if new:
            names = ", ".join(term.name_de for term in new)
            await record(actor, N_("offers entered"), thing(organisation), organisation.name, told(names, site))
    return len(new)


async def choose(
    organisation: Organisation,
    terms: Collection[Entry],
    were: Collection[Entry],
    *,
    site: Site | None = None,
    since: str = "",
    actor: str = "",
) -> int:
    """From today on `terms` are offered there; returns how many are new or ended.

    `were` are the terms that stood chosen when somebody chose anew: of what others entered meanwhile nothing ends.
    Whatever ended did so yesterday; what had only begun then or later was a mistake and goes.
    """
    today, kept = clock.today(), {term.id for term in terms}
    async with DB.transaction():
        await take(organisation)
        running = [row for row in await Offer.objects().where(at(organisation, site))
                   if roughly.runs_on(today, row.since, row.until)]  # fmt: skip
        over = [row for row in running if row.entry in {term.id for term in were} - kept]
        for row in over:
            await finish(row, organisation, today - timedelta(days=1), actor=actor)
        new = [term for term in terms if term.id not in {row.entry for row in running}]
        return len(over) + await enter(organisation, new, site=site, since=since, actor=actor)


async def finish(row: Offer, organisation: Organisation, last: date, *, actor: str) -> None:
    if row.since and roughly.earliest(row.since) > last:
        await remove(row, organisation, actor=actor)
    else:
        await change(row, organisation, since=row.since, until=last.isoformat(), actor=actor)


async def change(row: Offer, organisation: Organisation, *, since: str, until: str, actor: str = "") -> None:
    """Put right since when and until when something is offered."""
    if (row.since, row.until) == (since, until):
        return
    span(row, since, until)
    async with DB.transaction():
        await take(organisation)
        await row.save()
        await record(actor, N_("offer changed"), thing(organisation), organisation.name, await name_of(row))


async def remove(row: Offer, organisation: Organisation, *, actor: str = "") -> None:
    """It was never offered; what ended gets an `until` instead."""
    async with DB.transaction():
        await take(organisation)
        name = await name_of(row)
        await Offer.delete().where(Offer.id == row.id)
        await record(actor, N_("offer removed"), thing(organisation), organisation.name, name)


async def offered(organisation_ids: Iterable[int], day: date | None = None) -> list[Offered]:
    """The offers of these organisations in the catalogues' order; with a day only those that run on it."""
    terms, found = await entry.by_id(), []
    for ids in chunks(organisation_ids):
        found += await rows(Offer, f"WHERE organisation IN ({marks(ids)})", *ids)
    every = [
        Offered(row.reference, row.organisation, row.site, terms[row.entry], row.since, row.until) for row in found
    ]
    order = {entry_id: place for place, entry_id in enumerate(terms)}
    every.sort(key=lambda one: (KINDS.index(EntryKind(one.entry.kind)), order[one.entry.id], one.site or 0))
    return [one for one in every if day is None or one.runs(day)]


async def by_reference(organisation: Organisation, reference: str) -> Offer | None:
    return await Offer.objects().get((Offer.reference == reference) & (Offer.organisation == organisation.id))


def at(organisation: Organisation, site: Site | None) -> Any:
    here = Offer.site == (site.id if site else None)
    return (Offer.organisation == organisation.id) & here


def span(row: Offer, since: str, until: str) -> None:
    """The years go beside for queries: the first and the last that may be meant."""
    if since and until and roughly.latest(until) < roughly.earliest(since):
        raise Refused(_("The end lies before the beginning"), "until")
    row.since, row.until = since, until
    row.first_year = roughly.earliest(since).year if since else None
    row.last_year = roughly.latest(until).year if until else None


async def name_of(row: Offer) -> str:
    site = await Site.objects().get(Site.id == row.site) if row.site else None
    return told((await entry.by_id())[row.entry].name_de, site)


def told(names: str, site: Site | None) -> str:
    return f"{names} ({label(site)})" if site else names
