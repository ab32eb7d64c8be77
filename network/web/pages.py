"""Answering with a page: templates, what every frame shows, notices, redirects and downloads."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from functools import cache, partial
from typing import Any
from urllib.parse import quote, unquote

from litestar import Request, Response
from litestar.enums import MediaType
from litestar.response import Redirect, Stream
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY
from litestar.utils.scope.state import ScopeState
from markupsafe import Markup

from network import i18n
from network.settings import settings
from network.templating import Speaking
from network.web.addresses import in_english, link, url
from network.web.assets import asset
from network.web.fields import FIELDS
from network.web.filters import FILTERS
from network.web.parted import parted

NOTICE = "notice"
WARNING = "!"  # before the words of a notice; in the words themselves it is quoted
PUBLIC = "public, max-age=0, must-revalidate"

Frame = Callable[[Request[Any, Any, Any]], Awaitable[dict[str, Any]]]


@cache
def environment(language: str) -> Speaking:
    env = Speaking(language, autoescape=True, extensions=["jinja2.ext.do"])
    env.globals |= {"url": url, "link": link, "asset": asset, "today": i18n.local} | FIELDS
    env.filters |= FILTERS
    return env


async def page(
    request: Request[Any, Any, Any], template: str, status: int = 200, *, cached: bool = False, **context: Any
) -> Response[str]:
    """The page `templates/<template>.html` in the reader's language. `cached` only where nothing in it is personal.

    With `as_of` (web.asof) in its context the page may be that of another day: it is made for whoever asks, never kept.
    """
    values = await frame(request) | context
    shown = values["as_of"]
    cached = cached and not (shown and (shown.other or shown.wrong))
    status = HTTP_422_UNPROCESSABLE_ENTITY if shown and shown.wrong and status == HTTP_200_OK else status
    html = environment(i18n.locale()).get_template(f"{template}.html").render(values)
    headers = {"cache-control": keeping(cached=cached, signed_in=values["viewer"].signed_in)}
    response = Response(html, status_code=status, media_type=MediaType.HTML, headers=headers)
    if values["notice"]:
        response.delete_cookie(NOTICE)
    return response


def keeping(*, cached: bool, signed_in: bool) -> str:
    """Visitors may go back to a form they have sent, with all they typed; what the office saw goes with its session."""
    if signed_in:
        return "no-store"
    return PUBLIC if cached else "private, no-cache"


def part(template: str, **values: Any) -> Markup:
    """A piece of a page from `templates/<template>.html`, without the frame."""
    return Markup(environment(i18n.locale()).get_template(f"{template}.html").render(values))  # noqa: S704  escaped by its template


async def frame(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """What the frame of every page needs: the slices hand up their part through `app.state.frames`."""
    said = request.cookies.get(NOTICE, "")
    values: dict[str, Any] = {
        "request": request,
        "path": request.url.path,
        "locale": i18n.locale(),
        "viewer": request.scope.get("user"),
        "notice": unquote(said.removeprefix(WARNING)),
        "notice_kind": "warn" if said.startswith(WARNING) else "",
        "csrf_input": csrf_input(request),
        "other_language_url": other_language(request),
        "demo": settings().demo,
        "form": None,
        "as_of": None,
        "said_above": getattr(request.state, "standing", ""),  # what stands above all pages of a thing
        "standing_page": getattr(request.state, "standing_page", ""),
        "parted": partial(parted, request),
    }
    for part in request.app.state.frames:
        values |= await part(request)
    return values


def csrf_input(request: Request[Any, Any, Any]) -> Markup:
    token = ScopeState.from_scope(request.scope).csrf_token
    token = token if isinstance(token, str) else ""
    return Markup('<input type="hidden" name="_csrf_token" value="{}">').format(token)


def other_language(request: Request[Any, Any, Any]) -> str:
    path = "/" + request.url.path.lstrip("/")  # "//name" would be another site
    if request.url.query:
        path += f"?{request.url.query}"
    return in_english(path) if i18n.locale() == "de" else path


def see_other(path: str, notice: str = "", *, warning: bool = False) -> Redirect:
    """303 to a page in the same language, with a sentence that this page shows once."""
    response = Redirect(path if path.startswith("/en") else url(path), status_code=303)
    if notice:
        words = (WARNING if warning else "") + quote(notice, safe="")
        response.set_cookie(NOTICE, words, max_age=60, httponly=True, samesite="lax", secure=settings().secure)
    return response


def download(content: bytes, media_type: str, name: str) -> Response[bytes]:
    """A file to keep."""
    return Response(content, media_type=media_type, headers=to_keep(name))


async def stream(portions: AsyncIterator[bytes], media_type: str, name: str) -> Stream:
    """A file that is sent while it is made. Its first portion is made before: what fails then is still a page."""
    first = await anext(portions, b"")

    async def told() -> AsyncIterator[bytes]:
        yield first
        async for portion in portions:
            yield portion

    return Stream(told(), media_type=media_type, headers=to_keep(name))


def to_keep(name: str) -> dict[str, str]:
    """The headers of a file to keep; its name may have umlauts (RFC 6266)."""
    plain = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "")
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return {"content-disposition": disposition, "cache-control": "no-store", "x-content-type-options": "nosniff"}


def number_of(request: Request[Any, Any, Any]) -> int:
    """The page of a list that the address asks for (?page=2); nonsense is the first."""
    asked = request.query_params.get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) < 7 else 1  # noqa: PLR2004  no list is that long


def numbered(items: Sequence[Any], number: int, size: int = 25) -> dict[str, Any]:
    """One page of a list that is in memory already, with what the pager needs."""
    pages = max(1, -(-len(items) // size))
    number = min(max(1, number), pages)
    return {"items": items[(number - 1) * size : number * size], "page": number, "pages": pages, "count": len(items)}
