"""Story 1: a forum with a waiting list and a new date, with the office's own numbers."""

from datetime import date, time, timedelta

import pytest
import vobject

from mailing.tables import Letter
from network import clock
from network.clock import berlin
from network.events import access, changes, editing, event, registration, rules
from network.events.counts import Counts, counts_of
from network.events.registration import By, Guest
from network.events.tables import Attendee, AttendeeState, Event
from network.people.tables import RoleKind
from network.people.viewer import Viewer

OFFICE = "mira"
TEAM = Viewer(1, "mira", roles=frozenset({(RoleKind.EVENT_TEAM, "")}))
FORUM_DAY, NEW_DAY, WINTER_DAY = date(2027, 10, 18), date(2028, 4, 25), date(2028, 11, 8)


def guests(organisation, count, *, first=0, **needs):
    return [
        Guest(
            f"Gast {organisation} {number}",
            f"gast.{organisation}.{number}@example.org".lower(),
            **(needs if number == 0 else {}),
        )
        for number in range(first, first + count)
    ]


async def sign_up(forum, organisation, people, typed="", **options):
    first = people[0]
    name = typed or f"Organisation {organisation} gGmbH"
    return await registration.sign_up(
        forum.id, organisation=name, name=first.name, email=first.email, guests=people, **options
    )


async def of(name):
    return await Attendee.objects().get((Attendee.name == name) & (Attendee.state != AttendeeState.CANCELLED))


async def letters(template):
    return await Letter.objects().where(Letter.template == f"events/{template}").order_by(Letter.id)


async def entries_of(person):
    """All calendar entries sent to somebody: method, UID, sequence, day and time in Berlin."""
    found = []
    for letter in (
        await Letter.objects().where((Letter.to_email == person.email) & (Letter.calendar != "")).order_by(Letter.id)
    ):
        one = vobject.readOne(letter.calendar).vevent
        found.append(
            (letter.calendar_method, one.uid.value, int(one.sequence.value), one.dtstart.value.replace(tzinfo=None))
        )
    return found


@pytest.fixture
async def forum(association):
    """Announced on Sunday, 5 September 2027: Kassel, 70 seats, Monday 18 October 2027, 10 to 16 o'clock."""
    with clock.set_to(berlin(date(2027, 9, 5), time(10))):
        made = await event.create(
            actor=OFFICE,
            title_de="2. Austauschforum",
            starts_at=berlin(FORUM_DAY, time(10)),
            ends_at=berlin(FORUM_DAY, time(16)),
            seats=70,
            venue="Haus der Begegnung",
            postal_code="34117",
            town="Kassel",
        )
        await event.publish(made.id, actor=OFFICE)
        return await Event.objects().get(Event.id == made.id)


async def first_morning(forum):
    """64 people of 41 organisations between 8 and 12 o'clock; two type the name of theirs differently."""
    lebensweg = None
    with clock.set_to(berlin(date(2027, 9, 6), time(8))):
        lebensweg = await sign_up(forum, "Lebensweg", guests("Lebensweg", 5), "Lebensweg gGmbH")
    with clock.set_to(berlin(date(2027, 9, 6), time(10, 30))):
        for number in range(18):
            needs = {"needs": ("dgs",), "consent": True} if number == 0 else {}
            needs = {"needs": ("wheelchair",), "consent": True} if number == 1 else needs
            await sign_up(forum, f"N{number}", guests(f"N{number}", 2, **needs))
        for number in range(18, 39):
            await sign_up(forum, f"N{number}", guests(f"N{number}", 1))
        await sign_up(forum, "Doppelt", guests("Doppelt", 1), "Doppelt & Partner e. V.")
        await sign_up(forum, "Zweimal", guests("Zweimal", 1), "doppelt und partner")
    return lebensweg


