"""Who reads the resolution book (DOMAIN 6)."""

from network.people.viewer import Viewer
from network.resolutions.tables import Body, Resolution

# What the members decided concerns each of them, and each may see it. The board decides about single members,
# applicants, staff and contracts: it gives account of that to the assembly (§ 27 III with § 666 BGB), not by its book.
OF_MEMBERS = (Body.ASSEMBLY, Body.MEMBERS)


def may_read(viewer: Viewer) -> bool:
    """All of it: the office and the board."""
    return viewer.is_office or viewer.on_board


def is_of_members(row: Resolution) -> bool:
    """Open to the representatives of every member."""
    return row.body in OF_MEMBERS
