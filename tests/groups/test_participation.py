"""Seats in groups: who gets one, as what, for whom, and what no seat can be."""

from datetime import date

import pytest

from network.activity import Activity
from network.errors import Refused
from network.groups import group, participation, seats
from network.groups.tables import Participation
from network.members import membership
from network.people.tables import Person
from tests.groups.make import DAY, FOUNDED, M01, M02, M08, a_group, a_member, leaves, on, somebody, takes_part, who

LAST, NEXT = date(2028, 12, 31), date(2029, 1, 1)


@pytest.fixture(autouse=True)
def at_the_desk():
    with on(DAY):
        yield


async def test_a_seat_counts_from_its_first_day_to_its_last():
    ag = await a_group()
    await takes_part(ag, "Ella Brandt", "chair", since=date(2024, 5, 1), until=date(2026, 4, 30))

    days = (date(2024, 4, 30), date(2024, 5, 1), date(2026, 4, 30), date(2026, 5, 1))
    assert [await who(ag, day) for day in days] == [{}, {"Ella Brandt": "chair"}, {"Ella Brandt": "chair"}, {}]


async def test_a_seat_ends_with_the_membership_and_goes_on_if_the_notice_is_taken_back():
    ag = await a_group()
    await takes_part(ag, "Kilian Vogt", member=M08)
    house = await leaves(M08, LAST)

    [seat] = await seats.of_group(ag)
    assert (seat.last, seat.by_membership, seat.written.last) == (LAST, True, None)
    assert seat.ends == "endet am 31. Dezember 2028 mit der Mitgliedschaft"
    assert (await who(ag, LAST), await who(ag, NEXT)) == ({"Kilian Vogt": "participant"}, {})

    await membership.stay(house)
    [seat] = await seats.of_group(ag)
    assert (seat.last, await who(ag, NEXT)) == (None, {"Kilian Vogt": "participant"})


async def test_a_guest_member_who_becomes_a_full_member_keeps_the_seat_and_a_guest_of_the_group_needs_no_membership():
    ag, house = await a_group(), await a_member(M08, since=date(2026, 1, 1))
    await membership.resign(house, until=date(2027, 12, 31))
    await membership.join(house, since=date(2028, 1, 1), until=LAST)
    await takes_part(ag, "Kilian Vogt", member=M08, since=date(2026, 3, 1))
    await takes_part(ag, "Nele Abend", "guest", member=M08, since=date(2026, 3, 1))

    assert await who(ag, LAST) == {"Kilian Vogt": "participant", "Nele Abend": "guest"}
    assert await who(ag, NEXT) == {"Nele Abend": "guest"}


async def test_whoever_joins_again_begins_anew():
    ag = await a_group()
    await takes_part(ag, "Kilian Vogt", member=M08)
    house = await leaves(M08, date(2027, 12, 31))
    await membership.join(house, since=date(2028, 6, 1))

    assert await who(ag, date(2028, 6, 1)) == {}


async def test_a_membership_that_turns_out_to_have_begun_later_bounds_the_seat():
    ag, house = await a_group(), await a_member(M08, since=date(2001, 1, 1))
    await takes_part(ag, "Kilian Vogt", member=M08, since=date(2024, 5, 1))
    [row] = await membership.history(house)
    await membership.correct(row, house, since=date(2025, 1, 1), number="")

    assert [await who(ag, day) for day in (date(2024, 12, 31), date(2025, 1, 1))] == [
        {},
        {"Kilian Vogt": "participant"},
    ]


async def test_nobody_has_two_seats_in_a_group_on_one_day():
    ag = await a_group()
    await takes_part(ag, "Ella Brandt", until=date(2027, 12, 31))

    with pytest.raises(
        Refused, match=r"Ella Brandt ist in diesen Tagen schon dabei: 1. Mai 2024 bis 31. Dezember 2027"
    ):
        await takes_part(ag, "Ella Brandt", "guest", since=date(2027, 12, 31))
    await takes_part(ag, "Ella Brandt", "guest", since=date(2028, 1, 1))
    await takes_part(await a_group("AK Arbeit"), "Ella Brandt")

    assert await Participation.count() == 3


