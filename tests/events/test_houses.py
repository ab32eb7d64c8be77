"""Whoever comes to an event names an organisation: it is one of the directory's, and becomes a member as it stands."""

from asyncio import gather
from datetime import date

import httpx
import pytest
from bs4 import BeautifulSoup

from network import clock
from network.events import checkin, houses
from network.events.tables import Registration
from network.members import directory, membership, merging, organisation, parting
from network.members.selection import Selection
from network.members.tables import Membership, Organisation
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests.browser import submit
from tests.events.make import forum, sign_up


def words(answer: httpx.Response) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").select_one("main").get_text(" ").split())


async def desk(client: httpx.AsyncClient) -> None:
    mira = await person.enter("Mira Quandt", "mira.quandt@example.org")
    await roles.grant(mira, RoleKind.OFFICE)
    client.cookies.set(COOKIE, await sign_in.begin_session(mira))


async def others() -> list[str]:
    return [row.name for row in await directory.listed(Selection(standing="others"))]


async def test_an_organisation_that_only_comes_to_a_forum_is_one_of_the_directory(association):
    event = await forum()

    for name in ("Werkbank Nord gGmbH", "WERKBANK NORD GmbH", "Kompass e. V."):
        await sign_up(event, f"Jemand {name}", organisation=name)

    assert await others() == ["Kompass e. V.", "Werkbank Nord gGmbH"]
    assert (await directory.counts()).members == 0


@pytest.mark.parametrize("name", ["privat", "–", "Keine", "12345", "freiberuflich"])
async def test_words_that_name_nobody_are_no_organisation(association, name):
    await sign_up(await forum(), "Ada", organisation=name)

    assert await others() == []
    assert (await Registration.objects().first()).organisation is None


async def test_who_comes_in_at_the_door_names_one_as_well(association):
    event = await forum(starts_at=clock.ahead(minutes=5), deadline=clock.ahead(minutes=4))

    await checkin.walk_in(event.id, "Ada", "Werkbank Nord gGmbH", actor="")

    assert await others() == ["Werkbank Nord gGmbH"]
    assert (await Registration.objects().first()).organisation == (await organisation.known("werkbank nord")).id


async def test_registrations_from_before_get_their_organisation_by_the_daily_job(association):
    event = await forum()
    for name in ("Werkbank Nord gGmbH", "privat"):
        await sign_up(event, f"Jemand {name}", organisation=name)
    await Registration.update({Registration.organisation: None}, force=True)
    await Organisation.delete(force=True)

    await houses.enter_all()
    await houses.enter_all()

    assert await others() == ["Werkbank Nord gGmbH"]
    linked = {row.organisation_name: bool(row.organisation) for row in await Registration.objects()}
    assert linked == {"Werkbank Nord gGmbH": True, "privat": False}


async def test_its_page_tells_at_which_events_it_was_and_with_one_day_it_is_a_member(client, association):
    past = await forum(title_de="1. Austauschforum")
    await sign_up(past, "Ada", "Bo", organisation="Werkbank Nord gGmbH")
    await desk(client)
    row = await organisation.known("werkbank nord")
    found = await client.get("/office/members?standing=others&q=werkbank")
    page = await client.get(f"/office/members/{row.reference}")
    taking = BeautifulSoup(page.text, "html.parser").select_one(".pagehead a.button")["href"]

    answer = await submit(client, taking, number="M11", since="1.1.2027")

    assert f"/office/members/{row.reference}" in found.text
    assert "1. Austauschforum" in words(page)
    assert "2 Personen sind angemeldet" in words(page)
    assert answer.status_code == 303
    assert await Organisation.count() == 1
    assert [(one.number, one.since) for one in await membership.history(row)] == [("M11", date(2027, 1, 1))]
    assert {one.organisation for one in await Registration.objects()} == {row.id}


async def test_an_event_that_was_cancelled_and_guests_who_cancelled_are_not_told(association):
    event = await forum()
    await sign_up(event, "Ada", organisation="Werkbank Nord gGmbH")
    row = await organisation.known("werkbank nord")
    before = [(one.people, one.counted) for one in await houses.of(row)]

    await type(event).update({type(event).cancelled_at: clock.now()}).where(type(event).id == event.id)

    assert (before, await houses.of(row)) == ([(1, False)], [])


async def test_who_types_the_name_of_an_entry_that_was_joined_means_the_one_that_stayed(association):
    kept, gone = await organisation.enter("Neckarbogen gGmbH"), await organisation.enter("NRA Mannheim")
    row = await merging.merge("organisation", kept, gone)
    event = await forum()
    await sign_up(event, "Ada", organisation="NRA Mannheim e. V.")
    meant = (await Registration.objects().first()).organisation
    await parting.undo(row)

    assert meant == kept.id
    assert (await organisation.known("nra mannheim")).reference == gone.reference


@pytest.mark.postgres
async def test_the_same_new_organisation_named_at_two_events_at_the_same_moment_is_entered_once(association):
    events = [await forum() for _number in range(4)]

    await gather(*(sign_up(event, "Ada", organisation="Werkbank Nord gGmbH") for event in events))

    assert await others() == ["Werkbank Nord gGmbH"]
    assert await Membership.count() == 0
