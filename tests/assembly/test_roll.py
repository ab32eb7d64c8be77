"""Who holds which votes at a moment: pure, and for all comings and goings."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from network.assembly.roll import Given, Spell, changes, roll

BEGIN = datetime(2027, 6, 11, 8, tzinfo=UTC)
VOTES = dict(enumerate((3, 3, 2, 2, 2, 2, 1, 1, 1, 1), start=1))  # M01 to M10, 18 in all


def after(minutes: int) -> datetime:
    return BEGIN + timedelta(minutes=minutes)


def test_sixteen_votes_of_nine_members_are_represented_in_story_four():
    room = [Spell(member, BEGIN) for member in (1, 2, 3, 5, 7, 8, 9)]
    online, proxy = Spell(4, BEGIN, place="online"), Given(10, 7, BEGIN)

    found = roll(VOTES, [*room, online, Spell(99, BEGIN)], [proxy], after(5))  # 99 has no vote

    assert (found.votes("room"), found.votes("online"), found.by_proxy) == (13, 2, 1)
    assert (found.represented, found.members, found.total) == (16, 9, 18)


def test_a_proxy_dies_with_the_leaving_of_its_holder_and_lives_again_when_it_returns():
    spells = [Spell(7, BEGIN, after(30)), Spell(7, after(40))]
    proxies = [Given(10, 7, BEGIN)]

    seen = [roll(VOTES, spells, proxies, after(minutes)).represented for minutes in (0, 29, 30, 39, 40)]

    assert seen == [2, 2, 0, 0, 2]


def test_who_comes_takes_the_own_votes_back_from_the_proxy():
    found = roll(VOTES, [Spell(7, BEGIN), Spell(10, BEGIN)], [Given(10, 7, BEGIN)], BEGIN)

    assert [one.holder for one in found.holdings if one.member == 10] == [None]
    assert found.represented == 2


def test_a_revoked_proxy_is_none():
    assert roll(VOTES, [Spell(7, BEGIN)], [Given(10, 7, BEGIN, after(5))], after(5)).represented == 1


def test_banned_votes_leave_the_base_but_stay_represented():
    found = roll(VOTES, [Spell(1, BEGIN), Spell(7, BEGIN)], [], BEGIN, banned={1})

    assert (found.represented, found.banned, found.castable) == (4, 3, 1)


def test_a_delegate_holds_the_own_votes_and_those_given():
    found = roll(VOTES, [Spell(7, BEGIN)], [Given(10, 7, BEGIN), Given(1, 7, BEGIN)], BEGIN, banned={1})

    assert [one.member for one in found.held_by(7)] == [7, 10]


minutes = st.integers(min_value=0, max_value=60)
members = st.integers(min_value=1, max_value=10)


@st.composite
def spells(draw):
    came = draw(minutes)
    return Spell(draw(members), after(came), draw(st.none() | st.just(after(came + draw(minutes)))))


@st.composite
def proxies(draw):
    since = draw(minutes)
    return Given(draw(members), draw(members), after(since), draw(st.none() | st.just(after(since + draw(minutes)))))


@given(st.lists(spells(), max_size=12), st.lists(proxies(), max_size=6), minutes, st.sets(members))
def test_no_vote_is_held_twice_and_none_without_somebody_there(there, given_, minute, banned):
    moment = after(minute)

    found = roll(VOTES, there, given_, moment, banned=banned)

    present = {one.member for one in there if one.covers(moment)}
    assert [one.member for one in found.holdings] == list(VOTES)
    assert all(one.holder in present for one in found.holdings if one.holder is not None)
    assert found.castable + found.banned == found.represented <= found.total == 18
    assert found.represented == sum(one.votes for member in present for one in found.holdings
                                    if member in (one.member if one.place else None, one.holder))  # fmt: skip


@given(st.lists(spells(), max_size=8), st.lists(proxies(), max_size=4))
def test_between_two_changes_the_roll_stays_the_same(there, given_):
    turns = changes(there, given_)

    for first, following in pairwise(turns):
        just_before = following - timedelta(microseconds=1)
        if just_before >= first:
            assert roll(VOTES, there, given_, first) == roll(VOTES, there, given_, just_before)
