"""A proxy that holds until it is withdrawn counts in the next assembly, too, where the bylaws say so."""

from datetime import date

import pytest

from network import clock
from network.assembly import convocation, meeting, proxy
from network.assembly.tables.convocation import Proxy
from network.assembly.tables.meeting import Assembly
from network.association import bylaws
from tests.assembly.conftest import RULES
from tests.assembly.make import assembly, at, item

LAST_YEAR = date(2026, 6, 12)


@pytest.fixture
async def last(ten):
    """The assembly of the year before, in which M10 gave its vote to M07."""
    with clock.set_to(at(10, day=date(2026, 4, 6))):
        one = await assembly(starts_at=at(10, day=LAST_YEAR))
        await Assembly.update({Assembly.convened_at: clock.now()}).where(Assembly.id == one.id)
        return await meeting.by_reference(one.reference)


async def gave(row, ten, **rules):
    await bylaws.enact("", valid_from=date(2020, 1, 1), **RULES | {"proxies": "member"} | rules)
    with clock.set_to(at(10, day=date(2026, 5, 4))):
        return await proxy.give(row, ten["M10"], ten["M07"], form="written", given_on=date(2026, 5, 2), actor="")


async def convened():
    with clock.set_to(at(10, day=date(2027, 4, 5))):
        row = await assembly()
        await item(row)
        await convocation.convene(row, actor="")
    return [(one.giver.name, one.holder.name) for one in await proxy.proxies_of(row)]


async def test_it_goes_over_with_the_invitation(ten, last):
    await gave(last, ten, proxy_standing=True)

    assert await convened() == [(ten["M10"].name, ten["M07"].name)]


async def test_where_it_holds_for_one_assembly_it_does_not(ten, last):
    await gave(last, ten, proxy_standing=False)

    assert await convened() == []


async def test_what_was_withdrawn_does_not_go_over(ten, last):
    one = await gave(last, ten, proxy_standing=True)
    with clock.set_to(at(12, day=date(2026, 5, 4))):
        await proxy.revoke(last, one, actor="")

    assert await convened() == []


async def test_a_later_one_is_what_counts_and_none_goes_over_twice(ten, last):
    one = await gave(last, ten, proxy_standing=True)
    with clock.set_to(at(12, day=date(2026, 5, 4))):
        await proxy.revoke(last, one, actor="")
        await proxy.give(last, ten["M10"], ten["M03"], form="written", given_on=date(2026, 5, 4), actor="")

    assert await convened() == [(ten["M10"].name, ten["M03"].name)]
    assert await Proxy.count() == 3
