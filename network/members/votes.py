"""How many votes members have on a day: full members only, by the bylaws of that day and the sites open on it."""

from datetime import date

from network.association import bylaws
from network.members.lens import Lens
from network.members.tables import Membership, Organisation


async def votes_on(day: date) -> dict[int, int]:
    """By organisation; who is not there has no vote."""
    rules = await bylaws.bylaws_on(day)
    lens = Lens(day)
    rows = await Membership.raw(
        "SELECT m.organisation, count(s.id) AS sites FROM membership m "
        f"LEFT JOIN site s ON s.organisation = m.organisation AND {lens.is_open} "
        f"WHERE m.kind = 'full' AND m.since <= {lens.sql} AND {lens.is_member} GROUP BY m.organisation"
    )
    return {row["organisation"]: bylaws.votes(row["sites"], rules) for row in rows}


async def total(day: date) -> int:
    return sum((await votes_on(day)).values())


async def votes_of(organisation: Organisation, day: date) -> int:
    return (await votes_on(day)).get(organisation.id, 0)
