"""Calendar entries: invitations, updates and cancellations for one person each (iMIP), and files to download.

An entry keeps its UID for life; each message about it carries a higher SEQUENCE (RFC 5545, 5546, 6047).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import cast

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from network.clock import BERLIN, now

PRODUCT = "-//Verbund//Calendar//EN"
TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"

# The rule of the European Union since 1996, written once: made anew it would be a list of days up to 2038.
ZONE = """\
BEGIN:VTIMEZONE\r
TZID:Europe/Berlin\r
BEGIN:DAYLIGHT\r
TZNAME:CEST\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
DTSTART:19960331T020000\r
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r
END:DAYLIGHT\r
BEGIN:STANDARD\r
TZNAME:CET\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
DTSTART:19961027T030000\r
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r
END:STANDARD\r
END:VTIMEZONE\r
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """What stands in a calendar. `changed_at` is when its facts last changed."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    organiser_name: str
    organiser_email: str
    changed_at: datetime
    location: str = ""
    description: str = ""
    url: str = ""
    status: str = CONFIRMED


def invitation(entry: Entry, name: str, email: str) -> str:
    """METHOD:REQUEST for this person alone: the first one, or the update of an earlier one."""
    return message("REQUEST", entry, name, email, entry.status)


def cancellation(entry: Entry, name: str, email: str) -> str:
    """METHOD:CANCEL: takes the entry out of this person's calendar."""
    return message("CANCEL", entry, name, email, CANCELLED)


def published(entries: Sequence[Entry], *, name: str = "", refresh: timedelta | None = None) -> bytes:
    """METHOD:PUBLISH: a file to download or a feed to subscribe to; the same facts give the same bytes."""
    calendar = new_calendar("PUBLISH")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
    if refresh:
        calendar.add("refresh-interval", refresh, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(component(entry, entry.status, entry.changed_at))
    return bytes(calendar.to_ical())


def message(method: str, entry: Entry, name: str, email: str, status: str) -> str:
    calendar = new_calendar(method)
    event = component(entry, status, now())
    attendee = vCalAddress(f"mailto:{email}")
    attendee.params["CN"] = vText(for_parameter(name or email))
    attendee.params["CUTYPE"] = vText("INDIVIDUAL")
    attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText("ACCEPTED")
    attendee.params["RSVP"] = vText("FALSE")
    event.add("attendee", attendee, encode=False)
    calendar.add_component(event)
    return str(calendar.to_ical().decode())


def new_calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    calendar.add_component(zone())
    return calendar


@cache
def zone() -> Timezone:
    return cast("Timezone", Timezone.from_ical(ZONE))


def component(entry: Entry, status: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", stamp)
    event.add("last-modified", entry.changed_at)
    event.add("dtstart", entry.starts_at.astimezone(BERLIN))
    event.add("dtend", entry.ends_at.astimezone(BERLIN))
    event.add("summary", entry.summary)
    event.add("status", status)
    event.add("transp", "TRANSPARENT" if status == CANCELLED else "OPAQUE")
    organiser = vCalAddress(f"mailto:{entry.organiser_email}")
    organiser.params["CN"] = vText(for_parameter(entry.organiser_name))
    event.add("organizer", organiser, encode=False)
    for name in ("location", "description", "url"):
        if value := getattr(entry, name):
            event.add(name, value)
    return event


def for_parameter(text: str) -> str:
    """Names stand in parameters, where quotes, line ends and control characters have no place (RFC 5545, 3.2)."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).replace('"', "'").split())
