"""What the board's meetings hand up: what is due for whom, the next meeting, and where a resolution was taken."""

from datetime import date, timedelta

from network import clock
from network.boardroom import agenda, decision, invited, meeting, minutes, task
from network.boardroom.meeting import State, state_of
from network.boardroom.notice import notice_of
from network.boardroom.rules import may_prepare, may_see
from network.boardroom.tables import BoardItem, BoardMeeting, BoardTask, Invited, ItemKind
from network.folding import folded
from network.i18n import _, format_day, local
from network.people.tables import RoleKind
from network.people.viewer import Viewer
from network.web.addresses import url
from network.web.handed import Card, Due, Found

PLACE = "/office/board/meetings"
TASKS = "/office/board/tasks"
MOST_FOUND = 10
WAITING = (
    "SELECT (SELECT COUNT(*) FROM board_task WHERE person = {} AND done_on IS NULL AND due_on <= {}) + "
    "(SELECT COUNT(*) FROM board_invited i JOIN board_meeting m ON m.id = i.meeting WHERE i.person = {} "
    "AND i.answer = '' AND i.sent_at IS NOT NULL AND m.opened_at IS NULL AND m.cancelled_at IS NULL) AS number"
)
SOON = 14  # days before the last safe one, from which on Today names the invitation


async def waiting_for(viewer: Viewer) -> int:
    """For the board: one's own invitations without an answer, and tasks that are due; one query for the rail."""
    if not viewer.on_board:
        return 0
    rows = await BoardTask.raw(WAITING, viewer.person_id, clock.today(), viewer.person_id)
    return int(rows[0]["number"])


async def due(viewer: Viewer, day: date) -> list[Due]:
    """One's own tasks and unanswered invitations; for the office overdue tasks, too, and what is to be written."""
    if not may_see(viewer):
        return []
    told = [task_line(one, viewer, day) for one in await task.open_ones() if is_told(one, viewer, day)]
    ahead = await meeting.ahead()
    told += [answer_line(row) for row in ahead if await waits_for(row, viewer)]
    if not may_prepare(viewer):
        return told
    told += [line for row in ahead if (line := await invitation_line(row, day))]
    if viewer.holds(RoleKind.OFFICE):
        told += [minutes_line(row) for row in await without_minutes()]
    return told


def is_told(one: BoardTask, viewer: Viewer, day: date) -> bool:
    return one.person == viewer.person_id or (viewer.holds(RoleKind.OFFICE) and one.due_on < day)


def task_line(one: BoardTask, viewer: Viewer, day: date) -> Due:
    return Due(
        title=_("Task: %(title)s", title=one.title),
        url=url(TASKS),
        day=one.due_on,
        kind="warn" if one.due_on <= day else "info",
        state=_("overdue") if one.due_on < day else _("open"),
        reason=_("Given to you by the board.") if one.person == viewer.person_id else one.name,
        action=_("To the tasks"),
        action_url=url(TASKS),
    )


async def waits_for(row: BoardMeeting, viewer: Viewer) -> bool:
    mine = await invited.mine_in(row, viewer.person_id) if state_of(row) == State.INVITED else None
    return mine is not None and not mine.answer


def answer_line(row: BoardMeeting) -> Due:
    return Due(
        title=_("%(title)s on %(day)s: do you come?", title=row.title, day=format_day(row.starts_at)),
        url=place(row),
        day=local(row.starts_at),
        state=_("your answer is missing"),
        reason=meeting.where(row),
        action=_("Answer"),
        action_url=place(row),
    )


async def invitation_line(row: BoardMeeting, day: date) -> Due | None:
    """While nobody is invited, from two weeks before the last safe day on."""
    if state_of(row) != State.PLANNED:
        return None
    notice = await notice_of(row)
    if notice.last - timedelta(days=SOON) > day:
        return None
    return Due(
        title=_("Invite the board to the meeting on %(day)s", day=format_day(row.starts_at)),
        url=place(row),
        day=notice.last,
        kind="warn" if notice.last <= day else "info",
        state=_("not invited yet"),
        reason=notice.words if notice.is_kept_by(day) else notice.late_words,
        action=_("Invite"),
        action_url=f"{place(row)}/invitation",
    )


async def without_minutes() -> list[BoardMeeting]:
    """Of the latest meetings, those that nobody has drafted minutes of."""
    held = [row for row in await meeting.before() if row.closed_at and row.closed_at > clock.ago(days=90)]
    return [row for row in held if await minutes.of(row) is None]


def minutes_line(row: BoardMeeting) -> Due:
    return Due(
        title=_("Minutes of the board, %(day)s", day=format_day(row.starts_at)),
        url=f"{place(row)}/minutes",
        state=_("to be drafted"),
        reason=_("They write themselves from what was entered."),
        action=_("Draft the minutes"),
        action_url=f"{place(row)}/minutes",
    )


async def cards(viewer: Viewer) -> list[Card]:
    """The next meeting with its papers, for whoever is on the board."""
    if not viewer.on_board:
        return []
    coming = [row for row in await meeting.ahead() if state_of(row) in (State.INVITED, State.RUNNING)]
    if not coming:
        return []
    row = coming[0]
    mine: Invited | None = await invited.mine_in(row, viewer.person_id)
    values = {
        "row": row,
        "items": await agenda.items_of(row),
        "papers": await agenda.papers_of(row),
        "mine": mine,
        "answers": invited.ANSWERS,
        "where": meeting.where(row),
        "running": state_of(row) == State.RUNNING,
    }
    return [Card("boardroom/card", values)]


async def found(viewer: Viewer, text: str) -> list[Found]:
    """Items of agendas by their title, the latest first."""
    wanted = folded(text).split() if may_see(viewer) else []
    if not wanted:
        return []
    rows = {row.id: row for row in [*await meeting.ahead(), *await meeting.before()]}
    items = await BoardItem.objects().where(BoardItem.kind == ItemKind.TOPIC).order_by(BoardItem.id, ascending=False)
    hits = [one for one in items if all(word in folded(f"{one.title} {one.text}") for word in wanted)]
    return [
        Found(_("Board"), one.title, f"{place(rows[one.meeting])}#{one.reference}",
              ", ".join([rows[one.meeting].title, format_day(rows[one.meeting].starts_at)]))
        for one in hits[:MOST_FOUND]
    ]  # fmt: skip


async def beside(viewer: Viewer, reference: str) -> list[Card]:
    """On the page of a resolution: the meeting of the board that took it."""
    found = await decision.meeting_of(reference) if may_see(viewer) else None
    return [Card("boardroom/beside", {"row": found[0], "item": found[1]})] if found else []


def place(row: BoardMeeting) -> str:
    return url(f"{PLACE}/{row.reference}")
