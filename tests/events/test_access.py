"""What people need: who sees it, when it goes, and that interpreters are ordered in time."""

from datetime import timedelta

import pytest

from network import clock
from network.errors import Refused
from network.events import access, handed, retention
from network.events.registration import Guest, Source
from network.events.tables import AccessNeed, Attendee, Event, Registration
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from tests.browser import submit
from tests.events.make import forum, people, sign_up

TEAM = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, ""), (RoleKind.EVENT_TEAM, "")}))
OFFICE = Viewer(2, "jonas", roles=frozenset({(RoleKind.OFFICE, "")}))


def needing(name, *needs, **facts):
    return Guest(name, f"{name.split()[0].lower()}@example.org", needs=needs, **{"consent": True} | facts)


async def test_totals_count_who_has_a_seat_and_names_are_for_the_team(association):
    event = await forum(seats=3)
    await sign_up(event, guests=[needing("Al A", "dgs"), needing("Bo B", "wheelchair", other_need="Ruheraum")])
    await sign_up(event, guests=[needing("Cy C", "dgs", consent=False)])
    await sign_up(event, guests=[needing("Di D", "dgs")])

    assert await access.needs_summary(event) == {"dgs": 1, "wheelchair": 1, "other": 1}
    assert [row["name"] for row in await access.needs_of(TEAM, event)] == ["Al A", "Bo B"]
    assert await access.needs_of(OFFICE, event) == []


async def test_thirty_days_after_the_event_only_the_totals_stay(association):
    event = await forum()
    await sign_up(event, guests=[needing("Al A", "dgs")])

    with clock.set_to(event.ends_at + timedelta(days=29)):
        await access.forget_needs()
        still = await AccessNeed.count()
    with clock.set_to(event.ends_at + timedelta(days=31)):
        await access.forget_needs()
        await access.forget_needs()

    fresh = await Event.objects().get(Event.id == event.id)
    assert (still, await AccessNeed.count()) == (1, 0)
    assert await access.needs_summary(fresh) == {"dgs": 1}


async def test_the_team_is_reminded_to_order_interpreters_until_it_has(association):
    event = await forum(starts_at=clock.ahead(weeks=8))
    await sign_up(event, guests=[needing("Al A", "dgs")])

    titles = [line.title for line in await handed.due(TEAM, clock.today())]
    for_office = await handed.due(OFFICE, clock.today())
    await access.note_order(TEAM, event)
    ordered = await handed.due(TEAM, clock.today())
    await sign_up(event, guests=[needing("Bo B", "dgs")])

    assert titles == ["2. Austauschforum: Gebärdensprach-Dolmetschen bestellen"]
    assert (for_office, ordered) == ([], [])
    assert len(await handed.due(TEAM, clock.today())) == 1
    with pytest.raises(Refused):
        await access.note_order(OFFICE, event)


async def test_a_queue_and_the_calls_shortly_before_are_due(association):
    event = await forum(seats=1)
    await sign_up(event, "A One")
    await sign_up(event, "B One", "B Two", together=True)
    full = await handed.due(OFFICE, clock.today())

    with clock.set_to(event.starts_at - timedelta(days=1)):
        await Event.update({Event.seats: 3}).where(Event.id == event.id)
        ring = await handed.due(OFFICE, clock.today())

    assert [(line.title, line.state) for line in full] == [
        ("2. Austauschforum: eine Anmeldung auf der Warteliste", "voll")
    ]
    assert "2 Personen, die nur gemeinsam kommen" in full[0].reason
    assert [(line.title, line.state) for line in ring] == [
        ("2. Austauschforum: bitte die Nächsten anrufen", "2 Plätze frei")
    ]
    assert await handed.waiting_for(OFFICE) == 1


async def test_twelve_months_later_names_are_forgotten_and_links_lead_nowhere(client, association):
    event = await forum()
    made = await sign_up(event, "A One", "A Two")
    key = (await people(event))[0].key

    with clock.set_to(event.ends_at + timedelta(days=366)):
        await retention.forget_people()
        await retention.forget_people()
        gone = [await client.get(path) for path in (f"/events/registrations/{made.key}", f"/events/attendees/{key}")]

    assert {(row.name, row.email, row.search) for row in await Attendee.objects()} == {("", "", "")}
    assert (await Registration.objects().first()).organisation_name == "Lebensweg gGmbH"
    assert [page.status_code for page in gone] == [404, 404]


async def test_the_office_registers_after_the_deadline_too(association):
    event = await forum(closed_at=clock.now())

    await sign_up(event, "A One", source=Source.OFFICE)

    assert len(await people(event)) == 1


async def test_consent_is_taken_back_by_the_link_in_ones_letter(client, association):
    event = await forum()
    await sign_up(event, guests=[needing("Al A", "dgs", other_need="Ruheraum")])
    path = f"/events/attendees/{(await people(event))[0].key}"

    shown = await client.get(path)
    answer = await submit(client, path)

    assert "Gebärdensprach-Dolmetschen" in shown.text
    assert answer.status_code == 303
    assert await AccessNeed.count() == 0
    assert "Ruheraum" not in (await client.get(path)).text
    assert (await people(event))[0].state == "seated"
