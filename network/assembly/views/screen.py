"""The screen for the room: what is dealt with, what is voted on, how it came out. It follows by itself."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import ServerSentEvent

from network.assembly import acceptance, agenda, announced, ballot, decision, floor, meeting, open_vote
from network.assembly.course import current_item
from network.assembly.tables.day import Correction, Decision
from network.assembly.tables.meeting import Assembly
from network.assembly.verdict import YES_NO
from network.assembly.views.elections import told
from network.assembly.views.this_assembly import PLACE, Req, seen
from network.people.viewer import assembly_room
from network.resolutions.counts import abstentions
from network.resolutions.majorities import Decision as Result
from network.web.pages import page

HERE = f"{PLACE}/{{reference:str}}/screen"
LOOK_SECONDS = 0.3
LONGEST = 3600 / LOOK_SECONDS  # then the browser asks again by itself


@get(HERE, guards=[assembly_room])
async def screen_page(request: Req, reference: FromPath[str]) -> Response[Any]:
    """Readable without scripts too: it is a page like any other, to be loaded again."""
    _viewer, row = await seen(request, reference)
    done = await floor.last_counted(row)
    vote, poll = (None, done) if isinstance(done, floor.Poll) else (done, None)
    return await page(
        request,
        "assembly/screen",
        row=row,
        state=meeting.state_of(row),
        floor=await floor.floor_of(row),
        now=await current_item(row),
        title_of=agenda.title_of,
        vote=await floor.open_decision(row),
        poll=await floor.open_poll(row),
        last=vote,
        abstentions=abstentions,
        result=await result_of(row, vote),
        ballot=await told(poll.round) if poll else None,
        election=poll.election if poll else None,
        answers={one.candidate.id: one for one in await acceptance.acceptances_of(poll.election)} if poll else {},
        yes_no=YES_NO,
        corrected=await corrections_of(done),
        openly=await open_vote.told_of(vote) if vote else [],
    )


async def result_of(row: Assembly, vote: Decision | None) -> Result | None:
    return await decision.judged(row, vote, decision.counted_in(vote)) if vote else None


async def corrections_of(done: Decision | floor.Poll | None) -> list[Correction]:
    if done is None:
        return []
    if isinstance(done, floor.Poll):
        return await announced.before(ballot.vote_of(done.round))
    return await announced.before(decision.vote_of(done))


@get(f"{HERE}/changes", guards=[assembly_room])
async def changes(request: Req, reference: FromPath[str]) -> ServerSentEvent:
    """One event for each change, from whichever process it came: every deed of an assembly counts its row up."""
    _viewer, row = await seen(request, reference)
    return ServerSentEvent(turns_of(row), retry_duration=2000)


async def turns_of(row: Assembly) -> AsyncIterator[str]:
    known = -1
    for _look in range(int(LONGEST)):
        found = await Assembly.select(Assembly.turns).where(Assembly.id == row.id).first()
        if found is None:
            return
        if found["turns"] != known:
            known = found["turns"]
            yield str(known)
        await asyncio.sleep(LOOK_SECONDS)


handlers = [screen_page, changes]
