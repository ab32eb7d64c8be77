"""Evidence that needs somebody: counted and listed by the database, the most urgent first."""

from datetime import date
from typing import Any

from network.catalogue import entry
from network.catalogue.tables import Entry
from network.database import marks, rows
from network.members.evidence import SOON_MONTHS, Shown, as_shown, months_after, of_all
from network.members.tables import Evidence, Organisation

LAST = "9999-12-31"  # what has no end comes last


async def listed(day: date, *, size: int, page: int = 1) -> tuple[list[tuple[Shown, Organisation]], int]:
    """A page of them, and how many there are in all; beyond the last page it is none of none."""
    condition, values = await needing(day)
    found = await Evidence.raw(
        f"SELECT e.id, e.organisation, count(*) OVER () AS number FROM {condition} "
        f"ORDER BY coalesce(e.valid_until, '{LAST}'), e.id LIMIT {size} OFFSET {(page - 1) * size}",
        *values,
    )
    if not found:
        return [], 0
    owners = {row["organisation"] for row in found}
    known = {row.id: row for row in await rows(Organisation, f"WHERE id IN ({marks(owners)})", *owners)}
    shown = {one.row.id: one for one in await as_shown(await of_all([*owners]), day)}
    return [(shown[row["id"]], known[row["organisation"]]) for row in found], int(found[0]["number"])


async def needing(day: date) -> tuple[str, list[Any]]:
    """Evidence that ends within half a year, has ended, or stands on a basis that has, and nothing renews it
    (`evidence.state_of`): of open sites of today's members, and of those listed in public without being members.
    """
    terms = await entry.by_id()
    ended = ", ".join(str(row.id) for row in terms.values() if row.until and row.until < day) or "0"
    condition = (
        f"evidence e WHERE (e.valid_until <= {{}} OR e.basis IN ({ended})) "
        "AND (e.valid_from IS NULL OR e.valid_from <= {}) "
        "AND (e.site IS NULL OR e.site NOT IN (SELECT id FROM site WHERE closed_on < {})) "
        "AND e.organisation IN (SELECT id FROM organisation WHERE listed_on IS NOT NULL UNION "
        "SELECT organisation FROM membership WHERE since <= {} AND (until IS NULL OR until >= {})) "
        f"AND NOT EXISTS (SELECT 1 FROM evidence x WHERE {renewing(terms)})"
    )
    return condition, [months_after(day, SOON_MONTHS), *[day] * 4]


def renewing(terms: dict[int, Entry]) -> str:
    """That `evidence x` renews `evidence e`, as `evidence.renews` has it."""
    place = "x.organisation = e.organisation AND x.id <> e.id AND (x.site IS NULL OR x.site = e.site)"
    longer = "x.basis = e.basis AND (x.valid_until IS NULL OR x.valid_until > e.valid_until)"
    followed = {row.id: [one.id for one in entry.chain(row, terms)[1:]] for row in terms.values()}
    after = "".join(
        f" OR e.basis = {basis} AND x.basis IN ({', '.join(map(str, later))})"
        for basis, later in followed.items()
        if later
    )
    return f"{place} AND (e.valid_until IS NOT NULL AND {longer}{after})"
