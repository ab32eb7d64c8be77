"""The screen for the room: what is dealt with, what is voted on, how it came out. It follows by itself."""

from typing import Any

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import ServerSentEvent

from network.assembly import acceptance, agenda, announced, ballot, decision, floor, following, meeting, open_vote
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
LONGEST_NUMBER = 10  # digits


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
    """One event for each change, from whichever process it came; the chair's page and a rehearsal's follow it, too."""
    _viewer, row = await seen(request, reference)
    return events(request, row)


def events(request: Req, row: Assembly) -> ServerSentEvent:
    """`since` in the address is what the page that follows was made from."""
    since = request.query_params.get("since", "")
    known = int(since) if since.isascii() and since.isdigit() and len(since) < LONGEST_NUMBER else -1
    return ServerSentEvent(following.turns_of(row, known), retry_duration=2000)


handlers = [screen_page, changes]
