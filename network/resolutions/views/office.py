"""The resolution book of all bodies, read by the office and the board."""

from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.files import File
from network.people.viewer import board_room, viewer_of
from network.resolutions import book
from network.resolutions.tables import Body
from network.resolutions.views.shown import Req, book_page, book_sheet, resolution_page
from network.web.beside import cards_beside
from network.web.pages import download

PLACE = "/office/resolutions"


@get(PLACE, guards=[board_room])
async def resolutions_page(request: Req) -> Response[Any]:
    return await book_page(request, "resolutions/office_book", PLACE, [*Body])


@get(f"{PLACE}/as/{{kind:str}}", guards=[board_room])
async def resolutions_sheet(request: Req, kind: FromPath[str]) -> Response[bytes]:
    return await book_sheet(request, kind, [*Body])


@get(f"{PLACE}/{{reference:str}}", guards=[board_room])
async def one_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    """With where it was taken, as the slices above tell it."""
    row = await book.by_reference(reference)
    if row is None:
        raise NotFoundException
    cards = await cards_beside(request, await viewer_of(request), "resolution", row.reference)
    return await resolution_page(
        request, "resolutions/office_resolution", PLACE, row, cards=cards, document=bool(row.document)
    )


@get(f"{PLACE}/{{reference:str}}/document", guards=[board_room])
async def document(reference: FromPath[str]) -> Response[bytes]:
    row = await book.by_reference(reference)
    file = await File.objects().get(File.id == row.document) if row and row.document else None
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


handlers = [resolutions_page, resolutions_sheet, one_page, document]
