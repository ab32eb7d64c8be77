"""The list: who asked, who confirmed, who left, and what is kept of it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from mailing import lists, readers
from mailing.lists import Evidence, Outcome
from mailing.readers import Audience, State, state_of
from mailing.tables import Consent, Delivery, Letter, MailingList, Sending, Subscriber, Suppression
from network import clock, database
from network.association.keeping import limit_of
from network.newsletter.privacy import CONSENTS
from network.references import fingerprint, new_reference

NINE = datetime(2027, 9, 1, 7, 12, tzinfo=UTC)  # 09:12 in Berlin
FORM = Evidence("/newsletter", "Ich möchte den Rundbrief lesen.", "3", asked_from="192.0.2.7")


@pytest.fixture
async def rundbrief():
    row = MailingList(reference=new_reference(), slug="rundbrief", title_de="Rundbrief")
    await row.save()
    return row


async def joined(rundbrief, email, **more):
    asked = await lists.ask(rundbrief, email, FORM, **more)
    return await lists.confirm(asked.token)


async def again(reader):
    return await Subscriber.objects().get(Subscriber.id == reader.id)


async def test_asking_is_pending_until_confirmed_and_both_times_are_kept(rundbrief):
    with clock.set_to(NINE):
        asked = await lists.ask(rundbrief, "Kim@example.org", FORM, name="Kim Aydın", land="BE")
    with clock.set_to(NINE + timedelta(hours=1, minutes=28)):
        reader = await lists.confirm(asked.token, confirmed_from="192.0.2.8")

    evidence = await Consent.objects().first()
    assert (asked.outcome, state_of(asked.subscriber), state_of(reader)) == (
        Outcome.ASKED,
        State.PENDING,
        State.CONFIRMED,
    )
    assert (evidence.asked_at, evidence.confirmed_at) == (NINE, NINE + timedelta(hours=1, minutes=28))
    assert (evidence.source, evidence.wording, evidence.wording_version) == ("/newsletter", FORM.wording, "3")
    assert (evidence.asked_from, evidence.confirmed_from) == ("192.0.2.7", "192.0.2.8")
    assert evidence.token_digest == fingerprint(asked.token)


async def test_pressing_the_button_twice_changes_nothing(rundbrief):
    with clock.set_to(NINE):
        asked = await lists.ask(rundbrief, "kim@example.org", FORM)
        first = await lists.confirm(asked.token, confirmed_from="192.0.2.8")
    with clock.set_to(NINE + timedelta(days=1)):
        second = await lists.confirm(asked.token, confirmed_from="192.0.2.9")

    assert (second.id, second.confirmed_at) == (first.id, NINE)
    assert (await Consent.objects().first()).confirmed_from == "192.0.2.8"


async def test_asking_again_while_pending_keeps_the_row_and_either_link_confirms(rundbrief):
    one = await lists.ask(rundbrief, "kim@example.org", FORM)
    two = await lists.ask(rundbrief, "KIM@example.org", FORM, name="Kim")

    await lists.confirm(one.token)
    after = await lists.confirm(two.token)

    assert (await Subscriber.count(), after.name, state_of(after)) == (1, "Kim", State.CONFIRMED)


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("chef@xn--mller-kva.example.org", "chef@mueller.example.org"),
        ("chef@müller.example.org", "chef@muller.example.org"),
        ("chef@straße.example.org", "chef@strasse.example.org"),
    ],
)
async def test_a_link_never_confirms_somebody_elses_address(rundbrief, mine, theirs):
    link = await lists.ask(rundbrief, mine, FORM)
    await lists.ask(rundbrief, theirs, FORM)

    confirmed = await lists.confirm(link.token)

    other = await Subscriber.objects().get(Subscriber.email == theirs)
    assert (confirmed.email, state_of(other), await Subscriber.count()) == (mine, State.PENDING, 2)


async def test_a_link_confirms_the_address_as_it_was_written_to(rundbrief):
    link = await lists.ask(rundbrief, "Kim@example.org", FORM, name="Kim")
    await lists.ask(rundbrief, "kim@example.org", FORM)

    confirmed = await lists.confirm(link.token)

    assert (confirmed.email, confirmed.search.split()) == ("Kim@example.org", ["kim", "kim@example.org"] * 2)
    assert [one.email for one in await Consent.objects().order_by(Consent.id)] == ["Kim@example.org", "kim@example.org"]


async def test_who_reads_already_is_neither_asked_nor_changed(rundbrief):
    await joined(rundbrief, "kim@example.org", name="Kim")

    asked = await lists.ask(rundbrief, "kim@example.org", FORM, name="Stranger", land="BY")

    row = await Subscriber.objects().first()
    assert (asked.outcome, asked.token, row.name, row.land) == (Outcome.ALREADY, "", "Kim", "")
    assert await Consent.count() == 1


async def test_after_seven_days_the_link_is_dead_and_the_request_is_deleted(rundbrief):
    with clock.set_to(NINE):
        asked = await lists.ask(rundbrief, "kim@example.org", FORM)
    with clock.set_to(NINE + timedelta(days=6, hours=23)):
        alive, kept = await lists.confirmable(asked.token), await lists.expire_unconfirmed()
    with clock.set_to(NINE + timedelta(days=7)):
        dead, gone = await lists.confirm(asked.token), await lists.expire_unconfirmed()

    assert (alive is not None, kept, dead, gone) == (True, 0, None, 1)
    assert (await Subscriber.count(), await Consent.count()) == (0, 0)


async def test_leaving_is_effective_at_once_and_coming_back_needs_a_new_confirmation(rundbrief):
    reader = await joined(rundbrief, "kim@example.org")

    left = await lists.leave(reader.key, by="one-click")
    twice = await lists.leave(reader.key, by="link")
    asked = await lists.ask(rundbrief, "kim@example.org", FORM)

    assert (state_of(left), twice.left_at, await lists.leave("nobody", by="link")) == (State.LEFT, left.left_at, None)
    assert (asked.outcome, state_of(await again(reader))) == (Outcome.ASKED, State.PENDING)
    assert [c.ended_by for c in await Consent.objects().order_by(Consent.id)] == ["one-click", ""]
    assert state_of(await lists.confirm(asked.token)) == State.CONFIRMED


async def test_a_link_from_before_leaving_does_not_bring_back(rundbrief):
    asked = await lists.ask(rundbrief, "kim@example.org", FORM)
    reader = await lists.confirm(asked.token)
    await lists.leave(reader.key, by="link")

    assert await lists.confirm(asked.token) is None
    assert state_of(await again(reader)) == State.LEFT


async def test_an_unconfirmed_return_expires_to_having_left_with_the_old_evidence(rundbrief):
    with clock.set_to(NINE):
        reader = await joined(rundbrief, "kim@example.org")
        await lists.leave(reader.key, by="link")
    with clock.set_to(NINE + timedelta(days=30)):
        await lists.ask(rundbrief, "kim@example.org", FORM)
    with clock.set_to(NINE + timedelta(days=38)):
        gone = await lists.expire_unconfirmed()

    after = await again(reader)
    assert (gone, state_of(after), after.left_at, after.asked_at) == (0, State.LEFT, NINE, NINE)
    assert [c.ended_by for c in await Consent.objects()] == ["link"]


async def test_a_bounced_address_is_not_read_to_until_it_confirms_anew(rundbrief):
    reader = await joined(rundbrief, "kim@example.org")

    stopped = await lists.bounced(reader.id)
    asked = await lists.ask(rundbrief, "kim@example.org", FORM)

    assert (state_of(stopped), await readers.count(rundbrief.id)) == (State.BOUNCED, 0)
    assert state_of(await lists.confirm(asked.token)) == State.CONFIRMED


async def test_leaving_takes_waiting_letters_out_of_a_running_sending(rundbrief):
    reader = await joined(rundbrief, "kim@example.org")
    sending = Sending(reference=new_reference(), from_name="BAG", from_email="a@example.org", created_at=clock.now())
    await sending.save()
    for state in ("queued", "sent"):
        await Delivery(
            sending=sending.id, subscriber=reader.id, email=reader.email, state=state, due_at=clock.now()
        ).save()

    await lists.leave(reader.key, by="one-click")

    rows = await Delivery.objects().order_by(Delivery.id)
    assert [(row.state, row.answer) for row in rows] == [("skipped", "one-click"), ("sent", "")]


async def test_erasing_leaves_only_the_digest(rundbrief):
    reader = await joined(rundbrief, "kim@example.org", name="Kim")
    sending = Sending(reference=new_reference(), from_name="BAG", from_email="a@example.org", created_at=clock.now())
    await sending.save()
    await Delivery(
        sending=sending.id, subscriber=reader.id, email=reader.email, name="Kim", key=reader.key, state="sent",
        due_at=clock.now(),
    ).save()  # fmt: skip

    rows = await lists.erase("Kim@Example.org")

    assert (rows, await Subscriber.count(), await Consent.count(), await Letter.count()) == (1, 0, 0, 0)
    delivery = await Delivery.objects().first()
    assert (delivery.email, delivery.name, delivery.key, delivery.state) == ("", "", "", "sent")
    assert [s.digest for s in await Suppression.objects()] == [fingerprint("kim@example.org")]


async def test_an_erased_address_comes_back_only_by_itself_and_only_by_confirming(rundbrief):
    await lists.erase("kim@example.org")

    by_office = await lists.ask(rundbrief, "kim@example.org", FORM)
    by_form = await lists.ask(rundbrief, "kim@example.org", FORM, by_themselves=True)
    still = await lists.is_suppressed("kim@example.org")
    await lists.confirm(by_form.token)

    assert (by_office.outcome, by_form.outcome, still) == (Outcome.SUPPRESSED, Outcome.ASKED, True)
    assert not await lists.is_suppressed("kim@example.org")


async def test_evidence_is_forgotten_three_years_after_the_year_of_leaving(rundbrief):
    with clock.set_to(datetime(2027, 3, 1, tzinfo=UTC)):
        reader = await joined(rundbrief, "kim@example.org")
        await lists.leave(reader.key, by="link")
    with clock.set_to(datetime(2030, 12, 31, 22, tzinfo=UTC)):
        kept = await lists.forget_ended(limit_of(CONSENTS.forgetting.term, clock.today()))
    with clock.set_to(datetime(2030, 12, 31, 23, 30, tzinfo=UTC)):  # New Year in Berlin
        gone = await lists.forget_ended(limit_of(CONSENTS.forgetting.term, clock.today()))

    assert (kept, gone, await Subscriber.count(), await Suppression.count()) == (0, 1, 0, 1)


async def test_an_audience_chooses_by_what_readers_told(rundbrief):
    for number, (status, land) in enumerate([("operating", "BE"), ("operating", "BY"), ("interested", "BE"), ("", "")]):
        await joined(rundbrief, f"r{number}@example.org", provider_status=status, land=land)
    await lists.ask(rundbrief, "pending@example.org", FORM, provider_status="operating", land="BE")

    async def chosen(**audience):
        number = await readers.count(rundbrief.id, Audience(**audience))
        sql, values = readers.readers_sql(rundbrief.id, Audience(**audience))
        assert len(await Subscriber.raw(sql, *values)) == number
        return number

    assert await chosen() == 4
    assert await chosen(statuses=("operating",)) == 2
    assert await chosen(statuses=("operating", readers.UNSTATED)) == 3
    assert await chosen(statuses=("operating",), lands=("BE",)) == 1
    assert await readers.counts(rundbrief.id) == {
        State.PENDING: 1, State.CONFIRMED: 4, State.BOUNCED: 0, State.LEFT: 0,
    }  # fmt: skip


async def test_the_same_address_asking_at_once_is_one_reader(rundbrief):
    width = 4 if database.on_sqlite() else 8

    await asyncio.gather(*(lists.ask(rundbrief, "kim@example.org", FORM) for _ in range(width)))

    assert (await Subscriber.count(), await Consent.count()) == (1, width)


async def test_leaving_and_confirming_at_once_never_read_after_leaving(rundbrief):
    reader = await joined(rundbrief, "kim@example.org")
    second = await lists.ask(rundbrief, "kim@example.org", FORM)
    assert second.outcome == Outcome.ALREADY

    await asyncio.gather(*(lists.leave(reader.key, by="one-click") for _ in range(4)))

    assert [c.ended_by for c in await Consent.objects()] == ["one-click"]
    assert await readers.count(rundbrief.id) == 0
