"""A form is taken once."""

from asyncio import gather

import pytest

from network.activity import Activity, record
from network.errors import Refused
from network.web.once import once, was_taken


async def deed() -> str:
    await record("", "something done", "thing:x")
    return "/done"


async def test_a_double_click_does_it_once():
    places = [await once("token", deed), await once("token", deed)]

    assert (places, await Activity.count()) == (["/done", "/done"], 1)


async def test_two_at_the_same_moment_do_it_once():
    places = await gather(*(once("token", deed) for _ in range(8)))

    assert (places, await Activity.count()) == (["/done"] * 8, 1)


async def test_a_refused_form_can_be_sent_again():
    async def refuse() -> str:
        await record("", "half done", "thing:x")
        raise Refused("no")

    with pytest.raises(Refused):
        await once("token", refuse)

    assert await Activity.count() == 0
    assert await once("token", deed) == "/done"


async def test_it_is_known_whether_a_form_was_taken():
    before = await was_taken("token")
    await once("token", deed)

    assert (before, await was_taken("token")) == (False, True)
