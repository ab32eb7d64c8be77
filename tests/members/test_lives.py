"""Ten invented years: on any day the directory shows what a plain replay of everything until then shows."""

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.members import directory, function, membership, moving, organisation, site
from network.members.selection import Selection
from network.members.tables import Function, FunctionKind, Membership, Organisation, Site
from network.people import person
from network.people.tables import Person

FIRST, DAYS = date(2011, 1, 1), 3650
TOWNS = {"Ulm": ("89073", "BW"), "Hof": ("95028", "BY"), "Kiel": ("24103", "SH"), "Jena": ("07743", "TH")}
NAMES = ["Anker", "Brücke", "Steg", "Wegweiser"]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A site: where it stood from which day on, and from when to when it was open."""

    towns: list[tuple[date, str]]
    opened_year: int | None
    opened_on: date | None
    closed_on: date | None

    def was_open(self, day: date) -> bool:
        if self.opened_on:
            begun = self.opened_on <= day
        else:
            begun = self.opened_year is None or date(self.opened_year, 1, 1) <= day
        return begun and (self.closed_on is None or day <= self.closed_on)


@dataclass(frozen=True)
class Life:
    names: list[tuple[date, str]]
    seats: list[tuple[date, str]]
    memberships: list[tuple[date, date | None]]
    places: list[Place]

    def was_member(self, day: date) -> bool:
        return any(since <= day and (until is None or day <= until) for since, until in self.memberships)


def at(day: date, told: list[tuple[date, str]]) -> str:
    """What was true on the day: the last that had begun; the first one always was."""
    return [told[0][1], *(words for since, words in told[1:] if since <= day)][-1]


days = st.integers(0, DAYS).map(lambda number: FIRST + number * DAY)


@st.composite
def told_over_time(draw, words: list[str]) -> list[tuple[date, str]]:
    since = sorted(draw(st.sets(days, max_size=3)))
    told = [(FIRST, draw(st.sampled_from(words)))]
    for day in since:
        if day > told[-1][0]:
            told.append((day, draw(st.sampled_from([word for word in words if word != told[-1][1]]))))
    return told


@st.composite
def memberships(draw) -> list[tuple[date, date | None]]:
    ends = sorted(draw(st.sets(days, min_size=1, max_size=5)))
    pairs = [(since, until) for since, until in zip(ends[::2], ends[1::2], strict=False)]
    return pairs if len(ends) % 2 == 0 else [*pairs, (ends[-1], None)]


@st.composite
def places(draw) -> Place:
    precise = draw(st.booleans())
    opened = draw(st.none() | days)
    closed = draw(st.none() | days.filter(lambda day: opened is None or day > opened))
    begun = opened or FIRST
    towns = draw(told_over_time(list(TOWNS)))
    moves = [(day, town) for day, town in towns[1:] if begun < day and (closed is None or day <= closed)]
    kept = [towns[0]]
    for day, town in moves:
        if town != kept[-1][1]:
            kept.append((day, town))
    year = opened.year if opened and not precise else None
    return Place(kept, year, opened if precise else None, closed)


@st.composite
def lives(draw) -> Life:
    return Life(
        draw(told_over_time(NAMES)),
        draw(told_over_time(list(TOWNS))),
        draw(memberships()),
        draw(st.lists(places(), max_size=4)),
    )


def address(town: str) -> dict[str, str]:
    return {"town": town, "postal_code": TOWNS[town][0], "land": TOWNS[town][1], "street": ""}


async def lived(life: Life) -> None:
    """Everything is entered by the office's own deeds, in the order of the days."""
    row = await organisation.enter(life.names[0][1], **address(life.seats[0][1]))
    for since, until in life.memberships:
        await membership.join(row, since=since, until=until)
    for day, name in life.names[1:]:
        await moving.rename(row, name, on=day)
    for day, town in life.seats[1:]:
        await moving.move_seat(row, on=day, **address(town))
    for place in life.places:
        one = await site.enter(
            row, **address(place.towns[0][1]), opened_year=place.opened_year, opened_on=place.opened_on
        )
        for day, town in place.towns[1:]:
            await moving.move(one, row, on=day, **address(town))
        if place.closed_on:
            await site.close(one, row, on=place.closed_on)


def turns(everybody: list[Life]) -> list[date]:
    """Each day on which something changes, and the day before."""
    first = {day for life in everybody for day, _words in [*life.names[1:], *life.seats[1:], *life.memberships]}
    places = [place for life in everybody for place in life.places]
    first |= {day for place in places for day, _town in place.towns[1:]} | {one.opened_on for one in places}
    last = {until for life in everybody for _since, until in life.memberships} | {one.closed_on for one in places}
    ends = {day for day in first if day} | {day + DAY for day in last if day}
    return sorted(ends | {day - DAY for day in ends})


