"""What members hand up to the office's frame."""

from datetime import date

from network import clock
from network.i18n import speaking
from network.members import handed, importing, membership
from network.people.viewer import VISITOR, Viewer
from tests.members.make import member, the_file, the_ten

OFFICE = Viewer(1, "mira", "Mira Quandt", "mira.quandt@example.org", frozenset({("office", "")}))


async def test_a_file_half_way_in_waits_until_it_is_stored(at_sunday):
    load = await importing.read("mitglieder.csv", the_file())
    with speaking("de"):
        [line] = await handed.due(OFFICE, clock.today())
    waiting = await handed.waiting_for(OFFICE)
    await importing.store(load)

    assert (line.title, line.action) == ("Die Datei mitglieder.csv ist noch nicht übernommen", "Weitermachen")
    [stored] = await handed.due(OFFICE, clock.today())
    assert (waiting, await handed.waiting_for(OFFICE)) == (1, 0)
    assert stored.reason == "Als Ganzes, bis 06.09.2027, 10:00."  # it can be taken back


async def test_a_membership_that_ends_soon_is_due(at_sunday):
    for name, until in (("Bald e. V.", date(2027, 9, 30)), ("Später e. V.", date(2028, 12, 31))):
        await membership.resign(await member(name), until=until)

    assert [(line.day, line.kind) for line in await handed.due(OFFICE, clock.today())] == [(date(2027, 9, 30), "info")]


async def test_the_search_names_members_and_guests(at_sunday):
    await the_ten()

    with speaking("de"):
        hits = await handed.found(OFFICE, "dresden")

    assert [(hit.kind, hit.title, hit.line) for hit in hits] == [
        ("Mitglied", "Pleißetal Bildung und Reha gGmbH", "M05 · Leipzig")
    ]


async def test_the_card_counts_and_an_empty_house_has_none(at_sunday):
    assert await handed.cards(OFFICE) == []
    await the_ten()
    [card] = await handed.cards(OFFICE)

    assert (card.values["counts"].members, card.values["counts"].sites) == (10, 23)


async def test_visitors_are_handed_nothing(at_sunday):
    await importing.read("mitglieder.csv", the_file())

    assert (await handed.waiting_for(VISITOR), await handed.due(VISITOR, clock.today())) == (0, [])
    assert (await handed.found(VISITOR, "x"), await handed.cards(VISITOR)) == ([], [])


async def test_files_are_forgotten_in_time(at_sunday):
    await importing.store(await importing.read("alt.csv", the_file()))
    await importing.read("offen.csv", the_file())

    with clock.set_to(clock.ahead(days=31)):
        await importing.forget_old()
        left = [load.file_name for load in await importing.waiting()]
    with clock.set_to(clock.ahead(days=91)):
        await importing.forget_old()

    assert (left, await importing.waiting()) == (["offen.csv"], [])