@pytest.mark.parametrize(
    ("part", "words"),
    [("chair", "Sprecher/in ist immer nur eine Person"), ("deputy", "Es gibt immer nur eine Stellvertretung")],
)
async def test_one_chairs_and_one_is_deputy_at_a_time(part, words):
    ag = await a_group()
    await takes_part(ag, "Ella Brandt", part)

    with pytest.raises(Refused, match=f"{words}, und in diesen Tagen ist es Ella Brandt: seit 1. Mai 2024"):
        await takes_part(ag, "Nuri Falk", part, member=M02)
    with pytest.raises(Refused, match="Ella Brandt"):  # not even before, as long as no end is known
        await takes_part(ag, "Nuri Falk", part, member=M02, since=date(2023, 1, 1))
    await takes_part(ag, "Nuri Falk", part, member=M02, since=date(2023, 1, 1), until=date(2024, 4, 30))

    assert await Participation.count() == 2


async def test_a_successor_is_entered_for_the_day_after_the_membership_ends_and_then_the_end_stays():
    ag = await a_group()
    await takes_part(ag, "Kilian Vogt", "chair", member=M08)
    house = await leaves(M08, LAST)
    await takes_part(ag, "Ella Brandt", "chair", since=NEXT)
    await membership.stay(house)

    assert (await who(ag, LAST), await who(ag, NEXT)) == ({"Kilian Vogt": "chair"}, {"Ella Brandt": "chair"})


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        (date(2019, 12, 31), None, "Die Gruppe besteht erst seit dem 1. Januar 2020"),
        (date(2028, 1, 1), None, "Der letzte Tag der Gruppe ist der 31. Dezember 2027"),
        (date(2027, 1, 1), date(2028, 1, 1), "Der letzte Tag der Gruppe ist der 31. Dezember 2027"),
        (date(2027, 1, 1), date(2026, 1, 1), "Das Ende liegt vor dem Anfang"),
    ],
)
async def test_a_seat_outside_of_the_group_s_life_is_refused(since, until, words):
    ag = await a_group()
    await group.end(ag, on=date(2027, 12, 31))

    with pytest.raises(Refused, match=words):
        await takes_part(ag, "Ella Brandt", since=since, until=until)

    assert await Participation.count() == 0


async def test_who_is_no_member_on_the_first_day_comes_as_a_guest_or_not_at_all():
    ag = await a_group()
    await a_member(M08, since=date(2026, 1, 1))

    for more in ({"member": M08, "since": date(2025, 12, 31)}, {"member": ""}):
        with pytest.raises(Refused, match=r"als Gast|nur Gast"):
            await takes_part(ag, "Kilian Vogt", **more)
    await takes_part(ag, "Kilian Vogt", "guest", member=M08, since=date(2025, 12, 31))
    await takes_part(ag, "Nele Abend", "guest", member="")

    assert await Participation.count() == 2


async def test_another_part_from_a_day_on_leaves_the_earlier_one_known():
    ag = await a_group()
    ella = await takes_part(ag, "Ella Brandt")
    await participation.change_part(ag, ella.reference, "chair", on=date(2027, 9, 1))

    told = [(one.part, one.first, one.last, one.why_over) for one in await seats.of_group(ag)]
    assert told == [
        ("chair", date(2027, 9, 1), None, ""),
        ("participant", date(2024, 5, 1), date(2027, 8, 31), "danach in anderer Aufgabe dabei"),
    ]


async def test_a_part_that_was_wrong_from_the_first_day_is_only_put_right():
    ag = await a_group()
    ella = await takes_part(ag, "Ella Brandt")
    await participation.change_part(ag, ella.reference, "chair", on=date(2024, 5, 1))

    assert [(one.part, one.first) for one in await seats.of_group(ag)] == [("chair", date(2024, 5, 1))]


async def test_a_part_is_not_changed_to_what_it_is_nor_on_a_day_without_the_seat_nor_into_somebody_else_s():
    ag = await a_group()
    ella = await takes_part(ag, "Ella Brandt", until=date(2027, 12, 31))
    await takes_part(ag, "Nuri Falk", "chair", member=M02)

    for part, day, words in (
        ("participant", DAY, "Das ist die Person schon"),
        ("deputy", date(2028, 1, 1), "An diesem Tag gilt der Sitz nicht: 1. Mai 2024 bis 31. Dezember 2027"),
        ("chair", DAY, "in diesen Tagen ist es Nuri Falk"),
    ):
        with pytest.raises(Refused, match=words):
            await participation.change_part(ag, ella.reference, part, on=day)

    assert await who(ag, DAY) == {"Ella Brandt": "participant", "Nuri Falk": "chair"}


