"""Whatever is done with the board, in whatever order: no seat has two holders on a day, and the rows say who it was."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.association.bylaws import versions
from network.board import leaving, ledger, mending, term
from network.board.tables import Ending, Seat, Term
from network.errors import Refused
from network.people.tables import Person, Role, RoleKind
from tests.board.make import CHAIR, FIRST, SECOND, on, rules, somebody, the_seat

FIRST_DAY = date(2024, 1, 1)
SEATS, NAMES = (CHAIR, FIRST, SECOND), ("Aaron Adele", "Bela Birte", "Cem Clara", "Daria Deniz")
DAYS = st.integers(0, 40)
DEEDS = st.lists(
    st.tuples(
        st.sampled_from(
            ["elect", "elect", "elect", "by_elect", "co_opt", "court", "resign", "remove", "end", "assembly", "correct",
             "strike", "enter"]
        ),
        st.integers(0, 2), st.integers(0, 3), DAYS, DAYS,
    ),
    min_size=1, max_size=14,
)  # fmt: skip
RULES = st.fixed_dictionaries(
    {"term_months": st.sampled_from([0, 6, 12]), "holdover": st.booleans(), "co_option": st.just(True),
     "by_election": st.sampled_from(["rest", "new"]), "ends_with_employment": st.just(True)}
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=RULES, deeds=DEEDS)
async def test_no_two_terms_overlap_whatever_is_done(said, deeds):
    await begin_anew()
    await rules(**said)
    people = [await somebody(name) for name in NAMES]
    seats = [await the_seat(place) for place in SEATS]
    today = FIRST_DAY
    for deed, which, who, later, more in deeds:
        today += timedelta(weeks=later)
        with on(today):
            try:
                await do(deed, seats[which], people[who], today, timedelta(weeks=more))
            except Refused:
                continue
            await is_sound(today)


async def begin_anew() -> None:
    for table in (Term, Seat, Role, Person):
        await table.delete(force=True)


async def do(deed: str, at: Seat, who: Person, today: date, more: timedelta) -> None:
    terms = await Term.objects().where(Term.seat == at.id).order_by(Term.since)
    last = terms[-1].reference if terms else ""
    before = today - more
    deeds = {
        "elect": lambda: term.take_office(at, who, accepted_on=today, gives_up=bool(more.days % 2)),
        "by_elect": lambda: term.take_office(at, who, accepted_on=today, by_election=True, gives_up=True),
        "co_opt": lambda: term.co_opt(at, who, accepted_on=today, until=today + more),
        "court": lambda: term.appoint_by_court(at, who, accepted_on=today, source="35 VR 1/27 B"),
        "resign": lambda: leaving.resign(last, received_on=today, effective_on=today + more),
        "remove": lambda: leaving.remove(last, decided_on=today, source="Beschluss"),
        "end": lambda: leaving.end(last, on=today, by=Ending.EMPLOYMENT),
        "assembly": lambda: leaving.end_co_options(on=today),
        "correct": lambda: mending.correct(last, reason="Probe", since=before, ended_on=None, accepted_on=before),
        "strike": lambda: mending.strike_out(last, reason="Probe"),
        "enter": lambda: term.enter(at, who, since=before, until=today),
    }
    await deeds[deed]()


async def is_sound(today: date) -> None:
    """The board of every day round today, as the pages tell it, is what the rows say when they are played again."""
    book = await ledger.read()
    rows = await Term.objects()
    holdover = {one.valid_from: one.holdover for one in await versions()}
    for day in (today + timedelta(days=number) for number in range(-400, 500, 7)):
        told = {one.seat: one.person_id for one in book.board(day).holders}
        assert len(told) == len(book.board(day).holders)  # no seat twice
        assert len(set(told.values())) == len(told)  # nobody twice
        assert told == replayed(rows, day, any(holdover.values())), day
    for seat_id in {row.seat for row in rows}:
        spans = sorted((row.since, row.ended_on or row.until) for row in rows if row.seat == seat_id)
        assert all(last is not None and last < after for (_first, last), (after, _last) in pairwise(spans))
    for role in await Role.objects().where(Role.kind == RoleKind.BOARD_MEMBER):
        one = book.known(role.of)
        assert one is not None
        assert (role.since, role.until) == (one.since, one.last)


def replayed(rows: list[Term], day: date, holdover: bool) -> dict[int, int]:
    """Day by day from the first row on: who begins sits, until an end, a regular end without holdover, or another."""
    sitting: dict[int, Term] = {}
    for row in sorted(rows, key=lambda row: (row.since, row.id)):
        if row.since <= day:
            sitting[row.seat] = row
    found = {}
    for number, row in sitting.items():
        stays = holdover and row.began_as in ("elected", "re_elected", "by_election", "entered")
        stays = stays and not any(row.since < other.since <= day and other.person == row.person for other in rows)
        is_over = (row.ended_on and row.ended_on < day) or (row.until and row.until < day and not stays)
        if not is_over:
            found[number] = row.person
    return found
