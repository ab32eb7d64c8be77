"""One search over everything the slices know; each looks into its own folded column."""

from dataclasses import dataclass, field

from network.members import guessing
from network.people.viewer import Viewer
from network.web.handed import Found, HandedUp

SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits by their kind, and what they were found by."""

    text: str
    groups: dict[str, list[Found]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return sum(len(hits) for hits in self.groups.values())


async def find(viewer: Viewer, typed: str, handed: HandedUp) -> Answer:
    """What has the words that were typed; where nothing has, by the nearest words that somebody may have meant."""
    if len(typed) < SHORTEST:
        return Answer(typed)
    if groups := await hits(viewer, typed, handed):
        return Answer(typed, groups)
    for text in await guessing.wordings(typed, of_all=viewer.is_office):
        if groups := await hits(viewer, text, handed):
            return Answer(text, groups)
    return Answer(typed)


async def hits(viewer: Viewer, text: str, handed: HandedUp) -> dict[str, list[Found]]:
    """By their kind, in the order in which the slices are listed."""
    groups: dict[str, list[Found]] = {}
    for slice_ in handed.found:
        for hit in await slice_(viewer, text):
            groups.setdefault(hit.kind, []).append(hit)
    return groups
