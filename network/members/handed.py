"""What members hand up to the office: files half way in, memberships that end soon, and what a search finds."""

from datetime import date, timedelta

from network.i18n import _, format_day
from network.members import directory, importing
from network.members.directory import Listed, Selection
from network.members.tables import Membership
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Card, Due, Found

SOON_DAYS = 90
MOST_HITS = 10


async def waiting_for(viewer: Viewer) -> int:
    """Files that were read and not stored."""
    return len(await importing.waiting()) if viewer.is_office else 0


async def due(viewer: Viewer, day: date) -> list[Due]:
    """Files to go on with, and memberships that end within three months."""
    if not viewer.is_office:
        return []
    return [*await half_way_in(), *await ending(day)]


async def half_way_in() -> list[Due]:
    return [
        Due(
            title=_("The file %(file)s has not been stored", file=load.file_name),
            url=url(f"/office/members/import/{load.reference}"),
            kind="warn",
            state=_("half way in"),
            action=_("Continue with it"),
            action_url=url(f"/office/members/import/{load.reference}"),
        )
        for load in await importing.waiting()
    ]


async def ending(day: date) -> list[Due]:
    soon = (Membership.until >= day) & (Membership.until <= day + timedelta(days=SOON_DAYS))
    rows = await (
        Membership.select(Membership.until, Membership.organisation._.name, Membership.organisation._.reference)
        .where(soon)
        .order_by(Membership.until)
    )
    return [
        Due(
            title=_("%(name)s leaves", name=row["organisation.name"]),
            url=url(f"/office/members/{row['organisation.reference']}"),
            day=row["until"],
            state=_("membership ends"),
            reason=_("From the next day on it is no longer counted nor shown in the public directory."),
        )
        for row in rows
    ]


async def found(viewer: Viewer, text: str) -> list[Found]:
    """Members first, then former ones and guests."""
    if not viewer.is_office:
        return []
    hits: list[Found] = []
    for standing, kind in (("members", _("Member")), ("former", _("Former member")), ("others", _("Organisation"))):
        rows = await directory.listed(Selection(text=text, standing=standing), size=MOST_HITS)
        hits += [Found(kind, row.name, url(f"/office/members/{row.reference}"), line_of(row)) for row in rows]
    return hits


def line_of(row: Listed) -> str:
    told = [row.number, row.town, _("until %(day)s", day=format_day(row.until)) if row.until else ""]
    return " · ".join(part for part in told if part)


async def cards(viewer: Viewer) -> list[Card]:
    if not viewer.is_office:
        return []
    counts = await directory.counts()
    return [Card("members/card", {"counts": counts})] if counts.members else []
