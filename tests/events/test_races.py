"""Many at once: only PostgreSQL lets them really run side by side."""

from asyncio import gather

import pytest

from mailing.tables import Letter
from network.errors import Refused
from network.events import editing, registration, waitlist
from network.events.counts import counts_of
from network.events.registration import By
from tests.events.make import forum, people, sign_up, states

pytestmark = pytest.mark.postgres


async def test_a_hundred_rivals_for_ten_seats_get_exactly_ten(association):
    event = await forum(seats=10)

    await gather(*(sign_up(event, f"Person {number}", organisation=f"Org {number}") for number in range(100)))

    counts = await counts_of(event)
    assert (counts.taken, counts.waiting, counts.organisations) == (10, 90, 10)
    assert await states(event) == "s" * 10 + "w" * 90  # nobody overtook
    assert await Letter.count().where(Letter.calendar_method == "REQUEST") == 10


async def test_without_a_waiting_list_ninety_of_a_hundred_are_refused(association):
    event = await forum(seats=10, waiting_list=False)

    answers = await gather(*(sign_up(event, f"Person {number}") for number in range(100)), return_exceptions=True)

    assert sum(isinstance(answer, Refused) for answer in answers) == 90
    assert await states(event) == "s" * 10


async def test_cancelling_while_others_join_the_queue_leaves_no_seat_idle(association):
    event = await forum(seats=20)
    await gather(*(sign_up(event, f"Gast {number}") for number in range(20)))
    seated = await people(event)

    await gather(
        *(registration.cancel(event.id, [person.reference], by=By.SELF) for person in seated[:15]),
        *(sign_up(event, f"Neu {number}") for number in range(10)),
        *(sign_up(event, f"Paar {number}", f"Paarung {number}", together=True) for number in range(10)),
    )

    counts, free = await counts_of(event), event.seats - (await counts_of(event)).taken
    assert counts.taken + counts.waiting == 35
    assert free >= 0
    assert [entry.size for entry in await waitlist.queue(event) if entry.size <= free] == []


async def test_the_same_person_cancelled_by_many_is_cancelled_once(association):
    event = await forum(seats=1)
    await sign_up(event, "A One")
    await sign_up(event, "B One")
    key = (await people(event))[0].key

    await gather(*(registration.attendee_cannot_come(key) for _n in range(20)))

    assert await states(event) == "cs"
    assert await Letter.count().where(Letter.template == "events/attendee_cancelled") == 1


async def test_seats_removed_while_people_register_are_never_oversold(association):
    event = await forum(seats=30)

    await gather(
        *(sign_up(event, f"Person {number}") for number in range(40)),
        *(editing.edit(event.id, actor="", seats=seats) for seats in (25, 20, 15, 35)),
        return_exceptions=True,
    )

    fresh = await type(event).objects().get(type(event).id == event.id)
    assert (await counts_of(event)).taken == fresh.seats
