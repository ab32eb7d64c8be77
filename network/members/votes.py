"""How many votes members have on a day, by the bylaws and the sites open on it; guests only if the bylaws say so."""

from datetime import date

from network.association.bylaws import bylaws_on
from network.association.reckoning import votes
from network.association.tables import Bylaws
from network.members.lens import Lens
from network.members.tables import Membership, Organisation


async def votes_on(day: date, rules: Bylaws | None = None) -> dict[int, int]:
    """By organisation; who is not there has no vote. `rules` are other bylaws than those of that day.

    An assembly may count the members and sites of an earlier day (reckoning.key_day) by the rules of its own.
    """
    rules = rules or await bylaws_on(day)
    kinds = "'full', 'guest'" if rules.guests_vote else "'full'"
    lens = Lens(day)
    rows = await Membership.raw(
        "SELECT m.organisation, count(s.id) AS sites FROM membership m "
        f"LEFT JOIN site s ON s.organisation = m.organisation AND {lens.is_open} "
        f"WHERE m.kind IN ({kinds}) AND m.since <= {lens.sql} AND {lens.is_member} GROUP BY m.organisation"
    )
    return {row["organisation"]: votes(row["sites"], rules) for row in rows}


async def total(day: date) -> int:
    return sum((await votes_on(day)).values())


async def votes_of(organisation: Organisation, day: date) -> int:
    return (await votes_on(day)).get(organisation.id, 0)
