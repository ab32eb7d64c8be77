"""What is offered where, since roughly when."""

from datetime import date

import pytest
from hypothesis import given

from network import roughly
from network.catalogue import beginnings
from network.catalogue.tables import Entry
from network.errors import Refused
from network.i18n import speaking
from network.members import offer
from network.members.tables import Offer
from tests.leaves.test_roughly import CODES
from tests.members.make import a_site, member


@pytest.fixture(autouse=True)
async def catalogue() -> None:
    await beginnings.lay_out()


async def terms(*codes: str) -> list[Entry]:
    return await Entry.objects().where(Entry.code.is_in(list(codes)))


async def names(row, day: date | None = None) -> list[str]:
    return [one.entry.code for one in await offer.offered([row.id], day)]


async def test_several_offers_are_entered_at_once_services_before_fields():
    row = await member("Haus e. V.")
    site = await a_site(row, "Bonn", "53111")

    new = await offer.enter(row, await terms("metal", "counselling", "training"), site=site, since="199X-early")

    assert new == 3
    assert await names(row) == ["counselling", "training", "metal"]
    [first, *_rest] = await offer.offered([row.id])
    with speaking("de"):
        assert (first.site, first.span) == (site.id, "seit Anfang der 1990er")


async def test_what_is_offered_there_already_is_not_entered_twice_but_may_be_elsewhere():
    row = await member("Haus e. V.")
    site = await a_site(row, "Bonn", "53111")
    await offer.enter(row, await terms("counselling"), site=site)

    again = await offer.enter(row, await terms("counselling", "support"), site=site)
    whole = await offer.enter(row, await terms("counselling"))

    assert (again, whole) == (1, 1)


async def test_what_has_ended_can_begin_again():
    row = await member("Haus e. V.")
    await offer.enter(row, await terms("support"), since="1990", until="1999")

    assert await offer.enter(row, await terms("support"), since="2010") == 1
    assert [await names(row, date(year, 6, 1)) for year in (1989, 1995, 2005, 2020)] == [
        [], ["support"], [], ["support"],
    ]  # fmt: skip


async def test_an_end_before_the_beginning_is_refused_and_nothing_is_stored():
    row = await member("Haus e. V.")

    with pytest.raises(Refused) as no:
        await offer.enter(row, await terms("support", "training"), since="2001", until="199X")

    assert (no.value.field, await Offer.count()) == ("until", 0)


@given(CODES, CODES)
def test_the_years_that_queries_use_hold_whatever_may_be_meant(since, until):
    row = Offer(_ignore_missing=True)
    if roughly.latest(until) < roughly.earliest(since):
        with pytest.raises(Refused):
            offer.span(row, since, until)
        return
    offer.span(row, since, until)
    for day in (roughly.earliest(since), roughly.latest(until)):
        assert row.first_year <= day.year <= row.last_year


async def test_an_offer_is_put_right_and_removed():
    row = await member("Haus e. V.")
    await offer.enter(row, await terms("support"))
    [one] = await Offer.objects()

    await offer.change(one, row, since="1985~", until="")
    assert (await Offer.objects().first()).first_year == 1983
    await offer.remove(one, row)

    assert await Offer.count() == 0
