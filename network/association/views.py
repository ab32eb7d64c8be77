"""What the law asks every site to show, the association's colour and logo, and the office's settings page."""

from typing import Any

from litestar import Request, Response, Router, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.association.colours import stylesheet
from network.association.pages import notice_text
from network.association.profile import profile
from network.association.tables import Association
from network.files import File
from network.web.guards import anyone
from network.web.pages import PUBLIC, page

Req = Request[Any, Any, Any]


@get("/imprint", guards=[anyone], exclude_from_csrf=True)
async def imprint(request: Req) -> Response[Any]:
    return await page(request, "association/imprint", cached=True)


@get("/privacy", guards=[anyone], exclude_from_csrf=True)
async def privacy(request: Req) -> Response[Any]:
    texts = [(place, await notice_text(place)) for place in ("site", "registration", "newsletter")]
    return await page(request, "association/privacy", cached=True, texts=texts)


@get("/accent.css", guards=[anyone], exclude_from_csrf=True)
async def accent() -> Response[str]:
    known = await profile()
    css = stylesheet(known.accent) if known and known.accent else ""
    return Response(css, media_type="text/css", headers={"cache-control": PUBLIC})


@get("/logo/{reference:str}", guards=[anyone], exclude_from_csrf=True)
async def logo(reference: FromPath[str]) -> Response[bytes]:
    shown = await Association.exists().where(Association.logo.reference == reference)
    file = await File.objects().get(File.reference == reference) if shown else None
    if file is None:
        raise NotFoundException
    return Response(file.content, media_type=file.media_type, headers={"cache-control": "public, max-age=31536000"})


router = Router("/", route_handlers=[imprint, privacy, accent, logo], tags=["association"])
