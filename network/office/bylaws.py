"""What Today tells of the bylaws: that they are not entered yet, and that other rules count soon or since lately."""

from datetime import date, timedelta

from network.association import bylaws, rulebook
from network.association.tables import Bylaws
from network.i18n import _, format_names
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Due

BOOK = "/office/settings/bylaws"
SOON_DAYS, FRESH_DAYS = 42, 14


async def due(viewer: Viewer, day: date) -> list[Due]:
    if not viewer.is_office:
        return []
    known = await bylaws.versions()
    if not known:
        return [not_entered()] if viewer.is_admin else []
    near = [
        row for row in known if day - timedelta(days=FRESH_DAYS) < row.valid_from <= day + timedelta(days=SOON_DAYS)
    ]
    return [change_of(row, changes, day) for row in near if (changes := rulebook.changed(row, known))]


def not_entered() -> Due:
    return Due(
        title=_("The bylaws are not entered yet"),
        url=url(BOOK),
        kind="warn",
        state=_("to be entered"),
        reason=_("Until then the house reckons by the law, and by what most bylaws say."),
        action=_("Enter the bylaws"),
        action_url=url(BOOK),
    )


def change_of(row: Bylaws, changes: list[rulebook.Change], day: date) -> Due:
    ahead = row.valid_from > day
    return Due(
        title=_("Changed bylaws come into force") if ahead else _("Changed bylaws are in force"),
        url=url(f"{BOOK}/{row.valid_from.isoformat()}"),
        day=row.valid_from,
        kind="info" if ahead else "ok",
        state=_("applies by itself") if ahead else _("done by itself"),
        reason=_("Other than before: %(rules)s.", rules=format_names(_(one.rule.title) for one in changes)),
    )