async def test_a_guest_takes_part_fully_only_for_a_member():
    ag = await a_group()
    nele = await takes_part(ag, "Nele Abend", "guest", member="")

    with pytest.raises(Refused, match="nur Gast der Gruppe sein"):
        await participation.change_part(ag, nele.reference, "participant", on=DAY)


async def test_a_seat_ends_on_its_day_and_not_after_it_has_ended_anyway():
    ag = await a_group()
    ella = await takes_part(ag, "Ella Brandt")
    with pytest.raises(Refused, match=r"Der Sitz besteht erst seit dem 1. Mai 2024"):
        await participation.end(ag, ella.reference, until=date(2024, 4, 30))
    await participation.end(ag, ella.reference, until=date(2027, 9, 30), note="Elternzeit")
    with pytest.raises(Refused, match=r"Der Sitz endet schon vorher, am 30. September 2027"):
        await participation.end(ag, ella.reference, until=date(2027, 12, 31))

    [seat] = await seats.of_group(ag)
    assert (seat.last, seat.why_over) == (date(2027, 9, 30), "Elternzeit")


async def test_days_are_put_right_and_what_never_was_is_removed():
    ag = await a_group()
    ella = await takes_part(ag, "Ella Brandt")
    changed = await participation.correct(ag, ella.reference, since=FOUNDED, until=None, note="von Anfang an")
    again = await participation.correct(ag, ella.reference, since=FOUNDED, until=None, note="von Anfang an")
    assert (changed, again, await who(ag, FOUNDED)) == (True, False, {"Ella Brandt": "participant"})

    with pytest.raises(Refused, match="Die Gruppe besteht erst"):
        await participation.correct(ag, ella.reference, since=date(2019, 1, 1), until=None, note="")
    await participation.remove(ag, ella.reference)
    assert await Participation.count() == 0
    with pytest.raises(Refused, match="nicht mehr bekannt"):
        await participation.remove(ag, ella.reference)


async def test_the_activity_tells_as_what_and_for_whom_and_no_name():
    ag = await a_group()
    ella = await takes_part(ag, "Ella Brandt", "chair", actor="mira")
    await participation.end(ag, ella.reference, until=DAY, actor="mira")

    rows = await Activity.objects().where(Activity.thing == group.thing(ag)).order_by(Activity.id)
    assert [(row.verb, row.detail) for row in rows] == [
        ("working group entered", "1. Januar 2020"),
        ("seat in a working group given", f"Sprecher/in, {M01}"),
        ("seat in a working group ended", f"Sprecher/in, {M01}, 6. September 2027"),
    ]


async def test_the_daily_job_writes_down_what_has_ended_by_itself_once():
    ag, ak = await a_group(), await a_group("AK Arbeit")
    await takes_part(ag, "Kilian Vogt", member=M08)
    await takes_part(ak, "Ella Brandt")
    await leaves(M08, LAST)
    await group.end(ak, on=LAST)
    with on(LAST):
        await participation.settle()
    before = await Participation.select(Participation.until)
    with on(NEXT):
        await participation.settle()
        await participation.settle()

    rows = await Participation.select(Participation.until, Participation.ended_by).order_by(Participation.id)
    assert before == [{"until": None}] * 2
    assert rows == [{"until": LAST, "ended_by": "membership"}, {"until": LAST, "ended_by": "group"}]
    assert await Activity.count().where(Activity.verb == "seat in a working group ended") == 2


async def test_whoever_has_been_joined_with_another_entry_gets_no_seat():
    ag, house = await a_group(), await a_member()
    ella = await somebody("Ella Brandt")
    await Person.delete().where(Person.id == ella.id)

    with pytest.raises(Refused, match="kein eigener Eintrag mehr"):
        await participation.enter(ag, ella, "participant", organisation=house, since=DAY)
