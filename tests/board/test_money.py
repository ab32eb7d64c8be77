"""Allowances: added up by year and held against the limits that the law had in that year."""

from datetime import date

import pytest
from litestar.datastructures import MultiDict

from network.board import allowance
from network.board.allowance import EXPENSES, FLAT, LIABILITY, TAX_FREE, limit
from network.board.forms.money import AllowanceForm
from network.board.tables import Allowance
from network.errors import Refused
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests.board.make import CHAIR, ELECTED, elected, on, rules, somebody
from tests.browser import submit

DAY = date(2027, 12, 20)


@pytest.mark.parametrize(
    ("year", "tax_free", "liability"),
    [
        (2006, 0, 0),
        (2010, 500, 500),
        (2015, 720, 720),
        (2024, 840, 840),
        (2025, 840, 840),
        (2026, 960, 3300),
        (2030, 960, 3300),
    ],
)
def test_the_limits_are_those_of_the_year(year, tax_free, liability):
    assert (limit(TAX_FREE, year), limit(LIABILITY, year)) == (tax_free * 100, liability * 100)


async def paid(*payments: tuple[str, int, date]) -> None:
    henrike = await somebody("Henrike Vossberg")
    for kind, cents, day in payments:
        await allowance.pay(henrike, kind, paid_on=day, cents=cents)


async def test_sums_of_a_year_are_held_against_both_limits_and_receipts_against_none():
    await rules(board_paid=True)
    with on(DAY):
        await paid((FLAT, 60000, date(2027, 3, 1)), (FLAT, 60000, date(2027, 9, 1)), (EXPENSES, 400000, date(2027, 9, 2)),
                   (FLAT, 84000, date(2026, 9, 1)))  # fmt: skip
    [account] = await allowance.of_year(2027)

    assert (account.flat, account.expenses) == (120000, 400000)
    assert (account.tax_free_left, account.liability_left) == (-24000, 210000)
    with on(DAY):
        assert await allowance.years() == [2027, 2026]


async def test_pay_for_the_work_needs_its_clause_and_receipts_do_not():
    await rules()
    with on(DAY):
        with pytest.raises(Refused) as no:
            await paid((FLAT, 60000, DAY))
        await paid((EXPENSES, 60000, DAY))

    assert no.value.field == "kind"
    assert "§ 27 Abs. 3 BGB" in no.value.words


@pytest.mark.parametrize(("cents", "day", "field"), [(0, DAY, "amount"), (100, date(2027, 12, 21), "paid_on")])
async def test_nonsense_is_refused(cents, day, field):
    await rules(board_paid=True)
    with on(DAY), pytest.raises(Refused) as no:
        await paid((FLAT, cents, day))

    assert no.value.field == field


@pytest.mark.parametrize(
    ("typed", "cents"),
    [("960", 96000), ("87,50", 8750), ("87.5", 8750), ("1.250,00 €", 125000), ("1 250", 125000), ("0,07 EUR", 7), ("12,345", None),
     ("-5", None), ("viel", None), ("1.25,00", None), ("", None)],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(typed, cents):
    form = AllowanceForm(MultiDict({"amount": typed}))
    form.validate()

    assert form.amount.data == cents
    assert bool(form.amount.errors) == (cents is None)


async def test_the_office_enters_a_payment_and_takes_it_back(client, association):
    await rules(board_paid=True)
    await elected(CHAIR, "Henrike Vossberg", ELECTED)
    with on(DAY):
        mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
        await roles.grant(mira, RoleKind.OFFICE)
        client.cookies.set(COOKIE, await sign_in.begin_session(mira))
        answer = await submit(client, "/office/board/allowances", amount="1.000", kind="flat", paid_on="1.7.2027")
        page = (await client.get(answer.headers["location"])).text
        [row] = await Allowance.objects()
        gone = await submit(client, answer.headers["location"], form=0)

    assert "40,00\xa0€ über der Grenze" in page
    assert row.cents == 100000
    assert (gone.status_code, await Allowance.count()) == (303, 0)
