"""An event from its first draft to the next one of its series."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from mailing.tables import Letter
from network import clock
from network.activity import Activity
from network.errors import Refused
from network.events import changes, editing, facts
from network.events import event as verbs
from network.events.followup import follow_up
from network.events.registration import Source
from network.events.report import write
from network.events.rules import EventState, state_of
from network.events.series import following, numbered, series_of, suggestions
from network.events.tables import Event, Series
from network.i18n import local
from tests.events.make import forum, guest, sign_up, states

DAY = date(2027, 10, 18)
TIMES = {"starts_at": clock.berlin(DAY, time(10)), "ends_at": clock.berlin(DAY, time(16))}


async def created(**facts):
    return await verbs.create(**{"actor": "mira", "title_de": "2. Austauschforum", "town": "Kassel"} | TIMES | facts)


async def fresh(event):
    return await Event.objects().get(Event.id == event.id)


async def state(event):
    return state_of(await fresh(event), clock.now())


async def test_a_draft_has_good_defaults_and_its_place_in_the_series(at_sunday):
    event = await created()

    series = await Series.objects().get(Series.id == event.series)
    assert (series.title_de, event.ordinal, event.slug) == ("Austauschforum", 2, "2-austauschforum")
    assert (event.seats, event.waiting_list, event.smaller_may_pass, event.ring_days) == (70, True, True, 2)
    assert event.deadline == clock.berlin(date(2027, 10, 5), time(0))  # the 4th is the last day, two weeks before
    assert await state(event) == EventState.DRAFT


async def test_the_whole_life_in_states(at_sunday):
    event = await created()

    await verbs.announce(event.id, actor="mira")
    assert await state(event) == EventState.PLANNED
    await verbs.publish(event.id, actor="mira")
    assert await state(event) == EventState.PUBLISHED
    await verbs.close(event.id, actor="mira")
    assert await state(event) == EventState.CLOSED
    await verbs.reopen(event.id, actor="mira")
    assert await state(event) == EventState.PUBLISHED
    with clock.set_to(event.deadline):
        assert await state(event) == EventState.CLOSED
    with clock.set_to(event.ends_at):
        assert await state(event) == EventState.OVER
    await verbs.cancel(event.id, "Sturm", actor="mira")
    assert await state(event) == EventState.CANCELLED


async def test_every_step_may_be_repeated_and_is_noted_once(at_sunday):
    event = await created()

    for step in (verbs.announce, verbs.publish, verbs.close, verbs.reopen):
        await step(event.id, actor="mira")
        await step(event.id, actor="mira")

    verbs_noted = [row["verb"] for row in await Activity.select(Activity.verb).order_by(Activity.id)]
    assert verbs_noted == [
        "event created", "event announced", "event published", "registration closed", "registration reopened",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"starts_at": datetime(2027, 9, 1, 8, tzinfo=UTC)}, "day"),
        ({"ends_at": clock.berlin(DAY, time(10))}, "ends"),
        ({"deadline": clock.berlin(DAY, time(10, 1))}, "deadline"),
    ],
)
async def test_times_that_cannot_be_are_refused_beside_their_field(at_sunday, facts, field):
    with pytest.raises(Refused) as no:
        await created(**facts)

    assert no.value.field == field
    assert await Event.count() == 0


async def test_the_address_follows_the_title_until_somebody_outside_knows_it(at_sunday):
    event = await created()

    await editing.edit(event.id, actor="mira", title_de="3. Austauschforum „Übergänge“")
    before = await fresh(event)
    await verbs.announce(event.id, actor="mira")
    await editing.edit(event.id, actor="mira", title_de="Ganz anders")
    after = await fresh(event)

    assert (before.slug, before.ordinal) == ("3-austauschforum-uebergaenge", 3)
    assert (after.slug, after.series, after.ordinal) == ("3-austauschforum-uebergaenge", None, None)
    assert await Series.count() == 1


async def test_addresses_are_never_given_twice(at_sunday):
    slugs = [(await created(title_de="Mitgliederversammlung")).slug for _ in range(3)]
    reserved = (await created(title_de="Attendees")).slug

    assert slugs[:2] == ["mitgliederversammlung", "mitgliederversammlung-2027"]
    assert slugs[2].startswith("mitgliederversammlung-")
    assert len(set(slugs)) == 3
    assert reserved == "attendees-2027"


async def test_titles_are_taken_apart_and_continued():
    assert numbered("Fachkongress") is None
    assert numbered("2. Austauschforum „Andere Leistungsanbieter“").name == "Austauschforum"
    assert numbered("12th exchange forum: housing").name == "exchange forum"
    assert following("2. Austauschforum „Wege“", 3) == "3. Austauschforum „Wege“"
    assert following("2nd exchange forum", 3) == "3rd exchange forum"
    assert following("10th forum", 11) == "11th forum"
    assert following("Fachkongress", None) == "Fachkongress"


async def test_a_series_is_recognised_and_its_next_event_suggested(at_sunday):
    first, _one = await series_of("1. Austauschforum", "1st exchange forum")
    await created(title_de="2. AUSTAUSCHFORUM „Andere Leistungsanbieter“")

    assert (await Series.count(), first.title_en) == (1, "exchange forum")
    assert await suggestions() == ["3. Austauschforum"]


async def test_publishing_needs_a_town_a_future_and_an_open_deadline(at_sunday):
    nowhere = await created(town="")
    online = await created(town="", mode="online")
    late = await created()

    with pytest.raises(Refused, match="Ort"):
        await verbs.publish(nowhere.id, actor="mira")
    await verbs.publish(online.id, actor="mira")
    with clock.set_to(late.deadline), pytest.raises(Refused, match="Anmeldeschluss"):
        await verbs.publish(late.id, actor="mira")
    with clock.set_to(late.starts_at), pytest.raises(Refused, match="begonnen"):
        await verbs.announce(late.id, actor="mira")


async def test_only_a_draft_nobody_knows_can_be_thrown_away(at_sunday):
    draft, announced = await created(), await created()
    await verbs.announce(announced.id, actor="mira")

    await verbs.discard(draft.id, actor="mira")
    with pytest.raises(Refused):
        await verbs.discard(announced.id, actor="mira")

    assert await Event.count() == 1


async def test_a_new_day_is_counted_in_letters_before_it_is_told_to_everybody(association, at_sunday):
    event = await forum(seats=2)
    await sign_up(event, "Ada", "Bo")
    await sign_up(event, "Cem", organisation="Andere")
    later = {"starts_at": event.starts_at + timedelta(days=1), "ends_at": event.ends_at + timedelta(days=1)}
    wrote = await Letter.count()

    ahead = await editing.consequences(event, seats=2, **later)
    sent = await editing.edit(event.id, actor="mira", seats=2, **later)

    moved = await fresh(event)
    assert (ahead.letters.seated, ahead.letters.waiting, ahead.moving_up) == (2, 1, 0)
    assert (sent, await Letter.count() - wrote) == (3, 3)
    assert (moved.sequence, moved.starts_at) == (event.sequence + 1, later["starts_at"])


async def test_words_alone_are_changed_without_a_letter(association, at_sunday):
    event = await forum()
    await sign_up(event, "Ada")
    wrote = await Letter.count()

    ahead = await editing.consequences(event, seats=70, lead_de="Neu")
    await editing.edit(event.id, actor="mira", seats=70, lead_de="Neu", co_organisers=["Verein A", "Verein B"])

    assert (ahead.matters, await Letter.count() - wrote) == (False, 0)
    assert await verbs.co_organisers_of(event) == ["Verein A", "Verein B"]
    assert (await fresh(event)).sequence == event.sequence


async def test_more_seats_are_announced_by_how_many_move_up(association, at_sunday):
    event = await forum(seats=1)
    await sign_up(event, "Ada")
    await sign_up(event, "Bo", "Cem", organisation="Andere", together=True)

    ahead = await editing.consequences(event, seats=3)
    await editing.edit(event.id, actor="mira", seats=3)

    assert ahead.moving_up == 2
    assert await states(event) == "sss"


def a_day_later(event):
    return {"starts_at": event.starts_at + timedelta(days=1), "ends_at": event.ends_at + timedelta(days=1)}


async def written_since(number):
    """The letters after the first so many, as (to whom, which)."""
    letters = await Letter.select(Letter.to_email, Letter.template).order_by(Letter.id)
    return [(row["to_email"].partition("@")[0], row["template"].removeprefix("events/")) for row in letters[number:]]


async def test_another_day_with_more_seats_tells_each_of_them_one_thing(association, at_sunday):
    event = await forum(seats=6)
    await sign_up(event, "Ada", "Bo", "Cem", "Dan", "Eva", "Fee")
    await sign_up(event, guests=[guest("Gil"), guest("Hao", email="")], organisation="Andere", together=True)
    await sign_up(event, "Ivo", organisation="Dritte")
    wrote = await Letter.count()

    ahead = await editing.consequences(event, seats=8, **a_day_later(event))
    sent = await editing.edit(event.id, actor="mira", seats=8, **a_day_later(event))

    assert (ahead.letters.seated, ahead.letters.waiting, ahead.moving_up) == (6, 1, 2)
    assert (ahead.letters.total, ahead.invitations, ahead.total, sent) == (7, 1, 8, 8)
    assert await written_since(wrote) == [
        ("gil", "moved_up"),
        *((name, "event_changed") for name in ("ada", "bo", "cem", "dan", "eva", "fee", "ivo")),
    ]
    moved_up = await Letter.objects().get(Letter.template == "events/moved_up")
    assert facts.when(await fresh(event)) in moved_up.text
    assert await states(event) == "ssssssssw"


async def test_other_settings_that_seat_people_are_counted_before(association, at_sunday):
    passing = await forum(seats=2, smaller_may_pass=False)
    near = await forum(seats=2, starts_at=clock.ahead(days=5), ring_days=9)
    sooner = await forum(seats=2, starts_at=clock.ahead(days=1), deadline=clock.ahead(hours=20))
    for event in (passing, near, sooner):
        with clock.set_to(clock.ago(days=30)):
            await sign_up(event, "Ada")
            await sign_up(event, "Bo", "Cem", organisation="Andere", together=True)
        await sign_up(event, "Dan", organisation="Dritte", source=Source.OFFICE)
    settings = [
        (passing, {"smaller_may_pass": True}),
        (near, {"ring_days": 1}),
        (sooner, {"starts_at": clock.ahead(days=9), "ends_at": clock.ahead(days=9, hours=6)}),
    ]
    for event, setting in settings:
        wrote = await Letter.count()
        assert await states(event) == "swww"

        ahead = await editing.consequences(event, seats=2, **setting)
        sent = await editing.edit(event.id, actor="mira", seats=2, **setting)

        assert (ahead.matters, ahead.moving_up, ahead.invitations) == (True, 1, 1)
        assert (ahead.total, sent, await Letter.count() - wrote) == (sent, ahead.total, sent)
        assert ("dan", "moved_up") in await written_since(wrote)
        assert await states(event) == "swws"


async def test_more_seats_move_nobody_up_where_the_same_edit_brings_the_day_near(association, at_sunday):
    event = await forum(seats=1)
    await sign_up(event, "Ada")
    await sign_up(event, "Bo", organisation="Andere")
    wrote = await Letter.count()

    ahead = await editing.consequences(event, seats=2, ring_days=50)
    sent = await editing.edit(event.id, actor="mira", seats=2, ring_days=50)

    assert (ahead.matters, sent, await Letter.count() - wrote, await states(event)) == (False, 0, 0, "sw")


async def test_fewer_seats_than_taken_change_nothing_at_all(association, at_sunday):
    event = await forum(seats=3)
    await sign_up(event, "Ada", "Bo")

    with pytest.raises(Refused) as no:
        await editing.consequences(event, seats=1)
    with pytest.raises(Refused):
        await editing.edit(event.id, actor="mira", seats=1, lead_de="Neu")

    assert no.value.field == "seats"
    assert ((await fresh(event)).seats, (await fresh(event)).lead_de) == (3, "")


async def test_a_cancelled_event_stays_as_it_is(association, at_sunday):
    event = await forum()
    await changes.cancel_event(event.id, "", actor="mira")

    with pytest.raises(Refused):
        await editing.edit(event.id, actor="mira", lead_de="Neu")
    with pytest.raises(Refused):
        await verbs.reopen(event.id, actor="mira")


async def test_the_follow_up_copies_what_stays_and_raises_the_ordinal(association, at_sunday):
    event = await created(
        title_en="2nd exchange forum", venue="Haus", seats=55, description_de="Wir tauschen uns aus.",
        description_en="We talk.", most_people=4, co_organisers=["Verein A"],
    )  # fmt: skip
    await verbs.publish(event.id, actor="mira")
    with clock.set_to(event.ends_at):
        await write(event.id, actor="mira", written_on=DAY, title_de="Bericht", body_de="Gut.", author="Mira",
                    open_questions_de="- Wer zahlt?\n\nUnd wann?", open_questions_en="Who pays?")  # fmt: skip

    new = await follow_up(await fresh(event), actor="mira")

    assert (new.title_de, new.title_en, new.ordinal, new.slug) == ("3. Austauschforum", "3rd exchange forum", 3,
                                                                   "3-austauschforum")  # fmt: skip
    assert (new.follows, new.series, new.venue, new.seats, new.most_people) == (event.id, event.series, "Haus", 55, 4)
    assert local(new.starts_at) == date(2028, 10, 16)
    assert new.starts_at.astimezone(clock.BERLIN).time() == time(10)
    assert local(new.starts_at).weekday() == DAY.weekday()
    assert new.description_de == (
        "Wir tauschen uns aus.\n\n## Offene Fragen aus „2. Austauschforum“\n\n- Wer zahlt?\n- Und wann?"
    )
    assert new.description_en == "We talk.\n\n## Open questions of “2nd exchange forum”\n\n- Who pays?"
    assert await verbs.co_organisers_of(new) == ["Verein A"]
    assert await state(new) == EventState.DRAFT


async def test_a_follow_up_of_long_ago_lies_in_the_future():
    with clock.set_to(clock.berlin(DAY - timedelta(days=90), time(9))):
        event = await created()

    with clock.set_to(clock.berlin(DAY + timedelta(weeks=150), time(9))):
        new = await follow_up(event, actor="mira")
        assert new.starts_at > clock.now()
