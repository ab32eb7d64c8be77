"""The demo looks alive on any day: something is due, open, full and past, with the numbers of DOMAIN §8."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from mailing import readers
from mailing.readers import State
from mailing.tables import Delivery, Letter, LetterState, Subscriber
from network import clock, demo
from network.assembly import afterwards, minutes, motion, proof
from network.assembly.tables.meeting import Assembly
from network.association import profile
from network.association.tables import Association
from network.board import ledger
from network.board.tables import Duty
from network.database import DB
from network.demo.cast import FIRST, LAST
from network.events.figures import figures_of
from network.events.rules import EventState, state_of
from network.events.tables import Event, Registration
from network.events.waitlist import queue
from network.i18n import local
from network.members import directory
from network.newsletter.tables import Issue
from network.people.tables import Person, RoleKind
from network.people.viewer import Viewer
from network.register.case import of_assembly
from network.register.handed import due as register_due
from network.resolutions.tables import Resolution

OFFICE = Viewer(1, "mira", roles=frozenset({(RoleKind.OFFICE, "")}))
ANY_DAYS = [date(2026, 11, 22), date(2027, 1, 4), date(2028, 2, 29)]


@pytest.mark.parametrize("day", ANY_DAYS, ids=str)
async def test_the_events_are_past_open_and_planned_on_any_day(day):
    with clock.set_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
        await demo.build(day)
        events = {event.title_de: event for event in await Event.objects()}
        states = {title: state_of(event, clock.now()) for title, event in events.items()}

    past, full = await figures_of(events["1. Austauschforum"]), await figures_of(events["2. Austauschforum"])
    open_ = await figures_of(events["Online-Sprechstunde Förderplanung"])
    meeting = events["Arbeitstreffen Qualität"]
    waiting = await queue(events["2. Austauschforum"])
    assert states == {
        "1. Austauschforum": EventState.OVER,
        "Werkstattgespräch Betriebskontakte": EventState.OVER,
        "Online-Sprechstunde Förderplanung": EventState.PUBLISHED,
        "2. Austauschforum": EventState.PUBLISHED,
        "Arbeitstreffen Qualität": EventState.PUBLISHED,
        "Fachkongress „Wege zurück in Arbeit“": EventState.PLANNED,
    }
    assert (past.present, past.organisations_present, past.no_shows) == (63, 40, 6)
    assert (full.seated, events["2. Austauschforum"].seats) == (70, 70)
    numbers = [
        (await Registration.objects().get(Registration.id == entry.people[0].registration)).phone for entry in waiting
    ]
    assert [entry.size for entry in waiting] == [2, 1]
    assert numbers == ["030 23125 017", "030 23125 034"]
    assert (open_.seated, events["Online-Sprechstunde Förderplanung"].seats) == (11, 30)
    assert (meeting.starts_at.astimezone(clock.BERLIN).hour, clock.berlin(day, time(9)) <= meeting.starts_at) == (
        9,
        True,
    )
    assert meeting.starts_at <= clock.berlin(day + timedelta(days=1), time(9))


async def test_members_readers_and_letters_are_as_the_domain_says(at_sunday):
    await demo.build(clock.today())

    counts = await directory.counts()
    states = {state: await Subscriber.count().where(readers.in_state(state)) for state in State}
    assert (counts.members, counts.sites) == (10, 23)
    assert states == {State.CONFIRMED: 312, State.PENDING: 7, State.BOUNCED: 9, State.LEFT: 21}
    assert await Letter.count().where(Letter.state == LetterState.QUEUED) == 0
    assert await Letter.count().where(Letter.state == LetterState.FAILED) == 2  # of a forum and of the assembly
    assert await Delivery.count() == 321
    assert [bool(issue.sent_at) for issue in await Issue.objects().order_by(Issue.id)] == [True, False]


async def test_everybody_in_it_is_invented_and_lives_at_example_org(at_sunday):
    await demo.build(clock.today())

    addresses = [row["email"] for table in (Person, Subscriber) for row in await table.select(table.email)]
    addresses += [row["to_email"] for row in await Letter.select(Letter.to_email)]
    assert [address for address in addresses if not address.endswith("@example.org")] == []
    assert len(set(FIRST.split())) * len(set(LAST.split())) > 5000


async def test_loading_twice_changes_nothing_and_refreshing_begins_anew(at_sunday):
    await demo.load()
    first = await Person.select(Person.reference).order_by(Person.id)
    await demo.load()
    second = await Person.select(Person.reference).order_by(Person.id)
    with clock.set_to(at_sunday + timedelta(weeks=3)):
        await demo.load(refresh=True)
    third = await Person.select(Person.reference).order_by(Person.id)

    assert first == second
    assert len(third) == len(first)
    assert [row for row in third if row in first] == []


async def test_an_association_of_ones_own_is_never_touched():
    await profile.set_up(full_name="Eigener Verein e. V.", short_name="EV", email="post@example.org")

    with pytest.raises(SystemExit, match="the demo never touches it"):
        await demo.load(refresh=True)

    assert [row["short_name"] for row in await Association.select(Association.short_name)] == ["EV"]


async def test_a_demo_that_fails_halfway_leaves_nothing(monkeypatch, at_sunday):
    async def fails(*_arguments):
        raise RuntimeError

    monkeypatch.setattr(demo.readers, "write_issues", fails)
    with pytest.raises(RuntimeError):
        await demo.load()

    assert await Association.count() == 0
    assert not DB.transaction_exists()


@pytest.mark.parametrize("day", ANY_DAYS, ids=str)
async def test_the_assembly_lies_ahead_with_one_lost_invitation_and_one_late_motion(day):
    with clock.set_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
        await demo.build(day)
        (row,) = await Assembly.objects().where((Assembly.starts_at > clock.now()) & (Assembly.rehearsal_of == None))
        sheet, (late,) = await proof.proof_of(row), await motion.motions_of(row)

    assert (len(sheet.members), len(sheet.lost), len(sheet.to_post)) == (10, 1, 0)
    assert (late.late, motion.state_of(late), [one.too_late for one in sheet.members]) == (
        "discussion", "open", [False] * 10,
    )  # fmt: skip


@pytest.mark.parametrize("day", ANY_DAYS, ids=str)
async def test_last_years_assembly_went_all_the_way_from_the_plan_to_the_register(day):
    with clock.set_to(datetime(day.year, day.month, day.day, 9, tzinfo=UTC)):
        await demo.build(day)
        [row] = await Assembly.objects().where(Assembly.closed_at != None)
        case, book = await of_assembly(row), await ledger.read()
        lines = [line.title for line in (*await afterwards.due(OFFICE, day), *await register_due(OFFICE, day))]

    decided = Resolution.objects().where(Resolution.body == "assembly").order_by(Resolution.number)
    taken = [(one.outcome, one.yes, one.no, one.abstain, one.banned) for one in await decided]
    assert taken == [
        ("adopted", 16, 0, 0, 0), ("adopted", 13, 0, 1, 2), ("adopted", 12, 3, 1, 0),
        ("rejected", 11, 4, 1, 0), ("adopted", 14, 2, 0, 0), ("adopted", 13, 1, 2, 0),
    ]  # fmt: skip
    last = await minutes.latest(row)
    assert last.signed_at < last.sent_at
    assert "Tarek Linnemann nimmt die Wahl an" in last.text
    assert (case.state, case.filing.entry) == ("registered", "VR 00001 B, Blatt 7")
    board = {one.who: (one.since, one.until) for one in book.board(day).holders}
    assert [*board] == ["Henrike Voßberg", "Tarek Linnemann", "Dr. Ruta Kaspereit"]
    assert board["Tarek Linnemann"] == (local(row.starts_at), board["Henrike Voßberg"][1])
    assert await Duty.count().where(Duty.done_on == None) == 0
    assert [line for line in lines if row.title in line] == []
