"""What the office is told of its events without asking."""

from datetime import timedelta

from network import clock
from network.events import agenda, report, waitlist
from network.events.registration import Source
from network.events.tables import Event
from network.people.viewer import Viewer
from network.web.pages import part
from tests.events.make import forum, guest, sign_up

OFFICE = Viewer(1, "mira", "Mira", "", frozenset({("office", "")}))
STRANGER = Viewer(2, "fremd", "Fremd", "", frozenset())


def team_of(event):
    return Viewer(3, "tom", "Tom", "", frozenset({("event_team", event.reference)}))


async def told(viewer=OFFICE):
    return [(line.title, line.state, line.action) for line in await agenda.due(viewer, clock.today())]


async def test_today_names_what_comes_what_closes_and_what_is_missing(association, at_sunday):
    near = await forum(title_de="Nah", starts_at=clock.ahead(days=4), deadline=clock.ahead(days=2))
    await sign_up(near, "Ada")
    await forum(title_de="Später", starts_at=clock.ahead(days=10), deadline=clock.ahead(days=2))
    await forum(title_de="Fern")
    await forum(title_de="Geplant", published=False, announced_at=clock.now())
    past = await forum(title_de="Gewesen", starts_at=clock.ago(days=10))
    await forum(title_de="Abgesagt", starts_at=clock.ahead(days=3), cancelled_at=clock.now())

    assert await told() == [
        ("Nah", "in 4 Tagen", "Liste drucken"),
        ("Später: Anmeldeschluss", "offen", "Ansehen"),
        ("Geplant: noch nicht veröffentlicht", "geplant", "Ansehen"),
        ("Gewesen: Der Bericht fehlt", "fehlt", "Bericht schreiben"),
    ]
    assert await told(team_of(near)) == [("Nah", "in 4 Tagen", "Liste drucken")]
    assert await told(STRANGER) == []

    await report.write(past.id, actor="mira", written_on=clock.today(), publish=True, title_de="B", body_de="Gut.")
    late = await forum(title_de="Lange her", starts_at=clock.ago(days=20))
    assert await told(team_of(late)) == []
    assert ("Lange her: Der Bericht fehlt", "überfällig", "Bericht schreiben") in await told()
    with clock.set_to(near.starts_at - timedelta(hours=1)):
        assert await told(team_of(near)) == [("Nah", "heute", "Einlass")]
        assert "Gewesen: Der Bericht fehlt" not in [title for title, _state, _action in await told()]


async def test_a_card_shows_seats_organisations_and_who_waits(association, at_sunday):
    event = await forum(seats=2)
    await sign_up(event, guests=[guest("Ada", needs=("dgs",), consent=True)])
    await sign_up(event, "Bo", "Cem", organisation="Andere")

    (card,) = await agenda.cards(OFFICE)

    html = part(card.template, **card.values)
    assert "2 mit Platz, eine Person wartet, aus 2 Organisationen" in html
    assert "Gebärdensprache: 1" in html
    assert await agenda.cards(STRANGER) == []


async def test_the_search_finds_events_and_people_for_those_who_may(association, at_sunday):
    own, other = await forum(title_de="Fachtag Übergänge"), await forum(title_de="Fachtag Qualität")
    await sign_up(own, "Jörg Weiß")
    await sign_up(other, "Jörg Schön")

    async def hits(viewer, text):
        return [hit.title for hit in await agenda.found(viewer, text)]

    assert sorted(await hits(OFFICE, "fachtag")) == ["Fachtag Qualität", "Fachtag Übergänge"]
    assert sorted(await hits(OFFICE, "joerg")) == ["Jörg Schön", "Jörg Weiß"]
    assert await hits(team_of(own), "joerg") == ["Jörg Weiß"]
    assert await hits(team_of(own), "qualität") == []
    assert await hits(STRANGER, "joerg") == []
    assert await hits(OFFICE, "%") == []
    assert await Event.count() == 2


async def test_an_event_near_that_nobody_comes_to_has_no_list_to_print(association, at_sunday):
    event = await forum(title_de="Nah", starts_at=clock.ahead(days=1), deadline=clock.ahead(hours=10), seats=0)

    (empty,) = await agenda.due(OFFICE, clock.today())
    await sign_up(event, "Ada")
    (waiting,) = await agenda.due(OFFICE, clock.today())
    await Event.update({Event.seats: 1}).where(Event.id == event.id)
    await sign_up(event, "Bo", organisation="Andere", source=Source.OFFICE)
    await waitlist.seat_by_hand(event.id, (await waitlist.queue(event))[0].entry, actor="mira")
    (coming,) = await agenda.due(OFFICE, clock.today())

    assert empty.reason.startswith("Noch ist niemand angemeldet. Die Anmeldung ist bis ")
    assert waiting.reason.startswith("Noch hat niemand einen Platz.")
    assert coming.reason.startswith("Eine Person hat einen Platz. Bitte prüfen und drucken Sie die Liste.")
    assert [line.action for line in (empty, waiting, coming)] == ["Ansehen", "Ansehen", "Liste drucken"]
