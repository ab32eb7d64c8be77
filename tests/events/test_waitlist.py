"""The queue on the real database."""

import pytest

from mailing.tables import Letter
from network import clock
from network.errors import Refused
from network.events import editing, registration, waitlist
from network.events.registration import By
from network.events.tables import Attendee, Event
from tests.events.make import forum, guest, people, sign_up, states


async def of(event, name):
    return await Attendee.objects().get((Attendee.event == event.id) & (Attendee.name == name))


async def cancel(event, *names):
    references = [(await of(event, name)).reference for name in names]
    return await registration.cancel(event.id, references, by=By.OFFICE)


async def test_a_registration_larger_than_the_room_is_split_unless_they_come_together(association):
    event = await forum(seats=3)

    await sign_up(event, "A One", "A Two")
    await sign_up(event, "B One", "B Two")
    await sign_up(event, "C One", "C Two", together=True)

    assert await states(event) == "sss" + "w" + "ww"


async def test_a_pair_moves_up_only_when_both_fit_and_at_once(association):
    event = await forum(seats=2, smaller_may_pass=False)
    await sign_up(event, "A One", "A Two")
    await sign_up(event, "B One", "B Two", together=True)

    await cancel(event, "A One")
    after_one = await states(event)
    await cancel(event, "A Two")

    assert (after_one, await states(event)) == ("csww", "ccss")


async def test_two_who_cancel_in_one_deed_make_room_for_the_pair_that_is_first(association):
    event = await forum(seats=2)
    await sign_up(event, "A One", "A Two")
    await sign_up(event, "B One", "B Two", together=True)
    await sign_up(event, "C One")

    await cancel(event, "A One", "A Two")

    assert await states(event) == "ccssw"


async def test_somebody_alone_passes_a_pair_that_does_not_fit(association):
    event = await forum(seats=2)
    await sign_up(event, "A One", "A Two")
    await sign_up(event, "B One", "B Two", together=True)
    await sign_up(event, "C One")

    await cancel(event, "A One")

    assert await states(event) == "cswws"


async def test_nobody_passes_where_the_switch_is_off_and_a_newcomer_waits_too(association):
    event = await forum(seats=2, smaller_may_pass=False)
    await sign_up(event, "A One", "A Two")
    await sign_up(event, "B One", "B Two", together=True)
    await cancel(event, "A One")

    await sign_up(event, "C One")

    assert await states(event) == "cswww"


async def test_added_seats_go_to_the_queue_at_once(association):
    event = await forum(seats=1)
    await sign_up(event, "A One")
    await sign_up(event, "B One")
    before = await Letter.count()

    await editing.edit(event.id, actor="", seats=2)

    assert await states(event) == "ss"
    assert await Letter.count() - before == 1


async def test_seats_cannot_become_fewer_than_are_taken(association):
    event = await forum(seats=2)
    await sign_up(event, "A One", "A Two")

    with pytest.raises(Refused):
        await editing.edit(event.id, actor="", seats=1)

    assert (await Event.objects().get(Event.id == event.id)).seats == 2


async def test_shortly_before_a_freed_seat_is_offered_by_telephone(association):
    event = await forum(seats=1)
    await sign_up(event, "A One")
    await sign_up(event, "B One")
    waiting = await of(event, "B One")

    with clock.set_to(event.starts_at - clock.timedelta(days=1)):
        await cancel(event, "A One")
        by_itself = await states(event)
        await waitlist.seat_by_hand(event.id, waiting.entry, actor="")

    assert (by_itself, await states(event)) == ("cw", "cs")


async def test_shortly_before_a_newcomer_gets_a_seat_only_if_nobody_waits(association):
    event = await forum(seats=2)
    await sign_up(event, "A One", "A Two")
    await sign_up(event, "B One")
    open_still = event.starts_at
    await Event.update({Event.deadline: open_still}).where(Event.id == event.id)

    with clock.set_to(event.starts_at - clock.timedelta(days=1)):
        await cancel(event, "A One")
        await sign_up(event, "C One")
        while_somebody_waits = await states(event)
        await cancel(event, "B One")
        await cancel(event, "C One")
        await sign_up(event, "D One")

    assert (while_somebody_waits, await states(event)) == ("csww", "csccs")


async def test_a_seat_by_hand_is_refused_without_room(association):
    event = await forum(seats=1)
    await sign_up(event, "A One")
    await sign_up(event, "B One")

    with pytest.raises(Refused):
        await waitlist.seat_by_hand(event.id, (await of(event, "B One")).entry, actor="")


async def test_who_cancelled_comes_back_only_at_the_end(association):
    event = await forum(seats=1)
    await sign_up(event, "A One")
    await sign_up(event, "B One")
    await sign_up(event, "C One")

    await cancel(event, "A One")
    await sign_up(event, "A One")

    assert await states(event) == "csww"
    assert [waiting.people[0].name for waiting in await waitlist.queue(event)] == ["C One", "A One"]


async def test_ones_place_counts_the_people_before(association):
    event = await forum(seats=0)
    await sign_up(event, "A One", "A Two", together=True)
    await sign_up(event, "B One")

    assert await waitlist.people_before(await of(event, "B One"), event) == 2
    assert await waitlist.people_before(await of(event, "A Two"), event) == 0


async def test_half_of_a_waiting_pair_that_cancels_lets_the_other_half_in(association):
    event = await forum(seats=2)
    await sign_up(event, "A One")
    await sign_up(event, "B One", "B Two", together=True)

    await cancel(event, "B One")

    assert await states(event) == "scs"


async def test_without_a_waiting_list_nobody_waits_and_nothing_is_written(association):
    event = await forum(seats=2, waiting_list=False)
    await sign_up(event, "A One")

    with pytest.raises(Refused):
        await sign_up(event, "B One", "B Two")

    assert len(await people(event)) == 1
    await sign_up(event, guests=[guest("C One")])
    assert await states(event) == "ss"
