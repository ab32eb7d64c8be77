"""Who may do what with an application to the register (DOMAIN 6)."""

from network.assembly import rules as assembly_rules
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from network.register.case import Case


def may_see(viewer: Viewer, case: Case) -> bool:
    """Of an assembly whoever sees that; of the board the office and the board."""
    if case.row:
        return assembly_rules.may_see(viewer, case.row)
    return viewer.is_office or viewer.on_board


def may_prepare(viewer: Viewer) -> bool:
    """The office writes, files and notes what came back. The administration only reads."""
    return viewer.holds(RoleKind.OFFICE)


def may_read_births(viewer: Viewer) -> bool:
    """Birth dates and towns of the board: the office, which files, and the board, which signs."""
    return viewer.holds(RoleKind.OFFICE) or viewer.on_board
