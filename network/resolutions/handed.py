"""What the resolution book hands up: what a search finds in it."""

from network.i18n import _, format_day
from network.people.viewer import Viewer
from network.resolutions import finding
from network.resolutions.book import BODIES, number_of, outcome_of
from network.resolutions.finding import Choice
from network.resolutions.rules import may_read
from network.resolutions.tables import Body
from network.web.addresses import url
from network.web.handed import Found

MOST_HITS = 10


async def found(viewer: Viewer, text: str) -> list[Found]:
    """By number, title or wording; the latest first."""
    if not may_read(viewer) or not text.strip():
        return []
    return [
        Found(
            _("Resolution"),
            f"{number_of(row)} {row.title}",
            url(f"/office/resolutions/{row.reference}"),
            _("%(body)s, %(day)s: %(outcome)s", body=_(BODIES[Body(row.body)]), day=format_day(row.taken_at),
              outcome=outcome_of(row)),
        )
        for row in await finding.listed(Choice(text=text), size=MOST_HITS)
    ]  # fmt: skip
