"""The board of today: who holds which seat, who acts for the association, what ends, and what is to be seen to."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.board import appointment, duty, exporting, handed, ledger, radar, representation
from network.board.ledger import Board
from network.board.rules import may_edit
from network.i18n import _, ngettext
from network.people.viewer import board_room, office, viewer_of
from network.web.pages import page, see_other
from network.web.sheets import sheet

Req = Request[Any, Any, Any]
PLACE = "/office/board"


@get(PLACE, guards=[board_room])
async def board_page(request: Req) -> Response[Any]:
    viewer, today, book = await viewer_of(request), clock.today(), await ledger.read()
    board, appointed = book.board(today), await appointment.every()
    return await page(
        request,
        "board/office_board",
        title=matter(board) if book.terms else _("The board"),
        day=today,
        board=board,
        book=book,
        acting=representation.of_board(board),
        lost=representation.lost_ahead(book, board),
        ends=handed.ends(book, today),
        changes=await duty.changes(book) if viewer.is_office else [],
        duty_words=duty.words,
        appointed=[one for one in appointed if one.runs(today) or one.row.since > today],
        appointed_before=[one for one in appointed if one.row.until and one.row.until < today],
        radar=radar.drawn(book, appointed, today),
        standings=exporting.STANDINGS,
        may_edit=may_edit(viewer),
    )


def matter(board: Board) -> str:
    """What is the matter, in a sentence."""
    if not board.holders:
        return _("There is no board")
    if board.held_over:
        return _("In office beyond the term")
    if board.vacant:
        return ngettext("One seat is vacant", "%(num)s seats are vacant", len(board.vacant))
    return ngettext("The one seat is filled", "All %(num)s seats are filled", board.seats)


@get(f"{PLACE}/terms/as/{{kind:str}}", guards=[board_room])
async def term_sheet(kind: FromPath[str]) -> Response[bytes]:
    if kind not in ("xlsx", "csv"):
        raise NotFoundException
    book = await ledger.read()
    return await sheet(kind, _("Board"), exporting.columns(), exporting.lines(book, clock.today()))


@post(f"{PLACE}/duties/{{reference:str}}/done", guards=[office])
async def done(request: Req, reference: FromPath[str]) -> Response[Any]:
    return await ticked(request, reference, done=True)


@post(f"{PLACE}/duties/{{reference:str}}/open", guards=[office])
async def open_again(request: Req, reference: FromPath[str]) -> Response[Any]:
    return await ticked(request, reference, done=False)


async def ticked(request: Req, reference: str, *, done: bool) -> Response[Any]:
    row = await duty.by_reference(reference)
    if row is None:
        raise NotFoundException
    await duty.tick(row, done=done, actor=(await viewer_of(request)).reference)
    term = (await ledger.read()).by_id(row.term)
    return see_other(f"{PLACE}/terms/{term.reference}")


handlers = [board_page, term_sheet, done, open_again]
