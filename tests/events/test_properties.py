"""Whatever happens in whatever order: never a seat too many, no idle seat, nobody overtakes.

The same deeds are done to a model of a few lines and to the real thing; both must agree after every one of them.
"""

from dataclasses import dataclass, field

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network.errors import Refused
from network.events import editing, registration
from network.events.registration import By
from tests.events.make import forum, guest, people, sign_up, states

REGISTER, CANCEL, RESIZE, REPLACE = "register", "cancel", "resize", "replace"
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just(REGISTER), st.integers(1, 5), st.booleans()),
        st.tuples(st.just(CANCEL), st.integers(0, 40), st.integers(1, 3)),
        st.tuples(st.just(RESIZE), st.integers(0, 14), st.none()),
        st.tuples(st.just(REPLACE), st.integers(0, 40), st.none()),
    ),
    max_size=25,
)


@dataclass
class Model:
    """Entries are lists of people; the order of `waiting` is the queue."""

    seats: int
    passing: bool
    states: list[str] = field(default_factory=list)
    waiting: list[list[int]] = field(default_factory=list)

    @property
    def free(self) -> int:
        return self.seats - self.states.count("s")

    def register(self, count: int, together: bool) -> None:
        new = list(range(len(self.states), len(self.states) + count))
        self.states += ["w"] * count
        self.waiting += [new] if together else [[one] for one in new]
        self.move_up()

    def cancel(self, first: int, count: int) -> list[int]:
        gone = [one for one in range(first, first + count) if one < len(self.states) and self.states[one] != "c"]
        for one in gone:
            self.states[one] = "c"
        self.waiting = [left for entry in self.waiting if (left := [one for one in entry if one not in gone])]
        self.move_up()
        return gone

    def resize(self, seats: int) -> bool:
        if seats < self.states.count("s"):
            return False
        self.seats = seats
        self.move_up()
        return True

    def replace(self, one: int) -> bool:
        if one >= len(self.states) or self.states[one] == "c":
            return False
        new = len(self.states)
        self.states.append(self.states[one])
        self.states[one] = "c"
        self.waiting = [[new if person == one else person for person in entry] for entry in self.waiting]
        for entry in self.waiting:
            entry.sort()
        return True

    def move_up(self) -> None:
        while turn := next(
            (e for e in (self.waiting if self.passing else self.waiting[:1]) if len(e) <= self.free), None
        ):
            self.waiting.remove(turn)
            for one in turn:
                self.states[one] = "s"

    def check(self) -> None:
        assert self.free >= 0 or not self.states
        first = self.waiting[0] if self.waiting else None
        assert first is None or len(first) > self.free
        assert not self.passing or all(len(entry) > self.free for entry in self.waiting)


def done(model: Model, deed: str, first: int, second: int | bool | None) -> None:
    match deed:
        case "register":
            model.register(first, bool(second))
        case "cancel":
            model.cancel(first, second or 1)
        case "resize":
            model.resize(first)
        case _:
            model.replace(first)


@given(st.integers(0, 8), st.booleans(), DEEDS)
@settings(max_examples=300, deadline=None)
def test_the_model_keeps_the_seat_rules(seats, passing, deeds):
    model = Model(seats, passing)
    for deed in deeds:
        done(model, *deed)
        model.check()


@given(st.integers(0, 8), st.booleans(), DEEDS)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
async def test_the_real_thing_agrees_with_the_model_after_every_deed(association, seats, passing, deeds):
    event = await forum(seats=seats, smaller_may_pass=passing)
    model = Model(seats, passing)

    for deed, first, second in deeds:
        everybody = await people(event)
        match deed:
            case "register":
                names = [f"P{len(everybody) + number}" for number in range(first)]
                model.register(first, together=bool(second))
                await sign_up(event, *names, together=bool(second))
            case "cancel":
                gone = model.cancel(first, second or 1)
                await registration.cancel(event.id, [everybody[one].reference for one in gone], by=By.OFFICE)
            case "resize":
                fits = model.resize(first)
                try:
                    await editing.edit(event.id, actor="", seats=first)
                    refused = False
                except Refused:
                    refused = True
                assert refused is not fits
            case "replace" if model.replace(first):
                old = everybody[first]
                made = await registration.Registration.objects().get(registration.Registration.id == old.registration)
                await registration.replace(made, old.reference, guest(f"P{len(everybody)}"))
        assert await states(event) == "".join(model.states)
        model.check()
