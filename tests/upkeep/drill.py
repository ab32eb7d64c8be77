"""The restore drill: real servers, people who register all the time, a backup in the middle, and its moment looked at."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from network.upkeep import saving
from network.upkeep.ends import End, snapshot
from network.upkeep.misfits import orphans
from tests.bench.server import free_port
from tests.faults.servers import wait_for
from tests.upkeep import houses
from tests.upkeep.storm import Guest, gathered, storm

RATE = 50  # so many are sent a second; what the machine cannot take then is answered later
SECONDS = 12  # for so long there are forms; those of one second more are sent when the backup is done
CONFIRMED_BEFORE = 40  # then the backup begins
EVENT = "2-austauschforum"
OURS = "email LIKE 'drill%'"


async def drill(url: str, target: str, folder: Path, *, webs: int) -> None:
    file, over = folder / "drill.zip", asyncio.Event()
    with ExitStack() as stack:
        ports = [stack.enter_context(serving(url, folder)) for _ in range(webs)]
        guests = await gathered(RATE * (SECONDS + 1), f"/events/{EVENT}", ports)
        taken_before = await version(url)
        spent = time.process_time()
        coming = asyncio.create_task(storm(guests[:-RATE], RATE, over))
        while sum(guest.confirmed > 0 for guest in guests) < CONFIRMED_BEFORE:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        began = time.monotonic()
        made = await asyncio.to_thread(houses.network, "backup", str(file), url=url, folder=folder)
        ended = time.monotonic()
        over.set()
        await asyncio.gather(coming, storm(guests[-RATE:], RATE, asyncio.Event()))
        spent = time.process_time() - spent
    assert made.returncode == 0, made.stderr
    await saving.restore(file, target, lambda _words: None)

    async with snapshot(target) as end:
        restored = {email for (email,) in await end.ask(f"SELECT email FROM registration WHERE {OURS}")}
        await is_one_moment(end, taken_before)
    tell(guests, began, ended, restored, spent)
    confirmed_before = {guest.email for guest in guests if 0 < guest.confirmed < began}
    sent_after = {guest.email for guest in guests if guest.sent > ended}
    assert len(confirmed_before) >= CONFIRMED_BEFORE
    assert len(sent_after) >= RATE
    assert confirmed_before <= restored
    assert not sent_after & restored


def tell(guests: Sequence[Guest], began: float, ended: float, restored: set[str], spent: float) -> None:
    """What was reached, whatever was offered: generator, servers, database and backup share the cores."""
    sent = [guest for guest in guests if guest.sent]
    during = [guest for guest in sent if began < guest.confirmed < ended]
    waits = sorted(guest.confirmed - guest.sent for guest in during)
    seconds = max(guest.confirmed for guest in sent) - sent[0].sent
    print(
        f"\n{len(sent)} registrations sent, {RATE} a second; {len(during) / (ended - began):.0f} a second confirmed "
        f"while the backup was made ({ended - began:.1f} s), half of them within {waits[len(waits) // 2]:.2f} s, "
        f"all within {waits[-1]:.2f} s; {len(restored)} are in it; the generator took {spent / seconds:.2f} of a core"
    )


@contextmanager
def serving(url: str, folder: Path) -> Iterator[int]:
    port = free_port()
    environment = houses.surroundings(url, folder) | {"PORT": str(port), "TRUSTED_PROXIES": "127.0.0.1"}
    with (folder / "serve.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "network", "serve"], cwd=houses.ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            wait_for(f"http://localhost:{port}")
            yield port
        finally:
            process.terminate()
            process.wait(10)


async def version(url: str) -> int:
    """How often the event's row has been taken; each registration takes it once (decisions/0003)."""
    async with snapshot(url) as end:
        return await count(end, f"SELECT version FROM event WHERE slug = '{EVENT}'")


async def count(end: End, sql: str) -> int:
    return int((await end.ask(sql))[0][0])


async def is_one_moment(end: End, taken_before: int) -> None:
    """What belongs together is there together, no more and no less, and nobody has a seat too many."""
    assert await orphans(end) == []
    registered = await count(end, f"SELECT count(*) FROM registration WHERE {OURS}")
    taken = await count(end, f"SELECT version FROM event WHERE slug = '{EVENT}'")
    assert registered == taken - taken_before
    for deed, without in {
        "people": "NOT EXISTS (SELECT 1 FROM attendee a WHERE a.registration = r.id)",
        "place in the queue": "NOT EXISTS (SELECT 1 FROM waitlist_entry w WHERE w.registration = r.id)",
        "letter": "NOT EXISTS (SELECT 1 FROM letter l WHERE l.to_email = r.email)",
        "activity": "NOT EXISTS (SELECT 1 FROM activity a WHERE a.thing = 'registration:' || r.reference)",
        "taken form": "NOT EXISTS (SELECT 1 FROM submission s WHERE s.location LIKE '%/' || r.key || '/%')",
        "job for the mailing list": "r.email LIKE '%0@example.org' AND NOT EXISTS "
        "(SELECT 1 FROM job j WHERE j.kind = 'newsletter.ask' AND j.payload LIKE '%\"' || r.email || '\"%')",
    }.items():
        assert (deed, await count(end, f"SELECT count(*) FROM registration r WHERE r.{OURS} AND {without}")) == (
            deed,
            0,
        )
    asked = "SELECT count(*) FROM job WHERE kind = 'newsletter.ask' AND payload LIKE '%drill%'"
    assert await count(end, asked) == await count(
        end, "SELECT count(*) FROM registration WHERE email LIKE 'drill%0@example.org'"
    )
    mine = f"SELECT count(*) FROM attendee a JOIN event e ON e.id = a.event WHERE e.slug = '{EVENT}'"
    seats = await count(end, f"SELECT seats FROM event WHERE slug = '{EVENT}'")
    seated = await count(end, f"{mine} AND a.state = 'seated'")
    waiting = await count(end, f"{mine} AND a.state = 'waiting'")
    assert seated == seats if waiting else seated <= seats
    open_places = await count(end, f"SELECT count(*) FROM waitlist_entry w JOIN event e ON e.id = w.event "
                                   f"WHERE e.slug = '{EVENT}' AND w.ended_at IS NULL")  # fmt: skip
    assert open_places == waiting
