"""The demo's events: past with and without a report, tomorrow, open, full, and planned."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from network import clock
from network.demo.cast import DIETS, DUTIES, GUESTS, TYPED_DIFFERENTLY, Cast
from network.demo.members import NAMES as MEMBERS
from network.demo.texts import CONGRESS, CONTACT, FORUM, HOUR, KASSEL, MEETING, REPORT, WORKSHOP
from network.events import access, checkin, event, registration, report
from network.events.registration import Guest
from network.events.tables import Attendee, AttendeeState, Event, Registration
from network.i18n import local

HOUSES = [*MEMBERS, *GUESTS]
ABSENT = 6
TELEPHONES = ("030 23125 017", "030 23125 034")  # kept free by the Bundesnetzagentur for stories like this one


def monday(today: date, weeks: int) -> date:
    """The demo moves by whole weeks: its days keep their names."""
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)


async def build(today: date, cast: Cast) -> None:
    await past_forum(monday(today, -4), cast)
    await event_without_report(monday(today, -2) + timedelta(days=1), cast)
    await planned_congress(monday(today, 52) + timedelta(days=3), today, cast)
    await next_week(monday(today, 1) + timedelta(days=2), today, cast)
    await full_forum(monday(today, 8), today, cast)
    await next_morning(today, cast)
    await access.forget_needs()


async def past_forum(day: date, cast: Cast) -> None:
    """1. Austauschforum: 63 present from 40 organisations, as its report says."""
    forum = await opened("1. Austauschforum", day, cast, **KASSEL, **FORUM, title_en="1st exchange forum")
    await fill_up(forum, sizes=[1] * 20 + [2] * 15 + [3] * 6, houses=HOUSES[:41], cast=cast)
    await on_the_day(forum, cast, absent_house=HOUSES[40])
    with clock.set_to(clock.berlin(day + timedelta(days=9), time(11, 40))):
        await report.write(
            forum.id,
            actor=cast.mira.reference,
            written_on=clock.today(),
            publish=True,
            author="Mira Quandt",
            **REPORT,
        )


async def event_without_report(day: date, cast: Cast) -> None:
    workshop = await opened("Werkstattgespräch Betriebskontakte", day, cast, **WORKSHOP)
    await fill_up(workshop, sizes=[2] * 4 + [1] * 6, houses=HOUSES[3:13], cast=cast)
    await on_the_day(workshop, cast, absent=0)


async def planned_congress(day: date, today: date, cast: Cast) -> None:
    """Only a date to save: two days, certain when its programme is."""
    with clock.set_to(clock.berlin(today - timedelta(days=20), time(9, 30))):
        congress = await event.create(
            actor=cast.mira.reference,
            title_de="Fachkongress „Wege zurück in Arbeit“",
            starts_at=clock.berlin(day, time(10)),
            ends_at=clock.berlin(day + timedelta(days=1), time(15)),
            **CONGRESS,
            **CONTACT,
        )
        await event.announce(congress.id, actor=cast.mira.reference)


async def next_week(day: date, today: date, cast: Cast) -> None:
    hour = await opened(
        "Online-Sprechstunde Förderplanung", day, cast, begins=time(14), ends=time(15, 30), weeks_before=5,
        deadline=clock.berlin(day, time(12)), **HOUR,
    )  # fmt: skip
    await fill_up(hour, sizes=[1] * 9 + [2], houses=HOUSES[8:18], cast=cast, until=today)


async def full_forum(day: date, today: date, cast: Cast) -> None:
    """2. Austauschforum: every seat is taken; a pair waits that comes only together, and behind it one person."""
    forum = await opened("2. Austauschforum", day, cast, **KASSEL, **FORUM, title_en="2nd exchange forum",
                         weeks_before=12)  # fmt: skip
    needs = {2: ["dgs"], 7: ["wheelchair", "companion"], 11: ["dgs"], 19: ["loop"]}
    await fill_up(
        forum, sizes=[1] * 21 + [2] * 14 + [3] * 7, houses=[*HOUSES[:41], TYPED_DIFFERENTLY], cast=cast, needs=needs,
        until=today - timedelta(days=4),
    )  # fmt: skip
    moment = clock.berlin(today - timedelta(days=3), time(8, 50))
    for number, house in enumerate(("Wendepunkt Arbeitstraining gGmbH", HOUSES[43])):
        with clock.set_to(moment + timedelta(minutes=37 * number)):
            await enrol(forum, house, size=2 - number, cast=cast, together=number == 0, phone=TELEPHONES[number])


async def next_morning(today: date, cast: Cast) -> None:
    """At the next nine o'clock, so that the door can be tried at once: the check-in opens a day before."""
    early = clock.now() < clock.berlin(today, time(9))
    day = today if early else today + timedelta(days=1)
    meeting = await opened(
        "Arbeitstreffen Qualität", day, cast, begins=time(9), ends=time(12, 30), weeks_before=4,
        deadline=clock.berlin(day, time(8)), **MEETING,
    )  # fmt: skip
    await fill_up(meeting, sizes=[2] * 2 + [1] * 7, houses=MEMBERS[:9], cast=cast, until=today - timedelta(days=3))