def recounted(everybody: list[Life], day: date) -> list[tuple[str, str, list[str]]]:
    """By plain reading: the members of the day with their name, their seat and the towns of their open sites."""
    return sorted(
        (
            at(day, life.names),
            at(day, life.seats),
            sorted(at(day, one.towns) for one in life.places if one.was_open(day)),
        )
        for life in everybody
        if life.was_member(day)
    )


async def shown(day: date, **chosen) -> list[tuple[str, str, list[str]]]:
    selection = Selection(day=day, **chosen)
    rows = await directory.with_sites(await directory.listed(selection, size=0), day)
    assert await directory.count(selection) == len(rows)
    assert [row.site_count for row in rows] == [len(row.sites) for row in rows]
    return [(row.name, row.town, sorted(one["town"] for one in row.sites)) for row in rows]


@given(st.lists(lives(), min_size=1, max_size=4), st.lists(st.integers(0, 10_000), min_size=4, max_size=4))
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
async def test_on_any_day_the_directory_is_what_a_replay_of_all_that_happened_gives(empty, everybody, on):
    for table in (Membership, Site, Organisation):
        await table.delete(force=True)
    for life in everybody:
        await lived(life)

    ends = turns(everybody)
    for day in {ends[number % len(ends)] for number in on}:
        then = recounted(everybody, day)
        counts = await directory.counts(day)
        assert (counts.members, counts.sites) == (len(then), sum(len(towns) for _name, _seat, towns in then))
        assert sorted(await shown(day)) == then
        assert [name for name, *_rest in await shown(day)] == [name for name, *_rest in then]
        for town, (_code, land) in TOWNS.items():
            there = [one for one in then if town in (one[1], *one[2])]
            assert sorted(await shown(day, text=town)) == there
            assert sorted(await shown(day, land=land)) == there
        for name in NAMES:
            assert sorted(await shown(day, text=name)) == [one for one in then if one[0] == name]


# --- who was what ----------------------------------------------------------------------------------------------------

DELEGATE, CONTACT = FunctionKind.VOTING_DELEGATE, FunctionKind.CONTACT
PEOPLE = ["Ada Abt", "Ben Bär", "Cem Can"]
Span = tuple[date, date | None]


@st.composite
def spans(draw) -> list[Span]:
    """One after the other, the last perhaps still running."""
    ends = sorted(draw(st.sets(days, min_size=1, max_size=5)))
    pairs = list(zip(ends[::2], ends[1::2], strict=False))
    return pairs if len(ends) % 2 == 0 else [*pairs, (ends[-1], None)]


@given(
    delegates=st.lists(st.tuples(days, st.sampled_from(PEOPLE)), max_size=5, unique_by=lambda one: one[0]),
    contacts=st.dictionaries(st.sampled_from(PEOPLE), spans()),
    on=st.lists(days, min_size=4, max_size=4),
)
@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
async def test_on_any_day_whoever_had_been_given_a_function_holds_it(empty, delegates, contacts, on):
    """Each new voting delegate follows the one before; contacts come and go side by side."""
    for table in (Function, Person, Organisation):
        await table.delete(force=True)
    row = await organisation.enter("Anker")
    known = {name: await person.enter(name) for name in PEOPLE}
    followed: list[tuple[date, str]] = []
    for day, name in sorted(delegates):
        if not followed or followed[-1][1] != name:
            await function.appoint(row, known[name], DELEGATE, since=day, in_place=True)
            followed.append((day, name))
    for name, held in contacts.items():
        for since, until in held:
            given = await function.appoint(row, known[name], CONTACT, since=since)
            if until:
                await function.end(given, row, until=until)

    turning = {day + step for day, _name in delegates for step in (-DAY, DAY * 0)}
    for day in {*on, *turning}:
        voting = [name for since, name in followed if since <= day][-1:]
        reached = sorted(name for name, held in contacts.items() if any(runs(one, day) for one in held))
        running = [one for one in await function.holding(row, day) if one.runs(day)]
        delegate = await function.delegate_of(row, day)
        assert [one.name for one in running if one.kind == DELEGATE] == voting
        assert sorted(one.name for one in running if one.kind == CONTACT) == reached
        assert [delegate.name] == voting if delegate else voting == []


def runs(span: Span, day: date) -> bool:
    return span[0] <= day and (span[1] is None or day <= span[1])
