"""Issues that were sent, for everybody to read."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.i18n import locale
from network.newsletter import archive, promise, rendering
from network.web.guards import anyone
from network.web.pages import page

Req = Request[Any, Any, Any]


@get("/newsletter/issues", guards=[anyone], exclude_from_csrf=True)
async def issue_list(request: Req) -> Response[Any]:
    title = promise.title(await promise.the_list())
    return await page(request, "newsletter/issues", cached=True, issues=await archive.all_sent(), title=title)


@get("/newsletter/issues/{reference:str}", guards=[anyone], exclude_from_csrf=True)
async def issue_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    issue = await archive.issue_at(reference)
    if issue is None:
        raise NotFoundException
    subject, body = rendering.words(issue, locale())
    in_german = locale() == "en" and not issue.body_en
    return await page(
        request, "newsletter/issue", cached=True, issue=issue, subject=subject, body=body, in_german=in_german
    )
