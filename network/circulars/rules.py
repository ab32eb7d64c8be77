"""Who may do what with a decision in writing (DOMAIN 6), and when it stands open."""

from network import clock
from network.circulars.tables import Circular
from network.errors import Refused
from network.i18n import _, format_day
from network.people.tables import RoleKind
from network.people.viewer import Viewer


def may_send(viewer: Viewer) -> bool:
    """The board, and the office for it. The administration only reads."""
    return viewer.holds(RoleKind.OFFICE) or viewer.on_board


def is_open(row: Circular) -> bool:
    return not row.decided_at and not row.withdrawn_at


def refuse_closed(row: Circular) -> None:
    if row.withdrawn_at:
        raise Refused(_("This decision in writing was withdrawn."))
    if row.decided_at:
        raise Refused(_("This decision in writing is closed; its result is in the resolution book."))


def refuse_late(row: Circular) -> None:
    refuse_closed(row)
    if row.until < clock.today():
        raise Refused(_("Answers were possible until %(day)s.", day=format_day(row.until)))
