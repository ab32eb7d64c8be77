"""Votes: what may be decided, by whom, with which arithmetic, and what is written into the book."""

import asyncio
from datetime import date

import pytest

from network import clock
from network.assembly import attendance, ban, decision, protocol
from network.assembly.tables.meeting import Assembly, ItemKind, Motion
from network.association import bylaws
from network.errors import Refused
from network.people.tables import RoleKind
from network.references import new_reference
from network.resolutions.counts import Count
from network.resolutions.tables import Resolution
from tests.assembly.conftest import browser, come_in, somebody
from tests.assembly.day import CLASSES, announced, under_way
from tests.assembly.make import at, item
from tests.assembly.test_day_views import here, words
from tests.members.make import the_ten


@pytest.fixture
async def ten(association):
    return await the_ten()


@pytest.fixture
async def opened(ten):
    async with under_way(ten, majority_bylaws="3/4") as row:
        yield row


async def begun(row, kind=ItemKind.RESOLUTION, *, way="hands", of=None):
    of = of or await announced(row, kind)
    put = await decision.put(row, of, title=of.title_de, wording="Der Haushalt wird beschlossen.", way=way, actor="")
    await decision.begin(row, put, actor="")
    return put


async def test_story_five_eleven_of_fifteen_are_too_few_and_twelve_of_sixteen_enough(opened):
    first, second = await begun(opened, ItemKind.BYLAWS), None

    rejected = await decision.count(opened, first, Count(11, 4, 1), actor="")
    second = await begun(opened, ItemKind.BYLAWS)
    adopted = await decision.count(opened, second, Count(12, 4), actor="")

    assert [rejected.outcome, adopted.outcome] == ["rejected", "adopted"]
    book = await Resolution.objects().order_by(Resolution.number)
    assert [(row.number, row.outcome, row.yes, row.no, row.represented) for row in book] == [
        (1, "rejected", 11, 4, 16),
        (2, "adopted", 12, 4, 16),
    ]


async def test_counts_that_do_not_add_up_change_nothing(opened):
    put = await begun(opened)

    with pytest.raises(Refused):
        await decision.count(opened, put, Count(11, 4), actor="")

    assert await Resolution.count() == 0
    assert (await decision.fresh(put)).decided_at is None


async def test_nothing_is_decided_on_what_was_not_announced(opened):
    late = await item(opened, ItemKind.RESOLUTION, "Überraschung")

    with pytest.raises(Refused) as no:
        await decision.put(opened, late, title="Überraschung", wording="…", actor="")

    assert "§ 32 I 2 BGB" in no.value.words


async def test_a_late_motion_is_for_discussion_only(opened):
    of = await announced(opened)
    motion = Motion(
        reference=new_reference(), assembly=opened.id, title="M05", wording="…", received_at=at(9), late="discussion"
    )
    await motion.save()

    with pytest.raises(Refused):
        await decision.put(opened, of, title="M05", wording="…", motion=motion, actor="")


async def test_who_may_vote_is_fixed_when_the_vote_is_opened(opened, ten):
    put = await begun(opened)

    await attendance.go(opened, ten["M04"], actor="", why="Leitung")

    assert (await decision.count(opened, put, Count(10, 4, 2), actor="")).represented == 16
    after = await begun(opened)
    assert (await decision.count(opened, after, Count(8, 4, 2), actor="")).represented == 14


async def test_when_the_holder_leaves_the_given_vote_leaves_too(opened, ten):
    await attendance.go(opened, ten["M07"], actor="")

    put = await begun(opened)

    assert (await decision.count(opened, put, Count(14, 0), actor="")).represented == 14


async def test_a_banned_member_leaves_the_base_and_so_do_the_votes_given_to_it(opened, ten):
    of = await announced(opened, ItemKind.DISCHARGE)
    await ban.impose(opened, of, ten["M07"], why="discharge", actor="")

    put = await begun(opened, of=of)
    result = await decision.count(opened, put, Count(14, 0), actor="")

    assert (result.represented, result.banned, result.outcome) == (16, 2, "adopted")


async def test_a_ban_comes_before_the_vote_not_during_it(opened, ten):
    of = await announced(opened)
    await begun(opened, of=of)

    with pytest.raises(Refused):
        await ban.impose(opened, of, ten["M07"], why="contract", actor="")


async def test_without_a_quorum_nothing_is_decided(opened, ten):
    await bylaws.enact("", valid_from=date(2027, 6, 1), quorum_members="9/10", **CLASSES)
    await attendance.go(opened, ten["M04"], actor="")
    of = await announced(opened)
    put = await decision.put(opened, of, title="Haushalt", wording="…", actor="")

    with pytest.raises(Refused):
        await decision.begin(opened, put, actor="")


async def test_another_purpose_waits_for_the_absent_member(opened, ten):
    put = await begun(opened, ItemKind.PURPOSE)

    first = await decision.count(opened, put, Count(9, 0), actor="")
    waiting = [one.name for one in await decision.unheard(put)]
    last = await decision.assent(opened, put, ten["M06"], agrees=True, received_on=date(2027, 6, 20),
                                 said_by="Geschäftsführung", actor="")  # fmt: skip

    assert (first.outcome, waiting, last.outcome) == ("pending", [ten["M06"].name], "adopted")
    [book] = await Resolution.objects()
    assert book.outcome == "adopted"


