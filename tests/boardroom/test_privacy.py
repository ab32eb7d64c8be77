"""What meetings of the board hold about a person is told, and goes when its time is over; what was decided stays."""

from datetime import date, timedelta

from network.boardroom import attendance, invitation, invited, task
from network.boardroom.handed import found, waiting_for
from network.boardroom.privacy import ADDRESSES, PRIVACY, TASKS
from network.boardroom.tables import BoardTask, Invited
from network.people.tables import Person, RoleKind
from network.people.viewer import VISITOR, Viewer
from network.web.handed import Subject
from tests.boardroom.make import DAY, TODAY, board, on, planned


async def held_and_closed() -> Person:
    """A meeting that is over, a task that is done and one that is not: both of Tarek."""
    await board()
    tarek = await Person.objects().get(Person.name == "Tarek Linnemann")
    with on(TODAY):
        row = await planned()
        await invitation.invite(row, actor="")
        done = await task.give("Angebote einholen", tarek, date(2027, 10, 1), actor="")
        await task.give("Vertrag entwerfen", tarek, date(2027, 10, 1), actor="")
        await task.tick(done, done=True, actor="")
    with on(DAY):
        await attendance.begin(row, actor="")
        await attendance.close(row, actor="")
    return tarek


def subject(of: Person) -> Subject:
    return Subject(of.name, (of.email,), ((of.id, of.reference),))


async def test_the_file_for_a_person_tells_meetings_addresses_and_tasks(association):
    tarek = await held_and_closed()
    told = await PRIVACY.held_about(VISITOR, subject(tarek))

    assert [(one.kind.key, bool(one.stays)) for one in told] == [
        ("boardroom.meetings", True), ("boardroom.addresses", False), ("boardroom.tasks", False),
        ("boardroom.tasks", True),
    ]  # fmt: skip


async def test_erased_the_address_and_what_is_done_go_and_the_rest_stays(association):
    tarek = await held_and_closed()
    await PRIVACY.erase(subject(tarek), "")

    assert [(one.name, bool(one.email)) for one in await Invited.objects().order_by(Invited.id)] == [
        ("Henrike Vossberg", True), ("Tarek Linnemann", False), ("Dr. Ruta Kaspereit", True), ("Jonas Hillebrecht", True)
    ]  # fmt: skip
    assert [one.title for one in await BoardTask.objects()] == ["Vertrag entwerfen"]


async def test_addresses_go_after_the_meeting_and_tasks_after_they_were_done(association):
    await held_and_closed()
    addresses, tasks = ADDRESSES.forgetting, TASKS.forgetting
    before, day = DAY - timedelta(days=1), TODAY - timedelta(days=1)
    counted = [await addresses.due(before), await addresses.due(DAY), await tasks.due(day), await tasks.due(TODAY)]
    following = [await addresses.next_after(before), await tasks.next_after(day)]
    gone = [(await addresses.forget(DAY)).number, (await tasks.forget(TODAY)).number]

    assert (counted, following, gone) == ([0, 4, 0, 1], [DAY, TODAY], [4, 1])
    assert [await addresses.due(DAY), await tasks.due(TODAY)] == [0, 0]


async def test_the_number_in_the_rail_and_the_search_are_for_those_who_may_see(association):
    await board()
    with on(TODAY):
        row = await planned()
        await invitation.invite(row, actor="")
        tarek = await Person.objects().get(Person.name == "Tarek Linnemann")
        await task.give("Angebote einholen", tarek, TODAY, actor="")
        mine = Viewer(tarek.id, tarek.reference, tarek.name, roles=frozenset({(RoleKind.BOARD_MEMBER, "x")}))
        gone = Viewer(tarek.id, tarek.reference, tarek.name)
        numbers = [await waiting_for(one) for one in (mine, gone)]
        await invited.answer(row, tarek.id, "coming", actor="")
        later = await waiting_for(mine)

    assert (numbers, later) == ([2, 0], 1)
    assert [one.title for one in await found(mine, "mietv")] == ["Mietvertrag"]
    assert [await found(mine, " "), await found(gone, "mietv")] == [[], []]
