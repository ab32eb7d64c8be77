"""The public page: groups that the office shows, with what they are for; who chairs them only if they agreed to it."""

from typing import Any

from litestar import Request, Response, get

from network import clock
from network.groups import overview, words
from network.people import publication
from network.web.guards import anyone
from network.web.pages import page

Req = Request[Any, Any, Any]


@get("/groups", guards=[anyone], exclude_from_csrf=True)
async def groups_page(request: Req) -> Response[Any]:
    today = clock.today()
    groups = [one for one in await overview.of_day(today) if one.runs and one.row.published_at]
    chairs = {one.chair.person_id for one in groups if one.chair and one.chair.person_id}
    shown = await publication.shown_of(chairs, today)
    named = {person for person in chairs if "name" in shown.get(person, {})}
    return await page(request, "groups/groups", cached=True, groups=groups, named=named, words=words)


handlers = [groups_page]
