"""Choices of a list that somebody of the office keeps under a name; each sees only their own."""

from typing import Any

from litestar import Request

from network.errors import Refused
from network.i18n import _
from network.office.tables import SavedFilter
from network.people.viewer import Viewer, viewer_of
from network.references import new_reference

ROOMS = ("/office/members",)  # lists whose choice can be kept


async def keep(viewer: Viewer, *, room: str, name: str, query: str) -> None:
    """Keep what stands behind the question mark; under a name that is known already it takes the other's place."""
    if room not in ROOMS or not query:
        raise Refused(_("There is nothing chosen that could be kept."))
    mine = (SavedFilter.person == viewer.person_id) & (SavedFilter.room == room) & (SavedFilter.name == name)
    row = await SavedFilter.objects().get(mine)
    if row is None:
        row = SavedFilter(reference=new_reference(), person=viewer.person_id, room=room, name=name)
    row.query = query
    await row.save()


async def give_up(viewer: Viewer, reference: str) -> bool:
    """Whether it was theirs to give up."""
    mine = (SavedFilter.reference == reference) & (SavedFilter.person == viewer.person_id)
    return bool(await SavedFilter.delete().where(mine).returning(SavedFilter.id))


async def frame(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """What is kept for the list that is being looked at."""
    room, viewer = request.url.path, await viewer_of(request)
    if room not in ROOMS or not viewer.is_office:
        return {}
    mine = (SavedFilter.person == viewer.person_id) & (SavedFilter.room == room)
    return {"saved_filters": await SavedFilter.objects().where(mine).order_by(SavedFilter.name)}
