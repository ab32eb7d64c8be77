"""Today and the search."""

from typing import Any

from litestar import Request, Response, get

from network import clock
from network.office import search, today
from network.people.viewer import event_team, has_today, viewer_of
from network.web.pages import page

Req = Request[Any, Any, Any]


@get("/", guards=[has_today])
async def show_today(request: Req) -> Response[Any]:
    viewer, handed, day = await viewer_of(request), request.app.state.handed_up, clock.today()
    due = await today.due(viewer, day, handed)
    shown = due if "all" in request.query_params else due[: today.SHOWN]
    cards, live = await today.cards(viewer, handed)
    return await page(
        request,
        "office/today",
        title=today.heading(len(due)),
        day=day,
        lines=today.lines(shown, day),
        more=len(due) if len(shown) < len(due) else 0,
        cards=cards,
        live=live,
    )


@get("/search", guards=[event_team])
async def find(request: Req) -> Response[Any]:
    text = " ".join(request.query_params.get("q", "").split())[:200]
    answer = await search.find(await viewer_of(request), text, request.app.state.handed_up)
    return await page(request, "office/search", q=text, answer=answer)


handlers = [show_today, find]
