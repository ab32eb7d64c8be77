"""How many members of each kind have how many open sites on a day: figures and votes are reckoned from it."""

from dataclasses import dataclass
from datetime import date

from network.members.lens import Lens
from network.members.tables import Membership


@dataclass(frozen=True, slots=True)
class Alike:
    """So many members of a kind have the same number of open sites."""

    kind: str  # MembershipKind
    sites: int
    number: int


async def tally(day: date) -> list[Alike]:
    """In one question, whose answer hardly grows with the members."""
    lens = Lens(day)
    theirs = f"SELECT count(*) FROM site s WHERE s.organisation = m.organisation AND {lens.is_open}"
    rows = await Membership.raw(
        "SELECT kind, sites, count(*) AS number FROM (SELECT DISTINCT m.organisation, m.kind, "
        f"({theirs}) AS sites FROM membership m WHERE m.since <= {lens.sql} AND {lens.is_member}) member "
        "GROUP BY kind, sites"
    )
    return [Alike(**row) for row in rows]
