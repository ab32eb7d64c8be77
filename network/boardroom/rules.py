"""Who may do what with the board's meetings and tasks (DOMAIN 6)."""

from network.boardroom.tables import BoardTask
from network.people.tables import RoleKind
from network.people.viewer import Viewer


def may_see(viewer: Viewer) -> bool:
    """The office and the board; what the board talks about concerns nobody else."""
    return viewer.is_office or viewer.on_board


def may_prepare(viewer: Viewer) -> bool:
    """Plan, invite, lead and write down: the board, and the office for it. The administration only reads."""
    return viewer.holds(RoleKind.OFFICE) or viewer.on_board


def may_tick(viewer: Viewer, task: BoardTask) -> bool:
    """Whose task it is, and the office, which is told of it."""
    return task.person == viewer.person_id or viewer.holds(RoleKind.OFFICE)
