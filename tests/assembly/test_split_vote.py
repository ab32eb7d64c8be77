"""Several votes of one member, cast in different directions where the bylaws let it; the sum is what was cast."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network import clock
from network.assembly import attendance, breaking_off, decision, open_vote, protocol, split_vote
from network.assembly.tables.day import Ballot, Entitled
from network.association import bylaws
from network.errors import Refused
from network.members.tables import Organisation
from network.people.tables import RoleKind
from network.resolutions.counts import Count
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import CLASSES, under_way
from tests.assembly.make import at
from tests.assembly.test_day_views import press, words
from tests.assembly.test_decision import begun
from tests.members.make import the_ten


@pytest.fixture
async def ten(association):
    return await the_ten()


@pytest.fixture
async def opened(ten):
    async with under_way(ten, split_votes="yes") as row:
        yield row


@pytest.fixture
async def as_one(ten):
    async with under_way(ten) as row:
        yield row


def paper_of(member, row) -> str:
    return f"/mine/{member.reference}/assemblies/{row.reference}/vote"


async def representing(client, member):
    return await come_in(client, await somebody("Ada Beispiel", RoleKind.MEMBER_REPRESENTATIVE, of=member.reference))


# --- what is summed --------------------------------------------------------------------------------------------------


def ballot_of(choice: str, yes: int, no: int, abstain: int) -> Ballot:
    split = {"yes": yes, "no": no, "abstain": abstain} if choice == open_vote.SPLIT else {}
    return Ballot(
        choice=choice,
        votes=yes + no + abstain,
        organisation=Organisation(_ignore_missing=True, name="M"),
        _ignore_missing=True,
        **split,
    )


VOTES = st.integers(0, 9)
BALLOTS = st.lists(st.builds(ballot_of, st.sampled_from(["yes", "no", "abstain", "split"]), VOTES, VOTES, VOTES))


@given(BALLOTS, VOTES)
def test_whatever_is_split_the_sum_is_what_was_cast_and_what_was_not(ballots, silent):
    cast = sum(one.votes for one in ballots)

    found = open_vote.summed(ballots, cast + silent)

    assert (found.valid, found.not_cast, found.total) == (cast, silent, cast + silent)
    told = dict(open_vote.who_voted_how(ballots))
    assert len(told) == sum(number > 0 for number in (found.yes, found.no, found.abstain))


@given(VOTES, VOTES, VOTES, VOTES)
def test_a_split_is_refused_exactly_beyond_the_own_votes_or_without_any(yes, no, abstain, own):
    try:
        split_vote.refuse_too_many(Count(yes, no, abstain), own)
        fits = True
    except Refused:
        fits = False

    assert fits == (0 < yes + no + abstain <= own)


# --- casting ---------------------------------------------------------------------------------------------------------


async def test_where_the_bylaws_let_it_a_member_casts_its_votes_in_different_directions(opened, ten):
    put = await begun(opened, way="open")

    cast = await split_vote.cast(opened, put, ten["M01"], Count(1, 2), actor="")
    result = await decision.count(opened, put, await decision.cast_so_far(put), actor="")

    assert (cast, result.count) == (3, Count(1, 2, not_cast=13))
    name = ten["M01"].name
    assert await open_vote.told_of(await decision.fresh(put)) == [("ja", f"{name} (1)"), ("nein", f"{name} (2)")]
    assert f"{name} (2)" in await protocol.drafted(opened)


async def test_the_last_word_counts_split_or_not(opened, ten):
    put = await begun(opened, way="open")

    await split_vote.cast(opened, put, ten["M01"], Count(1, 1, 1), actor="")
    await split_vote.cast(opened, put, ten["M01"], Count(2, 0), actor="")
    fewer = await decision.cast_so_far(put)
    await decision.cast(opened, put, ten["M01"], "no", actor="")

    assert (fewer, await decision.cast_so_far(put)) == (Count(2, 0, not_cast=14), Count(0, 3, not_cast=13))
    assert await Ballot.count() == 1


async def test_votes_held_for_others_stay_as_they_were_cast(opened, ten):
    put = await begun(opened, way="open")
    await decision.cast(opened, put, ten["M07"], "yes", actor="")

    with pytest.raises(Refused) as no:
        await split_vote.cast(opened, put, ten["M07"], Count(1, 1), actor="")
    await split_vote.cast(opened, put, ten["M07"], Count(0, 1), actor="")

    assert no.value.field == "split"
    assert await decision.cast_so_far(put) == Count(1, 1, not_cast=14)


@pytest.mark.parametrize("split", [Count(2, 2), Count(0, 0), Count(4, -1), Count(0, 0, 4)])
async def test_neither_more_than_there_are_nor_none_nor_less_than_none(opened, ten, split):
    put = await begun(opened, way="open")

    with pytest.raises(Refused):
        await split_vote.cast(opened, put, ten["M01"], split, actor="")

    assert await Ballot.count() == 0


async def test_who_is_not_there_or_gave_the_votes_away_splits_nothing(opened, ten):
    put = await begun(opened, way="open")
    await attendance.go(opened, ten["M01"], actor="")

    for number in ("M01", "M06", "M10"):
        with pytest.raises(Refused):
            await split_vote.cast(opened, put, ten[number], Count(1, 0), actor="")


async def test_what_was_split_is_not_lost_in_the_count(opened, ten):
    put = await begun(opened, way="open")
    await split_vote.cast(opened, put, ten["M01"], Count(1, 2), actor="")

    with pytest.raises(Refused):
        await decision.count(opened, put, Count(15, 1), actor="")


async def test_a_vote_that_is_broken_off_tells_how_many_were_cast_split_or_not(opened, ten):
    put = await begun(opened, way="open")
    await split_vote.cast(opened, put, ten["M01"], Count(1, 1), actor="")

    assert "2 Stimmen" in await breaking_off.cast_words(put)


# --- the rule --------------------------------------------------------------------------------------------------------


async def test_without_the_clause_votes_are_cast_as_one_and_the_law_is_named(as_one, ten):
    put = await begun(as_one, way="open")

    with pytest.raises(Refused) as no:
        await split_vote.cast(as_one, put, ten["M01"], Count(1, 2), actor="")

    assert "einheitlich" in no.value.words
    assert "§ 38 BGB" in no.value.words


async def test_bylaws_entered_after_the_vote_was_opened_change_nothing_in_it(as_one, ten):
    put = await begun(as_one, way="open")

    with clock.set_to(at(11)):
        await bylaws.enact("", valid_from=date(2020, 1, 1), **CLASSES, split_votes="yes")
        with pytest.raises(Refused):
            await split_vote.cast(as_one, put, ten["M01"], Count(1, 2), actor="")


async def test_a_decision_that_asks_every_member_has_one_vote_each_and_nothing_to_split(opened, ten):
    put = await begun(opened, way="open")
    await Entitled.update({Entitled.votes: 1}).where(Entitled.vote == decision.vote_of(put))

    assert not await split_vote.may_split(opened, put, ten["M01"])


# --- pages -----------------------------------------------------------------------------------------------------------


async def test_the_own_screen_leads_to_three_numbers_and_tells_what_was_cast(opened, ten):
    await begun(opened, way="open")
    paper = paper_of(ten["M01"], opened)

    async with browser() as one:
        await representing(one, ten["M01"])
        offered = f"{paper}/split" in (await one.get(paper)).text
        too_many = await press(one, f"{paper}/split", "/split", yes="2", no="2")
        cast = await press(one, f"{paper}/split", "/split", yes="1", no="2")
        after = words(await one.get(paper))
        again = (await one.get(f"{paper}/split")).text

    assert offered
    assert too_many.status_code == 422
    assert "1 Stimme ist zu viel" in words(too_many)
    assert cast.status_code == 303
    assert "Abgegeben: 1 Ja, 2 Nein, 0 Enthaltungen" in after
    assert 'value="2"' in again


async def test_without_the_clause_the_page_offers_nothing_and_a_forced_form_is_refused_in_words(as_one, ten):
    put = await begun(as_one, way="open")
    paper = paper_of(ten["M01"], as_one)

    async with browser() as one:
        await representing(one, ten["M01"])
        page = (await one.get(paper)).text
        led_back = await one.get(f"{paper}/split")
        forced = await one.post(
            f"{paper}/split", data={"vote": put.reference, "yes": "1", "no": "2"},
            headers={"x-csrftoken": one.cookies["csrftoken"]},
        )  # fmt: skip
        told = words(await one.get(paper))

    assert "/split" not in page
    assert (led_back.status_code, forced.status_code) == (303, 303)
    assert "§ 38 BGB" in told
    assert await Ballot.count() == 0


async def test_strangers_find_no_page_to_split_the_votes_of_others(opened, ten):
    await begun(opened, way="open")

    async with browser() as one:
        await representing(one, ten["M07"])
        assert (await one.get(f"{paper_of(ten['M01'], opened)}/split")).status_code == 404
        in_place = f"/office/assemblies/{opened.reference}/day/members/{ten['M01'].reference}/vote/split"
        assert (await one.get(in_place)).status_code == 404
