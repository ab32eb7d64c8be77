"""Who is a member on which day, with which sites."""

from datetime import date

import pytest

from network.errors import Refused
from network.folding import organisation_key
from network.members import directory, membership, organisation, site
from network.members.selection import Selection
from tests.members.make import a_site, member, the_ten

DAY = date(2027, 9, 5)


async def names(**chosen) -> list[str]:
    return [row.name for row in await directory.listed(Selection(day=DAY, **chosen))]


async def meant(**chosen) -> dict[str, list[str]]:
    """Who is found, each with the towns of the sites that were looked for."""
    selection = Selection(day=DAY, **chosen)
    found = await directory.meant_sites(await directory.listed(selection), selection)
    return {row.name: [site["town"] for site in row.sites] for row in found}


async def test_the_ten_members_have_twenty_three_sites(at_sunday):
    await the_ten()

    counts = await directory.counts()

    assert (counts.members, counts.sites, counts.day) == (10, 23, DAY)
    assert [row.site_count for row in await directory.listed(Selection(day=DAY, sort="number"))] == [
        6, 4, 3, 2, 2, 2, 1, 1, 1, 1,
    ]  # fmt: skip


async def test_counts_follow_the_day(at_sunday):
    await the_ten()

    then = await directory.counts(date(1997, 6, 1))

    assert (then.members, then.sites) == (4, 6)


async def test_whoever_names_no_town_stands_where_the_sites_are(at_sunday):
    """A spreadsheet of sites knows no registered seat."""
    for name, towns in {"Bergwerk": ["Leipzig", "Dresden", "Leipzig"], "Anker": ["Hof"], "Steg": []}.items():
        one = await member(name)
        for town in towns:
            await a_site(one, town, "01067", land="BY" if town == "Hof" else "SN")
    await member("Kai", town="Fulda", land="HE")
    by_town, by_land = [
        await directory.with_sites(await directory.listed(Selection(day=DAY, sort=sort)), DAY)
        for sort in ("town", "land")
    ]

    assert [(row.name, row.places("town")) for row in by_town] == [
        ("Steg", []), ("Bergwerk", ["Dresden", "Leipzig"]), ("Kai", ["Fulda"]), ("Anker", ["Hof"]),
    ]  # fmt: skip
    assert [row.places("land") for row in by_land] == [[], ["BY"], ["HE"], ["SN"]]
    assert directory.in_short(["A", "B", "C", "D"]) == "A, B, C …"


async def test_names_are_found_however_they_are_typed(at_sunday):
    await the_ten()
    await member("Müller Werkstätten gGmbH")

    assert await names(text="MUELLER") == ["Müller Werkstätten gGmbH"]
    assert await names(text="muller werkst") == ["Müller Werkstätten gGmbH"]
    assert await names(text="pleissetal") == ["Pleißetal Bildung und Reha gGmbH"]
    assert await names(text="m07") == ["Ruhrpunkt Training gGmbH"]
    assert await names(text="100%") == []


async def test_a_member_is_found_by_the_town_of_a_site(at_sunday):
    await the_ten()

    assert await meant(text="luebeck") == {"Elbufer Training und Teilhabe gGmbH": ["Lübeck"]}
    assert await meant(text="Elbufer", land="SH") == {"Elbufer Training und Teilhabe gGmbH": ["Kiel", "Lübeck"]}


async def test_names_are_sorted_like_in_a_telephone_book(at_sunday):
    for name in ("Zeta", "Ötztal", "Oper", "Ärztehaus", "Alpha", "straße", "Strasse B"):
        await member(name)

    assert await names() == ["Alpha", "Ärztehaus", "Oper", "Ötztal", "straße", "Strasse B", "Zeta"]


async def test_former_members_and_guests_are_lists_of_their_own(at_sunday):
    gone = await member("Fort e. V.")
    await membership.resign(gone, until=date(2027, 9, 4))
    await organisation.enter("Gast gGmbH")
    await member("Bleibt gGmbH")

    assert await names() == ["Bleibt gGmbH"]
    assert await names(standing="former") == ["Fort e. V."]
    assert await names(standing="others") == ["Gast gGmbH"]
    assert await directory.current_names() == ["Bleibt gGmbH"]


async def test_the_last_day_still_counts(at_sunday):
    row = await member("Bald fort e. V.")
    await membership.resign(row, until=DAY)

    assert (await directory.counts(DAY)).members == 1
    assert (await directory.counts(date(2027, 9, 6))).members == 0


async def test_the_same_name_typed_differently_is_known(at_sunday):
    guest = await organisation.of_visitor("Lebensweg gGmbH")

    again = await organisation.of_visitor("LEBENSWEG g GmbH")
    row = await membership.admit("Lebensweg gemeinnützige GmbH", number="M11", town="Kassel")

    assert (again.id, row.id) == (guest.id, guest.id)
    assert (row.name, row.town) == ("Lebensweg gemeinnützige GmbH", "Kassel")
    assert (await organisation.known(organisation_key("Lebensweg"))).id == guest.id


async def test_a_member_goes_before_a_guest_of_the_same_name(at_sunday):
    await organisation.enter("Weg gGmbH")
    real = await member("Weg e. V.")

    assert (await organisation.known(organisation_key("weg"))).id == real.id


@pytest.mark.parametrize("since", [date(2027, 1, 1), date(2000, 1, 1)])
async def test_memberships_never_overlap(at_sunday, since):
    row = await member("Einmal e. V.", since=date(2001, 1, 1))

    with pytest.raises(Refused):
        await membership.join(row, since=since)


async def test_a_number_belongs_to_one_member(at_sunday):
    await member("Erste e. V.", number="M01")

    with pytest.raises(Refused) as no:
        await membership.admit("Zweite e. V.", number="M01")

    assert no.value.field == "number"
    assert await organisation.known(organisation_key("Zweite")) is None


async def test_who_is_a_member_is_not_taken_in_again(at_sunday):
    await member("Schon da gGmbH")

    with pytest.raises(Refused):
        await membership.admit("SCHON DA GmbH")


async def test_an_end_that_has_not_come_can_be_taken_back(at_sunday):
    row = await member("Bleibt doch e. V.")
    await membership.resign(row, until=date(2028, 12, 31))
    await membership.stay(row)

    assert (await membership.membership_on(row, DAY)).until is None


async def test_a_closed_site_is_counted_until_its_last_day(at_sunday):
    row = await member("Haus e. V.")
    place = await a_site(row, "Kassel", "34117", opened_year=2010)

    with pytest.raises(Refused):
        await site.close(place, row, on=date(2009, 1, 1))
    await site.close(place, row, on=DAY)

    assert (await directory.counts(DAY)).sites == 1
    assert (await directory.counts(date(2027, 9, 6))).sites == 0


@pytest.mark.parametrize("typed", ["m08", "M 08", " m08"])
async def test_a_number_is_the_same_however_it_is_written(at_sunday, typed):
    await member("Erste e. V.", number="M08")

    with pytest.raises(Refused, match="Erste"):
        await membership.admit("Zweite e. V.", number=typed)
