"""Twelve months after an event its guests are nowhere any more: not in its list, its letters or the protocol."""

from datetime import timedelta

from mailing import outbox
from mailing.tables import Letter
from network import clock, jobs
from network.events import changes, checkin, editing, registration
from network.events.registration import By
from network.events.tables import Attendee, Event
from network.worker import SCHEDULE, WORK
from tests.browser import send, submit
from tests.conftest import TABLES
from tests.events.make import forum, guest, people, sign_up
from tests.mailing.conftest import sink as sink  # noqa: PLC0414
from tests.office.make import mira

GUESTS = ("Ahlers", "Amsel", "Quast", "Rebhuhn", "Tannhof", "Seegers", "Nowaczek", "23125 017")


async def test_a_year_after_an_event_its_guests_are_nowhere(client, association, sink, at_sunday):
    kassel = await forum(seats=3, starts_at=at_sunday + timedelta(weeks=6))
    await everything_happens(client, kassel)
    with clock.set_to(kassel.ends_at + timedelta(days=364)):
        await every_daily_job()
        before = await still_known()

    with clock.set_to(kassel.ends_at + timedelta(days=366)):
        await every_daily_job()

    assert before == set(GUESTS)
    assert await still_known() == set()
    assert (await Attendee.count(), await Letter.exists()) == (6, True)  # numbers stay


async def test_the_letters_of_an_event_go_with_its_guests_however_late_they_were_sent_again(association, sink):
    kassel = await forum(starts_at=clock.now() + timedelta(weeks=6))
    await sign_up(kassel, "Zita Ahlers")
    await outbox.deliver_due()
    with clock.set_to(kassel.ends_at + timedelta(days=300)):
        await outbox.send_again((await Letter.objects().first()).reference, "mira")
        await outbox.deliver_due()

    with clock.set_to(kassel.ends_at + timedelta(days=366)):
        await every_daily_job()

    assert await still_known() == set()
    assert await Letter.count() == 2


async def test_the_outbox_says_what_is_left_of_a_forgotten_letter(client, association, sink, at_sunday):
    await sign_up(await forum(), "Zita Ahlers")
    await outbox.deliver_due()
    letter = await Letter.objects().first()
    with clock.set_to(at_sunday + timedelta(days=500)):
        await every_daily_job()
        await mira(client)

        listed = await client.get("/office/outbox")
        shown = await client.get(f"/office/outbox/{letter.reference}")
        parts = [
            await client.get(f"/office/outbox/{letter.reference}/{part}") for part in ("page", "source", "calendar")
        ]

    assert letter.subject in listed.text
    assert (shown.status_code, "Vergessen" in shown.text) == (200, True)
    assert "Noch einmal senden" not in shown.text
    assert [part.status_code for part in parts] == [404] * 3


async def everything_happens(client, kassel: Event) -> None:
    """Through the forms and without, so that whatever notes something has something to note."""
    first = await client.get(f"/events/{kassel.slug}/registration")
    typed = {"organisation": "Lebensweg gGmbH", "name": "Zita Ahlers", "email": "zita.ahlers@example.org",
             "phone": "030 23125 017"}  # fmt: skip
    second = await send(client, first, attends="y", number="1", **typed)
    assert (await send(client, second)).status_code == 303
    mine = await sign_up(kassel, "Ove Amsel", "Thea Quast", organisation="Werkbank Nord gGmbH")
    await sign_up(kassel, "Ulla Rebhuhn", organisation="Kompass gGmbH")
    _zita, ove, thea, _ulla = await people(kassel)
    await registration.replace(mine, thea.reference, guest("Juri Tannhof"))
    await registration.cancel(kassel.id, [ove.reference], by=By.REGISTRANT)
    await mira(client)
    called = {"organisation": "Anker gGmbH", "name": "Wanda Seegers", "email": "wanda.seegers@example.org"}
    called |= {"people-0-name": "Yara Nowaczek", "people-0-email": "yara.nowaczek@example.org"}
    entered = await submit(client, f"/office/events/{kassel.reference}/registration", **called)
    assert entered.status_code == 303
    await editing.edit(kassel.id, actor="", venue="Haus am Fluss")
    await outbox.deliver_due()
    with clock.set_to(kassel.starts_at):
        await checkin.tick(kassel.id, (await people(kassel))[0].reference, actor="")
    await changes.cancel_event(kassel.id, "Das Haus ist nicht mehr frei.", actor="")
    await outbox.deliver_due()


async def every_daily_job() -> None:
    for rhythm in SCHEDULE:
        await jobs.enqueue(rhythm.kind, key=f"{rhythm.kind}:{clock.now()}")
    await jobs.run_due(WORK)


async def still_known() -> set[str]:
    """Whose name, a part of an address made from it, or whose number stands anywhere in the database."""
    rows = [repr(row).casefold() for table in TABLES for row in await table.select()]
    return {name for name in GUESTS if any(name.casefold() in row for row in rows)}
