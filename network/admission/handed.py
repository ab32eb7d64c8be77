"""What admission hands up: applications that wait for their next step, and what an organisation once applied with."""

from datetime import date

from network.admission import application, steps
from network.admission.tables import Application
from network.folding import folded
from network.i18n import _, format_day
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Card, Due, Found

LATE_DAYS = 28
MOST_HITS = 10


async def waiting_for(viewer: Viewer) -> int:
    return len(await steps.standings(is_open=True)) if viewer.is_office else 0


async def due(viewer: Viewer, day: date) -> list[Due]:
    """Each open application with its next step; one that has rested for four weeks needs somebody."""
    if not viewer.is_office:
        return []
    return [line(one, day) for one in await steps.standings(is_open=True)]


def line(one: steps.Standing, day: date) -> Due:
    row = one.application
    place = url(f"/office/members/applications/{row.reference}")
    assert one.next
    return Due(
        title=_("%(name)s wants to become a member", name=row.name),
        url=place,
        kind="warn" if (day - one.on).days > LATE_DAYS else "info",
        state=_("%(state)s on %(day)s", state=one.state, day=format_day(one.on)),
        reason=_("Next step: %(step)s", step=_(steps.NEXT_WORDS[one.next])),
        action=_(steps.NEXT_WORDS[one.next]),
        action_url=place,
    )


async def found(viewer: Viewer, text: str) -> list[Found]:
    """Open and decided ones, by the name of the organisation or of its contact."""
    if not viewer.is_office:
        return []
    known = [*await steps.standings(is_open=True), *await steps.standings(is_open=False)]
    wanted = folded(text).split()
    hits = [one for one in known if all(word in folded(names(one.application)) for word in wanted)]
    return [
        Found(
            _("Application"),
            one.application.name,
            url(f"/office/members/applications/{one.application.reference}"),
            _("%(state)s on %(day)s", state=one.state, day=format_day(one.on)),
        )
        for one in hits[:MOST_HITS]
    ]


def names(row: Application) -> str:
    return f"{row.name} {row.town} {row.contact_name}"


async def beside(viewer: Viewer, reference: str) -> list[Card]:
    """On the page of an organisation: the applications that made it a member, each with the steps on its way."""
    if not viewer.is_office:
        return []
    rows = await Application.objects().where(Application.organisation.reference == reference).order_by(Application.id)
    told = [(row, await application.steps_of(row)) for row in rows]
    return [Card("admission/beside", {"applications": told, "states": steps.STATES})] if told else []
