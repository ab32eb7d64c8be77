"""Leases hold when the clock is set, and end when their holder is dead, whichever way it was set."""

from datetime import datetime, timedelta

import pytest

from network import clock, jobs, leases
from network.jobs import Job
from network.settings import settings

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def as_nobody_had_set_it(monkeypatch: pytest.MonkeyPatch):
    """Afterwards all is as before; before, nobody has just begun or set a clock."""
    monkeypatch.setattr(clock, "_told", clock._told)
    monkeypatch.setattr(clock, "_jumped", float("-inf"))
    monkeypatch.setattr(leases, "_began", float("-inf"))


async def held(seconds: float, by_a_clock_at: datetime) -> None:
    """A job that somebody else holds for so long, by a clock that showed this then."""
    await jobs.enqueue("note")
    until = by_a_clock_at + timedelta(seconds=seconds)
    await Job.update({Job.leased_until: until, Job.leased_by: "another"}, force=True)


async def taken() -> int:
    return len(await jobs.claim(10, "me", ["note"]))


async def test_who_is_at_work_is_left_in_peace_and_who_died_is_relieved():
    await held(20, by_a_clock_at=clock.now())
    assert await taken() == 0

    await held(-1, by_a_clock_at=clock.now())
    assert await taken() == 2


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["put forward", "put back"])
async def test_a_clock_that_is_set_takes_nobody_s_lease_away(monkeypatch, jump):
    real = clock.now()
    clock.follow(real - jump)  # the database's clock has just jumped, and nobody has noticed yet
    monkeypatch.setattr(clock, "_jumped", float("-inf"))
    await held(20, by_a_clock_at=real - jump)
    assert await taken() == 0

    clock.follow(real)  # noticed: whoever lives renews now
    assert await taken() == 0


@pytest.mark.parametrize("jump", [HOUR, -HOUR], ids=["put forward", "put back"])
async def test_what_a_dead_one_held_is_free_a_little_after_the_clock_was_set(monkeypatch, jump):
    await held(20, by_a_clock_at=clock.now() - jump)
    monkeypatch.setattr(clock, "_jumped", clock.monotonic() - settings().lease_seconds / 2 - 1)

    assert await taken() == 1


async def test_who_has_just_begun_takes_nobody_s_work_over():
    await held(-1, by_a_clock_at=clock.now())
    leases.begin()
    assert await taken() == 0

    await jobs.enqueue("note")
    assert await taken() == 1
