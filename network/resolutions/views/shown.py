"""What both doors show: a page of the book, the book as a file, and one resolution."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response
from litestar.exceptions import NotFoundException

from network import clock
from network.i18n import _, format_day
from network.resolutions import extract, finding
from network.resolutions.arithmetic import is_in_writing, reckoned
from network.resolutions.book import BODIES, KINDS, number_of, outcome_of
from network.resolutions.forms import BookFilter
from network.resolutions.tables import Body, Outcome, Resolution
from network.web.addresses import url
from network.web.pages import number_of as page_asked
from network.web.pages import page
from network.web.sheets import sheet

Req = Request[Any, Any, Any]
SIZE = 25
KEPT = ("q", "body", "year", "kind", "outcome")
MARKS = {Outcome.ADOPTED: "ok", Outcome.REJECTED: "", Outcome.PENDING: "warn"}
WORDS: dict[str, Any] = {
    "bodies": BODIES, "kinds": KINDS, "marks": MARKS, "number_of": number_of, "outcome_of": outcome_of,
}  # fmt: skip


async def choice_of(request: Req, bodies: Sequence[Body]) -> tuple[BookFilter, finding.Choice]:
    form = BookFilter(request.query_params)
    form.offer(bodies, await finding.years(bodies))
    return form, form.choice(bodies)


async def book_page(request: Req, template: str, here: str, bodies: Sequence[Body], **context: Any) -> Response[Any]:
    form, choice = await choice_of(request, bodies)
    count = await finding.count(choice)
    pages = max(1, -(-count // SIZE))
    number = min(max(1, page_asked(request)), pages)
    kept = {name: value for name, value in request.query_params.items() if name in KEPT and value}

    def address(path: str, **other: Any) -> str:
        query = urlencode(kept | other)
        return url(f"{path}?{query}" if query else path)

    rows = await finding.listed(choice, page=number, size=SIZE)
    return await page(
        request,
        template,
        filter=form,
        rows=rows,
        corrected=await finding.corrected_among(rows),
        count=count,
        number=number,
        pages=pages,
        chosen=bool(kept),
        here=here,
        page_url=lambda number: address(here, page=number),
        file_url=lambda kind: address(f"{here}/as/{kind}"),
        **WORDS,
        **context,
    )


async def book_sheet(request: Req, kind: str, bodies: Sequence[Body]) -> Response[bytes]:
    if kind not in ("xlsx", "csv"):
        raise NotFoundException
    _form, choice = await choice_of(request, bodies)
    name = _("Resolution book, %(day)s", day=format_day(clock.today()))
    rows = await finding.listed(choice, size=0)
    return await sheet(kind, name, extract.columns(), extract.lines(rows, await finding.corrected_among(rows)))


async def resolution_page(request: Req, template: str, here: str, row: Resolution, **context: Any) -> Response[Any]:
    return await page(
        request,
        template,
        row=row,
        here=here,
        reckoned=await reckoned(row),
        in_writing=is_in_writing(row),
        replaces=await finding.replaced(row),
        replaced_by=await finding.replaced_by(row),
        corrected=await finding.corrected_among([row]),
        **WORDS,
        **context,
    )
