"""Where organisations came from and what they belong to, told on both pages."""

import pytest

from network import clock
from network.errors import Refused
from network.i18n import speaking
from network.members import organisation, relation
from network.members.tables import Relation
from tests.members.make import member


async def told(row) -> list[tuple[str, str, bool]]:
    with speaking("de"):
        return [(one.words, one.name, one.mine) for one in await relation.of(row, clock.today())]


async def test_a_known_organisation_is_meant_by_its_name_and_tells_of_it_too():
    child, mother = await member("Training am Fluss gGmbH"), await organisation.enter("Mutterhaus e. V.")

    await relation.enter(child, "spun_off", "MUTTERHAUS", since="198X-early")

    with speaking("de"):
        [here], [there] = await relation.of(child, clock.today()), await relation.of(mother, clock.today())
    assert (here.words, here.name, here.other, here.span) == (
        "Ausgegründet aus", "Mutterhaus e. V.", mother.reference, "seit Anfang der 1980er",
    )  # fmt: skip
    assert (there.words, there.name, there.mine) == ("Ausgründung", "Training am Fluss gGmbH", False)


async def test_who_is_not_known_is_kept_by_name_and_not_entered():
    row = await member("Haus e. V.")

    await relation.enter(row, "predecessor", "Alter Verein", until="2006")
    await relation.enter(row, "parent", "Stiftung Irgendwo")

    assert await told(row) == [("Vorläufer", "Alter Verein", True), ("Gehört zu", "Stiftung Irgendwo", True)]
    assert await organisation.known("alter verein") is None


async def test_itself_the_same_twice_and_an_end_before_the_beginning_are_refused():
    row = await member("Haus e. V.")
    await relation.enter(row, "parent", "Stiftung")

    for kind, name, since, until, field in (
        ("parent", "haus", "", "", "name"),
        ("parent", "Stiftung", "", "", "name"),
        ("predecessor", "Anderes", "2001", "2000", "until"),
    ):
        with pytest.raises(Refused) as no:
            await relation.enter(row, kind, name, since=since, until=until)
        assert no.value.field == field
    assert await Relation.count() == 1


async def test_a_relation_is_removed_where_it_was_entered():
    row, other = await member("Haus e. V."), await member("Anderes e. V.")
    entered = await relation.enter(row, "predecessor", "Anderes e. V.")

    assert await relation.by_reference(other, entered.reference) is None
    await relation.remove(await relation.by_reference(row, entered.reference), row)

    assert await relation.of(other, clock.today()) == []


@pytest.mark.parametrize("kind", ["parent", "predecessor", "spun_off"])
async def test_nobody_is_the_others_parent_and_child(kind):
    one, other = await member("Haus e. V."), await member("Dach e. V.")
    await relation.enter(one, kind, "Dach e. V.")

    with pytest.raises(Refused):
        await relation.enter(other, kind, "Haus e. V.")

    assert await Relation.count() == 1
