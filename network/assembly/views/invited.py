"""Behind the link in an invitation: agenda and papers for whoever has the letter, without signing in."""

from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from network.assembly import agenda, delivery, dispatch, meeting, paper, timing
from network.assembly.differing import differences
from network.assembly.letters import where
from network.assembly.tables.meeting import Assembly
from network.files import File
from network.web.guards import anyone
from network.web.pages import download, page

Req = Request[Any, Any, Any]
HERE = "/assembly/{token:str}"


async def opened(token: str) -> Assembly:
    found = await dispatch.opened_by(token)
    row = await Assembly.objects().get(Assembly.id == found.assembly) if found else None
    if row is None or row.rehearsal_of:
        raise NotFoundException
    return row


@get(HERE, guards=[anyone])
async def invited_page(request: Req, token: FromPath[str]) -> Response[Any]:
    row = await opened(token)
    papers = await paper.papers_of(row)
    motions = await timing.motions_of(row)
    return await page(
        request,
        "assembly/invited",
        row=row,
        here=f"/assembly/{token}",
        state=meeting.state_of(row),
        modes=meeting.MODES,
        where=where(row),
        items=await agenda.items_of(row),
        title_of=agenda.title_of,
        papers=papers,
        compared=[
            (one, differences(one.old_text, one.new_text)) for held in papers.values() for one in held if one.compares
        ],
        minutes=await delivery.sent_version(row) if row.closed_at else None,
        motions_until=row.motions_until or (motions.day if motions else None),
    )


@get(f"{HERE}/pdf", guards=[anyone])
async def invitation_file(token: FromPath[str]) -> Response[bytes]:
    row = await opened(token)
    return await as_download(await File.objects().get(File.id == row.invitation) if row.invitation else None)


@get(f"{HERE}/papers/{{reference:str}}/file", guards=[anyone])
async def paper_file(token: FromPath[str], reference: FromPath[str]) -> Response[bytes]:
    return await as_download(await paper.file_of(await opened(token), reference))


async def as_download(file: File | None) -> Response[bytes]:
    if file is None:
        raise NotFoundException
    return download(file.content, file.media_type, file.name)


@get(f"{HERE}/minutes", guards=[anyone])
async def minutes_file(token: FromPath[str]) -> Response[bytes]:
    sent = await delivery.sent_version(await opened(token))
    return await as_download(await delivery.document_of(sent) if sent else None)


handlers = [invited_page, invitation_file, paper_file, minutes_file]
