"""A full assembly of 500 members and 60 decisions: what its pages weigh and take, in the same process, on SQLite.

DATABASE_URL=… python -m tests.bench.assembly 500 60
"""

import asyncio
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from typing import Any

from tests.bench.row import Row
from tests.bench.server import ROOT

MEMBERS, DECISIONS = 500, 60
MOST_KB = 120
TIMES = 9
IDLE_SECONDS = 3
PAGES = ("the chair's day page", "the screen for the room", "the own voting page")


def measure() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder:
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SMTP_URL")}
        own = {"VERBUND_DATA": folder, "VERBUND_DEMO": "1", "BASE_URL": "http://localhost:8000", "LOG_REQUESTS": "0"}
        told = subprocess.run(
            [sys.executable, "-m", "tests.bench.assembly", str(MEMBERS), str(DECISIONS)],
            cwd=ROOT, env=kept | own, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
    for line in told.strip().splitlines():
        if "\t" not in line:
            continue
        what, figure, unit = line.split("\t")
        budget = unit == "kB"
        yield Row(
            what, float(figure), unit, f"≤ {MOST_KB}" if budget else "", float(figure) <= MOST_KB if budget else None
        )


async def full(members: int, decisions: int) -> None:
    """Enter it, open it, let everybody in, and decide; then look."""
    from network import clock, commands
    from network.assembly import agenda, attendance, course, decision, meeting
    from network.assembly.tables.meeting import AgendaItem, Assembly, ItemKind
    from network.database import pool
    from network.members.tables import Organisation
    from network.people import sign_in
    from network.people.tables import Person, Role, RoleKind
    from network.resolutions.counts import Count
    from tests.bench import large
    from tests.browser import window

    await commands.prepare_demo(refresh=False)
    async with pool():
        await large.enter(members * 6 // 5)  # some of them are guests or have left
        row = await meeting.plan(title="Große Versammlung", starts_at=clock.now() + timedelta(hours=1), town="Berlin",
                                 land="BE", actor="")  # fmt: skip
        for number in range(decisions):
            await agenda.add(row, ItemKind.RESOLUTION, f"Antrag {number + 1} zur Arbeit des Verbands", actor="")
        now = clock.now()
        await AgendaItem.update({AgendaItem.announced_at: now}).where(AgendaItem.assembly == row.id)
        await Assembly.update({Assembly.convened_at: now}).where(Assembly.id == row.id)
        row = await meeting.by_reference(row.reference) or row
        entitled = await attendance.entitled(row)
        for member in await Organisation.objects().where(Organisation.id.is_in([*entitled])):
            await attendance.come(row, member, name="Vertretung des Hauses", actor="")
        await course.open_(row, chair="Cara Vorn", minute_taker="Uwe Schrift", actor="")
        for item in await agenda.items_of(row):
            await course.call(row, item, actor="")
            way = "open" if item.number == decisions else "hands"
            put = await decision.put(row, item, title=item.title_de, wording="Der Antrag …", way=way, actor="")
            found = await decision.begin(row, put, actor="")
            if way == "hands":
                await decision.count(row, put, Count(found.castable - 3, 2, 1), actor="")
        print(f"members with a vote\t{len(entitled)}\t", flush=True)

        office = await Role.objects(Role.person).get((Role.kind == RoleKind.OFFICE) & (Role.until == None))
        speaker = await Role.objects(Role.person).get(
            (Role.kind == RoleKind.MEMBER_REPRESENTATIVE) & (Role.until == None)
        )
        assert office and speaker
        here = f"/office/assemblies/{row.reference}"
        async with window() as one:
            one.cookies.set("verbund", await sign_in.begin_session(office.person))
            await look(one, PAGES[0], f"{here}/day")
            await look(one, PAGES[1], f"{here}/screen")
        async with window() as one:
            one.cookies.set("verbund", await sign_in.begin_session(speaker.person))
            await look(one, PAGES[2], f"/mine/{speaker.of}/assemblies/{row.reference}/vote")
        assert isinstance(office.person, Person)
        await followed(row)
        await written_down(row)


async def written_down(row: Any) -> None:
    """Closed, and the minutes made of it."""
    from network.assembly import course, decision, meeting, minutes

    last = (await decision.decisions_of(row))[-1]
    await decision.count(row, last, await decision.cast_so_far(last), actor="")
    await course.close(row, actor="")
    row = await meeting.by_reference(row.reference) or row
    await timed("draft of the minutes", lambda: minutes.draft(row, actor=""), 3)
    made = await minutes.latest(row)
    assert made
    await timed("minutes as PDF", lambda: minutes.pdf(row, made), 3)


async def look(one: Any, what: str, path: str) -> None:
    page = await one.get(path)
    assert page.status_code == 200, f"{path}: {page.status_code}"
    parts = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text))
    sizes = [len((await one.get(part)).content) for part in parts if not part.endswith(".ttf")]
    print(f"{what}, alone\t{len(page.content) / 1000}\tkB of it", flush=True)
    print(f"{what}, weight\t{(len(page.content) + sum(sizes)) / 1000}\tkB", flush=True)
    await timed(what, lambda: one.get(path), TIMES)


async def followed(row: Any) -> None:
    """Everybody has the page open and nothing happens; then the chair does something."""
    from piccolo.query.base import Query

    from network.assembly import course, following

    now, asked, ask = await following.turns_now(row.reference), 0, Query._run

    async def counted(self: Query, *args: Any, **options: Any) -> Any:
        nonlocal asked
        asked += 1
        return await ask(self, *args, **options)

    Query._run = counted  # type: ignore[method-assign]
    pages = [asyncio.ensure_future(anext(following.turns_of(row, now or 0))) for _page in range(MEMBERS)]
    await asyncio.sleep(IDLE_SECONDS)
    Query._run = ask  # type: ignore[method-assign]
    assert not any(one.done() for one in pages)
    print(f"questions while {MEMBERS} pages follow and nothing happens\t{asked / IDLE_SECONDS}\ta second", flush=True)
    began = time.perf_counter()
    await course.remark(row, "Pause", actor="")
    await asyncio.gather(*pages)
    print(f"until all {MEMBERS} know of a deed\t{(time.perf_counter() - began) * 1000}\tms", flush=True)


async def timed(what: str, deed: Callable[[], Awaitable[Any]], times: int) -> None:
    took = []
    for _time in range(times):
        began = time.perf_counter()
        await deed()
        took.append((time.perf_counter() - began) * 1000)
    print(f"{what}, the middle one\t{statistics.median(took)}\tms", flush=True)


if __name__ == "__main__":
    import uvloop

    uvloop.run(full(int(sys.argv[1]), int(sys.argv[2])))
