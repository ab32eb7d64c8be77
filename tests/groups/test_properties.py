"""Whatever is done with groups and memberships, in whatever order: a day is what the rows say when it is counted anew."""

from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network import clock
from network.errors import Refused
from network.groups import group, participation, seats
from network.groups.span import Span, reckoned, unbroken
from network.groups.tables import Participation, WorkingGroup
from network.members import membership
from network.members.tables import Membership, MembershipEvent, Organisation
from network.people.tables import Person, Role
from tests.groups.make import on, somebody
from tests.members.make import member

FIRST_DAY = date(2024, 1, 1)
NAMES, HOUSES = ("Aaron Adele", "Bela Birte", "Cem Clara"), ("Haus Eins", "Haus Zwei")
PARTS = ("chair", "deputy", "participant", "guest")
NUMBERS = st.integers(0, 40)
OF_A_PERIOD = st.builds(lambda a, b: (min(a, b), max(a, b)), NUMBERS, NUMBERS)


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    periods=st.lists(st.tuples(OF_A_PERIOD, st.booleans()), max_size=5),
    written=st.tuples(OF_A_PERIOD, st.booleans()),
    group_end=st.one_of(st.none(), NUMBERS),
    bound=st.booleans(),
)
def test_a_seat_counts_on_the_days_on_which_one_walks_through_it(periods, written, group_end, bound):
    memberships = [(day(a), None if open_ else day(b)) for (a, b), open_ in periods]
    since, until = day(written[0][0]), None if written[1] else day(written[0][1])
    ended = None if group_end is None else day(group_end)

    span = reckoned(Span(since, until), runs=unbroken(memberships) if bound else None, group_ended_on=ended)

    days = [day(number) for number in range(45)]
    assert [one for one in days if span.holds(one)] == list(
        walked(days, since, until, ended, memberships if bound else None)
    )


def walked(days: list[date], since: date, until: date | None, ended: date | None, memberships: Any) -> Any:
    """Day by day: from the first day on which somebody is a member to the first on which nobody is any more."""
    began = False
    for one in days:
        within = since <= one and (until is None or one <= until) and (ended is None or one <= ended)
        is_member = memberships is None or any(a <= one and (b is None or one <= b) for a, b in memberships)
        if one >= since and began and not is_member:
            return
        began = began or (one >= since and is_member)
        if within and is_member:
            yield one


DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["enter", "enter", "enter", "part", "end", "correct", "resign", "stay", "join", "group_ends",
                         "group_goes_on", "settle", "remove"]),
        st.integers(0, 2), st.integers(0, 1), st.integers(0, 3), st.integers(0, 10), st.integers(-20, 20),
    ),
    min_size=1, max_size=14,
)  # fmt: skip


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(deeds=DEEDS)
async def test_nobody_is_twice_in_a_group_and_one_chairs_on_every_day_whatever_is_done(deeds):
    await begin_anew()
    today = FIRST_DAY + timedelta(weeks=60)
    with on(today):
        ag = await group.enter(name_de="AG Qualität", founded_on=FIRST_DAY)
        people, houses = [await somebody(name) for name in NAMES], [await member(name) for name in HOUSES]
    for deed, who, where, as_what, later, more in deeds:
        today += timedelta(days=later)
        with on(today):
            before = await settled_days(ag, today)
            try:
                await do(deed, ag, (people[who], houses[where], PARTS[as_what]), today + timedelta(days=more))
            except Refused:
                assert await settled_days(ag, today) == before
            await is_sound(ag, today)


async def begin_anew() -> None:
    for table in (Participation, WorkingGroup, MembershipEvent, Membership, Role, Person, Organisation):
        await table.delete(force=True)


async def settled_days(ag: WorkingGroup, today: date) -> list[dict[str, str]]:
    return [await as_told(ag, today + timedelta(days=number)) for number in range(-30, 31, 5)]


async def do(deed: str, ag: WorkingGroup, seat: tuple[Person, Organisation, str], on_day: date) -> None:
    who, house, part = seat
    every = await seats.of_group(ag)
    mine = next((one.reference for one in reversed(every) if one.person_id == who.id), "")
    deeds = {
        "enter": lambda: participation.enter(ag, who, part, organisation=house, since=on_day),
        "part": lambda: participation.change_part(ag, mine, part, on=on_day),
        "end": lambda: participation.end(ag, mine, until=on_day),
        "correct": lambda: participation.correct(ag, mine, since=on_day, until=None, note=""),
        "remove": lambda: participation.remove(ag, mine),
        "resign": lambda: membership.resign(house, until=max(on_day, clock.today())),
        "stay": lambda: membership.stay(house),
        "join": lambda: membership.join(house, since=on_day),
        "group_ends": lambda: group.end(ag, on=on_day),
        "group_goes_on": lambda: group.go_on(ag),
        "settle": participation.settle,
    }
    await deeds[deed]()


async def as_told(ag: WorkingGroup, one: date) -> dict[str, str]:
    return {seat.who: seat.part for seat in seats.on(await seats.of_group(ag), one)}


async def is_sound(ag: WorkingGroup, today: date) -> None:
    rows = await Participation.objects().order_by(Participation.id)
    houses = {
        row.id: [(m.since, m.until) for m in await membership.history(row)] for row in await Organisation.objects()
    }
    names = {row.id: row.name for row in await Person.objects()}
    for number in range(-30, 31, 3):
        one = today + timedelta(days=number)
        counted = [row for row in rows if is_in(row, ag, houses, one)]
        told = [(seat.who, seat.part) for seat in seats.on(await seats.of_group(ag), one)]
        assert sorted(told) == sorted((names[row.person], row.part) for row in counted)
        assert len({who for who, _part in told}) == len(told)
        assert all(len([1 for _who, part in told if part == alone]) <= 1 for alone in ("chair", "deputy"))


def is_in(row: Participation, ag: WorkingGroup, houses: dict[int, list[Any]], one: date) -> bool:
    bound = None if row.part == "guest" else houses[row.organisation]
    days = [row.since + timedelta(days=number) for number in range((one - row.since).days + 1)]
    return one in list(walked(days, row.since, row.until, ag.ended_on, bound))
