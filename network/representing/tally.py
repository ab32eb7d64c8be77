"""The yearly "Is this still right?" in numbers: for Today, which must not take longer the more members there are."""

from dataclasses import dataclass, replace
from datetime import datetime

from network import clock
from network.database import first_row
from network.members.lens import Lens
from network.members.tables import FunctionKind, Organisation
from network.people.tables import RoleKind
from network.representing.tables import DataCheck


@dataclass(frozen=True, slots=True)
class Tally:
    """What `check.round_of` tells, counted by the database."""

    members: int
    asked: int
    silent: int
    unreached: int = 0  # not asked, as no address is known
    first: datetime | None = None  # when the first of those was asked who have not answered


async def tally(year: int) -> Tally:
    lens = Lens(clock.today())
    [found] = await Organisation.raw(
        "SELECT count(*) AS members, count(c.id) AS asked, count(c.id) - count(c.confirmed_at) AS silent "
        f"{of_members(lens)}",
        year,
    )
    counted = Tally(int(found["members"]), int(found["asked"]), int(found["silent"]))
    if not counted.asked:
        return counted
    [beyond] = await Organisation.raw(
        f"SELECT count(*) AS number {of_members(lens)} AND c.id IS NULL AND {unreached(lens)}", year
    )
    running = f"m.organisation = data_check.organisation AND m.since <= {lens.sql} AND {lens.is_member}"
    silent = f"confirmed_at IS NULL AND EXISTS (SELECT 1 FROM membership m WHERE {running})"
    first = await first_row(DataCheck, f"WHERE year = {{}} AND {silent} ORDER BY asked_at", year)
    return replace(counted, unreached=int(beyond["number"]), first=first.asked_at if first else None)


def of_members(lens: Lens) -> str:
    """Memberships do not overlap: who runs one today has one row."""
    round_of = "data_check c ON c.organisation = o.id AND c.year = {}"
    return (
        f"FROM membership m JOIN organisation o ON o.id = m.organisation LEFT JOIN {round_of} "
        f"WHERE m.since <= {lens.sql} AND {lens.is_member}"
    )


def unreached(lens: Lens) -> str:
    """As `check.reached_all` has it; the houses' own addresses first, as most have one."""
    runs = f"p.email <> '' AND {lens.runs('h')}"
    spoken = f"h.of = o.reference AND h.kind = '{RoleKind.MEMBER_REPRESENTATIVE}' AND {runs}"
    named = f"h.organisation = o.id AND h.kind = '{FunctionKind.CONTACT}' AND {runs}"
    return (
        "o.email = '' "
        f"AND NOT EXISTS (SELECT 1 FROM role h JOIN person p ON p.id = h.person WHERE {spoken}) "
        f"AND NOT EXISTS (SELECT 1 FROM held_function h JOIN person p ON p.id = h.person WHERE {named})"
    )
