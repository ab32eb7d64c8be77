"""A machine's clock may be wrong: the house goes by the one it is told."""

from datetime import UTC, datetime, timedelta
from time import monotonic, sleep

import pytest

from network import clock
from network.database import on_sqlite, read_clock


@pytest.fixture(autouse=True)
def by_the_machine_again():
    before = clock._told, clock._jumped
    yield
    clock._told, clock._jumped = before


def test_a_told_clock_runs_on_from_what_it_was_told():
    told = datetime(2030, 1, 1, 12, tzinfo=UTC)
    clock.follow(told)
    sleep(0.02)

    assert timedelta(0) < clock.now() - told < timedelta(seconds=5)


def test_by_the_machine_again():
    clock.follow(datetime(2030, 1, 1, 12, tzinfo=UTC))
    clock.follow(None)

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


@pytest.mark.skipif(on_sqlite(), reason="the embedded database has the machine's clock")
async def test_on_postgresql_it_is_the_servers_and_never_ahead_of_it():
    clock.follow(datetime(2030, 1, 1, 12, tzinfo=UTC))
    began = monotonic()
    await read_clock()

    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5 + monotonic() - began)
