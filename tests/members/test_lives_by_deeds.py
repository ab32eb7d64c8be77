"""Invented years of deeds: whatever was decided, noticed and taken back in turn, any day shows what a replay gives."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from network import clock
from network.association import bylaws
from network.catalogue import beginnings
from network.catalogue.tables import Entry
from network.demo.texts import BYLAWS
from network.errors import Refused
from network.members import described, directory, evidence, guest, membership, notice, offer, organisation, provider
from network.members.selection import Selection
from network.members.tables import Evidence, Membership, MembershipEvent, Offer, Organisation, ProviderStatus, Site
from tests.members.make import a_site

FIRST, DAY = date(2014, 3, 1), timedelta(days=1)
invented = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def at(day: date):
    return clock.set_to(datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC))


class Replay:
    """What was decided so far: a guest from the first day on, full from a day on, gone after a last day."""

    def __init__(self) -> None:
        self.full: date | None = None
        self.until: date | None = None

    def on(self, day: date) -> str:
        if day < FIRST or (self.until and self.until < day):
            return ""
        return "full" if self.full and self.full <= day else "guest"

    def possible(self, today: date) -> list[str]:
        if self.until:
            return ["withdrawal"] if self.until >= today else []
        return ["notice"] if self.full else ["full", "notice"]

    def turns(self) -> list[date]:
        ends = [FIRST, *filter(None, (self.full, self.until and self.until + DAY))]
        return sorted({day + step for day in ends for step in (-DAY, DAY * 0, 400 * DAY)})


async def done(row: Organisation, deed: str, today: date, day: date) -> None:
    if deed == "full":
        await guest.make_full(row, since=day, said_by="Vorstand")
    elif deed == "notice":
        await notice.receive(row, received=today, until=day, said_by="Vorstand", why="So vereinbart")
    else:
        await notice.take_back(row, said_by="Vorstand")


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 90), st.integers(1, 500)), min_size=3, max_size=8))
@invented
async def test_guests_made_full_members_that_give_notice_and_stay_are_on_any_day_what_was_decided(association, deeds):
    for table in (MembershipEvent, Membership):
        await table.delete(force=True)
    if not await bylaws.versions():
        await bylaws.enact("", **BYLAWS)
    row = await organisation.enter("Anker")
    told, today = Replay(), FIRST
    with at(today):
        await membership.join(row, since=FIRST, kind="guest")
    await a_site(row, "Ulm", "89073")

    for first, pause, ahead in deeds:
        today += pause * DAY
        if not (possible := told.possible(today)):
            break
        deed = possible[0 if first else -1]
        with at(today):
            await done(row, deed, today, today + ahead * DAY)
        if deed == "full":
            told.full = today + ahead * DAY
        else:
            told.until = today + ahead * DAY if deed == "notice" else None

        for day in told.turns():
            held, counts = await membership.membership_on(row, day), await directory.counts(day)
            kind = told.on(day)
            assert (held.kind if held else "") == kind
            assert (counts.members, counts.sites, counts.guests) == (
                kind == "full", kind == "full", kind == "guest",
            )  # fmt: skip


steps = st.tuples(
    st.sampled_from(["enter", "enter", "enter", "remove"]),
    st.sampled_from(sorted(provider.STATUSES)),
    st.integers(0, 12).map(lambda number: FIRST + 100 * number * DAY),
)


@given(st.lists(steps, min_size=1, max_size=8), st.integers(-50, 1300))
@invented
async def test_steps_under_60_are_on_any_day_what_was_entered_and_today_tells_those_ahead(empty, deeds, number):
    for table in (ProviderStatus, Organisation):
        await table.delete(force=True)
    row, told = await organisation.enter("Anker"), {}

    for deed, status, since in deeds:
        before = told.get(max((day for day in told if day < since), default=None))
        if deed == "remove":
            await provider.remove(row, since)
            told.pop(since, None)
        elif since in told or before == status:
            with pytest.raises(Refused):
                await provider.enter(row, status, since=since)
        else:
            await provider.enter(row, status, since=since)
            told[since] = status

    today = FIRST + number * DAY
    for day in {today, *told, *(since - DAY for since in told)}:
        now = told.get(max((since for since in told if since <= day), default=None))
        for status in provider.STATUSES:
            selection = Selection(day=day, standing="all", provider=status)
            assert await directory.count(selection) == (status == now)
    with at(today):
        shown = await described.provider_on(row, today, {})
    every = sorted(told.items())
    assert [(one.since, one.status) for one in shown["steps"] + shown["ahead"]] == every if shown else every == []
    assert not shown or [one.since for one in shown["ahead"]] == [since for since, _status in every if since > today]


@given(
    st.lists(
        st.tuples(st.sampled_from(["offer", "evidence"]), st.booleans(), st.integers(0, 12), st.integers(0, 900)),
        min_size=1, max_size=6,
    )
)  # fmt: skip
@invented
async def test_what_was_offered_and_on_which_basis_is_found_on_any_day_as_it_ran(empty, everything):
    """Of an organisation or of its site, from a day on, perhaps with an end."""
    for table in (Offer, Evidence, Membership, Site, Organisation):
        await table.delete(force=True)
    if not await Entry.exists():
        await beginnings.lay_out()
    term, basis = [await Entry.objects().get(Entry.code == code) for code in ("counselling", "sgb9-51")]
    row = await organisation.enter("Anker")
    await membership.join(row, since=FIRST - 400 * DAY)
    place = await a_site(row, "Ulm", "89073")
    spans = {"offer": [], "evidence": []}

    for what, at_site, begun, length in everything:
        since = date(2018, 4, 1) + 100 * begun * DAY  # § 51 SGB IX applies from 2018 on
        until, site = (since + length * DAY if length else None), place if at_site else None
        if what == "evidence":
            await evidence.enter(row, basis, site=site, valid_from=since, valid_until=until)
        elif not await offer.enter(
            row, [term], site=site, since=since.isoformat(), until=until.isoformat() if until else ""
        ):
            continue
        spans[what].append((since, until))

    def runs(what: str, day: date) -> bool:
        return any(since <= day and (until is None or day <= until) for since, until in spans[what])

    ends = [day for told in spans.values() for span in told for day in span if day]
    for day in {day + step for day in ends for step in (-DAY, DAY * 0, DAY)}:
        for what, selection in (
            ("offer", Selection(day=day, offer=term.id)), ("evidence", Selection(day=day, basis=basis.id)),
        ):  # fmt: skip
            assert await directory.count(selection) == runs(what, day)
