"""A new name or address for a day ahead: planned until then, and made true by the worker on its day."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from network import clock
from network.activity import record
from network.database import DB, rows
from network.errors import Refused
from network.i18n import N_
from network.members import former, organisation, site
from network.members.former import ADDRESS, DAY, OPEN, PLACE, Ended
from network.members.organisation import take
from network.members.tables import Organisation, Site
from network.members.whereabouts import POSTAL_CODE, of_postal_code

WORKER = "worker"


def last(known: Sequence[Ended]) -> Ended | None:
    """What is planned to come last."""
    return known[-1] if known and known[-1].until == OPEN else None


async def enter(
    row: Organisation | Site, known: Sequence[Ended], facts: dict[str, Any], on: date, make: Callable[..., Ended]
) -> None:
    """`facts`, all of them, from the day on; until then what counts today, or what is planned to come before."""
    before = last(known) or make(**{fact: getattr(row, fact) for fact in facts})
    before.until = on - DAY
    await before.save()
    await make(until=OPEN, **facts).save()


async def drop(known: Sequence[Ended]) -> None:
    """What is planned to come last does not come: what stands before it has no end again."""
    await known[-1].remove()
    before = known[-2]
    if known.index(before) and known[-3].until >= clock.today():  # it is itself planned
        before.until = OPEN
        await before.save()
    else:  # it is what counts today, and stands in the row
        await before.remove()


async def make_true() -> None:
    """Daily: what was planned for a day that has come stands in the rows. A day missed is made up for."""
    has = [
        f"id IN (SELECT organisation FROM {table} WHERE until = {{}})" for table in ("former_name", "former_address")
    ]
    for row in await rows(Organisation, f"WHERE {' OR '.join(has)} ORDER BY id", OPEN, OPEN):
        async with DB.transaction():
            try:
                await take(row)
            except Refused:  # joined with another entry this very moment
                continue
            if await settle(row):
                await former.derive(row)
                await record(WORKER, N_("new name or address counts from now on"), thing(row), row.name)


async def settle(row: Organisation) -> bool:
    """Whether something was due: to be called in a transaction that has taken the row."""
    addresses = await former.addresses_of(row)
    named = await due(row, await former.names_of(row), ("name",))
    moved = await due(row, [one for one in addresses if one.site is None], ADDRESS)
    if named or moved:
        organisation.derive(row)
        await row.save()
    went = False
    for one in await rows(Site, "WHERE organisation = {}", row.id) if addresses else []:
        if await due(one, [place for place in addresses if place.site == one.id], PLACE):
            is_guess = (one.lat, one.lon) == of_postal_code(one.postal_code)
            one.placed_by = POSTAL_CODE if is_guess else ""
            site.derive(one)
            await one.save()
            went = True
    return named or moved or went


async def due(row: Organisation | Site, known: Sequence[Ended], facts: Sequence[str]) -> bool:
    """Take over what counts today, if its day has come; nothing is kept of it once nothing more is planned."""
    now = former.then(known, clock.today()) if last(known) else None
    if now is None or now is known[0]:
        return False
    different = any(getattr(row, fact) != getattr(now, fact) for fact in facts)
    for fact in facts:
        setattr(row, fact, getattr(now, fact))
    if now.until == OPEN:
        await now.remove()
    return different or now.until == OPEN


def thing(row: Organisation) -> str:
    return f"organisation:{row.reference}"
