"""The office enters how a term ends, and puts right what was entered wrongly."""

from datetime import date
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from network import clock
from network.board import leaving, ledger, mending, representation
from network.board.forms.terms import CorrectionForm, EndForm, ResignationForm, StrikingForm
from network.board.ledger import Held, Ledger
from network.board.tables import Ending
from network.board.views.terms import known, place
from network.i18n import _, format_day
from network.people.viewer import office, viewer_of
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
HERE = "/office/board/terms/{reference:str}"


@get(f"{HERE}/resignation", guards=[office])
async def resignation_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    book, term = await known(reference)
    form = ResignationForm(received_on=clock.today(), effective_on=clock.today())
    return await page(request, "board/office_resignation", form=form, **what_follows(book, term))


@post(f"{HERE}/resignation", guards=[office])
async def resign(request: Req, reference: FromPath[str]) -> Response[Any]:
    (book, term), form = await known(reference), ResignationForm(await request.form())
    actor = (await viewer_of(request)).reference

    async def deed() -> str:
        received, effective = form.received_on.data, form.effective_on.data
        assert received
        assert effective
        await leaving.resign(
            reference, received_on=received, effective_on=effective, source=form.source.data or "", actor=actor
        )
        return place(reference)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), last_day(form.effective_on.data))
    return await page(request, "board/office_resignation", 422, form=form, **what_follows(book, term))


def last_day(day: date | None) -> str:
    assert day
    return _("The last day in office is %(day)s.", day=format_day(day))


def what_follows(book: Ledger, term: Held) -> dict[str, Any]:
    """Who acts for the association afterwards, and who may fill the seat."""
    today = clock.today()
    board = ledger.without(book, term, today).board(max(today, term.since) + ledger.ONE_DAY)
    return {"term": term, "acting": representation.of_board(board), "bylaws": board.bylaws}


@get(f"{HERE}/end", guards=[office])
async def end_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    book, term = await known(reference)
    return await page(request, "board/office_end", form=EndForm(on=clock.today()), **what_follows(book, term))


@post(f"{HERE}/end", guards=[office])
async def end(request: Req, reference: FromPath[str]) -> Response[Any]:
    (book, term), form = await known(reference), EndForm(await request.form())
    actor, by = (await viewer_of(request)).reference, form.by.data or ""

    async def deed() -> str:
        day, source = form.on.data, form.source.data or ""
        assert day
        if by == Ending.REMOVAL:
            await leaving.remove(reference, decided_on=day, source=source, actor=actor)
        else:
            await leaving.end(reference, on=day, by=by, source=source, actor=actor)
        return place(reference)

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The end is entered."))
    return await page(request, "board/office_end", 422, form=form, **what_follows(book, term))


@get(f"{HERE}/edit", guards=[office])
async def correction_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _book, term = await known(reference)
    form = CorrectionForm(**{name: getattr(term, name) for name in mending.FACTS})
    return await page(request, "board/office_correction", form=form, term=term)


@post(f"{HERE}/edit", guards=[office])
async def correct(request: Req, reference: FromPath[str]) -> Response[Any]:
    (_book, term), form = await known(reference), CorrectionForm(await request.form())
    actor = (await viewer_of(request)).reference
    if form.validate():
        with form.refusals():
            facts = {
                name: "" if value is None and name.endswith("source") else value for name, value in form.values.items()
            }
            reason = str(facts.pop("reason"))
            await mending.correct(reference, reason=reason, actor=actor, **facts)
            return see_other(place(reference), _("The changes are stored."))
    return await page(request, "board/office_correction", 422, form=form, term=term)


@get(f"{HERE}/removal", guards=[office])
async def striking_form(request: Req, reference: FromPath[str]) -> Response[Any]:
    _book, term = await known(reference)
    return await page(request, "board/office_striking", form=StrikingForm(), term=term)


@post(f"{HERE}/removal", guards=[office])
async def strike_out(request: Req, reference: FromPath[str]) -> Response[Any]:
    (_book, term), form = await known(reference), StrikingForm(await request.form())
    if form.validate():
        with form.refusals():
            await mending.strike_out(
                reference, reason=form.reason.data or "", actor=(await viewer_of(request)).reference
            )
            return see_other("/office/board", _("The term of %(name)s has been struck out.", name=term.who))
    return await page(request, "board/office_striking", 422, form=form, term=term)


handlers = [
    resignation_form, resign, end_form, end, correction_form, correct, striking_form, strike_out,
]  # fmt: skip
