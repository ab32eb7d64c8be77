"""Elections stand in the resolution book like motions do: with number, arithmetic and links."""

import pytest

from network.assembly import ballot, beside, candidate, election
from network.assembly.tables.meeting import Assembly
from network.assembly.verdict import Counted
from network.errors import Refused
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from network.resolutions.arithmetic import count_of
from network.resolutions.book import number_of
from network.resolutions.counts import addition_words
from network.resolutions.tables import Resolution
from tests.assembly.day import under_way
from tests.assembly.test_election import prepared, stand, voted
from tests.members.make import the_ten

OFFICE = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, "")}))


@pytest.fixture
async def ten(association):
    return await the_ten()


@pytest.fixture
async def opened(ten):
    async with under_way(ten, run_off=True, relative=True, lot=True) as row:
        yield row


async def book() -> list[Resolution]:
    return await Resolution.objects().order_by(Resolution.id)


async def test_a_ballot_that_elects_gets_the_next_number_with_its_arithmetic(opened):
    of = await prepared(opened, "Ada", "Ben", "Cem")
    first, second, third = (one.reference for one in await stand(of))

    await voted(opened, of, "one_vote", await stand(of), Counted({first: 6, second: 5, third: 2}, abstain=2, invalid=1))
    assert await book() == []
    two = [one for one in await stand(of) if one.name != "Cem"]
    await voted(opened, of, "run_off", two, Counted({first: 8, second: 6}, abstain=1, not_cast=1))

    [entered] = await book()
    assert (number_of(entered), entered.title, entered.outcome) == ("MV 2027-1", "Wahl: Vorsitz", "adopted")
    assert entered.wording.split("\n") == [
        "Gewählt im 2. Wahlgang: Ada.",
        "14 gültige Stimmen (daneben 1 Enthaltung, 0 ungültige und 1 nicht abgegebene), nötig 8. Gewählt: Ada.",
    ]
    assert addition_words(count_of(entered)) == ("8 Ja + 6 Nein + 1 Enthaltung + 0 ungültig + 1 nicht abgegeben = 16")
    assert entered.represented == 16
    [card] = await beside.beside(OFFICE, entered.reference)
    assert (card.values["of"].id, card.values["item"].id) == (of.id, of.item)


async def test_an_election_closed_without_anybody_elected_stands_there_too(opened):
    of = await prepared(opened, "Ada")
    await voted(opened, of, "yes_no", await stand(of), Counted(yes=6, no=6, abstain=4))

    await election.close(opened, of, actor="")

    [entered] = await book()
    assert (entered.outcome, entered.yes, entered.no, entered.abstain) == ("rejected", 6, 6, 4)
    assert entered.wording.startswith("Niemand wurde gewählt.\n6 Ja, 6 Nein: Gleichstand ist keine Mehrheit.")


async def test_what_the_lot_decided_stands_there_with_who_drew_it(opened):
    of = await prepared(opened, "Ada", "Ben")
    first, second = (one.reference for one in await stand(of))
    await voted(opened, of, "relative", await stand(of), Counted({first: 8, second: 8}))
    assert (await ballot.last_round(of)).outcome == "tie"

    await ballot.draw(opened, of, (await stand(of))[0], by="Gisbert Ohm", actor="")

    [entered] = await book()
    assert "Gisbert Ohm" in entered.wording
    assert entered.represented == 0


async def test_a_rehearsed_election_does_not_stand_in_the_book(opened):
    await Assembly.update({Assembly.rehearsal_of: opened.id}).where(Assembly.id == opened.id)
    of = await prepared(opened, "Ada")

    await voted(opened, of, "yes_no", await stand(of), Counted(yes=9, no=7))

    assert await book() == []


async def test_who_has_not_agreed_is_on_no_ballot_and_in_no_book(opened):
    of = await prepared(opened, "Ada", agreed=False)

    with pytest.raises(Refused):
        await ballot.begin(opened, of, "yes_no", await candidate.candidates_of(of), actor="")

    assert await book() == []
