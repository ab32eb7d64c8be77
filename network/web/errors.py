"""When something is not there, not allowed or broken: a page in our frame that says what to do."""

import logging
from typing import Any
from urllib.parse import quote, urlsplit

from litestar import MediaType, Request, Response
from litestar.exceptions import HTTPException, NotAuthorizedException

from network.database import is_disk_full, is_orphan, is_unreachable
from network.errors import Refused
from network.i18n import N_, _, locale, speaking
from network.settings import settings
from network.web.addresses import Scope, language_of
from network.web.pages import environment, page, see_other
from network.web.seeing import reference_of

log = logging.getLogger("verbund.errors")

LONGEST_ONWARD = 400

WORDS = {
    400: (N_("We could not read that"), N_("The request was incomplete. Please go back and try again.")),
    403: (
        N_("This form has grown old"),
        N_("For your safety a form only works where it was opened. Please go back, reload it and send it again."),
    ),
    404: (
        N_("This page does not exist"),
        N_("Perhaps the address was copied incompletely, or the page has moved. The start page leads on."),
    ),
    405: (N_("This page does not exist"), N_("Please use the links and buttons of the site.")),
    409: (
        N_("Somebody was quicker"),
        N_("What this belongs to has just been removed or joined with another entry. Nothing was stored."),
    ),
    413: (N_("That is too large"), N_("Please send a smaller file or a shorter text. Nothing was stored.")),
    429: (N_("That was very often"), N_("Please wait a few minutes and try again.")),
    503: (
        N_("We cannot store anything just now"),
        N_("Nothing of what you typed has been stored. Please try again in a few minutes."),
    ),
    500: (
        N_("Something went wrong here"),
        N_("It is our fault, not yours, and nothing was stored. If it happens again, please tell us the reference."),
    ),
}


class ErrorPage(Response[Any]):
    """Litestar's exception handlers cannot wait, but our frame has to be read: so the page is made while it is sent."""

    def __init__(self, status: int, **words: str) -> None:
        super().__init__(None, status_code=status)
        self.words = words

    def to_asgi_response(self, app: Any, request: Request[Any, Any, Any], **options: Any) -> Any:
        async def answer(scope: Any, receive: Any, send: Any) -> None:
            made = await error_page(request, self.status_code or 500, **self.words)
            await made.to_asgi_response(app=app, request=request, **options)(scope, receive, send)

        return answer


def answer_http(request: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    """Who is not signed in is led to the door; what one may not know of is a 404 (the guards say which)."""
    if isinstance(error, NotAuthorizedException):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        onward = quote(asked if len(asked) <= LONGEST_ONWARD else request.url.path) if request.method == "GET" else ""
        return see_other(f"/sign-in?onward={onward}")
    return ErrorPage(error.status_code)


def answer_refused(request: Request[Any, Any, Any], error: Refused) -> Response[Any]:
    """The domain said no outside a form: the page on which the button was pressed says so, when it is one of ours."""
    if request.method == "POST" and (path := page_before(request)):
        return see_other(path, error.words, warning=True)
    return ErrorPage(422, title=_("That is not possible"), text=error.words)


def page_before(request: Request[Any, Any, Any]) -> str:
    """The path of the page that a form stood on; "" when the browser does not say, or it was another site."""
    before = urlsplit(request.headers.get("referer", ""))
    ours = {request.headers.get("host"), urlsplit(settings().base_url).netloc}  # a proxy may change the former
    if not before.netloc or before.netloc not in ours:
        return ""
    return "/" + before.path.lstrip("/\\")  # "//name" would be another site


def answer_fault(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """A bug or a broken machine: log it under the reference that every error page shows."""
    if is_disk_full(error) or is_unreachable(error):
        log.error("the database is not available: %s", error)
        return ErrorPage(503)
    route = request.scope.get("path_template") or ""  # never the path itself: it may hold somebody's key
    log.error("%s %s failed", request.method, route, exc_info=error)
    return ErrorPage(409 if is_orphan(error) else 500)


async def error_page(request: Request[Any, Any, Any], status: int, title: str = "", text: str = "") -> Response[Any]:
    words = WORDS.get(status) or WORDS[500 if status >= 500 else 400]  # noqa: PLR2004
    reference = reference_of(request.scope)
    title, text = title or _(words[0]), text or _(words[1])
    try:
        return await page(request, "errors/error", status, title=title, text=text, reference=reference)
    except Exception as error:
        if not is_unreachable(error):
            log.exception("the frame could not be shown")
        html = bare_page(title, text, reference)
        headers = {"cache-control": "no-store"}
        return Response(html, status_code=status, media_type=MediaType.HTML, headers=headers)


def bare_page(title: str, text: str, reference: str) -> str:
    """Without anything that the database would have to be asked for."""
    template = environment(locale()).get_template("errors/bare.html")
    return template.render(title=title, text=text, reference=reference, locale=locale())


async def sorry(scope: Scope, receive: Any, send: Any) -> None:
    """The answer when something broke outside of the site, where neither routes nor frames are."""
    del receive
    with speaking(language_of(scope["path"])):
        await answer_bare(scope, send, 500, *map(_, WORDS[500]))


async def answer_bare(scope: Scope, send: Any, status: int, title: str, text: str) -> None:
    kinds = [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": kinds})
    await send({"type": "http.response.body", "body": bare_page(title, text, reference_of(scope)).encode()})


HANDLERS: dict[Any, Any] = {HTTPException: answer_http, Refused: answer_refused, Exception: answer_fault}