async def test_one_no_of_an_absent_member_ends_another_purpose(opened, ten):
    put = await begun(opened, ItemKind.PURPOSE)
    await decision.count(opened, put, Count(9, 0), actor="")

    last = await decision.assent(opened, put, ten["M06"], agrees=False, received_on=date(2027, 6, 20), said_by="M06",
                                 actor="")  # fmt: skip

    assert last.outcome == "rejected"
    with pytest.raises(Refused):
        await decision.assent(opened, put, ten["M06"], agrees=True, received_on=date(2027, 6, 20), said_by="M06",
                              actor="")  # fmt: skip


async def test_open_votes_are_cast_with_those_given_and_the_last_word_counts(opened, ten):
    put = await begun(opened, way="open")

    cast = [await decision.cast(opened, put, ten["M07"], choice, actor="") for choice in ("no", "yes")]
    await decision.cast(opened, put, ten["M01"], "abstain", actor="")

    assert cast == [2, 2]
    assert await decision.cast_so_far(put) == Count(2, 0, 3, not_cast=11)


@pytest.mark.parametrize("counted", [Count(0, 16), Count(1, 12, 3), Count(2, 11, 2, 1)])
async def test_what_was_cast_openly_is_never_fewer_in_the_count(opened, ten, counted):
    put = await begun(opened, way="open")
    await decision.cast(opened, put, ten["M07"], "yes", actor="")
    await decision.cast(opened, put, ten["M01"], "abstain", actor="")

    with pytest.raises(Refused) as no:
        await decision.count(opened, put, counted, actor="")

    assert "2 Ja, 0 Nein, 3 Enthaltungen" in no.value.words
    assert (await decision.fresh(put)).decided_at is None


async def test_votes_by_hand_come_on_top_of_those_cast_openly(opened, ten):
    put = await begun(opened, way="open")
    await decision.cast(opened, put, ten["M07"], "yes", actor="")

    result = await decision.count(opened, put, Count(9, 5, 2), actor="")

    assert (result.count, result.outcome) == (Count(9, 5, 2), "adopted")


async def test_who_gave_the_vote_away_and_who_is_absent_cast_nothing(opened, ten):
    put = await begun(opened, way="open")

    for number in ("M10", "M06"):
        with pytest.raises(Refused):
            await decision.cast(opened, put, ten[number], "yes", actor="")


async def test_who_has_left_casts_and_changes_no_votes_not_even_those_it_held_for_others(opened, ten):
    put = await begun(opened, way="open")
    await decision.cast(opened, put, ten["M01"], "no", actor="")
    for number in ("M01", "M07"):
        await attendance.go(opened, ten[number], actor="")

    for number in ("M01", "M07"):
        with pytest.raises(Refused) as no:
            await decision.cast(opened, put, ten[number], "yes", actor="")
        assert "nicht da" in no.value.words
    assert await decision.cast_so_far(put) == Count(0, 3, not_cast=13)

    await attendance.come(opened, ten["M07"], name="M07", actor="")
    assert await decision.cast(opened, put, ten["M07"], "yes", actor="") == 2


async def test_the_result_and_the_minutes_tell_that_the_quorum_was_lost_before_it_was_counted(ten):
    async with under_way(ten, quorum_members="1/2") as row:
        first = await begun(row)
        await decision.count(row, first, Count(16, 0), actor="")
        second = await begun(row)
        with clock.set_to(at(11)):
            for number in ("M01", "M02", "M03", "M05", "M08"):
                await attendance.go(row, ten[number], actor="")
            await decision.count(row, second, Count(6, 0, not_cast=10), actor="")
        with clock.set_to(at(12)):
            await attendance.come(row, ten["M01"], name="M01", actor="")

        text = await protocol.drafted(row)
        async with browser() as one:
            await come_in(one, await somebody("Mira Quandt", RoleKind.OFFICE))
            page = words(await one.get(f"{here(row)}/votes/{second.reference}"))

    lost = "bei der Auszählung nicht mehr. Mitglieder: 4 von 10 = 40,0 %, nötig 50 % (5)."
    assert text.count("Bei der Auszählung war die Versammlung beschlussfähig.") == 1
    assert [text.count(lost), page.count(lost)] == [1, 1]


async def test_of_two_who_count_at_the_same_moment_one_is_refused(opened):
    put = await begun(opened)

    both = await asyncio.gather(
        *(decision.count(opened, put, Count(10, 4, 2), actor="") for _ in range(2)), return_exceptions=True
    )

    assert sorted(type(one).__name__ for one in both) == ["Decision", "Refused"]
    assert await Resolution.count() == 1


async def test_two_votes_are_never_open_at_once(opened):
    await begun(opened)
    other = await decision.put(opened, await announced(opened, title="Beitrag"), title="Beitrag", wording="…", actor="")

    with pytest.raises(Refused):
        await decision.begin(opened, other, actor="")


async def test_what_was_opened_is_not_dropped(opened):
    put = await begun(opened)

    with pytest.raises(Refused):
        await decision.drop(opened, put, actor="")


async def test_a_rehearsal_writes_nothing_into_the_book(opened):
    await Assembly.update({Assembly.rehearsal_of: opened.id}).where(Assembly.id == opened.id)
    put = await begun(opened)

    await decision.count(opened, put, Count(16, 0), actor="")

    assert await Resolution.count() == 0