async def test_the_forum_from_the_first_registration_to_the_new_date(forum):
    lebensweg = await first_morning(forum)

    # Each of the 64 has one mail with a calendar entry; 64 of 70, 41 organisations.
    assert await counts_of(forum) == Counts(taken=64, waiting=0, organisations=41)
    invited = await Letter.objects().where(Letter.calendar_method == "REQUEST")
    assert len(invited) == len({letter.to_email for letter in invited}) == await Letter.count() == 64
    assert await access.needs_summary(forum) == {"dgs": 1, "wheelchair": 1}
    assert [row["needs"] for row in await access.needs_of(TEAM, forum)] == ["dgs", "wheelchair"]

    # Next day 9 more: 6 get seats, W1 are two colleagues who only come together, W2 is one person.
    with clock.set_to(berlin(date(2027, 9, 7), time(9))):
        for number in range(6):
            await sign_up(forum, f"S{number}", guests(f"S{number}", 1))
        await sign_up(forum, "W1", guests("W1", 2), together=True)
        await sign_up(forum, "W2", guests("W2", 1))
    assert (await counts_of(forum)).taken == 70
    assert (await counts_of(forum)).waiting == 3
    assert len(await letters("waiting")) == 1  # the second of W1; the registrants of W1 and W2 have their overview

    # Lebensweg cancels 2 of 5: W1 moves up as a pair, W2 stays first, Lebensweg's other 3 keep their places.
    with clock.set_to(berlin(date(2027, 9, 8), time(9))):
        gone = (await registration.people_of(lebensweg))[:2]
        await registration.cancel(forum.id, [person.reference for person in gone], by=By.REGISTRANT)
    assert await counts_of(forum) == Counts(taken=70, waiting=1, organisations=48)
    assert [(await of(f"Gast W1 {number}")).state for number in (0, 1)] == ["seated", "seated"]
    assert (await of("Gast W2 0")).state == "waiting"
    assert [person.state for person in await registration.people_of(lebensweg)] == ["seated"] * 3
    assert sorted(letter.to_email for letter in await letters("moved_up")) == [
        "gast.w1.0@example.org",
        "gast.w1.1@example.org",
    ]

    # The date moves to Tuesday, 25 April 2028: 70 updates (same UID, SEQUENCE 1), W2 a notice.
    with clock.set_to(berlin(date(2027, 9, 20), time(9))):
        due = await changes.letters_due(forum)
        sent = await editing.edit(
            forum.id, actor=OFFICE, starts_at=berlin(NEW_DAY, time(10)), ends_at=berlin(NEW_DAY, time(16)),
            deadline=berlin(date(2028, 4, 12), time(0)),
        )  # fmt: skip
    assert (due.seated, due.waiting, sent) == (70, 1, 71)
    updates = await letters("event_changed")
    assert [sum(bool(letter.calendar) is carried for letter in updates) for carried in (True, False)] == [70, 1]
    assert {int(vobject.readOne(letter.calendar).vevent.sequence.value) for letter in updates if letter.calendar} == {1}
    someone = await of("Gast N5 0")
    assert await entries_of(someone) == [
        ("REQUEST", someone.reference, 0, clock.datetime.combine(FORUM_DAY, time(10))),
        ("REQUEST", someone.reference, 1, clock.datetime.combine(NEW_DAY, time(10))),
    ]

    # Everybody can say "cannot come" without signing in; 3 do: 67; W2 moves up: 68; two seats are free again.
    with clock.set_to(berlin(date(2027, 9, 21), time(9))):
        for name in ("Gast N6 0", "Gast N6 1", "Gast N7 0"):
            await registration.attendee_cannot_come((await of(name)).key)
    assert await counts_of(forum) == Counts(taken=68, waiting=0, organisations=48)
    assert (await of("Gast W2 0")).state == "seated"
    moved = (await letters("moved_up"))[-1]
    assert (moved.to_email, moved.calendar_method) == ("gast.w2.0@example.org", "REQUEST")

    # Reopened; a later trial move to 8 November, in winter time, still shows 10 o'clock.
    with clock.set_to(berlin(date(2027, 9, 22), time(9))):
        fresh = await Event.objects().get(Event.id == forum.id)
        assert rules.may_register(fresh, clock.now(), free=2)
        await editing.edit(
            forum.id, actor=OFFICE, starts_at=berlin(WINTER_DAY, time(10)), ends_at=berlin(WINTER_DAY, time(16)),
        )  # fmt: skip
    last = (await entries_of(someone))[-1]
    assert last == ("REQUEST", someone.reference, 2, clock.datetime.combine(WINTER_DAY, time(10)))
    letter = await Letter.objects().where(Letter.to_email == someone.email).order_by(Letter.id, ascending=False).first()
    assert vobject.readOne(letter.calendar).vevent.dtstart.value.utcoffset() == timedelta(hours=1)


async def test_who_cancelled_is_never_offered_the_seat_again(forum):
    await first_morning(forum)
    with clock.set_to(berlin(date(2027, 9, 7), time(9))):
        for number in range(7):
            await sign_up(forum, f"S{number}", guests(f"S{number}", 1))
        gone = await of("Gast S0 0")
        await registration.attendee_cannot_come(gone.key)
        for name in ("Gast S1 0", "Gast S2 0"):
            await registration.attendee_cannot_come((await of(name)).key)

    assert (await counts_of(forum)).taken == 68
    assert (await Attendee.objects().get(Attendee.id == gone.id)).state == "cancelled"
    assert [letter.to_email for letter in await letters("moved_up")] == ["gast.s6.0@example.org"]
