"""Minutes of the board: drafted from what happened, edited, sent, and approved in a later meeting; then they stay."""

from typing import Any

from mailing.letters import Enclosure
from network import clock, documents
from network.activity import record
from network.association.profile import known_profile
from network.boardroom import letters, task
from network.boardroom.invited import invited_to
from network.boardroom.meeting import by_reference, refuse_not_running, taken, thing
from network.boardroom.protocol import drafted
from network.boardroom.tables import BoardItem, BoardMeeting, BoardMinutes, BoardTask
from network.database import DB
from network.errors import Refused
from network.files import File, keep
from network.i18n import N_, _, format_day, format_weekday, speaking
from network.web.addresses import link


async def draft(row: BoardMeeting, *, actor: str) -> BoardMinutes:
    """From what happened; what was edited is replaced. Refused until the meeting is closed, and once approved."""
    async with DB.transaction():
        held = await taken(row)
        if not held.closed_at:
            raise Refused(_("The minutes are drafted when the meeting is closed."))
        mine = await of(held) or BoardMinutes(meeting=held.id, text="", drafted_at=clock.now())
        refuse_approved(mine)
        mine.text, mine.drafted_at, mine.edited_at, mine.edited_by = await drafted(held), clock.now(), None, ""
        await mine.save()
        await record(actor, N_("minutes of the board drafted"), thing(row), row.title)
    return mine


async def edit(row: BoardMeeting, text: str, *, actor: str) -> None:
    """Refused once they are approved."""
    async with DB.transaction():
        await taken(row)
        mine = await known(row)
        refuse_approved(mine)
        mine.text, mine.edited_at, mine.edited_by = text, clock.now(), actor
        await mine.save()
        await record(actor, N_("minutes of the board edited"), thing(row), row.title)


async def send(row: BoardMeeting, *, actor: str) -> int:
    """To everybody who was invited, as a PDF, with each one's own tasks; returns how many."""
    async with DB.transaction():
        await taken(row)
        mine = await known(row)
        enclosure = Enclosure(file_name(row), "application/pdf", await pdf(row, mine))
        to = [one for one in await invited_to(row) if one.email]
        tasks = [one for one in await task.of_meeting(row) if one.done_on is None]
        for one in to:
            with speaking(one.locale):
                own = [told(each) for each in tasks if each.person == one.person]
            await letters.minutes(row, one, enclosure, own)
        mine.sent_at = clock.now()
        await mine.save()
        await record(actor, N_("minutes of the board sent"), thing(row), row.title, str(len(to)))
    return len(to)


def told(one: BoardTask) -> str:
    return _("%(task)s, until %(day)s", task=one.title, day=format_day(one.due_on))


async def approve(held_in: BoardMeeting, item: BoardItem, *, actor: str) -> None:
    """The board approves the minutes that the item is about; from then on they stay, kept as a PDF.

    Refused unless this meeting is open. Pressed twice nothing more happens.
    """
    async with DB.transaction():
        refuse_not_running(await taken(held_in))
        earlier = await by_reference(item.about)
        mine = await of(await taken(earlier)) if earlier else None
        if earlier is None or mine is None:
            raise Refused(_("There are no minutes to be approved."))
        if mine.approved_on:
            return
        mine.approved_on, mine.approved_in = clock.today(), held_in.reference
        mine.document = (await keep(file_name(earlier), "application/pdf", await pdf(earlier, mine))).id
        await mine.save()
        await record(actor, N_("minutes of the board approved"), thing(earlier), earlier.title)


async def pdf(row: BoardMeeting, mine: BoardMinutes) -> bytes:
    """Tagged (PDF/UA); what is not approved yet says that it is a draft."""
    association = await known_profile()
    with speaking("de"):
        hands = ((row.chair, _("Chair of the meeting")), (row.minute_taker, _("Minute taker")))
        values: dict[str, Any] = {
            "language": "de",
            "title": _("Minutes: %(title)s", title=row.title),
            "byline": format_weekday(row.starts_at),
            "draft": _("Approved on %(day)s", day=format_day(mine.approved_on)) if mine.approved_on else _("Draft"),
            "body": documents.blocks(mine.text),
            "signatures": [[name, capacity, ""] for name, capacity in hands if name],
            "association": association.full_name,
            "address": link(f"/office/board/meetings/{row.reference}/minutes"),
            "imprint": association.footer("de").split("\n"),
        }
    return await documents.pdf("minutes", values)


async def as_file(row: BoardMeeting, mine: BoardMinutes) -> bytes:
    """As they were approved; else as they stand."""
    kept = await File.objects().get(File.id == mine.document) if mine.document else None
    return kept.content if kept else await pdf(row, mine)


def file_name(row: BoardMeeting) -> str:
    with speaking("de"):
        return _("Minutes of the board, %(day)s", day=format_day(row.starts_at)) + ".pdf"


async def of(row: BoardMeeting) -> BoardMinutes | None:
    return await BoardMinutes.objects().get(BoardMinutes.meeting == row.id)


async def known(row: BoardMeeting) -> BoardMinutes:
    mine = await of(row)
    if mine is None:
        raise Refused(_("There are no minutes yet."))
    return mine


def refuse_approved(mine: BoardMinutes) -> None:
    if mine.approved_on:
        raise Refused(_("These minutes are approved and stay as they are."))
