"""At the door."""

from datetime import timedelta

import pytest

from network import clock
from network.errors import Refused
from network.events import checkin, registration
from network.events.figures import figures_of
from network.events.registration import By
from network.events.tables import Attendee, Registration
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from tests.browser import submit
from tests.events.make import forum, people, sign_up, states


async def open_house(**facts):
    """An event whose door is open, with Ada and Bo."""
    starts_at = clock.ahead(hours=2)
    event = await forum(starts_at=starts_at, deadline=starts_at, **facts)
    await sign_up(event, "Ada Ärmel", "Bo Lind")
    return event, await people(event)


async def test_ticking_and_undoing_may_be_repeated(association):
    event, (ada, _bo) = await open_house()

    for _ in range(2):
        await checkin.tick(event.id, ada.reference, actor="mira")
    here = await figures_of(event)
    first = (await people(event))[0].present_at
    await checkin.tick(event.id, ada.reference, actor="mira")
    assert (here.present, (await people(event))[0].present_at) == (1, first)

    for _ in range(2):
        await checkin.untick(event.id, ada.reference, actor="mira")
    assert (await figures_of(event)).present == 0
    assert await states(event) == "ss"


async def test_the_door_opens_a_day_before(association):
    event = await forum(starts_at=clock.ahead(days=4))
    await sign_up(event, "Ada")
    (ada,) = await people(event)

    with pytest.raises(Refused, match="einen Tag"):
        await checkin.tick(event.id, ada.reference, actor="mira")
    with clock.set_to(event.starts_at - timedelta(hours=23)):
        assert (await checkin.tick(event.id, ada.reference, actor="mira")).present_at is not None


async def test_somebody_of_another_event_is_not_here(association):
    event, _people = await open_house()
    _other, (stranger, _bo) = await open_house()

    assert await checkin.tick(event.id, stranger.reference, actor="mira") is None
    assert (await figures_of(event)).present == 0


async def test_walk_ins_come_in_until_the_house_is_full_of_people_present(association):
    event, (ada, _bo) = await open_house(seats=2)
    await checkin.walk_in(event.id, "Spontan Gast", "Lebensweg gGmbH", actor="mira")
    await checkin.tick(event.id, ada.reference, actor="mira")

    with pytest.raises(Refused, match="2 Personen sind da"):
        await checkin.walk_in(event.id, "Noch Jemand", "Andere", actor="mira")

    figures = await figures_of(event)
    assert (figures.seated, figures.walk_ins, figures.present, figures.organisations_present) == (2, 1, 2, 1)


async def test_who_waited_comes_in_while_there_is_room_and_goes_back_by_undo(association):
    event, (ada, _bo) = await open_house(seats=2)
    await sign_up(event, "Cem", organisation="Andere")
    cem = (await people(event))[2]

    await checkin.tick(event.id, cem.reference, actor="mira")
    assert await states(event) == "sss"
    await checkin.untick(event.id, cem.reference, actor="mira")
    assert await states(event) == "ssw"
    await checkin.tick(event.id, ada.reference, actor="mira")
    await checkin.tick(event.id, cem.reference, actor="mira")
    assert (await figures_of(event)).walk_ins == 1


async def test_who_had_cancelled_and_comes_all_the_same_counts_as_present(association):
    event, (ada, _bo) = await open_house()
    await registration.cancel(event.id, [ada.reference], by=By.SELF)

    await checkin.tick(event.id, ada.reference, actor="mira")
    assert (await figures_of(event)).present == 1
    await checkin.untick(event.id, ada.reference, actor="mira")
    assert await states(event) == "cs"


async def in_the_team(client, event):
    guide = await person.enter("Tom Tür", "tom@example.org")
    await roles.grant(guide, RoleKind.EVENT_TEAM, of=event.reference)
    client.cookies.set("verbund", await sign_in.begin_session(guide))


async def test_a_telephone_searches_ticks_and_lands_on_the_same_search(client, association):
    event, (_ada, _bo) = await open_house()
    await in_the_team(client, event)
    here = f"/office/events/{event.reference}/check-in"

    found = await client.get(here, params={"text": "aermel"})
    ticked = await submit(client, f"{here}?text=aermel", form=0)
    walked = await submit(client, here, name="Spontan Gast", organisation="Andere")
    again = await client.get(here)

    assert ("Ada Ärmel" in found.text, "Bo Lind" in found.text) == (True, False)
    assert (ticked.status_code, ticked.headers["location"]) == (303, f"{here}?text=aermel")
    assert (await people(event))[0].present_at is not None
    assert (walked.status_code, walked.headers["location"]) == (303, here)
    assert "1 von 2 sind da" in again.text
    assert await Registration.count() == 2


async def test_a_walk_in_without_a_name_is_asked_for_it_and_a_double_click_lets_in_one(client, association):
    event, _people = await open_house()
    await in_the_team(client, event)
    here = f"/office/events/{event.reference}/check-in"

    refused = await submit(client, here, organisation="Andere")
    typed = {"name": "Spontan", "organisation": "Andere", "form_token": "the-same-one-twice-00"}
    await submit(client, here, **typed)
    await submit(client, here, **typed)

    assert (refused.status_code, 'value="Andere"' in refused.text) == (422, True)
    assert await Attendee.count().where(Attendee.walk_in == True) == 1  # noqa: E712


async def test_another_events_team_sees_no_door_here(client, association):
    event, (_ada, _bo) = await open_house()
    other, _people = await open_house()
    await in_the_team(client, other)

    here = f"/office/events/{event.reference}/check-in"
    assert (await client.get(here)).status_code == 404
    assert (await client.get(f"/office/events/{other.reference}/check-in")).status_code == 200
    assert (await people(event))[0].present_at is None
