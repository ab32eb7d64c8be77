"""The board in public: as of today or an earlier day, each term under an address that stays, and the pictures."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.board import appointment, ledger, portrait, representation, words
from network.board.ledger import Standing
from network.members import function
from network.web.asof import as_of
from network.web.guards import anyone
from network.web.pages import page

Req = Request[Any, Any, Any]
SOME_MINUTES = "public, max-age=300"  # withdrawn, it is gone from everywhere soon


@get("/board", guards=[anyone], exclude_from_csrf=True)
async def board_page(request: Req) -> Response[Any]:
    shown, book = as_of(request, latest=clock.today()), await ledger.read()
    board = book.board(shown.day)
    people = {one.person_id for one in board.holders}
    return await page(
        request,
        "board/board",
        cached=True,
        as_of=shown,
        known=any(one.since <= shown.day for one in book.terms),
        board=board,
        acting=representation.of_board(board),
        photos=await portrait.shown_of(people),
        houses=await function.houses_of(people),
        appointed=await appointment.running(shown.day),
        before=[one for one in reversed(by_end(book)) if one.standing(shown.day) == Standing.OVER],
    )


def by_end(book: ledger.Ledger) -> list[ledger.Held]:
    return sorted(book.terms, key=lambda one: (one.last or one.since, one.id))


@get("/board/{reference:str}", guards=[anyone], exclude_from_csrf=True)
async def term_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Goes on telling who held the seat when; what has not begun is not public."""
    book, today = await ledger.read(), clock.today()
    term = book.known(reference)
    if term is None or term.since > today:
        raise NotFoundException
    after = book.follower(term)
    return await page(
        request,
        "board/term",
        cached=True,
        day=today,
        term=term,
        standing=term.standing(today),
        began=words.beginning(term.began_as),
        photo=(await portrait.shown_of([term.person_id])).get(term.person_id),
        house=(await function.houses_of([term.person_id])).get(term.person_id, ""),
        before=book.forerunner(term),
        after=after if after and after.since <= today else None,
        others=[one for one in book.of_person(term.person_id) if one.id != term.id and one.since <= today],
    )


@get("/board/pictures/{reference:str}", guards=[anyone], exclude_from_csrf=True)
async def picture(reference: FromPath[str]) -> Response[bytes]:
    file = await portrait.file_of(reference)
    if file is None:
        raise NotFoundException
    headers = {"cache-control": SOME_MINUTES, "x-content-type-options": "nosniff"}
    return Response(file.content, media_type=file.media_type, headers=headers)


handlers = [board_page, term_page, picture]
