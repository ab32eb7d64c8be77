"""A new name or address for a day ahead counts nowhere before its day, and everywhere from then on."""

from datetime import date, time

from network import clock
from network.activity import Activity
from network.assembly import recipients
from network.members import former, moving, organisation, planned, site
from network.members.tables import FormerAddress, FormerName, Organisation, Site
from tests.members.make import a_site, member

DAY, NEXT = date(2027, 10, 1), date(2027, 11, 1)


async def the_row() -> Organisation:
    return await Organisation.objects().first()


async def on_the_day(day: date) -> None:
    """The worker's job, a minute after midnight."""
    with clock.set_to(clock.berlin(day, time(0, 1))):
        await planned.make_true()


async def a_planned_life() -> Organisation:
    anker = await member("Anker", town="Ulm", street="Donauweg 1", postal_code="89073")
    place = await a_site(anker, "Ulm", "89073", street="Donauweg 1")
    elsewhere = {"street": "Saaleweg 2", "postal_code": "07743", "town": "Jena", "land": "TH"}
    await moving.rename(anker, "Steg", on=DAY)
    await moving.move_seat(anker, on=DAY, **elsewhere)
    await moving.move(place, anker, on=DAY, **elsewhere)
    return anker


async def test_until_the_day_the_rows_say_what_counts_today(at_sunday):
    await a_planned_life()

    await planned.make_true()

    row, place = await the_row(), await Site.objects().first()
    assert (row.name, row.street, place.town) == ("Anker", "Donauweg 1", "Ulm")
    assert "anker" in row.search
    then = await former.organisation_on(row, DAY)
    assert (then.name, then.street) == ("Steg", "Saaleweg 2")


async def test_on_the_day_the_rows_say_the_new_once_even_when_the_worker_is_late(at_sunday):
    await a_planned_life()

    for _run in range(2):
        await on_the_day(date(2027, 10, 5))

    row, place = await the_row(), await Site.objects().first()
    assert (row.name, row.street, place.town, place.placed_by) == ("Steg", "Saaleweg 2", "Jena", "postal_code")
    assert [(one.name, one.until) for one in await FormerName.objects()] == [("Anker", date(2027, 9, 30))]
    assert {one.until for one in await FormerAddress.objects()} == {date(2027, 9, 30)}
    assert await Activity.count().where(Activity.verb == "new name or address counts from now on") == 1


async def test_one_change_after_the_other_comes_on_its_day(at_sunday):
    anker = await member("Anker")
    await moving.rename(anker, "Steg", on=DAY)
    await moving.rename(anker, "Lotse", on=NEXT)

    names = []
    for day in (DAY, NEXT):
        await on_the_day(day)
        names.append((await the_row()).name)

    assert names == ["Steg", "Lotse"]
    assert [one.name for one in await former.names_of(anker)] == ["Anker", "Steg"]


async def test_the_last_of_two_planned_names_is_taken_back(at_sunday):
    anker = await member("Anker")
    await moving.rename(anker, "Steg", on=DAY)
    await moving.rename(anker, "Lotse", on=NEXT)

    await moving.take_back(anker, (await former.names_of(anker))[-1])
    one_left = (await former.organisation_on(anker, NEXT)).name
    await moving.take_back(anker, (await former.names_of(anker))[-1])

    assert [one_left, (await the_row()).name, await FormerName.count()] == ["Steg", "Anker", 0]


async def test_a_typing_error_is_put_right_before_the_day(at_sunday):
    anker = await a_planned_life()

    await organisation.change(anker, name="Anker gGmbH", street="Donauweg 11")
    await site.change(await Site.objects().first(), anker, street="Donauweg 12")

    assert (await former.organisation_on(anker, clock.today())).name == "Anker gGmbH"
    assert (await former.organisation_on(anker, DAY)).name == "Steg"
    assert [one.street for one in await former.addresses_of(anker)].count("Saaleweg 2") == 2
    assert "Donauweg 12" in [one.street for one in await former.addresses_of(anker)]


async def test_letters_of_today_go_to_the_address_of_today(at_sunday):
    await a_planned_life()

    before = recipients.envelope(await the_row(), "")
    await on_the_day(DAY)

    assert before == ("Anker", "Donauweg 1", "89073 Ulm")
    assert recipients.envelope(await the_row(), "") == ("Steg", "Saaleweg 2", "07743 Jena")
