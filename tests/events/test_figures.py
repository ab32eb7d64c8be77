"""An event in figures, and in the association's manner of telling them."""

import pytest

from network import clock
from network.events import checkin
from network.events.figures import Figures, figures_of
from network.events.report import about, attendance
from network.events.tables import Attendee
from network.i18n import speaking
from tests.events.make import forum, people, sign_up


async def test_registered_is_not_present_and_an_organisation_counts_once(association, at_sunday):
    event = await forum(seats=4, starts_at=clock.ahead(days=30))
    await sign_up(event, "Ada", "Bo", organisation="Lebensweg gGmbH")
    await sign_up(event, "Cem", organisation="LEBENSWEG g GmbH")
    await sign_up(event, "Dea", organisation="Andere e. V.")
    await sign_up(event, "Eli", organisation="Dritte AG")

    with clock.set_to(event.starts_at):
        for person in (await people(event))[:3]:
            await checkin.tick(event.id, person.reference, actor="mira")
        await checkin.walk_in(event.id, "Fee", "Vierte gGmbH", actor="mira")

    figures = await figures_of(event)
    assert figures == Figures(
        seated=4, waiting=1, cancelled=0, present=4, walk_ins=1, organisations=3, organisations_present=2
    )
    assert (figures.registered, figures.no_shows) == (5, 1)


async def test_an_event_without_people_is_all_zeros(at_sunday):
    assert await figures_of(await forum()) == Figures()
    assert await Attendee.count() == 0


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1"), (19, "19"), (20, "20"), (21, "über 20"), (40, "40"), (63, "über 60"), (99, "über 90")],
)
def test_numbers_are_rounded_from_twenty_on(number, words):
    assert about(number) == words


def test_the_sentence_of_the_first_forum():
    assert attendance(63, 40) == "Über 60 Teilnehmende aus 40 Organisationen"
    assert attendance(12, 5) == "12 Teilnehmende aus 5 Organisationen"
    assert attendance(1, 1) == "Eine Person aus einer Organisation"
    with speaking("en"):
        assert attendance(63, 41) == "Over 60 participants from over 40 organisations"