async def opened(
    title: str,
    day: date,
    cast: Cast,
    *,
    begins: time = time(10),
    ends: time = time(16),
    weeks_before: int = 10,
    deadline: datetime | None = None,
    **facts: Any,
) -> Event:
    """Create an event and open it for registration, at that time."""
    with clock.set_to(clock.berlin(day - timedelta(weeks=weeks_before), time(9, 15))):
        made = await event.create(
            actor=cast.mira.reference,
            title_de=title,
            starts_at=clock.berlin(day, begins),
            ends_at=clock.berlin(day, ends),
            deadline=deadline,
            **CONTACT,
            **facts,
        )
        await event.publish(made.id, actor=cast.mira.reference)
    return made


async def fill_up(
    forum: Event,
    *,
    sizes: Sequence[int],
    houses: Sequence[str],
    cast: Cast,
    needs: dict[int, list[str]] | None = None,
    until: date | None = None,
) -> None:
    """One registration for each house, spread over the time from the opening until a day or the deadline."""
    sizes = cast.lot.sample(list(sizes), len(sizes))
    made = await Event.objects().get(Event.id == forum.id)
    assert made
    assert made.published_at
    first, last = local(made.published_at), min(until or local(made.deadline), local(made.deadline)) - timedelta(days=1)
    days = sorted(cast.lot.choices(range(1, (last - first).days + 1), k=len(sizes)))
    for number, (house, size) in enumerate(zip(houses, sizes, strict=True)):
        day = first + timedelta(days=days[number])
        with clock.set_to(clock.berlin(day, time(8 + number % 10, cast.lot.randint(0, 59)))):
            await enrol(forum, house, size=size, cast=cast, needs=(needs or {}).get(number, ()))


async def enrol(
    forum: Event,
    house: str,
    *,
    size: int,
    cast: Cast,
    needs: Sequence[str] = (),
    together: bool = False,
    phone: str = "",
) -> Registration:
    """One form: the first person registers; of the others most have an address of their own."""
    people = cast.people(size)
    guests = [
        Guest(
            name=name,
            email=email if number == 0 or cast.lot.random() < 0.7 else "",  # noqa: PLR2004  some are named only
            role=cast.lot.choice(DUTIES),
            diet=cast.lot.choice(DIETS),
            needs=needs if number == 0 else (),
            consent=bool(needs) and number == 0,
        )
        for number, (name, email) in enumerate(people)
    ]
    name, email = people[0]
    return await registration.sign_up(
        forum.id, organisation=house, name=name, email=email, phone=phone, guests=guests, together=together
    )


async def on_the_day(forum: Event, cast: Cast, *, absent: int = ABSENT, absent_house: str = "") -> None:
    """Who came is ticked, some stayed away, and one who had not registered walked in."""
    seated = await (
        Attendee.objects(Attendee.registration)
        .where((Attendee.event == forum.id) & (Attendee.state == AttendeeState.SEATED))
        .order_by(Attendee.id)
    )
    away = [one for one in seated if one.registration.organisation_name == absent_house]
    others = [one for one in seated if one.registration.name != one.name and one not in away]
    away += cast.lot.sample(others, max(0, absent - len(away)))
    arrival = forum.starts_at - timedelta(minutes=20)
    for number, one in enumerate(one for one in seated if one not in away):
        with clock.set_to(arrival + timedelta(seconds=25 * number)):
            await checkin.tick(forum.id, one.reference, actor=cast.helper.reference)
    if absent:
        with clock.set_to(forum.starts_at + timedelta(minutes=11)):
            (name, _email) = cast.people(1)[0]
            await checkin.walk_in(forum.id, name, MEMBERS[9], actor=cast.helper.reference)
