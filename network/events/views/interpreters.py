"""The event's team notes that interpreters have been ordered."""

from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from network.events import access
from network.events.views.this_event import Req, team_event
from network.i18n import _
from network.people.viewer import event_team
from network.web.pages import see_other


@post("/office/events/{reference:str}/needs/interpreters", guards=[event_team])
async def note_order(request: Req, reference: FromPath[str]) -> Response[Any]:
    viewer, event = await team_event(request, reference)
    await access.note_order(viewer, event)
    return see_other(
        f"/office/events/{reference}/needs", _("Noted. The reminder comes back if more people need interpreters.")
    )
