"""Letters from the row to the mail server: once, in order, again after trouble, never by surprise."""

import asyncio
from datetime import timedelta

import pytest

from mailing import outbox
from mailing.outbox import Address
from mailing.tables import Letter
from mailing.tray import PAUSES
from network import clock
from network.activity import Activity
from network.database import DB
from network.errors import Refused
from tests.mailing.conftest import surroundings
from tests.smtp_sink import Sink, running

ROBIN = Address("Robin Acker", "robin@example.org")


async def write(sender, to=ROBIN, **options):
    return await outbox.post(
        "people/sign_in_link",
        to,
        sender,
        person={"name": to.name},
        association={"short_name": "BAG BW"},
        minutes=15,
        place="http://localhost:8000/sign-in/abc",
        **options,
    )


async def now_of(letter):
    return await Letter.objects().get(Letter.id == letter.id)


async def test_a_letter_goes_once(sink, sender):
    letter = await write(sender)

    assert await outbox.deliver_due() == 1
    assert await outbox.deliver_due() == 0
    assert sink.counted == {letter.message_id: 1}
    kept = await now_of(letter)
    assert (kept.state, kept.attempts, kept.answer) == ("sent", 1, "250 2.0.0 taken as 1")
    assert (kept.sent_at is not None, kept.leased_until, kept.leased_by) == (True, None, "")


async def test_a_letter_of_a_deed_that_failed_never_goes(sink, sender):
    with pytest.raises(Refused):
        async with DB.transaction():
            await write(sender)
            raise Refused("no")

    assert await outbox.deliver_due() == 0


async def test_a_letter_for_later_waits_for_its_day(sink, sender, at_sunday):
    await write(sender, due_at=at_sunday + timedelta(days=1))

    assert await outbox.deliver_due() == 0
    with clock.set_to(at_sunday + timedelta(days=1, seconds=1)):
        assert await outbox.deliver_due() == 1


async def test_without_a_mail_server_letters_are_held_and_stay_held_when_one_comes(sender):
    letter = await write(sender)
    assert letter.state == "held"
    with pytest.raises(Refused, match="SMTP_URL"):
        await outbox.send_again(letter.reference, "mira")

    async with running() as sink:
        with surroundings(smtp_url=sink.url):
            assert await outbox.deliver_due() == 0
            again = await outbox.send_again(letter.reference, "mira")
            assert await outbox.deliver_due() == 1

    assert again.reference == letter.reference
    assert sink.counted == {letter.message_id: 1}
    assert (await Activity.objects().first()).thing == f"letter:{letter.reference}"


async def test_a_demo_never_writes_to_another_machine(sender):
    with surroundings(demo=True, smtp_url="smtp://mail.example.org"):
        letter = await write(sender)
        assert letter.state == "held"
        assert await outbox.deliver_due() == 0


async def test_a_refused_letter_is_failed_and_keeps_the_answer(sink, sender):
    sink.answers = lambda command, _: "550 5.1.1 no such person" if command == "RCPT" else None
    letter = await write(sender)

    await outbox.deliver_due()

    kept = await now_of(letter)
    assert (kept.state, kept.answer) == ("failed", "550 5.1.1 no such person")
    (trouble,) = await outbox.failing()
    assert (trouble.reference, trouble.to_email, trouble.answer) == (letter.reference, "robin@example.org", kept.answer)


async def test_later_means_eight_attempts_within_two_days(sink, sender, at_sunday):
    sink.answers = lambda command, _: "451 4.7.1 greylisted" if command == "RCPT" else None
    letter = await write(sender)

    tried_at, moment = [], at_sunday
    while (await now_of(letter)).state == "queued":
        moment = (await now_of(letter)).due_at
        with clock.set_to(moment):
            assert await outbox.deliver_due() == 1
            assert await outbox.deliver_due() == 0
        tried_at.append(moment - at_sunday)

    assert len(tried_at) == 8
    assert tried_at[1] == timedelta(minutes=5)
    assert timedelta(days=1) < tried_at[-1] == sum(PAUSES, timedelta()) < timedelta(days=2)
    assert (await now_of(letter)).answer == "451 4.7.1 greylisted"


async def test_greylisting_is_no_trouble_and_ends_well(sink, sender, at_sunday):
    first = iter(["450 4.2.0 try again"])
    sink.answers = lambda command, _: next(first, None) if command == "RCPT" else None
    letter = await write(sender)

    await outbox.deliver_due()
    with clock.set_to(at_sunday + timedelta(minutes=5)):
        await outbox.deliver_due()

    assert ((await now_of(letter)).state, (await now_of(letter)).attempts) == ("sent", 2)
    assert await outbox.failing() == []


async def test_a_break_after_the_last_dot_sends_the_same_message_id_again(sink, sender, at_sunday):
    sink.hang_up_after = lambda command, number: command == "." and number == 1
    letter = await write(sender)

    await outbox.deliver_due()
    assert (await now_of(letter)).state == "queued"
    with clock.set_to(at_sunday + timedelta(minutes=5)):
        await outbox.deliver_due()

    assert sink.counted == {letter.message_id: 2}
    assert sink.taken[0].raw == sink.taken[1].raw


async def test_a_break_before_the_message_was_handed_over_costs_nothing(sink, sender):
    first = iter([True])
    sink.hang_up_after = lambda command, _: command == "MAIL" and next(first, False)
    letter = await write(sender)

    await outbox.deliver_due()

    assert ((await now_of(letter)).state, sink.counted) == ("sent", {letter.message_id: 1})


