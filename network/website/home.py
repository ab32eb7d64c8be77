"""What the public front shows: the next events and what was last published."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from network import clock
from network.events.tables import Event, Report
from network.i18n import locale
from network.newsletter import archive

NEXT = 3


@dataclass(frozen=True, slots=True)
class News:
    """A published report or issue."""

    kind: str  # "report" or "issue"
    title: str
    path: str
    at: datetime
    lang: str = ""  # when it is not written in the language being spoken


async def next_events(most: int = NEXT) -> list[Event]:
    """Announced or published, not cancelled and not over; the nearest first."""
    shown = (Event.announced_at != None) | (Event.published_at != None)
    ahead = (Event.ends_at > clock.now()) & (Event.cancelled_at == None)
    return await Event.objects().where(shown & ahead).order_by(Event.starts_at).limit(most)


async def news() -> list[News]:
    """Published reports and sent issues, the latest first."""
    found = [*await reports(), *await issues()]
    return sorted(found, key=lambda one: one.at, reverse=True)


async def reports() -> list[News]:
    rows = (
        await Report.select(Report.title_de, Report.title_en, Report.published_at, Report.event.slug)
        .where((Report.published_at != None) & (Report.published_at <= clock.now()))
        .order_by(Report.published_at, ascending=False)
    )
    return [told("report", row, "title", f"/events/{row['event.slug']}/report", row["published_at"]) for row in rows]


async def issues() -> list[News]:
    """Sent to everybody; what a part of the readers got is not shown to all the world."""
    return [
        told("issue", issue.to_dict(), "subject", f"/newsletter/issues/{issue.reference}", issue.sent_at)
        for issue in await archive.all_sent()
    ]


def told(kind: str, row: dict[str, Any], field: str, path: str, at: datetime) -> News:
    """In the language being spoken; what has no English version yet is told in German and marked so."""
    english = row[f"{field}_en"] if locale() == "en" else ""
    lang = "de" if locale() == "en" and not english else ""
    return News(kind, english or row[f"{field}_de"], path, at, lang)
