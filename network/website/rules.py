"""What of the website not everybody may read."""

from network.association.profile import Profile
from network.people.tables import RoleKind
from network.people.viewer import Viewer


def may_read_bylaws(viewer: Viewer, association: Profile | None) -> bool:
    """Everybody, where the association shows its rules; else those who have to do with it (DOMAIN 6)."""
    return reads_all_bylaws(viewer) or bool(association and association.bylaws_shown_at)


def reads_all_bylaws(viewer: Viewer) -> bool:
    """Whoever has a role beyond helping at an event; others read what concerns members."""
    return any(kind != RoleKind.EVENT_TEAM for kind, _of in viewer.roles)