async def test_a_server_out_of_reach_costs_no_attempt_and_says_why(sink, sender):
    async with running() as other:
        port = other.port
    with surroundings(smtp_url=f"smtp://127.0.0.1:{port}"):
        letter = await write(sender)
        async with outbox.a_courier("worker") as courier:
            await courier.deliver_due()
            assert f"127.0.0.1:{port}" in courier.trouble
    kept = await now_of(letter)
    assert (kept.state, kept.attempts, kept.leased_until) == ("queued", 0, None)
    assert f"127.0.0.1:{port}" in kept.answer
    with clock.set_to(clock.ahead(minutes=31)):
        assert [one.reference for one in await outbox.failing()] == [letter.reference]

    assert await outbox.deliver_due() == 1  # the server is back


async def test_a_server_with_room_for_two_gets_everything_over_two(sender):
    def room(command, _argument):
        return "421 4.7.0 too many connections" if command == "CONNECT" and sink.open_now > 2 else None

    async with running(Sink(answers=room, delay=0.01)) as sink:
        with surroundings(smtp_url=f"{sink.url}?connections=6"):
            for _ in range(20):
                await write(sender)
            await outbox.deliver_due()

    assert len(sink.counted) == 20
    assert set(sink.counted.values()) == {1}


async def test_an_address_that_cannot_be_written_to_fails_in_words_and_holds_nobody_up(sink, sender):
    wrong = await write(sender, Address("Zoë", "zoë@example.org"))
    await write(sender)

    await outbox.deliver_due()

    assert (await now_of(wrong)).state == "failed"
    assert "zoë@example.org" in (await now_of(wrong)).answer
    assert sink.recipients == ["robin@example.org"]


async def test_a_sent_letter_sent_again_is_a_new_letter_with_the_same_words(sink, sender):
    letter = await write(sender)
    await outbox.deliver_due()

    again = await outbox.send_again(letter.reference, "mira")
    await outbox.deliver_due()

    assert again.reference != letter.reference
    assert sink.counted == {letter.message_id: 1, again.message_id: 1}
    first, second = (one.message.get_body(("plain",)).get_content() for one in sink.taken)
    assert first == second


async def test_sending_again_what_is_on_its_way_is_refused(sink, sender):
    letter = await write(sender)

    with pytest.raises(Refused):
        await outbox.send_again(letter.reference, "mira")
    with pytest.raises(Refused):
        await outbox.send_again("no-such-letter", "mira")


async def test_a_withdrawn_letter_stays_and_a_sent_one_cannot_be_withdrawn(sink, sender):
    one, other = await write(sender), await write(sender, Address("Kim", "kim@example.org"))
    await outbox.withdraw(one.reference, "mira")

    await outbox.deliver_due()

    assert sink.recipients == ["kim@example.org"]
    with pytest.raises(Refused):
        await outbox.withdraw(other.reference, "mira")
    assert await outbox.counts() == {"held": 0, "queued": 0, "sent": 1, "failed": 0, "withdrawn": 1}


async def test_the_connections_stay_open_from_one_round_to_the_next(sink, sender):
    async with outbox.a_courier("worker") as courier:
        for _ in range(3):
            await write(sender)
            await courier.deliver_due()

    assert (sink.connections, len(sink.taken), sink.commands.count("QUIT")) == (1, 3, 1)


async def test_a_dead_predecessors_letters_are_taken_over_at_once(sink, sender):
    await write(sender)
    await outbox.claim("embedded", 10)  # and then the process died
    assert await outbox.deliver_due() == 0

    await outbox.LETTERS.release_all_of("embedded")

    assert await outbox.deliver_due() == 1


async def test_a_house_that_closes_lets_what_is_under_way_arrive_and_keeps_the_rest(sender):
    async with running(Sink(delay=0.2)) as sink:
        with surroundings(smtp_url=f"{sink.url}?connections=2"):
            for _ in range(6):
                await write(sender)
            round_ = asyncio.create_task(outbox.deliver_due())
            await asyncio.sleep(0.1)
            round_.cancel()
            with pytest.raises(asyncio.CancelledError):
                await round_
            sent = {one.message_id for one in await Letter.objects().where(Letter.state == "sent")}

            assert set(sink.counted) == sent
            assert await outbox.deliver_due() == 6 - len(sent)

    assert (len(sent), set(sink.counted.values())) == (2, {1})


@pytest.mark.parametrize("workers", [2, 4])
async def test_rival_workers_never_send_a_letter_twice(sink, sender, workers):
    for number in range(60):
        await write(sender, Address("", f"reader{number}@example.org"))

    carried = await asyncio.gather(*(outbox.deliver_due(f"worker-{number}") for number in range(workers)))

    assert sum(carried) == 60
    assert set(sink.counted.values()) == {1}


async def test_a_slow_server_keeps_its_leases(sender):
    async with running(Sink(delay=1.5)) as sink:
        with surroundings(smtp_url=sink.url, lease_seconds=1):
            await write(sender)
            slow = asyncio.create_task(outbox.deliver_due("one"))
            await asyncio.sleep(1.3)
            assert await outbox.deliver_due("other") == 0
            await slow

    assert set(sink.counted.values()) == {1}
