"""When one may register, who comes next, and who sees what people need."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.events import rules
from network.events.rules import EventState
from network.events.tables import Event
from network.i18n import speaking
from network.people.tables import RoleKind
from network.people.viewer import VISITOR, Viewer

NOW = datetime(2027, 9, 6, 8, tzinfo=UTC)
STARTS = datetime(2027, 10, 18, 8, tzinfo=UTC)
OFFICE = Viewer(1, "office", roles=frozenset({(RoleKind.OFFICE, "")}))
ADMIN = Viewer(2, "admin", roles=frozenset({(RoleKind.ADMIN, "")}))
TEAM = Viewer(3, "team", roles=frozenset({(RoleKind.EVENT_TEAM, "forum")}))
OTHER_TEAM = Viewer(4, "other", roles=frozenset({(RoleKind.EVENT_TEAM, "congress")}))
EVERY_TEAM = Viewer(5, "every", roles=frozenset({(RoleKind.EVENT_TEAM, "")}))
REPRESENTATIVE = Viewer(6, "member", roles=frozenset({(RoleKind.MEMBER_REPRESENTATIVE, "")}))


def forum(**facts):
    values = {
        "reference": "forum",
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(hours=6),
        "deadline": STARTS - timedelta(days=7),
        "created_at": NOW,
        "announced_at": NOW,
        "published_at": NOW,
    }
    return Event(**values | facts)


@pytest.mark.parametrize(
    ("facts", "now", "state"),
    [
        ({"announced_at": None, "published_at": None}, NOW, EventState.DRAFT),
        ({"published_at": None}, NOW, EventState.PLANNED),
        ({}, NOW, EventState.PUBLISHED),
        ({}, STARTS - timedelta(days=7, seconds=1), EventState.PUBLISHED),
        ({}, STARTS - timedelta(days=7), EventState.CLOSED),
        ({"closed_at": NOW}, NOW, EventState.CLOSED),
        ({"deadline": STARTS + timedelta(days=1)}, STARTS, EventState.CLOSED),
        ({}, STARTS + timedelta(hours=6), EventState.OVER),
        ({"cancelled_at": NOW}, STARTS + timedelta(days=1), EventState.CANCELLED),
    ],
)
def test_the_state_follows_from_what_happened(facts, now, state):
    assert rules.state_of(forum(**facts), now) == state


@pytest.mark.parametrize(
    ("facts", "now", "free", "words"),
    [
        ({}, NOW, 1, ""),
        ({}, NOW, 0, ""),
        ({"waiting_list": False}, NOW, 0, "All seats are taken, and this event has no waiting list."),
        ({"cancelled_at": NOW}, NOW, 1, "This event has been cancelled."),
        ({"closed_at": NOW}, NOW, 1, "Registration for this event has closed."),
        ({"published_at": None}, NOW, 1, "Registration for this event has not opened yet."),
        ({}, STARTS + timedelta(days=1), 1, "This event is over."),
    ],
)
def test_who_cannot_register_is_told_why(facts, now, free, words):
    with speaking("en"):
        assert rules.why_closed(forum(**facts), now, free=free) == words


@pytest.mark.parametrize(
    ("facts", "now", "fixed", "no_more"),
    [
        ({}, STARTS - timedelta(seconds=1), False, False),  # after the deadline people can still be added
        ({"closed_at": NOW}, NOW, False, True),
        ({}, STARTS, True, True),
        ({"cancelled_at": NOW}, NOW, True, True),
    ],
)
def test_a_registration_can_be_changed_until_the_start(facts, now, fixed, no_more):
    event = forum(**facts)

    assert (bool(rules.why_fixed(event, now)), bool(rules.why_no_more(event, now))) == (fixed, no_more)


@pytest.mark.parametrize(
    ("facts", "now", "may"),
    [
        ({"announced_at": None, "published_at": None}, NOW, False),
        ({"published_at": None}, NOW, True),
        ({"closed_at": NOW}, STARTS - timedelta(seconds=1), True),
        ({}, STARTS, False),
        ({"cancelled_at": NOW}, NOW, False),
    ],
)
def test_the_office_registers_people_from_the_date_to_save_until_the_start(facts, now, may):
    assert bool(rules.why_not_by_office(forum(**facts), now)) is not may


@pytest.mark.parametrize(
    ("viewer", "may"),
    [(VISITOR, False), (OFFICE, False), (ADMIN, False), (REPRESENTATIVE, False), (OTHER_TEAM, False), (TEAM, True),
     (EVERY_TEAM, True)],
)  # fmt: skip
def test_only_the_events_team_sees_what_people_need(viewer, may):
    assert rules.may_see_needs(viewer, forum()) is may


@pytest.mark.parametrize(
    ("free", "sizes", "passing", "chosen"),
    [
        (0, [1], True, []),
        (1, [2, 1, 1], True, [1]),
        (1, [2, 1, 1], False, []),
        (3, [2, 2, 1], True, [0, 2]),
        (3, [2, 2, 1], False, [0]),
        (-1, [1], True, []),
    ],
)
def test_the_queue_is_walked_in_order(free, sizes, passing, chosen):
    assert rules.next_entries(free, sizes, smaller_may_pass=passing) == chosen


@given(st.integers(-3, 30), st.lists(st.integers(1, 10), max_size=30), st.booleans())
def test_seats_are_never_oversold_nor_idle_nor_given_out_of_turn(free, sizes, passing):
    chosen = rules.next_entries(free, sizes, smaller_may_pass=passing)
    left = free - sum(sizes[position] for position in chosen)
    waiting = [position for position in range(len(sizes)) if position not in chosen]

    assert not chosen or left >= 0
    if passing:
        assert all(sizes[position] > left for position in waiting)
        for earlier in waiting:  # whoever passed was smaller
            assert all(sizes[later] < sizes[earlier] for later in chosen if later > earlier)
    else:
        assert chosen == list(range(len(chosen)))
        assert not waiting or sizes[waiting[0]] > left


def test_two_days_before_nobody_moves_up_alone_any_more():
    event = forum(ring_days=2)

    assert rules.moves_up_by_itself(event, STARTS - timedelta(days=2, seconds=1))
    assert not rules.moves_up_by_itself(event, STARTS - timedelta(days=2))
