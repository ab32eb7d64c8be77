"""What follows from the bylaws: when an exit takes effect, how many votes a member has."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from network.activity import Activity
from network.association import bylaws
from network.association.reckoning import (
    PERIODS,
    effective_exit,
    end_of_period,
    guest_until,
    latest_receipt,
    missed_exit,
    months_after,
    votes,
)
from network.association.tables import Bylaws
from network.errors import Refused
from network.people import person, roles, sign_in
from network.people.tables import RoleKind
from network.people.viewer import COOKIE
from tests.browser import submit

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
LAWFUL = st.sampled_from(sorted(PERIODS)).flatmap(
    lambda to: st.builds(
        lambda months: Bylaws(valid_from=date(1990, 1, 1), notice_months=months, notice_to=to),
        st.integers(0, 24 - PERIODS[to]),
    )
)
OURS = Bylaws(valid_from=date(1995, 1, 1), notice_months=3, notice_to="year")
CLASSES = Bylaws(valid_from=date(1995, 1, 1), votes_by="classes", vote_classes="1=1 2=2 4=3")


@given(DAYS, LAWFUL)
def test_an_exit_keeps_the_notice_falls_on_an_end_and_holds_nobody_longer_than_two_years(received, rules):
    until = effective_exit(received, rules)

    assert until >= months_after(received, rules.notice_months)
    assert until == end_of_period(until, rules.notice_to)
    assert until <= months_after(received, 24)


@given(DAYS, LAWFUL)
def test_no_earlier_end_would_have_kept_the_notice(received, rules):
    until = effective_exit(received, rules)
    missed = missed_exit(received, rules)
    latest = latest_receipt(until, rules)

    assert received <= latest
    assert effective_exit(latest, rules) == until
    assert effective_exit(latest + timedelta(days=1), rules) > until
    assert missed is None or received <= missed < until
    assert missed is None or latest_receipt(missed, rules) < received


@pytest.mark.parametrize(
    ("received", "until", "missed"),
    [
        (date(2027, 9, 30), date(2027, 12, 31), None),
        (date(2027, 10, 1), date(2028, 12, 31), date(2027, 12, 31)),
        (date(2027, 10, 2), date(2028, 12, 31), date(2027, 12, 31)),
        (date(2028, 1, 2), date(2028, 12, 31), None),
    ],
)
def test_three_months_to_the_end_of_the_year(received, until, missed):
    assert (effective_exit(received, OURS), missed_exit(received, OURS)) == (until, missed)
    assert latest_receipt(date(2027, 12, 31), OURS) == date(2027, 9, 30)


def test_months_end_on_the_last_day_of_a_shorter_one():
    assert [months_after(date(2027, 11, 30), 3), months_after(date(2028, 2, 29), 12)] == [
        date(2028, 2, 29),
        date(2029, 2, 28),
    ]


def test_votes_by_classes_by_sites_and_one_each():
    sites = [0, 1, 2, 3, 4, 6]

    assert [votes(number, CLASSES) for number in sites] == [1, 1, 2, 2, 3, 3]
    assert [votes(number, Bylaws(votes_by="sites")) for number in sites] == [1, 1, 2, 3, 4, 6]
    assert [votes(number, Bylaws(votes_by="member")) for number in sites] == [1] * 6


def test_a_guest_is_one_for_the_set_time():
    assert guest_until(date(2027, 7, 1), Bylaws(guest_months=24)) == date(2029, 6, 30)
    assert guest_until(date(2027, 7, 1), Bylaws(guest_months=0)) is None


@pytest.mark.parametrize(
    ("months", "to"), [(13, "year"), (19, "half_year"), (22, "quarter"), (24, "month"), (25, "any")]
)
async def test_bylaws_that_hold_somebody_longer_than_two_years_are_refused(months, to):
    with pytest.raises(Refused) as no:
        await bylaws.enact("", valid_from=date(2027, 1, 1), notice_months=months, notice_to=to)

    assert (no.value.field, "zwei Jahre" in no.value.words, await Bylaws.count()) == ("notice_months", True, 0)


@pytest.mark.parametrize("typed", ["", "eins", "2=1 4=2", "1=2 2=2", "1=3 2=1", "1=1 2", "1=100", "1=0 2=1"])
async def test_classes_that_nobody_can_read_are_refused(typed):
    with pytest.raises(Refused) as no:
        await bylaws.enact("", valid_from=date(2027, 1, 1), notice_months=3, notice_to="year", votes_by="classes",
                           vote_classes=typed)  # fmt: skip

    assert no.value.field == "vote_classes"


async def test_on_each_day_the_version_of_that_day_counts():
    unknown = await bylaws.bylaws_on(date(2027, 1, 1))
    await bylaws.enact("", valid_from=date(2020, 1, 1), notice_months=6, notice_to="year")
    await bylaws.enact("", valid_from=date(2027, 8, 3), notice_months=2, notice_to="quarter")
    await bylaws.enact("", valid_from=date(2027, 8, 3), notice_months=3, notice_to="quarter")

    days = [date(1999, 1, 1), date(2020, 1, 1), date(2027, 8, 2), date(2027, 8, 3)]
    assert (unknown.notice_months, unknown.notice_to) == (3, "year")
    assert [(await bylaws.bylaws_on(day)).notice_months for day in days] == [6, 6, 6, 3]
    told = [(row.verb, row.detail) for row in await Activity.objects().order_by(Activity.id)]
    assert len(await bylaws.versions()) == 2
    assert told == [
        ("bylaws entered", "1. Januar 2020"),
        ("bylaws entered", "3. August 2027"),
        ("bylaws put right", "3. August 2027: Kündigung"),
    ]


async def signed_in(client, kind):
    someone = await person.enter(f"Wer {kind}", f"{kind}@example.org")
    await roles.grant(someone, kind)
    client.cookies.set(COOKIE, await sign_in.begin_session(someone))
    return client


async def test_the_administration_enters_the_bylaws_and_the_office_reads_them(client, association):
    admin = await signed_in(client, RoleKind.ADMIN)
    too_long = await submit(admin, "/office/settings/bylaws/new", valid_from="1.1.2020", notice_months="13",
                            notice_to="year")  # fmt: skip
    entered = await submit(admin, "/office/settings/bylaws/new", valid_from="1.1.2020", notice_months="3", notice_to="year",
                           votes_by="classes", vote_classes="1=1  2=2 4=3")  # fmt: skip
    office = await signed_in(client, RoleKind.OFFICE)
    page = await office.get("/office/settings/bylaws")
    english = await office.get("/en/office/settings/bylaws")

    assert (too_long.status_code, "zwei Jahre" in too_long.text, entered.status_code) == (422, True, 303)
    assert "3 Monate zum Jahresende" in page.text
    assert "1 Stimme ab einem Standort, 2 Stimmen ab 2 Standorten, 3 Stimmen ab 4 Standorten" in page.text
    assert "3 months to the end of a year" in english.text
    assert ("<form" in page.text.partition("<main")[2], (await submit_denied(office))) == (False, 404)


async def submit_denied(office):
    token = (await office.get("/office/search")).cookies.get("csrftoken") or office.cookies.get("csrftoken")
    return (await office.post("/office/settings/bylaws/new", data={"_csrf_token": token or ""})).status_code
