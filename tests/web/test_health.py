"""Is the house well, and should this process be sent requests."""

from network import clock, commands
from network.jobs import beat
from network.worker import own_name


async def test_a_process_that_reaches_its_database_takes_requests_even_while_no_worker_lives(client):
    assert (await client.get("/healthz")).status_code == 503
    assert (await client.get("/healthz/web")).json() == {"database": "ok"}


async def test_a_health_check_may_ask_by_any_name(client):
    answer = await client.get("/healthz/web", headers={"host": "web:8000"})

    assert answer.status_code == 200


async def test_a_worker_is_alive_for_a_minute_after_its_last_sign_of_life():
    assert not await commands.alive_here()
    await beat("worker-another-machine-1")
    assert not await commands.alive_here()
    await beat(own_name())
    assert await commands.alive_here()
    with clock.set_to(clock.ahead(seconds=61)):
        assert not await commands.alive_here()
