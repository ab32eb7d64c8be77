"""Many at once: only PostgreSQL lets them really run side by side."""

from asyncio import gather
from datetime import date

import pytest

from network.board import leaving, ledger, term
from network.board.tables import Seat, Term
from network.errors import Refused
from tests.board.make import CHAIR, ELECTED, FIRST, on, rules, somebody, the_seat, three

pytestmark = pytest.mark.postgres


async def test_of_many_who_are_entered_for_one_seat_at_the_same_moment_one_has_it():
    await rules()
    seat = await the_seat(CHAIR)
    people = [await somebody(f"Gast {number}") for number in range(8)]
    with on(ELECTED):
        answers = await gather(
            *(term.take_office(seat, one, accepted_on=ELECTED) for one in people), return_exceptions=True
        )

    assert [type(one) for one in answers if not isinstance(one, Term)] == [Refused] * 7
    assert len((await ledger.read()).board(ELECTED).holders) == 1


async def test_one_person_gets_one_seat_from_two_elections_at_the_same_moment():
    await rules()
    chair, deputy, nele = await the_seat(CHAIR), await the_seat(FIRST), await somebody("Nele Abendroth")
    with on(ELECTED):
        answers = await gather(
            *(term.take_office(seat, nele, accepted_on=ELECTED) for seat in (chair, deputy)), return_exceptions=True
        )

    assert sorted(type(one).__name__ for one in answers) == ["Refused", "Term"]


async def test_a_resignation_that_comes_in_twice_is_one():
    await rules()
    terms, day = await three(), date(2027, 11, 3)
    with on(day):
        answers = await gather(
            *(leaving.resign(terms["Tarek"].reference, received_on=day, effective_on=day) for _twice in range(4)),
            return_exceptions=True,
        )

    assert sum(isinstance(one, Refused) for one in answers) == 3


async def test_seats_are_written_down_once():
    await rules()

    rows = await gather(*(the_seat(FIRST) for _number in range(8)))

    assert len({row.reference for row in rows}) == 1
    assert await Seat.count() == 1
