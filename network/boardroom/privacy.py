"""What meetings of the board hold about a person: who was invited by which address, who was there, and tasks."""

from collections.abc import Sequence

from network.activity import record
from network.boardroom.tables import BoardMeeting, BoardTask, Invited
from network.database import marks
from network.i18n import N_, _, format_day, ngettext
from network.people.viewer import Viewer
from network.web.dated import Dated
from network.web.handed import Held, Privacy, Subject, Trace
from network.web.kinds import Forgetting, Kind, Term

BOARD = N_("Members of the board and the managing director")


TOLD = Dated(Invited, Invited.meeting.starts_at, Invited.email != "", {Invited.email: ""})
ADDRESSES = Kind(
    key="boardroom.addresses",
    room=N_("Board"),
    title=N_("Addresses of those who were invited to meetings of the board"),
    whose=BOARD,
    what=N_("E-mail address of the letter"),
    purpose=N_("To invite everybody, and to prove it while a decision can be contested"),
    ground=N_("Art. 6 (1) f GDPR"),
    recipients=N_("The office and the board"),
    source=N_("Art. 5 (1) e GDPR: whoever contests a decision does so within a year"),
    forgetting=Forgetting(
        term=Term(12, "months", least=1, most=120),
        after=N_("after the meeting"),
        counted=lambda number: ngettext("%(num)s address", "%(num)s addresses", number),
        verb=N_("addresses of board meetings forgotten"),
        due=TOLD.due,
        next_after=TOLD.next_after,
        forget=TOLD.forget,
        yearly=True,
    ),
)
MEETINGS = Kind(
    key="boardroom.meetings",
    room=N_("Board"),
    title=N_("Meetings of the board"),
    whose=BOARD,
    what=N_("Name, office, when somebody was there, conflicts of interest, minutes"),
    purpose=N_("So that decisions can be understood and proved"),
    ground=N_("§§ 27, 28, 34 BGB; Art. 6 (1) f GDPR"),
    recipients=N_("The office and the board"),
    lasts=N_("For good: the association's history"),
)


DONE = Dated(BoardTask, BoardTask.done_on)
TASKS = Kind(
    key="boardroom.tasks",
    room=N_("Board"),
    title=N_("Tasks from meetings of the board"),
    whose=BOARD,
    what=N_("Name, task, day, what came of it"),
    purpose=N_("So that what was decided is seen to"),
    ground=N_("Art. 6 (1) f GDPR"),
    recipients=N_("The office and the board"),
    source=N_("As long as claims may arise from it (§§ 195, 199 BGB); what was decided stands in the minutes"),
    forgetting=Forgetting(
        term=Term(3, "years"),
        after=N_("after it was done"),
        counted=lambda number: ngettext("%(num)s task", "%(num)s tasks", number),
        verb=N_("tasks of the board forgotten"),
        due=DONE.due,
        next_after=DONE.next_after,
        forget=DONE.forget,
    ),
)


async def known_as(words: Sequence[str]) -> list[Trace]:
    del words  # whoever is invited is a person of the house
    return []


async def held_about(viewer: Viewer, subject: Subject) -> list[Held]:
    del viewer
    if not subject.person_ids:
        return []
    told: list[Held] = []
    stays = _("Who decided what stands in the minutes of the board and in the resolution book, and stays.")
    for row in await Invited.objects(Invited.meeting).where(Invited.person.is_in(subject.person_ids)):
        facts = [
            (format_day(row.meeting.starts_at), row.meeting.title),
            (_("Name"), row.name),
            (_("Seat"), row.office),
        ]
        told.append(Held(MEETINGS, facts, stays=stays))
        if row.email:
            ahead = not row.meeting.closed_at and not row.meeting.cancelled_at
            waits = _("The meeting lies ahead, and its letters go to this address.") if ahead else ""
            told.append(Held(ADDRESSES, [(_("E-mail address"), row.email)], stays=waits))
    for task in await BoardTask.objects().where(BoardTask.person.is_in(subject.person_ids)):
        facts = [(_("Until"), format_day(task.due_on)), (_("Task"), task.title)]
        waits = "" if task.done_on else _("The task is not done yet.")
        told.append(Held(TASKS, facts, stays=waits))
    return told


async def erase(subject: Subject, actor: str) -> None:
    """Addresses of what is over, and tasks that are done."""
    ids = subject.person_ids
    if not ids:
        return
    over = BoardMeeting.select(BoardMeeting.id).where(
        (BoardMeeting.closed_at != None) | (BoardMeeting.cancelled_at != None)
    )
    mine = Invited.person.is_in(ids) & Invited.meeting.is_in(over) & (Invited.email != "")
    addresses = await Invited.update({Invited.email: ""}).where(mine).returning(Invited.id)
    tasks = await BoardTask.raw(
        f"DELETE FROM board_task WHERE person IN ({marks(ids)}) AND done_on IS NOT NULL RETURNING id", *ids
    )
    if addresses or tasks:
        thing = f"person:{subject.references[0]}"
        await record(
            actor, N_("addresses and tasks of the board erased"), thing, detail=str(len(addresses) + len(tasks))
        )


PRIVACY = Privacy(known_as, held_about, erase, (ADDRESSES, MEETINGS, TASKS))
