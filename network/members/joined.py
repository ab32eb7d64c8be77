"""What became of entries that were joined with others: where links to them lead, and whom their names mean now."""

from network.database import rows
from network.members.tables import Merge

MOST_STEPS = 20


async def kept_instead(kind: str, reference: str) -> str:
    """The reference to which links to a merged entry lead, through as many merges as there were; "" for none."""
    found = ""
    for _step in range(MOST_STEPS):
        merged = await rows(
            Merge, "WHERE kind = {} AND gone = {} AND undone_at IS NULL LIMIT 1", kind, found or reference
        )
        if not merged:
            break
        found = merged[0].kept
    return found


async def meant_by(key: str) -> str:
    """The reference of the organisation that took in one of this folded name; "" for none."""
    found = await rows(
        Merge, "WHERE kind = 'organisation' AND gone_key = {} AND undone_at IS NULL ORDER BY id DESC LIMIT 1", key
    )
    return (await kept_instead("organisation", found[0].gone)) if found else ""


async def latest(kind: str, reference: str = "") -> list[Merge]:
    """What was merged into an entry, or into any; the last first."""
    mine, values = (" AND kept = {}", [reference]) if reference else ("", [])
    return await rows(
        Merge, f"WHERE kind = {{}} AND undone_at IS NULL{mine} ORDER BY merged_at DESC, id DESC", kind, *values
    )
