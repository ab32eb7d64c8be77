"""One search over everything the slices know; each looks into its own folded column."""

from network.people.viewer import Viewer
from network.web.handed import Found, HandedUp

SHORTEST = 2


async def find(viewer: Viewer, text: str, handed: HandedUp) -> dict[str, list[Found]]:
    """The hits by their kind, in the order in which the slices are listed."""
    groups: dict[str, list[Found]] = {}
    if len(text) < SHORTEST:
        return groups
    for slice_ in handed.found:
        for hit in await slice_(viewer, text):
            groups.setdefault(hit.kind, []).append(hit)
    return groups
