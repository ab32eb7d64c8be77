"""Work for later: once, in order, and again after a failure."""

from asyncio import Event, create_task, gather, wait

import pytest

from network import clock, jobs
from network.activity import Activity, record
from network.database import DB
from network.jobs import Job, JobState


async def note(word: str) -> None:
    await record("", word, "thing:x")


async def fail(word: str) -> None:
    await record("", word, "thing:x")
    raise RuntimeError(word)


WORK = {"note": note, "fail": fail}


async def words() -> list[str]:
    return [row["verb"] for row in await Activity.select(Activity.verb).order_by(Activity.id)]


async def test_what_is_due_is_done_once():
    await jobs.enqueue("note", word="a")
    await jobs.enqueue("note", word="b")

    counts = (await jobs.run_due(WORK), await jobs.run_due(WORK))

    assert (counts, await words()) == ((2, 0), ["a", "b"])


async def test_what_is_not_due_waits():
    await jobs.enqueue("note", word="later", at=clock.ahead(hours=1))

    assert await jobs.run_due(WORK) == 0
    with clock.set_to(clock.ahead(hours=2)):
        assert await jobs.run_due(WORK) == 1


async def test_the_same_key_is_written_once_even_after_it_is_done():
    await jobs.enqueue("note", key="monday", word="a")
    await jobs.run_due(WORK)
    await jobs.enqueue("note", key="monday", word="a")
    await jobs.run_due(WORK)

    assert await words() == ["a"]


async def test_a_failed_job_leaves_nothing_and_comes_back_later():
    await jobs.enqueue("fail", word="half")

    await jobs.run_due(WORK)

    job = await Job.objects().first()
    assert (await words(), job.state, job.attempts) == ([], JobState.READY, 1)
    assert job.due_at > clock.ahead(seconds=5)
    assert job.last_error == "RuntimeError: half"


async def test_a_job_that_always_fails_is_dead_at_last():
    await jobs.enqueue("fail", word="half")
    moment = clock.now()
    for _ in range(jobs.MAX_ATTEMPTS):
        moment = moment + (clock.ahead(hours=2) - clock.now())
        with clock.set_to(moment):
            await Job.update({Job.leased_until: None}, force=True)
            await jobs.run_due(WORK)

    assert (await Job.objects().first()).state == JobState.DEAD


async def test_work_written_in_a_deed_that_failed_was_never_written():
    async def deed() -> None:
        async with DB.transaction():
            await jobs.enqueue("note", word="a")
            raise ValueError

    with pytest.raises(ValueError):
        await deed()

    assert await Job.count() == 0


async def test_a_lease_keeps_others_away_until_it_is_released():
    await jobs.enqueue("note", word="a")
    held = await jobs.claim(10, "first", WORK)

    assert (len(held), await jobs.claim(10, "second", WORK)) == (1, [])
    await jobs.release_leases("first")
    assert len(await jobs.claim(10, "second", WORK)) == 1


async def test_a_runner_whose_lease_ran_out_does_not_repeat_what_another_did():
    await jobs.enqueue("note", word="a")
    slow = (await jobs.claim(1, "slow", WORK))[0]
    await jobs.release_leases("slow")
    quick = (await jobs.claim(1, "quick", WORK))[0]

    await jobs.run_one(quick, note)
    await jobs.run_one(slow, note)

    assert await words() == ["a"]


@pytest.mark.postgres
async def test_eight_runners_share_two_hundred_jobs_without_a_double():
    for number in range(200):
        await jobs.enqueue("note", word=str(number))

    await gather(*(jobs.run_due(WORK, f"runner-{i}") for i in range(8)))

    assert sorted(map(int, await words())) == list(range(200))


async def test_who_is_told_to_stop_gives_back_what_was_not_done():
    """The first is done, the second is broken off, the third was not begun: another runner does both at once."""
    begun = Event()

    async def dawdle(word: str) -> None:
        await record("", word, "thing:x")
        begun.set()
        await Event().wait()

    for kind in ("note", "dawdle", "note"):
        await jobs.enqueue(kind, word=kind)
    runner = create_task(jobs.run_due(WORK | {"dawdle": dawdle}, "first"))
    await begun.wait()
    runner.cancel()
    await wait([runner])

    assert await words() == ["note"]
    assert await jobs.run_due(WORK | {"dawdle": note}, "second") == 2
    assert await words() == ["note", "dawdle", "note"]


async def test_a_kind_of_the_next_version_waits_for_its_workers_and_holds_nothing_up():
    await jobs.enqueue("kind.of.the.next.version", word="a")
    await jobs.enqueue("note", word="b")

    assert await jobs.run_due(WORK) == 1
    assert await words() == ["b"]
    assert await jobs.run_due(WORK | {"kind.of.the.next.version": note}) == 1
