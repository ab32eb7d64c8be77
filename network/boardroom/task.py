"""A task: what somebody has to see to by a day. It stands on Today until it is done."""

from collections.abc import Sequence
from datetime import date

from network import clock
from network.activity import record
from network.boardroom import invited
from network.boardroom.tables import BoardItem, BoardMeeting, BoardTask
from network.database import DB
from network.errors import Refused
from network.i18n import N_, _
from network.people.person import full_name
from network.people.tables import Person, Role, RoleKind
from network.references import new_reference


async def give(title: str, person: Person, due_on: date, *, actor: str, item: BoardItem | None = None) -> BoardTask:
    """Refused for a day that is over."""
    if due_on < clock.today():
        raise Refused(_("This day is over."), "due_on")
    async with DB.transaction():
        row = BoardTask(
            reference=new_reference(), title=title, person=person.id, name=full_name(person), due_on=due_on,
            item=item.id if item else None, given_at=clock.now(), actor=actor,
        )  # fmt: skip
        await row.save()
        await record(actor, N_("task given"), thing(row), title, row.name)
    return row


async def tick(row: BoardTask, *, done: bool, actor: str, note: str = "") -> None:
    """It is done, or is not after all."""
    async with DB.transaction():
        row.done_on, row.done_by, row.note = (clock.today(), actor, note) if done else (None, "", "")
        await row.save()
        await record(actor, N_("task done") if done else N_("task open again"), thing(row), row.title, row.name)


async def who_can() -> dict[str, str]:
    """To whom a task can be given: the board of today, who manages, and the office; reference → name."""
    today = clock.today()
    ids = [one.person for one in await invited.on(today)]
    runs = (Role.kind == RoleKind.OFFICE) & (Role.since <= today) & ((Role.until == None) | (Role.until >= today))
    ids += [row["person"] for row in await Role.select(Role.person).where(runs)]
    order = {number: place for place, number in enumerate(dict.fromkeys(ids))}
    people = await Person.objects().where(Person.id.is_in([*order])) if order else []
    return {one.reference: full_name(one) for one in sorted(people, key=lambda one: order[one.id])}


# --- finding ---------------------------------------------------------------------------------------------------------


async def by_reference(reference: str) -> BoardTask | None:
    return await BoardTask.objects().get(BoardTask.reference == reference)


async def open_ones() -> list[BoardTask]:
    """The most urgent first."""
    return await BoardTask.objects().where(BoardTask.done_on == None).order_by(BoardTask.due_on).order_by(BoardTask.id)


async def done_ones(most: int = 50) -> list[BoardTask]:
    """The latest first."""
    done = BoardTask.objects().where(BoardTask.done_on != None).order_by(BoardTask.done_on, ascending=False)
    return await done.order_by(BoardTask.id, ascending=False).limit(most)


async def of_meeting(row: BoardMeeting) -> list[BoardTask]:
    return await BoardTask.objects().where(BoardTask.item.meeting == row.id).order_by(BoardTask.id)


async def meetings_of(tasks: Sequence[BoardTask]) -> dict[int, BoardMeeting]:
    """In which meeting each was given, by the task's row; those given outside of one are not named."""
    ids = [one.item for one in tasks if one.item]
    items = {one.id: one.meeting for one in await BoardItem.objects().where(BoardItem.id.is_in(ids))} if ids else {}
    rows = (
        {one.id: one for one in await BoardMeeting.objects().where(BoardMeeting.id.is_in([*set(items.values())]))}
        if items
        else {}
    )
    return {one.id: rows[items[one.item]] for one in tasks if one.item in items}


def thing(row: BoardTask) -> str:
    return f"board_task:{row.reference}"
