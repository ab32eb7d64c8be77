"""Coming and going, and the votes that come and go with it."""

from datetime import UTC, date, datetime

import pytest

from network import clock
from network.assembly import attendance
from network.assembly.tables.meeting import Assembly, Mode
from network.errors import Refused
from tests.assembly.make import assembly, at
from tests.members.make import member


@pytest.fixture
async def convened():
    with clock.set_to(datetime(2027, 4, 5, 8, tzinfo=UTC)):
        row = await assembly()
    await Assembly.update({Assembly.convened_at: at(9, day=date(2027, 5, 4))}).where(Assembly.id == row.id)
    with clock.set_to(at(10)):
        yield row


async def test_a_member_comes_and_goes_with_its_vote(convened):
    m01 = await member("Neckarbogen")

    await attendance.come(convened, m01, name="Henrike Voßberg", actor="")
    with clock.set_to(at(11)):
        await attendance.go(convened, m01, actor="", why="Zug")

    seen = [(await attendance.roll_at(convened, at(10, minutes))).represented for minutes in (0, 59)]
    assert [*seen, (await attendance.roll_at(convened, at(11))).represented] == [1, 1, 0]


async def test_nobody_comes_twice(convened):
    m01 = await member("Neckarbogen")
    await attendance.come(convened, m01, name="Henrike Voßberg", actor="")

    with pytest.raises(Refused):
        await attendance.come(convened, m01, name="Jemand anders", actor="")


async def test_who_has_no_vote_is_a_guest(convened):
    guest = await member("Später", since=date(2027, 7, 1))

    with pytest.raises(Refused) as no:
        await attendance.come(convened, guest, name="Ada Beispiel", actor="")

    assert no.value.field == "organisation"


async def test_an_assembly_in_the_room_has_nobody_online(convened):
    m01 = await member("Neckarbogen")

    with pytest.raises(Refused):
        await attendance.come(convened, m01, name="Henrike Voßberg", place="online", actor="")

    await Assembly.update({Assembly.mode: Mode.HYBRID}).where(Assembly.id == convened.id)
    await attendance.come(convened, m01, name="Henrike Voßberg", place="online", actor="")
    assert (await attendance.roll_at(convened)).votes("online") == 1


async def test_nobody_comes_before_the_assembly_is_convened_or_after_it_is_closed(convened):
    m01 = await member("Neckarbogen")

    for facts in ({Assembly.convened_at: None}, {Assembly.convened_at: at(9), Assembly.closed_at: at(9)}):
        await Assembly.update(facts).where(Assembly.id == convened.id)
        with pytest.raises(Refused):
            await attendance.come(convened, m01, name="Henrike Voßberg", actor="")


async def test_votes_are_counted_on_the_key_date_and_only_of_who_is_still_a_member(convened):
    stays, new = await member("Bleibt"), await member("Neu", since=date(2027, 3, 1))
    await Assembly.update({Assembly.key_date: date(2027, 1, 1)}).where(Assembly.id == convened.id)
    row = await Assembly.objects().get(Assembly.id == convened.id)

    assert await attendance.entitled(row) == {stays.id: 1}
    assert new.id not in await attendance.entitled(row)
