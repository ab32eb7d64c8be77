"""What honorary members of the board were paid in a year, against the two limits."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network import clock
from network.board import allowance, ledger
from network.board.forms.money import AllowanceForm
from network.board.rules import may_edit
from network.i18n import _
from network.people.person import person_by_reference
from network.people.viewer import board_room, office, viewer_of
from network.web.once import once
from network.web.pages import page, see_other

Req = Request[Any, Any, Any]
PLACE = "/office/board/allowances"


@get(PLACE, guards=[board_room])
async def allowances_page(request: Req) -> Response[Any]:
    return await listed(request, await empty_form())


async def empty_form() -> AllowanceForm:
    form = AllowanceForm(paid_on=clock.today())
    await offer(form)
    return form


async def offer(form: AllowanceForm) -> None:
    """Whoever sits or sat on the board unpaid, by name; whoever sits there now first."""
    book, today = await ledger.read(), clock.today()
    unpaid = [one for one in book.terms if one.honorary]
    unpaid.sort(key=lambda one: (not one.holds(today), one.name))
    form.person.choices = {one.person: one.who for one in unpaid}


async def listed(request: Req, form: AllowanceForm, status: int = 200) -> Response[Any]:
    year = year_of(request)
    return await page(
        request,
        "board/office_allowances",
        status,
        form=form,
        year=year,
        years=await allowance.years(),
        accounts=await allowance.of_year(year),
        tax_free=allowance.limit(allowance.TAX_FREE, year),
        liability=allowance.limit(allowance.LIABILITY, year),
        may_edit=may_edit(await viewer_of(request)),
    )


def year_of(request: Req) -> int:
    """Nonsense is this year."""
    asked = request.query_params.get("year", "")
    return int(asked) if asked.isdecimal() and len(asked) == 4 else clock.today().year  # noqa: PLR2004


@post(PLACE, guards=[office])
async def pay(request: Req) -> Response[Any]:
    form, actor = AllowanceForm(await request.form()), (await viewer_of(request)).reference
    await offer(form)

    async def deed() -> str:
        someone, day = await person_by_reference(form.person.data), form.paid_on.data
        assert someone
        assert day
        await allowance.pay(
            someone, form.kind.data, paid_on=day, cents=form.amount.data or 0, note=form.note.data or "", actor=actor
        )
        return f"{PLACE}?year={day.year}"

    if form.validate():
        with form.refusals():
            return see_other(await once(form.form_token.data or "", deed), _("The payment is entered."))
    return await listed(request, form, 422)


@post(f"{PLACE}/{{reference:str}}/removal", guards=[office])
async def remove(request: Req, reference: FromPath[str]) -> Response[Any]:
    row = await allowance.by_reference(reference)
    if row is None:
        raise NotFoundException
    await allowance.remove(row, actor=(await viewer_of(request)).reference)
    return see_other(f"{PLACE}?year={row.paid_on.year}", _("The entry has been removed."))


handlers = [allowances_page, pay, remove]
