"""How many votes members have on a day, by the bylaws and the sites open on it; guests only if the bylaws say so."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from network.association.bylaws import bylaws_on
from network.association.reckoning import votes
from network.association.tables import Bylaws
from network.database import among
from network.members.lens import Lens
from network.members.tables import Membership, MembershipKind, Organisation
from network.members.tally import Alike, tally


async def votes_on(day: date, rules: Bylaws | None = None) -> dict[int, int]:
    """By organisation; who is not there has no vote. `rules` are other bylaws than those of that day.

    An assembly may count the members and sites of an earlier day (reckoning.key_day) by the rules of its own.
    """
    return await votes_where("m.id > 0", day=day, rules=rules or await bylaws_on(day))


async def votes_of(organisation: Organisation, day: date) -> int:
    return (await votes_of_all([organisation.id], day)).get(organisation.id, 0)


async def votes_of_all(ids: Iterable[int], day: date, rules: Bylaws | None = None) -> dict[int, int]:
    """Of these organisations alone; who is not there has no vote."""
    whose, numbers = among("m.organisation", ids)
    return await votes_where(whose, numbers, day=day, rules=rules or await bylaws_on(day))


async def votes_where(whose: str, *values: Any, day: date, rules: Bylaws) -> dict[int, int]:
    lens, kinds = Lens(day), ", ".join(f"'{kind}'" for kind in voting(rules))
    rows = await Membership.raw(
        "SELECT m.organisation, count(s.id) AS sites FROM membership m "
        f"LEFT JOIN site s ON s.organisation = m.organisation AND {lens.is_open} "
        f"WHERE m.kind IN ({kinds}) AND m.since <= {lens.sql} AND {lens.is_member} AND {whose} GROUP BY m.organisation",
        *values,
    )
    return {row["organisation"]: votes(row["sites"], rules) for row in rows}


def voting(rules: Bylaws) -> list[str]:
    """The kinds of members that have a vote."""
    return [MembershipKind.FULL, MembershipKind.GUEST] if rules.guests_vote else [MembershipKind.FULL]


async def total(day: date, told: Iterable[Alike] | None = None) -> int:
    """Of all members; `told` where the tally of the day is known already."""
    rules = await bylaws_on(day)
    told = await tally(day) if told is None else told
    return sum(one.number * votes(one.sites, rules) for one in told if one.kind in voting(rules))
