"""Who may do what with an assembly (DOMAIN 6)."""

from network.assembly.tables.meeting import Assembly
from network.people.tables import RoleKind
from network.people.viewer import Viewer


def may_see(viewer: Viewer, row: Assembly) -> bool:
    """The office and the board each one; whoever leads its elections this one."""
    return viewer.is_office or viewer.on_board or viewer.holds(RoleKind.ELECTION_OFFICER, row.reference)


def may_prepare(viewer: Viewer) -> bool:
    """Plan it, write its agenda, convene it, enter what members send. The administration only reads."""
    return viewer.holds(RoleKind.OFFICE)


def may_enter_votes(viewer: Viewer, row: Assembly) -> bool:
    """Delegates, proxies and the voting list: the office, and who leads the elections of this assembly."""
    return may_prepare(viewer) or viewer.holds(RoleKind.ELECTION_OFFICER, row.reference)


def may_approve(viewer: Viewer) -> bool:
    """The board convenes; the office sends."""
    return viewer.on_board


def may_lead(viewer: Viewer, row: Assembly) -> bool:
    """Attendance, votes and counts on the day: the office, the board, from which the chair of the meeting mostly comes,
    and whoever leads its elections.
    """
    return viewer.holds(RoleKind.OFFICE) or viewer.on_board or viewer.holds(RoleKind.ELECTION_OFFICER, row.reference)
