"""The rail: the rooms of the office that are of use to whoever is looking, and what waits in each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from litestar import Request

from network.i18n import N_, _, ngettext
from network.people.viewer import Viewer, has_assemblies, is_team, sees_today, viewer_of
from network.web.handed import HandedUp
from network.web.recent import recent

RAIL_SECONDS = 10.0  # what somebody else did through another process shows that much later in a number of the rail


@dataclass(frozen=True, slots=True)
class Room:
    label: str
    path: str
    open_to: Callable[[Viewer], bool] = lambda viewer: viewer.is_office


ROOMS = [
    ("", [
        Room(N_("Our organisation"), "/mine", lambda viewer: bool(viewer.represented)),
        Room(N_("Today"), "/office", sees_today),
        Room(N_("Members"), "/office/members"),
        Room(N_("Board"), "/office/board", lambda viewer: viewer.is_office or viewer.on_board),
        Room(N_("Assemblies"), "/office/assemblies", has_assemblies),
        Room(N_("Resolution book"), "/office/resolutions", lambda viewer: viewer.is_office or viewer.on_board),
        Room(N_("Working groups"), "/office/groups", lambda viewer: viewer.is_office or viewer.on_board),
        Room(N_("Events"), "/office/events", is_team),
        Room(N_("Lists and newsletters"), "/office/newsletter"),
    ]),
    (N_("Housekeeping"), [
        Room(N_("Outbox"), "/office/outbox"),
        Room(N_("Activity"), "/office/activity"),
        Room(N_("People and roles"), "/office/people"),
        Room(N_("Data protection"), "/office/privacy"),
        Room(N_("Settings"), "/office/settings"),
    ]),
]  # fmt: skip


async def frame(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """The rail of the pages behind the door; other pages have none."""
    path = request.url.path
    if not any(path == room or path.startswith(f"{room}/") for room in ("/office", "/mine")):
        return {}
    viewer = await viewer_of(request)
    inside = is_team(viewer) or viewer.represented or has_assemblies(viewer)
    return {"rail": await rail(viewer, path, request.app.state.handed_up) if inside else []}


async def rail(viewer: Viewer, path: str, handed: HandedUp) -> list[dict[str, Any]]:
    sections = []
    for title, rooms in ROOMS:
        items = [await item(room, viewer, path, handed) for room in rooms if room.open_to(viewer)]
        if items:
            sections.append({"title": _(title), "items": items})
    return sections


async def item(room: Room, viewer: Viewer, path: str, handed: HandedUp) -> dict[str, Any]:
    asked = handed.waiting.get(room.path, ())

    async def waiting() -> int:
        return sum([await ask(viewer) for ask in asked])

    count = await recent((room.path, viewer.person_id), waiting, RAIL_SECONDS) if asked else 0
    return {
        "label": _(room.label),
        "path": room.path,
        "count": count,
        "count_label": ngettext("one thing needs somebody", "%(num)s things need somebody", count),
        "current": path == room.path or (room.path != "/office" and path.startswith(f"{room.path}/")),
    }
