"""The addresses that search engines may know, each in both languages."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from network import clock
from network.association.tables import Association
from network.events.tables import Event, Report
from network.groups.group import any_shown

ALWAYS = (
    "/",
    "/about",
    "/about/history",
    "/board",
    "/members",
    "/members/map",
    "/events",
    "/news",
    "/newsletter",
    "/imprint",
    "/privacy",
    "/accessibility",
)


async def paths() -> list[str]:
    rules = ["/bylaws"] if await Association.exists().where(Association.bylaws_shown_at != None) else []
    shown = (Event.announced_at != None) | (Event.published_at != None)
    groups = ["/groups"] if await any_shown(clock.today()) else []
    events = await Event.select(Event.slug).where(shown).order_by(Event.starts_at, ascending=False)
    reports = await Report.select(Report.event.slug).where(Report.published_at != None)
    return [
        *ALWAYS,
        *rules,
        *groups,
        *(f"/events/{row['slug']}" for row in events),
        *(f"/events/{row['event.slug']}/report" for row in reports),
    ]


def as_xml(pairs: Iterable[tuple[str, str]]) -> str:
    """German and English address of each page, each naming the other (sitemaps.org with hreflang)."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ]
    for pair in pairs:
        twins = "".join(
            f'<xhtml:link rel="alternate" hreflang="{language}" href="{escape(address)}"/>'
            for language, address in zip(("de", "en"), pair, strict=True)
        )
        lines += [f"<url><loc>{escape(address)}</loc>{twins}</url>" for address in pair]
    return "\n".join([*lines, "</urlset>", ""])
