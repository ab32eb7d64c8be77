"""The resolution book: numbers without a gap, nothing changed afterwards."""

import asyncio
from datetime import UTC, datetime

from network import clock
from network.resolutions import book
from network.resolutions.tables import Body, Outcome
from tests.resolutions.make import JUNE, entered


async def test_each_body_counts_by_itself_and_anew_each_year():
    rows = [
        await entered(),
        await entered(),
        await entered(body=Body.BOARD),
        await entered(at=datetime(2028, 1, 3, tzinfo=UTC)),
    ]

    assert [book.number_of(row) for row in rows] == ["MV 2027-1", "MV 2027-2", "VS 2027-1", "MV 2028-1"]


async def test_the_year_is_that_of_berlin():
    row = await entered(at=datetime(2027, 12, 31, 23, 30, tzinfo=UTC))

    assert row.year == 2028


async def test_ten_at_the_same_moment_have_ten_numbers_without_a_gap():
    rows = await asyncio.gather(*(entered(str(number)) for number in range(10)))

    assert sorted(row.number for row in rows) == list(range(1, 11))


async def test_only_what_is_pending_is_settled():
    with clock.set_to(JUNE):
        pending, adopted = await entered(outcome=Outcome.PENDING), await entered()

        await book.settle(pending, Outcome.REJECTED, actor="")
        await book.settle(adopted, Outcome.REJECTED, actor="")

    stored = [await book.by_reference(row.reference) for row in (pending, adopted)]
    assert [row.outcome for row in stored if row] == ["rejected", "adopted"]
