"""What the office is told of its events without asking: on Today, on cards, and in the search."""

from datetime import date, timedelta
from urllib.parse import quote

from network.clock import now
from network.events.access import needs_summary
from network.events.facts import last_day, last_moment, title
from network.events.figures import Figures, figures_for, in_words
from network.events.listing import visible_to
from network.events.rules import EventState, state_of
from network.events.tables import Attendee, Event, Mode, Report
from network.folding import folded, search_key
from network.i18n import _, format_day, format_short_day, local, ngettext
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Card, Due, Found

NEAR = timedelta(days=7)
PUBLISH_BEFORE = timedelta(weeks=12)
LOOK_AHEAD = timedelta(weeks=14)
REPORT_AFTER = timedelta(days=14)
REPORT_MISSED = timedelta(days=365)
MOST_CARDS = 2
MOST_FOUND = 10


async def due(viewer: Viewer, day: date) -> list[Due]:
    """The forum of next week, a deadline near, a date not yet published, a report not yet written."""
    events = [event for event in await visible_to(viewer) if event.cancelled_at is None and is_of_interest(event, day)]
    figures = await figures_for([event.id for event in events])
    told = {row["event"] for row in await Report.select(Report.event).where(Report.published_at != None)}
    lines = []
    for event in events:
        counted = figures.get(event.id, Figures())
        soon = near(event, counted, day)
        lines += [soon]
        if viewer.is_office:
            lines += [
                None if soon else deadline(event, counted, day),
                unpublished(event, day),
                unreported(event, event.id in told, day),
            ]
    return [line for line in lines if line is not None]


def is_of_interest(event: Event, day: date) -> bool:
    return day - REPORT_MISSED < local(event.ends_at) and local(event.starts_at) < day + LOOK_AHEAD


def near(event: Event, figures: Figures, day: date) -> Due | None:
    """In its last week the lists are checked and printed; on its day people are let in."""
    starts_on = local(event.starts_at)
    if event.published_at is None or not day <= local(event.ends_at) or starts_on - day > NEAR:
        return None
    begins = starts_on <= day
    days = (starts_on - day).days
    action, page = (_("Check-in"), "/check-in") if begins else (_("Print the list"), "/participants")
    if not begins and not figures.seated:
        action, page = _("Look at it"), ""
    return Due(
        title=title(event),
        url=place(event),
        day=max(starts_on, day),
        kind="info",
        state=_("today") if begins else ngettext("in one day", "in %(num)s days", days),
        reason=" ".join(who_comes(figures) + still_open(event, day)),
        action=action,
        action_url=place(event, page),
    )


def who_comes(figures: Figures) -> list[str]:
    """An empty list is nothing to print."""
    if not figures.registered:
        return [_("Nobody is registered yet.")]
    if not figures.seated:
        return [_("Nobody has a seat yet.")]
    seats = ngettext("One person has a seat.", "%(num)s people have seats.", figures.seated)
    return [seats, _("Please check the list and print it.")]


def still_open(event: Event, day: date) -> list[str]:
    """The deadline, where it is as near as the event: one line for both."""
    if state_of(event, now()) != EventState.PUBLISHED or local(last_day(event)) < day:
        return []
    return [_("Registration is open until %(day)s.", day=last_moment(event))]


def deadline(event: Event, figures: Figures, day: date) -> Due | None:
    last = local(last_day(event))
    if state_of(event, now()) != EventState.PUBLISHED or not day <= last <= day + NEAR:
        return None
    seats = _("%(taken)s of %(num)s seats are taken.", taken=figures.seated, num=event.seats)
    name = _("%(title)s: registration closes", title=title(event))
    return Due(name, place(event), last, "info", _("last day") if last == day else _("open"), seats,
               _("Look at it"), place(event))  # fmt: skip


def unpublished(event: Event, day: date) -> Due | None:
    """People need about twelve weeks to plan; a day gone by unpublished is a slip."""
    if event.published_at is not None:
        return None
    planned = event.announced_at is not None
    name = _("%(title)s: not published yet", title=title(event))
    when = _("It takes place on %(day)s.", day=format_day(event.starts_at))
    words = _("planned") if planned else _("draft")
    by = local(event.starts_at) - PUBLISH_BEFORE
    return Due(name, place(event), max(by, day), "warn", words, when, _("Look at it"), place(event))


def unreported(event: Event, told: bool, day: date) -> Due | None:
    ended, ready = local(event.ends_at), local(event.ends_at) + REPORT_AFTER
    if event.published_at is None or told or not ended < day:
        return None
    name = _("%(title)s: report missing", title=title(event))
    reason = _("It took place on %(day)s.", day=format_day(event.starts_at))
    state = _("late") if day > ready else _("missing")
    return Due(name, place(event), ready, "warn", state, reason, _("Write the report"),
               place(event, "/report"))  # fmt: skip


async def cards(viewer: Viewer) -> list[Card]:
    """The next events that people can register for, with their seats."""
    moment = now()
    coming = [event for event in await visible_to(viewer)
              if state_of(event, moment) in (EventState.PUBLISHED, EventState.CLOSED)][:MOST_CARDS]  # fmt: skip
    figures = await figures_for([event.id for event in coming])
    return [
        Card(
            "events/card",
            {
                "title": title(event),
                "when": when_and_where(event),
                "event": event,
                "figures": figures.get(event.id, Figures()),
                "registered": in_words(figures.get(event.id, Figures())),
                "needs": await needs_summary(event),
            },
        )
        for event in coming
    ]


def when_and_where(event: Event) -> str:
    """25. April · Kassel"""
    town = _("online") if event.mode == Mode.ONLINE else event.town
    return " · ".join(part for part in (format_short_day(event.starts_at), town) if part)


async def found(viewer: Viewer, text: str) -> list[Found]:
    """Events by title and town, and the people in them; for an event's team only its own."""
    words = folded(text).replace("%", "").replace("_", "").split()[:8]
    events = await visible_to(viewer)
    if not words or not events:
        return []
    hits = [
        Found(_("Event"), title(event), place(event), f"{format_day(event.starts_at)} · {event.town}".strip(" ·"))
        for event in events
        if all(word in search_key(event.title_de, event.title_en, event.town) for word in words)
    ]
    return hits[:MOST_FOUND] + await people_found(viewer, {event.reference for event in events}, words)


async def people_found(viewer: Viewer, own: set[str], words: list[str]) -> list[Found]:
    rows = await Attendee.raw(
        "SELECT a.name AS name, r.organisation_name AS organisation, e.reference AS event, e.title_de AS title "
        "FROM attendee a JOIN registration r ON r.id = a.registration JOIN event e ON e.id = a.event WHERE "
        + " AND ".join("a.search LIKE {}" for _word in words)
        + " ORDER BY e.starts_at DESC, a.sorting, a.id LIMIT 200",
        *[f"%{word}%" for word in words],
    )
    mine = [row for row in rows if viewer.is_office or row["event"] in own][:MOST_FOUND]
    return [
        Found(
            _("Participant"),
            row["name"],
            f"{url('/office/events/' + row['event'])}?text={quote(row['name'])}#people",
            f"{row['organisation']} · {row['title']}",
        )
        for row in mine
    ]


def place(event: Event, page: str = "") -> str:
    return url(f"/office/events/{event.reference}{page}")
