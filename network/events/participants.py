"""The people of an event as lists: searched and sorted on the page, complete as a file or on paper."""

from itertools import groupby
from operator import itemgetter
from typing import Any

from network.events.access import NEEDS
from network.events.tables import Attendee, AttendeeState, Event
from network.folding import folded
from network.i18n import N_, _

STATES = {
    AttendeeState.SEATED: ("ok", N_("has a seat")),
    AttendeeState.WAITING: ("warn", N_("is waiting")),
    AttendeeState.CANCELLED: ("", N_("has cancelled")),
}
SORTS = {
    "name": (N_("Name"), "a.sorting, a.id"),
    "organisation": (N_("Organisation"), "r.organisation_key, a.sorting, a.id"),
    "registered": (N_("Registered"), "a.registered_at, a.id"),
}
FACTS = (
    "a.reference AS reference, a.name AS name, a.email AS email, a.role AS role, a.diet AS diet, a.state AS state, "
    "a.registered_at AS registered_at, a.present_at AS present_at, a.walk_in AS walk_in, a.entry AS entry, "
    "r.organisation_name AS organisation, r.name AS registrant, r.email AS registrant_email, r.phone AS phone, "
    "r.source AS source"
)
PAGE = 25


async def listed(
    event: Event, *, text: str = "", state: str = "", sort: str = "name", page: int = 1, size: int = PAGE
) -> dict[str, Any]:
    """One page of the people whom a search finds, with what the pager needs."""
    where, values = conditions(event, text, state)
    order = SORTS.get(sort, SORTS["name"])[1]
    rows = await Attendee.raw(
        f"SELECT COUNT(*) OVER () AS found, {FACTS} {where} ORDER BY {order} LIMIT {{}} OFFSET {{}}",
        *values,
        size,
        (page - 1) * size,
    )
    if not rows and page > 1:  # behind the last page
        return await listed(
            event, text=text, state=state, sort=sort, page=await last_page(where, values, size), size=size
        )
    count = int(rows[0]["found"]) if rows else 0
    return {"items": rows, "page": page, "pages": max(1, -(-count // size)), "count": count}


async def last_page(where: str, values: list[Any], size: int) -> int:
    found = await Attendee.raw(f"SELECT COUNT(*) AS found {where}", *values)
    return max(1, -(-int(found[0]["found"]) // size))


def conditions(event: Event, text: str, state: str) -> tuple[str, list[Any]]:
    where = "FROM attendee a JOIN registration r ON r.id = a.registration WHERE a.event = {}"
    values: list[Any] = [event.id]
    if state in set(AttendeeState):
        where += " AND a.state = {}"
        values.append(state)
    for word in folded(text).replace("%", "").replace("_", "").split()[:8]:
        where += " AND a.search LIKE {}"
        values.append(f"%{word}%")
    return where, values


async def everybody(event: Event, *, state: str = "") -> list[dict[str, Any]]:
    """All of them, by name, with what they need (the caller asks who may see it)."""
    where, values = conditions(event, "", state)
    joined = where.replace(" WHERE", " LEFT JOIN access_need n ON n.attendee = a.id WHERE", 1)
    return await Attendee.raw(
        f"SELECT {FACTS}, n.needs AS needs, n.other AS other_need {joined} ORDER BY a.sorting, a.id", *values
    )


async def in_queue(event: Event) -> list[list[dict[str, Any]]]:
    """Everybody who waits, in order; those who come only together are together."""
    where, values = conditions(event, "", AttendeeState.WAITING)
    people = await Attendee.raw(f"SELECT {FACTS} {where} ORDER BY a.entry, a.id", *values)
    return [list(together) for _entry, together in groupby(people, key=itemgetter("entry"))]


async def sheet_of(event: Event, *, with_needs: bool) -> tuple[list[str], list[list[Any]]]:
    """The participants' list as columns and rows; food and needs only for the event's team."""
    columns = [_("Name"), _("E-mail address"), _("Organisation"), _("Role"), _("State"), _("Registered"),
               _("Registered by"), _("Their e-mail address"), _("Their telephone number"), _("Came")]  # fmt: skip
    if with_needs:
        columns += [_("Food and drink"), _("Needs")]
    return columns, [row_of(person, with_needs=with_needs) for person in await everybody(event)]


def row_of(person: dict[str, Any], *, with_needs: bool) -> list[Any]:
    _kind, state = STATES[person["state"]]
    row = [person["name"], person["email"], person["organisation"], person["role"], _(state),
           person["registered_at"], person["registrant"], person["registrant_email"], person["phone"],
           person["present_at"]]  # fmt: skip
    return [*row, person["diet"], needs_in_words(person)] if with_needs else row


def needs_in_words(person: dict[str, Any]) -> str:
    known = [str(NEEDS[need]) for need in (person["needs"] or "").split() if need in NEEDS]
    return "; ".join([*known, person["other_need"] or ""]).strip("; ")


async def person_of(event: Event, reference: str) -> dict[str, Any] | None:
    where, values = conditions(event, "", "")
    rows = await Attendee.raw(f"SELECT {FACTS} {where} AND a.reference = {{}}", *values, reference)
    return rows[0] if rows else None
