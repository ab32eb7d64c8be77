"""One reckoning of the last safe day: what the pages say beforehand is what a refusal says afterwards."""

from datetime import date, timedelta

import pytest

from network import clock
from network.assembly import convocation, timing
from network.assembly.tables.meeting import Assembly
from network.i18n import format_day
from network.members.tables import Organisation
from tests.assembly.make import assembly, at
from tests.assembly.test_day_views import here, words

AUTUMN = [
    date(2027, 11, 19) + timedelta(days=n) for n in range(0, 28, 3)
]  # Repentance Day is a holiday in Saxony alone


@pytest.mark.parametrize("by_post", [("M10",), ("M05", "M10"), ()])
async def test_on_whatever_day_it_takes_place_pages_and_refusal_name_the_same_last_day(ten, desk, by_post):
    letters = [ten[number].id for number in by_post]
    if letters:
        await Organisation.update({Organisation.by_post_since: date(2020, 1, 1)}).where(Organisation.id.is_in(letters))
    await Organisation.update({Organisation.email: "post@example.org"}).where(Organisation.id > 0)
    row = await assembly()
    for day in AUTUMN:
        await Assembly.update({Assembly.starts_at: at(10, day=day)}).where(Assembly.id == row.id)
        held = await Assembly.objects().get(Assembly.id == row.id)
        until, told = await timing.clock_of(held), words(await desk.get(here(held)))
        with clock.set_to(at(9, day=day - timedelta(days=1))):
            planned = await convocation.plan_for(held)

        first = until.post.day if letters else until.email.day
        assert format_day(first) in planned.late_words
        assert format_day(first) in told
