"""Organisations get another name or seat, and sites move, from a day on; the day before everything was as it was."""

from datetime import date

import pytest

from network.errors import Refused
from network.folding import organisation_key
from network.members import directory, former, membership, moving, organisation, site
from network.members.selection import Selection
from network.members.tables import FormerAddress, FormerName, Site
from tests.members.make import a_site, member, the_ten

BEFORE, FIRST = date(2028, 2, 29), date(2028, 3, 1)


async def shown(day: date, **chosen) -> list[tuple[str, str, list[str]]]:
    rows = await directory.with_sites(await directory.listed(Selection(day=day, **chosen)), day)
    return [(row.name, row.town, [one["town"] for one in row.sites]) for row in rows]


async def test_a_site_that_moves_on_the_first_of_march_stands_at_its_old_address_until_then(at_sunday):
    anker = await member("Anker", town="Ulm", land="BW")
    one = await a_site(anker, "Ulm", "89073", street="Donauweg 1", land="BW")

    await moving.move(one, anker, on=FIRST, street="Saaleweg 2", postal_code="07743", town="Jena", land="TH")

    assert await shown(BEFORE) == [("Anker", "Ulm", ["Ulm"])]
    assert await shown(FIRST) == [("Anker", "Ulm", ["Jena"])]
    assert [await shown(BEFORE, text="jena"), await shown(FIRST, text="donauweg")] == [[], []]
    assert len(await shown(BEFORE, text="donauweg")) == len(await shown(FIRST, text="Saaleweg Jena")) == 1
    assert [await shown(BEFORE, land="TH"), await shown(FIRST, land="TH")] == [[], [("Anker", "Ulm", ["Jena"])]]


async def test_a_new_name_is_true_from_its_day_on_and_both_are_found_and_sorted(at_sunday):
    wegweiser = await member("Wegweiser", town="Hof")
    await member("Steg")

    await moving.rename(wegweiser, "Anker", on=FIRST)

    assert [name for name, *_rest in await shown(BEFORE)] == ["Steg", "Wegweiser"]
    assert [name for name, *_rest in await shown(FIRST)] == ["Anker", "Steg"]
    assert [len(await shown(day, text="wegweiser")) for day in (BEFORE, FIRST)] == [1, 0]
    assert len(await shown(BEFORE, text="wegweiser hof")) == 1


async def test_whoever_types_the_former_name_means_the_same_organisation(at_sunday):
    anker = await member("Wegweiser gGmbH")
    await moving.rename(anker, "Anker gGmbH", on=date(2020, 1, 1))

    found = await organisation.of_visitor("WEGWEISER")
    await membership.resign(anker, until=date(2027, 12, 31))
    again = await membership.admit("Wegweiser gGmbH", since=date(2028, 1, 1))

    assert found.id == again.id == anker.id
    assert again.name == "Anker gGmbH"
    await member("Wegweiser e. V.")
    assert (await organisation.known(organisation_key("Wegweiser"))).name == "Wegweiser e. V."


async def test_putting_a_typing_error_right_leaves_no_former_row_and_mends_the_past(at_sunday):
    anker = await member("Ankre", town="Ulm")
    one = await a_site(anker, "Ulhm", "89073")
    await moving.move_seat(anker, on=FIRST, street="", postal_code="95028", town="Hof", land="BY")

    await organisation.change(anker, name="Anker")
    await site.change(one, anker, town="Ulm")

    assert [await FormerName.count(), await FormerAddress.count()] == [0, 2]  # the seat until then and from then on
    assert await shown(BEFORE, text="anker ulm") == [("Anker", "Ulm", ["Ulm"])]
    assert await shown(BEFORE, text="ankre") == []


async def test_a_move_is_refused_where_it_cannot_be(at_sunday):
    anker = await member("Anker", town="Ulm")
    one = await a_site(anker, "Ulm", "89073", opened_on=date(2020, 5, 1))
    await site.close(one, anker, on=date(2027, 12, 31))
    elsewhere = {"town": "Jena", "postal_code": "07743", "land": "TH", "street": ""}

    async def refusal(deed) -> str:
        with pytest.raises(Refused) as no:
            await deed
        return no.value.words

    assert await refusal(moving.move(one, anker, on=date(2028, 1, 1), **elsewhere)) == (
        "Der Standort schließt schon vorher, am 31. Dezember 2027."
    )
    assert "erst am 1. Mai 2020 eröffnet" in await refusal(moving.move(one, anker, on=date(2020, 5, 1), **elsewhere))
    assert await refusal(moving.move(one, anker, on=FIRST, town="Ulm")) == "Das ist die Anschrift schon."
    assert await refusal(moving.rename(anker, "Anker", on=FIRST)) == "So heißt die Organisation schon."
    by_year = await a_site(anker, "Ulm", "89073", opened_year=2021)
    for on in (date(2019, 3, 1), date(2021, 1, 1)):
        assert "erst 2021 eröffnet" in await refusal(moving.move(by_year, anker, on=on, **elsewhere))
    assert "zwischen 1800 und 2037" in await refusal(moving.rename(anker, "Steg", on=date(2150, 1, 1)))
    await moving.rename(anker, "Steg", on=date(2025, 1, 1))
    assert "1. Januar 2025" in await refusal(moving.rename(anker, "Brücke", on=date(2024, 1, 1)))


async def test_a_planned_move_and_a_new_name_can_be_taken_back(at_sunday):
    anker = await member("Anker")
    one = await a_site(anker, "Ulm", "89073", lat=48.4, lon=10.0)
    await moving.move(one, anker, on=FIRST, town="Jena", postal_code="07743", land="TH", street="")
    await moving.rename(anker, "Steg", on=FIRST)

    [_anker, name], [_ulm, address] = await former.names_of(anker), await former.addresses_of(anker)
    await moving.take_back(anker, name)
    await moving.take_back(anker, address)

    assert await shown(FIRST) == [("Anker", "", ["Ulm"])]
    again = await Site.objects().get(Site.id == one.id)
    assert (again.lat, again.lon) == (48.4, 10.0)
    assert await shown(FIRST, text="ulm") == [("Anker", "", ["Ulm"])]


async def test_a_name_from_long_ago_is_entered_afterwards(at_sunday):
    anker = await member("Anker")

    await moving.formerly(anker, "Lotse", until=date(2010, 6, 30))

    assert [(await shown(day))[0][0] for day in (date(2010, 6, 30), date(2010, 7, 1))] == ["Lotse", "Anker"]


async def test_story_6_sites_are_counted_on_the_first_of_january(at_sunday):
    """M01 opens a seventh site in October: nothing this year, counted the next."""
    members = await the_ten()
    m01 = members["M01"]

    await a_site(m01, "Offenburg", "77652", code="S24", land="BW", opened_on=date(2027, 10, 11))

    told = [await directory.counts(date(year, 1, 1)) for year in (2027, 2028)]
    assert [(counts.members, counts.sites) for counts in told] == [(10, 23), (10, 24)]
    sites = [await directory.sites_of([m01.id], date(year, 1, 1)) for year in (2027, 2028)]
    assert [len(of[m01.id]) for of in sites] == [6, 7]
    assert (await directory.counts(date(2027, 10, 10))).sites == 23
    assert (await directory.counts(date(2027, 10, 11))).sites == 24
