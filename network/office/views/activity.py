"""The activity page."""

from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get

from network.i18n import _
from network.office import history
from network.office.forms import ActivityFilter
from network.people.viewer import office
from network.web.addresses import url
from network.web.pages import number_of, page

Req = Request[Any, Any, Any]


@get("/activity", guards=[office])
async def show_activity(request: Req) -> Response[Any]:
    form = ActivityFilter(request.query_params)
    form.who.choices = {"": _("Everybody"), **await history.actors()}
    valid = form.validate()
    who, day = (form.who.data or "", form.day.data) if valid else ("", None)
    found = await history.told(actor=who, day=day, number=number_of(request))
    kept = {"who": who, "day": day.isoformat() if day else ""}

    def page_url(number: int) -> str:
        return url("/office/activity") + "?" + urlencode({**kept, "page": number})

    return await page(request, "office/activity", filter=form, found=found, page_url=page_url)


handlers = [show_activity]
