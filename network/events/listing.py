"""Which events there are: for visitors what comes and what was, for the office all of them by state and year."""

from typing import Any

from piccolo.columns.combination import And as Combination
from piccolo.columns.combination import WhereRaw

from network.clock import BERLIN, now
from network.database import marks, rows
from network.events.figures import Figures, figures_for
from network.events.rules import EventState, is_public, state_of
from network.events.tables import Event, Report
from network.i18n import local
from network.people.tables import RoleKind
from network.people.viewer import Viewer

MOST = 1000  # an association has a few dozen events; the oldest beyond this are found by the search


async def upcoming() -> list[Event]:
    """What visitors may look forward to, the next first; cancelled ones stay until their day has passed."""
    known = (Event.announced_at != None) | (Event.published_at != None)
    return await Event.objects().where(known & (Event.ends_at > now())).order_by(Event.starts_at, Event.id)


async def past() -> list[tuple[Event, bool]]:
    """What took place, the latest first, and whether there is a report to read."""
    held = (Event.published_at != None) & (Event.cancelled_at == None) & (Event.ends_at <= now())
    events = await Event.objects().where(held).order_by(Event.starts_at, Event.id, ascending=False).limit(MOST)
    told = {row["event"] for row in await Report.select(Report.event).where(Report.published_at != None)}
    return [(event, event.id in told) for event in events]


async def with_queue() -> list[Event]:
    """Events to come for which somebody waits, the next first."""
    waits = WhereRaw("EXISTS (SELECT 1 FROM attendee a WHERE a.event = event.id AND a.state = 'waiting')")
    return await Event.objects().where(ahead() & waits).order_by(Event.starts_at, Event.id)


async def of_team(viewer: Viewer) -> list[Event]:
    """Events to come that somebody prepares as one of the team, the next first."""
    mine = {of for kind, of in viewer.roles if kind == RoleKind.EVENT_TEAM}
    if not mine:
        return []
    which = ahead() if "" in mine else ahead() & Event.reference.is_in(sorted(mine))
    return await Event.objects().where(which).order_by(Event.starts_at, Event.id)


def ahead() -> Combination:
    """What visitors know of and what has not begun: until then people can move up (rules.why_fixed)."""
    known = (Event.announced_at != None) | (Event.published_at != None)
    return known & (Event.cancelled_at == None) & (Event.starts_at > now())


async def visible_to(viewer: Viewer) -> list[Event]:
    """The office sees all events, an event's team its own; what comes first, then what was."""
    mine = [of for kind, of in viewer.roles if kind == RoleKind.EVENT_TEAM]
    if viewer.is_office or viewer.holds(RoleKind.EVENT_TEAM):
        where, mine = "", []
    elif mine:
        where = f"WHERE reference IN ({marks(mine)})"
    else:
        return []
    events = await rows(Event, f"{where} ORDER BY starts_at DESC, id DESC LIMIT {MOST}", *mine)
    moment = now()
    coming = [event for event in events if event.ends_at > moment]
    return [*reversed(coming), *(event for event in events if event.ends_at <= moment)]


async def in_office(viewer: Viewer, *, state: str = "", year: str = "") -> tuple[list[Event], list[int]]:
    """The events of a state and a year, and the years there are."""
    events = await visible_to(viewer)
    years = sorted({local(event.starts_at).year for event in events}, reverse=True)
    moment = now()
    chosen = [
        event
        for event in events
        if (state not in set(EventState) or state_of(event, moment) == state)
        and (not year.isdecimal() or event.starts_at.astimezone(BERLIN).year == int(year))
    ]
    return chosen, years


async def with_figures(events: list[Event]) -> list[dict[str, Any]]:
    figures = await figures_for([event.id for event in events])
    return [{"event": event, "figures": figures.get(event.id, Figures())} for event in events]


async def public_events() -> list[Event]:
    """For the calendar feed: all that visitors may know of, in the order of their days."""
    events = await Event.objects().order_by(Event.starts_at, Event.id)
    return [event for event in events if is_public(event)]
